/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-privacy-budget-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

gboolean
genesis_privacy_budget_cost (double mu2, guint64 *units, GError **error)
{
  if (mu2 >= 0 && mu2 <= GENESIS_PRIVACY_BUDGET_MAX)
    {
      *units = (guint64)ceil (ldexp (mu2, 40));
      return TRUE;
    }
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_BUDGET_EXHAUSTED,
               "a cost of mu^2 = %g cannot be accounted for: it has to lie between 0 and %.0f; "
               "raise the noise",
               mu2, GENESIS_PRIVACY_BUDGET_MAX);
  return FALSE;
}

void
genesis_privacy_budget_init (GenesisPrivacyBudget *self, double mu2_limit)
{
  g_return_if_fail (mu2_limit >= 0);

  self->spent = 0;
  self->limit = mu2_limit <= GENESIS_PRIVACY_BUDGET_MAX ? (guint64)floor (ldexp (mu2_limit, 40))
                                                        : G_MAXUINT64;
}

gboolean
genesis_privacy_budget_allows (const GenesisPrivacyBudget *self, guint64 units)
{
  return units <= self->limit - self->spent;
}

gboolean
genesis_privacy_budget_spend (GenesisPrivacyBudget *self, guint64 units)
{
  if (!genesis_privacy_budget_allows (self, units))
    return FALSE;
  self->spent += units;
  return TRUE;
}

double
genesis_privacy_budget_to_mu2 (guint64 units)
{
  return ldexp ((double)units, -40);
}
