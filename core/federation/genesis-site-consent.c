/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-site-consent-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

gboolean
genesis_site_consent_give (GenesisSiteConfig *config, const GenesisSitePolicyRun *run,
                           GError **error)
{
  GenesisSitePolicy *policy = genesis_site_config_get_policy (config);

  if (policy != NULL && !genesis_site_policy_admit (policy, run, error))
    return FALSE;
  if (run->is_private || isnan (genesis_site_config_get_privacy_budget (config)))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED,
               "it has a privacy_budget and aggregator '%s' gives no differential privacy; choose "
               "another aggregator, or unset the budget",
               genesis_plugin_get_id (run->aggregator));
  return FALSE;
}
