/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "pipeline-demo.h"

#ifdef GENESIS_HAVE_SQLITE
#include <sqlite3.h>
#endif
#ifdef GENESIS_HAVE_POSTGRES
#include "../data/postgres-fixture.h"
#endif

#define SOUTH "[site:south]\npath=south.csv\nmin_samples=1\n"

static void
assert_ends (Fixture *fixture, const char *words, int code, const char *part)
{
  g_auto (Outcome) outcome = { 0 };

  fixture_run (fixture, &outcome, words);
  g_test_message ("%s", outcome.err);
  g_assert_null (strstr (outcome.err, "hushhush"));
  g_assert_cmpint (outcome.code, ==, code);
  g_assert_nonnull (strstr (outcome.err, part));
}

#if defined(GENESIS_HAVE_SQLITE) || defined(GENESIS_HAVE_POSTGRES)
static char *
run_for_digest (Fixture *fixture, const char *words)
{
  g_autoptr (JsonNode) node = NULL;

  return demo_dup_member (demo_run (fixture, words, &node), "model_digest");
}

/* infer, its draft, check and summary of the rows in a database say what they say of the file. */
static void
assert_same_as_file (Fixture *fixture, const char *keyfile)
{
  g_autofree char *infer =
      g_strdup_printf ("schema infer --from %s --site north --out db.json", keyfile);
  g_autofree char *draft =
      g_strdup_printf ("schema infer --from %s --site north --draft db.draft", keyfile);
  g_autofree char *check = g_strdup_printf ("schema check s.json --from %s --site north", keyfile);
  g_autofree char *summary =
      g_strdup_printf ("data summary --json --from %s --site north", keyfile);
  g_autofree char *of_file = NULL;
  g_autofree char *of_database = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_auto (Outcome) outcome = { 0 };
  JsonObject *table;

  assert_ends (fixture, "schema infer north.csv --out s.json", 0, "");
  assert_ends (fixture, infer, 0, "");
  of_file = fixture_read (fixture, "s.json");
  of_database = fixture_read (fixture, "db.json");
  g_assert_cmpstr (of_database, ==, of_file);
  assert_ends (fixture, draft, 0, "");
  assert_ends (fixture, "schema infer north.csv --draft file.draft --site north", 0, "");
  g_clear_pointer (&of_file, g_free);
  g_clear_pointer (&of_database, g_free);
  of_file = fixture_read (fixture, "file.draft");
  of_database = fixture_read (fixture, "db.draft");
  g_assert_cmpstr (of_database, ==, of_file);
  assert_ends (fixture, check, 0, "");
  fixture_run (fixture, &outcome, summary);
  g_assert_cmpint (outcome.code, ==, 0);
  node = outcome_json (&outcome);
  table = json_array_get_object_element (json_object_get_array_member (json_node_get_object (node),
                                                                       "tables"),
                                         0);
  g_assert_cmpstr (json_object_get_string_member (table, "table"), ==, "north");
  g_assert_cmpint (json_object_get_int_member (table, "rows"), ==, 200);
  g_assert_false (json_object_has_member (table, "dialect"));
}
#endif

#ifdef GENESIS_HAVE_SQLITE
static void
run_sql (Fixture *fixture, const char *sql)
{
  g_autofree char *path = fixture_path (fixture, "clinic.db");
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* INSERT of the lines of a CSV file of the demo, which need no quotes but those of texts. */
static char *
compose_inserts (Fixture *fixture, const char *name)
{
  g_autofree char *text = fixture_read (fixture, name);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GString *sql = g_string_new (NULL);

  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      g_string_append_printf (sql, "INSERT INTO visits VALUES (%s, '%s', '%s');", cells[0],
                              cells[1], cells[2]);
    }
  return g_string_free (sql, FALSE);
}

/* demo.ini reads files; db.ini reads the same rows of one site from a database. */
static void
write_sqlite_demo (Fixture *fixture)
{
  g_autofree char *inserts = NULL;

  demo_write (fixture, 200, "");
  inserts = compose_inserts (fixture, "north.csv");
  run_sql (fixture, "CREATE TABLE visits (age INTEGER, cost TEXT, sex TEXT)");
  run_sql (fixture, inserts);
  fixture_write (fixture, "db.ini",
                 DEMO_KEYS "[site:north]\nsource=sqlite\npath=clinic.db\ntable=visits\n"
                           "min_samples=1\n" SOUTH DEMO_OUTPUTS);
}

