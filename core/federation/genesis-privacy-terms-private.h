/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-plugin-host.h>
#include <genesis/plugin-abi.h>

G_BEGIN_DECLS

/**
 * GenesisPrivacyTerms:
 * @is_private: whether the aggregator gives differential privacy at all; else nothing else holds
 * @unit: GENESIS_ABI_UNIT_...
 * @neighbours: 0 add or remove one, 1 replace one
 * @epsilon: the cap of a run; %INFINITY: none
 * @delta: at which epsilon is meant
 * @noise_scale: least noise multiplier of a round
 * @clip: of the declared bounds
 * @max_weight: the most that a record may count
 * @max_rows_per_person: at least 1
 * @max_rows_per_site: 0: not given
 *
 * What an aggregator's settings promise. Their names mean the same in every aggregator, see
 * secure_dp; an aggregator that declares neither epsilon nor noise_scale promises nothing.
 */
typedef struct
{
  gboolean is_private;
  guint32 unit, neighbours;
  double epsilon, delta, noise_scale, clip, max_weight;
  guint64 max_rows_per_person, max_rows_per_site;
} GenesisPrivacyTerms;

/* INVALID_CONFIG: a setting is wrong, or unit=site lacks max_rows_per_site or is with replace. */
gboolean genesis_privacy_terms_read (GenesisPrivacyTerms *self, GenesisPlugin *aggregator,
                                     GHashTable *settings, GError **error);
/* The mu^2 that a run may spend in all: by its own epsilon, and by the least that a site set itself
   (privacy_budget at GENESIS_SPEND_DELTA; INFINITY: none did). INFINITY: no cap. */
double genesis_privacy_terms_get_budget (const GenesisPrivacyTerms *self, double site_epsilon);
/* Tells the session what is promised: it is public, and every generator may know it. Nothing for
   terms that promise nothing. */
void genesis_privacy_terms_apply (const GenesisPrivacyTerms *self, double site_epsilon,
                                  genesis_abi_session *session);
/* The most records of one protected unit, a person or a site. */
guint64 genesis_privacy_terms_get_unit_rows (const GenesisPrivacyTerms *self);
/* What every sensitivity is multiplied by, and so every noise. */
double genesis_privacy_terms_get_factor (const GenesisPrivacyTerms *self, guint64 max_weight_q20);

G_END_DECLS
