/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality-fixture.h"

#include <math.h>
#include <string.h>

#include "quality/genesis-quality-evaluator-private.h"

#define NEAR 1e-12

static GenesisQualityEvaluator *
judge (GenesisTable *real, GenesisTable *synthetic, GenesisTable *holdout)
{
  GenesisQualityEvaluator *evaluator = genesis_quality_evaluator_new (real, synthetic);
  g_autoptr (GError) error = NULL;

  genesis_quality_evaluator_set_holdout (evaluator, holdout);
  genesis_quality_evaluator_evaluate (evaluator, NULL, &error);
  g_assert_no_error (error);
  return evaluator;
}

/* -- by hand ---------------------------------------------------------------- */

/* Four rows against four, every score worked out on paper. x: KS 1/4 at 2. c: shares 2/4, 1/4, 1/4
   against 1/3, 2/3, 0: half of 1/6 + 5/12 + 1/4. Pair: x in ten bins of 1 to 4 and 1 to 5. */
static void
test_by_hand (void)
{
  static const char *const real_x[] = { "1", "2", "3", "4" };
  static const char *const real_c[] = { "a", "a", "b", "c" };
  static const char *const synthetic_x[] = { "1", "3", "3", "5" };
  static const char *const synthetic_c[] = { "a", "b", "b", "" };
  g_autoptr (GenesisTable) real = quality_table_new (real_x, real_c, 4);
  g_autoptr (GenesisTable) synthetic = quality_table_new (synthetic_x, synthetic_c, 4);
  g_autoptr (GenesisQualityEvaluator) evaluator = genesis_quality_evaluator_new (real, synthetic);
  const GenesisColumnScores *columns;
  double shapes = (.75 + (1 - (1. / 6 + 5. / 12 + 1. / 4) / 2)) / 2;

  g_assert_cmpfloat (genesis_quality_evaluator_get_overall_score (evaluator), >, 0);
  columns = evaluator->similarity->columns;
  g_assert_cmpfloat_with_epsilon (columns[0].shape, .75, NEAR);
  g_assert_cmpfloat_with_epsilon (columns[0].adherence, .75, NEAR);
  g_assert_cmpfloat_with_epsilon (columns[0].coverage, 1, NEAR);
  g_assert_cmpfloat_with_epsilon (columns[1].coverage, 2. / 3, NEAR);
  g_assert_cmpfloat_with_epsilon (columns[1].adherence, .75, NEAR);
  g_assert_cmpuint (columns[1].n_missing[1], ==, 1);
  g_assert_cmpfloat_with_epsilon (evaluator->similarity->shapes, shapes, NEAR);
  /* Real cells: (1, a) (4, a) (7, b) (11, c); synthetic: (1, a) (6, b) twice (11, missing). */
  g_assert_cmpfloat_with_epsilon (evaluator->similarity->pairs_all, .25, NEAR);
  g_assert_cmpfloat_with_epsilon (genesis_quality_evaluator_get_overall_score (evaluator),
                                  (shapes + .25) / 2, NEAR);
}

/* -- what tells generators apart -------------------------------------------- */

/* n = 4,000 of each, seeds fixed. Fresh rows: the ceiling is as random as they are, so fidelity is
   1 within a few of its standard errors of about .02; independent columns are drawn as the floor
   is. */
static void
test_order (void)
{
  g_autoptr (GenesisTable) real = quality_table_draw (4000, 1);
  g_autoptr (GenesisTable) holdout = quality_table_draw (4000, 2);
  g_autoptr (GenesisTable) fresh = quality_table_draw (4000, 3);
  g_autoptr (GenesisTable) independent = quality_table_shuffle_columns (real, 4);
  g_autoptr (GenesisQualityEvaluator) good = judge (real, fresh, holdout);
  g_autoptr (GenesisQualityEvaluator) bad = judge (real, independent, holdout);
  const GenesisWorkload *workload = good->result->workload;

  g_assert_cmpfloat (genesis_quality_evaluator_get_fidelity (good), >=, .95);
  g_assert_cmpfloat (genesis_quality_evaluator_get_fidelity (bad), <=, .05);
  g_assert_cmpuint (workload->n_rows, ==, 4000);
  g_assert_cmpuint (workload->n_pairs, ==, 6);
  g_assert_cmpuint (workload->n_triples, ==, 4);
  g_assert_cmpfloat (workload->triples[GENESIS_WORKLOAD_CEILING].all, >,
                     workload->pairs[GENESIS_WORKLOAD_CEILING].all);
  g_assert_cmpfloat (workload->triples[GENESIS_WORKLOAD_FLOOR].all, >,
                     workload->triples[GENESIS_WORKLOAD_SYNTHETIC].all);
  g_assert_false (good->result->copies.alarm || good->result->nearest.closer_alarm
                  || good->result->nearest.advantage_alarm);
}

