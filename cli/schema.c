/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "command.h"

#include "report.h"

static const char help[] =
    "Drafts a schema over several CSV files at once: names, types, bounds, categories.\n"
    "Look at it, mend it, and name it in the pipeline with [schema] file=. It holds what\n"
    "will be public: every category's spelling and every column's bounds.\n"
    "\n"
    "Without --out the schema is printed. What was found on the way (columns left out,\n"
    "disagreements that were resolved) goes to the standard error.\n"
    "\n"
    "With --constraints what holds in every row is looked for as well: orders, sums, columns\n"
    "that follow from others, cells that are missing together. 'propose' lists it under\n"
    "\"proposed\", where it changes nothing until you move it to \"constraints\", which\n"
    "synthetic rows keep; 'adopt' puts all of it there.\n"
    "\n"
    "Example:\n"
    "  genesis schema infer data/*.csv --missing '?' --out heart.schema.json\n"
    "\n"
    "Exit codes: 0 done, 2 usage, 65 bad input data, 66 no such file, 74 reading or writing\n"
    "  failed";

typedef struct
{
  char *missing, *out, *date_order, *constraints;
  char **dialect;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->missing);
  g_free (options->out);
  g_free (options->date_order);
  g_free (options->constraints);
  g_strfreev (options->dialect);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* NAME=VALUE each; NULL with error. */
static GenesisCsvDialect *
make_dialect (char **settings, GError **error)
{
  g_autoptr (GenesisCsvDialect) dialect = genesis_csv_dialect_new ();

  for (guint i = 0; settings != NULL && settings[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (settings[i], "=", 2);

      if (parts[0] == NULL || parts[1] == NULL)
        {
          g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                       "--dialect '%s' has no value; write NAME=VALUE, as delimiter=semicolon",
                       settings[i]);
          return NULL;
        }
      if (!genesis_csv_dialect_set (dialect, parts[0], parts[1], error))
        return NULL;
    }
  return g_steal_pointer (&dialect);
}

static GenesisSchema *
infer (const Options *o, char **paths, char ***findings, GError **error)
{
  g_auto (GStrv) markers = o->missing != NULL ? g_strsplit (o->missing, ";", -1) : NULL;
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new ((const char *const *)markers);
  g_autoptr (GenesisCsvDialect) dialect = make_dialect (o->dialect, error);
  g_autoptr (GenesisSchema) schema = NULL;

  genesis_schema_draft_set_find_constraints (draft, o->constraints != NULL);
  if (dialect == NULL
      || (o->date_order != NULL
          && !genesis_schema_draft_set_date_order (draft, o->date_order, error)))
    return NULL;
  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autoptr (GenesisSource) source =
          genesis_source_new_for_csv_with_dialect (paths[i], dialect);
      g_autoptr (GenesisSchemaDraft) own = genesis_schema_draft_new ((const char *const *)markers);

      genesis_schema_draft_set_find_constraints (own, o->constraints != NULL);
      if (!genesis_source_draft (source, own, NULL, error)
          || !genesis_schema_draft_merge (draft, own, error))
        return NULL;
    }
  schema = genesis_schema_draft_conclude (draft, error);
  if (schema == NULL)
    return NULL;
  *findings = g_strdupv ((char **)genesis_schema_draft_get_findings (draft));
  if (g_strcmp0 (o->constraints, "adopt") == 0)
    return genesis_schema_adopt_proposed (schema, error);
  return g_steal_pointer (&schema);
}

static char *
format_json (const char *schema, char **findings)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *list = json_array_new ();

  for (guint i = 0; findings != NULL && findings[i] != NULL; i++)
    json_array_add_string_element (list, findings[i]);
  json_object_set_member (object, "schema", json_from_string (schema, NULL));
  json_object_set_array_member (object, "findings", list);
  json_node_take_object (root, object);
  return json_to_string (root, TRUE);
}

static int
print_schema (const Options *o, GenesisSchema *schema, char **findings)
{
  g_autofree char *text = genesis_schema_to_json (schema);
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  if (o->out != NULL && !genesis_schema_save (schema, o->out, &error))
    return command_fail (error);
  if (o->json)
    {
      json = format_json (text, findings);
      return command_print_json (json);
    }
  for (guint i = 0; findings != NULL && findings[i] != NULL; i++)
    command_complain ("%s", findings[i]);
  if (o->out == NULL)
    return command_print_json (text);
  json = g_strdup_printf ("%s: %u columns", o->out, genesis_schema_get_n_fields (schema));
  return command_print (json);
}

static int
run_infer (int argc, char **argv)
{
  g_auto (Options) o = { 0 };
  g_auto (GStrv) findings = NULL;
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "missing", 0, 0, G_OPTION_ARG_FILENAME, &o.missing,
      "Markers of a missing value; an empty cell always is one", "M;M" },
    { "date-order", 0, 0, G_OPTION_ARG_STRING, &o.date_order,
      "How to read dates whose day and month look alike: DMY, MDY or YMD", "ORDER" },
    { "dialect", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.dialect,
      "How the files are written, as delimiter=semicolon, encoding=latin-1 or decimal=comma",
      "NAME=VALUE" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &o.out,
      "Write the schema to a file; '-' is the standard output", "FILE" },
    { "constraints", 0, 0, G_OPTION_ARG_STRING, &o.constraints,
      "Look for constraints of rows: propose (listed, without effect) or adopt (kept by "
      "synthetic rows)",
      "HOW" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, "Print schema and findings as a JSON object",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  int code = command_parse (&argc, &argv, entries, "FILE...", help);

  if (code >= 0)
    return code;
  for (int i = 1; i < argc; i++)
    if (*argv[i] == '\0')
      return command_refuse (argv[0], "a FILE without a name");
  if (argc < 2)
    return command_refuse (argv[0], "no FILE");
  if (o.constraints != NULL && !g_str_equal (o.constraints, "propose")
      && !g_str_equal (o.constraints, "adopt"))
    return command_refuse (argv[0], "--constraints '%s': write propose or adopt", o.constraints);
  if (o.out != NULL && g_str_equal (o.out, "-"))
    g_clear_pointer (&o.out, g_free);
  schema = infer (&o, argv + 1, &findings, &error);
  return schema != NULL ? print_schema (&o, schema, findings) : command_fail (error);
}

static const Command infer_command = { "infer", run_infer, "draft a schema over CSV files" };

static int
run_schema (int argc, char **argv)
{
  static const Command *const commands[] = { &infer_command, NULL };

  return command_dispatch (argv[0],
                           "A schema is what the sites agree on before round 1, and is public.\n"
                           "\n"
                           "Example:\n"
                           "  genesis schema infer data/*.csv --out heart.schema.json\n"
                           "\n"
                           "Exit codes: 0 done, 2 usage, 65 bad input data, 66 no such file\n",
                           commands, argc, argv);
}

const Command schema_command = { "schema", run_schema, "draft a schema over CSV files" };
