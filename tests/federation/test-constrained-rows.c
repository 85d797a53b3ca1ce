/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-constrained-rows-private.h"

#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-row-constraint.h>

#include "base/genesis-stream-private.h"
#include "data/genesis-field-private.h"

#define N_ROWS 5000u

/* "low" and "high" from 0 to highest, the first below the second. */
static GenesisSchema *
make_schema (int highest)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json =
      g_strdup_printf ("{ \"format\": \"genesis-schema/1\", \"columns\": ["
                       "  { \"name\": \"low\", \"type\": \"integer\", \"min\": 0, \"max\": %d },"
                       "  { \"name\": \"high\", \"type\": \"integer\", \"min\": 0, \"max\": %d } ],"
                       "  \"constraints\": [ { \"column\": \"low\", \"less_than\": \"high\" } ] }",
                       highest, highest);
  GenesisSchema *schema = genesis_schema_new_from_json (json, &error);

  g_assert_no_error (error);
  return schema;
}

/* Independent uniform numbers, others for each attempt; user_data: the schema. */
static GenesisTable *
draw (guint attempt, guint64 n_rows, gpointer user_data, GError **error)
{
  GenesisTable *table = genesis_table_new (user_data, n_rows);
  const gint64 n_values = genesis_schema_get_field (user_data, 0)->ihi + 1;
  g_autofree gint64 *values = g_new (gint64, n_rows + 1);
  GenesisStream stream;

  genesis_stream_init (&stream, 42, "constrained rows", attempt);
  for (guint column = 0; column < 2; column++)
    {
      for (guint64 row = 0; row < n_rows; row++)
        values[row] = (gint64)(genesis_stream_u64 (&stream) % (guint64)n_values);
      g_assert_true (genesis_table_set_column_integers (table, column, values, n_rows, error));
    }
  return table;
}

/* Of 5,000 rows about half are in the wrong order and get their two cells exchanged; a tenth is
   equal, and drawn anew until none is. */
static void
test_kept (void)
{
  g_autoptr (GenesisSchema) schema = make_schema (9);
  g_autoptr (GError) error = NULL;
  GenesisConstrainedRows effort = { 0 };
  GenesisTable *drawn = draw (0, N_ROWS, schema, &error);
  g_autoptr (GenesisTable) before = draw (0, N_ROWS, schema, &error);
  g_autoptr (GenesisTable) kept = NULL;
  guint64 n_equal = 0;

  for (guint64 row = 0; row < N_ROWS; row++)
    n_equal +=
        genesis_table_get_integer (before, 0, row) == genesis_table_get_integer (before, 1, row);
  kept = genesis_constrained_rows_keep (&effort, drawn, draw, schema, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (kept), ==, N_ROWS);
  g_assert_cmpuint (genesis_table_count_violations (kept, 0), ==, 0);
  g_assert_cmpuint (genesis_table_count_violations (before, 0), >, n_equal);
  for (guint64 row = 0; row < N_ROWS; row++)
    {
      const gint64 low = genesis_table_get_integer (before, 0, row);
      const gint64 high = genesis_table_get_integer (before, 1, row);

      if (low == high)
        continue;
      g_assert_cmpint (genesis_table_get_integer (kept, 0, row), ==, MIN (low, high));
      g_assert_cmpint (genesis_table_get_integer (kept, 1, row), ==, MAX (low, high));
    }
  g_assert_cmpuint (effort.n_redrawn, >=, n_equal);
  g_assert_cmpuint (effort.n_redrawn, <, 2 * n_equal);
  g_assert_cmpuint (effort.n_mended, >, N_ROWS / 2);
}

/* One row in four hundred keeps the constraint. */
static GenesisTable *
draw_rare (guint attempt, guint64 n_rows, gpointer user_data, GError **error)
{
  g_autofree gint64 *values = g_new0 (gint64, n_rows + 1);
  GenesisTable *table = genesis_table_new (user_data, n_rows);
  GenesisStream stream;

  genesis_stream_init (&stream, 43, "rare rows", attempt);
  for (guint64 row = 0; row < n_rows; row++)
    values[row] = genesis_stream_below (&stream, 400) == 0;
  g_assert_true (genesis_table_set_column_integers (table, 1, values, n_rows, error));
  return table;
}

static void
test_rare (void)
{
  g_autoptr (GenesisSchema) schema = make_schema (1);
  g_autoptr (GError) error = NULL;
  GenesisConstrainedRows effort = { 0 };
  g_autoptr (GenesisTable) kept =
      genesis_constrained_rows_keep (&effort, genesis_table_new (schema, 7), draw_rare, schema,
                                     &error);

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_count_violations (kept, 0), ==, 0);
}

static GenesisTable *
draw_zeros (guint attempt, guint64 n_rows, gpointer user_data, GError **error)
{
  return genesis_table_new (user_data, n_rows);
}

/* A model that only knows 0: no row keeps it, and none is given that breaks it. */
static void
test_impossible (void)
{
  g_autoptr (GenesisSchema) schema = make_schema (1);
  g_autoptr (GError) error = NULL;
  GenesisConstrainedRows effort = { 0 };

  g_assert_null (genesis_constrained_rows_keep (&effort, draw_zeros (0, 7, schema, &error),
                                                draw_zeros, schema, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "'low'"));
  g_assert_cmpuint (effort.n_redrawn, ==, 7 * GENESIS_CONSTRAINED_ROWS_ATTEMPTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/constrained-rows/mended-or-drawn-anew", test_kept);
  g_test_add_func ("/constrained-rows/rare/is-found", test_rare);
  g_test_add_func ("/constrained-rows/impossible/is-an-error", test_impossible);
  return g_test_run ();
}
