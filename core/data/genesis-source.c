/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-source.h>

#include <genesis/genesis-error.h>

/**
 * GenesisSource:
 *
 * Where a site's rows come from. A source gives the same rows in the same order each time it is
 * asked; it may be read by several threads at once.
 */
G_DEFINE_INTERFACE (GenesisSource, genesis_source, G_TYPE_OBJECT)

static const char *
default_get_name (GenesisSource *self)
{
  return G_OBJECT_TYPE_NAME (self);
}

static void
genesis_source_default_init (GenesisSourceInterface *iface)
{
  iface->get_name = default_get_name;
}

/**
 * genesis_source_foreach_chunk:
 * @self: a source
 * @schema: what the columns are
 * @func: (scope call): called with every chunk, in order
 * @user_data: handed to @func
 * @cancellable: (nullable): to stop between chunks
 * @error: return location
 *
 * Reads all rows, at most 65,536 at a time. Stops at the first failure, of the source or of @func.
 *
 * Returns: whether all rows were read
 */
gboolean
genesis_source_foreach_chunk (GenesisSource *self, GenesisSchema *schema, GenesisChunkFunc func,
                              gpointer user_data, GCancellable *cancellable, GError **error)
{
  GenesisSourceInterface *iface;

  g_return_val_if_fail (GENESIS_IS_SOURCE (self), FALSE);
  g_return_val_if_fail (GENESIS_IS_SCHEMA (schema), FALSE);
  g_return_val_if_fail (func != NULL, FALSE);

  iface = GENESIS_SOURCE_GET_IFACE (self);
  g_return_val_if_fail (iface->foreach_chunk != NULL, FALSE);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return iface->foreach_chunk (self, schema, func, user_data, cancellable, error);
}

static gboolean
add_rows (GenesisTable *chunk, gpointer user_data, GError **error)
{
  gint64 *n_rows = user_data;

  *n_rows += (gint64)genesis_table_get_n_rows (chunk);
  return TRUE;
}

/**
 * genesis_source_count_rows:
 * @self: a source
 * @schema: what the columns are
 * @cancellable: (nullable): to stop between chunks
 * @error: return location
 *
 * Reads all rows to count them, and so checks them as well.
 *
 * Returns: how many rows there are, -1 with @error set
 */
gint64
genesis_source_count_rows (GenesisSource *self, GenesisSchema *schema, GCancellable *cancellable,
                           GError **error)
{
  gint64 n_rows = 0;

  if (!genesis_source_foreach_chunk (self, schema, add_rows, &n_rows, cancellable, error))
    return -1;
  return n_rows;
}

/**
 * genesis_source_get_name:
 * @self: a source
 *
 * Returns: (transfer none): what messages call the source, as a path
 */
const char *
genesis_source_get_name (GenesisSource *self)
{
  g_return_val_if_fail (GENESIS_IS_SOURCE (self), NULL);

  return GENESIS_SOURCE_GET_IFACE (self)->get_name (self);
}
