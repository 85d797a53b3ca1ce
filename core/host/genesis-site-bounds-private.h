/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host/genesis-row-bounds-private.h"

G_BEGIN_DECLS

/* Whether a site's sums as a whole are held to a bound: all of a site is protected, present or
   absent. */
gboolean genesis_site_bounds_are_active (const genesis_abi_session *session);
/* How far a site of n_rows rows may move the sums: no further, per group of blocks, than the clip
   times the session's most rows of a unit times the declared sensitivity. A site with no more rows
   than that adds what its rows add, which are bounded each; the sums of a larger one are scaled
   down, towards zero, in place. sums: of plan, in the units of bounds; not handed on yet. */
void genesis_site_bounds_clip (const GenesisRowBounds *bounds, const genesis_abi_session *session,
                               GenesisPlan *plan, guint64 n_rows, GenesisBlocks *sums);

G_END_DECLS
