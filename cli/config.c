/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "command.h"

#include "overrides.h"
#include "report.h"

typedef struct
{
  Overrides overrides;
} Options;

static void
options_clear (Options *options)
{
  overrides_clear (&options->overrides);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* As the key file would have it. */
static char *
escape_value (const char *value)
{
  GString *to = g_string_new (NULL);

  for (const char *at = value; *at != '\0'; at++)
    if (*at == ' ' && (at == value || at[1] == '#' || at[1] == '\0'))
      g_string_append (to, "\\s");
    else if (*at == '\\')
      g_string_append (to, "\\\\");
    else if (*at == '\n' || *at == '\t' || *at == '\r')
      g_string_append (to, *at == '\n' ? "\\n" : *at == '\t' ? "\\t" : "\\r");
    else
      g_string_append_c (to, *at);
  return g_string_free (to, FALSE);
}

static void
add_group (GString *to, const char *name, JsonObject *group)
{
  g_autoptr (GList) keys = json_object_get_members (group);

  g_string_append_printf (to, "%s[%s]\n", to->len > 0 ? "\n" : "", name);
  for (GList *at = keys; at != NULL; at = at->next)
    {
      JsonObject *key = json_object_get_object_member (group, at->data);
      JsonNode *value = json_object_get_member (key, "value");
      g_autofree char *escaped = escape_value (report_get_text (key, "value"));
      g_autofree char *text = g_strdup_printf (JSON_NODE_HOLDS_NULL (value) ? "# %s=%s" : "%s=%s",
                                               (const char *)at->data, escaped);

      report_pad (to, text, 40);
      g_string_append_printf (to, "  # %s\n", report_get_text (key, "origin"));
    }
}

/* A key file again, with the origin of each value as a comment. */
static char *
format_effective (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonObject *effective = json_node_get_object (node);
  g_autoptr (GList) groups = json_object_get_members (effective);
  GString *to = g_string_new (NULL);

  for (GList *at = groups; at != NULL; at = at->next)
    add_group (to, at->data, json_object_get_object_member (effective, at->data));
  return g_string_free (to, FALSE);
}

/* -1 to go on with *pipeline and *json, else the exit code. */
static int
open_pipeline (int argc, char **argv, const char *help, gboolean *json, GenesisPipeline **pipeline)
{
  g_auto (Options) o = { 0 };
  const GOptionEntry own[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, json, "Print a JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree GOptionEntry *entries = overrides_join_entries (&o.overrides, own);
  g_autoptr (GHashTable) overrides =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GenesisPluginHost) host = NULL;
  g_autoptr (GError) error = NULL;
  int code = command_parse (&argc, &argv, entries, "FILE.ini", help);

  if (code >= 0 || (code = command_require_word (argc, argv, "FILE.ini")) >= 0
      || (code = overrides_collect (&o.overrides, argv[0], overrides)) >= 0)
    return code;
  host = command_open_plugins ();
  *pipeline = genesis_pipeline_load (argv[1], overrides, host, &error);
  return *pipeline != NULL ? -1 : command_fail (error);
}

static int
run_show (int argc, char **argv)
{
  static const char help[] =
      "Prints the settings in force, the plugins' own among them, each with its origin:\n"
      "command line, environment, keyfile or default. What is printed is a key file again.\n"
      "\n"
      "Example:\n"
      "  GENESIS_PIPELINE_SEED=7 genesis config show hospitals.ini --set generator.bins=128\n"
      "\n"
      "Exit codes: 0 done, 2 usage, 66 no such file, 77 a plugin is not the pinned one,\n"
      "  78 bad configuration";
  g_autoptr (GenesisPipeline) pipeline = NULL;
  g_autofree char *effective = NULL;
  g_autofree char *text = NULL;
  gboolean json = FALSE;
  int code = open_pipeline (argc, argv, help, &json, &pipeline);

  if (code >= 0)
    return code;
  effective = genesis_pipeline_dup_effective (pipeline);
  if (json)
    return command_print_json (effective);
  text = format_effective (effective);
  return command_print (text);
}

static int
run_check (int argc, char **argv)
{
  static const char help[] =
      "Checks all that can be checked without reading rows: keys and values, plugins and\n"
      "their settings, that the sites' files are there, that a declared schema fits them,\n"
      "that outputs can be written and destroy nothing that is read.\n"
      "\n"
      "Example:\n"
      "  genesis config check hospitals.ini && genesis run hospitals.ini\n"
      "\n"
      "Exit codes: 0 fine, 2 usage, 65 a file does not fit the schema, 66 a file is\n"
      "  missing, 74 nothing can be written there, 77 a plugin is not the pinned one,\n"
      "  78 bad configuration";
  g_autoptr (GenesisPipeline) pipeline = NULL;
  g_autoptr (GError) error = NULL;
  gboolean json = FALSE;
  int code = open_pipeline (argc, argv, help, &json, &pipeline);

  if (code >= 0)
    return code;
  if (!genesis_pipeline_check (pipeline, &error))
    return command_fail (error);
  return command_print (json ? "{\n  \"ok\" : true\n}" : "fine: a run could begin");
}

static const Command show = { "show", run_show, "print the settings in force, with their origin" };
static const Command check = { "check", run_check, "check all that can be without reading rows" };

static int
run_config (int argc, char **argv)
{
  static const Command *const commands[] = { &show, &check, NULL };

  return command_dispatch (argv[0],
                           "Looks at a pipeline's key file; genesis-pipeline(5) has every key.\n"
                           "\n"
                           "Example:\n"
                           "  genesis config check hospitals.ini\n"
                           "\n"
                           "Exit codes: 0 done, 2 usage, 66 no such file, 78 bad configuration\n",
                           commands, argc, argv);
}

const Command config_command = { "config", run_config, "show or check a pipeline's settings" };
