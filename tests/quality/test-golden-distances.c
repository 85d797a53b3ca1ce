/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "golden-pair.h"

#include <math.h>

#include "quality/genesis-record-points-private.h"
#include "quality/genesis-sorted-numbers-private.h"

/* Distances to the closest record of every table pair of the golden vectors, to 1e-9. */

static GenesisQualityFrame *
take (const GenesisQualityFrame *frame, guint64 first, guint64 step, guint64 most)
{
  g_autofree guint64 *rows = g_new (guint64, frame->n_rows);
  guint64 n = 0;

  for (guint64 row = first; row < MIN (frame->n_rows, most); row += step)
    rows[n++] = row;
  return genesis_quality_frame_take (frame, rows, n);
}

static double *
find_nearest (const GenesisQualityFrame *rows, const GenesisQualityFrame *reference)
{
  const GenesisQualityFrame *const references[] = { reference };
  g_auto (GenesisRecordScale) scale = { 0 };
  g_autoptr (GenesisRecordPoints) points = NULL;
  g_autoptr (GenesisRecordPoints) others = NULL;
  double *nearest = g_new (double, rows->n_rows);
  g_autofree double *back = g_new (double, reference->n_rows);
  double smallest = INFINITY, back_smallest = INFINITY;

  genesis_record_scale_init (&scale, references, 1);
  points = genesis_record_points_new (&scale, rows);
  others = genesis_record_points_new (&scale, reference);
  g_assert_true (
      genesis_record_points_find_nearest (points, others, nearest, NULL, back, NULL, NULL));
  for (guint64 i = 0; i < rows->n_rows; i++)
    smallest = MIN (smallest, nearest[i]);
  for (guint64 i = 0; i < reference->n_rows; i++)
    back_smallest = MIN (back_smallest, back[i]);
  /* The smallest of all is the same from both sides. */
  g_assert_cmpfloat (smallest, ==, back_smallest);
  return nearest;
}

static double
find_median (const double *numbers, guint64 n)
{
  g_auto (GenesisSortedNumbers) sorted = { NULL };

  genesis_sorted_numbers_init (&sorted, numbers, n);
  return genesis_sorted_numbers_get_quantile (&sorted, .5);
}

static double
add_up (const double *numbers, guint64 n)
{
  double sum = 0;

  for (guint64 i = 0; i < n; i++)
    sum += numbers[i];
  return sum;
}

static void
check_distances (const double *nearest, guint64 n, JsonObject *expected)
{
  JsonArray *first = json_object_get_array_member (expected, "first_20");
  double min = INFINITY, max = 0;
  gint64 zeros = 0;

  for (guint64 i = 0; i < n; i++)
    {
      min = MIN (min, nearest[i]);
      max = MAX (max, nearest[i]);
      zeros += nearest[i] == 0 ? 1 : 0;
    }
  golden_assert (add_up (nearest, n), expected, "sum", "dcr");
  golden_assert (find_median (nearest, n), expected, "median", "dcr");
  golden_assert (min, expected, "min", "dcr");
  golden_assert (max, expected, "max", "dcr");
  g_assert_cmpint (zeros, ==, json_object_get_int_member (expected, "zeros"));
  for (guint i = 0; i < json_array_get_length (first); i++)
    g_assert_cmpfloat_with_epsilon (nearest[i], json_array_get_double_element (first, i), 1e-9);
}

static void
check_baseline (const GoldenPair *pair, const GenesisQualityFrame *real, const double *nearest,
                guint64 n, JsonObject *expected)
{
  g_autofree double *random = NULL;

  if (pair->baseline == NULL)
    return;
  random = find_nearest (pair->baseline, real);
  golden_assert (find_median (nearest, n), expected, "median_synthetic", "baseline");
  golden_assert (find_median (random, pair->baseline->n_rows), expected, "median_random",
                 "baseline");
}

static void
check_halves (const GoldenPair *pair, const GenesisQualityFrame *rows, guint64 n_real,
              JsonObject *expected)
{
  g_autoptr (GenesisQualityFrame) even = take (pair->frames[0], 0, 2, n_real);
  g_autoptr (GenesisQualityFrame) odd = take (pair->frames[0], 1, 2, n_real);
  g_autofree double *training = find_nearest (rows, even);
  g_autofree double *validation = find_nearest (rows, odd);
  gint64 closer = 0, tied = 0;

  for (guint64 i = 0; i < rows->n_rows; i++)
    {
      closer += training[i] - validation[i] < -1e-12 ? 1 : 0;
      tied += fabs (training[i] - validation[i]) <= 1e-12 ? 1 : 0;
    }
  golden_assert (add_up (training, rows->n_rows), expected, "sum_dcr_training", "halves");
  golden_assert (add_up (validation, rows->n_rows), expected, "sum_dcr_validation", "halves");
  g_assert_cmpint (closer, ==,
                   json_object_get_int_member (expected, "rows_closer_by_more_than_1e-12"));
  g_assert_cmpint (tied, ==, json_object_get_int_member (expected, "rows_tied_within_1e-12"));
}

static void
test_pair (gconstpointer data)
{
  g_autoptr (GoldenPair) pair = golden_pair_load (data);
  g_autoptr (GenesisQualityFrame) rows = NULL;
  g_autoptr (GenesisQualityFrame) real = NULL;
  g_autofree double *nearest = NULL;
  JsonObject *expected;
  guint64 n_real;

  if (pair == NULL)
    return;
  expected = json_object_get_object_member (pair->expected, "dcr");
  n_real = (guint64)json_object_get_int_member (expected, "real_rows_used");
  rows = take (pair->frames[1], 0, 1,
               (guint64)json_object_get_int_member (expected, "synthetic_rows_used"));
  real = take (pair->frames[0], 0, 1, n_real);
  nearest = find_nearest (rows, real);
  check_distances (nearest, rows->n_rows, json_object_get_object_member (expected, "dcr_to_real"));
  check_baseline (pair, real, nearest, rows->n_rows,
                  json_object_get_object_member (expected, "baseline_protection"));
  check_halves (pair, rows, n_real,
                json_object_get_object_member (expected, "overfitting_protection"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  golden_pairs_add_tests ("/distances/as-sdmetrics", test_pair);
  return g_test_run ();
}
