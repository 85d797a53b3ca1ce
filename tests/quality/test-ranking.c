/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "quality/genesis-fold-estimate-private.h"
#include "quality/genesis-ranking-private.h"

static void
test_area_counts_pairs (void)
{
  const double scores[] = { 1, 2, 3, 4 }, targets[] = { 0, 1, 0, 1 };

  g_assert_cmpfloat (genesis_ranking_area (scores, targets, 4), ==, 0.75);
}

static void
test_area_of_ties (void)
{
  const double scores[] = { 1, 1, 1, 2 }, targets[] = { 0, 1, 0, 1 };

  /* Two pairs tied, two won. */
  g_assert_cmpfloat (genesis_ranking_area (scores, targets, 4), ==, 0.75);
}

static void
test_area_of_one_class (void)
{
  const double scores[] = { 1, 2, 3 }, ones[] = { 1, 1, 1 }, zeros[] = { 0, 0, 0 };

  g_assert_cmpfloat (genesis_ranking_area (scores, ones, 3), ==, 0.5);
  g_assert_cmpfloat (genesis_ranking_area (scores, zeros, 3), ==, 0.5);
  g_assert_cmpfloat (genesis_ranking_area (scores, zeros, 0), ==, 0.5);
}

static void
test_explained (void)
{
  const double targets[] = { 1, 2, 3, 6 }, mean[] = { 3, 3, 3, 3 }, worse[] = { 6, 3, 2, 1 };

  g_assert_cmpfloat (genesis_ranking_explained (targets, targets, 4), ==, 1.0);
  g_assert_cmpfloat (genesis_ranking_explained (mean, targets, 4), ==, 0.0);
  g_assert_cmpfloat (genesis_ranking_explained (worse, targets, 4), <, 0.0);
  g_assert_cmpfloat (genesis_ranking_explained (targets, mean, 4), ==, 0.0);
}

static void
test_folds_are_even (void)
{
  guint8 folds[103], again[103];
  guint n[GENESIS_N_FOLDS] = { 0 };

  genesis_fold_deal (7, G_N_ELEMENTS (folds), folds);
  genesis_fold_deal (7, G_N_ELEMENTS (again), again);
  for (guint i = 0; i < G_N_ELEMENTS (folds); i++)
    n[folds[i]]++;
  for (guint fold = 0; fold < GENESIS_N_FOLDS; fold++)
    {
      g_assert_cmpuint (n[fold], >=, 20);
      g_assert_cmpuint (n[fold], <=, 21);
    }
  g_assert_cmpmem (folds, sizeof folds, again, sizeof again);
  genesis_fold_deal (8, G_N_ELEMENTS (again), again);
  g_assert_cmpint (memcmp (folds, again, sizeof folds), !=, 0);
}

/* mean 3, variance 2.5, t = 2.7764451 with 4 degrees of freedom: half a width of 1.9632432. */
static void
test_interval_is_students (void)
{
  const double figures[GENESIS_N_FOLDS] = { 1, 2, 3, 4, 5 };
  GenesisInterval estimate = genesis_fold_estimate_conclude (figures);

  g_assert_cmpfloat_with_epsilon (estimate.value, 3.0, 1e-15);
  g_assert_cmpfloat_with_epsilon (estimate.lo, 3 - 1.9632431614775095, 1e-12);
  g_assert_cmpfloat_with_epsilon (estimate.hi, 3 + 1.9632431614775095, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ranking/area/counts-pairs", test_area_counts_pairs);
  g_test_add_func ("/ranking/area/ties-count-half", test_area_of_ties);
  g_test_add_func ("/ranking/area/is-a-half-of-one-class", test_area_of_one_class);
  g_test_add_func ("/ranking/explained/is-1-0-or-negative", test_explained);
  g_test_add_func ("/folds/are-even-and-seeded", test_folds_are_even);
  g_test_add_func ("/folds/interval-is-student-s", test_interval_is_students);
  return g_test_run ();
}
