/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-participant-private.h"

G_BEGIN_DECLS

/* What a private run costs the data sets of its sites, in their ledgers. A site has one when it has
   a privacy budget, or names a file for it. Each is held from when the site is admitted until it is
   released. */

/* mu2: that the whole run may cost. BUDGET_EXHAUSTED: the site's budget does not allow it. */
gboolean genesis_spending_admit (GenesisParticipant *participant, const char *run, double mu2,
                                 GError **error);
/* Before noise is drawn: the cost is in the ledger of every site whose answer the total holds. */
gboolean genesis_spending_reserve (GPtrArray *participants, const GenesisSpend *spend,
                                   GError **error);
/* After the total is durable and before anything that was made of it can leave: what leaves is in
   the ledgers. Also of a total that an earlier process made, and may have died before this. */
gboolean genesis_spending_settle (GPtrArray *participants, const GenesisSpend *spend,
                                  const char *digest, GError **error);
void genesis_spending_release (GPtrArray *participants);

G_END_DECLS
