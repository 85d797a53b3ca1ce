/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

#include "base/genesis-buffer-private.h"
#include "base/genesis-encoder-private.h"
#include "host/genesis-plan-private.h"

G_BEGIN_DECLS

/**
 * GenesisBlocks:
 *
 * A list of named dense arrays: a partial and a total (plan order, I64), or a state (sorted by
 * name, I64 or F64). Immutable once handed on; reference counted. The values lie in
 * GenesisBuffers.
 */
typedef struct _GenesisBlocks GenesisBlocks;

GenesisBlocks *genesis_blocks_new_state (void);
/* An empty list in plan order, to be filled with genesis_blocks_append() (a decoded partial);
   no writable views. */
GenesisBlocks *genesis_blocks_new_list (void);
GenesisBlocks *genesis_blocks_new_for_plan (GenesisPlan *plan, GenesisBufferBacking backing);
GenesisBlocks *genesis_blocks_ref (GenesisBlocks *self);
void genesis_blocks_unref (GenesisBlocks *self);
/* Copies the list; values are shared, never written again. */
GenesisBlocks *genesis_blocks_copy (GenesisBlocks *self);
/* Replaces or adds, keeping the order by name; n = 0 drops. Copies data. For a state under
   construction only. */
void genesis_blocks_put (GenesisBlocks *self, const char *name, guint32 dtype, guint64 n,
                         gconstpointer data);
/* Adds at the end whatever the name. Copies data. For a list under construction only. */
void genesis_blocks_append (GenesisBlocks *self, const char *name, guint32 dtype, gint32 shift,
                            guint64 n, gconstpointer data);
gboolean genesis_blocks_is_state (GenesisBlocks *self);
const genesis_abi_blocks *genesis_blocks_get_abi (GenesisBlocks *self);
const genesis_abi_block *genesis_blocks_find (GenesisBlocks *self, const char *name);
/* Writable views in plan order, for measure and close; valid as long as self, before it is
   handed on. */
genesis_abi_sums *genesis_blocks_get_sums (GenesisBlocks *self);
/* The single cell of block "rows" of a partial or total. */
gint64 genesis_blocks_get_rows (GenesisBlocks *self);
gsize genesis_blocks_get_n_bytes (GenesisBlocks *self);
void genesis_blocks_encode (GenesisBlocks *self, GenesisEncoder *to);
/* From an enemy: every cap is checked before anything is allocated; one encoding only.
   GENESIS_ERROR_INVALID_DATA. */
GenesisBlocks *genesis_blocks_decode (GenesisDecoder *from, GError **error);
gboolean genesis_blocks_equal (GenesisBlocks *self, GenesisBlocks *other);

/* A partial is checked before it is added: names, shape and order of the plan, counts not
   negative, blocks flagged as counts total n, |sum| <= n x bound. The error names block and
   reason, never a value of the data. */
gboolean genesis_blocks_check_partial (GenesisBlocks *self, GenesisPlan *plan, guint64 n_rows,
                                       GError **error);

/* The same for a partial whose rows were clipped: they add less than whole counts, in finer units.
   */
gboolean genesis_blocks_check_clipped_partial (GenesisBlocks *self, GenesisPlan *plan,
                                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisBlocks, genesis_blocks_unref)

G_END_DECLS
