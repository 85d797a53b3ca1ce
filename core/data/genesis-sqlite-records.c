/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-sqlite-records-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-number-private.h"
#include "data/genesis-records-private.h"
#include "data/genesis-sqlite-connection-private.h"

/* How many steps of SQLite's machine a cancelled pass may still take. */
#define CANCEL_STEPS 10000

#define GENESIS_TYPE_SQLITE_RECORDS (genesis_sqlite_records_get_type ())
G_DECLARE_FINAL_TYPE (GenesisSqliteRecords, genesis_sqlite_records, GENESIS, SQLITE_RECORDS,
                      GenesisRecords)

/**
 * GenesisSqliteRecords:
 * @name: "path:table"
 * @numbers: by column: the text of a real number that SQLite would write too short
 */
struct _GenesisSqliteRecords
{
  GenesisRecords parent_instance;

  char *path, *name;
  sqlite3 *db;
  sqlite3_stmt *statement;
  GCancellable *cancellable;
  char **columns;
  guint n_columns;
  GenesisCell *cells;
  char (*numbers)[GENESIS_NUMBER_TEXT_MAX + 2];
  GenesisRowSums *sums;
  GenesisRowSum sum;
};

G_DEFINE_FINAL_TYPE (GenesisSqliteRecords, genesis_sqlite_records, GENESIS_TYPE_RECORDS)

static const char *const *
genesis_sqlite_records_get_columns (GenesisRecords *records)
{
  return (const char *const *)GENESIS_SQLITE_RECORDS (records)->columns;
}

static const char *
genesis_sqlite_records_get_name (GenesisRecords *records)
{
  return GENESIS_SQLITE_RECORDS (records)->name;
}

/* -- cells ------------------------------------------------------------------ */

static gboolean
fail_cell (GenesisSqliteRecords *self, guint column, const char *problem, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "'%s', row %" G_GUINT64_FORMAT ", column '%s': %s", self->name,
               genesis_records_get_n_read (GENESIS_RECORDS (self)) + 1, self->columns[column],
               problem);
  return FALSE;
}

static void
show_text (GenesisSqliteRecords *self, guint column)
{
  GenesisCell *cell = &self->cells[column];

  cell->text = (const char *)sqlite3_column_text (self->statement, (int)column);
  cell->length = (gsize)sqlite3_column_bytes (self->statement, (int)column);
}

/* SQLite writes 15 digits: enough for what was entered as a decimal number, not for every double.
   Those get as many digits as they need, and the ".0" by which SQLite tells reals from integers. */
static void
show_real (GenesisSqliteRecords *self, guint column)
{
  double value = sqlite3_column_double (self->statement, (int)column), read;
  GenesisCell *cell = &self->cells[column];
  char *to = self->numbers[column];

  show_text (self, column);
  if (!genesis_number_parse_real (cell->text, cell->length, &read) || read == value)
    return;
  cell->length = genesis_number_format_real (value, to);
  cell->text = to;
  if (memchr (to, '.', cell->length) != NULL || memchr (to, 'e', cell->length) != NULL)
    return;
  memcpy (to + cell->length, ".0", 2);
  cell->length += 2;
}

static gboolean
show_cell (GenesisSqliteRecords *self, guint column, GError **error)
{
  GenesisCell *cell = &self->cells[column];

  *cell = (GenesisCell){ "", 0, FALSE };
  switch (sqlite3_column_type (self->statement, (int)column))
    {
    case SQLITE_NULL:
      return TRUE;
    case SQLITE_BLOB:
      return fail_cell (self, column,
                        "a BLOB, which is no value to learn from; read a view without the column, "
                        "or exclude it in the schema",
                        error);
    case SQLITE_FLOAT:
      show_real (self, column);
      return TRUE;
    case SQLITE_INTEGER:
      show_text (self, column);
      return TRUE;
    default:
      show_text (self, column);
      break;
    }
  if (cell->text == NULL || !g_utf8_validate_len (cell->text, cell->length, NULL))
    return fail_cell (self, column, "the text is not UTF-8, or has a NUL in it; mend the cell",
                      error);
  return TRUE;
}

static int
finish (GenesisSqliteRecords *self, int result, GError **error)
{
  if (result == SQLITE_DONE)
    return genesis_row_sums_check (self->sums, self->name, (const char *const *)self->columns,
                                   &self->sum, error)
               ? 0
               : -1;
  genesis_sqlite_set_error (self->db, self->path, result, error);
  return -1;
}

static int
genesis_sqlite_records_next (GenesisRecords *records, const GenesisCell **cells, GError **error)
{
  GenesisSqliteRecords *self = GENESIS_SQLITE_RECORDS (records);
  int result = sqlite3_step (self->statement);

  if (result != SQLITE_ROW)
    return finish (self, result, error);
  for (guint i = 0; i < self->n_columns; i++)
    if (!show_cell (self, i, error))
      return -1;
  genesis_row_sum_add (&self->sum, self->cells, self->n_columns);
  *cells = self->cells;
  return 1;
}

