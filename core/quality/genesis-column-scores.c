/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-column-scores-private.h"

#include <math.h>

#include "quality/genesis-sorted-numbers-private.h"

/* What a level is counted as in the real table when only the synthetic one has it. */
#define UNSEEN 1e-6

/* -- numbers and times ------------------------------------------------------ */

static double
cover_range (double real_min, double real_max, double min, double max)
{
  double range = real_max - real_min;
  double below, above;

  if (!(range > 0) || isnan (min))
    return NAN;
  below = MAX (0, (min - real_min) / range);
  above = MAX (0, (real_max - max) / range);
  return MAX (0, 1 - below - above);
}

/* Where the real column is complete a missing cell counts as outside. */
static double
adhere_to_range (const GenesisSortedNumbers *real, const GenesisSortedNumbers *synthetic,
                 const GenesisColumnScores *self)
{
  gsize n = synthetic->n + (self->n_missing[0] == 0 ? self->n_missing[1] : 0);

  if (n == 0)
    return NAN;
  return (double)genesis_sorted_numbers_count_between (synthetic,
                                                       genesis_sorted_numbers_get_min (real),
                                                       genesis_sorted_numbers_get_max (real))
         / (double)n;
}

static void
score_numbers (GenesisColumnScores *self, const GenesisQualityFrame *real,
               const GenesisQualityFrame *synthetic, guint column)
{
  gboolean decimals = real->shape->kinds[column] == GENESIS_QUALITY_NUMBER;
  g_auto (GenesisSortedNumbers) a = { NULL };
  g_auto (GenesisSortedNumbers) b = { NULL };

  genesis_sorted_numbers_init (&a, real->columns[column].numbers, real->n_rows);
  genesis_sorted_numbers_init (&b, synthetic->columns[column].numbers, synthetic->n_rows);
  self->shape = 1 - genesis_sorted_numbers_distance (&a, &b, decimals);
  self->validity = adhere_to_range (&a, &b, self);
  self->adherence = a.n > 0 && b.n > 0 ? self->validity : NAN;
  self->coverage =
      cover_range (genesis_sorted_numbers_get_min (&a), genesis_sorted_numbers_get_max (&a),
                   genesis_sorted_numbers_get_min (&b), genesis_sorted_numbers_get_max (&b));
}

/* -- levels ----------------------------------------------------------------- */

static guint64 *
count_codes (const GenesisQualityFrame *frame, guint column, guint n_codes)
{
  guint64 *counts = g_new0 (guint64, n_codes);

  for (guint64 row = 0; row < frame->n_rows; row++)
    counts[frame->columns[column].codes[row]]++;
  return counts;
}

static double
compare_shares (const guint64 *real, guint64 n_real, const guint64 *synthetic, guint64 n_synthetic,
                guint n_codes)
{
  double total = (double)n_real, distance = 0;

  if (n_real == 0 || n_synthetic == 0)
    return NAN;
  for (guint code = 1; code < n_codes; code++)
    total += real[code] == 0 && synthetic[code] > 0 ? UNSEEN : 0;
  for (guint code = 1; code < n_codes; code++)
    {
      double seen = real[code] == 0 && synthetic[code] > 0 ? UNSEEN : (double)real[code];

      distance += fabs ((double)synthetic[code] / (double)n_synthetic - seen / total);
    }
  return 1 - distance / 2;
}

static double
cover_levels (const guint64 *real, const guint64 *synthetic, guint n_codes)
{
  guint there = 0, reached = 0;

  for (guint code = 1; code < n_codes; code++)
    {
      there += real[code] > 0 ? 1 : 0;
      reached += real[code] > 0 && synthetic[code] > 0 ? 1 : 0;
    }
  return there > 0 ? (double)reached / there : NAN;
}

/* A missing cell is a level like any other here. */
static double
adhere_to_levels (const guint64 *real, const guint64 *synthetic, guint n_codes, guint64 n_rows)
{
  guint64 n = 0;

  for (guint code = 0; code < n_codes; code++)
    n += real[code] > 0 ? synthetic[code] : 0;
  return n_rows > 0 ? (double)n / (double)n_rows : NAN;
}

static void
score_levels (GenesisColumnScores *self, const GenesisQualityFrame *real,
              const GenesisQualityFrame *synthetic, guint column)
{
  guint n_codes = genesis_quality_shape_count_codes (real->shape, column);
  g_autofree guint64 *a = count_codes (real, column, n_codes);
  g_autofree guint64 *b = count_codes (synthetic, column, n_codes);

  self->shape = compare_shares (a, real->n_rows - a[0], b, synthetic->n_rows - b[0], n_codes);
  self->adherence = adhere_to_levels (a, b, n_codes, synthetic->n_rows);
  self->validity = self->adherence;
  self->coverage = cover_levels (a, b, n_codes);
}

void
genesis_column_scores_init (GenesisColumnScores *self, const GenesisQualityFrame *real,
                            const GenesisQualityFrame *synthetic, guint column)
{
  self->n_missing[0] = genesis_quality_frame_count_missing (real, column);
  self->n_missing[1] = genesis_quality_frame_count_missing (synthetic, column);
  if (real->columns[column].codes != NULL)
    score_levels (self, real, synthetic, column);
  else
    score_numbers (self, real, synthetic, column);
}
