/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "source-rows.h"

typedef struct
{
  char *folder, *path;
} Place;

static void
set_up (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  place->folder = g_dir_make_tmp ("genesis-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "clinic.db", NULL);
}

static void
tear_down (Place *place, gconstpointer unused)
{
  g_autoptr (GDir) folder = g_dir_open (place->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (place->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

static sqlite3 *
open_writer (const Place *place)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (place->path, &db), ==, SQLITE_OK);
  return db;
}

static void
run (sqlite3 *db, const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
write_database (const Place *place, const char *sql)
{
  sqlite3 *db = open_writer (place);

  run (db, sql);
  sqlite3_close (db);
}

static GenesisSource *
open_table (const Place *place, const char *table)
{
  g_autoptr (GError) error = NULL;
  GenesisSource *source = genesis_source_new_for_sqlite (place->path, table, &error);

  g_assert_no_error (error);
  return source;
}

static const char every_type[] =
    "CREATE TABLE visits (age INTEGER, weight REAL, fee NUMERIC, sex TEXT, smoker TEXT, day TEXT, "
    "seen TEXT, mixed);"
    "INSERT INTO visits VALUES (61, 71.5, 12.25, 'f', 'no', '2024-01-31', '2024-01-31 10:15:00', "
    "1),"
    "(48, 80.0, 3, 'm', 'yes', '2024-02-01', '2024-02-01 08:00:30', 'one'),"
    "(NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
    "(73, 65.25, 0.5, 'f', 'no', '2023-12-24', '2023-12-24 23:59:59', 2.5);";

static const char every_type_as_csv[] = "age,weight,fee,sex,smoker,day,seen,mixed\n"
                                        "48,80.0,3,m,yes,2024-02-01,2024-02-01 08:00:30,one\n"
                                        "61,71.5,12.25,f,no,2024-01-31,2024-01-31 10:15:00,1\n"
                                        "73,65.25,0.5,f,no,2023-12-24,2023-12-24 23:59:59,2.5\n"
                                        ",,,,,,,\n";

static void
test_same_as_csv (Place *place, gconstpointer unused)
{
  g_autofree char *csv_path = g_build_filename (place->folder, "visits.csv", NULL);
  g_autoptr (GenesisSource) csv = genesis_source_new_for_csv (csv_path);
  g_autoptr (GenesisSource) table = NULL;
  g_autoptr (GenesisSource) view = NULL;
  g_autoptr (GError) error = NULL;

  write_database (place, every_type);
  write_database (place, "CREATE VIEW visits_of_all AS SELECT * FROM visits ORDER BY age DESC");
  g_file_set_contents (csv_path, every_type_as_csv, -1, &error);
  g_assert_no_error (error);
  table = open_table (place, "visits");
  view = open_table (place, "visits_of_all");
  source_rows_assert_equal (csv, table);
  source_rows_assert_equal (csv, view);
}

static gboolean
add_rows (GenesisTable *chunk, gpointer user_data, GError **error)
{
  *(guint64 *)user_data += genesis_table_get_n_rows (chunk);
  return TRUE;
}

static void
test_chunks (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) source = open_table (place, "n");
  g_autoptr (GenesisField) field = genesis_field_new_integer ("i", 0, 1, 70000);
  g_autoptr (GenesisSchema) schema = genesis_schema_new (&field, 1, NULL);
  g_autoptr (GError) error = NULL;
  guint64 n_rows = 0;

  write_database (place,
                  "CREATE TABLE n AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                  "FROM c WHERE i < 70000) SELECT i FROM c");
  genesis_source_foreach_chunk (source, schema, add_rows, &n_rows, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows, ==, 70000);
}

static void
test_reals (Place *place, gconstpointer unused)
{
  static const char *const expected[] = { "-0.5", "0.1",        "0.30000000000000004",
                                          "63.0", "1234567.89", "9007199254740992.0" };
  g_autoptr (GenesisSource) source = open_table (place, "r");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  write_database (place, "CREATE TABLE r (x REAL); INSERT INTO r VALUES (63), (0.1), (0.1 + 0.2), "
                         "(-0.5), (1234567.89), (9007199254740992.0)");
  rows = source_rows_read (source, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < rows->len; i++)
    g_assert_true (g_ptr_array_find_with_equal_func (rows, expected[i], g_str_equal, NULL));
}

static void
test_names (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) source = open_table (place, "a\"; DROP TABLE kept; --");
  g_autoptr (GenesisSource) kept = open_table (place, "kept");
  g_autoptr (GenesisRecords) records = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  write_database (place, "CREATE TABLE kept (x); INSERT INTO kept VALUES (1);"
                         "CREATE TABLE \"a\"\"; DROP TABLE kept; --\" (\"b\"\"c d\", \"select\");"
                         "INSERT INTO \"a\"\"; DROP TABLE kept; --\" VALUES (1, 'x')");
  records = genesis_source_open (source, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (genesis_records_get_columns (records)[0], ==, "b\"c d");
  g_assert_cmpstr (genesis_records_get_columns (records)[1], ==, "select");
  g_assert_cmpint (genesis_records_next (records, &error), ==, 1);
  g_assert_cmpint (genesis_records_next (records, &error), ==, 0);
  rows = source_rows_read (kept, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, 1);
}

static void
test_blob (Place *place, gconstpointer unused)
{
  static const char json[] = "{\"format\": \"genesis-schema/1\", \"columns\": [{\"name\": \"x\", "
                             "\"type\": \"integer\", \"min\": 0, \"max\": 9}], \"excluded\": "
                             "[\"scan\"]}";
  g_autoptr (GenesisSource) source = open_table (place, "t");
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  write_database (place, "CREATE TABLE t (x, scan); INSERT INTO t VALUES (1, NULL), (2, x'00ff')");
  source_rows_assert_refused (source, GENESIS_ERROR_INVALID_DATA, "row 2, column 'scan': a BLOB");
  schema = genesis_schema_new_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_cmpint (genesis_source_count_rows (source, schema, NULL, &error), ==, 2);
  g_assert_no_error (error);
}

static void
test_bad_text (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) invalid = open_table (place, "t");
  g_autoptr (GenesisSource) with_nul = open_table (place, "u");

  write_database (place, "CREATE TABLE t (x); INSERT INTO t VALUES (CAST (x'41ff' AS TEXT));"
                         "CREATE TABLE u (x); INSERT INTO u VALUES (CAST (x'410042' AS TEXT))");
  source_rows_assert_refused (invalid, GENESIS_ERROR_INVALID_DATA,
                              "row 1, column 'x': the text is not UTF-8");
  source_rows_assert_refused (with_nul, GENESIS_ERROR_INVALID_DATA, "row 1, column 'x'");
}

static void
test_absent (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) no_file = open_table (place, "visits");
  g_autoptr (GenesisSource) cased = open_table (place, "Visits");
  g_autoptr (GenesisSource) near = open_table (place, "visit");
  g_autoptr (GenesisSource) far = open_table (place, "patients");
  g_autoptr (GenesisSource) memory = NULL;
  g_autoptr (GError) error = NULL;

  source_rows_assert_refused (no_file, GENESIS_ERROR_NOT_FOUND, "does not exist");
  write_database (place, every_type);
  source_rows_assert_refused (cased, GENESIS_ERROR_NOT_FOUND, "did you mean 'visits'?");
  source_rows_assert_refused (near, GENESIS_ERROR_NOT_FOUND, "did you mean 'visits'?");
  source_rows_assert_refused (far, GENESIS_ERROR_NOT_FOUND, "it has visits");
  memory = genesis_source_new_for_sqlite (":memory:", "t", &error);
  g_assert_no_error (error);
  source_rows_assert_refused (memory, GENESIS_ERROR_NOT_FOUND, "':memory:' does not exist");
}

