/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-table-records-private.h"

#include "data/genesis-table-private.h"

#define GENESIS_TYPE_TABLE_RECORDS (genesis_table_records_get_type ())
G_DECLARE_FINAL_TYPE (GenesisTableRecords, genesis_table_records, GENESIS, TABLE_RECORDS,
                      GenesisRecords)

/**
 * GenesisTableRecords:
 * @cells, @buffers: of one row; a cell points into its buffer or to the text of its field
 */
struct _GenesisTableRecords
{
  GenesisRecords parent_instance;

  GenesisTable *table;
  char *name;
  char **columns;
  guint64 row;
  GenesisCell *cells;
  char (*buffers)[GENESIS_FIELD_TEXT_MAX];
};

G_DEFINE_FINAL_TYPE (GenesisTableRecords, genesis_table_records, GENESIS_TYPE_RECORDS)

static const char *const *
genesis_table_records_get_columns (GenesisRecords *records)
{
  return (const char *const *)GENESIS_TABLE_RECORDS (records)->columns;
}

static const char *
genesis_table_records_get_name (GenesisRecords *records)
{
  return GENESIS_TABLE_RECORDS (records)->name;
}

static void
show_cell (GenesisTableRecords *self, guint column)
{
  const GenesisColumn *values = genesis_table_get_column (self->table, column);
  GenesisCell *cell = &self->cells[column];
  gsize size = genesis_field_get_value_size (values->field);

  *cell = (GenesisCell){ "", 0, FALSE };
  if (genesis_column_is_present (values, self->row))
    cell->text =
        genesis_field_format (values->field, (const guint8 *)values->values + self->row * size,
                              self->buffers[column], &cell->length);
}

static int
genesis_table_records_next (GenesisRecords *records, const GenesisCell **cells, GError **error)
{
  GenesisTableRecords *self = GENESIS_TABLE_RECORDS (records);

  if (self->row == genesis_table_get_n_rows (self->table))
    return 0;
  for (guint i = 0; self->columns[i] != NULL; i++)
    show_cell (self, i);
  self->row++;
  *cells = self->cells;
  return 1;
}

static void
genesis_table_records_finalize (GObject *object)
{
  GenesisTableRecords *self = GENESIS_TABLE_RECORDS (object);

  g_clear_object (&self->table);
  g_strfreev (self->columns);
  g_free (self->name);
  g_free (self->cells);
  g_free (self->buffers);

  G_OBJECT_CLASS (genesis_table_records_parent_class)->finalize (object);
}

static void
genesis_table_records_class_init (GenesisTableRecordsClass *klass)
{
  GenesisRecordsClass *records_class = GENESIS_RECORDS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = genesis_table_records_finalize;
  records_class->get_columns = genesis_table_records_get_columns;
  records_class->next = genesis_table_records_next;
  records_class->get_name = genesis_table_records_get_name;
}

static void
genesis_table_records_init (GenesisTableRecords *self)
{
}

GenesisRecords *
genesis_table_records_new (GenesisTable *table, const char *name)
{
  GenesisTableRecords *self = g_object_new (GENESIS_TYPE_TABLE_RECORDS, NULL);
  GenesisSchema *schema = genesis_table_get_schema (table);
  guint n = genesis_schema_get_n_fields (schema);

  self->table = g_object_ref (table);
  self->name = g_strdup (name);
  self->cells = g_new0 (GenesisCell, n);
  self->buffers = g_malloc_n (n, sizeof *self->buffers);
  self->columns = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    self->columns[i] = g_strdup (genesis_field_get_name (genesis_schema_get_field (schema, i)));
  return GENESIS_RECORDS (self);
}
