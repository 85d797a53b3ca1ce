/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-session-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-plugin-private.h"

void
genesis_session_init (genesis_abi_session *session, guint n_sites, guint min_sites, guint rounds)
{
  memset (session, 0, sizeof *session);
  session->struct_size = sizeof *session;
  session->n_sites = n_sites;
  session->min_sites = min_sites;
  session->unit = GENESIS_ABI_UNIT_RECORD;
  session->rounds = rounds;
  session->max_rows_per_person = 1;
  session->n_max = GENESIS_SESSION_N_MAX;
  session->max_weight_q20 = GENESIS_SESSION_WEIGHT_ONE;
  session->budget_mu2 = INFINITY;
}

guint
genesis_session_get_default_rounds (GenesisPlugin *plugin)
{
  const char *const *features = genesis_plugin_get_descriptor (plugin)->abi.features;

  for (guint i = 0; features != NULL && features[i] != NULL; i++)
    {
      guint64 rounds = 0;

      if (g_str_has_prefix (features[i], "rounds=")
          && g_ascii_string_to_unsigned (features[i] + strlen ("rounds="), 10, 1, 64, &rounds,
                                         NULL))
        return rounds;
    }
  return GENESIS_SESSION_DEFAULT_ROUNDS;
}

GenesisPlugin *
genesis_session_lookup_plugin (GenesisPluginHost *host, const char *id, GenesisPluginKind kind,
                               GError **error)
{
  GenesisPlugin *plugin = genesis_plugin_host_lookup (host, id, error);
  const gboolean wants_generator = kind == GENESIS_PLUGIN_KIND_GENERATOR;

  if (plugin == NULL)
    return NULL;
  if (genesis_plugin_get_kind (plugin) != kind)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "plugin '%s' is %s and cannot serve as %s; name %s",
                   genesis_plugin_get_id (plugin),
                   wants_generator ? "an aggregator" : "a generator",
                   wants_generator ? "a generator" : "an aggregator",
                   wants_generator ? "a generator such as gaussian_copula"
                                   : "an aggregator such as fedavg");
      return NULL;
    }
  return g_object_ref (plugin);
}

guint64
genesis_session_weight_q20 (double weight)
{
  const double scaled = rint (weight * GENESIS_SESSION_WEIGHT_ONE);

  /* Also false for NaN. 2^20 records' worth in one record leaves room for 2^23 of them in 2^63. */
  if (!(scaled >= 1.0 && weight <= GENESIS_SESSION_WEIGHT_ONE))
    return 0;
  return (guint64)scaled;
}
