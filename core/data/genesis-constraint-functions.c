/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-constraint-proposals-private.h"

#include <math.h>

/* A column of few levels that is a function of another. If it had nothing to do with the other, all
   rows of one level would agree with probability sum_b p_b^n <= p^(n-1), p the share of its most
   frequent level; over all levels p^(rows - levels). */

static gboolean
is_exact (const GenesisConstraintProposals *self, guint field)
{
  return genesis_field_get_kind (genesis_schema_get_field (self->schema, field))
         != GENESIS_FIELD_KIND_REAL;
}

static const GenesisMappedPair *
get_pair (const GenesisConstraintProposals *self, guint cause, guint effect)
{
  return &self->draft->pairs
              ->functions[self->columns[cause] * self->draft->n + self->columns[effect]];
}

/* Share of the most frequent effect, in rows that have both. */
static double
get_largest_share (const GenesisMappedPair *pair, const GenesisConstraintColumn *cause)
{
  guint64 counts[GENESIS_CONSTRAINT_MAX_LEVELS + 1] = { 0 }, most = 0, all = 0;

  for (guint level = 0; level < cause->levels->n_entries; level++)
    {
      guint effect = pair->map[level];

      if (effect == 0)
        continue;
      counts[effect] += cause->levels->entries[level].count;
      most = MAX (most, counts[effect]);
      all += cause->levels->entries[level].count;
    }
  return (double)most / (double)MAX (all, 1);
}

static gboolean
is_supported (const GenesisConstraintProposals *self, guint cause, guint effect)
{
  const GenesisConstraintColumn *a = genesis_constraint_proposals_get_column (self, cause);
  const GenesisConstraintColumn *b = genesis_constraint_proposals_get_column (self, effect);
  const GenesisMappedPair *pair = cause != effect ? get_pair (self, cause, effect) : NULL;
  guint n_levels = genesis_constraint_column_get_n_levels (a);

  if (pair == NULL || pair->map == NULL || pair->n < GENESIS_CONSTRAINT_MIN_ROWS || n_levels < 2
      || genesis_constraint_column_get_n_levels (b) < 2 || !is_exact (self, cause)
      || !is_exact (self, effect))
    return FALSE;
  return -log (get_largest_share (pair, a)) * ((double)pair->n - n_levels)
         >= genesis_constraint_proposals_get_bar (self, 1);
}

/* The nearest cause: of the fewest levels; text rather than numbers, then the first. */
static gboolean
is_better (const GenesisConstraintProposals *self, guint cause, guint than)
{
  const GenesisConstraintColumn *a = genesis_constraint_proposals_get_column (self, cause);
  const GenesisConstraintColumn *b = genesis_constraint_proposals_get_column (self, than);
  guint n_a = genesis_constraint_column_get_n_levels (a);
  guint n_b = genesis_constraint_column_get_n_levels (b);
  gboolean text_a = (a->kinds & (1u << GENESIS_CONSTRAINT_CELL_TEXT)) != 0;
  gboolean text_b = (b->kinds & (1u << GENESIS_CONSTRAINT_CELL_TEXT)) != 0;

  if (n_a != n_b)
    return n_a < n_b;
  return text_a && !text_b;
}

static char *
dup_level (const GenesisConstraintColumn *column, guint level)
{
  return g_strndup (genesis_text_index_get_text (column->levels, level),
                    column->levels->entries[level].length);
}

static void
propose (GenesisConstraintProposals *self, guint cause, guint effect)
{
  const GenesisConstraintColumn *a = genesis_constraint_proposals_get_column (self, cause);
  const GenesisConstraintColumn *b = genesis_constraint_proposals_get_column (self, effect);
  const GenesisMappedPair *pair = get_pair (self, cause, effect);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) effects = g_ptr_array_new_with_free_func (g_free);

  for (guint level = 0; level < a->levels->n_entries; level++)
    if (pair->map[level] != 0)
      {
        g_ptr_array_add (values, dup_level (a, level));
        g_ptr_array_add (effects, dup_level (b, pair->map[level] - 1u));
      }
  g_ptr_array_add (values, NULL);
  g_ptr_array_add (effects, NULL);
  genesis_constraint_proposals_accept (
      self,
      genesis_row_constraint_new_dependency (a->name, (const char *const *)values->pdata, b->name,
                                             (const char *const *)effects->pdata),
      pair->n);
}

static gboolean
is_total (const GenesisConstraintProposals *self, guint field)
{
  const char *name = genesis_constraint_proposals_get_name (self, field);

  for (guint i = 0; i < self->accepted->len; i++)
    {
      const GenesisRowConstraint *constraint = g_ptr_array_index (self->accepted, i);

      if (constraint->kind == GENESIS_ROW_CONSTRAINT_KIND_SUM
          && g_str_equal (constraint->columns[constraint->n_columns - 1], name))
        return TRUE;
    }
  return FALSE;
}

/* Whether following the chosen causes from field leads to target. */
static gboolean
depends_on (const int *cause_of, guint field, guint target)
{
  for (int at = (int)field; at >= 0; at = cause_of[at])
    if ((guint)at == target)
      return TRUE;
  return FALSE;
}

static void
choose_cause (GenesisConstraintProposals *self, guint effect, int *cause_of)
{
  int best = -1;

  for (guint cause = 0; cause < self->n_fields; cause++)
    if (is_supported (self, cause, effect) && !depends_on (cause_of, cause, effect)
        && (best < 0 || is_better (self, cause, (guint)best)))
      best = (int)cause;
  cause_of[effect] = best;
  if (best >= 0)
    propose (self, (guint)best, effect);
}

/* Where two columns are functions of each other the number follows from the text. */
void
genesis_constraint_proposals_add_functions (GenesisConstraintProposals *self)
{
  g_autofree int *cause_of = g_new (int, self->n_fields + 1);

  for (guint field = 0; field < self->n_fields; field++)
    cause_of[field] = -1;
  for (guint pass = 0; pass < 2; pass++)
    for (guint field = 0; field < self->n_fields; field++)
      {
        const GenesisConstraintColumn *column =
            genesis_constraint_proposals_get_column (self, field);
        guint is_text = (column->kinds & (1u << GENESIS_CONSTRAINT_CELL_TEXT)) != 0;

        if (is_text == pass && !is_total (self, field))
          choose_cause (self, field, cause_of);
      }
}
