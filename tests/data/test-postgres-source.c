/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "postgres-fixture.h"
#include "source-rows.h"

static PostgresServer server;
static const char *absent;

static GenesisSource *
open_as (const char *connection, const char *table)
{
  g_autoptr (GError) error = NULL;
  GenesisSource *source = genesis_source_new_for_postgres (connection, table, &error);

  g_assert_no_error (error);
  return source;
}

static void
assert_refused (GenesisSource *source, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = source_rows_read (source, NULL, &error);

  g_assert_null (rows);
  g_assert_error (error, GENESIS_ERROR, code);
  if (strstr (error->message, part) == NULL)
    g_error ("'%s' is not in '%s'", part, error->message);
}

/* Every test begins with this, and ends when it says FALSE. */
static gboolean
need_server (const char *sql)
{
  if (absent != NULL)
    {
      g_test_skip (absent);
      return FALSE;
    }
  postgres_server_run (&server, sql);
  return TRUE;
}

static void
assert_same_as_csv (const char *table, const char *query)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "XXXXXX.csv", NULL);
  g_autoptr (GenesisSource) csv = NULL;
  g_autoptr (GenesisSource) source = open_as (server.connection, table);
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
  if (!need_server (
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

  if (!need_server ("CREATE TABLE gaps (x text, y integer);"
                    "INSERT INTO gaps VALUES ('', 1), (NULL, 2), ('NULL', NULL)"))
    return;
  source = open_as (server.connection, "gaps");
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

  if (!need_server ("CREATE VIEW many AS SELECT i FROM generate_series (1, 70000) i;"
                    "CREATE VIEW none AS SELECT 1 AS i WHERE false"))
    return;
  source = open_as (server.connection, "many");
  none = open_as (server.connection, "none");
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

  if (!need_server ("CREATE TABLE \"a\"\"; DROP TABLE b; --\" (\"c\"\"d\" integer);"
                    "INSERT INTO \"a\"\"; DROP TABLE b; --\" VALUES (1)"))
    return;
  source = open_as (server.connection, "\"a\"\"; DROP TABLE b; --\"");
  rows = source_rows_read (source, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
  upper = open_as (server.connection, "GAPS");
  assert_refused (upper, GENESIS_ERROR_NOT_FOUND, "exactly as psql's");
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

  if (!need_server ("CREATE TYPE pair AS (a integer, b integer)"))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *sql =
          g_strdup_printf ("DROP TABLE IF EXISTS odd; CREATE TABLE odd (x integer, scan %s)",
                           types[i]);
      g_autoptr (GenesisSource) source = open_as (server.connection, "odd");

      postgres_server_run (&server, sql);
      assert_refused (source, GENESIS_ERROR_INVALID_DATA, "column 'scan': type ");
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

  if (!need_server ("CREATE TABLE partly (x integer, scan bytea, secret text);"
                    "INSERT INTO partly VALUES (1, '\\x00', 'a'), (2, NULL, 'b');"
                    "CREATE ROLE half LOGIN; GRANT SELECT (x) ON partly TO half"))
    return;
  connection = postgres_server_write_connection (&server, "half", "");
  source = open_as (connection, "partly");
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

  if (!need_server ("CREATE TABLE patients (name text, age integer);"
                    "INSERT INTO patients VALUES ('a', 1), ('b', 2);"
                    "CREATE VIEW ages AS SELECT age FROM patients;"
                    "CREATE ROLE reader LOGIN; GRANT SELECT ON ages TO reader"))
    return;
  connection = postgres_server_write_connection (&server, "reader", "password=hushhush\n");
  view = open_as (connection, "ages");
  rows = source_rows_read (view, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 2);
  table = open_as (connection, "patients");
  assert_refused (table, GENESIS_ERROR_REFUSED, "GRANT SELECT");
}

/* A pass sees one state, also while somebody writes; the next one notices. */
static void
test_snapshot (void)
{
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GenesisRecords) records = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (!need_server ("CREATE TABLE living AS SELECT i FROM generate_series (1, 2000) i"))
    return;
  source = open_as (server.connection, "living");
  records = genesis_source_open (source, NULL, NULL, &error);
  g_assert_no_error (error);
  postgres_server_run (&server, "DELETE FROM living WHERE i > 1000; INSERT INTO living VALUES (0)");
  while (genesis_records_next (records, &error) > 0)
    n++;
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2000);
  assert_refused (source, GENESIS_ERROR_INVALID_DATA, "changed since the run first read it");
}

static void
test_moved_rows (void)
{
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (!need_server ("CREATE TABLE moving AS SELECT i FROM generate_series (1, 500) i"))
    return;
  source = open_as (server.connection, "moving");
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&rows, g_ptr_array_unref);
      rows = source_rows_read (source, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (rows->len, ==, 500);
      postgres_server_run (&server, "UPDATE moving SET i = i WHERE i < 100");
    }
}

