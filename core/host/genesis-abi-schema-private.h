/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema.h>
#include <genesis/plugin-abi.h>

G_BEGIN_DECLS

/**
 * GenesisAbiSchema:
 *
 * A schema as a plugin sees it, deep copied: INTEGER and DATETIME are INT, CATEGORY and BOOLEAN
 * are CATEGORY.
 */
typedef struct _GenesisAbiSchema GenesisAbiSchema;

GenesisAbiSchema *genesis_abi_schema_new (GenesisSchema *schema);
void genesis_abi_schema_free (GenesisAbiSchema *self);
const genesis_abi_schema *genesis_abi_schema_get (GenesisAbiSchema *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisAbiSchema, genesis_abi_schema_free)

G_END_DECLS
