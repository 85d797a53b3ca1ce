/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "command.h"

#include "report.h"

static void
add_settings (GString *to, JsonObject *settings)
{
  g_autoptr (GList) names = json_object_get_members (settings);

  g_string_append (to, "settings\n");
  for (GList *at = names; at != NULL; at = at->next)
    g_string_append_printf (to, "  %s=%s\n", (const char *)at->data,
                            report_get_text (settings, at->data));
}

static void
add_columns (GString *to, JsonArray *columns)
{
  g_string_append_printf (to, "columns (%u)\n", json_array_get_length (columns));
  for (guint i = 0; i < json_array_get_length (columns); i++)
    {
      JsonObject *column = json_array_get_object_element (columns, i);

      g_string_append (to, "  ");
      report_pad (to, report_get_text (column, "type"), 10);
      g_string_append_printf (to, "%s\n", report_get_text (column, "name"));
    }
}

static void
add_sites (GString *to, JsonArray *sites)
{
  g_string_append_printf (to, "sites (%u)\n", json_array_get_length (sites));
  for (guint i = 0; i < json_array_get_length (sites); i++)
    {
      JsonObject *site = json_array_get_object_element (sites, i);

      g_string_append_printf (to, "  %10" G_GINT64_FORMAT " rows  weight %g  %s%s\n",
                              report_get_int (site, "rows"),
                              json_object_get_double_member_with_default (site, "weight", 1),
                              report_get_text (site, "name"),
                              json_object_get_boolean_member_with_default (site, "has_state", FALSE)
                                  ? ""
                                  : " (no model of its own)");
    }
}

static void
add_state (GString *to, JsonArray *blocks)
{
  g_autofree char *text = NULL;
  gint64 numbers = 0;

  for (guint i = 0; i < json_array_get_length (blocks); i++)
    numbers += report_get_int (json_array_get_object_element (blocks, i), "n");
  text = g_strdup_printf ("%u blocks, %" G_GINT64_FORMAT " numbers; --json names them",
                          json_array_get_length (blocks), numbers);
  report_add_line (to, "state", text);
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static void
add_plugin (GString *to, const char *label, JsonObject *plugin)
{
  g_autofree char *text = NULL;

  if (plugin == NULL)
    return;
  text = g_strdup_printf ("%s %s", report_get_text (plugin, "id"),
                          report_get_text (plugin, "version"));
  report_add_line (to, label, text);
}

/* How it was trained, as far as the file says so. */
static void
add_training (GString *to, JsonObject *training)
{
  JsonArray *rounds = training != NULL ? report_get_array (training, "rounds") : NULL;

  if (rounds == NULL || json_array_get_length (rounds) == 0)
    return;
  report_add_rounds (to, rounds);
  for (guint i = 0; i < json_array_get_length (rounds); i++)
    {
      JsonArray *warnings =
          report_get_array (json_array_get_object_element (rounds, i), "warnings");

      for (guint j = 0; warnings != NULL && j < json_array_get_length (warnings); j++)
        report_add_line (to, "warning:", json_array_get_string_element (warnings, j));
    }
}

static char *
format_model (const char *json)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *model = report_parse (json, &node);
  JsonObject *training = get_object (model, "provenance");
  g_autofree char *horizon =
      g_strdup_printf ("at most %" G_GINT64_FORMAT, report_get_int (model, "rounds"));
  GString *to = g_string_new (NULL);

  g_string_append_printf (to, "generator   %s, state version %" G_GINT64_FORMAT "\n",
                          report_get_text (model, "generator"),
                          report_get_int (model, "state_version"));
  add_plugin (to, "aggregator", get_object (training, "aggregator"));
  report_add_line (to, "digest", report_get_text (model, "digest"));
  report_add_line (to, "stream", report_get_text (model, "stream"));
  report_add_line (to, "rounds", horizon);
  add_training (to, training);
  add_settings (to, json_object_get_object_member (model, "settings"));
  add_sites (to, json_object_get_array_member (model, "sites"));
  add_columns (to, json_object_get_array_member (model, "columns"));
  add_state (to, json_object_get_array_member (model, "blocks"));
  return g_string_free (to, FALSE);
}

static int
run_show (int argc, char **argv)
{
  g_autoptr (GenesisModel) model = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;
  gboolean wants_json = FALSE;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &wants_json, "Print a JSON object, provenance included",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  int code = command_parse (
      &argc, &argv, entries, "MODEL",
      "Prints what a model file holds: generator, how it was trained and what was warned of,\n"
      "settings, sites with their numbers of rows, columns. The digest is that of the pooled\n"
      "part alone: equal digests are equal pooled models.\n"
      "\n"
      "Example:\n"
      "  genesis model show heart.genesis\n"
      "\n"
      "Exit codes: 0 done, 2 usage, 65 not a model, 66 no such file, 74 cannot be read");

  if (code >= 0)
    return code;
  code = command_require_word (argc, argv, "MODEL");
  if (code >= 0)
    return code;
  model = genesis_model_load (argv[1], &error);
  if (model == NULL)
    return command_fail (error);
  json = genesis_model_describe (model);
  if (wants_json)
    return command_print_json (json);
  text = format_model (json);
  return command_print (text);
}

static const Command show = { "show", run_show, "print what a model file holds" };

static int
run_model (int argc, char **argv)
{
  static const Command *const commands[] = { &show, NULL };

  return command_dispatch (argv[0],
                           "A model file holds schema, settings and state, never a row.\n"
                           "\n"
                           "Example:\n"
                           "  genesis model show heart.genesis\n"
                           "\n"
                           "Exit codes: 0 done, 2 usage, 65 not a model, 66 no such file\n",
                           commands, argc, argv);
}

const Command model_command = { "model", run_model, "show what a model file holds" };