static void
test_no_database (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) source = open_table (place, "t");
  g_autofree char *text = g_strnfill (4096, 'x');
  g_autoptr (GError) error = NULL;

  g_file_set_contents (place->path, text, -1, &error);
  g_assert_no_error (error);
  source_rows_assert_refused (source, GENESIS_ERROR_INVALID_DATA, "name an SQLite database");
}

static void
test_broken_view (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) source = open_table (place, "v");

  write_database (place, "CREATE TABLE t (x); CREATE VIEW v AS SELECT y FROM t");
  source_rows_assert_refused (source, GENESIS_ERROR_INVALID_DATA, "mend the view");
}

/* One pass sees one state, also while somebody writes; the next one notices. */
static void
test_snapshot (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) source = open_table (place, "t");
  g_autoptr (GenesisRecords) records = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db;

  write_database (place, "PRAGMA journal_mode = WAL; CREATE TABLE t (x); INSERT INTO t VALUES (1), "
                         "(2), (3)");
  records = genesis_source_open (source, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (genesis_records_next (records, &error), ==, 1);
  db = open_writer (place);
  run (db, "INSERT INTO t VALUES (4); DELETE FROM t WHERE x = 2");
  g_assert_cmpint (genesis_records_next (records, &error), ==, 1);
  g_assert_cmpint (genesis_records_next (records, &error), ==, 1);
  g_assert_cmpint (genesis_records_next (records, &error), ==, 0);
  g_assert_no_error (error);
  source_rows_assert_refused (source, GENESIS_ERROR_INVALID_DATA,
                              "changed since the run first read it");
  sqlite3_close (db);
}