static void
test_sqlite (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *of_files = NULL;
  g_autofree char *of_database = NULL;
  g_autofree char *again = NULL;

  write_sqlite_demo (fixture);
  of_files = run_for_digest (fixture, "run --json --fresh demo.ini");
  assert_ends (fixture, "config check db.ini", 0, "");
  of_database = run_for_digest (fixture, "run --json --fresh db.ini");
  again = run_for_digest (fixture, "run --json db.ini");
  g_assert_cmpstr (of_database, ==, of_files);
  g_assert_cmpstr (again, ==, of_files);
}

static void
test_schema_check (Fixture *fixture, gconstpointer unused)
{
  write_sqlite_demo (fixture);
  assert_ends (fixture, "schema infer north.csv --out s.json", 0, "");
  fixture_write (fixture, "s.ini",
                 DEMO_KEYS "[schema]\nfile=s.json\n[site:north]\nsource=sqlite\npath=clinic.db\n"
                           "table=young\n");
  run_sql (fixture, "CREATE VIEW young AS SELECT age, sex FROM visits");
  assert_ends (fixture, "config check s.ini", 65, "clinic.db:young' has no column 'cost'");
}

static void
test_infer_from (Fixture *fixture, gconstpointer unused)
{
  write_sqlite_demo (fixture);
  assert_same_as_file (fixture, "db.ini");
}

static void
test_absent_table (Fixture *fixture, gconstpointer unused)
{
  write_sqlite_demo (fixture);
  assert_ends (fixture, "run db.ini --set site:north.table=visit", 66, "did you mean 'visits'?");
  assert_ends (fixture, "run db.ini --set site:north.path=none.db", 66, "none.db");
}

static void
test_same_rows_twice (Fixture *fixture, gconstpointer unused)
{
  write_sqlite_demo (fixture);
  fixture_write (fixture, "two.ini",
                 DEMO_KEYS "[site:a]\nsource=sqlite\npath=clinic.db\ntable=visits\n"
                           "[site:b]\nsource=sqlite\npath=./clinic.db\ntable=visits\n");
  assert_ends (fixture, "config check two.ini", 78, "holds the rows of site 'a' too");
  run_sql (fixture, "CREATE TABLE others AS SELECT * FROM visits");
  assert_ends (fixture, "config check two.ini --set site:b.table=others", 0, "");
}
#endif

/* -- keys ------------------------------------------------------------------- */

#define SITE "[site:north]\n"

typedef struct
{
  const char *text, *message;
} Refusal;

static const Refusal refusals[] = {
  { SITE "path=t\nsource=sqlite\n", "group [site:north]: no table; name the site's table or " },
  { SITE "path=t\nsource=sqlite\ntable=t\ndelimiter=pipe\n",
    "group [site:north]: delimiter: means nothing with source=sqlite; take the "
    "line out" },
  { SITE "path=t\nsource=sqlite\ntable=t\nconnection=c\n",
    "group [site:north]: connection: means nothing with source=sqlite" },
  { SITE "path=t\ntable=t\n", "group [site:north]: table: means nothing with source=csv" },
  { SITE "source=sqlite\ntable=t\n",
    "group [site:north]: no path; name the site's database file with path=" },
  { SITE "source=postgres\n",
    "group [site:north]: no table; name the site's table or view with table=" },
  { SITE "path=t\nsource=postgres\ntable=t\n",
    "group [site:north]: path: means nothing with source=postgres" },
#ifdef GENESIS_HAVE_POSTGRES
  { SITE "source=postgres\ntable=a.b.c\n",
    "group [site:north]: table 'a.b.c' is no name of a table" },
#else
  { SITE "source=postgres\ntable=t\n",
    "group [site:north]: this build cannot read PostgreSQL; install libpq-dev "
    "and "
    "build with -Dpostgres=enabled" },
#endif
#ifndef GENESIS_HAVE_SQLITE
  { SITE "path=t\nsource=sqlite\ntable=t\n",
    "group [site:north]: this build cannot read SQLite; install libsqlite3-dev "
    "and "
    "build with -Dsqlite=enabled" },
#endif
  { SITE "source=postgres\ntable=t\npassword=hushhush\n",
    "group [site:north]: 'password' is not told here" },
  { SITE "source=postgres\ntable=t\nconnection=host=db password = hushhush\n",
    "group [site:north]: connection: this is a connection string, which may "
    "hold" },
  { SITE "source=postgres\ntable=t\nconnection=postgresql://u:hushhush@db/x\n",
    "group [site:north]: connection: this is a connection string, which may "
    "hold" },
};

