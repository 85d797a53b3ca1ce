/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-plugin-host.h>

#include "host/genesis-module-private.h"
#include "host/genesis-plugin-descriptor-private.h"
#include "host/genesis-plugin-log-private.h"

G_BEGIN_DECLS

/* Takes descriptor. */
GenesisPlugin *genesis_plugin_new (GenesisPluginDescriptor *descriptor, const GenesisModule *module,
                                   GenesisPluginLog *log);
const GenesisPluginDescriptor *genesis_plugin_get_descriptor (GenesisPlugin *self);
GenesisPluginLog *genesis_plugin_get_log (GenesisPlugin *self);
/* Whether an aggregator promises differential privacy: it declares epsilon or noise_scale, settings
   whose names mean the same in every aggregator. */
gboolean genesis_plugin_is_private (GenesisPlugin *self);
/* Whether its word is taken for how far a row moves its sums: one of the project's own, by its id,
   or one that a key file pinned by its bytes. */
gboolean genesis_plugin_is_trusted (GenesisPlugin *self);
void genesis_plugin_set_pinned (GenesisPlugin *self);
guint genesis_plugin_get_abi_minor_built (GenesisPlugin *self);
guint genesis_plugin_get_abi_minor_needed (GenesisPlugin *self);

G_END_DECLS
