/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-privacy-terms-private.h"

#include <math.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-privacy.h>

#include "federation/genesis-session-private.h"
#include "host/genesis-aggregation-private.h"
#include "host/genesis-plugin-private.h"
#include "privacy/genesis-spend-private.h"

/* Left of epsilon for what the discrete Gaussian costs beyond the continuous one, which is far less
   at the deviations that are usually drawn. The account adds the exact amount and refuses a total
   that would pass epsilon. */
#define MARGIN 1e-4

static gboolean
check_site_unit (const GenesisPrivacyTerms *self, GError **error)
{
  const char *reason = NULL;

  if (self->neighbours == 1)
    reason = "neighbours=replace tells the number of all rows as it is, and the site in another's "
             "place may have another number; set neighbours=add-remove";
  else if (self->max_rows_per_site == 0)
    reason = "it needs max_rows_per_site, a public bound on the rows of each; set it";
  if (reason != NULL)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "unit=site hides a whole site: %s", reason);
  return reason == NULL;
}

gboolean
genesis_privacy_terms_read (GenesisPrivacyTerms *self, GenesisPlugin *aggregator,
                            GHashTable *settings, GError **error)
{
  g_autoptr (GenesisPluginSettings) parsed =
      genesis_aggregation_parse_settings (aggregator, settings, error);

  if (parsed == NULL)
    return FALSE;
  *self = (GenesisPrivacyTerms){
    .is_private = genesis_plugin_is_private (aggregator),
    .unit = GENESIS_ABI_UNIT_RECORD,
    .epsilon = genesis_plugin_settings_get_real (parsed, "epsilon", INFINITY),
    .delta = genesis_plugin_settings_get_real (parsed, "delta", 1e-5),
    .noise_scale = genesis_plugin_settings_get_real (parsed, "noise_scale", 0),
    .clip = genesis_plugin_settings_get_real (parsed, "clip_threshold", 1),
    .max_weight = genesis_plugin_settings_get_real (parsed, "max_weight", 4),
    .max_rows_per_person =
        (guint64)MAX (genesis_plugin_settings_get_int (parsed, "max_rows_per_person", 1), 1),
    .max_rows_per_site =
        (guint64)MAX (genesis_plugin_settings_get_int (parsed, "max_rows_per_site", 0), 0),
  };
  if (g_str_equal (genesis_plugin_settings_get_choice (parsed, "unit", "record"), "site"))
    self->unit = GENESIS_ABI_UNIT_SITE;
  if (g_str_equal (genesis_plugin_settings_get_choice (parsed, "neighbours", ""), "replace"))
    self->neighbours = 1;
  return self->unit != GENESIS_ABI_UNIT_SITE || check_site_unit (self, error);
}

static double
find_mu2 (double epsilon, double delta)
{
  double mu = 0;

  if (isinf (epsilon) || !genesis_privacy_mu (epsilon * (1 - MARGIN), delta, &mu, NULL))
    return INFINITY;
  return mu * mu;
}

double
genesis_privacy_terms_get_budget (const GenesisPrivacyTerms *self, double site_epsilon)
{
  return MIN (find_mu2 (self->epsilon, self->delta), find_mu2 (site_epsilon, GENESIS_SPEND_DELTA));
}

guint64
genesis_privacy_terms_get_unit_rows (const GenesisPrivacyTerms *self)
{
  return self->unit == GENESIS_ABI_UNIT_SITE ? self->max_rows_per_site : self->max_rows_per_person;
}

void
genesis_privacy_terms_apply (const GenesisPrivacyTerms *self, double site_epsilon,
                             genesis_abi_session *session)
{
  if (!self->is_private)
    return;
  session->flags |= GENESIS_ABI_RUN_PRIVATE;
  session->unit = self->unit;
  session->neighbours = self->neighbours;
  session->max_rows_per_person = genesis_privacy_terms_get_unit_rows (self);
  session->budget_mu2 = genesis_privacy_terms_get_budget (self, site_epsilon);
}

double
genesis_privacy_terms_get_factor (const GenesisPrivacyTerms *self, guint64 max_weight_q20)
{
  return ceil ((double)max_weight_q20 / GENESIS_SESSION_WEIGHT_ONE)
         * (double)genesis_privacy_terms_get_unit_rows (self);
}
