/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "postgres-fixture.h"
#include "source-rows.h"

static PostgresServer server;

static void
assert_same_as_csv (const char *table, const char *query)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "XXXXXX.csv", NULL);
  g_autoptr (GenesisSource) csv = NULL;
  g_autoptr (GenesisSource) source = source_rows_open_postgres (server.connection, table);
  int fd = g_mkstemp (path);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  postgres_server_export (&server, query, path);
  csv = genesis_source_new_for_csv (path);
  source_rows_assert_equal (csv, source);
  g_unlink (path);
}

static void
test_same_as_csv (void)
{
  if (!postgres_server_need (
          &server,
          "CREATE TYPE wing AS ENUM ('north', 'south');"
          "CREATE DOMAIN score AS integer CHECK (VALUE >= 0);"
          "CREATE TABLE visits (age integer, beds smallint, n bigint, points score, fee "
          "numeric(8,2), ratio numeric, weight double precision, dose real, smoker boolean, place "
          "wing, sex text, code varchar(9), grade char(3), day date, seen timestamp, "
          "updated timestamptz, at time, id uuid);"
          "INSERT INTO visits VALUES "
          "(61, 4, 9007199254740993, 7, 12.50, 1.125, 71.5, 0.1, true, 'north', 'f', 'a,b', 'x', "
          "'2024-01-31', '2024-01-31 10:15:00', '2024-01-31 10:15:00+02', '10:15', "
          "'00000000-0000-0000-0000-000000000001'),"
          "(48, 2, -5, 9, 3.00, 0.5, 0.30000000000000004, 2.5, false, 'south', 'm', 'say \"no\"', "
          "'yy', '2023-12-24', '2023-12-24 23:59:59', '2023-12-24 23:59:59Z', '23:59:59', "
          "'00000000-0000-0000-0000-000000000002'),"
          "(73, 2, 0, 7, 0.25, 3, 1e300, -7, false, 'south', 'f', 'ä', 'x', '2024-02-29', "
          "'2024-02-29 00:00:00', '2024-02-29 00:00:00Z', '00:00', "
          "'00000000-0000-0000-0000-000000000003'),"
          "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "
          "NULL, "
          "NULL, NULL, NULL);"
          "CREATE SCHEMA \"Ward 7\";"
          "CREATE VIEW \"Ward 7\".\"vis.its\" AS SELECT * FROM visits ORDER BY n"))
    return;
  assert_same_as_csv ("visits", "SELECT * FROM visits");
  assert_same_as_csv ("public.visits", "SELECT * FROM visits ORDER BY age DESC");
  assert_same_as_csv ("Ward 7.\"vis.its\"", "SELECT * FROM visits");
}

static void
test_missing (void)
{
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (!postgres_server_need (&server, "CREATE TABLE gaps (x text, y integer);"
                                      "INSERT INTO gaps VALUES ('', 1), (NULL, 2), ('NULL', NULL)"))
    return;
  source = source_rows_open_postgres (server.connection, "gaps");
  rows = source_rows_read (source, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_ptr_array_index (rows, 0), ==, "NULL|");
  g_assert_cmpstr (g_ptr_array_index (rows, 1), ==, "|1");
  g_assert_cmpstr (g_ptr_array_index (rows, 2), ==, "|2");
}

static gboolean
add_rows (GenesisTable *chunk, gpointer user_data, GError **error)
{
  *(guint64 *)user_data += genesis_table_get_n_rows (chunk);
  return TRUE;
}

