/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/genesis-plugin-host.h>

#include "host/genesis-blocks-private.h"

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
/* Value of the reserved setting min_sites, 1 when the plugin does not declare it. Static: needs
   no instance. */
gboolean genesis_aggregation_read_min_sites (GenesisPlugin *plugin, GHashTable *settings,
                                             guint *min_sites, GError **error);
gboolean genesis_aggregation_open (GenesisAggregation *self, GenesisPlan *plan,
                                   genesis_abi_cost *cost, GError **error);
gboolean genesis_aggregation_add (GenesisAggregation *self, guint site, guint64 n_rows,
                                  guint64 weight_q20, GenesisBlocks *partial, GError **error);
/* Refuses a total that cannot be: more rows than were added (unless the cost says that it carries
   noise), a sum beyond 2^62. */
GenesisBlocks *genesis_aggregation_close (GenesisAggregation *self, GError **error);
guint genesis_aggregation_get_n_alive (GenesisAggregation *self);
char **genesis_aggregation_dup_settings (GenesisAggregation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisAggregation, genesis_aggregation_free)

G_END_DECLS
