/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-table.h>

G_BEGIN_DECLS

#define GENESIS_TYPE_SOURCE (genesis_source_get_type ())
GENESIS_API
G_DECLARE_INTERFACE (GenesisSource, genesis_source, GENESIS, SOURCE, GObject)

/**
 * GenesisChunkFunc:
 * @chunk: at most 65,536 rows, valid during the call only
 * @user_data: the caller's
 * @error: set when returning false
 *
 * Receives the rows of a source, chunk after chunk, in order.
 *
 * Returns: whether to go on
 */
typedef gboolean (*GenesisChunkFunc) (GenesisTable *chunk,
                                      gpointer      user_data,
                                      GError      **error);

struct _GenesisSourceInterface
{
  GTypeInterface parent_iface;

  gboolean (*foreach_chunk) (GenesisSource    *self,
                             GenesisSchema    *schema,
                             GenesisChunkFunc  func,
                             gpointer          user_data,
                             GCancellable     *cancellable,
                             GError          **error);
  const char *(*get_name)   (GenesisSource    *self);
};

GENESIS_API gboolean       genesis_source_foreach_chunk (GenesisSource    *self,
                                                         GenesisSchema    *schema,
                                                         GenesisChunkFunc  func,
                                                         gpointer          user_data,
                                                         GCancellable     *cancellable,
                                                         GError          **error);
GENESIS_API gint64         genesis_source_count_rows    (GenesisSource    *self,
                                                         GenesisSchema    *schema,
                                                         GCancellable     *cancellable,
                                                         GError          **error);
GENESIS_API const char    *genesis_source_get_name      (GenesisSource    *self);

GENESIS_API GenesisSource *genesis_source_new_for_table (GenesisTable     *table);
GENESIS_API GenesisSource *genesis_source_new_for_csv   (const char       *path);

G_END_DECLS
