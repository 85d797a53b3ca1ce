/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-constraint-set-private.h"

#include "data/genesis-number-private.h"
#include "data/genesis-schema-rules-private.h"

/* Whether rows keep their constraints. A missing operand keeps an order and a sum; a missing effect
   keeps an implied value. */

static double
get_number (const GenesisColumn *column, guint64 row)
{
  if (column->field->kind == GENESIS_FIELD_KIND_REAL)
    return ((const double *)column->values)[row];
  return (double)((const gint64 *)column->values)[row]
         / (double)genesis_number_power_of_ten (column->field->decimals);
}

/* Rounds towards the past. */
static GenesisWide
floor_divide (GenesisWide a, gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

static int
compare_sides (const GenesisBoundConstraint *self, const GenesisColumn *const *columns, guint64 row)
{
  GenesisWide low, high;

  if (self->is_real)
    {
      double a = get_number (columns[0], row), b = get_number (columns[1], row);

      return (a > b) - (a < b);
    }
  low = ((const gint64 *)columns[0]->values)[row];
  high = ((const gint64 *)columns[1]->values)[row];
  if (self->tick != 0)
    {
      low = floor_divide (low * self->ticks[0], self->tick);
      high = floor_divide (high * self->ticks[1], self->tick);
    }
  else
    {
      low *= self->factors[0];
      high *= self->factors[1];
    }
  return (low > high) - (low < high);
}

static gboolean
all_present (const GenesisBoundConstraint *self, const GenesisColumn *const *columns, guint64 row)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (!genesis_column_is_present (columns[i], row))
      return FALSE;
  return TRUE;
}

GenesisWide
genesis_bound_constraint_get_rest (const GenesisBoundConstraint *self,
                                   const GenesisColumn *const *columns, guint64 row)
{
  GenesisWide rest = 0;

  for (guint i = 0; i < self->n_columns; i++)
    rest += (GenesisWide)self->factors[i] * ((const gint64 *)columns[i]->values)[row];
  return rest;
}

const GenesisBoundCell *
genesis_bound_constraint_find (const GenesisBoundConstraint *self, const GenesisColumn *cause,
                               guint64 row)
{
  guint low = 0, high = self->n_implied;
  gint64 value;

  if (!genesis_column_is_present (cause, row))
    return self->implied[0].value_missing ? &self->implied[0] : NULL;
  value = genesis_column_get_stored (cause, row);
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const GenesisBoundCell *cell = &self->implied[middle];

      if (!cell->value_missing && cell->value == value)
        return cell;
      if (cell->value_missing || cell->value < value)
        low = middle + 1;
      else
        high = middle;
    }
  return NULL;
}

static gboolean
implication_holds (const GenesisBoundConstraint *self, const GenesisColumn *const *columns,
                   guint64 row)
{
  const GenesisBoundCell *cell = genesis_bound_constraint_find (self, columns[0], row);

  if (cell == NULL || !genesis_column_is_present (columns[1], row))
    return TRUE;
  return !cell->effect_missing && genesis_column_get_stored (columns[1], row) == cell->effect;
}

gboolean
genesis_bound_constraint_holds (const GenesisBoundConstraint *self,
                                const GenesisColumn *const *columns, guint64 row)
{
  switch (self->constraint->kind)
    {
    case GENESIS_ROW_CONSTRAINT_KIND_ORDER:
      return !all_present (self, columns, row)
             || compare_sides (self, columns, row) < (self->constraint->strict ? 0 : 1);
    case GENESIS_ROW_CONSTRAINT_KIND_SUM:
      return !all_present (self, columns, row)
             || genesis_bound_constraint_get_rest (self, columns, row) == 0;
    case GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION:
      return implication_holds (self, columns, row);
    case GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH:
    default:
      return !all_present (self, columns, row);
    }
}

const GenesisColumn **
genesis_bound_constraint_dup_columns (const GenesisBoundConstraint *self, GenesisTable *table)
{
  const GenesisColumn **columns = g_new (const GenesisColumn *, self->n_columns);

  for (guint i = 0; i < self->n_columns; i++)
    columns[i] = genesis_table_get_column (table, self->columns[i]);
  return columns;
}

guint64
genesis_row_constraint_set_check (const GenesisRowConstraintSet *self, GenesisTable *table,
                                  guint8 *broken, guint64 *counts)
{
  guint64 n_rows = genesis_table_get_n_rows (table), n_broken = 0;
  g_autofree guint8 *own = broken == NULL ? g_malloc0 (n_rows + 1) : NULL;
  guint8 *marks = broken != NULL ? broken : own;

  for (guint i = 0; i < self->n; i++)
    {
      const GenesisBoundConstraint *bound = &self->bound[i];
      g_autofree const GenesisColumn **columns =
          genesis_bound_constraint_dup_columns (bound, table);

      for (guint64 row = 0; row < n_rows; row++)
        if (!genesis_bound_constraint_holds (bound, columns, row))
          {
            n_broken += marks[row] == 0;
            marks[row] = 1;
            if (counts != NULL)
              counts[i]++;
          }
    }
  return n_broken;
}

/**
 * genesis_table_count_violations:
 * @self: a table
 * @constraint: place of a constraint of its schema
 *
 * Returns: how many rows do not keep the constraint
 */
guint64
genesis_table_count_violations (GenesisTable *self, guint constraint)
{
  const GenesisRowConstraintSet *set;
  g_autofree const GenesisColumn **columns = NULL;
  guint64 n = 0;

  g_return_val_if_fail (GENESIS_IS_TABLE (self), 0);
  set = genesis_schema_get_constraint_set (genesis_table_get_schema (self));
  g_return_val_if_fail (set != NULL && constraint < set->n, 0);

  columns = genesis_bound_constraint_dup_columns (&set->bound[constraint], self);
  for (guint64 row = 0; row < genesis_table_get_n_rows (self); row++)
    n += !genesis_bound_constraint_holds (&set->bound[constraint], columns, row);
  return n;
}
