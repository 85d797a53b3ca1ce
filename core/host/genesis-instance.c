/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-instance-private.h"

#include <genesis/genesis-error.h>

#include "host/genesis-plan-check-private.h"
#include "host/genesis-plugin-private.h"

gboolean
genesis_instance_check_kind (GenesisPlugin *plugin, GenesisPluginKind kind, GError **error)
{
  const gboolean wants_generator = kind == GENESIS_PLUGIN_KIND_GENERATOR;

  if (genesis_plugin_get_kind (plugin) == kind)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "plugin %s is %s, %s is needed",
               genesis_plugin_get_id (plugin), wants_generator ? "an aggregator" : "a generator",
               wants_generator ? "a generator" : "an aggregator");
  return FALSE;
}

gboolean
genesis_instance_init (GenesisInstance *self, GenesisPlugin *plugin, GenesisPluginKind kind,
                       const genesis_abi_session *session, GHashTable *settings, guint threads,
                       GError **error)
{
  if (!genesis_instance_check_kind (plugin, kind, error) || !genesis_session_check (session, error))
    return FALSE;
  self->plugin = g_object_ref (plugin);
  self->session = *session;
  self->session.struct_size = sizeof self->session;
  self->settings =
      genesis_plugin_settings_parse (genesis_plugin_get_descriptor (plugin), settings, error);
  if (self->settings == NULL)
    return FALSE;
  self->lent =
      genesis_lent_new (genesis_plugin_get_id (plugin), genesis_plugin_get_log (plugin), threads);
  return TRUE;
}

void
genesis_instance_clear (GenesisInstance *self)
{
  g_clear_pointer (&self->lent, genesis_lent_free);
  g_clear_pointer (&self->settings, genesis_plugin_settings_free);
  g_clear_object (&self->plugin);
}

gboolean
genesis_instance_end_create (GenesisInstance *self, GenesisCall *call, genesis_abi_status status,
                             gconstpointer made, GError **error)
{
  if (!genesis_call_end (call, status, error))
    return FALSE;
  if (made != NULL)
    return TRUE;
  g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, "succeeded without an instance");
  return genesis_call_prefix (self->lent, "create", NULL, error);
}