/* More synthetic rows must not lift the figure: all tables are cut to the smallest. */
static void
test_equal_rows (void)
{
  g_autoptr (GenesisTable) real = quality_table_draw (3000, 1);
  g_autoptr (GenesisTable) holdout = quality_table_draw (1000, 2);
  g_autoptr (GenesisTable) many = quality_table_draw (5000, 3);
  g_autoptr (GenesisQualityEvaluator) evaluator = judge (real, many, holdout);

  g_assert_cmpuint (evaluator->result->workload->n_rows, ==, 1000);
  g_assert_cmpuint (evaluator->result->copies.n_fair, ==, 1000);
  g_assert_cmpuint (evaluator->result->nearest.n_real, ==, 1000);
}

/* Without a holdout one half judges; nothing is said of memory. */
static void
test_no_holdout (void)
{
  g_autoptr (GenesisTable) real = quality_table_draw (8001, 1);
  g_autoptr (GenesisTable) fresh = quality_table_draw (9000, 3);
  g_autoptr (GenesisQualityEvaluator) evaluator = judge (real, fresh, NULL);

  g_assert_false (evaluator->result->workload->has_holdout);
  g_assert_cmpuint (evaluator->result->workload->n_rows, ==, 4000);
  g_assert_cmpfloat (genesis_quality_evaluator_get_fidelity (evaluator), >=, .9);
  g_assert_true (isnan (evaluator->result->nearest.closer.all));
  g_assert_false (evaluator->result->nearest.closer_alarm);
  g_assert_cmpfloat (evaluator->result->nearest.median_training, >, 0);
}

/* -- alarms ----------------------------------------------------------------- */

static void
assert_alarm (GenesisQualityEvaluator *evaluator)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) alarms = genesis_quality_evaluator_dup_alarms (evaluator, &error);
  g_autofree char *json = genesis_quality_evaluator_to_json (evaluator, &error);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *headline = json_object_get_object_member (json_node_get_object (node), "headline");

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (alarms[0], "training rows are copied"));
  g_assert_cmpstr (json_object_get_string_member (headline, "alarm"), ==, alarms[0]);
  g_assert_true (json_object_get_null_member (headline, "fidelity"));
  g_assert_true (json_object_get_null_member (headline, "overall_score"));
}

static void
test_copy (void)
{
  g_autoptr (GenesisTable) real = quality_table_draw (2000, 1);
  g_autoptr (GenesisTable) holdout = quality_table_draw (2000, 2);
  g_autoptr (GenesisQualityEvaluator) alone = judge (real, real, NULL);
  g_autoptr (GenesisQualityEvaluator) held = judge (real, real, holdout);

  assert_alarm (alone);
  assert_alarm (held);
  g_assert_cmpuint (held->result->copies.training, ==, 2000);
  g_assert_true (held->result->nearest.closer_alarm);
  g_assert_true (held->result->nearest.advantage_alarm);
  g_assert_cmpfloat (held->result->nearest.closer.all, >, .99);
}

/* Two columns of few values: rows meet all the time and nobody copied them. */
static void
test_coarse_rows_meet (void)
{
  GenesisTable *tables[3];
  g_autoptr (GenesisQualityEvaluator) evaluator = NULL;

  for (guint64 i = 0; i < 3; i++)
    {
      g_autoptr (GPtrArray) x = g_ptr_array_new ();
      g_autoptr (GPtrArray) c = g_ptr_array_new ();
      g_autoptr (GenesisTable) drawn = quality_table_draw (1000, 10 + i);

      for (guint64 row = 0; row < 1000; row++)
        {
          static const char *const digits[] = { "0", "1", "2", "3" };
          static const char *const words[] = { "a", "b", "c" };

          g_ptr_array_add (x, (gpointer)digits[genesis_table_get_integer (drawn, 2, row)]);
          g_ptr_array_add (c, (gpointer)words[genesis_table_get_integer (drawn, 3, row)]);
        }
      tables[i] =
          quality_table_new ((const char *const *)x->pdata, (const char *const *)c->pdata, 1000);
    }
  evaluator = judge (tables[0], tables[1], tables[2]);
  g_assert_cmpuint (evaluator->result->copies.training, ==, 1000);
  g_assert_false (evaluator->result->copies.alarm);
  genesis_quality_evaluator_set_holdout (evaluator, NULL);
  g_assert_true (genesis_quality_evaluator_evaluate (evaluator, NULL, NULL));
  g_assert_cmpuint (evaluator->result->copies.training, ==, 1000);
  g_assert_false (evaluator->result->copies.alarm);
  for (guint i = 0; i < 3; i++)
    g_object_unref (tables[i]);
}

/* -- rules ------------------------------------------------------------------ */

/* Outside the real range: 5. No category that the real rows have not, no gap where they have none
   but one: the missing category. Two rows. */
