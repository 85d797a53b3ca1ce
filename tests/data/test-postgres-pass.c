/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "postgres-fixture.h"
#include "source-rows.h"

static PostgresServer server;

/* A pass sees one state, also while somebody writes; the next one notices. */
static void
test_snapshot (void)
{
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GenesisRecords) records = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  if (!postgres_server_need (&server,
                             "CREATE TABLE living AS SELECT i FROM generate_series (1, 2000) i"))
    return;
  source = source_rows_open_postgres (server.connection, "living");
  records = genesis_source_open (source, NULL, NULL, &error);
  g_assert_no_error (error);
  postgres_server_run (&server, "DELETE FROM living WHERE i > 1000; INSERT INTO living VALUES (0)");
  while (genesis_records_next (records, &error) > 0)
    n++;
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 2000);
  source_rows_assert_refused (source, GENESIS_ERROR_INVALID_DATA,
                              "changed since the run first read it");
}

static void
test_moved_rows (void)
{
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  if (!postgres_server_need (&server,
                             "CREATE TABLE moving AS SELECT i FROM generate_series (1, 500) i"))
    return;
  source = source_rows_open_postgres (server.connection, "moving");
  for (guint i = 0; i < 2; i++)
    {
      g_clear_pointer (&rows, g_ptr_array_unref);
      rows = source_rows_read (source, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (rows->len, ==, 500);
      postgres_server_run (&server, "UPDATE moving SET i = i WHERE i < 100");
    }
}

static void
test_read_only (void)
{
  g_autoptr (GenesisSource) source = NULL;

  if (!postgres_server_need (&server,
                             "CREATE TABLE counted (x integer);"
                             "CREATE FUNCTION count_up () RETURNS integer LANGUAGE sql VOLATILE AS "
                             "'INSERT INTO counted VALUES (1) RETURNING x';"
                             "CREATE VIEW sly AS SELECT count_up () AS x"))
    return;
  source = source_rows_open_postgres (server.connection, "sly");
  source_rows_assert_refused (source, GENESIS_ERROR_IO, "SQLSTATE 25006");
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

  if (!postgres_server_need (&server, "CREATE VIEW slow AS SELECT pg_sleep (600)::text AS x"))
    return;
  source = source_rows_open_postgres (server.connection, "slow");
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

  if (!postgres_server_need (&server, "CREATE VIEW slower AS SELECT pg_sleep (600)::text AS x"))
    return;
  source = source_rows_open_postgres (server.connection, "slower");
  thread = g_thread_new ("terminate", terminate_when_it_runs, NULL);
  source_rows_assert_refused (source, GENESIS_ERROR_IO, "PostgreSQL");
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

  if (!postgres_server_need (&server,
                             "CREATE TABLE doomed AS SELECT i FROM generate_series (1, 100000) i"))
    return;
  source = source_rows_open_postgres (server.connection, "doomed");
  records = genesis_source_open (source, NULL, NULL, &error);
  g_assert_no_error (error);
  postgres_server_kill (&server);
  while ((got = genesis_records_next (records, &error)) > 0)
    ;
  g_assert_cmpint (got, ==, -1);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
  g_test_message ("%s", error->message);
  source_rows_assert_refused (source, GENESIS_ERROR_IO, "check the connection with psql");
}

int
main (int argc, char **argv)
{
  int code;

  g_test_init (&argc, &argv, NULL);
  postgres_server_start (&server);
  g_test_add_func ("/postgres/pass/sees-one-state-and-the-next-notices", test_snapshot);
  g_test_add_func ("/postgres/pass/order-of-rows-is-no-change", test_moved_rows);
  g_test_add_func ("/postgres/pass/writes-nothing", test_read_only);
  g_test_add_func ("/postgres/pass/cancelled-inside-a-query", test_cancel);
  g_test_add_func ("/postgres/server/ends-the-connection", test_terminated);
  g_test_add_func ("/postgres/server/gone-in-a-pass", test_server_gone);
  code = g_test_run ();
  postgres_server_stop (&server);
  return code;
}
