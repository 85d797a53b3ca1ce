/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-constraint-proposals-private.h"

#include <math.h>

/* Cells that are missing because of another cell. A column that is missing in a share m of the rows
   is missing in all n rows of a level by chance with probability m^n; two columns present in shares
   p and q are never present together by chance with probability about exp (-n p q). A cause is
   spoken of when it explains at least half of the missing cells: a column that is mostly missing is
   so in many a level. Columns that are always missing together are spoken of once, by the first of
   them. */

static const guint8 *
get_states (const GenesisConstraintProposals *self, guint cause, guint gap)
{
  return self->draft->pairs->presence[self->columns[cause] * self->draft->n + self->columns[gap]];
}

static gboolean
has_gap (const GenesisConstraintProposals *self, guint field)
{
  const GenesisConstraintColumn *column = genesis_constraint_proposals_get_column (self, field);

  return column->n_missing > 0 && column->n_present > 0;
}

static gboolean
is_exact (const GenesisConstraintProposals *self, guint field)
{
  return genesis_field_get_kind (genesis_schema_get_field (self->schema, field))
         != GENESIS_FIELD_KIND_REAL;
}

static double
get_missing_share (const GenesisConstraintProposals *self, guint field)
{
  return (double)genesis_constraint_proposals_get_column (self, field)->n_missing
         / (double)self->draft->n_rows;
}

/* n rows have the state, and in all of them the column is missing. */
static gboolean
is_supported (const GenesisConstraintProposals *self, guint gap, guint8 seen, guint64 n)
{
  return seen == GENESIS_CONSTRAINT_SEEN_MISSING && n >= GENESIS_CONSTRAINT_MIN_CASES
         && -log (get_missing_share (self, gap)) * (double)n
                >= genesis_constraint_proposals_get_bar (self, GENESIS_CONSTRAINT_STATES);
}

/* Whether the rows of those states of the cause in which the column is always missing are at least
   half of the rows in which it is missing. */
static gboolean
is_explained (const GenesisConstraintProposals *self, guint cause, guint gap)
{
  const GenesisConstraintColumn *column = genesis_constraint_proposals_get_column (self, cause);
  const guint8 *states = get_states (self, cause, gap);
  guint64 n = 0;

  if (states[GENESIS_CONSTRAINT_STATE_MISSING] == GENESIS_CONSTRAINT_SEEN_MISSING)
    n += column->n_missing;
  for (guint level = 0; level < genesis_constraint_column_get_n_levels (column); level++)
    if (states[level] == GENESIS_CONSTRAINT_SEEN_MISSING)
      n += column->levels->entries[level].count;
  return n >= genesis_constraint_proposals_get_column (self, gap)->n_missing / 2;
}

static gboolean
is_missing_with (const GenesisConstraintProposals *self, guint cause, guint gap)
{
  return cause != gap && has_gap (self, cause) && has_gap (self, gap)
         && is_supported (self, gap,
                          get_states (self, cause, gap)[GENESIS_CONSTRAINT_STATE_MISSING],
                          genesis_constraint_proposals_get_column (self, cause)->n_missing);
}

static void
propose (GenesisConstraintProposals *self, guint cause, const char *value, guint effect,
         const char *effect_value, guint64 n)
{
  genesis_constraint_proposals_accept (
      self,
      genesis_row_constraint_new_implication (genesis_constraint_proposals_get_name (self, cause),
                                              value,
                                              genesis_constraint_proposals_get_name (self, effect),
                                              effect_value),
      n);
}

/* The first column that is missing in the same rows. */
static guint
get_speaker (const GenesisConstraintProposals *self, guint gap)
{
  for (guint field = 0; field < gap; field++)
    if (is_missing_with (self, field, gap) && is_missing_with (self, gap, field))
      return field;
  return gap;
}

/* A level of cause in all of whose rows gap is missing, unless that is so whenever cause is
   present; and, when gap is missing in no others, the other way round. */
static void
add_levels (GenesisConstraintProposals *self, guint cause, guint gap)
{
  const GenesisConstraintColumn *column = genesis_constraint_proposals_get_column (self, cause);
  const guint8 *states = get_states (self, cause, gap);
  guint n_levels = genesis_constraint_column_get_n_levels (column), n_seen = 0;

  if ((states[GENESIS_CONSTRAINT_STATE_PRESENT] & GENESIS_CONSTRAINT_SEEN_PRESENT) == 0)
    return;
  for (guint level = 0; level < n_levels; level++)
    n_seen += (states[level] & GENESIS_CONSTRAINT_SEEN_MISSING) != 0;
  n_seen += (states[GENESIS_CONSTRAINT_STATE_MISSING] & GENESIS_CONSTRAINT_SEEN_MISSING) != 0;
  for (guint level = 0; level < n_levels; level++)
    {
      const GenesisTextEntry *entry = &column->levels->entries[level];
      g_autofree char *value =
          g_strndup (genesis_text_index_get_text (column->levels, level), entry->length);

      if (!is_supported (self, gap, states[level], entry->count))
        continue;
      propose (self, cause, value, gap, NULL, entry->count);
      if (n_seen == 1)
        propose (self, gap, NULL, cause, value, entry->count);
    }
}

static gboolean
is_never_with (const GenesisConstraintProposals *self, guint first, guint second)
{
  double p = 1 - get_missing_share (self, first), q = 1 - get_missing_share (self, second);
  guint8 seen = get_states (self, first, second)[GENESIS_CONSTRAINT_STATE_PRESENT];

  return (seen & GENESIS_CONSTRAINT_SEEN_PRESENT) == 0
         && p * q * (double)self->draft->n_rows >= genesis_constraint_proposals_get_bar (self, 1);
}

static void
add_gap (GenesisConstraintProposals *self, guint gap, const gboolean *speaks)
{
  for (guint cause = 0; cause < self->n_fields; cause++)
    {
      if (cause == gap || !is_exact (self, cause) || !is_explained (self, cause, gap))
        continue;
      if (speaks[cause] && is_missing_with (self, cause, gap))
        propose (self, cause, NULL, gap, NULL,
                 genesis_constraint_proposals_get_column (self, cause)->n_missing);
      add_levels (self, cause, gap);
    }
  for (guint other = gap + 1; other < self->n_fields; other++)
    if (speaks[other] && is_never_with (self, gap, other))
      genesis_constraint_proposals_accept (
          self,
          genesis_row_constraint_new_not_both (genesis_constraint_proposals_get_name (self, gap),
                                               genesis_constraint_proposals_get_name (self, other)),
          self->draft->n_rows);
}

void
genesis_constraint_proposals_add_gaps (GenesisConstraintProposals *self)
{
  g_autofree gboolean *speaks = g_new0 (gboolean, self->n_fields + 1);

  for (guint field = 0; field < self->n_fields; field++)
    {
      guint speaker = has_gap (self, field) ? get_speaker (self, field) : field;
      guint64 n = genesis_constraint_proposals_get_column (self, field)->n_missing;

      speaks[field] = has_gap (self, field) && speaker == field;
      if (speaker == field)
        continue;
      propose (self, speaker, NULL, field, NULL, n);
      propose (self, field, NULL, speaker, NULL, n);
    }
  for (guint field = 0; field < self->n_fields; field++)
    if (speaks[field])
      add_gap (self, field, speaks);
}
