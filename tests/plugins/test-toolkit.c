/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "genesis-sdk-cells.h"
#include "genesis-sdk-fixed-point.h"
#include "genesis-sdk-search.h"

#include "base/genesis-stream-private.h"

static void
test_round_half_up (void)
{
  static const struct
  {
    gint64 value;
    guint64 weight_q20;
    gint64 total;
  } cases[] = {
    { 3, 1 << 20, 3 },
    { 1, 1 << 19, 1 },
    { -1, 1 << 19, 0 },
    { 3, 1 << 19, 2 },
    { -3, 1 << 19, -1 },
    { 5, 0, 0 },
    { G_MAXINT64, 1 << 20, G_MAXINT64 },
    { G_MININT64, 1 << 20, G_MININT64 },
    { 7, (1 << 19) - 1, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      genesis_sdk_int128 sum = 0;
      gint64 total;

      g_assert_true (genesis_sdk_fixed_point_add (&sum, cases[i].weight_q20, cases[i].value));
      g_assert_true (genesis_sdk_fixed_point_close (sum, &total));
      g_assert_cmpint (total, ==, cases[i].total);
    }
}

static void
test_overflow_is_told (void)
{
  genesis_sdk_int128 sum = 0;
  gint64 total;

  g_assert_true (genesis_sdk_fixed_point_add (&sum, 2 << 20, G_MAXINT64));
  g_assert_false (genesis_sdk_fixed_point_close (sum, &total));
  sum = (genesis_sdk_int128)1 << 126;
  g_assert_true (genesis_sdk_fixed_point_add (&sum, G_MAXUINT64 / 2, G_MAXINT64 / 2));
  g_assert_false (genesis_sdk_fixed_point_add (&sum, G_MAXUINT64, G_MAXINT64));
}

static void
test_search_finds_last_start (void)
{
  gint64 starts[] = { -5, 0, 1, 7, 7000 };
  gint64 values[] = { -9, -5, -1, 0, 1, 6, 7, 6999, 7000, 9000 };
  guint expected[] = { 0, 0, 0, 1, 2, 2, 3, 3, 4, 4 };
  guint32 found[G_N_ELEMENTS (values)];
  g_autofree guint32 *table = g_new (guint32, 9010);
  genesis_sdk_locator locator;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_cmpuint (genesis_sdk_search (starts, 5, values[i]), ==, expected[i]);
  genesis_sdk_locator_init (&locator, starts, 5, -9, 9000, table);
  genesis_sdk_locator_find (&locator, values, G_N_ELEMENTS (values), found);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_cmpuint (found[i], ==, expected[i]);
}

static void
test_elementary_functions (void)
{
  for (double x = -44.0; x < 44.0; x += 0.37)
    {
      g_assert_cmpfloat (fabs (genesis_sdk_exp (x) / exp (x) - 1.0), <, 1e-14);
      g_assert_cmpfloat (fabs (genesis_sdk_asinh (sinh (x)) - x), <, 1e-13 * fmax (1.0, fabs (x)));
    }
  g_assert_cmpfloat (genesis_sdk_asinh (0.0), ==, 0.0);
}

static void
check_cells (gint64 lo, gint64 hi, double origin)
{
  gint64 starts[4096];
  guint n = genesis_sdk_cells_make (lo, hi, origin, 4096, starts);

  g_assert_cmpuint (n, >=, 1);
  g_assert_cmpuint (n, <=, 4096);
  g_assert_cmpint (starts[0], ==, lo);
  for (guint i = 1; i < n; i++)
    g_assert_cmpint (starts[i], >, starts[i - 1]);
  g_assert_cmpint (starts[n - 1], <=, hi);
}

static void
test_cells_cover_any_range (void)
{
  static const gint64 bounds[][2] = {
    { 0, 0 },
    { 5, 5 },
    { 0, 4095 },
    { -7, 4088 },
    { 0, 4096 },
    { -1000000, 3 },
    { 0, 693375640 },
    { G_MININT64, G_MAXINT64 },
    { G_MAXINT64 - 5000, G_MAXINT64 },
    { G_MININT64, G_MININT64 + 9000 },
    { G_GINT64_CONSTANT (1000000000000000000), G_GINT64_CONSTANT (1000000000001000000) },
  };
  gint64 starts[4096];

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    check_cells (bounds[i][0], bounds[i][1], 0.0);
  check_cells (0, G_GINT64_CONSTANT (4294967295), -2147483648.0);
  check_cells (0, G_GINT64_CONSTANT (4294967295), 1e300);
  check_cells (0, G_GINT64_CONSTANT (4294967295), -1e18);
  /* a narrow range: one cell a unit */
  g_assert_cmpuint (genesis_sdk_cells_make (-7, 4088, 0.0, 4096, starts), ==, 4096);
  for (gint i = 0; i < 4096; i++)
    g_assert_cmpint (starts[i], ==, i - 7);
  /* a wide one that touches zero: units near zero, and cells below half a per cent of the value
     far from it */
  g_assert_cmpuint (genesis_sdk_cells_make (0, 693375640, 0.0, 4096, starts), >, 3500);
  g_assert_cmpint (starts[10], ==, 10);
}

/* Entries of a symmetric matrix with unit diagonal, random in [-size, size]. */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/toolkit/fixed-point/rounds-half-up", test_round_half_up);
  g_test_add_func ("/toolkit/fixed-point/overflow-is-told", test_overflow_is_told);
  g_test_add_func ("/toolkit/search/last-start-not-above", test_search_finds_last_start);
  g_test_add_func ("/toolkit/cells/exp-and-asinh-agree-with-libm", test_elementary_functions);
  g_test_add_func ("/toolkit/cells/cover-any-range", test_cells_cover_any_range);
  return g_test_run ();
}
