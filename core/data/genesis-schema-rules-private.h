/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-row-constraint-set-private.h"

G_BEGIN_DECLS

/**
 * GenesisSchemaRules:
 * @in_force: constraints that every row keeps, or NULL; part of the schema's digest
 * @proposed: GenesisRowConstraint that somebody may put in force, or NULL; a note for readers
 *
 * What a schema says about whole rows.
 */
typedef struct
{
  GenesisRowConstraintSet *in_force;
  GPtrArray *proposed;
} GenesisSchemaRules;

void genesis_schema_rules_clear (GenesisSchemaRules *self);
/* The schema's own. */
GenesisSchemaRules *genesis_schema_get_rules (GenesisSchema *self);
/* NULL when nothing is in force. */
const GenesisRowConstraintSet *genesis_schema_get_constraint_set (GenesisSchema *self);
/* Makes the canonical bytes anew. */
void genesis_schema_renew_canonical (GenesisSchema *self);

/* For the maker of a schema, before anybody else has it. NULL: none. */
gboolean genesis_schema_take_rules (GenesisSchema *self, GPtrArray *constraints,
                                    GPtrArray *proposed, GError **error);
/* The members "constraints" and "proposed" of a schema file. */
gboolean genesis_schema_read_rules (GenesisSchema *self, JsonObject *root, GError **error);
void genesis_schema_write_rules (GenesisSchema *self, JsonBuilder *builder);
/* The schema without a constraint has the bytes of one that knows none. */
const char *genesis_schema_get_format (GenesisSchema *self);
void genesis_schema_encode_rules (GenesisSchema *self, GenesisEncoder *to);
/* Whether format is one that _get_format gives, and what follows at the end. */
gboolean genesis_schema_check_format (const char *format, gboolean *has_rules,
                                      gboolean *has_identifiers);
/* A copy that nobody else has, rules and all. */
GenesisSchema *genesis_schema_copy (GenesisSchema *self);
/* The rules and identifiers of from, for a schema that is made of its columns. */
gboolean genesis_schema_inherit_rules (GenesisSchema *self, GenesisSchema *from, GError **error);

G_END_DECLS
