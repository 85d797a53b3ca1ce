/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-stream-private.h"

#include <math.h>
#include <stdlib.h>

/* Chance of a false alarm of each statistical check below, were the seed drawn anew: at most 1e-6.
   Two-sided normal: 4.9 standard deviations (9.6e-7). Kolmogorov: sqrt (n) D > 2.7 (2 exp (-2
   2.7^2) = 9.3e-7). */
#define MAX_SD         4.9
#define MAX_KOLMOGOROV 2.7

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static double
identity (double x)
{
  return x;
}

static double
normal_cdf (double x)
{
  return 0.5 * erfc (-x * M_SQRT1_2);
}

/* sqrt (n) times the largest distance between the empirical and the given distribution function.
   Sorts x. */
static double
kolmogorov (double *x, gsize n, double (*cdf) (double))
{
  double distance = 0;

  qsort (x, n, sizeof *x, compare_doubles);
  for (gsize i = 0; i < n; i++)
    {
      double p = cdf (x[i]);

      distance = fmax (distance, fmax ((double)(i + 1) / (double)n - p, p - (double)i / (double)n));
    }
  return distance * sqrt ((double)n);
}

/* Mean, and mean square, of n numbers in standard deviations from what they should be. */
static void
assert_moment (const double *x, gsize n, int power, double mean, double variance)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += pow (x[i], power);
  g_assert_cmpfloat (fabs (sum / (double)n - mean), <, MAX_SD * sqrt (variance / (double)n));
}

#define N_DRAWS 200000

static void
test_uniform (void)
{
  g_autofree double *u = g_new (double, N_DRAWS);
  GenesisStream stream;

  genesis_stream_init (&stream, 1, "test-uniform", 0);
  genesis_stream_fill_uniform (&stream, u, N_DRAWS);
  assert_moment (u, N_DRAWS, 1, 1.0 / 2, 1.0 / 12);
  assert_moment (u, N_DRAWS, 2, 1.0 / 3, 1.0 / 5 - 1.0 / 9);
  g_assert_cmpfloat (kolmogorov (u, N_DRAWS, identity), <, MAX_KOLMOGOROV);
  g_assert_cmpfloat (u[0], >, 0);
  g_assert_cmpfloat (u[N_DRAWS - 1], <, 1);
}

/* The ends of the interval are out of reach for every draw. */
static void
test_uniform_is_open (void)
{
  double lowest = (0 + 0.5) * 0x1p-52;
  double highest = ((double)(G_MAXUINT64 >> 12) + 0.5) * 0x1p-52;

  g_assert_cmpfloat (lowest, >, 0);
  g_assert_cmpfloat (highest, <, 1);
  g_assert_cmpfloat (1 - highest, ==, lowest);
}

static void
test_normal (void)
{
  g_autofree double *z = g_new (double, N_DRAWS);
  GenesisStream stream;

  genesis_stream_init (&stream, 1, "test-normal", 0);
  genesis_stream_fill_normal (&stream, z, N_DRAWS);
  assert_moment (z, N_DRAWS, 1, 0, 1);
  assert_moment (z, N_DRAWS, 2, 1, 2);
  assert_moment (z, N_DRAWS, 3, 0, 15);
  assert_moment (z, N_DRAWS, 4, 3, 105 - 9);
  g_assert_cmpfloat (kolmogorov (z, N_DRAWS, normal_cdf), <, MAX_KOLMOGOROV);
}

static double
tail_cdf (double x)
{
  return 1 - erfc (x * M_SQRT1_2) / erfc (3 * M_SQRT1_2);
}

/* Beyond 3 (2.7e-3 of the mass) the rest of a large sample: its share (within 4.9 sd) and its
   distribution, wedges and the tail of layer 0 among it. */
