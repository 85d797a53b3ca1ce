/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "command.h"

#include "report.h"

static const char *
get_kind (GenesisPlugin *plugin)
{
  return genesis_plugin_get_kind (plugin) == GENESIS_PLUGIN_KIND_GENERATOR ? "generator"
                                                                           : "aggregator";
}

/* -- list ------------------------------------------------------------------- */

static char *
format_list (GPtrArray *plugins, const char *const *rejected, gboolean all)
{
  GString *to = g_string_new (NULL);
  glong width = 2;

  for (guint i = 0; i < plugins->len; i++)
    width = MAX (width, g_utf8_strlen (genesis_plugin_get_id (g_ptr_array_index (plugins, i)), -1));
  for (guint i = 0; i < plugins->len; i++)
    {
      GenesisPlugin *plugin = g_ptr_array_index (plugins, i);

      report_pad (to, genesis_plugin_get_id (plugin), (guint)width + 2);
      report_pad (to, get_kind (plugin), 12);
      report_pad (to, genesis_plugin_get_version (plugin), 8);
      g_string_append_printf (to, "%s\n", genesis_plugin_get_summary (plugin));
      if (all)
        g_string_append_printf (to, "  %s\n", genesis_plugin_get_path (plugin));
    }
  for (guint i = 0; all && rejected != NULL && rejected[i] != NULL; i++)
    g_string_append_printf (to, "not taken: %s\n", rejected[i]);
  return g_string_free (to, FALSE);
}

static void
add_plugin (JsonBuilder *builder, GenesisPlugin *plugin)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, genesis_plugin_get_id (plugin));
  json_builder_set_member_name (builder, "kind");
  json_builder_add_string_value (builder, get_kind (plugin));
  json_builder_set_member_name (builder, "version");
  json_builder_add_string_value (builder, genesis_plugin_get_version (plugin));
  json_builder_set_member_name (builder, "summary");
  json_builder_add_string_value (builder, genesis_plugin_get_summary (plugin));
  json_builder_set_member_name (builder, "path");
  json_builder_add_string_value (builder, genesis_plugin_get_path (plugin));
  json_builder_set_member_name (builder, "sha256");
  json_builder_add_string_value (builder, genesis_plugin_get_sha256 (plugin));
  json_builder_end_object (builder);
}

