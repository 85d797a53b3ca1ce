/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-macros.h>

G_BEGIN_DECLS

/**
 * GenesisPluginKind:
 * @GENESIS_PLUGIN_KIND_GENERATOR: plans, measures, absorbs, samples
 * @GENESIS_PLUGIN_KIND_AGGREGATOR: turns partials into a total
 */
typedef enum
{
  GENESIS_PLUGIN_KIND_GENERATOR = 1,
  GENESIS_PLUGIN_KIND_AGGREGATOR = 2
} GenesisPluginKind;

#define GENESIS_TYPE_PLUGIN_KIND (genesis_plugin_kind_get_type ())
GENESIS_API GType genesis_plugin_kind_get_type (void);

#define GENESIS_TYPE_PLUGIN (genesis_plugin_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisPlugin, genesis_plugin, GENESIS, PLUGIN, GObject)

GENESIS_API const char        *genesis_plugin_get_id      (GenesisPlugin *self);
GENESIS_API const char        *genesis_plugin_get_name    (GenesisPlugin *self);
GENESIS_API GenesisPluginKind  genesis_plugin_get_kind    (GenesisPlugin *self);
GENESIS_API const char        *genesis_plugin_get_version (GenesisPlugin *self);
GENESIS_API const char        *genesis_plugin_get_summary (GenesisPlugin *self);
GENESIS_API const char        *genesis_plugin_get_path    (GenesisPlugin *self);
GENESIS_API const char        *genesis_plugin_get_sha256  (GenesisPlugin *self);
/* Of the blocks of its state: a model of another version is refused. */
GENESIS_API guint              genesis_plugin_get_state_version (GenesisPlugin *self);
/* Everything above and the declared settings (name, type, range, default, choices, unit, help), as JSON. */
GENESIS_API char              *genesis_plugin_to_json     (GenesisPlugin *self);
/* Parses text settings against the declared ones without creating anything. */
GENESIS_API gboolean           genesis_plugin_check_settings (GenesisPlugin *self,
                                                              GHashTable    *settings,
                                                              GError       **error);
/* Whether the plugin declares a setting of this name. */
GENESIS_API gboolean           genesis_plugin_has_setting (GenesisPlugin *self,
                                                           const char    *name);

#define GENESIS_TYPE_PLUGIN_HOST (genesis_plugin_host_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisPluginHost, genesis_plugin_host, GENESIS, PLUGIN_HOST, GObject)

GENESIS_API GenesisPluginHost *genesis_plugin_host_new           (void);
/* Looks at every *.so of the folder, in order of name. A file that cannot be used is a rejection, not an error. */
GENESIS_API gboolean           genesis_plugin_host_add_directory (GenesisPluginHost *self,
                                                                  const char        *path,
                                                                  GError           **error);
GENESIS_API gboolean           genesis_plugin_host_load_file     (GenesisPluginHost *self,
                                                                  const char        *path,
                                                                  GError           **error);
/* A bare name means genesis.<name>. Unknown: an error naming the nearest id. */
GENESIS_API GenesisPlugin     *genesis_plugin_host_lookup        (GenesisPluginHost *self,
                                                                  const char        *id,
                                                                  GError           **error);
GENESIS_API GPtrArray         *genesis_plugin_host_list          (GenesisPluginHost *self);
/* One line a file or plugin that was not taken: "path: reason". */
GENESIS_API const char *const *genesis_plugin_host_get_rejected  (GenesisPluginHost *self);

/**
 * GenesisPluginLogFunc:
 * @plugin_id: who says it
 * @level: %G_LOG_LEVEL_DEBUG, %G_LOG_LEVEL_INFO or %G_LOG_LEVEL_WARNING
 * @text: one line of valid UTF-8
 *
 * Called from any thread, one line at a time; must not call back into the host.
 */
typedef void (*GenesisPluginLogFunc) (const char     *plugin_id,
                                      GLogLevelFlags  level,
                                      const char     *text,
                                      gpointer        user_data);
/* Where plugins' log lines go; without it warnings reach g_debug() and the rest is dropped. */
GENESIS_API void               genesis_plugin_host_set_log_func  (GenesisPluginHost   *self,
                                                                  GenesisPluginLogFunc func,
                                                                  gpointer             user_data,
                                                                  GDestroyNotify       destroy);

/* Lives in the pipeline room: application folders are the caller's business, the environment is read there. */
GENESIS_API void               genesis_plugin_host_add_default_directories (GenesisPluginHost *self);

G_END_DECLS
