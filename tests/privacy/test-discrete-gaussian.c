/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-discrete-gaussian-private.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Each of these tests draws with a key fixed before its outcome was seen; with a fresh one it would
   fail a right sampler with the probability that it states. */
static GenesisNoiseStream *
stream_of (guint8 number)
{
  g_autoptr (GError) error = NULL;
  guint8 key[GENESIS_NOISE_KEY_SIZE] = { 'g', 'a', 'u', 's', 's', number };
  GenesisNoiseStream *stream = genesis_noise_stream_new_with_key (key, &error);

  g_assert_no_error (error);
  return stream;
}

/* Cells below -edge, each integer of [-edge, edge], above edge. */
static double
chi_square (const guint64 *counts, int edge, guint64 sigma, guint64 n)
{
  double total = 0, sum = 0;

  for (int x = -(int)(40 * sigma); x <= (int)(40 * sigma); x++)
    total += exp (-(double)x * x / (2.0 * sigma * sigma));
  for (int cell = 0; cell < 2 * edge + 3; cell++)
    {
      int x = cell - edge - 1;
      double p = 0, expected;

      if (ABS (x) <= edge)
        p = exp (-(double)x * x / (2.0 * sigma * sigma));
      else
        for (int y = edge + 1; y <= (int)(40 * sigma); y++)
          p += exp (-(double)y * y / (2.0 * sigma * sigma));
      expected = n * p / total;
      g_assert_cmpfloat (expected, >, 20);
      sum += (counts[cell] - expected) * (counts[cell] - expected) / expected;
    }
  return sum;
}

/* n = 400,000 draws; false-alarm rate 1e-6 each. */
static void
test_exact_pmf (void)
{
  static const guint64 sigmas[] = { 1, 2, 5, 50 };
  const guint64 n = 400000;

  for (guint i = 0; i < G_N_ELEMENTS (sigmas); i++)
    {
      g_autoptr (GenesisNoiseStream) stream = stream_of (i);
      int edge = (int)(3 * sigmas[i]);
      g_autofree guint64 *counts = g_new0 (guint64, 2 * edge + 3);

      for (guint64 k = 0; k < n; k++)
        {
          int x = (int)genesis_discrete_gaussian_draw (stream, sigmas[i]);

          counts[CLAMP (x, -edge - 1, edge + 1) + edge + 1]++;
        }
      g_assert_cmpfloat (gsl_cdf_chisq_Q (chi_square (counts, edge, sigmas[i], n), 2 * edge + 2), >,
                         1e-6);
    }
}

/* n = 400,000: the mean of squares lies within 4.9 sd (sqrt (2 / n) of it), the mean within 4.9 sd:
   false-alarm rate 1e-6 each. The variance of so wide a discrete Gaussian is sigma^2 to 1e-9. */
static void
test_wide (void)
{
  static const guint64 sigmas[] = { 1u << 16, 1u << 26, GENESIS_DISCRETE_GAUSSIAN_MAX_SIGMA };
  const int n = 400000;

  for (guint i = 0; i < G_N_ELEMENTS (sigmas); i++)
    {
      g_autoptr (GenesisNoiseStream) stream = stream_of (100 + i);
      double sum = 0, squares = 0;

      for (int k = 0; k < n; k++)
        {
          double x = (double)genesis_discrete_gaussian_draw (stream, sigmas[i]) / sigmas[i];

          sum += x;
          squares += x * x;
        }
      g_assert_cmpfloat (fabs (sum / sqrt (n)), <, 4.9);
      g_assert_cmpfloat (fabs (squares / n - 1), <, 4.9 * sqrt (2.0 / n));
    }
}

/* The low bits of a wide draw are as good as uniform: a sampler that works on a coarser grid, or
   rounds a double, fails. n = 256,000, chi-square over 256 cells, false-alarm rate 1e-6. */
static void
test_low_bits (void)
{
  g_autoptr (GenesisNoiseStream) stream = stream_of (200);
  guint64 counts[256] = { 0 };
  double sum = 0;

  for (int k = 0; k < 256000; k++)
    counts[genesis_discrete_gaussian_draw (stream, 1u << 26) & 255]++;
  for (int cell = 0; cell < 256; cell++)
    sum += (counts[cell] - 1000.0) * (counts[cell] - 1000.0) / 1000;
  g_assert_cmpfloat (gsl_cdf_chisq_Q (sum, 255), >, 1e-6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/discrete-gaussian/exact-probabilities", test_exact_pmf);
  g_test_add_func ("/discrete-gaussian/wide-ones-have-their-variance", test_wide);
  g_test_add_func ("/discrete-gaussian/low-bits-are-uniform", test_low_bits);
  return g_test_run ();
}
