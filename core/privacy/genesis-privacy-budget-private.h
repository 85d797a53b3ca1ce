/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisPrivacyBudget:
 * @limit: what may be spent; %G_MAXUINT64: no limit
 * @spent: what was spent, never above @limit
 *
 * mu^2 in units of 2^-40, so that sums and comparisons are exact and do not depend on their order.
 */
typedef struct
{
  guint64 limit, spent;
} GenesisPrivacyBudget;

#define GENESIS_PRIVACY_BUDGET_UNIT (1.0 / (G_GUINT64_CONSTANT (1) << 40))
/* The largest mu^2 that is counted: 2^22. Far above it nothing is private at all. */
#define GENESIS_PRIVACY_BUDGET_MAX 4194304.0

/* A cost, rounded up. Refused with GENESIS_ERROR_BUDGET_EXHAUSTED: NaN, below 0, above
   GENESIS_PRIVACY_BUDGET_MAX. */
gboolean genesis_privacy_budget_cost (double mu2, guint64 *units, GError **error);
/* A limit, rounded down; at least 0, and INFINITY: none. */
void genesis_privacy_budget_init (GenesisPrivacyBudget *self, double mu2_limit);
gboolean genesis_privacy_budget_allows (const GenesisPrivacyBudget *self, guint64 units);
/* All or nothing; FALSE: it would pass the limit, and nothing was spent. */
gboolean genesis_privacy_budget_spend (GenesisPrivacyBudget *self, guint64 units);
double genesis_privacy_budget_to_mu2 (guint64 units);

G_END_DECLS
