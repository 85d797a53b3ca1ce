/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "golden-pair.h"

#include <math.h>

#include "quality/genesis-similarity-private.h"

/* Every score of every table pair of the golden vectors: what SDMetrics 0.29 says, to 1e-9. */

static void
check_columns (const GoldenPair *pair, const GenesisSimilarity *similarity)
{
  JsonArray *columns = json_object_get_array_member (pair->expected, "columns");

  g_assert_cmpuint (json_array_get_length (columns), ==, pair->shape->n_columns);
  for (guint i = 0; i < pair->shape->n_columns; i++)
    {
      JsonObject *expected = json_array_get_object_element (columns, i);
      const GenesisColumnScores *scores = &similarity->columns[i];
      const char *name = pair->shape->names[i];

      g_assert_cmpstr (json_object_get_string_member (expected, "name"), ==, name);
      g_assert_cmpuint (scores->n_missing[0], ==,
                        (guint64)json_object_get_int_member (expected, "missing_real"));
      g_assert_cmpuint (scores->n_missing[1], ==,
                        (guint64)json_object_get_int_member (expected, "missing_synthetic"));
      golden_assert (scores->shape, expected, "shape", name);
      golden_assert (scores->coverage, expected, "coverage", name);
      golden_assert (scores->adherence, expected,
                     pair->shape->kinds[i] == GENESIS_QUALITY_LEVEL ? "category_adherence"
                                                                    : "boundary_adherence",
                     name);
    }
}

static void
check_pair (const GoldenPair *pair, const GenesisPairScore *score, JsonObject *expected)
{
  g_autofree char *where =
      g_strdup_printf ("%s x %s", pair->shape->names[score->a], pair->shape->names[score->b]);

  g_assert_cmpstr (json_object_get_string_member (expected, "a"), ==, pair->shape->names[score->a]);
  g_assert_cmpstr (json_object_get_string_member (expected, "b"), ==, pair->shape->names[score->b]);
  g_assert_cmpstr (json_object_get_string_member (expected, "metric"), ==,
                   score->is_correlation ? "CorrelationSimilarity" : "ContingencySimilarity");
  golden_assert (score->score, expected, "score", where);
  golden_assert (score->strength, expected, "threshold_quantity", where);
  if (score->is_correlation)
    {
      golden_assert (score->correlations[0], expected, "real_correlation", where);
      golden_assert (score->correlations[1], expected, "synthetic_correlation", where);
    }
  g_assert_cmpint (score->is_strong, ==,
                   !json_object_get_null_member (expected, "meets_default_threshold")
                       && json_object_get_boolean_member (expected, "meets_default_threshold"));
}

static void
check_pairs (const GoldenPair *pair, const GenesisSimilarity *similarity)
{
  JsonArray *pairs = json_object_get_array_member (pair->expected, "pairs");
  guint n_all = 0, n_strong = 0;

  g_assert_cmpuint (json_array_get_length (pairs), ==, similarity->pairs->len);
  for (guint i = 0; i < similarity->pairs->len; i++)
    {
      const GenesisPairScore *score = &g_array_index (similarity->pairs, GenesisPairScore, i);

      check_pair (pair, score, json_array_get_object_element (pairs, i));
      n_all += isnan (score->score) ? 0 : 1;
      n_strong += score->is_strong && !isnan (score->score) ? 1 : 0;
    }
  g_assert_cmpint (n_all, ==, json_object_get_int_member (pair->expected, "pairs_counted_all"));
  g_assert_cmpint (n_strong, ==,
                   json_object_get_int_member (pair->expected, "pairs_counted_thresholded"));
}

static void
test_pair (gconstpointer data)
{
  g_autoptr (GoldenPair) pair = golden_pair_load (data);
  g_autoptr (GenesisSimilarity) similarity = NULL;

  if (pair == NULL)
    return;
  similarity = genesis_similarity_new (pair->frames[0], pair->frames[1]);
  check_columns (pair, similarity);
  check_pairs (pair, similarity);
  golden_assert (similarity->shapes, pair->expected, "column_shapes_mean", "means");
  golden_assert (similarity->pairs_all, pair->expected, "pairs_all", "means");
  golden_assert (similarity->pairs_thresholded, pair->expected, "pairs_thresholded", "means");
  golden_assert (similarity->overall, pair->expected, "overall_all", "means");
  golden_assert (similarity->overall_thresholded, pair->expected, "overall_thresholded", "means");
  golden_assert (similarity->boundary, pair->expected, "boundary_mean", "means");
  golden_assert (similarity->coverage, pair->expected, "coverage_mean", "means");
  golden_assert (similarity->validity, pair->expected, "data_validity_mean", "means");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  golden_pairs_add_tests ("/similarity/as-sdmetrics", test_pair);
  return g_test_run ();
}