static void
test_refusals (Fixture *fixture, gconstpointer unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *text = g_strconcat (DEMO_KEYS, refusals[i].text, NULL);

      fixture_write (fixture, "demo.ini", text);
      assert_ends (fixture, "config check demo.ini", 78, refusals[i].message);
    }
}

static void
test_secrets (Fixture *fixture, gconstpointer unused)
{
  static const char *const words[] = {
    "run demo.ini --set site:north.password=hushhush",
    "config show demo.ini --set site:north.password=hushhush",
    "config show demo.ini --set site:north.connection=postgresql://u:hushhush@db/x",
    "run demo.ini --set site:north.connection=password=hushhush",
  };

  demo_write (fixture, 200, "");
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      fixture_run (fixture, &outcome, words[i]);
      g_assert_cmpint (outcome.code, ==, 78);
      g_assert_null (strstr (outcome.err, "hushhush"));
      g_assert_null (strstr (outcome.out, "hushhush"));
      g_assert_nonnull (strstr (outcome.err, "chmod 600"));
    }
}

#ifdef GENESIS_HAVE_POSTGRES
static void
test_postgres (Fixture *fixture, gconstpointer unused)
{
  PostgresServer server = { 0 };
  const char *absent = postgres_server_start (&server);
  g_autofree char *keys = NULL;
  g_autofree char *of_files = NULL;
  g_autofree char *of_database = NULL;

  if (absent != NULL)
    {
      g_test_skip (absent);
      return;
    }
  demo_write (fixture, 200, "");
  keys = g_strdup_printf (DEMO_KEYS "[site:north]\nsource=postgres\nconnection=%s\n"
                                    "table=public.visits\nmin_samples=1\n" SOUTH DEMO_OUTPUTS,
                          server.connection);
  fixture_write (fixture, "db.ini", keys);
  /* The rows of demo_write_table(), by the same sums. */
  postgres_server_run (
      &server, "CREATE TABLE visits AS SELECT 20 + i * 7 % 60 AS age, (i * 37 % 400 || '.' || lpad "
               "((i * 13 % 100)::text, 2, '0'))::numeric AS cost, CASE i % 2 WHEN 0 THEN 'm' ELSE "
               "'f' END AS sex FROM generate_series (0, 199) i");
  of_files = run_for_digest (fixture, "run --json --fresh demo.ini");
  of_database = run_for_digest (fixture, "run --json --fresh db.ini");
  g_assert_cmpstr (of_database, ==, of_files);
  assert_ends (fixture, "run --fresh db.ini --set site:north.table=nowhere", 66, "SQLSTATE 42P01");
  assert_same_as_file (fixture, "db.ini");
  postgres_server_kill (&server);
  assert_ends (fixture, "run --fresh db.ini", 74, "check the connection with psql");
  postgres_server_stop (&server);
}
#endif

#define add(path, function)                                                                        \
  g_test_add (path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#ifdef GENESIS_HAVE_SQLITE
  add ("/sources/sqlite/one-digest-with-the-files", test_sqlite);
  add ("/sources/sqlite/columns-checked-without-a-run", test_schema_check);
  add ("/sources/sqlite/inferred-checked-and-summarised-as-the-file", test_infer_from);
  add ("/sources/sqlite/absent-table-is-66", test_absent_table);
  add ("/sources/sqlite/same-rows-for-two-sites-refused", test_same_rows_twice);
#endif
#ifdef GENESIS_HAVE_POSTGRES
  add ("/sources/postgres/one-digest-and-74-when-gone", test_postgres);
#endif
  add ("/sources/keys/that-mean-nothing-are-refused", test_refusals);
  add ("/sources/secrets/refused-and-not-repeated", test_secrets);
  return g_test_run ();
}
