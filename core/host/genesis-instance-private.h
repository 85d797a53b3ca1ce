/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-plugin-host.h>

#include "host/genesis-call-private.h"
#include "host/genesis-plugin-settings-private.h"

G_BEGIN_DECLS

/**
 * GenesisInstance:
 * @session: a copy of the host's
 *
 * What an instance of a plugin lives with, whichever kind it is of; all of it outlives the
 * instance. The pointer to the instance itself is its owner's, who knows its type.
 */
typedef struct
{
  GenesisPlugin *plugin;
  GenesisLent *lent;
  genesis_abi_session session;
  GenesisPluginSettings *settings;
} GenesisInstance;

/* INVALID_CONFIG when the plugin is of another kind. */
gboolean genesis_instance_check_kind (GenesisPlugin *plugin, GenesisPluginKind kind,
                                      GError **error);
/* threads: width of host->parallel. What failed needs to be cleared as well. */
gboolean genesis_instance_init (GenesisInstance *self, GenesisPlugin *plugin,
                                GenesisPluginKind kind, const genesis_abi_session *session,
                                GHashTable *settings, guint threads, GError **error);
void genesis_instance_clear (GenesisInstance *self);
/* Ends the call of create (): made is what it left in *out. */
gboolean genesis_instance_end_create (GenesisInstance *self, GenesisCall *call,
                                      genesis_abi_status status, gconstpointer made,
                                      GError **error);

G_END_DECLS
