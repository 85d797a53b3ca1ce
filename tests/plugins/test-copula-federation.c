/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "made-table.h"
#include "training.h"

#define ROWS 6000u

static GenesisBlocks *
fit_one (GenesisTable *table, guint rounds, guint64 chunk_rows, gboolean amnesia)
{
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), rounds);

  training->chunk_rows = chunk_rows;
  training->amnesia = amnesia;
  return training_fit (training, &table, 1, NULL);
}

static void
assert_same_sample (GenesisSchema *schema, GenesisBlocks *a, GenesisBlocks *b)
{
  g_autoptr (Training) training = training_new (schema, 5);
  g_autoptr (GenesisTable) x = training_sample (training, a, 3, 500);
  g_autoptr (GenesisTable) y = training_sample (training, b, 3, 500);

  for (guint c = 0; c < genesis_schema_get_n_fields (schema); c++)
    for (guint i = 0; i < 500; i++)
      {
        g_autofree char *one = genesis_table_dup_text (x, c, i),
                        *other = genesis_table_dup_text (y, c, i);

        g_assert_cmpstr (one, ==, other);
      }
}

static void
test_chunks (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (1, 2500);
  g_autoptr (GenesisBlocks) whole = fit_one (table, 5, 65536, FALSE);
  g_autoptr (GenesisBlocks) chunks = fit_one (table, 5, 700, FALSE);
  g_autoptr (GenesisTable) few = made_rows (table, 0, 25);
  g_autoptr (GenesisBlocks) whole_few = fit_one (few, 5, 65536, FALSE);
  g_autoptr (GenesisBlocks) row_by_row = fit_one (few, 5, 1, FALSE);

  g_assert_nonnull (training_integers (whole, "products", NULL));
  g_assert_true (genesis_blocks_equal (whole, chunks));
  g_assert_true (genesis_blocks_equal (whole_few, row_by_row));
}

static void
test_three_sites (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (2, ROWS);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  g_autoptr (GenesisBlocks) pooled = fit_one (table, 5, 65536, FALSE);
  g_autoptr (GenesisBlocks) federated = NULL;
  GenesisTable *sites[3];

  for (guint s = 0; s < 3; s++)
    sites[s] = made_rows (table, s, 3);
  federated = training_fit (training, sites, 3, NULL);
  g_assert_true (genesis_blocks_equal (pooled, federated));
  g_assert_cmpuint (training->n_rounds, >=, 3);
  assert_same_sample (genesis_table_get_schema (table), pooled, federated);
  for (guint s = 0; s < 3; s++)
    g_object_unref (sites[s]);
}

static void
test_amnesia (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (3, 2000);
  g_autoptr (GenesisBlocks) kept = fit_one (table, 5, 600, FALSE);
  g_autoptr (GenesisBlocks) forgetful = fit_one (table, 5, 600, TRUE);

  g_assert_true (genesis_blocks_equal (kept, forgetful));
}

/* Kendall's tau of columns a and b of 2,000 drawn rows: 0 when independent, 4.9 sd are .11
   (false-alarm rate 1e-6; the ties of a only make it smaller). */
static double
correlate_ranks (GenesisTable *like, GenesisBlocks *state)
{
  g_autoptr (Training) training = training_new (genesis_table_get_schema (like), 5);
  g_autoptr (GenesisTable) drawn = training_sample (training, state, 8, 2000);
  const gint64 *a = made_integers (drawn, 0), *b = made_integers (drawn, 1);
  gint64 concordant = 0, compared = 0;

  for (guint i = 0; i < 2000; i++)
    for (guint j = 0; j < i; j++)
      if (a[i] != a[j] && b[i] != b[j])
        {
          concordant += (a[i] < a[j]) == (b[i] < b[j]);
          compared++;
        }
  return 2.0 * (double)concordant / (double)compared - 1.0;
}

