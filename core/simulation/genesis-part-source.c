/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-part-source-private.h"

#include <genesis/genesis-error.h>

#include "data/genesis-table-private.h"

#define GENESIS_TYPE_PART_SOURCE (genesis_part_source_get_type ())
G_DECLARE_FINAL_TYPE (GenesisPartSource, genesis_part_source, GENESIS, PART_SOURCE, GObject)

struct _GenesisPartSource
{
  GObject parent_instance;

  GenesisTable *table;
  GenesisPartition *partition;
  guint part;
};

static void genesis_part_source_iface_init (GenesisSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GenesisPartSource, genesis_part_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GENESIS_TYPE_SOURCE,
                                                      genesis_part_source_iface_init))

static gboolean
genesis_part_source_foreach_chunk (GenesisSource *source, GenesisSchema *schema,
                                   GenesisChunkFunc func, gpointer user_data,
                                   GCancellable *cancellable, GError **error)
{
  GenesisPartSource *self = GENESIS_PART_SOURCE (source);
  const guint64 *rows = genesis_partition_get_rows (self->partition, self->part);
  const guint64 n_rows = genesis_partition_get_size (self->partition, self->part);

  g_assert (genesis_schema_equal (genesis_table_get_schema (self->table), schema));
  for (guint64 first = 0; first < n_rows; first += GENESIS_CHUNK_ROWS)
    {
      g_autoptr (GenesisTable) chunk =
          genesis_table_take_rows (self->table, rows + first,
                                   MIN (GENESIS_CHUNK_ROWS, n_rows - first));

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !func (chunk, user_data, error))
        return FALSE;
    }
  return TRUE;
}

static const char *
genesis_part_source_get_name (GenesisSource *source)
{
  return "part of a table";
}

static void
genesis_part_source_iface_init (GenesisSourceInterface *iface)
{
  iface->foreach_chunk = genesis_part_source_foreach_chunk;
  iface->get_name = genesis_part_source_get_name;
}

static void
genesis_part_source_finalize (GObject *object)
{
  GenesisPartSource *self = GENESIS_PART_SOURCE (object);

  g_clear_object (&self->table);
  g_clear_pointer (&self->partition, genesis_partition_unref);
  G_OBJECT_CLASS (genesis_part_source_parent_class)->finalize (object);
}

static void
genesis_part_source_class_init (GenesisPartSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_part_source_finalize;
}

static void
genesis_part_source_init (GenesisPartSource *self)
{
}

GenesisSource *
genesis_part_source_new (GenesisTable *table, GenesisPartition *partition, guint part)
{
  GenesisPartSource *self = g_object_new (GENESIS_TYPE_PART_SOURCE, NULL);

  self->table = g_object_ref (table);
  self->partition = genesis_partition_ref (partition);
  self->part = part;
  return GENESIS_SOURCE (self);
}
