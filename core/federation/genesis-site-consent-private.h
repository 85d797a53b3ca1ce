/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-site-config.h>

#include "federation/genesis-site-policy-private.h"

G_BEGIN_DECLS

/* Whether a site lets a run look at its rows: what can be said before one is read. GENESIS_ERROR_
   REFUSED: its policy does not allow what is asked; BUDGET_EXHAUSTED: it has a budget, and nothing
   of it would be kept. */
gboolean genesis_site_consent_give (GenesisSiteConfig *config, const GenesisSitePolicyRun *run,
                                    GError **error);

G_END_DECLS