/* Nothing that the server says about a value is repeated. */
static void
test_no_values (void)
{
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (!need_server ("CREATE TABLE names (x text); INSERT INTO names VALUES ('Florence');"
                    "CREATE VIEW broken AS SELECT x::integer AS x FROM names"))
    return;
  source = open_as (server.connection, "broken");
  rows = source_rows_read (source, NULL, &error);
  g_assert_null (rows);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_null (strstr (error->message, "Florence"));
  g_assert_nonnull (strstr (error->message, "22P02"));
}

static void
test_read_only (void)
{
  g_autoptr (GenesisSource) source = NULL;

  if (!need_server ("CREATE TABLE counted (x integer);"
                    "CREATE FUNCTION count_up () RETURNS integer LANGUAGE sql VOLATILE AS "
                    "'INSERT INTO counted VALUES (1) RETURNING x';"
                    "CREATE VIEW sly AS SELECT count_up () AS x"))
    return;
  source = open_as (server.connection, "sly");
  assert_refused (source, GENESIS_ERROR_IO, "SQLSTATE 25006");
}

/* Waits, by asking the server, until a query that contains this text runs. */
static void
wait_for_query (const char *text)
{
  g_autofree char *question =
      g_strdup_printf ("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND pid <> "
                       "pg_backend_pid () AND query LIKE '%s%%'",
                       text);
  PGconn *pg = postgres_server_connect (&server, "owner");
  gboolean runs = FALSE;

  while (!runs)
    {
      PGresult *result = PQexec (pg, question);

      g_assert_cmpint (PQntuples (result), ==, 1);
      runs = strcmp (PQgetvalue (result, 0, 0), "0") != 0;
      PQclear (result);
    }
  PQfinish (pg);
}

