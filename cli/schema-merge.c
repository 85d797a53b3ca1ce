/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "schema.h"

#define DRAFT_FORMAT "genesis-schema-draft/"

static const char help[] =
    "Merges the drafts of several sites, or schemas of one table, into one schema. Everything\n"
    "that the sites do not have alike is told on the standard error, with the rule that resolved\n"
    "it, or is refused naming two sites. The order of the files does not matter: the same bytes\n"
    "come out.\n"
    "\n"
    "Rules:\n"
    "  column order    the order of most sites, the first by bytes among equals\n"
    "  missing column  refused; --absent says otherwise: 'missing' reads it as missing where it\n"
    "                  is absent, 'exclude' leaves it out\n"
    "  type            number against word, or another order of day and month: refused; as soon\n"
    "                  as one site mixes kinds itself, all values are categories\n"
    "  decimals        as many as the values of any site need\n"
    "  categories      the union, sorted by bytes\n"
    "  unit            two that differ are refused; one that only some give is taken\n"
    "  missing cells   all spellings are read; of those that a column has, the table's most\n"
    "                  frequent (of drafts) or the first by bytes (of schemas) is written\n"
    "  constraints     those stay in force that every schema has\n"
    "\n"
    "Drafts know more than schemas: a column that looks like words at one small site is judged\n"
    "by the rows of all. Drafts are merged with drafts, and schemas with schemas.\n"
    "\n"
    "Example:\n"
    "  genesis schema merge cleveland.draft.json hungarian.draft.json --out heart.schema.json\n"
    "\n"
    "Exit codes: 0 done, 2 usage, 65 the sites contradict each other or a file is damaged,\n"
    "  66 no such file, 74 reading or writing failed, 78 bad schema";

typedef struct
{
  char *out, *draft, *absent, *date_order;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->out);
  g_free (options->draft);
  g_free (options->absent);
  g_free (options->date_order);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What cannot be read is taken for a schema, whose reader says what is wrong with it. */
static gboolean
is_draft (const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonNode *format = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  root = json_from_string (text, NULL);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    format = json_object_get_member (json_node_get_object (root), "format");
  return format != NULL && JSON_NODE_HOLDS_VALUE (format)
         && json_node_get_value_type (format) == G_TYPE_STRING
         && g_str_has_prefix (json_node_get_string (format), DRAFT_FORMAT);
}

static gboolean
merge_drafts (const Options *o, char **paths, GenesisAbsentRule absent, SchemaOutcome *merged,
              GError **error)
{
  g_autoptr (GenesisSchemaDraft) all = genesis_schema_draft_load (paths[0], error);

  if (all == NULL)
    return FALSE;
  genesis_schema_draft_set_absent_rule (all, absent);
  if (o->date_order != NULL && !genesis_schema_draft_set_date_order (all, o->date_order, error))
    return FALSE;
  for (guint i = 1; paths[i] != NULL; i++)
    {
      g_autoptr (GenesisSchemaDraft) own = genesis_schema_draft_load (paths[i], error);

      if (own == NULL || !genesis_schema_draft_merge (all, own, error))
        return FALSE;
    }
  if (o->draft != NULL && !genesis_schema_draft_save (all, o->draft, 0, error))
    return FALSE;
  merged->schema = genesis_schema_draft_conclude (all, error);
  merged->report = genesis_schema_draft_dup_disagreements (all);
  merged->findings = g_strdupv ((char **)genesis_schema_draft_get_findings (all));
  return merged->schema != NULL;
}

static gboolean
merge_schemas (char **paths, GenesisAbsentRule absent, SchemaOutcome *merged, GError **error)
{
  g_autoptr (GPtrArray) schemas = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      GenesisSchema *schema = genesis_schema_load (paths[i], error);

      if (schema == NULL)
        return FALSE;
      g_ptr_array_add (schemas, schema);
    }
  merged->schema =
      genesis_schema_merge ((GenesisSchema *const *)schemas->pdata, schemas->len,
                            (const char *const *)paths, absent, &merged->report, error);
  return merged->schema != NULL;
}

static int
merge (const Options *o, const char *title, char **paths, GenesisAbsentRule absent)
{
  g_auto (SchemaOutcome) merged = { NULL };
  g_autoptr (GError) error = NULL;
  guint n_drafts = 0, n = g_strv_length (paths);

  for (guint i = 0; i < n; i++)
    n_drafts += is_draft (paths[i]);
  if (n_drafts > 0 && n_drafts < n)
    return command_refuse (title, "drafts and schemas are mixed; merge drafts with drafts");
  if (n_drafts == 0 && (o->draft != NULL || o->date_order != NULL))
    return command_refuse (title, "--draft and --date-order belong to drafts, and these are "
                                  "schemas");
  if (n_drafts > 0 ? merge_drafts (o, paths, absent, &merged, &error)
                   : merge_schemas (paths, absent, &merged, &error))
    return schema_print_outcome (&merged, o->out, o->json, NULL);
  return merged.report != NULL ? schema_print_outcome (&merged, o->out, o->json, error)
                               : command_fail (error);
}

static int
run_merge (int argc, char **argv)
{
  g_auto (Options) o = { 0 };
  GenesisAbsentRule absent = GENESIS_ABSENT_RULE_REFUSE;
  const GOptionEntry entries[] = {
    { "absent", 0, 0, G_OPTION_ARG_STRING, &o.absent,
      "What becomes of a column that not all sites have: refuse (default), missing or exclude",
      "RULE" },
    { "date-order", 0, 0, G_OPTION_ARG_STRING, &o.date_order,
      "How to read dates whose day and month look alike: DMY, MDY or YMD", "ORDER" },
    { "draft", 0, 0, G_OPTION_ARG_FILENAME, &o.draft,
      "Write the merged draft to a file, to be merged with others later", "FILE" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &o.out,
      "Write the schema to a file; '-' is the standard output", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json,
      "Print schema, disagreements and findings as a JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  int code = command_parse (&argc, &argv, entries, "DRAFT... | SCHEMA...", help);

  if (code >= 0)
    return code;
  for (int i = 1; i < argc; i++)
    if (*argv[i] == '\0')
      return command_refuse (argv[0], "a FILE without a name");
  if (argc < 2)
    return command_refuse (argv[0], "no DRAFT and no SCHEMA");
  if (o.absent != NULL && !schema_parse_absent_rule (o.absent, &absent))
    return command_refuse (argv[0], "--absent '%s': write refuse, missing or exclude", o.absent);
  if (o.out != NULL && g_str_equal (o.out, "-"))
    g_clear_pointer (&o.out, g_free);
  return merge (&o, argv[0], argv + 1, absent);
}

const Command schema_merge_command = { "merge", run_merge,
                                       "make one schema of the drafts of several sites" };