/* Horizon 1 has margins alone, 2 margins and dependence, 3 refines in between. */
static void
test_horizons (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (4, ROWS);
  g_autoptr (GenesisBlocks) one = fit_one (table, 1, 65536, FALSE);
  g_autoptr (GenesisBlocks) two = fit_one (table, 2, 65536, FALSE);
  g_autoptr (GenesisBlocks) three = fit_one (table, 3, 65536, FALSE);
  guint64 cells_one, cells_three;

  g_assert_null (training_integers (one, "products", NULL));
  g_assert_nonnull (training_integers (two, "products", NULL));
  g_assert_nonnull (training_integers (three, "products", NULL));
  training_integers (one, "counts:f", &cells_one);
  training_integers (three, "counts:f", &cells_three);
  g_assert_cmpuint (cells_three, !=, cells_one);
  g_assert_cmpfloat (fabs (correlate_ranks (table, one)), <, 0.11);
  g_assert_cmpfloat (correlate_ranks (table, three), >, 0.5);
}

static guint
compare_matrices (GenesisBlocks *a, GenesisBlocks *b, double tolerance)
{
  guint64 n, m;
  const double *x = training_doubles (a, "correlation", &n);
  const double *y = training_doubles (b, "correlation", &m);

  g_assert_cmpuint (n, ==, m);
  for (guint64 i = 0; i < n; i++)
    g_assert_cmpfloat (fabs (x[i] - y[i]), <, tolerance);
  return n;
}

static void
test_doubled (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (5, ROWS);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  GenesisTable *sites[] = { table, table };
  g_autoptr (GenesisBlocks) once = training_fit (training, sites, 1, NULL);
  g_autoptr (GenesisBlocks) twice = training_fit (training, sites, 2, NULL);

  g_assert_cmpuint (compare_matrices (once, twice, 1e-12), ==, 49);
  assert_same_sample (genesis_table_get_schema (table), once, twice);
}

/* x -> 2 x of values and bounds, of an integer column with a cell for each unit and of a real
   one. */
static void
test_scaled (void)
{
  GenesisTable *tables[2];
  g_autoptr (GenesisBlocks) a = NULL, b = NULL;
  g_autofree double *z = made_normal_pairs (6, ROWS, 0.5);

  for (guint k = 0; k < 2; k++)
    {
      gint64 factor = k + 1;
      GenesisField *fields[] = {
        genesis_field_new_integer ("a", 0, -1000 * factor, 1000 * factor),
        genesis_field_new_real ("b", -8.0 * factor, 8.0 * factor),
      };
      g_autoptr (GenesisSchema) schema = made_schema (fields, 2);

      tables[k] = genesis_table_new (schema, ROWS);
      for (guint i = 0; i < ROWS; i++)
        {
          made_integers (tables[k], 0)[i] = factor * (gint64)rint (100.0 * z[2 * i]);
          made_reals (tables[k], 1)[i] = (double)factor * z[2 * i + 1];
        }
    }
  a = fit_one (tables[0], 5, 65536, FALSE);
  b = fit_one (tables[1], 5, 65536, FALSE);
  compare_matrices (a, b, 1e-12);
  g_object_unref (tables[0]);
  g_object_unref (tables[1]);
}

/* The names of categories are not looked at: another vocabulary in the same places gives the
   same state. */
static void
test_renamed (void)
{
  static const char *const names[2][4] = { { "u", "v", "w", NULL }, { "x", "a", "k", NULL } };
  g_autoptr (GenesisBlocks) a = NULL, b = NULL;
  g_autofree double *z = made_normal_pairs (8, ROWS, 0.5);

  for (guint k = 0; k < 2; k++)
    {
      GenesisField *fields[] = { genesis_field_new_category ("a", names[k]),
                                 genesis_field_new_integer ("b", 0, -1000, 1000) };
      g_autoptr (GenesisSchema) schema = made_schema (fields, 2);
      g_autoptr (GenesisTable) table = genesis_table_new (schema, ROWS);

      for (guint i = 0; i < ROWS; i++)
        {
          made_codes (table, 0)[i] = z[2 * i] < -0.5 ? 0 : z[2 * i] < 1.0 ? 1 : 2;
          made_integers (table, 1)[i] = (gint64)rint (100.0 * z[2 * i + 1]);
        }
      *(k == 0 ? &a : &b) = fit_one (table, 5, 65536, FALSE);
    }
  g_assert_true (genesis_blocks_equal (a, b));
}

