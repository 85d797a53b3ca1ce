/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-source.h>

#include <genesis/genesis-error.h>

#include "data/genesis-table-private.h"
#include "data/genesis-table-records-private.h"

/* Rows that are in memory already. */

#define GENESIS_TYPE_TABLE_SOURCE (genesis_table_source_get_type ())
G_DECLARE_FINAL_TYPE (GenesisTableSource, genesis_table_source, GENESIS, TABLE_SOURCE, GObject)

struct _GenesisTableSource
{
  GObject parent_instance;

  GenesisTable *table;
};

static void genesis_table_source_iface_init (GenesisSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GenesisTableSource, genesis_table_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GENESIS_TYPE_SOURCE,
                                                      genesis_table_source_iface_init))

static gboolean
check_schema (GenesisTableSource *self, GenesisSchema *schema, GError **error)
{
  if (genesis_schema_equal (genesis_table_get_schema (self->table), schema))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
               "the table was made with another schema than the one agreed; make it with the same");
  return FALSE;
}

static gboolean
genesis_table_source_foreach_chunk (GenesisSource *source, GenesisSchema *schema,
                                    GenesisChunkFunc func, gpointer user_data,
                                    GCancellable *cancellable, GError **error)
{
  GenesisTableSource *self = GENESIS_TABLE_SOURCE (source);
  guint64 n_rows = genesis_table_get_n_rows (self->table);

  if (!check_schema (self, schema, error))
    return FALSE;
  for (guint64 first = 0; first < n_rows; first += GENESIS_CHUNK_ROWS)
    {
      g_autoptr (GenesisTable) chunk =
          genesis_table_slice (self->table, first, MIN (GENESIS_CHUNK_ROWS, n_rows - first));

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !func (chunk, user_data, error))
        return FALSE;
    }
  return TRUE;
}

static GenesisRecords *
genesis_table_source_open (GenesisSource *source, GenesisSchema *schema, GCancellable *cancellable,
                           GError **error)
{
  return genesis_table_records_new (GENESIS_TABLE_SOURCE (source)->table, "table");
}

static const char *
genesis_table_source_get_name (GenesisSource *source)
{
  return "table";
}

static void
genesis_table_source_iface_init (GenesisSourceInterface *iface)
{
  iface->foreach_chunk = genesis_table_source_foreach_chunk;
  iface->get_name = genesis_table_source_get_name;
  iface->open = genesis_table_source_open;
}

static void
genesis_table_source_finalize (GObject *object)
{
  g_clear_object (&GENESIS_TABLE_SOURCE (object)->table);
  G_OBJECT_CLASS (genesis_table_source_parent_class)->finalize (object);
}

static void
genesis_table_source_class_init (GenesisTableSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_table_source_finalize;
}

static void
genesis_table_source_init (GenesisTableSource *self)
{
}

/**
 * genesis_source_new_for_table:
 * @table: rows; not to be changed as long as the source lives
 *
 * A source of rows that are in memory. It serves the schema of the table only.
 *
 * Returns: (transfer full): a source
 */
GenesisSource *
genesis_source_new_for_table (GenesisTable *table)
{
  GenesisTableSource *self;

  g_return_val_if_fail (GENESIS_IS_TABLE (table), NULL);

  self = g_object_new (GENESIS_TYPE_TABLE_SOURCE, NULL);
  self->table = g_object_ref (table);
  return GENESIS_SOURCE (self);
}