static void
test_outside_real_rows (void)
{
  static const char *const real_x[] = { "1", "2", "3", "4" };
  static const char *const real_c[] = { "a", "a", "b", "c" };
  static const char *const synthetic_x[] = { "1", "3", "3", "5" };
  static const char *const synthetic_c[] = { "a", "", "b", "a" };
  g_autoptr (GenesisTable) real = quality_table_new (real_x, real_c, 4);
  g_autoptr (GenesisTable) synthetic = quality_table_new (synthetic_x, synthetic_c, 4);
  g_autoptr (GenesisQualityEvaluator) evaluator = judge (real, synthetic, NULL);
  const GenesisRowValidity *validity = evaluator->result->validity;

  g_assert_cmpuint (validity[GENESIS_QUALITY_SYNTHETIC].n_bad, ==, 2);
  g_assert_cmpuint (validity[GENESIS_QUALITY_SYNTHETIC].n_outside[0], ==, 1);
  g_assert_cmpuint (validity[GENESIS_QUALITY_SYNTHETIC].n_gaps[1], ==, 1);
  g_assert_cmpuint (validity[GENESIS_QUALITY_REAL].n_bad, ==, 0);
  /* The schema of the tables allows all of it. */
  genesis_quality_evaluator_set_schema (evaluator, genesis_table_get_schema (real));
  g_assert_true (genesis_quality_evaluator_evaluate (evaluator, NULL, NULL));
  g_assert_cmpuint (evaluator->result->validity[GENESIS_QUALITY_SYNTHETIC].n_bad, ==, 0);
}

static void
test_seed (void)
{
  g_autoptr (GenesisTable) real = quality_table_draw (500, 1);
  g_autoptr (GenesisTable) fresh = quality_table_draw (800, 3);
  g_autoptr (GenesisQualityEvaluator) evaluator = judge (real, fresh, NULL);
  g_autofree char *once = genesis_quality_evaluator_to_json (evaluator, NULL);
  g_autofree char *other = NULL;
  g_autofree char *again = NULL;

  genesis_quality_evaluator_set_seed (evaluator, 7);
  other = genesis_quality_evaluator_to_json (evaluator, NULL);
  genesis_quality_evaluator_set_seed (evaluator, 0);
  again = genesis_quality_evaluator_to_json (evaluator, NULL);
  g_assert_cmpstr (once, ==, again);
  g_assert_cmpstr (once, !=, other);
}

static void
test_refusals (void)
{
  static const char *const x[] = { "1" };
  static const char *const c[] = { "a" };
  g_autoptr (GenesisTable) one = quality_table_new (x, c, 1);
  g_autoptr (GenesisTable) none = quality_table_new (x, c, 0);
  g_autoptr (GenesisTable) drawn = quality_table_draw (100, 1);
  g_autoptr (GenesisQualityEvaluator) other = genesis_quality_evaluator_new (one, drawn);
  g_autoptr (GenesisQualityEvaluator) empty = genesis_quality_evaluator_new (one, none);
  g_autoptr (GenesisQualityEvaluator) single = genesis_quality_evaluator_new (one, one);
  g_autoptr (GError) error = NULL;

  g_assert_false (genesis_quality_evaluator_evaluate (other, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  g_assert_nonnull (strstr (error->message, "'y'"));
  g_assert_true (isnan (genesis_quality_evaluator_get_overall_score (other)));
  g_assert_true (isnan (genesis_quality_evaluator_get_fidelity (other)));
  g_clear_error (&error);
  g_assert_false (genesis_quality_evaluator_evaluate (empty, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_clear_error (&error);
  /* One row: scores, no workload. */
  g_assert_true (genesis_quality_evaluator_evaluate (single, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (isnan (genesis_quality_evaluator_get_fidelity (single)));
  g_assert_cmpfloat (genesis_quality_evaluator_get_overall_score (single), ==, 1);
}

static void
test_cancelled (void)
{
  g_autoptr (GenesisTable) real = quality_table_draw (100, 1);
  g_autoptr (GenesisQualityEvaluator) evaluator = genesis_quality_evaluator_new (real, real);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (genesis_quality_evaluator_evaluate (evaluator, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quality/scores/four-rows-by-hand", test_by_hand);
  g_test_add_func ("/quality/fidelity/fresh-rows-1-independent-columns-0", test_order);
  g_test_add_func ("/quality/fidelity/tables-are-cut-to-the-smallest", test_equal_rows);
  g_test_add_func ("/quality/fidelity/without-a-holdout-one-half-judges", test_no_holdout);
  g_test_add_func ("/quality/alarms/a-copy-has-no-headline-figures", test_copy);
  g_test_add_func ("/quality/alarms/coarse-rows-meet-by-themselves", test_coarse_rows_meet);
  g_test_add_func ("/quality/validity/outside-what-real-rows-show", test_outside_real_rows);
  g_test_add_func ("/quality/seed/same-seed-same-bytes", test_seed);
  g_test_add_func ("/quality/refusals/other-columns-and-no-rows", test_refusals);
  g_test_add_func ("/quality/cancelled/stops", test_cancelled);
  return g_test_run ();
}
