/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-constraint-set-private.h"

#include <string.h>

/* Rows that were drawn without a thought of the constraints are mended so that the margins suffer
   as little as can be:
   - a cell that a row may not have is exchanged with the cell of a row that may have it, so that
     the column keeps all its cells; only when no such row is left is the cell overwritten;
   - two cells in the wrong order are exchanged with each other: the two columns together keep their
     values;
   - a sum and a function are computed from the columns that they depend on. */

/* Passes over all constraints: one may undo what another did, but seldom twice. */
#define MAX_PASSES 4

typedef struct
{
  const GenesisBoundConstraint *bound;
  GenesisTable *table;
  guint64 n_rows;
  guint64 n_changed;
} Mending;

static gboolean
is_present (const Mending *self, guint place, guint64 row)
{
  return genesis_column_is_present (genesis_table_get_column (self->table,
                                                              self->bound->columns[place]),
                                    row);
}

static void
write_present (const Mending *self, guint place, guint64 row)
{
  guint column = self->bound->columns[place];
  guint8 *mask;
  guint64 bit;

  if (is_present (self, place, row))
    return;
  mask = genesis_table_ensure_validity (self->table, column);
  bit = genesis_table_get_column (self->table, column)->validity_bit0 + row;
  mask[bit >> 3] |= (guint8)(1u << (bit & 7));
}

static void
write_stored (Mending *self, guint place, guint64 row, gint64 value)
{
  GenesisColumn *column = genesis_table_get_column (self->table, self->bound->columns[place]);

  if (column->field->categories != NULL)
    ((gint32 *)column->values)[row] = (gint32)value;
  else
    ((gint64 *)column->values)[row] = value;
  write_present (self, place, row);
  self->n_changed++;
}

static void
write_missing (Mending *self, guint place, guint64 row)
{
  genesis_table_set_missing (self->table, self->bound->columns[place], row);
  self->n_changed++;
}

/* The cells of one column in two rows. */
static void
exchange_rows (Mending *self, guint place, guint64 a, guint64 b)
{
  GenesisColumn *column = genesis_table_get_column (self->table, self->bound->columns[place]);
  gsize size = genesis_field_get_value_size (column->field);
  char *x = (char *)column->values + a * size, *y = (char *)column->values + b * size;
  gboolean has_a = is_present (self, place, a), has_b = is_present (self, place, b);
  char held[sizeof (gint64)];

  memcpy (held, x, size);
  memcpy (x, y, size);
  memcpy (y, held, size);
  if (has_a != has_b)
    {
      write_present (self, place, has_a ? b : a);
      genesis_table_set_missing (self->table, self->bound->columns[place], has_a ? a : b);
    }
  self->n_changed += 2;
}

static GArray *
rows_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (guint64));
}

/* -- not both -------------------------------------------------------------- */

/* A row with both gives one to a row with neither, the two in turns. */
static void
mend_not_both (Mending *self)
{
  g_autoptr (GArray) with_both = rows_new ();
  g_autoptr (GArray) with_neither = rows_new ();

  for (guint64 row = 0; row < self->n_rows; row++)
    {
      gboolean first = is_present (self, 0, row), second = is_present (self, 1, row);

      if (first && second)
        g_array_append_val (with_both, row);
      else if (!first && !second)
        g_array_append_val (with_neither, row);
    }
  for (guint i = 0; i < with_both->len; i++)
    {
      guint64 row = g_array_index (with_both, guint64, i);

      if (i < with_neither->len)
        exchange_rows (self, i % 2, row, g_array_index (with_neither, guint64, i));
      else
        write_missing (self, i % 2, row);
    }
}

/* -- implications ---------------------------------------------------------- */

static gboolean
has_effect (const GenesisBoundCell *cell, const GenesisColumn *effect, guint64 row)
{
  if (!genesis_column_is_present (effect, row))
    return cell->effect_missing;
  return !cell->effect_missing && genesis_column_get_stored (effect, row) == cell->effect;
}

static void
write_effect (Mending *self, guint64 row)
{
  const GenesisBoundConstraint *bound = self->bound;
  const GenesisBoundCell *cell =
      genesis_bound_constraint_find (bound,
                                     genesis_table_get_column (self->table, bound->columns[0]),
                                     row);

  if (cell->effect_missing)
    write_missing (self, 1, row);
  else
    write_stored (self, 1, row, cell->effect);
}

/* Rows that break it, and rows of which nothing is asked and that have what the others must have:
   these can give it away, when all values imply the same. */
static void
collect_implied (const Mending *self, GArray *breaking, GArray *spare)
{
  const GenesisBoundConstraint *bound = self->bound;
  gboolean is_uniform = genesis_row_constraint_is_uniform (bound->constraint);
  g_autofree const GenesisColumn **columns =
      genesis_bound_constraint_dup_columns (bound, self->table);

  for (guint64 row = 0; row < self->n_rows; row++)
    if (!genesis_bound_constraint_holds (bound, columns, row))
      g_array_append_val (breaking, row);
    else if (is_uniform && genesis_bound_constraint_find (bound, columns[0], row) == NULL
             && has_effect (&bound->implied[0], columns[1], row))
      g_array_append_val (spare, row);
}

static void
mend_implication (Mending *self)
{
  g_autoptr (GArray) breaking = rows_new ();
  g_autoptr (GArray) spare = rows_new ();

  collect_implied (self, breaking, spare);
  for (guint i = 0; i < breaking->len; i++)
    {
      guint64 row = g_array_index (breaking, guint64, i);

      if (i < spare->len)
        exchange_rows (self, 1, row, g_array_index (spare, guint64, i));
      else
        write_effect (self, row);
    }
}

