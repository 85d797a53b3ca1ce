/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-spending-private.h"

#include <math.h>

#include "federation/genesis-data-site-private.h"

/* *limit: NULL when the site has no budget. */
static gboolean
read_limit (GenesisParticipant *participant, GenesisSpendLimit *storage,
            const GenesisSpendLimit **limit, GError **error)
{
  const double budget =
      genesis_site_config_get_privacy_budget (genesis_data_site_get_config (participant->site));

  *limit = isnan (budget) ? NULL : storage;
  return isnan (budget) || genesis_spend_limit_init (storage, budget, GENESIS_SPEND_DELTA, error);
}

static gboolean
has_ledger (GenesisParticipant *participant)
{
  GenesisSiteConfig *config = genesis_data_site_get_config (participant->site);

  return genesis_site_config_get_ledger (config) != NULL
         || !isnan (genesis_site_config_get_privacy_budget (config));
}

static gboolean
hold (GenesisParticipant *participant, GError **error)
{
  if (participant->ledger == NULL)
    participant->ledger = genesis_data_site_open_ledger (participant->site, error);
  return participant->ledger != NULL;
}

gboolean
genesis_spending_admit (GenesisParticipant *participant, const char *run, double mu2,
                        GError **error)
{
  GenesisSpendLimit storage;
  const GenesisSpendLimit *limit;
  guint64 units;

  if (!has_ledger (participant))
    return TRUE;
  if (!hold (participant, error) || !read_limit (participant, &storage, &limit, error))
    return FALSE;
  return limit == NULL
         || (genesis_privacy_budget_cost (mu2, &units, error)
             && genesis_spend_ledger_admit (participant->ledger, run, units, limit, error));
}

/* Bytes that were sent once and are lost are made again with fresh noise, which is paid for
   anew. */
static gboolean
reserve (GenesisParticipant *participant, const GenesisSpend *spend, GError **error)
{
  GenesisSpendLimit storage;
  const GenesisSpendLimit *limit;
  GenesisSpendState state;

  return hold (participant, error) && read_limit (participant, &storage, &limit, error)
         && genesis_spend_ledger_reserve (participant->ledger, spend, limit, &state, NULL, error)
         && (state != GENESIS_SPEND_COMMITTED
             || genesis_spend_ledger_reserve_again (participant->ledger, spend, limit, error));
}

/* Costs nothing when it was reserved. */
static gboolean
settle (GenesisParticipant *participant, const GenesisSpend *spend, const char *digest,
        GError **error)
{
  GenesisSpendLimit storage;
  const GenesisSpendLimit *limit;

  return hold (participant, error) && read_limit (participant, &storage, &limit, error)
         && genesis_spend_ledger_reserve (participant->ledger, spend, limit, NULL, NULL, error)
         && genesis_spend_ledger_commit (participant->ledger, spend, digest, error);
}

/* digest: NULL before the noise is drawn. */
static gboolean
write_all (GPtrArray *participants, const GenesisSpend *spend, const char *digest, GError **error)
{
  for (guint i = 0; i < participants->len; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (participants, i);

      if (!participant->is_accepted || !has_ledger (participant)
          || (digest == NULL ? reserve (participant, spend, error)
                             : settle (participant, spend, digest, error)))
        continue;
      g_prefix_error (error, "site '%s': ", genesis_participant_get_name (participant));
      return FALSE;
    }
  return TRUE;
}

gboolean
genesis_spending_reserve (GPtrArray *participants, const GenesisSpend *spend, GError **error)
{
  return write_all (participants, spend, NULL, error);
}

gboolean
genesis_spending_settle (GPtrArray *participants, const GenesisSpend *spend, const char *digest,
                         GError **error)
{
  return write_all (participants, spend, digest, error);
}

void
genesis_spending_release (GPtrArray *participants)
{
  for (guint i = 0; i < participants->len; i++)
    g_clear_pointer (&((GenesisParticipant *)g_ptr_array_index (participants, i))->ledger,
                     genesis_spend_ledger_unref);
}
