/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/genesis-plugin-host.h>

#include "host/genesis-blocks-private.h"
#include "host/genesis-noise-lending-private.h"
#include "host/genesis-plugin-settings-private.h"

G_BEGIN_DECLS

/**
 * GenesisAggregation:
 *
 * One instance of an aggregator plugin. open -> add once a site -> close; see plugin-abi.h.
 */
typedef struct _GenesisAggregation GenesisAggregation;

GenesisAggregation *genesis_aggregation_new (GenesisPlugin *plugin,
                                             const genesis_abi_session *session,
                                             GHashTable *settings, GError **error);
void genesis_aggregation_free (GenesisAggregation *self);
gboolean genesis_aggregation_is_linear (GenesisAggregation *self);
/* Settings as an aggregator would be given them. Static: needs no instance. */
GenesisPluginSettings *genesis_aggregation_parse_settings (GenesisPlugin *plugin,
                                                           GHashTable *settings, GError **error);
/* Value of the reserved setting min_sites, 1 when the plugin does not declare it. Static: needs
   no instance. */
gboolean genesis_aggregation_read_min_sites (GenesisPlugin *plugin, GHashTable *settings,
                                             guint *min_sites, GError **error);
/* Where its noise comes from, and what every sensitivity is multiplied by; without one, a round
   that costs privacy cannot be closed. */
void genesis_aggregation_set_noise_source (GenesisAggregation *self, GenesisNoiseFunc draw,
                                           gpointer user_data, double factor);
/* A cost stated as rho alone is given as mu^2 too. */
gboolean genesis_aggregation_open (GenesisAggregation *self, GenesisPlan *plan,
                                   genesis_abi_cost *cost, GError **error);
gboolean genesis_aggregation_add (GenesisAggregation *self, guint site, guint64 n_rows,
                                  guint64 weight_q20, GenesisBlocks *partial, GError **error);
/* (nullable): for each block of the open round, the power of 2 that its partials were multiplied
   by. Borrowed until close. */
void genesis_aggregation_set_shifts (GenesisAggregation *self, const guint8 *extra_shifts);
/* Refuses a total that cannot be: more rows than were added (unless the cost says that it carries
   noise), noise other than its cost, a sum beyond 2^62. */
GenesisBlocks *genesis_aggregation_close (GenesisAggregation *self, GError **error);
/* The noise of the last round that was closed. */
const GenesisNoiseUse *genesis_aggregation_get_noise_use (GenesisAggregation *self);
guint genesis_aggregation_get_n_alive (GenesisAggregation *self);
char **genesis_aggregation_dup_settings (GenesisAggregation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisAggregation, genesis_aggregation_free)

G_END_DECLS
