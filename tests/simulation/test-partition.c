/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include <genesis/genesis-error.h>

#include "simulation/genesis-partition-private.h"

#define WARDS 6u

/* ward: 0 has 6 of 21 rows, 1 has 5, ... 5 has 1; every 13th is missing. level: a real number of
   few values. */
static GenesisTable *
make_table (guint64 n_rows, gboolean with_missing)
{
  static const char *const wards[] = { "a", "b", "c", "d", "e", "f", NULL };
  static const char dealt[] = "aaaaaabbbbbccccdddeef";
  g_autoptr (GenesisField) ward = genesis_field_new_category ("ward", wards);
  g_autoptr (GenesisField) marked = genesis_field_with_missing (ward, "?");
  g_autoptr (GenesisField) level = genesis_field_new_real ("level", -2, 2);
  GenesisField *fields[] = { marked, level };
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new (fields, G_N_ELEMENTS (fields), &error);
  GenesisTable *table = genesis_table_new (schema, n_rows);
  g_autofree const char **texts = g_new (const char *, n_rows);
  g_autofree double *levels = g_new (double, n_rows);

  for (guint64 i = 0; i < n_rows; i++)
    {
      texts[i] = wards[dealt[i * 8 % 21] - 'a'];
      levels[i] = i % 2 == 0 ? (i % 3 == 0 ? 0.0 : -0.0) : (i % 3 == 0 ? -1.5 : 1.5);
    }
  genesis_table_set_column_text (table, 0, texts, n_rows, &error);
  g_assert_no_error (error);
  genesis_table_set_column_reals (table, 1, levels, n_rows, &error);
  g_assert_no_error (error);
  for (guint64 i = 0; with_missing && i < n_rows; i += 13)
    genesis_table_set_missing (table, 0, i);
  return table;
}

/* Each row in one part, no part empty. */
static void
assert_is_partition (const GenesisPartition *partition, guint n_parts, guint64 n_rows)
{
  g_autofree gboolean *seen = g_new0 (gboolean, n_rows);

  g_assert_cmpuint (partition->n_parts, ==, n_parts);
  g_assert_cmpuint (partition->n_rows, ==, n_rows);
  g_assert_cmpuint (partition->starts[0], ==, 0);
  g_assert_cmpuint (partition->starts[n_parts], ==, n_rows);
  for (guint part = 0; part < n_parts; part++)
    g_assert_cmpuint (partition->starts[part], <, partition->starts[part + 1]);
  for (guint64 i = 0; i < n_rows; i++)
    {
      g_assert_cmpuint (partition->rows[i], <, n_rows);
      g_assert_false (seen[partition->rows[i]]);
      seen[partition->rows[i]] = TRUE;
    }
}

static gboolean
have_same_rows (const GenesisPartition *a, const GenesisPartition *b)
{
  for (guint64 i = 0; i < a->n_rows; i++)
    if (a->rows[i] != b->rows[i])
      return FALSE;
  return TRUE;
}

static void
test_iid (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPartition) first = genesis_partition_new_iid (1003, 10, 5, &error);
  g_autoptr (GenesisPartition) again = genesis_partition_new_iid (1003, 10, 5, &error);
  g_autoptr (GenesisPartition) other = genesis_partition_new_iid (1003, 10, 6, &error);

  g_assert_no_error (error);
  assert_is_partition (first, 10, 1003);
  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpuint (genesis_partition_get_size (first, i), >=, 100);
      g_assert_cmpuint (genesis_partition_get_size (first, i), <=, 101);
    }
  g_assert_true (have_same_rows (first, again));
  g_assert_false (have_same_rows (first, other));
}

