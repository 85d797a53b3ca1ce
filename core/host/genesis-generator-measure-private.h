/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host/genesis-abi-schema-private.h"
#include "host/genesis-abi-table-private.h"
#include "host/genesis-generator-private.h"
#include "host/genesis-instance-private.h"

G_BEGIN_DECLS

/* The inside of a generator, for the two files that call its plugin. */
struct _GenesisGenerator
{
  GenesisInstance base;
  const genesis_abi_generator *vtable;
  GenesisSchema *schema;
  GenesisAbiSchema *abi_schema;
  GenesisBlocks *empty; /* the state before round 1 */
  genesis_abi_gen *instance;
  GenesisCallProgressFunc progress;
  gpointer progress_data;
  GenesisRowBounds bounds;
};

GenesisCall genesis_generator_make_call (GenesisGenerator *self, const char *name,
                                         GenesisPlan *plan, GCancellable *cancellable);
/* A state that is NULL is empty. */
const genesis_abi_blocks *genesis_generator_view_state (GenesisGenerator *self,
                                                        GenesisBlocks *state);
/* Whether a table has the columns of the schema. */
gboolean genesis_generator_check_table (GenesisGenerator *self, GenesisTable *table,
                                        GError **error);

G_END_DECLS
