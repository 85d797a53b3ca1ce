/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema.h>

G_BEGIN_DECLS

/**
 * GenesisSchemaDraft:
 *
 * A mergeable summary of one or more files from which a schema is concluded. Merging is commutative and
 * associative; every threshold is applied once, in genesis_schema_draft_conclude().
 */
#define GENESIS_TYPE_SCHEMA_DRAFT (genesis_schema_draft_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisSchemaDraft, genesis_schema_draft, GENESIS, SCHEMA_DRAFT, GObject)

GENESIS_API GenesisSchemaDraft *genesis_schema_draft_new      (const char *const  *missing_markers);
GENESIS_API gboolean            genesis_schema_draft_add_csv  (GenesisSchemaDraft *self,
                                                               const char         *path,
                                                               GError            **error);
GENESIS_API gboolean            genesis_schema_draft_merge    (GenesisSchemaDraft *self,
                                                               GenesisSchemaDraft *other,
                                                               GError            **error);
GENESIS_API gboolean            genesis_schema_draft_set_date_order
                                                              (GenesisSchemaDraft *self,
                                                               const char         *order,
                                                               GError            **error);
GENESIS_API void                genesis_schema_draft_set_find_constraints
                                                              (GenesisSchemaDraft *self,
                                                               gboolean            find);
GENESIS_API GenesisSchema      *genesis_schema_draft_conclude (GenesisSchemaDraft *self,
                                                               GError            **error);
/* One line a finding: excluded columns with the reason, resolved disagreements, constant columns. */
GENESIS_API const char *const  *genesis_schema_draft_get_findings (GenesisSchemaDraft *self);

G_END_DECLS