/* -- opening ---------------------------------------------------------------- */

static gboolean
prepare (GenesisSqliteRecords *self, const char *query, sqlite3_stmt **statement, GError **error)
{
  int result = sqlite3_prepare_v2 (self->db, query, -1, statement, NULL);

  if (result == SQLITE_OK)
    return TRUE;
  if (result == SQLITE_ERROR)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                 "'%s' cannot be read: %s; mend the view", self->name, sqlite3_errmsg (self->db));
  else
    genesis_sqlite_set_error (self->db, self->path, result, error);
  return FALSE;
}

/* The columns that the schema does not exclude: what nobody needs is not even read. */
static char *
compose_query (sqlite3_stmt *all, const char *table, GenesisSchema *schema)
{
  const char *const *excluded = schema != NULL ? genesis_schema_get_excluded (schema) : NULL;
  g_autofree char *from = genesis_sqlite_quote (table);
  g_autoptr (GString) query = g_string_new ("SELECT ");
  gboolean any = FALSE;

  for (int i = 0; i < sqlite3_column_count (all); i++)
    {
      const char *name = sqlite3_column_name (all, i);
      g_autofree char *quoted = genesis_sqlite_quote (name);

      if (excluded != NULL && g_strv_contains (excluded, name))
        continue;
      g_string_append_printf (query, "%s%s", any ? ", " : "", quoted);
      any = TRUE;
    }
  g_string_append_printf (query, "%s FROM %s", any ? "" : "NULL", from);
  return g_string_free (g_steal_pointer (&query), FALSE);
}

static gboolean
take_columns (GenesisSqliteRecords *self, GError **error)
{
  self->n_columns = (guint)sqlite3_column_count (self->statement);
  self->columns = g_new0 (char *, self->n_columns + 1);
  self->cells = g_new0 (GenesisCell, self->n_columns);
  self->numbers = g_malloc_n (self->n_columns, sizeof *self->numbers);
  for (guint i = 0; i < self->n_columns; i++)
    self->columns[i] = g_strdup (sqlite3_column_name (self->statement, (int)i));
  return genesis_records_check_columns ((const char *const *)self->columns, self->name, error);
}

static gboolean
begin (GenesisSqliteRecords *self, const char *table, GenesisSchema *schema, GError **error)
{
  g_autoptr (sqlite3_stmt) all = NULL;
  g_autofree char *quoted = genesis_sqlite_quote (table);
  g_autofree char *everything = g_strdup_printf ("SELECT * FROM %s", quoted);
  g_autofree char *query = NULL;

  self->db = genesis_sqlite_open (self->path, error);
  if (self->db == NULL || !genesis_sqlite_check_table (self->db, self->path, table, error)
      || !prepare (self, everything, &all, error))
    return FALSE;
  query = compose_query (all, table, schema);
  return prepare (self, query, &self->statement, error) && take_columns (self, error);
}

static int
stop_when_cancelled (gpointer user_data)
{
  return g_cancellable_is_cancelled (user_data);
}

GenesisRecords *
genesis_sqlite_records_open (const char *path, const char *table, GenesisSchema *schema,
                             GenesisRowSums *sums, GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisSqliteRecords) self = g_object_new (GENESIS_TYPE_SQLITE_RECORDS, NULL);

  self->path = g_strdup (path);
  self->name = g_strconcat (path, ":", table, NULL);
  self->sums = genesis_row_sums_ref (sums);
  if (!begin (self, table, schema, error))
    return NULL;
  if (cancellable != NULL)
    {
      self->cancellable = g_object_ref (cancellable);
      sqlite3_progress_handler (self->db, CANCEL_STEPS, stop_when_cancelled, cancellable);
    }
  return GENESIS_RECORDS (g_steal_pointer (&self));
}

static void
genesis_sqlite_records_finalize (GObject *object)
{
  GenesisSqliteRecords *self = GENESIS_SQLITE_RECORDS (object);

  sqlite3_finalize (self->statement);
  sqlite3_close_v2 (self->db);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->sums, genesis_row_sums_unref);
  g_strfreev (self->columns);
  g_free (self->path);
  g_free (self->name);
  g_free (self->cells);
  g_free (self->numbers);

  G_OBJECT_CLASS (genesis_sqlite_records_parent_class)->finalize (object);
}

static void
genesis_sqlite_records_class_init (GenesisSqliteRecordsClass *klass)
{
  GenesisRecordsClass *records_class = GENESIS_RECORDS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = genesis_sqlite_records_finalize;
  records_class->get_columns = genesis_sqlite_records_get_columns;
  records_class->next = genesis_sqlite_records_next;
  records_class->get_name = genesis_sqlite_records_get_name;
}

static void
genesis_sqlite_records_init (GenesisSqliteRecords *self)
{
}
