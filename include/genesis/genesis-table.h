/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/genesis-schema.h>

G_BEGIN_DECLS

#define GENESIS_TYPE_TABLE (genesis_table_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisTable, genesis_table, GENESIS, TABLE, GObject)

GENESIS_API GenesisTable  *genesis_table_new          (GenesisSchema  *schema,
                                                       guint64         n_rows);
GENESIS_API GenesisTable  *genesis_table_load_csv     (const char     *path,
                                                       GenesisSchema  *schema,
                                                       GError        **error);
GENESIS_API gboolean       genesis_table_save_csv     (GenesisTable   *self,
                                                       const char     *path,
                                                       GError        **error);
GENESIS_API GenesisSchema *genesis_table_get_schema   (GenesisTable   *self);
GENESIS_API guint64        genesis_table_get_n_rows   (GenesisTable   *self);
GENESIS_API GenesisTable  *genesis_table_slice        (GenesisTable   *self,
                                                       guint64         first,
                                                       guint64         n_rows);
GENESIS_API GenesisTable  *genesis_table_take_rows    (GenesisTable   *self,
                                                       const guint64  *rows,
                                                       gsize           n_rows);
GENESIS_API gboolean       genesis_table_is_missing   (GenesisTable   *self,
                                                       guint           column,
                                                       guint64         row);
GENESIS_API gint64         genesis_table_get_integer  (GenesisTable   *self,
                                                       guint           column,
                                                       guint64         row);
GENESIS_API double         genesis_table_get_real     (GenesisTable   *self,
                                                       guint           column,
                                                       guint64         row);
GENESIS_API char          *genesis_table_dup_text     (GenesisTable   *self,
                                                       guint           column,
                                                       guint64         row);
GENESIS_API gboolean       genesis_table_set_column_integers (GenesisTable  *self,
                                                              guint          column,
                                                              const gint64  *values,
                                                              gsize          n_values,
                                                              GError       **error);
GENESIS_API gboolean       genesis_table_set_column_reals    (GenesisTable  *self,
                                                              guint          column,
                                                              const double  *values,
                                                              gsize          n_values,
                                                              GError       **error);
GENESIS_API gboolean       genesis_table_set_column_text     (GenesisTable       *self,
                                                              guint               column,
                                                              const char *const  *values,
                                                              gsize               n_values,
                                                              GError            **error);
GENESIS_API void           genesis_table_set_missing  (GenesisTable   *self,
                                                       guint           column,
                                                       guint64         row);
GENESIS_API gboolean       genesis_table_validate     (GenesisTable   *self,
                                                       GError        **error);

G_END_DECLS
