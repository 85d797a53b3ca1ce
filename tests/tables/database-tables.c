/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "database-tables.h"

#include <json-glib/json-glib.h>
#include <string.h>

#ifdef GENESIS_HAVE_SQLITE
#include <sqlite3.h>
#endif

/* "format" of a column in the schema's JSON: the pattern of its dates, or "". */
static char *
dup_pattern (GenesisSchema *schema, const char *name)
{
  g_autofree char *json = genesis_schema_to_json (schema);
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonArray *columns = json_object_get_array_member (json_node_get_object (root), "columns");

  for (guint i = 0; i < json_array_get_length (columns); i++)
    {
      JsonObject *column = json_array_get_object_element (columns, i);

      if (g_str_equal (json_object_get_string_member (column, "name"), name))
        return g_strdup (json_object_get_string_member_with_default (column, "format", ""));
    }
  return g_strdup ("");
}

static const char *
choose_type (Database database, GenesisSchema *schema, const char *name)
{
  int at = genesis_schema_find_field (schema, name);
  GenesisField *field = at >= 0 ? genesis_schema_get_field (schema, (guint)at) : NULL;
  g_autofree char *pattern = dup_pattern (schema, name);

  if (field == NULL)
    return "TEXT";
  switch (genesis_field_get_kind (field))
    {
    case GENESIS_FIELD_KIND_INTEGER:
      if (genesis_field_get_decimals (field) == 0)
        return database == DATABASE_SQLITE ? "INTEGER" : "BIGINT";
      return database == DATABASE_SQLITE ? "REAL" : "NUMERIC";
    case GENESIS_FIELD_KIND_REAL:
      return database == DATABASE_SQLITE ? "REAL" : "DOUBLE PRECISION";
    case GENESIS_FIELD_KIND_DATETIME:
      if (database == DATABASE_POSTGRES && g_str_equal (pattern, "YYYY-MM-DD hh:mm:ss"))
        return "TIMESTAMP";
      if (database == DATABASE_POSTGRES && g_str_equal (pattern, "YYYY-MM-DD"))
        return "DATE";
      return "TEXT";
    case GENESIS_FIELD_KIND_CATEGORY:
    case GENESIS_FIELD_KIND_BOOLEAN:
    default:
      return "TEXT";
    }
}

static GenesisRecords *
open_records (GenesisSource *csv)
{
  g_autoptr (GError) error = NULL;
  GenesisRecords *records = genesis_source_open (csv, NULL, NULL, &error);

  g_assert_no_error (error);
  return records;
}

char *
database_tables_create (Database database, GenesisSource *csv, GenesisSchema *schema)
{
  g_autoptr (GenesisRecords) records = open_records (csv);
  const char *const *names = genesis_records_get_columns (records);
  GString *sql = g_string_new ("CREATE TABLE data (");

  for (guint i = 0; names[i] != NULL; i++)
    g_string_append_printf (sql, "%s\"%s\" %s", i > 0 ? ", " : "", names[i],
                            choose_type (database, schema, names[i]));
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}

#ifdef GENESIS_HAVE_SQLITE
static void
insert_rows (sqlite3_stmt *insert, GenesisRecords *records, guint n)
{
  g_autoptr (GError) error = NULL;

  while (genesis_records_next (records, &error) > 0)
    {
      for (guint i = 0; i < n; i++)
        {
          char *text = genesis_records_dup_text (records, i);

          if (*text == '\0')
            sqlite3_bind_null (insert, (int)i + 1);
          else
            sqlite3_bind_text (insert, (int)i + 1, text, -1, SQLITE_TRANSIENT);
          g_free (text);
        }
      g_assert_cmpint (sqlite3_step (insert), ==, SQLITE_DONE);
      sqlite3_reset (insert);
    }
  g_assert_no_error (error);
}

void
database_tables_fill_sqlite (const char *path, GenesisSource *csv, GenesisSchema *schema)
{
  g_autoptr (GenesisRecords) records = open_records (csv);
  guint n = g_strv_length ((char **)genesis_records_get_columns (records));
  g_autofree char *create = database_tables_create (DATABASE_SQLITE, csv, schema);
  g_autoptr (GString) values = g_string_new ("INSERT INTO data VALUES (?");
  sqlite3 *db;
  sqlite3_stmt *insert;

  for (guint i = 1; i < n; i++)
    g_string_append (values, ", ?");
  g_string_append_c (values, ')');
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "BEGIN", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, create, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, values->str, -1, &insert, NULL), ==, SQLITE_OK);
  insert_rows (insert, records, n);
  sqlite3_finalize (insert);
  g_assert_cmpint (sqlite3_exec (db, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}
#endif

#ifdef GENESIS_HAVE_POSTGRES
/* A line for COPY in CSV: every value in quotes, NULL without. */
static char *
compose_line (GenesisRecords *records, guint n)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = genesis_records_dup_text (records, i);

      g_string_append (line, i > 0 ? "," : "");
      g_string_append (line, *text != '\0' ? "\"" : "");
      for (const char *p = text; *p != '\0'; p++)
        {
          g_string_append (line, *p == '"' ? "\"" : "");
          g_string_append_c (line, *p);
        }
      g_string_append (line, *text != '\0' ? "\"" : "");
    }
  g_string_append_c (line, '\n');
  return g_string_free (line, FALSE);
}

/* In another order than the file's: the last half first. */
void
database_tables_fill_postgres (const PostgresServer *server, GenesisSource *csv,
                               GenesisSchema *schema)
{
  g_autoptr (GenesisRecords) records = open_records (csv);
  guint n = g_strv_length ((char **)genesis_records_get_columns (records));
  g_autofree char *create = database_tables_create (DATABASE_POSTGRES, csv, schema);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  PGconn *pg;
  PGresult *result;

  while (genesis_records_next (records, &error) > 0)
    g_ptr_array_add (lines, compose_line (records, n));
  g_assert_no_error (error);
  postgres_server_run (server, "DROP TABLE IF EXISTS data");
  postgres_server_run (server, create);
  pg = postgres_server_connect (server, "owner");
  PQclear (PQexec (pg, "COPY data FROM STDIN (FORMAT csv)"));
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, (i + lines->len / 2) % lines->len);

      g_assert_cmpint (PQputCopyData (pg, line, (int)strlen (line)), ==, 1);
    }
  g_assert_cmpint (PQputCopyEnd (pg, NULL), ==, 1);
  result = PQgetResult (pg);
  if (PQresultStatus (result) != PGRES_COMMAND_OK)
    g_error ("%s", PQerrorMessage (pg));
  PQclear (result);
  PQfinish (pg);
}
#endif
