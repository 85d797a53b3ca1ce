/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-constraint-set-private.h"

#include <genesis/genesis-error.h>

/* What constraints say together: no two may contradict each other, no order may run in a circle,
   and what is computed from other columns may not need itself. What a single one can never keep, by
   the bounds of its columns, is refused as well. */

typedef struct
{
  GenesisRowConstraintSet *set;
  GenesisSchema *schema;
  guint n_columns;
  guint *writer; /* of each column: place of the constraint that computes it + 1, or 0 */
  guint *state;  /* of each node of a search: 0 new, 1 open, 2 done */
  guint n_ordered;
  GError **error;
} Agreement;

static void
agreement_clear (Agreement *self)
{
  g_free (self->writer);
  g_free (self->state);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Agreement, agreement_clear)

static gboolean
refuse_pair (const Agreement *self, guint first, guint second, const char *why)
{
  g_autofree char *one = genesis_row_constraint_set_dup_label (self->set, MIN (first, second));
  g_autofree char *two = genesis_row_constraint_set_dup_label (self->set, MAX (first, second));

  g_set_error (self->error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "%s and %s %s", one, two,
               why);
  return FALSE;
}

static gboolean
refuse_one (const Agreement *self, guint index, const char *why)
{
  g_autofree char *label = genesis_row_constraint_set_dup_label (self->set, index);

  g_set_error (self->error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "%s: %s", label, why);
  return FALSE;
}

static gboolean
is_kind (const Agreement *self, guint index, GenesisRowConstraintKind kind)
{
  return self->set->bound[index].constraint->kind == kind;
}

/* -- two by two ------------------------------------------------------------ */

static gboolean
imply_differently (const GenesisBoundConstraint *a, const GenesisBoundConstraint *b)
{
  if (a->columns[0] != b->columns[0] || a->columns[1] != b->columns[1])
    return FALSE;
  for (guint i = 0, j = 0; i < a->n_implied && j < b->n_implied;)
    {
      const GenesisBoundCell *x = &a->implied[i], *y = &b->implied[j];

      if (x->value_missing == y->value_missing && x->value == y->value)
        {
          if (x->effect_missing != y->effect_missing || x->effect != y->effect)
            return TRUE;
          i++;
          j++;
        }
      else if (x->value_missing || (!y->value_missing && x->value < y->value))
        i++;
      else
        j++;
    }
  return FALSE;
}

static gboolean
check_pairs (const Agreement *self)
{
  const GenesisRowConstraintSet *set = self->set;

  for (guint i = 0; i < set->n; i++)
    for (guint j = 0; j < i; j++)
      {
        const GenesisBoundConstraint *a = &set->bound[j], *b = &set->bound[i];

        if (genesis_row_constraint_equal (a->constraint, b->constraint))
          return refuse_pair (self, j, i, "are the same; remove one");
        if (is_kind (self, i, GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION)
            && is_kind (self, j, GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION)
            && imply_differently (a, b))
          return refuse_pair (self, j, i,
                              "contradict each other: one value implies two; remove one");
      }
  return TRUE;
}

/* -- bounds ---------------------------------------------------------------- */

static gboolean
order_fits_bounds (const Agreement *self, const GenesisBoundConstraint *bound)
{
  const GenesisField *low = genesis_schema_get_field (self->schema, bound->columns[0]);
  const GenesisField *high = genesis_schema_get_field (self->schema, bound->columns[1]);

  if (bound->is_real)
    return TRUE;
  if (bound->tick != 0)
    return (GenesisWide)low->ilo * bound->ticks[0] - bound->tick
           < (GenesisWide)high->ihi * bound->ticks[1];
  return (GenesisWide)low->ilo * bound->factors[0] + (bound->constraint->strict ? 1 : 0)
         <= (GenesisWide)high->ihi * bound->factors[1];
}

/* The smallest and the largest of sum minus total have 0 between them. */
static gboolean
sum_fits_bounds (const Agreement *self, const GenesisBoundConstraint *bound)
{
  GenesisWide smallest = 0, largest = 0;

  for (guint i = 0; i < bound->n_columns; i++)
    {
      const GenesisField *field = genesis_schema_get_field (self->schema, bound->columns[i]);
      GenesisWide a = (GenesisWide)bound->factors[i] * field->ilo;
      GenesisWide b = (GenesisWide)bound->factors[i] * field->ihi;

      smallest += MIN (a, b);
      largest += MAX (a, b);
    }
  return smallest <= 0 && largest >= 0;
}

static gboolean
check_bounds (const Agreement *self)
{
  for (guint i = 0; i < self->set->n; i++)
    {
      const GenesisBoundConstraint *bound = &self->set->bound[i];

      if ((is_kind (self, i, GENESIS_ROW_CONSTRAINT_KIND_ORDER) && !order_fits_bounds (self, bound))
          || (is_kind (self, i, GENESIS_ROW_CONSTRAINT_KIND_SUM) && !sum_fits_bounds (self, bound)))
        return refuse_one (
            self, i, "no values inside the bounds of its columns keep it; widen them or remove it");
    }
  return TRUE;
}

/* -- orders in a circle ---------------------------------------------------- */

/* Whether a way of orders leads from column to target; last is the order that arrives there. */
static gboolean
leads_to (Agreement *self, guint column, guint target, guint n_orders, guint *last)
{
  self->state[column] = 1;
  for (guint i = 0; i < n_orders; i++)
    {
      const GenesisBoundConstraint *bound = &self->set->bound[i];

      if (!is_kind (self, i, GENESIS_ROW_CONSTRAINT_KIND_ORDER) || bound->columns[0] != column)
        continue;
      if (bound->columns[1] == target)
        {
          *last = i;
          return TRUE;
        }
      if (self->state[bound->columns[1]] == 0
          && leads_to (self, bound->columns[1], target, n_orders, last))
        return TRUE;
    }
  return FALSE;
}

