/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/plugin-abi.h>

G_BEGIN_DECLS

#define GENESIS_PLAN_MAX_ROUNDS  64u
#define GENESIS_PLAN_MAX_BLOCKS  4096u
#define GENESIS_PLAN_MAX_CELLS   (G_GUINT64_CONSTANT (1) << 26)
#define GENESIS_PLAN_MAX_BYTES   (G_GUINT64_CONSTANT (512) << 20)
#define GENESIS_PLAN_MAX_RANK    8u
#define GENESIS_PLAN_MAX_TITLE   255u  /* bytes */
#define GENESIS_BLOCK_MAX_NAME   4096u /* bytes */
#define GENESIS_STATE_MAX_BLOCKS 65536u

/* The caps and rules of a plan, in the order in which they become safe to check. Errors name
   block and rule. */

/* phase, number of blocks, budget share, title: reads no spec */
gboolean genesis_plan_check_head (const genesis_abi_plan *plan, const genesis_abi_session *session,
                                  GError **error);
/* name, rank, shape of one spec that is still the plugin's: reads nothing beyond */
gboolean genesis_plan_check_spec_head (const genesis_abi_block_spec *spec, guint index,
                                       GError **error);
/* everything else, on the host's copy */
gboolean genesis_plan_check_specs (const genesis_abi_plan *plan, const genesis_abi_session *session,
                                   guint64 *n_cells, GError **error);

gboolean genesis_session_check (const genesis_abi_session *session, GError **error);
guint64 genesis_block_spec_get_cells (const genesis_abi_block_spec *spec);

G_END_DECLS
