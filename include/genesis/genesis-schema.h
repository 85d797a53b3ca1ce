/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-field.h>

G_BEGIN_DECLS

#define GENESIS_TYPE_SCHEMA (genesis_schema_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisSchema, genesis_schema, GENESIS, SCHEMA, GObject)

GENESIS_API GenesisSchema *genesis_schema_new           (GenesisField *const *fields,
                                                         gsize                n_fields,
                                                         GError             **error);
GENESIS_API GenesisSchema *genesis_schema_new_from_json (const char          *json,
                                                         GError             **error);
GENESIS_API GenesisSchema *genesis_schema_load          (const char          *path,
                                                         GError             **error);
GENESIS_API gboolean       genesis_schema_save          (GenesisSchema       *self,
                                                         const char          *path,
                                                         GError             **error);
GENESIS_API char          *genesis_schema_to_json       (GenesisSchema       *self);
GENESIS_API guint          genesis_schema_get_n_fields  (GenesisSchema       *self);
GENESIS_API GenesisField  *genesis_schema_get_field     (GenesisSchema       *self,
                                                         guint                index);
GENESIS_API int            genesis_schema_find_field    (GenesisSchema       *self,
                                                         const char          *name);
GENESIS_API const char *const *
                           genesis_schema_get_excluded  (GenesisSchema       *self);
GENESIS_API const char *const *
                           genesis_schema_get_missing_markers (GenesisSchema *self);
GENESIS_API gboolean       genesis_schema_equal         (GenesisSchema       *self,
                                                         GenesisSchema       *other);
GENESIS_API char          *genesis_schema_dup_digest    (GenesisSchema       *self);

G_END_DECLS