static void
forget_states (Agreement *self, guint n)
{
  for (guint i = 0; i < n; i++)
    self->state[i] = 0;
}

static gboolean
check_orders (Agreement *self)
{
  for (guint i = 0; i < self->set->n; i++)
    {
      const GenesisBoundConstraint *bound = &self->set->bound[i];
      guint last;

      if (!is_kind (self, i, GENESIS_ROW_CONSTRAINT_KIND_ORDER))
        continue;
      forget_states (self, self->n_columns);
      if (leads_to (self, bound->columns[1], bound->columns[0], i, &last))
        return refuse_pair (self, last, i,
                            "run in a circle: each says that the other's order is the wrong way "
                            "round; remove one");
    }
  return TRUE;
}

/* -- what is computed from what -------------------------------------------- */

static gboolean
claim (Agreement *self, guint index, guint place)
{
  guint column = self->set->bound[index].columns[place];

  if (self->writer[column] != 0)
    return FALSE;
  self->writer[column] = index + 1;
  return TRUE;
}

/* A sum computes its total, or, when that is computed already, its last term that is not. */
static gboolean
choose_dependent (Agreement *self, guint index)
{
  GenesisBoundConstraint *bound = &self->set->bound[index];
  guint total = bound->columns[bound->n_columns - 1];

  for (guint i = bound->n_columns; i-- > 0;)
    if (ABS (bound->constraint->coefficients[i]) == 1 && claim (self, index, i))
      {
        bound->dependent = i;
        return TRUE;
      }
  return refuse_pair (self, self->writer[total] - 1, index,
                      "leave the second no column to compute; remove one");
}

static gboolean
is_valued (const Agreement *self, guint index)
{
  return is_kind (self, index, GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION)
         && !self->set->bound[index].is_presence;
}

static gboolean
find_writers (Agreement *self)
{
  GenesisRowConstraintSet *set = self->set;

  for (guint i = 0; i < set->n; i++)
    if (is_valued (self, i))
      claim (self, i, 1);
  for (guint i = 0; i < set->n; i++)
    if (is_kind (self, i, GENESIS_ROW_CONSTRAINT_KIND_SUM) && !choose_dependent (self, i))
      return FALSE;
  for (guint i = 0; i < set->n; i++)
    set->bound[i].is_sorted = is_kind (self, i, GENESIS_ROW_CONSTRAINT_KIND_ORDER)
                              && self->writer[set->bound[i].columns[0]] == 0
                              && self->writer[set->bound[i].columns[1]] == 0;
  return TRUE;
}

static void
put_in_order (Agreement *self, guint index)
{
  self->set->order[self->n_ordered++] = index;
}

/* The column that a constraint with a value or a sum writes. */
static guint
get_written (const Agreement *self, guint index)
{
  const GenesisBoundConstraint *bound = &self->set->bound[index];

  return is_valued (self, index) ? bound->columns[1] : bound->columns[bound->dependent];
}

static gboolean
writes_values (const Agreement *self, guint index)
{
  return is_valued (self, index) || is_kind (self, index, GENESIS_ROW_CONSTRAINT_KIND_SUM);
}

/* Depth first: whoever writes a column that this one reads comes before it. */
static gboolean
visit (Agreement *self, guint index)
{
  const GenesisBoundConstraint *bound = &self->set->bound[index];
  guint written = get_written (self, index);

  self->state[index] = 1;
  for (guint i = 0; i < bound->n_columns; i++)
    for (guint other = 0; other < self->set->n; other++)
      {
        if (bound->columns[i] == written || !writes_values (self, other)
            || get_written (self, other) != bound->columns[i] || self->state[other] == 2)
          continue;
        if (self->state[other] == 1)
          return refuse_pair (self, other, index,
                              "run in a circle: each computes what the other needs; remove one");
        if (!visit (self, other))
          return FALSE;
      }
  self->state[index] = 2;
  put_in_order (self, index);
  return TRUE;
}

/* First what is present, then orders, then what is computed. */
static gboolean
put_all_in_order (Agreement *self)
{
  const GenesisRowConstraintSet *set = self->set;

  for (guint i = 0; i < set->n; i++)
    if (is_kind (self, i, GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH))
      put_in_order (self, i);
  for (guint i = 0; i < set->n; i++)
    if (is_kind (self, i, GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION) && set->bound[i].is_presence)
      put_in_order (self, i);
  for (guint i = 0; i < set->n; i++)
    if (is_kind (self, i, GENESIS_ROW_CONSTRAINT_KIND_ORDER))
      put_in_order (self, i);
  forget_states (self, set->n);
  for (guint i = 0; i < set->n; i++)
    if (writes_values (self, i) && self->state[i] == 0 && !visit (self, i))
      return FALSE;
  return TRUE;
}

gboolean
genesis_row_constraint_set_agree (GenesisRowConstraintSet *self, GenesisSchema *schema,
                                  GError **error)
{
  g_auto (Agreement) agreement = { self, schema, genesis_schema_get_n_fields (schema) };

  agreement.error = error;
  agreement.writer = g_new0 (guint, agreement.n_columns + 1);
  agreement.state = g_new0 (guint, MAX (agreement.n_columns, self->n) + 1);
  return check_pairs (&agreement) && check_bounds (&agreement) && check_orders (&agreement)
         && find_writers (&agreement) && put_all_in_order (&agreement);
}
