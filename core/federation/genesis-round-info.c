/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-training-result-private.h"

#include <math.h>

#include "base/genesis-json-member-private.h"

G_DEFINE_BOXED_TYPE (GenesisRoundInfo, genesis_round_info, genesis_round_info_ref,
                     genesis_round_info_unref)

GenesisRoundInfo *
genesis_round_info_new (guint number, const char *phase)
{
  GenesisRoundInfo *self = g_new0 (GenesisRoundInfo, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->number = number;
  self->phase = g_strdup (phase);
  self->sites = g_new0 (char *, 1);
  self->skipped = g_new0 (char *, 1);
  self->warnings = g_new0 (char *, 1);
  self->mu2 = NAN;
  return self;
}

GenesisRoundInfo *
genesis_round_info_ref (GenesisRoundInfo *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
genesis_round_info_unref (GenesisRoundInfo *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->phase);
  g_strfreev (self->sites);
  g_strfreev (self->skipped);
  g_strfreev (self->warnings);
  g_free (self);
}

void
genesis_round_info_write (const GenesisRoundInfo *self, JsonBuilder *to)
{
  json_builder_begin_object (to);
  genesis_json_add_integer (to, "round", self->number);
  genesis_json_add_text (to, "phase", self->phase);
  genesis_json_add_texts (to, "sites", (const char *const *)self->sites);
  genesis_json_add_count (to, "samples_aggregated", self->samples_aggregated);
  genesis_json_add_texts (to, "skipped", (const char *const *)self->skipped);
  genesis_json_add_count (to, "bytes", self->bytes);
  if (!isnan (self->mu2))
    {
      json_builder_set_member_name (to, "mu2");
      json_builder_add_double_value (to, self->mu2);
    }
  genesis_json_add_texts (to, "warnings", (const char *const *)self->warnings);
  json_builder_end_object (to);
}

/**
 * genesis_round_info_get_number:
 * @self: a round
 *
 * Returns: its number, from 1
 */
guint
genesis_round_info_get_number (const GenesisRoundInfo *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->number;
}

/**
 * genesis_round_info_get_phase:
 * @self: a round
 *
 * Returns: the title of its plan
 */
const char *
genesis_round_info_get_phase (const GenesisRoundInfo *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->phase;
}

/**
 * genesis_round_info_get_sites:
 * @self: a round
 *
 * Returns: (transfer none) (array zero-terminated=1): the sites that answered, in order of name
 */
const char *const *
genesis_round_info_get_sites (const GenesisRoundInfo *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char *const *)self->sites;
}

/**
 * genesis_round_info_get_skipped:
 * @self: a round
 *
 * Returns: (transfer none) (array zero-terminated=1): "name: reason" for each site that did not
 * answer
 */
const char *const *
genesis_round_info_get_skipped (const GenesisRoundInfo *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char *const *)self->skipped;
}

/**
 * genesis_round_info_get_warnings:
 * @self: a round
 *
 * Returns: (transfer none) (array zero-terminated=1): what the generator plugin warned of when it
 * absorbed the total, in order of text
 */
const char *const *
genesis_round_info_get_warnings (const GenesisRoundInfo *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return (const char *const *)self->warnings;
}

/**
 * genesis_round_info_get_samples_aggregated:
 * @self: a round
 *
 * Returns: rows of the sites that answered; under privacy what the noisy total says, at least 0
 */
guint64
genesis_round_info_get_samples_aggregated (const GenesisRoundInfo *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->samples_aggregated;
}

/**
 * genesis_round_info_get_bytes:
 * @self: a round
 *
 * Returns: size of the partials that were accepted
 */
guint64
genesis_round_info_get_bytes (const GenesisRoundInfo *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->bytes;
}

/**
 * genesis_round_info_get_mu2:
 * @self: a round
 *
 * Returns: what releasing the round's total cost, mu^2 of Gaussian differential privacy; NaN
 *   without privacy
 */
double
genesis_round_info_get_mu2 (const GenesisRoundInfo *self)
{
  g_return_val_if_fail (self != NULL, NAN);
  return self->mu2;
}
