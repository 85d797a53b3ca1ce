/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality-fixture.h"

#include <math.h>

#include "base/genesis-stream-private.h"
#include "quality/genesis-cell-distance-private.h"
#include "quality/genesis-cramers-v-private.h"
#include "quality/genesis-radix-sort-private.h"
#include "quality/genesis-sorted-numbers-private.h"

#define NEAR 1e-12

/* n rows of three columns of width codes each, in groups one after the other. */
static GenesisCellCodes *
draw_codes (guint64 n, guint width, guint64 stream, gboolean grouped)
{
  GenesisCellCodes *codes = g_new0 (GenesisCellCodes, 1);
  GenesisStream random;

  genesis_stream_init (&random, 20261124, "test-cells", stream);
  codes->n_rows = n;
  codes->n_columns = 3;
  codes->n_codes = g_new (guint, 3);
  codes->codes = g_new (guint32 *, 3);
  if (grouped)
    codes->groups = g_new (guint8, n);
  for (guint i = 0; i < 3; i++)
    {
      codes->n_codes[i] = width;
      codes->codes[i] = g_new (guint32, n);
    }
  for (guint64 row = 0; row < n; row++)
    {
      guint32 first = (guint32)genesis_stream_below (&random, 9);

      codes->codes[0][row] = first;
      codes->codes[1][row] = (first + (guint32)genesis_stream_below (&random, 3)) % 9;
      codes->codes[2][row] = (guint32)genesis_stream_below (&random, 9);
      if (grouped)
        codes->groups[row] = (guint8)(row % GENESIS_N_GROUPS);
    }
  return codes;
}

/* The rows that are left without a group, without groups. */
static GenesisCellCodes *
leave_out (const GenesisCellCodes *from, guint group)
{
  GenesisCellCodes *codes = draw_codes (from->n_rows, from->n_codes[0], 0, FALSE);

  codes->n_rows = 0;
  for (guint64 row = 0; row < from->n_rows; row++)
    {
      if (from->groups[row] == group)
        continue;
      for (guint i = 0; i < 3; i++)
        codes->codes[i][codes->n_rows] = from->codes[i][row];
      codes->n_rows++;
    }
  return codes;
}

static GenesisGroupValues
measure (const GenesisCellCodes *judge, const GenesisCellCodes *other, guint n_columns)
{
  static const guint columns[] = { 0, 1, 2 };
  g_autoptr (GenesisCellDistance) distance = genesis_cell_distance_new ();
  GenesisGroupValues value;

  genesis_cell_distance_measure (distance, judge, &other, 1, columns, n_columns, &value);
  return value;
}

/* By the definition, on tables of 9 x 9 x 9. */
static double
count_plainly (const GenesisCellCodes *a, const GenesisCellCodes *b, guint n_columns)
{
  double shares[2][729] = { { 0 } }, sum = 0;
  const GenesisCellCodes *const sides[] = { a, b };

  for (int side = 0; side < 2; side++)
    for (guint64 row = 0; row < sides[side]->n_rows; row++)
      {
        guint cell = 0;

        for (guint i = 0; i < n_columns; i++)
          cell = cell * 9 + sides[side]->codes[i][row];
        shares[side][cell] += 1.0 / (double)sides[side]->n_rows;
      }
  for (guint cell = 0; cell < 729; cell++)
    sum += fabs (shares[0][cell] - shares[1][cell]);
  return sum / 2;
}

static void
test_definition (void)
{
  g_autoptr (GenesisCellCodes) a = draw_codes (500, 9, 1, TRUE);
  g_autoptr (GenesisCellCodes) b = draw_codes (700, 9, 2, TRUE);

  for (guint n_columns = 1; n_columns <= 3; n_columns++)
    {
      GenesisGroupValues value = measure (a, b, n_columns);

      g_assert_cmpfloat_with_epsilon (value.all, count_plainly (a, b, n_columns), NEAR);
      for (guint g = 0; g < GENESIS_N_GROUPS; g++)
        {
          g_autoptr (GenesisCellCodes) less_a = leave_out (a, g);
          g_autoptr (GenesisCellCodes) less_b = leave_out (b, g);

          g_assert_cmpfloat_with_epsilon (value.without[g],
                                          count_plainly (less_a, less_b, n_columns), NEAR);
        }
    }
}

/* The same rows in cells that are too many to be counted in place. */
static void
test_sorted (void)
{
  for (guint n_columns = 2; n_columns <= 3; n_columns++)
    {
      g_autoptr (GenesisCellCodes) a = draw_codes (500, 9, 1, TRUE);
      g_autoptr (GenesisCellCodes) b = draw_codes (700, 9, 2, TRUE);
      g_autoptr (GenesisCellCodes) wide_a = draw_codes (500, 65537, 1, TRUE);
      g_autoptr (GenesisCellCodes) wide_b = draw_codes (700, 65537, 2, TRUE);
      GenesisGroupValues dense = measure (a, b, n_columns);
      GenesisGroupValues sparse = measure (wide_a, wide_b, n_columns);

      g_assert_cmpfloat_with_epsilon (dense.all, sparse.all, NEAR);
      for (guint g = 0; g < GENESIS_N_GROUPS; g++)
        g_assert_cmpfloat_with_epsilon (dense.without[g], sparse.without[g], NEAR);
      g_assert_cmpfloat_with_epsilon (genesis_cramers_v (a, 0, 1), genesis_cramers_v (wide_a, 0, 1),
                                      NEAR);
    }
}

