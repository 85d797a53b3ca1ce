/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-row-validity-private.h"

#include <math.h>

static void
look_at_levels (const guint32 *codes, guint64 n_rows, const GenesisValidityRule *rule, guint8 *bad,
                guint64 *n_outside, guint64 *n_gaps)
{
  for (guint64 row = 0; row < n_rows; row++)
    if (codes[row] == 0)
      {
        *n_gaps += rule->may_be_missing ? 0 : 1;
        bad[row] |= !rule->may_be_missing;
      }
    else if (codes[row] >= rule->n_known || !rule->is_known[codes[row]])
      {
        (*n_outside)++;
        bad[row] = 1;
      }
}

static void
look_at_numbers (const double *numbers, guint64 n_rows, const GenesisValidityRule *rule,
                 guint8 *bad, guint64 *n_outside, guint64 *n_gaps)
{
  for (guint64 row = 0; row < n_rows; row++)
    if (isnan (numbers[row]))
      {
        *n_gaps += rule->may_be_missing ? 0 : 1;
        bad[row] |= !rule->may_be_missing;
      }
    else if (!(numbers[row] >= rule->lo && numbers[row] <= rule->hi))
      {
        (*n_outside)++;
        bad[row] = 1;
      }
}

static void
count_bad (GenesisRowValidity *self, const guint8 *bad, guint64 seed)
{
  g_autofree guint8 *groups =
      genesis_group_values_draw_groups (self->n_rows, seed, "quality/validity");
  guint64 counted[GENESIS_N_GROUPS] = { 0 }, marked[GENESIS_N_GROUPS] = { 0 };

  for (guint64 row = 0; row < self->n_rows; row++)
    {
      counted[groups[row]]++;
      marked[groups[row]] += bad[row];
      self->n_bad += bad[row];
    }
  genesis_group_values_set_share (&self->share, counted, marked);
}

void
genesis_row_validity_init (GenesisRowValidity *self, const GenesisQualityFrame *frame,
                           const GenesisValidityRules *rules, const guint8 *broken, guint64 seed)
{
  g_autofree guint8 *bad = g_new0 (guint8, MAX (frame->n_rows, 1));

  *self = (GenesisRowValidity){ .n_rows = frame->n_rows };
  self->n_outside = g_new0 (guint64, MAX (rules->n_columns, 1));
  self->n_gaps = g_new0 (guint64, MAX (rules->n_columns, 1));
  for (guint64 row = 0; broken != NULL && row < frame->n_rows; row++)
    {
      self->n_broken += broken[row] != 0 ? 1 : 0;
      bad[row] = broken[row] != 0;
    }
  for (guint i = 0; i < rules->n_columns; i++)
    if (frame->columns[i].codes != NULL)
      look_at_levels (frame->columns[i].codes, frame->n_rows, &rules->rules[i], bad,
                      &self->n_outside[i], &self->n_gaps[i]);
    else
      look_at_numbers (frame->columns[i].numbers, frame->n_rows, &rules->rules[i], bad,
                       &self->n_outside[i], &self->n_gaps[i]);
  count_bad (self, bad, seed);
}

void
genesis_row_validity_clear (GenesisRowValidity *self)
{
  g_clear_pointer (&self->n_outside, g_free);
  g_clear_pointer (&self->n_gaps, g_free);
}
