/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-plugin-private.h"

#include <string.h>

#include "host/genesis-plugin-settings-private.h"

/**
 * GenesisPlugin:
 *
 * One plugin of a loaded file: what it says about itself and the settings it declares. Immutable.
 */
struct _GenesisPlugin
{
  GObject parent_instance;
  GenesisPluginDescriptor *descriptor;
  GenesisPluginLog *log;
  char *path;
  char *sha256;
  guint abi_minor_built, abi_minor_needed;
  gint is_pinned; /* atomic */
};

G_DEFINE_FINAL_TYPE (GenesisPlugin, genesis_plugin, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (GenesisPluginKind, genesis_plugin_kind,
                    G_DEFINE_ENUM_VALUE (GENESIS_PLUGIN_KIND_GENERATOR, "generator"),
                    G_DEFINE_ENUM_VALUE (GENESIS_PLUGIN_KIND_AGGREGATOR, "aggregator"))

static void
genesis_plugin_finalize (GObject *object)
{
  GenesisPlugin *self = GENESIS_PLUGIN (object);

  g_clear_pointer (&self->descriptor, genesis_plugin_descriptor_free);
  g_clear_pointer (&self->log, genesis_plugin_log_unref);
  g_free (self->path);
  g_free (self->sha256);
  G_OBJECT_CLASS (genesis_plugin_parent_class)->finalize (object);
}

static void
genesis_plugin_class_init (GenesisPluginClass *class)
{
  G_OBJECT_CLASS (class)->finalize = genesis_plugin_finalize;
}

static void
genesis_plugin_init (GenesisPlugin *self)
{
}

GenesisPlugin *
genesis_plugin_new (GenesisPluginDescriptor *descriptor, const GenesisModule *module,
                    GenesisPluginLog *log)
{
  GenesisPlugin *self = g_object_new (GENESIS_TYPE_PLUGIN, NULL);

  self->descriptor = descriptor;
  self->log = genesis_plugin_log_ref (log);
  self->path = g_strdup (module->path);
  self->sha256 = g_strdup (module->sha256);
  self->abi_minor_built = module->abi_minor_built;
  self->abi_minor_needed = module->abi_minor_needed;
  return self;
}

const GenesisPluginDescriptor *
genesis_plugin_get_descriptor (GenesisPlugin *self)
{
  return self->descriptor;
}

GenesisPluginLog *
genesis_plugin_get_log (GenesisPlugin *self)
{
  return self->log;
}

guint
genesis_plugin_get_abi_minor_built (GenesisPlugin *self)
{
  return self->abi_minor_built;
}

guint
genesis_plugin_get_abi_minor_needed (GenesisPlugin *self)
{
  return self->abi_minor_needed;
}

/**
 * genesis_plugin_get_id:
 *
 * Returns: (transfer none): what pipelines and models call it: genesis.* or reverse DNS
 */
const char *
genesis_plugin_get_id (GenesisPlugin *self)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN (self), NULL);

  return self->descriptor->abi.id;
}

/**
 * genesis_plugin_get_name:
 *
 * Returns: (transfer none): its name for people
 */
const char *
genesis_plugin_get_name (GenesisPlugin *self)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN (self), NULL);

  return self->descriptor->abi.name;
}

/**
 * genesis_plugin_get_kind:
 *
 * Returns: generator or aggregator
 */
GenesisPluginKind
genesis_plugin_get_kind (GenesisPlugin *self)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN (self), GENESIS_PLUGIN_KIND_GENERATOR);

  return (GenesisPluginKind)self->descriptor->abi.kind;
}

/**
 * genesis_plugin_get_version:
 *
 * Returns: (transfer none): the version of the plugin, not of the ABI
 */
const char *
genesis_plugin_get_version (GenesisPlugin *self)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN (self), NULL);

  return self->descriptor->abi.version;
}

/**
 * genesis_plugin_get_summary:
 *
 * Returns: (transfer none): one line, or ""
 */
const char *
genesis_plugin_get_summary (GenesisPlugin *self)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN (self), NULL);

  return self->descriptor->abi.summary;
}

/**
 * genesis_plugin_get_path:
 *
 * Returns: (transfer none) (type filename): the file it came from, absolute and without links
 */
const char *
genesis_plugin_get_path (GenesisPlugin *self)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN (self), NULL);

  return self->path;
}

/**
 * genesis_plugin_get_sha256:
 *
 * Returns: (transfer none): SHA-256 of the file when it was loaded, 64 lower-case hex digits
 */
const char *
genesis_plugin_get_sha256 (GenesisPlugin *self)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN (self), NULL);

  return self->sha256;
}

/**
 * genesis_plugin_get_state_version:
 *
 * Returns: the version of the blocks that its state consists of; a model with another one is
 *   refused
 */
guint
genesis_plugin_get_state_version (GenesisPlugin *self)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN (self), 0);

  return self->descriptor->abi.state_version;
}

/**
 * genesis_plugin_check_settings:
 * @settings: (element-type utf8 utf8) (nullable): names and values as text
 *
 * Parses settings against the declared ones without creating anything.
 *
 * Returns: %TRUE, or %FALSE with %GENESIS_ERROR_INVALID_CONFIG naming the setting and what is
 *   allowed, or for an unknown one the nearest name
 */
gboolean
genesis_plugin_check_settings (GenesisPlugin *self, GHashTable *settings, GError **error)
{
  g_autoptr (GenesisPluginSettings) parsed = NULL;

  g_return_val_if_fail (GENESIS_IS_PLUGIN (self), FALSE);

  parsed = genesis_plugin_settings_parse (self->descriptor, settings, error);
  return parsed != NULL;
}

/**
 * genesis_plugin_has_setting:
 *
 * Returns: whether the plugin declares a setting of this name
 */
gboolean
genesis_plugin_has_setting (GenesisPlugin *self, const char *name)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN (self), FALSE);
  g_return_val_if_fail (name != NULL, FALSE);

  for (guint32 i = 0; i < self->descriptor->abi.n_params; i++)
    if (strcmp (self->descriptor->params[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

gboolean
genesis_plugin_is_private (GenesisPlugin *self)
{
  return genesis_plugin_has_setting (self, "epsilon")
         || genesis_plugin_has_setting (self, "noise_scale");
}

gboolean
genesis_plugin_is_trusted (GenesisPlugin *self)
{
  return g_str_has_prefix (genesis_plugin_get_id (self), "genesis.")
         || g_atomic_int_get (&self->is_pinned) != 0;
}

void
genesis_plugin_set_pinned (GenesisPlugin *self)
{
  g_atomic_int_set (&self->is_pinned, 1);
}
