/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

#include "base/genesis-encoder-private.h"

G_BEGIN_DECLS

/* The public facts of a run, see genesis_abi_session. run_id is not part of the digest. */
void genesis_session_encode (const genesis_abi_session *session, GenesisEncoder *to);

/**
 * GenesisPlan:
 *
 * The host's own deep copy of what a generator's plan () returned: checked against the caps (64
 * rounds, 4,096 blocks, 2^26 cells, 512 MiB), specs[0] being "rows", and against overflow.
 * Immutable; reference counted.
 */
typedef struct _GenesisPlan GenesisPlan;

GenesisPlan *genesis_plan_new_copy (const genesis_abi_plan *plan,
                                    const genesis_abi_session *session, GError **error);
GenesisPlan *genesis_plan_ref (GenesisPlan *self);
void genesis_plan_unref (GenesisPlan *self);
const genesis_abi_plan *genesis_plan_get_abi (GenesisPlan *self);
const char *genesis_plan_get_title (GenesisPlan *self);
/* SHA-256 (hex) over the canonical bytes of the plan. */
const char *genesis_plan_get_digest (GenesisPlan *self);
guint64 genesis_plan_get_n_cells (GenesisPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisPlan, genesis_plan_unref)

G_END_DECLS
