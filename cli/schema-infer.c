/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "schema.h"
#include "tables.h"

#define DEFAULT_MIN_CELL 5
#define UNSET            (-1)

static const char help[] =
    "Drafts a schema over CSV files, or over the tables of the sites of a key file (--from), "
    "which\n"
    "may lie in SQLite or PostgreSQL: names, types, bounds, categories. Look at\n"
    "it, mend it, and name it in the pipeline with [schema] file=. It holds what will be public:\n"
    "every category's spelling and every column's bounds.\n"
    "\n"
    "With --draft the files of one site become a draft file, which is carried to whoever merges\n"
    "the drafts of all sites ('genesis schema merge'). It tells names, types, formats, and\n"
    "spellings that at least --min-cell rows of the site share; bounds are edges of a public\n"
    "grid; counts are rounded. Exact smallest and largest values never leave. With --min-cell 1\n"
    "nothing is held back: then the merged schema is the one that 'infer' concludes from all\n"
    "files at once, byte for byte, and the draft is not for release.\n"
    "\n"
    "With --constraints what holds in every row is looked for as well: orders, sums, columns\n"
    "that follow from others, cells that are missing together. 'propose' lists it under\n"
    "\"proposed\", where it changes nothing until you move it to \"constraints\", which synthetic\n"
    "rows keep; 'adopt' puts all of it there.\n"
    "\n"
    "A FILE may be a pipe, and '-' is the standard input: it is read once. Without --out and\n"
    "--draft the schema is printed. What was found on the way (columns left out, disagreements\n"
    "that were resolved) goes to the standard error.\n"
    "\n"
    "Example:\n"
    "  genesis schema infer data/*.csv --missing '?' --out heart.schema.json\n"
    "  genesis schema infer cleveland.csv --missing '?' --draft cleveland.draft.json\n"
    "  genesis schema infer --from heart.ini --site va --draft va.draft.json\n"
    "\n"
    "Exit codes: 0 done, 2 usage, 65 bad input data, 66 no such file, 74 reading or writing\n"
    "  failed, 78 bad setting";

typedef struct
{
  TableOptions tables;
  char *out, *draft, *absent, *constraints;
  int min_cell;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  table_options_clear (&options->tables);
  g_free (options->out);
  g_free (options->draft);
  g_free (options->absent);
  g_free (options->constraints);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* The first file's name without folder and endings. */
static char *
name_site (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  char *dot = strchr (name + 1, '.');

  if (dot != NULL)
    *dot = '\0';
  return g_steal_pointer (&name);
}

static GenesisSchemaDraft *
begin_draft (const Options *o, const Tables *tables, GenesisAbsentRule absent, GError **error)
{
  g_autoptr (GenesisSchemaDraft) draft =
      genesis_schema_draft_new ((const char *const *)tables->markers);

  genesis_schema_draft_set_find_constraints (draft, o->constraints != NULL);
  if (o->absent != NULL)
    genesis_schema_draft_set_absent_rule (draft, absent);
  if (tables->date_order != NULL
      && !genesis_schema_draft_set_date_order (draft, tables->date_order, error))
    return NULL;
  return g_steal_pointer (&draft);
}

/* A site of a key file is told by its name, a file by its path. */
static gboolean
add_table (const Options *o, const Tables *tables, guint i, GenesisSchemaDraft *draft,
           GError **error)
{
  GenesisSource *source = g_ptr_array_index (tables->sources, i);
  const char *name = tables_get_name (tables, i);
  g_autoptr (GenesisSchemaDraft) own = NULL;

  if (name == NULL)
    return genesis_source_draft (source, draft, NULL, error);
  own = genesis_schema_draft_new ((const char *const *)tables->markers);
  genesis_schema_draft_set_find_constraints (own, o->constraints != NULL);
  if (!genesis_source_draft (source, own, NULL, error))
    {
      g_prefix_error (error, "site '%s': ", name);
      return FALSE;
    }
  genesis_schema_draft_set_site (own, name);
  return genesis_schema_draft_merge (draft, own, error);
}

static GenesisSchemaDraft *
draft_tables (const Options *o, const Tables *tables, GenesisAbsentRule absent, GError **error)
{
  g_autoptr (GenesisSchemaDraft) draft = begin_draft (o, tables, absent, error);

  for (guint i = 0; draft != NULL && i < tables->sources->len; i++)
    if (!add_table (o, tables, i, draft, error))
      return NULL;
  return g_steal_pointer (&draft);
}

/* A key file gives its site the name; files have one that was typed, or the first file's. */
static char *
dup_site_name (const Options *o, const Tables *tables)
{
  if (o->tables.from != NULL)
    return g_strdup (tables_get_name (tables, 0));
  if (o->tables.site != NULL)
    return g_strdup (o->tables.site);
  return name_site (genesis_source_get_name (g_ptr_array_index (tables->sources, 0)));
}

static gboolean
save_draft (const Options *o, const Tables *tables, GenesisSchemaDraft *draft, GError **error)
{
  g_autofree char *site = dup_site_name (o, tables);

  genesis_schema_draft_set_site (draft, site);
  return genesis_schema_draft_save (draft, o->draft, (guint)o->min_cell, error);
}

/* Alone a site need not make a schema: what its rows leave open, another site's may settle. */
static int
print_draft (const Options *o, const SchemaOutcome *outcome, const GError *refusal)
{
  g_autofree char *line = g_strdup_printf ("%s: the draft to be merged, with a minimum cell of %d",
                                           o->draft, o->min_cell);

  schema_complain (outcome);
  if (refusal != NULL)
    command_complain ("these files alone make no schema: %s", refusal->message);
  return command_print (line);
}

static gboolean
adopt_constraints (SchemaOutcome *outcome, GError **error)
{
  GenesisSchema *adopted = genesis_schema_adopt_proposed (outcome->schema, error);

  if (adopted == NULL)
    return FALSE;
  g_object_unref (outcome->schema);
  outcome->schema = adopted;
  return TRUE;
}

static int
infer (const Options *o, const Tables *tables, GenesisAbsentRule absent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchemaDraft) draft = draft_tables (o, tables, absent, &error);
  g_auto (SchemaOutcome) outcome = { NULL };
  gboolean only_draft = o->draft != NULL && o->out == NULL && !o->json;

  if (draft == NULL || (o->draft != NULL && !save_draft (o, tables, draft, &error)))
    return command_fail (error);
  if (schema_conclude (draft, &outcome, &error) && g_strcmp0 (o->constraints, "adopt") == 0
      && !adopt_constraints (&outcome, &error))
    return command_fail (error);
  if (only_draft)
    return print_draft (o, &outcome, error);
  return schema_print_outcome (&outcome, o->out, o->json, error);
}

