/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-sqlite-connection-private.h"

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "data/genesis-csv-reader-private.h"

/* A writer that holds the file for longer than this is waited for no more. */
#define BUSY_MS 1500

static GenesisError
code_of_result (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return GENESIS_ERROR_BUSY;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
    case SQLITE_ERROR:
      return GENESIS_ERROR_INVALID_DATA;
    default:
      return GENESIS_ERROR_IO;
    }
}

static const char *
advice_of_result (int result)
{
  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program holds it; try again when that is done";
    case SQLITE_NOTADB:
      return "name an SQLite database, or set source=csv";
    case SQLITE_CORRUPT:
      return "restore it from a backup; 'PRAGMA integrity_check' tells more";
    case SQLITE_TOOBIG:
      return "a cell or row is larger than 8 MiB; read a view without that column";
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
      return "check its permissions; a database in WAL mode needs a folder that can be written, or "
             "a copy made with 'VACUUM INTO'";
    default:
      return "try the same table with the sqlite3 program";
    }
}

void
genesis_sqlite_set_error (sqlite3 *db, const char *path, int result, GError **error)
{
  if ((result & 0xff) == SQLITE_INTERRUPT)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "the reading was cancelled");
      return;
    }
  g_set_error (error, GENESIS_ERROR, code_of_result (result), "database '%s': %s; %s", path,
               sqlite3_errstr (result), advice_of_result (result));
}

/* "nowhere" in quotes must be an error, not a text; a schema from elsewhere must call nothing. */
static void
harden (sqlite3 *db)
{
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, (int)GENESIS_CSV_MAX_RECORD);
  sqlite3_limit (db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_busy_timeout (db, BUSY_MS);
}

/* A name like ":memory:" must mean a file, as every path does. */
static char *
dup_file_name (const char *path)
{
  return g_path_is_absolute (path) ? g_strdup (path) : g_strconcat ("./", path, NULL);
}

sqlite3 *
genesis_sqlite_open (const char *path, GError **error)
{
  g_autoptr (sqlite3) db = NULL;
  g_autofree char *file = dup_file_name (path);
  int result;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND,
                   "database '%s' does not exist; check the path", path);
      return NULL;
    }
  result =
      sqlite3_open_v2 (file, &db,
                       SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
  if (result == SQLITE_OK)
    {
      harden (db);
      result =
          sqlite3_exec (db, "PRAGMA query_only = 1; BEGIN; SELECT 1 FROM sqlite_master LIMIT 1",
                        NULL, NULL, NULL);
    }
  if (result == SQLITE_OK)
    return g_steal_pointer (&db);
  genesis_sqlite_set_error (db, path, result, error);
  return NULL;
}

char *
genesis_sqlite_quote (const char *name)
{
  GString *quoted = g_string_new ("\"");

  for (; *name != '\0'; name++)
    {
      if (*name == '"')
        g_string_append_c (quoted, '"');
      g_string_append_c (quoted, *name);
    }
  g_string_append_c (quoted, '"');
  return g_string_free (quoted, FALSE);
}

/* -- tables ----------------------------------------------------------------- */

static GPtrArray *
list_tables (sqlite3 *db, const char *path, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (sqlite3_stmt) statement = NULL;
  int result = sqlite3_prepare_v2 (db,
                                   "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') "
                                   "AND substr(name, 1, 7) <> 'sqlite_' ORDER BY name",
                                   -1, &statement, NULL);

  while (result == SQLITE_OK || result == SQLITE_ROW)
    {
      result = sqlite3_step (statement);
      if (result == SQLITE_ROW)
        g_ptr_array_add (names, g_strdup ((const char *)sqlite3_column_text (statement, 0)));
    }
  if (result != SQLITE_DONE)
    {
      genesis_sqlite_set_error (db, path, result, error);
      return NULL;
    }
  g_ptr_array_add (names, NULL);
  return g_steal_pointer (&names);
}

/* SQLite finds tables whatever their case; so do we, but ask for the name as it is. */
static const char *
find_nearest (GPtrArray *names, const char *table)
{
  for (guint i = 0; i + 1 < names->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (names, i), table) == 0)
      return g_ptr_array_index (names, i);
  return genesis_nearest_name (table, (const char *const *)names->pdata);
}

gboolean
genesis_sqlite_check_table (sqlite3 *db, const char *path, const char *table, GError **error)
{
  g_autoptr (GPtrArray) names = list_tables (db, path, error);
  g_autofree char *known = NULL;
  const char *near;

  if (names == NULL)
    return FALSE;
  if (g_strv_contains ((const char *const *)names->pdata, table))
    return TRUE;
  near = find_nearest (names, table);
  if (near != NULL)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND,
                 "database '%s' has no table or view '%s'; did you mean '%s'?", path, table, near);
  else
    {
      known = g_strjoinv (", ", (char **)names->pdata);
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND,
                   "database '%s' has no table or view '%s'; it has %s", path, table,
                   *known != '\0' ? known : "none");
    }
  return FALSE;
}