/* A site's model is what training on that site alone gives under the pooled cuts and scores: its
   own margins and its own sums. With a single site the two coincide. */
static void
test_site_models (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (9, ROWS);
  g_autoptr (GenesisTable) part = made_rows (table, 0, 2);
  g_autoptr (GenesisTable) rest = made_rows (table, 1, 2);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  GenesisTable *sites[] = { part, rest };
  GenesisBlocks *own[2] = { NULL };
  g_autoptr (GenesisBlocks) pooled = training_fit (training, sites, 2, own);
  g_autoptr (GenesisBlocks) alone = fit_one (part, 1, 65536, FALSE);
  g_autoptr (GenesisBlocks) single = NULL;
  GenesisBlocks *single_own[1] = { NULL };
  guint64 n, m;
  const gint64 *x = training_integers (own[0], "counts:d", &n);
  const gint64 *y = training_integers (alone, "counts:d", &m);
  double difference;

  g_assert_cmpmem (x, n * sizeof *x, y, m * sizeof *y);
  x = training_integers (own[0], "scores", &n);
  y = training_integers (pooled, "scores", &m);
  g_assert_cmpmem (x, n * sizeof *x, y, m * sizeof *y);
  difference = training_doubles (own[0], "latent-correlation", NULL)[1]
               - training_doubles (pooled, "latent-correlation", NULL)[1];
  /* two halves of one population: 4.9 sd of a difference at n = 3,000 */
  g_assert_cmpfloat (fabs (difference), <, 0.09);
  g_assert_cmpfloat (difference, !=, 0.0);
  single = training_fit (training, &table, 1, single_own);
  g_assert_true (genesis_blocks_equal (single, single_own[0]));
  for (guint s = 0; s < 2; s++)
    genesis_blocks_unref (own[s]);
  genesis_blocks_unref (single_own[0]);
}

/* Weight 1 for one site and 2^-20 for the other: the pooled model is that of the first, near
   enough; totals do not sum to rows, and nothing relies on it. */
static void
test_weights (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (10, ROWS);
  g_autoptr (GenesisTable) other = made_mixed_table (11, ROWS);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  GenesisTable *sites[] = { table, other };
  guint64 weights[] = { 1 << 20, 1 }, third[] = { 349525, 349525 };
  g_autoptr (GenesisBlocks) first = fit_one (table, 5, 65536, FALSE);
  g_autoptr (GenesisBlocks) heavy = training_fit_weighted (training, sites, weights, 2, NULL);
  g_autoptr (GenesisBlocks) light = training_fit_weighted (training, sites, third, 2, NULL);
  g_autoptr (GenesisTable) drawn = training_sample (training, light, 1, 1000);

  compare_matrices (first, heavy, 1e-5);
  g_assert_false (genesis_blocks_equal (first, light));
  g_assert_cmpuint (genesis_table_get_n_rows (drawn), ==, 1000);
}

/* The state of a site that answers the question of asked. */
static GenesisBlocks *
answer (Training *training, GenesisBlocks *asked, GenesisBlocks *own, GenesisTable *rows)
{
  GError *error = NULL;
  gboolean finished;
  g_autoptr (GenesisGenerator) generator =
      genesis_generator_new (training->generator, &training->session, training->schema,
                             training->settings, 1, &error);
  g_autoptr (GenesisPlan) plan = genesis_generator_plan (generator, asked, &finished, &error);
  g_autoptr (GenesisBlocks) partial =
      genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  GenesisBlocks *next;

  genesis_generator_measure (generator, asked, plan, rows, partial, NULL, &error);
  g_assert_no_error (error);
  next = genesis_generator_absorb (generator, asked, own, plan, partial, NULL, &error);
  g_assert_no_error (error);
  return next;
}

