/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/genesis-plugin-host.h>
#include <genesis/plugin-abi.h>

G_BEGIN_DECLS

/**
 * GenesisPluginDescriptor:
 * @abi: every text set ("" where the plugin has none); params, generator and aggregator lead to
 *   the copies below
 *
 * The host's copy of a plugin's tables, zero-extended to this host's sizes and validated. Texts
 * stay the plugin's, whose file is never unloaded.
 */
typedef struct
{
  genesis_abi_plugin abi;
  genesis_abi_generator generator;
  genesis_abi_aggregator aggregator;
  genesis_abi_param_spec *params;
  const genesis_abi_param_spec **param_pointers;
} GenesisPluginDescriptor;

GenesisPluginDescriptor *genesis_plugin_descriptor_new (const genesis_abi_plugin *plugin,
                                                        GError **error);
void genesis_plugin_descriptor_free (GenesisPluginDescriptor *self);

/* "genesis.<name>" or reverse DNS, at most 255 bytes; so neither a path nor anything a terminal
   would act on. */
gboolean genesis_plugin_is_id (const char *id);
/* [a-z][a-z0-9_]*; NULL is none. */
gboolean genesis_param_spec_is_name (const char *name);
/* Range with open ends; FALSE for NaN. */
gboolean genesis_param_spec_contains (const genesis_abi_param_spec *spec, double value);
gboolean genesis_param_spec_check (const genesis_abi_param_spec *spec, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisPluginDescriptor, genesis_plugin_descriptor_free)

G_END_DECLS