static char *
format_list_json (GPtrArray *plugins, const char *const *rejected)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "plugins");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plugins->len; i++)
    add_plugin (builder, g_ptr_array_index (plugins, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "rejected");
  json_builder_begin_array (builder);
  for (guint i = 0; rejected != NULL && rejected[i] != NULL; i++)
    json_builder_add_string_value (builder, rejected[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

static int
run_list (int argc, char **argv)
{
  gboolean all = FALSE, json = FALSE;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all,
      "Also paths, and every file that was not taken, with the reason", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print a JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GenesisPluginHost) host = NULL;
  g_autoptr (GPtrArray) plugins = NULL;
  g_autofree char *text = NULL;
  const char *const *rejected;
  int code = command_parse (
      &argc, &argv, entries, NULL,
      "Lists the plugins that can be loaded. Looked for, in this order: the folders of\n"
      "GENESIS_PLUGIN_PATH (separated by ':'), genesis/plugins-1 in the user's data folder, the\n"
      "folder of the installation. The first of an id wins.\n"
      "\n"
      "Example:\n"
      "  genesis plugin list --all\n"
      "\n"
      "Exit codes: 0 done, 2 usage");

  if (code >= 0 || (code = command_refuse_words (argc, argv)) >= 0)
    return code;
  host = command_open_plugins ();
  plugins = genesis_plugin_host_list (host);
  rejected = genesis_plugin_host_get_rejected (host);
  text = json ? format_list_json (plugins, rejected) : format_list (plugins, rejected, all);
  if (plugins->len == 0)
    command_complain ("no plugin was found; set GENESIS_PLUGIN_PATH, or see '%s --all'", argv[0]);
  if (json)
    return command_print_json (text);
  return *text != '\0' ? command_print (text) : 0;
}

/* -- show ------------------------------------------------------------------- */

static char *
format_value (JsonObject *setting, const char *name)
{
  JsonNode *node = json_object_get_member (setting, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_strdup ("none");
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);
  return json_to_string (node, FALSE);
}

static void
add_setting (GString *to, JsonObject *setting)
{
  g_autofree char *initial = format_value (setting, "default");
  g_autofree char *choices = report_join (setting, "choices", ", ");
  const char *unit = report_get_text (setting, "unit");

  g_string_append_printf (to, "  %s (%s%s%s", report_get_text (setting, "name"),
                          report_get_text (setting, "type"), *unit != '\0' ? ", " : "", unit);
  if (*choices != '\0')
    g_string_append_printf (to, ": %s", choices);
  else if (json_object_has_member (setting, "min") || json_object_has_member (setting, "max"))
    {
      g_autofree char *least = format_value (setting, "min");
      g_autofree char *most = format_value (setting, "max");

      g_string_append_printf (to, ", least %s, most %s", least, most);
    }
  g_string_append_printf (to, "; default %s)\n      %s\n", initial,
                          report_get_text (setting, "help"));
}

static char *
format_plugin (GenesisPlugin *plugin)
{
  g_autofree char *json = genesis_plugin_to_json (plugin);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object = report_parse (json, &node);
  JsonArray *settings = json_object_get_array_member (object, "settings");
  GString *to = g_string_new (NULL);

  g_string_append_printf (to, "%s %s, %s\n%s\n", genesis_plugin_get_id (plugin),
                          genesis_plugin_get_version (plugin), get_kind (plugin),
                          genesis_plugin_get_summary (plugin));
  g_string_append_printf (to, "file    %s\nSHA-256 %s\n", genesis_plugin_get_path (plugin),
                          genesis_plugin_get_sha256 (plugin));
  g_string_append_printf (to, "settings of [%s]%s\n", get_kind (plugin),
                          json_array_get_length (settings) > 0 ? "" : ": none");
  for (guint i = 0; i < json_array_get_length (settings); i++)
    add_setting (to, json_array_get_object_element (settings, i));
  return g_string_free (to, FALSE);
}

static int
run_show (int argc, char **argv)
{
  gboolean json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, "Print a JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GenesisPluginHost) host = NULL;
  GenesisPlugin *plugin;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  int code = command_parse (
      &argc, &argv, entries, "ID",
      "Prints what a plugin is and every setting it has: type, range, default, help. The\n"
      "settings go into [generator] or [aggregator] of a key file; the SHA-256 can be pinned\n"
      "there with [pipeline] plugin.ID.sha256=. A bare name means genesis.NAME.\n"
      "\n"
      "Example:\n"
      "  genesis plugin show gaussian_copula\n"
      "\n"
      "Exit codes: 0 done, 2 usage, 78 no such plugin");

  if (code >= 0)
    return code;
  code = command_require_word (argc, argv, "ID");
  if (code >= 0)
    return code;
  host = command_open_plugins ();
  plugin = genesis_plugin_host_lookup (host, argv[1], &error);
  if (plugin == NULL)
    return command_fail (error);
  text = json ? genesis_plugin_to_json (plugin) : format_plugin (plugin);
  return json ? command_print_json (text) : command_print (text);
}

static const Command list = { "list", run_list, "list the plugins that can be loaded" };
static const Command show = { "show", run_show, "print what a plugin is and its settings" };

static int
run_plugin (int argc, char **argv)
{
  static const Command *const commands[] = { &list, &show, NULL };

  return command_dispatch (
      argv[0],
      "Generators ask the questions and draw the rows; aggregators add the answers up.\n"
      "\n"
      "Example:\n"
      "  genesis plugin list\n"
      "\n"
      "Exit codes: 0 done, 2 usage, 78 no such plugin\n",
      commands, argc, argv);
}

const Command plugin_command = { "plugin", run_plugin, "list plugins, show their settings" };
