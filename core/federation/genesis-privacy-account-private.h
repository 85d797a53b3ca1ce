/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "federation/genesis-privacy-terms-private.h"
#include "host/genesis-noise-lending-private.h"
#include "privacy/genesis-privacy-budget-private.h"

G_BEGIN_DECLS

/**
 * GenesisPrivacyAccount:
 * @site_epsilon: the least that a site set itself, at GENESIS_SPEND_DELTA; %INFINITY: none did
 * @budget: exact, of the whole run
 * @share: sum of the shares of the plans that were paid for
 * @is_raised: whether a round had more noise than its noise_scale asks for
 * @noise: cells and least deviation over all rounds; its mu2 is not used
 *
 * What a run has promised and what it has spent of it.
 */
typedef struct
{
  GenesisPrivacyTerms terms;
  double site_epsilon;
  GenesisPrivacyBudget budget;
  double share;
  gboolean is_raised;
  GenesisNoiseUse noise;
} GenesisPrivacyAccount;

void genesis_privacy_account_init (GenesisPrivacyAccount *self, const GenesisPrivacyTerms *terms,
                                   double site_epsilon, double budget_mu2);
/* Whether a round may be opened: what its aggregator says it costs fits what was promised and what
   is left. The error names both numbers. */
gboolean genesis_privacy_account_check (const GenesisPrivacyAccount *self,
                                        const genesis_abi_plan *plan, const genesis_abi_cost *cost,
                                        const char *aggregator, GError **error);
/* Before noise is drawn. */
gboolean genesis_privacy_account_spend (GenesisPrivacyAccount *self, const genesis_abi_plan *plan,
                                        double mu2, GError **error);
/* After noise was drawn, before its total is told to anybody: refused when what the integers cost
   beyond continuous noise passes an epsilon that was promised. */
gboolean genesis_privacy_account_note (GenesisPrivacyAccount *self, const GenesisNoiseUse *noise,
                                       GError **error);
double genesis_privacy_account_get_mu2 (const GenesisPrivacyAccount *self);
/* At the terms' delta; INFINITY without privacy, 0 before a round. */
double genesis_privacy_account_get_epsilon (const GenesisPrivacyAccount *self);
/* (transfer full): sentences a reader must know; NULL-terminated. */
char **genesis_privacy_account_dup_assumptions (const GenesisPrivacyAccount *self);
/* (transfer full): what the numbers warn of; NULL-terminated. n_rows, n_sites: how many there are,
   as far as a noisy total tells. */
char **genesis_privacy_account_dup_warnings (const GenesisPrivacyAccount *self, guint min_sites,
                                             guint64 n_rows, guint n_sites);
/* The object: unit, neighbours, numbers, assumptions. */
void genesis_privacy_account_write (const GenesisPrivacyAccount *self, JsonBuilder *to);

G_END_DECLS
