/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-settings-private.h"

#include <string.h>

#include "host/genesis-plugin-private.h"
#include "host/genesis-plugin-settings-private.h"
#include "pipeline/genesis-key-private.h"

/* Sorted "name=value" of a plugin's declared settings in force; secret ones are left out. The
   settings were checked when the pipeline was loaded, so parsing cannot fail. */
char **
genesis_settings_dup_in_force (GenesisSettings *self, const char *group, GenesisPlugin *plugin)
{
  g_autoptr (GHashTable) given = genesis_settings_dup_group (self, group);
  g_autoptr (GenesisPluginSettings) parsed =
      genesis_plugin_settings_parse (genesis_plugin_get_descriptor (plugin), given, NULL);

  return parsed != NULL ? genesis_plugin_settings_dup_list (parsed) : g_new0 (char *, 1);
}

static void
add_key (JsonBuilder *builder, const char *name, const char *value, GenesisOrigin origin)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "value");
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "origin");
  json_builder_add_string_value (builder, genesis_origin_get_text (origin));
  json_builder_end_object (builder);
}

static void
add_known_group (JsonBuilder *builder, GenesisSettings *self, const char *group)
{
  const char *kind = genesis_key_get_group_kind (group);
  GPtrArray *list = genesis_settings_list (self);
  gsize n;
  const GenesisKey *keys = genesis_key_list (&n);

  json_builder_set_member_name (builder, group);
  json_builder_begin_object (builder);
  for (gsize i = 0; i < n; i++)
    {
      const GenesisSetting *setting = genesis_settings_find (self, group, keys[i].name);

      if (g_str_equal (keys[i].group, kind) && keys[i].kind != GENESIS_KEY_KIND_LATER)
        add_key (builder, keys[i].name, genesis_settings_get (self, group, keys[i].name),
                 setting != NULL ? setting->origin : GENESIS_ORIGIN_DEFAULT);
    }
  for (guint i = 0; i < list->len; i++)
    {
      const GenesisSetting *setting = g_ptr_array_index (list, i);

      if (g_str_equal (setting->group, group)
          && genesis_key_find (group, setting->key)->kind == GENESIS_KEY_KIND_SHA256)
        add_key (builder, setting->key, setting->value, setting->origin);
    }
  json_builder_end_object (builder);
}

static void
add_plugin_group (JsonBuilder *builder, GenesisSettings *self, const char *group,
                  GenesisPlugin *plugin)
{
  g_auto (GStrv) in_force = genesis_settings_dup_in_force (self, group, plugin);

  json_builder_set_member_name (builder, group);
  json_builder_begin_object (builder);
  for (guint i = 0; in_force[i] != NULL; i++)
    {
      const char *equals = strchr (in_force[i], '=');
      g_autofree char *name = g_strndup (in_force[i], (gsize)(equals - in_force[i]));
      const GenesisSetting *setting = genesis_settings_find (self, group, name);

      add_key (builder, name, equals + 1,
               setting != NULL ? setting->origin : GENESIS_ORIGIN_DEFAULT);
    }
  json_builder_end_object (builder);
}

static gboolean
is_group_set (GenesisSettings *self, const char *group)
{
  GPtrArray *list = genesis_settings_list (self);

  for (guint i = 0; i < list->len; i++)
    if (g_str_equal (((const GenesisSetting *)g_ptr_array_index (list, i))->group, group))
      return TRUE;
  return FALSE;
}

JsonNode *
genesis_settings_to_json (GenesisSettings *self, GenesisPlugin *generator,
                          GenesisPlugin *aggregator)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  GPtrArray *sites = genesis_settings_get_sites (self);

  json_builder_begin_object (builder);
  add_known_group (builder, self, "pipeline");
  add_plugin_group (builder, self, "generator", generator);
  add_plugin_group (builder, self, "aggregator", aggregator);
  add_known_group (builder, self, "schema");
  for (guint i = 0; i < sites->len; i++)
    {
      g_autofree char *group =
          g_strconcat ("site:", (const char *)g_ptr_array_index (sites, i), NULL);

      add_known_group (builder, self, group);
    }
  add_known_group (builder, self, "output");
  if (is_group_set (self, "simulation"))
    add_known_group (builder, self, "simulation");
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
