/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-constraint-proposals-private.h"

#include <math.h>

#include "data/genesis-field-private.h"

/* Orders between numbers, or times, whose ranges overlap: if the two were independent one row in
   ten would have them the other way round. What follows from a sum, or from two other orders, is
   not said again. */

static const GenesisOrderedPair *
get_pair (const GenesisConstraintProposals *self, guint a, guint b)
{
  guint x = self->columns[a], y = self->columns[b];

  return &self->draft->pairs->orders[MIN (x, y) * self->draft->n + MAX (x, y)];
}

/* Whether all rows have low at most high, and not all the same. */
static gboolean
is_ordered (const GenesisConstraintProposals *self, guint low, guint high)
{
  const GenesisOrderedPair *pair = get_pair (self, low, high);
  guint seen = self->columns[low] < self->columns[high] ? GENESIS_CONSTRAINT_SEEN_LESS
                                                        : GENESIS_CONSTRAINT_SEEN_GREATER;

  return !pair->is_dead && pair->seen == seen;
}

static gboolean
is_compared (const GenesisConstraintColumn *column)
{
  return genesis_constraint_column_is_only (column, GENESIS_CONSTRAINT_CELL_NUMBER)
         || genesis_constraint_column_is_only (column, GENESIS_CONSTRAINT_CELL_TIME);
}

/* low is a term of a sum of terms that are not negative, and high the total. */
static gboolean
is_summed (const GenesisConstraintProposals *self, guint low, guint high)
{
  for (guint i = 0; i < self->accepted->len; i++)
    {
      const GenesisRowConstraint *sum = g_ptr_array_index (self->accepted, i);
      gboolean has_low = FALSE, grows = TRUE;

      if (sum->kind != GENESIS_ROW_CONSTRAINT_KIND_SUM
          || !g_str_equal (sum->columns[sum->n_columns - 1],
                           genesis_constraint_proposals_get_name (self, high)))
        continue;
      for (guint k = 0; k + 1 < sum->n_columns; k++)
        {
          int field = genesis_schema_find_field (self->schema, sum->columns[k]);

          has_low |= (guint)field == low;
          grows &= sum->coefficients[k] > 0
                   && genesis_schema_get_field (self->schema, (guint)field)->ilo >= 0;
        }
      if (has_low && grows)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_likely (const GenesisConstraintProposals *self, guint low, guint high, double *equal)
{
  const GenesisConstraintColumn *a = genesis_constraint_proposals_get_column (self, low);
  const GenesisConstraintColumn *b = genesis_constraint_proposals_get_column (self, high);
  double greater;

  if (low == high || !is_compared (a) || a->kinds != b->kinds || !is_ordered (self, low, high)
      || get_pair (self, low, high)->n < GENESIS_CONSTRAINT_MIN_ROWS)
    return FALSE;
  genesis_constraint_column_compare (a, b, &greater, equal);
  return greater >= GENESIS_CONSTRAINT_MIN_BREACHES
         && -log1p (-MIN (greater, .999)) * (double)get_pair (self, low, high)->n
                >= genesis_constraint_proposals_get_bar (self, 1);
}

void
genesis_constraint_proposals_add_orders (GenesisConstraintProposals *self)
{
  guint n = self->n_fields;
  g_autofree gboolean *holds = g_new0 (gboolean, (gsize)n * n + 1);
  g_autofree double *equal = g_new0 (double, (gsize)n *n + 1);

  for (guint low = 0; low < n; low++)
    for (guint high = 0; high < n; high++)
      holds[low * n + high] = is_likely (self, low, high, &equal[low * n + high]);
  for (guint low = 0; low < n; low++)
    for (guint high = 0; high < n; high++)
      {
        const GenesisOrderedPair *pair;
        gboolean is_said = !holds[low * n + high] || is_summed (self, low, high);

        for (guint middle = 0; middle < n && !is_said; middle++)
          is_said = holds[low * n + middle] && holds[middle * n + high];
        if (is_said)
          continue;
        pair = get_pair (self, low, high);
        genesis_constraint_proposals_accept (
            self,
            genesis_row_constraint_new_order (
                genesis_constraint_proposals_get_name (self, low),
                genesis_constraint_proposals_get_name (self, high),
                pair->n_equal == 0
                    && equal[low * n + high] * (double)pair->n
                           >= genesis_constraint_proposals_get_bar (self, 1)),
            pair->n);
      }
}
