/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "made-table.h"
#include "noisy-histogram.h"

#define SIGMAS  4.9 /* of a normal value: both tails together 1e-6 */
#define LOG_1E6 13.82

/* Rows whose value lies in [lo, hi]; lo > hi: missing ones. */
static double
count_rows (GenesisTable *table, guint c, gint64 lo, gint64 hi)
{
  double n = 0.0;

  for (guint64 row = 0; row < NOISY_ROWS; row++)
    {
      gint64 value = c < 8 ? made_codes (table, c)[row] : made_integers (table, c)[row];
      gboolean missing = genesis_table_is_missing (table, c, row);

      n += lo > hi ? missing : !missing && value >= lo && value <= hi;
    }
  return n;
}

/* sum over the cells of (released - true)^2 / units of the cell. */
static double
find_square_error (NoisyHistogram *self, GenesisBlocks *state, guint c)
{
  g_autofree char *name = g_strdup_printf ("cells:c%02u", c);
  const gint64 *cells = training_integers (state, name, NULL);
  guint64 n;
  const gint64 *counts = noisy_histogram_get_counts (state, c, &n);
  double sum = 0.0;

  for (guint64 i = 0; i + 1 < n; i++)
    {
      gint64 lo = cells != NULL ? cells[i] : (gint64)i;
      gint64 hi = cells != NULL ? cells[n - 1 + i] : (gint64)i;
      double error = (double)counts[i] - count_rows (self->table, c, lo, hi);

      sum += error * error / (double)(hi - lo + 1);
    }
  if (c >= 4 && c < 8)
    {
      double error = (double)counts[n - 1] - count_rows (self->table, c, 1, 0);

      sum += error * error;
    }
  return sum;
}

static guint
count_noisy_cells (guint c)
{
  return c < 4 ? 5 : c < 8 ? 3 : 200;
}

/* Standard deviation of the mean of the d + 1 counts of the records. */
static double
find_rows_sd (double mu2)
{
  double cell = NOISY_COLUMNS / (mu2 * 0.99), weight = mu2 * 0.01;

  for (guint c = 0; c < NOISY_COLUMNS; c++)
    weight += 1.0 / (cell * count_noisy_cells (c));
  return 1.0 / sqrt (weight);
}

/**
 * Predicted: x holds the true counts p and noise of sd sigma in K cells. Cleaning brings x to the
 * nearest table of N^ records, in the norm in which noise is even; that takes no two tables farther
 * apart, and merging m cells adds at most their noises (Cauchy-Schwarz). So released - true is at
 * most sigma sqrt (chi-square of K degrees), and |N^ - N| more for the other total. n = 20,000
 * rows, 12 columns; Laurent and Massart: a chi-square of K degrees passes K + 2 sqrt (K t) + 2 t
 * with probability e^-t, here 1e-6; |N^ - N| passes 4.9 sd with the same. Counts are whole:
 * rounding moves each cell by less than 2.
 */
static void
test_margins (void)
{
  static const double mu2s[] = { 0.0729, 1.0, 0.0009 }; /* epsilon 1, 4.4, .1 at delta 1e-5 */

  for (guint i = 0; i < G_N_ELEMENTS (mu2s); i++)
    {
      NoisyHistogram self;
      g_autoptr (GenesisBlocks) state = NULL;
      double sigma = sqrt (NOISY_COLUMNS / (mu2s[i] * 0.99));

      noisy_histogram_init (&self, mu2s[i], i);
      state = noisy_histogram_fit (&self);
      noisy_histogram_assert_consistent (state);
      for (guint c = 0; c < NOISY_COLUMNS; c++)
        {
          double k = count_noisy_cells (c);
          double radius = sigma * sqrt (k + 2.0 * sqrt (k * LOG_1E6) + 2.0 * LOG_1E6);
          double most = radius + SIGMAS * find_rows_sd (mu2s[i]) + 2.0 * sqrt (k);
          double error = sqrt (find_square_error (&self, state, c));

          g_test_message ("mu2 %g column %u: error %.1f of at most %.1f", mu2s[i], c, error, most);
          g_assert_cmpfloat (error, <, most);
          g_assert_cmpfloat (error, >, 0.0);
        }
      noisy_histogram_clear (&self);
    }
}

/* 30 noises: the records come out with the predicted deviation, which is a third of what the block
   "rows" alone has. Chi-square of 30 degrees: passes 84 or stays below 7.5 with probability 1e-6
   each. */
static void
test_rows (void)
{
  const double mu2 = 0.01;
  double sum = 0.0;
  NoisyHistogram self;

  noisy_histogram_init (&self, mu2, 100);
  g_assert_cmpfloat (find_rows_sd (mu2) * 3.0, <, 1.0 / sqrt (mu2 * 0.01));
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (GenesisBlocks) state = noisy_histogram_fit (&self);
      double deviation =
          ((double)noisy_histogram_get_rows (state) - NOISY_ROWS) / find_rows_sd (mu2);

      sum += deviation * deviation;
    }
  noisy_histogram_clear (&self);
  g_assert_cmpfloat (sum, <, 84.0);
  g_assert_cmpfloat (sum, >, 7.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histogram/noise/margins-within-the-predicted-error", test_margins);
  g_test_add_func ("/histogram/noise/records-are-counted-by-all-columns-together", test_rows);
  return g_test_run ();
}