static int
open_and_infer (const Options *o, const char *title, char **paths, GenesisAbsentRule absent)
{
  g_auto (Tables) tables = { NULL };
  g_autoptr (GError) error = NULL;

  if (!tables_open (&o->tables, paths, &tables, &error))
    return command_fail (error);
  if (o->draft != NULL && tables.names->len > 1)
    return command_refuse (title,
                           "--draft is of one site, and the key file has %u; choose with "
                           "--site NAME",
                           tables.names->len);
  return infer (o, &tables, absent);
}

static int
check_options (Options *o, int argc, char **argv, GenesisAbsentRule *absent)
{
  int code = tables_check (&o->tables, argv[0], argv + 1);

  if (code >= 0)
    return code;
  if (o->absent != NULL && !schema_parse_absent_rule (o->absent, absent))
    return command_refuse (argv[0], "--absent '%s': write refuse, missing or exclude", o->absent);
  if (o->draft == NULL
      && ((o->tables.site != NULL && o->tables.from == NULL) || o->min_cell != UNSET))
    return command_refuse (argv[0], "--site and --min-cell belong to --draft FILE");
  if ((o->min_cell != UNSET && o->min_cell < 1)
      || (o->tables.site != NULL && *o->tables.site == '\0'))
    return command_refuse (argv[0], "a site needs a name and a minimum cell of 1 or more");
  if (o->constraints != NULL && !g_str_equal (o->constraints, "propose")
      && !g_str_equal (o->constraints, "adopt"))
    return command_refuse (argv[0], "--constraints '%s': write propose or adopt", o->constraints);
  if (o->constraints != NULL && o->draft != NULL)
    return command_refuse (argv[0], "--constraints: a draft does not tell what rows keep; declare "
                                    "constraints in the merged schema");
  if (o->min_cell == UNSET)
    o->min_cell = DEFAULT_MIN_CELL;
  if (o->out != NULL && g_str_equal (o->out, "-"))
    g_clear_pointer (&o->out, g_free);
  return -1;
}

static int
run_infer (int argc, char **argv)
{
  g_auto (Options) o = { .min_cell = UNSET };
  GenesisAbsentRule absent = GENESIS_ABSENT_RULE_REFUSE;
  const GOptionEntry entries[] = {
    TABLE_OPTION_FROM (o.tables),
    TABLE_OPTION_MISSING (o.tables),
    TABLE_OPTION_DATE_ORDER (o.tables),
    TABLE_OPTION_DIALECT (o.tables),
    { "absent", 0, 0, G_OPTION_ARG_STRING, &o.absent,
      "What becomes of a column that not all files have: refuse (default), missing or exclude",
      "RULE" },
    { "draft", 0, 0, G_OPTION_ARG_FILENAME, &o.draft, "Write what the site tells to a file",
      "FILE" },
    { "site", 0, 0, G_OPTION_ARG_STRING, &o.tables.site,
      "The site's name in the draft (default: the first file's name); with --from the one site of "
      "the key file that is wanted",
      "NAME" },
    { "min-cell", 0, 0, G_OPTION_ARG_INT, &o.min_cell,
      "How many rows must share what the draft tells (default 5; 1 holds nothing back)", "N" },
    { "constraints", 0, 0, G_OPTION_ARG_STRING, &o.constraints,
      "Look for constraints of rows: propose (listed, without effect) or adopt (kept by "
      "synthetic rows)",
      "HOW" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &o.out,
      "Write the schema to a file; '-' is the standard output", "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json,
      "Print schema, disagreements and findings as a JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  int code = command_parse (&argc, &argv, entries, "FILE...", help);

  if (code < 0)
    code = check_options (&o, argc, argv, &absent);
  return code >= 0 ? code : open_and_infer (&o, argv[0], argv + 1, absent);
}

const Command schema_infer_command = { "infer", run_infer, "draft a schema over tables" };