static gpointer
cancel_when_it_runs (gpointer cancellable)
{
  wait_for_query ("FETCH");
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancel (void)
{
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  if (!need_server ("CREATE VIEW slow AS SELECT pg_sleep (600)::text AS x"))
    return;
  source = open_as (server.connection, "slow");
  thread = g_thread_new ("cancel", cancel_when_it_runs, cancellable);
  rows = source_rows_read (source, cancellable, &error);
  g_thread_join (thread);
  g_assert_null (rows);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gpointer
terminate_when_it_runs (gpointer unused)
{
  wait_for_query ("FETCH");
  postgres_server_run (&server,
                       "SELECT pg_terminate_backend (pid) FROM pg_stat_activity WHERE query "
                       "LIKE 'FETCH%' AND pid <> pg_backend_pid ()");
  return NULL;
}

static void
test_terminated (void)
{
  g_autoptr (GenesisSource) source = NULL;
  GThread *thread;

  if (!need_server ("CREATE VIEW slower AS SELECT pg_sleep (600)::text AS x"))
    return;
  source = open_as (server.connection, "slower");
  thread = g_thread_new ("terminate", terminate_when_it_runs, NULL);
  assert_refused (source, GENESIS_ERROR_IO, "PostgreSQL");
  g_thread_join (thread);
}

/* The last test: there is no server behind it. */
static void
test_server_gone (void)
{
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GenesisRecords) records = NULL;
  g_autoptr (GError) error = NULL;
  int got;

  if (!need_server ("CREATE TABLE doomed AS SELECT i FROM generate_series (1, 100000) i"))
    return;
  source = open_as (server.connection, "doomed");
  records = genesis_source_open (source, NULL, NULL, &error);
  g_assert_no_error (error);
  postgres_server_kill (&server);
  while ((got = genesis_records_next (records, &error)) > 0)
    ;
  g_assert_cmpint (got, ==, -1);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
  g_test_message ("%s", error->message);
  assert_refused (source, GENESIS_ERROR_IO, "check the connection with psql");
}

static void
test_description (void)
{
  g_autoptr (GenesisSource) source = open_as ("/home/steward/clinic.conf", "public.visits");
  g_autofree char *description = genesis_source_dup_description (source);

  g_assert_cmpstr (genesis_source_get_name (source), ==, "postgres:public.visits");
  g_assert_cmpstr (description, ==, "table 'public.visits' of a PostgreSQL database");
}

/* -- connection files ------------------------------------------------------- */

static const struct
{
  const char *text;
  int mode, code;
  const char *part;
} files[] = {
  { "password=hushhush\n", 0644, GENESIS_ERROR_REFUSED, "chmod 600" },
  { "password=hushhush\n", 0660, GENESIS_ERROR_REFUSED, "open to others" },
  { "[a]\nuser=x\n[b]\npassword=hushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "line 3" },
  { "user=x\n[a]\npassword=hushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "line 1" },
  { "[a]\nhushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "line 2" },
  { "[a]\npasswort=hushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "line 2: no setting of libpq" },
  { "hushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "no connection string" },
  { "passwort=hushhush\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "no connection string" },
  { "postgresql://u:hushhush@[x\n", 0600, GENESIS_ERROR_INVALID_CONFIG, "no connection string" },
  { "host=/nowhere password=hushhush\n", 0600, GENESIS_ERROR_IO, "check the connection" },
  { "[a]\nhost=/nowhere\npassword=hushhush\n", 0600, GENESIS_ERROR_IO, "check the connection" },
};

static void
test_files (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (g_get_tmp_dir (), "genesis-XXXXXX", NULL);
      g_autoptr (GenesisSource) source = NULL;
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (GError) error = NULL;
      int fd = g_mkstemp (path);

      g_assert_cmpint (fd, >=, 0);
      g_close (fd, NULL);
      g_file_set_contents (path, files[i].text, -1, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_chmod (path, files[i].mode), ==, 0);
      source = open_as (path, "t");
      rows = source_rows_read (source, NULL, &error);
      g_unlink (path);
      g_assert_null (rows);
      g_assert_error (error, GENESIS_ERROR, files[i].code);
      g_assert_null (strstr (error->message, "hushhush"));
      if (strstr (error->message, files[i].part) == NULL)
        g_error ("'%s' is not in '%s'", files[i].part, error->message);
    }
}

static void
test_absent_file (void)
{
  g_autoptr (GenesisSource) source = open_as ("/nowhere/clinic.conf", "t");

  assert_refused (source, GENESIS_ERROR_NOT_FOUND, "'/nowhere/clinic.conf'");
}

static void
test_file_forms (void)
{
  const char *const forms[] = {
    "[clinic]\n# who\nhost = %s\nuser=owner\ndbname=postgres\n",
    "host=%s user=owner dbname=postgres",
    "  # a comment\nhost='%s'\n\nuser=owner\ndbname=postgres client_encoding=LATIN1\n",
    "postgresql://owner@/postgres?host=%s\n",
  };

  if (!need_server ("CREATE TABLE forms (x text); INSERT INTO forms VALUES ('ä')"))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_build_filename (server.folder, "form.conf", NULL);
      g_auto (GStrv) halves = g_strsplit (forms[i], "%s", 2);
      g_autofree char *text = g_strjoinv (server.folder, halves);
      g_autoptr (GenesisSource) source = open_as (path, "forms");
      g_autoptr (GPtrArray) rows = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", text);
      g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
      g_assert_no_error (error);
      rows = source_rows_read (source, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (g_ptr_array_index (rows, 0), ==, "ä");
    }
}

static void
test_environment (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GenesisSource) source = open_as (NULL, "pg_catalog.pg_namespace");

      assert_refused (source, GENESIS_ERROR_IO, "/nowhere-at-all");
      return;
    }
  g_setenv ("PGHOST", "/nowhere-at-all", TRUE);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_unsetenv ("PGHOST");
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  if (!g_test_subprocess ())
    absent = postgres_server_start (&server);
  g_test_add_func ("/postgres/every-type/same-schema-and-rows-as-csv", test_same_as_csv);
  g_test_add_func ("/postgres/null-and-empty/are-missing", test_missing);
  g_test_add_func ("/postgres/chunks/more-rows-than-one", test_chunks);
  g_test_add_func ("/postgres/names/are-quoted", test_names);
  g_test_add_func ("/postgres/names/refused", test_bad_names);
  g_test_add_func ("/postgres/types/refused-naming-the-column", test_types);
  g_test_add_func ("/postgres/types/excluded-columns-are-not-asked-for", test_excluded);
  g_test_add_func ("/postgres/rights/select-is-enough-and-needed", test_rights);
  g_test_add_func ("/postgres/pass/sees-one-state-and-the-next-notices", test_snapshot);
  g_test_add_func ("/postgres/pass/order-of-rows-is-no-change", test_moved_rows);
  g_test_add_func ("/postgres/pass/writes-nothing", test_read_only);
  g_test_add_func ("/postgres/pass/cancelled-inside-a-query", test_cancel);
  g_test_add_func ("/postgres/errors/tell-no-value", test_no_values);
  g_test_add_func ("/postgres/description/has-no-secret", test_description);
  g_test_add_func ("/postgres/connection-file/every-form", test_file_forms);
  g_test_add_func ("/postgres/connection-file/refused-without-telling-it", test_files);
  g_test_add_func ("/postgres/connection-file/absent", test_absent_file);
  g_test_add_func ("/postgres/environment/read-by-libpq", test_environment);
  g_test_add_func ("/postgres/server/ends-the-connection", test_terminated);
  g_test_add_func ("/postgres/server/gone-in-a-pass", test_server_gone);
  code = g_test_run ();
  postgres_server_stop (&server);
  return code;
}
