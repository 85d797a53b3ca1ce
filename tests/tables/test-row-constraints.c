/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "real-table.h"

#include <math.h>

/* Rules of real tables that a copula does not know, kept in every row. */

#define DRAWN 20000

/* The table's drafted schema with one constraint. */
static GenesisSchema *
draft (const char *path, GenesisRowConstraint *constraint)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
  g_autoptr (GenesisSchema) plain = NULL;
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema;

  genesis_schema_draft_add_csv (draft, path, &error);
  g_assert_no_error (error);
  plain = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  schema = genesis_schema_with_constraints (plain, &constraint, 1, &error);
  g_assert_no_error (error);
  return schema;
}

static GenesisTable *
draw (GenesisFederatedGenerator *generator, guint threads)
{
  g_autoptr (GError) error = NULL;
  GenesisTable *rows;

  g_object_set (generator, "threads", threads, NULL);
  rows = genesis_federated_generator_generate (generator, DRAWN, GENESIS_STRATEGY_AGGREGATED, NULL,
                                               NULL, &error);
  g_assert_no_error (error);
  return rows;
}

static void
assert_same_rows (GenesisTable *a, GenesisTable *b)
{
  const guint n_columns = genesis_schema_get_n_fields (genesis_table_get_schema (a));

  for (guint64 row = 0; row < DRAWN; row += 7)
    for (guint column = 0; column < n_columns; column++)
      {
        g_autofree char *x = genesis_table_dup_text (a, column, row);
        g_autofree char *y = genesis_table_dup_text (b, column, row);

        g_assert_cmpstr (x, ==, y);
      }
}

/* Real rows keep the rule, every drawn row does, and for any number of threads it is the same
   row. */
static GenesisTable *
check_kept (const char *relative, GenesisRowConstraint *rule, GenesisTable **real)
{
  g_autoptr (GenesisRowConstraint) constraint = rule;
  g_autofree char *path = real_table_find (relative);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GenesisPluginHost) host = NULL;
  g_autoptr (GenesisFederatedGenerator) generator = NULL;
  g_autoptr (GenesisTable) again = NULL;
  g_autoptr (GError) error = NULL;
  GenesisTable *rows;

  *real = NULL;
  if (path == NULL)
    return NULL;
  schema = draft (path, constraint);
  *real = genesis_table_load_csv (path, schema, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_count_violations (*real, 0), ==, 0);
  host = real_table_plugins ();
  generator = real_table_generator (host, 1);
  real_table_add_site (generator, *real, "all", NULL, 0, genesis_table_get_n_rows (*real));
  g_free (real_table_train (generator));
  rows = draw (generator, 1);
  g_assert_cmpuint (genesis_table_count_violations (rows, 0), ==, 0);
  again = draw (generator, 3);
  assert_same_rows (rows, again);
  return rows;
}

static double
get_mean (GenesisTable *table, const char *name, double *sd)
{
  const guint column = (guint)genesis_schema_find_field (genesis_table_get_schema (table), name);
  const guint64 n_rows = genesis_table_get_n_rows (table);
  double sum = 0, squares = 0, n = 0;

  for (guint64 row = 0; row < n_rows; row++)
    if (!genesis_table_is_missing (table, column, row))
      {
        double x = (double)genesis_table_get_integer (table, column, row);

        sum += x;
        squares += x * x;
        n++;
      }
  *sd = sqrt (squares / n - sum * sum / n / n);
  return sum / n;
}

/* cnt = casual + registered: cnt follows, and its mean is still that of the table. n = 20,000; the
   drawn mean lies within 4.9 sd of the real one (false-alarm rate 1e-6). */
static void
test_sum (void)
{
  static const char *const terms[] = { "casual", "registered", NULL };
  g_autoptr (GenesisTable) real = NULL;
  g_autoptr (GenesisTable) rows =
      check_kept ("bike_sharing_hour.csv", genesis_row_constraint_new_sum (terms, NULL, 0, "cnt"),
                  &real);
  double mean, sd, drawn, ignored;

  if (rows == NULL)
    return;
  mean = get_mean (real, "cnt", &sd);
  drawn = get_mean (rows, "cnt", &ignored);
  g_assert_cmpfloat (fabs (drawn - mean), <, 4.9 * sd / sqrt (DRAWN));
}

static void
test_order (void)
{
  g_autoptr (GenesisTable) real = NULL;
  g_autoptr (GenesisTable) rows =
      check_kept ("taxis.csv", genesis_row_constraint_new_order ("pickup", "dropoff", FALSE),
                  &real);

  g_assert_true (rows != NULL || real == NULL);
}

/* Nobody who was not placed has a salary. */
static void
test_presence (void)
{
  g_autoptr (GenesisTable) real = NULL;
  g_autoptr (GenesisTable) rows =
      check_kept ("sdmetrics_demo/single_table/student_placements_real.csv",
                  genesis_row_constraint_new_implication ("placed", "False", "salary", NULL),
                  &real);

  g_assert_true (rows != NULL || real == NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-constraints/bike-sharing/sum-is-kept", test_sum);
  g_test_add_func ("/row-constraints/taxis/dropoff-is-never-before-pickup", test_order);
  g_test_add_func ("/row-constraints/placements/no-salary-without-a-place", test_presence);
  return g_test_run ();
}
