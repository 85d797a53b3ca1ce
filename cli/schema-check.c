/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "schema.h"
#include "tables.h"

static const char help[] =
    "Tells whether tables can be read with a schema: for each column how many values lie outside\n"
    "its bounds or its vocabulary, how many are no values of its type, and how many are missing\n"
    "where none may be; columns that are absent, extra, or in another order. It tells how many,\n"
    "never which, so that what it prints may be shown.\n"
    "\n"
    "Values outside a column whose schema says how to read them (\"outside\": \"clamp\" or\n"
    "\"missing\", \"other\": \"other\" or \"missing\") are counted, and fit. Extra columns are "
    "ignored\n"
    "when the table is read, and any order will do.\n"
    "\n"
    "A FILE may be a pipe, and '-' is the standard input: it is read once, in memory that does\n"
    "not grow with it.\n"
    "\n"
    "Example:\n"
    "  genesis schema check heart.schema.json cleveland.csv hungarian.csv\n"
    "  genesis schema check heart.schema.json --from heart.ini --site va\n"
    "\n"
    "Exit codes: 0 every table fits, 2 usage, 65 some table does not fit or is no table,\n"
    "  66 no such file, 74 reading failed, 78 bad schema";

static gint64
get_count (JsonObject *column, const char *member)
{
  return json_object_get_int_member (column, member);
}

/* What is worth a line; without one the column is as it should be. */
static void
append_column (GString *text, JsonObject *column)
{
  gint64 outside = get_count (column, "outside");
  gint64 unreadable = get_count (column, "unreadable");
  gint64 missing = get_count (column, "missing");
  const char *rule = json_object_get_string_member (column, "outside_rule");
  GString *what = g_string_new (NULL);

  if (!json_object_get_boolean_member (column, "present"))
    g_string_append_printf (what, ", the table does not have it%s",
                            json_object_get_boolean_member (column, "fits")
                                ? " and may not: read as missing"
                                : "");
  if (outside > 0)
    g_string_append_printf (what,
                            ", %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                            " values outside (rule: %s)",
                            outside, get_count (column, "values"), rule);
  if (unreadable > 0)
    g_string_append_printf (what,
                            ", %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                            " values are no %s of the schema",
                            unreadable, get_count (column, "values"),
                            json_object_get_string_member (column, "type"));
  if (missing > 0 && !json_object_get_boolean_member (column, "may_be_missing"))
    g_string_append_printf (what, ", %" G_GINT64_FORMAT " missing where none may be", missing);
  if (what->len > 0)
    g_string_append_printf (text, "  %s column '%s': %s\n",
                            json_object_get_boolean_member (column, "fits") ? "note" : "MISFIT",
                            json_object_get_string_member (column, "name"), what->str + 2);
  g_string_free (what, TRUE);
}

static void
append_extra (GString *text, JsonArray *extra)
{
  for (guint i = 0; i < json_array_get_length (extra); i++)
    g_string_append_printf (text, "%s'%s'", i == 0 ? "  note extra columns, ignored: " : ", ",
                            json_array_get_string_element (extra, i));
  if (json_array_get_length (extra) > 0)
    g_string_append_c (text, '\n');
}

static void
append_table (GString *text, JsonObject *table)
{
  JsonArray *columns = json_object_get_array_member (table, "columns");

  g_string_append_printf (text, "%s: %" G_GINT64_FORMAT " rows, %s\n",
                          json_object_get_string_member (table, "table"), get_count (table, "rows"),
                          json_object_get_boolean_member (table, "fits") ? "fits" : "does not fit");
  for (guint i = 0; i < json_array_get_length (columns); i++)
    append_column (text, json_array_get_object_element (columns, i));
  append_extra (text, json_object_get_array_member (table, "extra_columns"));
  if (g_str_equal (json_object_get_string_member (table, "column_order"), "other"))
    g_string_append (text, "  note the columns come in another order\n");
}

static int
print_tables (JsonArray *tables, gboolean all_fit, gboolean as_json)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *json = NULL;

  json_object_set_boolean_member (object, "fits", all_fit);
  json_object_set_array_member (object, "tables", json_array_ref (tables));
  json_node_take_object (root, object);
  if (as_json)
    {
      json = json_to_string (root, TRUE);
      return command_print_json (json);
    }
  for (guint i = 0; i < json_array_get_length (tables); i++)
    append_table (text, json_array_get_object_element (tables, i));
  return command_print (text->str);
}

static int
check_tables (GenesisSchema *schema, const Tables *given, gboolean as_json)
{
  const GError misfit = { GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH, NULL };
  g_autoptr (JsonArray) tables = json_array_new ();
  g_autoptr (GCancellable) cancellable = command_watch_interrupts ();
  gboolean all_fit = TRUE;
  int code;

  for (guint i = 0; i < given->sources->len; i++)
    {
      const char *name = tables_get_name (given, i);
      g_autoptr (GError) error = NULL;
      gboolean fits = FALSE;
      g_autofree char *answer =
          genesis_schema_check_source (schema, g_ptr_array_index (given->sources, i), cancellable,
                                       &fits, &error);

      if (answer == NULL)
        {
          if (name != NULL)
            g_prefix_error (&error, "site '%s': ", name);
          return command_fail (error);
        }
      json_array_add_element (tables, json_from_string (answer, NULL));
      all_fit = all_fit && fits;
    }
  code = print_tables (tables, all_fit, as_json);
  return code != 0 || all_fit ? code : genesis_error_get_exit_code (&misfit);
}

static int
run_check (int argc, char **argv)
{
  gboolean as_json = FALSE;
  g_auto (TableOptions) o = { NULL };
  g_auto (Tables) tables = { NULL };
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    TABLE_OPTION_FROM (o),
    { "site", 0, 0, G_OPTION_ARG_STRING, &o.site, "One site of the key file", "NAME" },
    TABLE_OPTION_DIALECT (o),
    { "json", 0, 0, G_OPTION_ARG_NONE, &as_json, "Print a JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  int code = command_parse (&argc, &argv, entries, "SCHEMA FILE...", help);

  if (code >= 0)
    return code;
  if (argc < 2)
    return command_refuse (argv[0], "no SCHEMA");
  if (o.site != NULL && o.from == NULL)
    return command_refuse (argv[0], "--site belongs to --from KEYFILE");
  code = tables_check (&o, argv[0], argv + 2);
  if (code >= 0)
    return code;
  if (tables_open (&o, argv + 2, &tables, &error))
    schema = genesis_schema_load (argv[1], &error);
  return schema != NULL ? check_tables (schema, &tables, as_json) : command_fail (error);
}

const Command schema_check_command = { "check", run_check,
                                       "count what of a table falls outside a schema" };