static void
test_normal_tail (void)
{
  enum
  {
    N = 2000000,
    PIECE = 1000
  };
  double piece[PIECE];
  g_autofree double *tail = g_new (double, N / 100);
  double p = erfc (3 * M_SQRT1_2);
  gsize n_tail = 0;
  GenesisStream stream;

  genesis_stream_init (&stream, 1, "test-normal-tail", 0);
  for (gsize done = 0; done < N; done += PIECE)
    {
      genesis_stream_fill_normal (&stream, piece, PIECE);
      for (gsize i = 0; i < PIECE; i++)
        if (fabs (piece[i]) > 3 && n_tail < N / 100)
          tail[n_tail++] = fabs (piece[i]);
    }
  g_assert_cmpfloat (fabs ((double)n_tail - N * p), <, MAX_SD * sqrt (N * p * (1 - p)));
  g_assert_cmpfloat (kolmogorov (tail, n_tail, tail_cdf), <, MAX_KOLMOGOROV);
  g_assert_cmpfloat (tail[n_tail - 1], >, 4.5); /* none in 2e6 has a chance of 1.3e-6 */
}

/* Neighbours are uncorrelated: the sum of products of n pairs has variance n. */
static void
test_normal_pairs (void)
{
  g_autofree double *z = g_new (double, 2 * N_DRAWS);
  double sum = 0;
  GenesisStream stream;

  genesis_stream_init (&stream, 1, "test-normal-pairs", 0);
  genesis_stream_fill_normal (&stream, z, 2 * N_DRAWS);
  for (gsize i = 0; i < N_DRAWS; i++)
    sum += z[2 * i] * z[2 * i + 1];
  g_assert_cmpfloat (fabs (sum), <, MAX_SD * sqrt (N_DRAWS));
}

static void
test_below (void)
{
  enum
  {
    N = 120000
  };
  guint counts[6] = { 0 };
  GenesisStream stream;

  genesis_stream_init (&stream, 1, "test-below", 0);
  for (gsize i = 0; i < N; i++)
    {
      guint64 value = genesis_stream_below (&stream, 6);

      g_assert_cmpuint (value, <, 6);
      counts[value]++;
    }
  for (gsize i = 0; i < 6; i++)
    g_assert_cmpfloat (fabs (counts[i] - N / 6.0), <, 5.2 * sqrt (N * 5.0 / 36)); /* 6 x 2.0e-7 */
  for (gsize i = 0; i < 10; i++)
    g_assert_cmpuint (genesis_stream_below (&stream, 1), ==, 0);
}

/* bound 3 x 2^62: without the rejection every third value would be drawn twice as often as the
   others. */
static void
test_below_without_bias (void)
{
  enum
  {
    N = 30000
  };
  const guint64 quarter = G_GUINT64_CONSTANT (1) << 62;
  guint thirds[3] = { 0 }, residues[3] = { 0 };
  GenesisStream stream;

  genesis_stream_init (&stream, 2, "test-below", 0);
  for (gsize i = 0; i < N; i++)
    {
      guint64 value = genesis_stream_below (&stream, 3 * quarter);

      thirds[value / quarter]++;
      residues[value % 3]++;
    }
  for (gsize i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (fabs (thirds[i] - N / 3.0), <, 5.2 * sqrt (N * 2.0 / 9));
      g_assert_cmpfloat (fabs (residues[i] - N / 3.0), <, 5.2 * sqrt (N * 2.0 / 9));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stream/uniform/distribution", test_uniform);
  g_test_add_func ("/stream/uniform/interval-is-open", test_uniform_is_open);
  g_test_add_func ("/stream/normal/distribution", test_normal);
  g_test_add_func ("/stream/normal/tail", test_normal_tail);
  g_test_add_func ("/stream/normal/neighbours-are-uncorrelated", test_normal_pairs);
  g_test_add_func ("/stream/below/uniform", test_below);
  g_test_add_func ("/stream/below/no-bias-for-huge-bounds", test_below_without_bias);
  return g_test_run ();
}
