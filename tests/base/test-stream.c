/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-stream-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/genesis-philox-private.h"

/* Chance of a false alarm of each statistical check below, were the seed drawn anew: at most 1e-6. Two-sided normal: 4.9
   standard deviations (9.6e-7). Kolmogorov: sqrt (n) D > 2.7 (2 exp (-2 2.7^2) = 9.3e-7). */
#define MAX_SD         4.9
#define MAX_KOLMOGOROV 2.7

/* kat_vectors of Random123 1.14, philox 4x32 10. */
static void
test_known_answers (void)
{
  static const struct
  {
    guint32 counter[4], key[2], out[4];
  } cases[] = {
    { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
    { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
      { 0xffffffff, 0xffffffff },
      { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
    { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
      { 0xa4093822, 0x299f31d0 },
      { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint32 out[4];

      genesis_philox_block (cases[i].key, cases[i].counter, out);
      g_assert_cmpmem (out, sizeof out, cases[i].out, sizeof out);
    }
}

static void
chunk_stream (GenesisStream *stream)
{
  genesis_stream_init_chunk (stream, 42, "genesis.gaussian_copula", "cleveland", 3);
}

/* From an independent implementation (Python's hashlib, struct and integers). */
static void
test_fixed_values (void)
{
  GenesisStream stream, child;
  guint64 values[3];

  chunk_stream (&stream);
  genesis_stream_fill_u64 (&stream, values, 3);
  g_assert_cmphex (values[0], ==, G_GUINT64_CONSTANT (0x612cd7dbe3f33767));
  g_assert_cmphex (values[1], ==, G_GUINT64_CONSTANT (0xfe8aac86a96adcb0));
  g_assert_cmphex (values[2], ==, G_GUINT64_CONSTANT (0x4d0877ad61b78c54));
  genesis_stream_init_chunk (&stream, 42, "genesis.gaussian_copula", NULL, 3);
  g_assert_cmphex (genesis_stream_u64 (&stream), ==, G_GUINT64_CONSTANT (0x61ab7128bc90ca0d));
  genesis_stream_init (&stream, 7, "permutation", 0);
  g_assert_cmphex (genesis_stream_u64 (&stream), ==, G_GUINT64_CONSTANT (0xc0e5db038a9116e1));
  chunk_stream (&stream);
  genesis_stream_split (&stream, 5, &child);
  g_assert_cmphex (genesis_stream_u64 (&child), ==, G_GUINT64_CONSTANT (0x71bc501f4aeeeb78));
  genesis_stream_split (&child, G_GUINT64_CONSTANT (1) << 40, &child);
  g_assert_cmphex (genesis_stream_u64 (&child), ==, G_GUINT64_CONSTANT (0xd4895d26942ee7da));
}

/* The last value stands behind some three thousand rejections and tails: the order of draws is the documented one. */
static void
test_fixed_normals (void)
{
  g_autofree double *z = g_new (double, 100000);
  GenesisStream stream;

  chunk_stream (&stream);
  genesis_stream_fill_normal (&stream, z, 100000);
  g_assert_cmpfloat_with_epsilon (z[0], -0x1.4c5150536fe66p-1, 1e-14);
  g_assert_cmpfloat_with_epsilon (z[1], 0x1.344a03ed74e78p+0, 1e-14);
  g_assert_cmpfloat_with_epsilon (z[5], -0x1.a649d70977cf6p-3, 1e-14);
  g_assert_cmpfloat_with_epsilon (z[99999], 0x1.22f8818edeffep+0, 1e-14);
}

/* Any way of asking gives the same numbers. */
static void
test_pieces (void)
{
  enum
  {
    N = 3000
  };
  guint64 whole[N], pieces[N];
  double whole_z[N], pieces_z[N];
  GenesisStream stream;
  gsize at;

  chunk_stream (&stream);
  genesis_stream_fill_u64 (&stream, whole, N);
  chunk_stream (&stream);
  for (gsize i = at = 0; at < N; i++)
    {
      gsize n = MIN (i % 41, N - at);

      genesis_stream_fill_u64 (&stream, pieces + at, n);
      at += n;
    }
  g_assert_cmpmem (whole, sizeof whole, pieces, sizeof pieces);

  chunk_stream (&stream);
  genesis_stream_fill_normal (&stream, whole_z, N);
  chunk_stream (&stream);
  for (gsize i = at = 0; at < N; i++)
    {
      gsize n = MIN (i % 41, N - at);

      genesis_stream_fill_normal (&stream, pieces_z + at, n);
      at += n;
    }
  g_assert_cmpmem (whole_z, sizeof whole_z, pieces_z, sizeof pieces_z);
}

/* Across 2^32 blocks the upper word of the counter moves. */
static void
test_long_streams (void)
{
  guint64 bulk[32];
  GenesisStream stream, single;

  chunk_stream (&stream);
  stream.position = G_MAXUINT32 - 3;
  single = stream;
  genesis_stream_fill_u64 (&stream, bulk, 32);
  for (gsize i = 0; i < 32; i++)
    g_assert_cmphex (genesis_stream_u64 (&single), ==, bulk[i]);
  g_assert_cmphex (stream.position, ==, single.position);
}

static void
test_every_argument (void)
{
  GenesisStream streams[8];

  genesis_stream_init_chunk (&streams[0], 1, "g", "s", 0);
  genesis_stream_init_chunk (&streams[1], 2, "g", "s", 0);
  genesis_stream_init_chunk (&streams[2], 1, "h", "s", 0);
  genesis_stream_init_chunk (&streams[3], 1, "g", "t", 0);
  genesis_stream_init_chunk (&streams[4], 1, "g", "", 0);
  genesis_stream_init_chunk (&streams[5], 1, "g", NULL, 0);
  genesis_stream_init_chunk (&streams[6], 1, "g", "s", 1);
  genesis_stream_init (&streams[7], 1, "g", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (streams); i++)
    for (gsize j = 0; j < i; j++)
      g_assert_false (memcmp (streams[i].key, streams[j].key, sizeof streams[i].key) == 0
                      && memcmp (streams[i].stream, streams[j].stream, sizeof streams[i].stream)
                             == 0);
}

static int
compare_u64 (gconstpointer a, gconstpointer b)
{
  guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

  return x < y ? -1 : x > y;
}

/* 2,000 children and the parent, 32 numbers each: no number comes twice (64,032 of 2^64: a chance of 1e-10). */
static void
test_children_do_not_overlap (void)
{
  enum
  {
    N_CHILDREN = 2000,
    EACH = 32
  };
  g_autofree guint64 *all = g_new (guint64, (N_CHILDREN + 1) * EACH);
  GenesisStream parent, child;

  chunk_stream (&parent);
  for (guint64 i = 0; i < N_CHILDREN; i++)
    {
      genesis_stream_split (&parent, i, &child);
      genesis_stream_fill_u64 (&child, all + i * EACH, EACH);
    }
  genesis_stream_fill_u64 (&parent, all + N_CHILDREN * EACH, EACH);
  qsort (all, (N_CHILDREN + 1) * EACH, sizeof *all, compare_u64);
  for (gsize i = 1; i < (N_CHILDREN + 1) * EACH; i++)
    g_assert_cmphex (all[i], !=, all[i - 1]);
}

static void
test_split_ignores_position (void)
{
  GenesisStream parent, a, b;

  chunk_stream (&parent);
  genesis_stream_split (&parent, 9, &a);
  for (int i = 0; i < 7; i++)
    genesis_stream_u64 (&parent);
  genesis_stream_split (&parent, 9, &b);
  g_assert_cmphex (genesis_stream_u64 (&a), ==, genesis_stream_u64 (&b));
}

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

/* sqrt (n) times the largest distance between the empirical and the given distribution function. Sorts x. */
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

/* Beyond 3 (2.7e-3 of the mass) the rest of a large sample: its share (within 4.9 sd) and its distribution, wedges and
   the tail of layer 0 among it. */
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

/* bound 3 x 2^62: without the rejection every third value would be drawn twice as often as the others. */
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
  g_test_add_func ("/stream/philox/known-answers", test_known_answers);
  g_test_add_func ("/stream/seed/fixed-values", test_fixed_values);
  g_test_add_func ("/stream/seed/fixed-normals", test_fixed_normals);
  g_test_add_func ("/stream/seed/every-argument-counts", test_every_argument);
  g_test_add_func ("/stream/fill/pieces-make-the-whole", test_pieces);
  g_test_add_func ("/stream/fill/counter-carries-past-32-bits", test_long_streams);
  g_test_add_func ("/stream/split/no-number-twice", test_children_do_not_overlap);
  g_test_add_func ("/stream/split/does-not-depend-on-position", test_split_ignores_position);
  g_test_add_func ("/stream/uniform/distribution", test_uniform);
  g_test_add_func ("/stream/uniform/interval-is-open", test_uniform_is_open);
  g_test_add_func ("/stream/normal/distribution", test_normal);
  g_test_add_func ("/stream/normal/tail", test_normal_tail);
  g_test_add_func ("/stream/normal/neighbours-are-uncorrelated", test_normal_pairs);
  g_test_add_func ("/stream/below/uniform", test_below);
  g_test_add_func ("/stream/below/no-bias-for-huge-bounds", test_below_without_bias);
  return g_test_run ();
}