/* -- orders ---------------------------------------------------------------- */

/* One column's value in another's units; false when it has none there, or none inside the bounds.
   */
static gboolean
convert (const GenesisBoundConstraint *bound, guint from, GenesisWide value,
         const GenesisField *field, gint64 *converted)
{
  gint64 mine = bound->tick != 0 ? bound->ticks[from] : bound->factors[from];
  gint64 others = bound->tick != 0 ? bound->ticks[1 - from] : bound->factors[1 - from];

  value *= mine;
  if (value % others != 0)
    return FALSE;
  value /= others;
  *converted = (gint64)value;
  return value >= field->ilo && value <= field->ihi;
}

static void
exchange_reals (Mending *self, GenesisColumn *low, GenesisColumn *high, guint64 row)
{
  double *a = (double *)low->values + row, *b = (double *)high->values + row;
  const GenesisColumn *columns[2] = { low, high };
  double held = *a;

  if (low->field->kind != high->field->kind || *b < low->field->lo || *a > high->field->hi)
    return;
  *a = *b;
  *b = held;
  if (genesis_bound_constraint_holds (self->bound, columns, row))
    {
      self->n_changed += 2;
      return;
    }
  *b = *a;
  *a = held;
}

/* Leaves a row alone whose cells cannot be each other's, or that breaks the order either way round:
   equal cells under a strict order. */
static void
exchange_cells (Mending *self, GenesisColumn *low, GenesisColumn *high, guint64 row)
{
  gint64 *a = (gint64 *)low->values + row, *b = (gint64 *)high->values + row;
  const GenesisColumn *columns[2] = { low, high };
  const gint64 old_a = *a, old_b = *b;
  gint64 new_a, new_b;

  if (!convert (self->bound, 1, *b, low->field, &new_a)
      || !convert (self->bound, 0, *a, high->field, &new_b))
    return;
  *a = new_a;
  *b = new_b;
  if (genesis_bound_constraint_holds (self->bound, columns, row))
    {
      self->n_changed += 2;
      return;
    }
  *a = old_a;
  *b = old_b;
}

static void
mend_order (Mending *self)
{
  GenesisColumn *low = genesis_table_get_column (self->table, self->bound->columns[0]);
  GenesisColumn *high = genesis_table_get_column (self->table, self->bound->columns[1]);
  const GenesisColumn *columns[2] = { low, high };

  for (guint64 row = 0; self->bound->is_sorted && row < self->n_rows; row++)
    if (genesis_bound_constraint_holds (self->bound, columns, row))
      continue;
    else if (self->bound->is_real)
      exchange_reals (self, low, high, row);
    else
      exchange_cells (self, low, high, row);
}

/* -- sums ------------------------------------------------------------------ */

/* rest = sum of the others + factor * x; x = - (rest - factor * x) / factor */
static void
mend_sum (Mending *self)
{
  const GenesisBoundConstraint *bound = self->bound;
  const gint64 factor = bound->factors[bound->dependent];
  g_autofree const GenesisColumn **columns =
      genesis_bound_constraint_dup_columns (bound, self->table);
  const GenesisColumn *own = columns[bound->dependent];

  for (guint64 row = 0; row < self->n_rows; row++)
    {
      GenesisWide others;

      if (genesis_bound_constraint_holds (bound, columns, row))
        continue;
      others = genesis_bound_constraint_get_rest (bound, columns, row)
               - (GenesisWide)factor * ((const gint64 *)own->values)[row];
      if (others % factor != 0 || -others / factor < own->field->ilo
          || -others / factor > own->field->ihi)
        continue;
      write_stored (self, bound->dependent, row, (gint64)(-others / factor));
    }
}

static guint64
mend (const GenesisBoundConstraint *bound, GenesisTable *table)
{
  Mending mending = { bound, table, genesis_table_get_n_rows (table), 0 };

  switch (bound->constraint->kind)
    {
    case GENESIS_ROW_CONSTRAINT_KIND_ORDER:
      mend_order (&mending);
      break;
    case GENESIS_ROW_CONSTRAINT_KIND_SUM:
      mend_sum (&mending);
      break;
    case GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION:
      mend_implication (&mending);
      break;
    case GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH:
    default:
      mend_not_both (&mending);
    }
  return mending.n_changed;
}

static guint64
mend_one (const GenesisRowConstraintSet *self, guint index, GenesisTable *table, guint64 *changed)
{
  guint64 n = mend (&self->bound[index], table);

  changed[index] += n;
  return n;
}

/* A chain of n orders is a bubble sort of n passes at most: each exchange brings two cells that a
   chain of orders connects into theirs. */
static guint64
settle_orders (const GenesisRowConstraintSet *self, GenesisTable *table, guint64 *changed)
{
  guint64 n_changed = 0;

  for (guint pass = 0; pass < self->n; pass++)
    {
      guint64 n = 0;

      for (guint i = 0; i < self->n; i++)
        if (self->bound[self->order[i]].constraint->kind == GENESIS_ROW_CONSTRAINT_KIND_ORDER)
          n += mend_one (self, self->order[i], table, changed);
      if (n == 0)
        break;
      n_changed += n;
    }
  return n_changed;
}

void
genesis_row_constraint_set_mend (const GenesisRowConstraintSet *self, GenesisTable *table,
                                 guint64 *changed)
{
  for (guint pass = 0; pass < MAX_PASSES; pass++)
    {
      guint64 n_changed = settle_orders (self, table, changed);

      for (guint i = 0; i < self->n; i++)
        n_changed += mend_one (self, self->order[i], table, changed);
      if (n_changed == 0)
        return;
    }
}