static void
test_few_rows (void)
{
  g_autoptr (GenesisTable) table = make_table (9, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPartition) exact = genesis_partition_new_iid (9, 9, 0, &error);

  g_assert_no_error (error);
  assert_is_partition (exact, 9, 9);
  g_assert_null (genesis_partition_new_iid (9, 10, 0, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "9 rows for 10 sites"));
  g_clear_error (&error);
  g_assert_null (genesis_partition_new_dirichlet (table, 0, 10, 1, 0, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
}

static void
test_values (void)
{
  g_autoptr (GenesisTable) table = make_table (21 * 13, TRUE);
  g_autoptr (GenesisPartition) wards = genesis_partition_new_by_value (table, 0);
  g_autoptr (GenesisPartition) levels = genesis_partition_new_by_value (table, 1);

  assert_is_partition (wards, WARDS + 1, 21 * 13);
  assert_is_partition (levels, 3, 21 * 13);
  for (guint part = 0; part + 1 < wards->n_parts; part++)
    g_assert_cmpuint (genesis_partition_get_size (wards, part), >=,
                      genesis_partition_get_size (wards, part + 1));
  for (guint part = 0; part < wards->n_parts; part++)
    for (guint64 i = 0; i < genesis_partition_get_size (wards, part); i++)
      {
        const guint64 first = genesis_partition_get_rows (wards, part)[0];
        const guint64 row = genesis_partition_get_rows (wards, part)[i];

        g_assert_cmpint (genesis_table_is_missing (table, 0, row), ==,
                         genesis_table_is_missing (table, 0, first));
        if (!genesis_table_is_missing (table, 0, row))
          g_assert_cmpint (genesis_table_get_integer (table, 0, row), ==,
                           genesis_table_get_integer (table, 0, first));
      }
  /* 0 and -0 are one value; the largest first. */
  g_assert_cmpfloat (genesis_table_get_real (table, 1, levels->rows[0]), ==, 0.0);
  g_assert_cmpuint (genesis_partition_get_size (levels, 0), ==, 137);
}

/* Six wards in order of size to four sites: a and e, b and f, c, d. */
static void
test_column (void)
{
  g_autoptr (GenesisTable) table = make_table (21 * 10, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPartition) partition = genesis_partition_new_by_column (table, 0, 4, &error);
  static const guint64 sizes[] = { 80, 60, 40, 30 };

  g_assert_no_error (error);
  assert_is_partition (partition, 4, 21 * 10);
  for (guint site = 0; site < 4; site++)
    {
      g_assert_cmpuint (genesis_partition_get_size (partition, site), ==, sizes[site]);
      for (guint64 i = 0; i < sizes[site]; i++)
        g_assert_cmpint (genesis_table_get_integer (table, 0,
                                                    genesis_partition_get_rows (partition, site)[i])
                             % 4,
                         ==, site);
    }
  g_assert_null (genesis_partition_new_by_column (table, 0, 7, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "column 'ward' has 6 distinct values for 7 sites"));
}

/* -- Dirichlet ------------------------------------------------------------- */

/* Rows of each ward at each site. */
static void
count_wards (GenesisTable *table, const GenesisPartition *partition, guint64 (*counts)[WARDS])
{
  for (guint site = 0; site < partition->n_parts; site++)
    for (guint64 i = 0; i < genesis_partition_get_size (partition, site); i++)
      counts[site][genesis_table_get_integer (table, 0,
                                              genesis_partition_get_rows (partition, site)[i])]++;
}

static void
test_dirichlet_small (void)
{
  g_autoptr (GenesisTable) table = make_table (21 * 50, FALSE);
  guint n_filled = 0;

  for (guint seed = 0; seed < 50; seed++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisPartition) partition =
          genesis_partition_new_dirichlet (table, 0, 8, 1e-12, seed, &error);
      guint64 counts[8][WARDS] = { { 0 } };

      g_assert_no_error (error);
      assert_is_partition (partition, 8, 21 * 50);
      count_wards (table, partition, counts);
      /* All of a ward at one site, but for the one row that an empty site has. */
      for (guint ward = 0; ward < WARDS; ward++)
        {
          guint n_whole = 0;

          for (guint site = 0; site < 8; site++)
            {
              n_whole += counts[site][ward] > 1;
              n_filled += counts[site][ward] == 1;
              g_assert_true (counts[site][ward] != 1
                             || genesis_partition_get_size (partition, site) == 1);
            }
          g_assert_cmpuint (n_whole, ==, 1);
        }
    }
  g_assert_cmpuint (n_filled, >, 100); /* 6 wards leave at least 2 of 8 sites empty */
}

static void
test_dirichlet_large (void)
{
  g_autoptr (GenesisTable) table = make_table (21 * 80, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPartition) partition =
      genesis_partition_new_dirichlet (table, 0, 8, INFINITY, 1, &error);
  guint64 counts[8][WARDS] = { { 0 } };

  g_assert_no_error (error);
  assert_is_partition (partition, 8, 21 * 80);
  count_wards (table, partition, counts);
  for (guint ward = 0; ward < WARDS; ward++)
    for (guint site = 0; site < 8; site++)
      g_assert_cmpuint (counts[site][ward], ==, (WARDS - ward) * 10);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

/* The share of ward a that site 1 of 5 has, over 2,000 seeds: Beta (alpha, 4 alpha). Kolmogorov's
   distance is above sqrt (log (2 / q) / (2 n)) = .060 with probability q = 1e-6 at most; shares are
   whole rows of 60, so that the distribution is looked up half a row to both sides. */
static void
test_dirichlet_shares (void)
{
  static const double alphas[] = { 0.1, 2.0 };
  const guint n = 2000;
  const double half = 0.5 / 60;
  g_autoptr (GenesisTable) table = make_table (21 * 10, FALSE);

  for (guint a = 0; a < G_N_ELEMENTS (alphas); a++)
    {
      g_autofree double *shares = g_new (double, n);
      double distance = 0.0;

      for (guint seed = 0; seed < n; seed++)
        {
          g_autoptr (GenesisPartition) partition =
              genesis_partition_new_dirichlet (table, 0, 5, alphas[a], seed, NULL);
          guint64 counts[5][WARDS] = { { 0 } };

          count_wards (table, partition, counts);
          shares[seed] = (double)counts[1][0] / 60;
        }
      qsort (shares, n, sizeof *shares, compare_doubles);
      for (guint i = 0; i < n; i++)
        {
          const double low = gsl_cdf_beta_P (MAX (shares[i] - half, 0), alphas[a], 4 * alphas[a]);
          const double high = gsl_cdf_beta_P (MIN (shares[i] + half, 1), alphas[a], 4 * alphas[a]);

          distance = MAX (distance, low - (i + 1) / (double)n);
          distance = MAX (distance, i / (double)n - high);
        }
      g_test_message ("alpha %g: distance %.4f", alphas[a], distance);
      g_assert_cmpfloat (distance, <=, sqrt (log (2 / 1e-6) / (2.0 * n)));
    }
}

/* 1,500 sites of 2,100 rows: most are empty before they get one of the largest sites' rows. */
static void
test_dirichlet_many_sites (void)
{
  g_autoptr (GenesisTable) table = make_table (21 * 100, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPartition) some =
      genesis_partition_new_dirichlet (table, 0, 1500, 0.05, 3, &error);
  g_autoptr (GenesisPartition) again =
      genesis_partition_new_dirichlet (table, 0, 1500, 0.05, 3, &error);
  g_autoptr (GenesisPartition) all =
      genesis_partition_new_dirichlet (table, 0, 2100, 0.05, 3, &error);

  g_assert_no_error (error);
  assert_is_partition (some, 1500, 2100);
  assert_is_partition (all, 2100, 2100);
  g_assert_true (have_same_rows (some, again));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/partition/iid/equal-sizes-and-the-seed-decides", test_iid);
  g_test_add_func ("/partition/rows/fewer-than-sites-is-refused", test_few_rows);
  g_test_add_func ("/partition/values/missing-and-zero-are-one-value-each", test_values);
  g_test_add_func ("/partition/column/values-are-dealt-in-order-of-size", test_column);
  g_test_add_func ("/partition/dirichlet/small-alpha-keeps-values-whole", test_dirichlet_small);
  g_test_add_func ("/partition/dirichlet/infinite-alpha-splits-evenly", test_dirichlet_large);
  g_test_add_func ("/partition/dirichlet/shares-have-the-distribution", test_dirichlet_shares);
  g_test_add_func ("/partition/dirichlet/every-site-has-a-row", test_dirichlet_many_sites);
  return g_test_run ();
}
