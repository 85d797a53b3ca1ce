/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-postgres-records-private.h"

#include <genesis/genesis-error.h>

#include "data/genesis-postgres-connection-private.h"
#include "data/genesis-postgres-table-private.h"
#include "data/genesis-records-private.h"

/* Rows are fetched by the batch, as many as make about this many bytes. */
#define BATCH_BYTES (4u * 1024u * 1024u)
#define FIRST_ROWS  256u
#define MOST_ROWS   16384u

#define GENESIS_TYPE_POSTGRES_RECORDS (genesis_postgres_records_get_type ())
G_DECLARE_FINAL_TYPE (GenesisPostgresRecords, genesis_postgres_records, GENESIS, POSTGRES_RECORDS,
                      GenesisRecords)

/**
 * GenesisPostgresRecords:
 * @name: "postgres:table"
 * @batch: rows from @row on are still to be given
 * @is_last: there is nothing behind @batch
 */
struct _GenesisPostgresRecords
{
  GenesisRecords parent_instance;

  char *table, *name;
  PGconn *pg;
  GCancellable *cancellable;
  PGresult *batch;
  int row;
  guint batch_rows;
  gboolean is_last;
  char **columns;
  guint n_columns;
  GenesisCell *cells;
  GenesisRowSums *sums;
  GenesisRowSum sum;
};

G_DEFINE_FINAL_TYPE (GenesisPostgresRecords, genesis_postgres_records, GENESIS_TYPE_RECORDS)

static const char *const *
genesis_postgres_records_get_columns (GenesisRecords *records)
{
  return (const char *const *)GENESIS_POSTGRES_RECORDS (records)->columns;
}

static const char *
genesis_postgres_records_get_name (GenesisRecords *records)
{
  return GENESIS_POSTGRES_RECORDS (records)->name;
}

/* -- batches ---------------------------------------------------------------- */

static guint
choose_batch_rows (const PGresult *batch, guint n_rows)
{
  gsize row_bytes = n_rows > 0 ? PQresultMemorySize (batch) / n_rows : BATCH_BYTES;

  return (guint)CLAMP (BATCH_BYTES / MAX (row_bytes, 1), 1, MOST_ROWS);
}

static gboolean
fetch (GenesisPostgresRecords *self, GError **error)
{
  g_autofree char *query = g_strdup_printf ("FETCH FORWARD %u FROM genesis_rows", self->batch_rows);
  guint n;

  g_clear_pointer (&self->batch, PQclear);
  self->row = 0;
  self->batch = genesis_postgres_query (self->pg, query, self->table, self->cancellable, error);
  if (self->batch == NULL)
    return FALSE;
  n = (guint)PQntuples (self->batch);
  self->is_last = n < self->batch_rows;
  self->batch_rows = choose_batch_rows (self->batch, n);
  return TRUE;
}

static gboolean
show_cell (GenesisPostgresRecords *self, guint column, GError **error)
{
  GenesisCell *cell = &self->cells[column];

  *cell = (GenesisCell){ "", 0, FALSE };
  if (PQgetisnull (self->batch, self->row, (int)column))
    return TRUE;
  cell->text = PQgetvalue (self->batch, self->row, (int)column);
  cell->length = (gsize)PQgetlength (self->batch, self->row, (int)column);
  if (g_utf8_validate_len (cell->text, cell->length, NULL))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "'%s', row %" G_GUINT64_FORMAT
               ", column '%s': the text is not UTF-8; mend the encoding of the database",
               self->name, genesis_records_get_n_read (GENESIS_RECORDS (self)) + 1,
               self->columns[column]);
  return FALSE;
}

static int
genesis_postgres_records_next (GenesisRecords *records, const GenesisCell **cells, GError **error)
{
  GenesisPostgresRecords *self = GENESIS_POSTGRES_RECORDS (records);

  if (self->row == PQntuples (self->batch) && !self->is_last && !fetch (self, error))
    return -1;
  if (self->row == PQntuples (self->batch))
    return genesis_row_sums_check (self->sums, self->name, (const char *const *)self->columns,
                                   &self->sum, error)
               ? 0
               : -1;
  for (guint i = 0; i < self->n_columns; i++)
    if (!show_cell (self, i, error))
      return -1;
  self->row++;
  genesis_row_sum_add (&self->sum, self->cells, self->n_columns);
  *cells = self->cells;
  return 1;
}

/* -- opening ---------------------------------------------------------------- */

static gboolean
take_columns (GenesisPostgresRecords *self, GError **error)
{
  self->n_columns = (guint)PQnfields (self->batch);
  self->columns = g_new0 (char *, self->n_columns + 1);
  self->cells = g_new0 (GenesisCell, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    self->columns[i] = g_strdup (PQfname (self->batch, (int)i));
  return genesis_records_check_columns ((const char *const *)self->columns, self->name, error);
}

static gboolean
begin (GenesisPostgresRecords *self, const char *connection, GenesisSchema *schema, GError **error)
{
  g_autofree char *select = NULL;
  g_autofree char *declare = NULL;
  g_autoptr (PGresult) declared = NULL;

  self->pg = genesis_postgres_connect (connection, self->cancellable, error);
  if (self->pg == NULL)
    return FALSE;
  select = genesis_postgres_compose_query (self->pg, self->table, schema, self->cancellable, error);
  if (select == NULL)
    return FALSE;
  declare = g_strconcat ("DECLARE genesis_rows NO SCROLL CURSOR FOR ", select, NULL);
  declared = genesis_postgres_query (self->pg, declare, self->table, self->cancellable, error);
  /* No rows yet: who opens a pass may want the columns alone. */
  if (declared == NULL || !fetch (self, error) || !take_columns (self, error))
    return FALSE;
  self->batch_rows = FIRST_ROWS;
  return TRUE;
}

GenesisRecords *
genesis_postgres_records_open (const char *connection, const char *table, GenesisSchema *schema,
                               GenesisRowSums *sums, GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisPostgresRecords) self = g_object_new (GENESIS_TYPE_POSTGRES_RECORDS, NULL);

  self->table = g_strdup (table);
  self->name = g_strconcat ("postgres:", table, NULL);
  self->sums = genesis_row_sums_ref (sums);
  if (cancellable != NULL)
    self->cancellable = g_object_ref (cancellable);
  return begin (self, connection, schema, error) ? GENESIS_RECORDS (g_steal_pointer (&self)) : NULL;
}

static void
genesis_postgres_records_finalize (GObject *object)
{
  GenesisPostgresRecords *self = GENESIS_POSTGRES_RECORDS (object);

  PQclear (self->batch);
  PQfinish (self->pg);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->sums, genesis_row_sums_unref);
  g_strfreev (self->columns);
  g_free (self->table);
  g_free (self->name);
  g_free (self->cells);

  G_OBJECT_CLASS (genesis_postgres_records_parent_class)->finalize (object);
}

static void
genesis_postgres_records_class_init (GenesisPostgresRecordsClass *klass)
{
  GenesisRecordsClass *records_class = GENESIS_RECORDS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = genesis_postgres_records_finalize;
  records_class->get_columns = genesis_postgres_records_get_columns;
  records_class->next = genesis_postgres_records_next;
  records_class->get_name = genesis_postgres_records_get_name;
}

static void
genesis_postgres_records_init (GenesisPostgresRecords *self)
{
}