static void
test_chunks (void)
{
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GenesisSource) none = NULL;
  g_autoptr (GenesisField) field = genesis_field_new_integer ("i", 0, 1, 70000);
  g_autoptr (GenesisSchema) schema = genesis_schema_new (&field, 1, NULL);
  g_autoptr (GError) error = NULL;
  guint64 n_rows = 0;

  if (!postgres_server_need (&server,
                             "CREATE VIEW many AS SELECT i FROM generate_series (1, 70000) i;"
                             "CREATE VIEW none AS SELECT 1 AS i WHERE false"))
    return;
  source = source_rows_open_postgres (server.connection, "many");
  none = source_rows_open_postgres (server.connection, "none");
  g_assert_true (genesis_source_foreach_chunk (source, schema, add_rows, &n_rows, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 70000);
  g_assert_cmpint (genesis_source_count_rows (none, schema, NULL, &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_names (void)
{
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GenesisSource) upper = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (!postgres_server_need (&server,
                             "CREATE TABLE \"a\"\"; DROP TABLE b; --\" (\"c\"\"d\" integer);"
                             "INSERT INTO \"a\"\"; DROP TABLE b; --\" VALUES (1)"))
    return;
  source = source_rows_open_postgres (server.connection, "\"a\"\"; DROP TABLE b; --\"");
  rows = source_rows_read (source, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  upper = source_rows_open_postgres (server.connection, "GAPS");
  source_rows_assert_refused (upper, GENESIS_ERROR_NOT_FOUND, "exactly as psql's");
}

static void
test_bad_names (void)
{
  static const char *const names[] = { "", ".", "a.", ".a", "a.b.c", "\"a", "a\"b", "\"a\"b" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (genesis_source_new_for_postgres (NULL, names[i], &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
    }
}

static void
test_types (void)
{
  static const char *const types[] = { "bytea", "json", "jsonb",     "integer[]", "interval",
                                       "money", "xml",  "int4range", "point",     "tsvector" };

  if (!postgres_server_need (&server, "CREATE TYPE pair AS (a integer, b integer)"))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("DROP TABLE IF EXISTS odd; CREATE TABLE odd (x integer, scan %s)",
                           types[i]);
      g_autoptr (GenesisSource) source = source_rows_open_postgres (server.connection, "odd");

      postgres_server_run (&server, sql);
      source_rows_assert_refused (source, GENESIS_ERROR_INVALID_DATA, "column 'scan': type ");
    }
}

static void
test_excluded (void)
{
  static const char json[] = "{\"format\": \"genesis-schema/1\", \"columns\": [{\"name\": \"x\", "
                             "\"type\": \"integer\", \"min\": 0, \"max\": 9}], \"excluded\": "
                             "[\"scan\", \"secret\"]}";
  g_autofree char *connection = NULL;
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  if (!postgres_server_need (&server, "CREATE TABLE partly (x integer, scan bytea, secret text);"
                                      "INSERT INTO partly VALUES (1, '\\x00', 'a'), (2, NULL, 'b');"
                                      "CREATE ROLE half LOGIN; GRANT SELECT (x) ON partly TO half"))
    return;
  connection = postgres_server_write_connection (&server, "half", "");
  source = source_rows_open_postgres (connection, "partly");
  schema = genesis_schema_new_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpint (genesis_source_count_rows (source, schema, NULL, &error), ==, 2);
  g_assert_no_error (error);
}

static void
test_rights (void)
{
  g_autofree char *connection = NULL;
  g_autoptr (GenesisSource) view = NULL;
  g_autoptr (GenesisSource) table = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (!postgres_server_need (&server, "CREATE TABLE patients (name text, age integer);"
                                      "INSERT INTO patients VALUES ('a', 1), ('b', 2);"
                                      "CREATE VIEW ages AS SELECT age FROM patients;"
                                      "CREATE ROLE reader LOGIN; GRANT SELECT ON ages TO reader"))
    return;
  connection = postgres_server_write_connection (&server, "reader", "password=hushhush\n");
  view = source_rows_open_postgres (connection, "ages");
  rows = source_rows_read (view, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  table = source_rows_open_postgres (connection, "patients");
  source_rows_assert_refused (table, GENESIS_ERROR_REFUSED, "GRANT SELECT");
}

/* Nothing that the server says about a value is repeated. */
static void
test_no_values (void)
{
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (!postgres_server_need (&server,
                             "CREATE TABLE names (x text); INSERT INTO names VALUES ('Florence');"
                             "CREATE VIEW broken AS SELECT x::integer AS x FROM names"))
    return;
  source = source_rows_open_postgres (server.connection, "broken");
  rows = source_rows_read (source, NULL, &error);
  g_assert_null (rows);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_null (strstr (error->message, "Florence"));
  g_assert_nonnull (strstr (error->message, "22P02"));
}

static void
test_description (void)
{
  g_autoptr (GenesisSource) source =
      source_rows_open_postgres ("/home/steward/clinic.conf", "public.visits");
  g_autofree char *description = genesis_source_dup_description (source);

  g_assert_cmpstr (genesis_source_get_name (source), ==, "postgres:public.visits");
  g_assert_cmpstr (description, ==, "table 'public.visits' of a PostgreSQL database");
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  postgres_server_start (&server);
  g_test_add_func ("/postgres/every-type/same-schema-and-rows-as-csv", test_same_as_csv);
  g_test_add_func ("/postgres/null-and-empty/are-missing", test_missing);
  g_test_add_func ("/postgres/chunks/more-rows-than-one", test_chunks);
  g_test_add_func ("/postgres/names/are-quoted", test_names);
  g_test_add_func ("/postgres/names/refused", test_bad_names);
  g_test_add_func ("/postgres/types/refused-naming-the-column", test_types);
  g_test_add_func ("/postgres/types/excluded-columns-are-not-asked-for", test_excluded);
  g_test_add_func ("/postgres/rights/select-is-enough-and-needed", test_rights);
  g_test_add_func ("/postgres/errors/tell-no-value", test_no_values);
  g_test_add_func ("/postgres/description/has-no-secret", test_description);
  code = g_test_run ();
  postgres_server_stop (&server);
  return code;
}