static void
test_ends (void)
{
  g_autoptr (GenesisCellCodes) a = draw_codes (100, 20, 1, FALSE);
  g_autoptr (GenesisCellCodes) far = draw_codes (100, 20, 1, FALSE);

  for (guint64 row = 0; row < far->n_rows; row++)
    far->codes[0][row] += 10;
  g_assert_cmpfloat (measure (a, a, 2).all, ==, 0);
  g_assert_cmpfloat_with_epsilon (measure (a, far, 2).all, 1, NEAR);
}

/* -- V ---------------------------------------------------------------------- */

/* 2 x 2 of 30, 10, 20, 40: chi2 = 100 (30 * 40 - 10 * 20)^2 / (40 * 60 * 50 * 50). */
static void
test_cramers_v (void)
{
  static const guint counts[2][2] = { { 30, 10 }, { 20, 40 } };
  g_autoptr (GenesisCellCodes) codes = draw_codes (100, 2, 1, FALSE);
  guint64 row = 0;

  for (guint32 i = 0; i < 2; i++)
    for (guint32 j = 0; j < 2; j++)
      for (guint k = 0; k < counts[i][j]; k++, row++)
        {
          codes->codes[0][row] = i;
          codes->codes[1][row] = j;
          codes->codes[2][row] = 1;
        }
  g_assert_cmpfloat_with_epsilon (genesis_cramers_v (codes, 0, 1),
                                  sqrt (1e6 / (40. * 60 * 50 * 50)), NEAR);
  g_assert_cmpfloat_with_epsilon (genesis_cramers_v (codes, 0, 0), 1, NEAR);
  g_assert_true (isnan (genesis_cramers_v (codes, 0, 2)));
}

/* -- order ------------------------------------------------------------------ */

static void
test_sort (void)
{
  double numbers[1000];
  GenesisStream random;

  genesis_stream_init (&random, 20261124, "test-sort", 0);
  genesis_stream_fill_normal (&random, numbers, 1000);
  for (int i = 0; i < 1000; i += 7)
    numbers[i] *= 1e300;
  numbers[3] = INFINITY;
  numbers[4] = -INFINITY;
  numbers[5] = 0;
  genesis_radix_sort_numbers (numbers, 1000);
  for (int i = 1; i < 1000; i++)
    g_assert_cmpfloat (numbers[i - 1], <=, numbers[i]);
  g_assert_cmpfloat (numbers[0], ==, -INFINITY);
  g_assert_cmpfloat (numbers[999], ==, INFINITY);
  genesis_radix_sort_numbers (numbers, 0);
}

static void
test_quantile (void)
{
  static const double numbers[] = { 4, NAN, 1, 3, 2 };
  g_auto (GenesisSortedNumbers) sorted = { NULL };

  genesis_sorted_numbers_init (&sorted, numbers, 5);
  g_assert_cmpuint (sorted.n, ==, 4);
  g_assert_cmpfloat (genesis_sorted_numbers_get_quantile (&sorted, 0), ==, 1);
  g_assert_cmpfloat (genesis_sorted_numbers_get_quantile (&sorted, .5), ==, 2.5);
  g_assert_cmpfloat (genesis_sorted_numbers_get_quantile (&sorted, 1), ==, 4);
}

/* -- jackknife -------------------------------------------------------------- */

/* Of a mean the delete-a-group jackknife is exact: with equal groups se^2 is the variance of the
   group means by the number of groups. */
static void
test_jackknife (void)
{
  GenesisGroupValues mean = { 0 };
  GenesisInterval interval;
  double total = 0, squares = 0;

  for (guint g = 0; g < GENESIS_N_GROUPS; g++)
    total += g * g;
  for (guint g = 0; g < GENESIS_N_GROUPS; g++)
    {
      mean.without[g] = (total - g * g) / (GENESIS_N_GROUPS - 1);
      squares += pow (g * g - total / GENESIS_N_GROUPS, 2);
    }
  mean.all = total / GENESIS_N_GROUPS;
  g_assert_cmpfloat_with_epsilon (genesis_group_values_get_error (&mean),
                                  sqrt (squares / (GENESIS_N_GROUPS - 1) / GENESIS_N_GROUPS), 1e-9);
  interval = genesis_group_values_get_interval (&mean);
  g_assert_cmpfloat_with_epsilon ((interval.lo + interval.hi) / 2, mean.all, 1e-9);
  interval = genesis_group_values_get_share (&mean);
  g_assert_cmpfloat (interval.value, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cells/distance/is-total-variation-without-each-group", test_definition);
  g_test_add_func ("/cells/distance/sorted-as-in-place", test_sorted);
  g_test_add_func ("/cells/distance/0-of-itself-1-of-what-it-never-meets", test_ends);
  g_test_add_func ("/cells/cramers-v/two-by-two", test_cramers_v);
  g_test_add_func ("/cells/sort/numbers-of-every-size", test_sort);
  g_test_add_func ("/cells/quantile/between-neighbours", test_quantile);
  g_test_add_func ("/cells/jackknife/exact-for-a-mean", test_jackknife);
  return g_test_run ();
}
