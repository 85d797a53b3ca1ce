/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "host/genesis-plugin-descriptor-private.h"

G_BEGIN_DECLS

/**
 * GenesisPluginSettings:
 *
 * The values in force of a plugin's declared settings: given ones parsed and checked, the others
 * by default.
 */
typedef struct _GenesisPluginSettings GenesisPluginSettings;

/* given: (nullable): text -> text. GENESIS_ERROR_INVALID_CONFIG names plugin, setting and what
   is allowed. */
GenesisPluginSettings *genesis_plugin_settings_parse (const GenesisPluginDescriptor *descriptor,
                                                      GHashTable *given, GError **error);
void genesis_plugin_settings_free (GenesisPluginSettings *self);
const genesis_abi_config *genesis_plugin_settings_get_config (GenesisPluginSettings *self);
/* NULL when the plugin does not declare it. */
const genesis_abi_value *genesis_plugin_settings_find (GenesisPluginSettings *self,
                                                       const char *name);
/* Values of settings whose names mean the same in every plugin; otherwise: when the plugin does not
   declare such a setting of this type. */
double genesis_plugin_settings_get_real (GenesisPluginSettings *self, const char *name,
                                         double otherwise);
gint64 genesis_plugin_settings_get_int (GenesisPluginSettings *self, const char *name,
                                        gint64 otherwise);
const char *genesis_plugin_settings_get_choice (GenesisPluginSettings *self, const char *name,
                                                const char *otherwise);
/* (transfer full): "name=value", sorted by name, one text a value; reads back to the same.
   Secret ones are left out. */
char **genesis_plugin_settings_dup_list (GenesisPluginSettings *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisPluginSettings, genesis_plugin_settings_free)

G_END_DECLS
