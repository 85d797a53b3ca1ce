/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-apportionment-private.h"

#include <math.h>

#include "base/genesis-stream-private.h"

#define MAX_SITES 8

typedef struct
{
  const char *path;
  gsize n_sites;
  guint64 n_rows;
  guint64 counts[MAX_SITES];
  double weights[MAX_SITES];
  guint64 rows[MAX_SITES];
} Case;

static const Case cases[] = {
  { "/apportionment/integers/divides-evenly", 3, 6, { 1, 2, 3 }, { 1, 1, 1 }, { 1, 2, 3 } },
  /* quotas 5 10/17, 2 6/17, 2 1/17: the largest remainder wins */
  { "/apportionment/integers/largest-remainder", 3, 10, { 95, 40, 35 }, { 1, 1, 1 }, { 6, 2, 2 } },
  { "/apportionment/ties/go-to-the-earlier-name",
    4,
    2,
    { 5, 5, 5, 5 },
    { 1, 1, 1, 1 },
    { 1, 1, 0, 0 } },
  { "/apportionment/zero-share/gets-nothing", 3, 5, { 0, 3, 0 }, { 1, 1, 1 }, { 0, 5, 0 } },
  { "/apportionment/zero-rows/nobody-gets-any", 2, 0, { 1, 2 }, { 1, 1 }, { 0, 0 } },
  /* .1 + .2 + .7 is not 1 in doubles; the rows are 1, 2, 7 all the same */
  { "/apportionment/weights/tenths", 3, 10, { 1, 1, 1 }, { .1, .2, .7 }, { 1, 2, 7 } },
  { "/apportionment/weights/all-on-one", 3, 999, { 1, 1, 1 }, { 0, 1, 0 }, { 0, 999, 0 } },
  { "/apportionment/weights/multiply-counts", 2, 100, { 300, 100 }, { .5, 1.5 }, { 50, 50 } },
  { "/apportionment/weights/subnormal", 2, 3, { 1, 1 }, { 5e-324, 1e-323 }, { 1, 2 } },
  { "/apportionment/weights/far-apart", 2, 10, { 1, 1 }, { 1e-300, 1e300 }, { 0, 10 } },
  /* a double could not tell these two counts apart */
  { "/apportionment/integers/above-2-53",
    2,
    3,
    { (G_GUINT64_CONSTANT (1) << 60) + 1, G_GUINT64_CONSTANT (1) << 60 },
    { 1, 1 },
    { 2, 1 } },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  guint64 rows[MAX_SITES];

  g_assert_true (
      genesis_apportion (test->counts, test->weights, test->n_sites, test->n_rows, rows));
  for (gsize i = 0; i < test->n_sites; i++)
    g_assert_cmpuint (rows[i], ==, test->rows[i]);
}

static void
test_nothing_to_share (void)
{
  const guint64 counts[2] = { 0, 7 };
  const double weights[2] = { 1, 0 };
  guint64 rows[2] = { 11, 12 };

  g_assert_false (genesis_apportion (counts, weights, 2, 5, rows));
  g_assert_false (genesis_apportion (NULL, NULL, 0, 5, rows));
  g_assert_cmpuint (rows[0], ==, 11);
  g_assert_cmpuint (rows[1], ==, 12);
}

/* Quota rule: every site gets its quota rounded down or up; and the sum is exact, for huge numbers
   too. */
static void
test_quota_rule (void)
{
  GenesisStream stream;

  genesis_stream_init (&stream, 7, "test", 0);
  for (guint trial = 0; trial < 2000; trial++)
    {
      gsize k = 1 + genesis_stream_below (&stream, 256);
      guint64 n = genesis_stream_u64 (&stream) >> genesis_stream_below (&stream, 64);
      guint bits = 1 + (guint)genesis_stream_below (&stream, 40);
      guint64 counts[256], rows[256], sum = 0, total = 0;

      for (gsize i = 0; i < k; i++)
        total += counts[i] = genesis_stream_u64 (&stream) >> (64 - bits);
      if (total == 0)
        continue;
      g_assert_true (genesis_apportion (counts, NULL, k, n, rows));
      for (gsize i = 0; i < k; i++)
        {
          unsigned __int128 quota = (unsigned __int128)n * counts[i];

          g_assert_cmpuint (rows[i], >=, (guint64)(quota / total));
          g_assert_cmpuint (rows[i], <=, (guint64)((quota + total - 1) / total));
          sum += rows[i];
        }
      g_assert_cmpuint (sum, ==, n);
    }
}

/* Scaling all weights by a power of two changes nothing; nor does a thousand sites of equal share.
   */
static void
test_scale (void)
{
  double weights[100], scaled[100];
  guint64 a[1000], b[1000], sum = 0;
  GenesisStream stream;

  genesis_stream_init (&stream, 8, "test", 0);
  genesis_stream_fill_uniform (&stream, weights, G_N_ELEMENTS (weights));
  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    scaled[i] = ldexp (weights[i], -300);
  g_assert_true (genesis_apportion (NULL, weights, 100, 123457, a));
  g_assert_true (genesis_apportion (NULL, scaled, 100, 123457, b));
  g_assert_cmpmem (a, 100 * sizeof *a, b, 100 * sizeof *b);

  g_assert_true (genesis_apportion (NULL, NULL, 1000, 1234567, a));
  for (gsize i = 0; i < 1000; i++)
    {
      g_assert_cmpuint (a[i], ==, i < 567 ? 1235 : 1234);
      sum += a[i];
    }
  g_assert_cmpuint (sum, ==, 1234567);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_case);
  g_test_add_func ("/apportionment/no-share/is-refused", test_nothing_to_share);
  g_test_add_func ("/apportionment/quota-rule/random", test_quota_rule);
  g_test_add_func ("/apportionment/weights/scale-does-not-matter", test_scale);

  return g_test_run ();
}
