/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "schema.h"

#define EXIT_DIFFERENT 1

static const char help[] =
    "Tells what differs between two schemas: columns that only one has, and member by member\n"
    "what the two say of the others. Two schemas without a difference have one digest, and sites\n"
    "that use either of them can train together.\n"
    "\n"
    "Example:\n"
    "  genesis schema diff heart.schema.json heart-by-hand.schema.json\n"
    "\n"
    "Exit codes: 0 no difference, 1 the schemas differ, 2 usage, 66 no such file,\n"
    "  74 reading failed, 78 bad schema";

static char *
spell (JsonNode *node)
{
  return node != NULL ? json_to_string (node, FALSE) : g_strdup ("nothing");
}

static char *
describe (JsonObject *difference)
{
  const char *note = schema_get_text (difference, "note");
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  if (note != NULL)
    return g_strdup (note);
  if (json_object_has_member (difference, "only_in_first"))
    {
      a = spell (json_object_get_member (difference, "only_in_first"));
      b = spell (json_object_get_member (difference, "only_in_second"));
      return g_strdup_printf ("only in the first: %s; only in the second: %s", a, b);
    }
  a = spell (json_object_get_member (difference, "first"));
  b = spell (json_object_get_member (difference, "second"));
  return g_strdup_printf ("%s in the first, %s in the second", a, b);
}

static int
print_lines (JsonArray *differences)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (differences); i++)
    {
      JsonObject *difference = json_array_get_object_element (differences, i);
      const char *column = schema_get_text (difference, "column");
      g_autofree char *what = describe (difference);

      if (column != NULL)
        g_string_append_printf (text, "column '%s': ", column);
      g_string_append_printf (text, "%s: %s\n", schema_get_text (difference, "member"), what);
    }
  return command_print (text->len > 0 ? text->str : "no difference\n");
}

static int
print_json (JsonNode *differences)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *json = NULL;

  json_object_set_boolean_member (object, "equal",
                                  json_array_get_length (json_node_get_array (differences)) == 0);
  json_object_set_member (object, "differences", json_node_copy (differences));
  json_node_take_object (root, object);
  json = json_to_string (root, TRUE);
  return command_print_json (json);
}

static int
compare (GenesisSchema *first, GenesisSchema *second, gboolean as_json)
{
  g_autofree char *text = genesis_schema_dup_differences (first, second);
  g_autoptr (JsonNode) differences = json_from_string (text, NULL);
  JsonArray *list = json_node_get_array (differences);
  int code = as_json ? print_json (differences) : print_lines (list);

  if (code != 0)
    return code;
  return json_array_get_length (list) > 0 ? EXIT_DIFFERENT : 0;
}

static int
run_diff (int argc, char **argv)
{
  gboolean as_json = FALSE;
  g_autoptr (GenesisSchema) first = NULL;
  g_autoptr (GenesisSchema) second = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print a JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  int code = command_parse (&argc, &argv, entries, "FIRST SECOND", help);

  if (code >= 0)
    return code;
  if (argc != 3 || *argv[1] == '\0' || *argv[2] == '\0')
    return command_refuse (argv[0], "two schemas are compared, not %d", argc - 1);
  first = genesis_schema_load (argv[1], &error);
  if (first != NULL)
    second = genesis_schema_load (argv[2], &error);
  return second != NULL ? compare (first, second, as_json) : command_fail (error);
}

const Command schema_diff_command = { "diff", run_diff, "tell what differs between two schemas" };
