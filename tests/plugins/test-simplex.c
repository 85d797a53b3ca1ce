/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib.h>
#include <math.h>

#include "genesis-sdk-simplex.h"

#include "base/genesis-stream-private.h"

#define CELLS 64

static void
project (guint n, const gint64 *values, const guint32 *weights, gint64 total, gint64 *projected)
{
  genesis_sdk_simplex_cell cells[CELLS];
  __int128 sum = 0;

  g_assert_cmpuint (n, <=, CELLS);
  genesis_sdk_simplex_project (n, values, weights, total, cells, projected);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (projected[i], >=, 0);
      sum += projected[i];
    }
  g_assert_true (sum == total);
}

static void
test_known_vectors (void)
{
  static const struct
  {
    guint n;
    gint64 values[5];
    guint32 weights[5];
    gint64 total, projected[5];
  } cases[] = {
    /* on the simplex already */
    { 3, { 5, 0, 7 }, { 1, 1, 1 }, 12, { 5, 0, 7 } },
    /* tau = 1 */
    { 3, { 5, 3, 7 }, { 1, 1, 1 }, 12, { 4, 2, 6 } },
    /* tau = -1: what is short is shared out */
    { 3, { 5, 0, 7 }, { 1, 1, 1 }, 15, { 6, 1, 8 } },
    /* -4 gives way; of the others tau = 2 */
    { 4, { 10, -4, 6, 3 }, { 1, 1, 1, 1 }, 13, { 8, 0, 4, 1 } },
    /* 1 would fall below 0 with tau = 3 */
    { 4, { 10, 1, 6, 3 }, { 1, 1, 1, 1 }, 10, { 7, 0, 3, 0 } },
    /* one weighs as much as three: tau = 1 */
    { 3, { 10, 10, 10 }, { 1, 3, 1 }, 25, { 9, 7, 9 } },
    /* all negative: the largest keeps the total */
    { 3, { -100, -1, -100 }, { 1, 1, 1 }, 50, { 0, 50, 0 } },
    { 1, { -7 }, { 1 }, 3, { 3 } },
    { 3, { 4, 4, 4 }, { 1, 1, 1 }, 0, { 0, 0, 0 } },
    /* a third off each: rounded down along the sum, 0, 0, 1 */
    { 3, { 4, 4, 4 }, { 1, 1, 1 }, 11, { 4, 4, 3 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 projected[5];

      project (cases[i].n, cases[i].values, cases[i].weights, cases[i].total, projected);
      for (guint k = 0; k < cases[i].n; k++)
        g_assert_cmpint (projected[k], ==, cases[i].projected[k]);
    }
}

/* Sums of products of differences with every other table of the total: y is the projection of x
   exactly when sum (x_i - y_i) (z_i - y_i) / w_i <= 0 for all z; it is enough to look at tables
   with everything in one cell. Rounding moves a cell by less than 1, hence the slack. */
static void
assert_nearest (guint n, const gint64 *x, const guint32 *w, gint64 total, const gint64 *y)
{
  double own = 0.0, size = 0.0;

  for (guint i = 0; i < n; i++)
    {
      own += (double)(x[i] - y[i]) * (double)y[i] / w[i];
      size = fmax (size, fabs ((double)x[i]) + (double)total);
    }
  for (guint k = 0; k < n; k++)
    g_assert_cmpfloat ((double)(x[k] - y[k]) * (double)total / w[k] - own, <=,
                       2.0 * (double)total + n * size * 1e-9);
}

static void
test_is_the_nearest (void)
{
  GenesisStream stream;

  genesis_stream_init (&stream, 1, "simplex", 0);
  for (guint trial = 0; trial < 300; trial++)
    {
      gint64 x[CELLS], y[CELLS], total;
      guint32 w[CELLS];
      double z[2 * CELLS + 1];
      guint n = 1 + trial % CELLS;

      genesis_stream_fill_normal (&stream, z, 2 * CELLS + 1);
      for (guint i = 0; i < n; i++)
        {
          x[i] = (gint64)(1000.0 * z[i]);
          w[i] = 1 + (guint32)fabs (5.0 * z[CELLS + i]);
        }
      total = (gint64)fabs (20000.0 * z[2 * CELLS]);
      project (n, x, w, total, y);
      assert_nearest (n, x, w, total, y);
    }
}

static void
test_twice_is_once (void)
{
  const gint64 x[] = { 40, -3, 17, 2, 900, -55, 8 };
  gint64 once[7], twice[7];

  project (7, x, NULL, 880, once);
  project (7, once, NULL, 880, twice);
  g_assert_cmpmem (once, sizeof once, twice, sizeof twice);
}

static void
test_in_place (void)
{
  gint64 x[] = { 40, -3, 17 }, y[3];

  project (3, x, NULL, 50, y);
  project (3, x, NULL, 50, x);
  g_assert_cmpmem (x, sizeof x, y, sizeof y);
}

/* No sum wraps, whatever the values: UBSan looks on. */
static void
test_extremes (void)
{
  static const gint64 extremes[] = { G_MININT64, G_MAXINT64, 0, -1, G_MININT64 + 1 };
  static const gint64 totals[] = { 0, 1, G_GINT64_CONSTANT (1) << 61 };
  gint64 x[CELLS], y[CELLS];
  guint32 w[CELLS];

  for (guint pattern = 0; pattern < 25; pattern++)
    for (guint t = 0; t < G_N_ELEMENTS (totals); t++)
      {
        for (guint i = 0; i < CELLS; i++)
          {
            x[i] = extremes[i % 2 == 0 ? pattern % 5 : pattern / 5];
            w[i] = i % 3 == 0 ? GENESIS_SDK_SIMPLEX_MAX_WEIGHT : 1;
          }
        project (CELLS, x, w, totals[t], y);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simplex/known-vectors", test_known_vectors);
  g_test_add_func ("/simplex/is-the-nearest", test_is_the_nearest);
  g_test_add_func ("/simplex/twice-is-once", test_twice_is_once);
  g_test_add_func ("/simplex/in-place", test_in_place);
  g_test_add_func ("/simplex/extremes-do-not-wrap", test_extremes);
  return g_test_run ();
}