/* A site that joins after round 1 begins with the pooled margins. */
static void
test_late_site (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (12, ROWS);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 3);
  g_autoptr (GenesisBlocks) first = NULL, second = NULL, late = NULL;
  GError *error = NULL;

  first = training_step (training, NULL, table, &error);
  g_assert_no_error (error);
  second = training_step (training, first, table, &error);
  g_assert_no_error (error);
  late = answer (training, second, NULL, table);
  g_assert_nonnull (training_doubles (late, "correlation", NULL));
  g_assert_cmpmem (training_integers (late, "counts:c", NULL), 6 * sizeof (gint64),
                   training_integers (second, "counts:c", NULL), 6 * sizeof (gint64));
}

/* Two sites with the same rows: the pooled cuts are those of one of them alone (6,000 rows: the
   atom rule is n/256 at both sizes), and so must be its model, to the last bit. */
static void
test_site_alone (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (13, ROWS);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  GenesisTable *sites[] = { table, table };
  GenesisBlocks *own[2];
  g_autoptr (GenesisBlocks) pooled = training_fit (training, sites, 2, own);
  g_autoptr (GenesisBlocks) alone = fit_one (table, 5, 65536, FALSE);

  for (guint s = 0; s < 2; s++)
    {
      g_assert_true (genesis_blocks_equal (own[s], alone));
      genesis_blocks_unref (own[s]);
    }
  g_assert_false (genesis_blocks_equal (pooled, alone));
}

/* A site that left round 2 out has cells that were never split; those that round 3 splits lie
   inside them. It begins again with the pooled ones, and can be drawn from. */
static void
test_absent_site (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (14, ROWS);
  g_autoptr (GenesisTable) part = made_rows (table, 0, 2);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  g_autoptr (GenesisBlocks) first = NULL, second = NULL, own = NULL, later = NULL;
  g_autoptr (GenesisTable) drawn = NULL;
  GError *error = NULL;
  guint64 n, m;
  const gint64 *x, *y;

  first = training_step (training, NULL, table, &error);
  g_assert_no_error (error);
  second = training_step (training, first, table, &error);
  g_assert_no_error (error);
  own = answer (training, NULL, NULL, part);
  later = answer (training, second, own, part);
  drawn = training_sample (training, later, 1, 1000);
  x = training_integers (later, "counts:a", &n);
  y = training_integers (second, "counts:a", &m);
  g_assert_cmpmem (x, n * sizeof *x, y, m * sizeof *y);
  g_assert_nonnull (training_doubles (later, "correlation", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/federation/chunks/whole-equals-chunks-equals-rows", test_chunks);
  g_test_add_func ("/federation/sites/three-equal-pooled", test_three_sites);
  g_test_add_func ("/federation/sites/models-keep-own-margins", test_site_models);
  g_test_add_func ("/federation/sites/models-equal-training-alone-under-the-same-cuts",
                   test_site_alone);
  g_test_add_func ("/federation/sites/absent-one-begins-again-with-pooled-margins",
                   test_absent_site);
  g_test_add_func ("/federation/sites/late-one-begins-with-pooled-margins", test_late_site);
  g_test_add_func ("/federation/sites/weights-need-not-sum-to-rows", test_weights);
  g_test_add_func ("/federation/instance/forgetting-changes-nothing", test_amnesia);
  g_test_add_func ("/federation/rounds/horizons-1-2-3", test_horizons);
  g_test_add_func ("/federation/invariance/records-doubled", test_doubled);
  g_test_add_func ("/federation/invariance/values-and-bounds-doubled", test_scaled);
  g_test_add_func ("/federation/invariance/categories-renamed", test_renamed);
  return g_test_run ();
}