/* Rows that only moved are the same rows. */
static void
test_moved_rows (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) source = open_table (place, "t");
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  write_database (place, "CREATE TABLE t (x); INSERT INTO t VALUES (1), (2), (2)");
  before = source_rows_read (source, NULL, &error);
  g_assert_no_error (error);
  write_database (place, "DELETE FROM t; INSERT INTO t VALUES (2), (1), (2)");
  after = source_rows_read (source, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (after->len, ==, 3);
  write_database (place, "DELETE FROM t; INSERT INTO t VALUES (2), (1), (1)");
  source_rows_assert_refused (source, GENESIS_ERROR_INVALID_DATA, "changed since");
}

static void
test_cancel (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) source = open_table (place, "endless");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GenesisRecords) records = NULL;
  g_autoptr (GError) error = NULL;

  write_database (place,
                  "CREATE VIEW endless AS WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i "
                  "+ 1 FROM c) SELECT count (*) AS n FROM c");
  records = genesis_source_open (source, NULL, cancellable, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (genesis_records_next (records, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_locked (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) source = open_table (place, "t");
  sqlite3 *db;

  write_database (place, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
  db = open_writer (place);
  run (db, "BEGIN EXCLUSIVE");
  source_rows_assert_refused (source, GENESIS_ERROR_BUSY, "another program holds it");
  sqlite3_close (db);
}

static void
test_untouched (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) source = open_table (place, "visits");
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_before, n_after;

  write_database (place, every_type);
  g_assert_true (g_file_get_contents (place->path, &before, &n_before, NULL));
  g_assert_cmpint (g_chmod (place->path, 0400), ==, 0);
  rows = source_rows_read (source, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (place->path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_description (Place *place, gconstpointer unused)
{
  g_autoptr (GenesisSource) source = open_table (place, "visits");
  g_autofree char *name = g_strconcat (place->path, ":visits", NULL);
  g_autofree char *description = genesis_source_dup_description (source);

  g_assert_cmpstr (genesis_source_get_name (source), ==, name);
  g_assert_true (g_str_has_prefix (description, "table 'visits' of the SQLite database '"));
}

#define add(path, function) g_test_add (path, Place, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/sqlite/every-type/same-schema-and-rows-as-csv", test_same_as_csv);
  add ("/sqlite/chunks/more-rows-than-one", test_chunks);
  add ("/sqlite/reals/keep-all-digits", test_reals);
  add ("/sqlite/names/are-quoted", test_names);
  add ("/sqlite/blob/refused-unless-excluded", test_blob);
  add ("/sqlite/text/not-utf8-refused", test_bad_text);
  add ("/sqlite/absent/names-the-nearest", test_absent);
  add ("/sqlite/file/is-no-database", test_no_database);
  add ("/sqlite/view/that-cannot-be-read", test_broken_view);
  add ("/sqlite/pass/sees-one-state-and-the-next-notices", test_snapshot);
  add ("/sqlite/pass/order-of-rows-is-no-change", test_moved_rows);
  add ("/sqlite/pass/cancelled-inside-a-query", test_cancel);
  add ("/sqlite/file/locked-is-try-again", test_locked);
  add ("/sqlite/file/is-only-read", test_untouched);
  add ("/sqlite/description/has-table-and-file", test_description);
  return g_test_run ();
}
