/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema.h>

G_BEGIN_DECLS

/**
 * GenesisAbsentRule:
 * @GENESIS_ABSENT_RULE_REFUSE: it is refused, naming two sites
 * @GENESIS_ABSENT_RULE_MISSING: the column stays, and is read as missing where it is absent
 * @GENESIS_ABSENT_RULE_EXCLUDE: nobody learns from the column
 *
 * What becomes of a column that one site has and another has not.
 */
typedef enum
{
  GENESIS_ABSENT_RULE_REFUSE,
  GENESIS_ABSENT_RULE_MISSING,
  GENESIS_ABSENT_RULE_EXCLUDE
} GenesisAbsentRule;

#define GENESIS_TYPE_ABSENT_RULE (genesis_absent_rule_get_type ())
GENESIS_API GType genesis_absent_rule_get_type (void);

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
GENESIS_API void                genesis_schema_draft_set_site (GenesisSchemaDraft *self,
                                                               const char         *site);
GENESIS_API void                genesis_schema_draft_set_absent_rule
                                                              (GenesisSchemaDraft *self,
                                                               GenesisAbsentRule   rule);
GENESIS_API GenesisSchema      *genesis_schema_draft_conclude (GenesisSchemaDraft *self,
                                                               GError            **error);
/* One line a finding: excluded columns with the reason, resolved disagreements, constant columns. */
GENESIS_API const char *const  *genesis_schema_draft_get_findings (GenesisSchemaDraft *self);
GENESIS_API char               *genesis_schema_draft_dup_disagreements
                                                              (GenesisSchemaDraft *self);

GENESIS_API char               *genesis_schema_draft_to_json  (GenesisSchemaDraft *self,
                                                               guint               min_cell,
                                                               GError            **error);
GENESIS_API GenesisSchemaDraft *genesis_schema_draft_new_from_json
                                                              (const char         *json,
                                                               GError            **error);
GENESIS_API gboolean            genesis_schema_draft_save     (GenesisSchemaDraft *self,
                                                               const char         *path,
                                                               guint               min_cell,
                                                               GError            **error);
GENESIS_API GenesisSchemaDraft *genesis_schema_draft_load     (const char         *path,
                                                               GError            **error);

G_END_DECLS
