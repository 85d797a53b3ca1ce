/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-stream-private.h"

#include <stdlib.h>
#include <string.h>

#include "base/genesis-philox-private.h"

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

/* The last value stands behind some three thousand rejections and tails: the order of draws is the
   documented one. */
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

/* 2,000 children and the parent, 32 numbers each: no number comes twice (64,032 of 2^64: a chance
   of 1e-10). */
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
  return g_test_run ();
}
