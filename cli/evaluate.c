/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "evaluate.h"
#include "progress.h"
#include "schema.h"
#include "tables.h"

static const char help[] =
    "Judges a synthetic table next to the real rows that its generator was trained on. Fidelity "
    "says\n"
    "how much of the dependence between columns was learned: 0 is what independent columns reach, "
    "1\n"
    "what fresh real rows reach. It is judged by a holdout, real rows that the generator never "
    "saw;\n"
    "without one the real rows are halved, and nobody can tell memory from learning. "
    "overall_score\n"
    "is the familiar number of SDMetrics. When training rows are copied an alarm stands in place "
    "of\n"
    "the figures. Each figure has a 95 % interval (delete-a-group jackknife).\n"
    "\n"
    "Detection is how well a classifier tells the synthetic rows from real ones that it has not "
    "seen:\n"
    "0.5, not at all, is best. With --target a classifier learns that column from synthetic rows, "
    "and\n"
    "another from real ones; the holdout judges both.\n"
    "\n"
    "All of it is statistics of real rows, not differentially private, and not for release.\n"
    "\n"
    "With --schema rows outside the schema are counted, not refused; without, one schema is "
    "drafted\n"
    "over all tables, and rows outside what the real ones show are counted.\n"
    "\n"
    "Example:\n"
    "  genesis evaluate real.csv synthetic.csv --missing '?'\n"
    "  genesis evaluate train.csv synthetic.csv --holdout test.csv --out quality.json\n"
    "  genesis evaluate train.csv synthetic.csv --holdout test.csv --target income\n"
    "\n"
    "Exit codes: 0 done, 2 usage, 65 the tables cannot be compared, 66 no such file, 74 reading "
    "or\n"
    "  writing failed, 78 bad schema or setting";

typedef struct
{
  TableOptions tables;
  char *holdout, *schema, *target, *out;
  gint64 seed;
  gboolean no_detection, json, quiet;
} Options;

static void
options_clear (Options *options)
{
  table_options_clear (&options->tables);
  g_free (options->holdout);
  g_free (options->schema);
  g_free (options->target);
  g_free (options->out);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static GenesisQualityEvaluator *
read_tables (const Options *o, GPtrArray *sources, char **markers, GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GenesisSchema) schema = NULL;

  if (o->schema != NULL)
    {
      schema = genesis_schema_load (o->schema, error);
      if (schema == NULL)
        return NULL;
    }
  progress_say ("reading the tables");
  return genesis_quality_evaluator_new_for_sources (
      g_ptr_array_index (sources, 0), g_ptr_array_index (sources, 1),
      sources->len > 2 ? g_ptr_array_index (sources, 2) : NULL, schema,
      (const char *const *)markers, o->tables.date_order, cancellable, error);
}

static GenesisQualityEvaluator *
evaluate (const Options *o, GPtrArray *sources, char **markers, GError **error)
{
  g_autoptr (GCancellable) cancellable = command_watch_interrupts ();
  g_autoptr (GenesisQualityEvaluator) evaluator =
      read_tables (o, sources, markers, cancellable, error);

  if (evaluator == NULL)
    return NULL;
  genesis_quality_evaluator_set_seed (evaluator, (guint64)o->seed);
  genesis_quality_evaluator_set_detection (evaluator, !o->no_detection);
  genesis_quality_evaluator_set_target (evaluator, o->target);
  progress_say ("comparing");
  return genesis_quality_evaluator_evaluate (evaluator, cancellable, error)
             ? g_steal_pointer (&evaluator)
             : NULL;
}

static int
print (const Options *o, char **paths, GenesisQualityEvaluator *evaluator)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = genesis_quality_evaluator_to_json (evaluator, &error);
  g_autofree char *text = NULL;

  if (json == NULL
      || (o->out != NULL && !genesis_quality_evaluator_save_json (evaluator, o->out, &error)))
    return command_fail (error);
  if (o->json)
    return command_print_json (json);
  text = evaluate_report (json, paths[0], paths[1], o->holdout);
  return command_print (text);
}

static int
judge (const Options *o, char **paths)
{
  char *all[] = { paths[0], paths[1], o->holdout, NULL };
  g_auto (Tables) tables = { NULL };
  g_autoptr (GenesisQualityEvaluator) evaluator = NULL;
  g_autoptr (GError) error = NULL;

  if (!tables_open (&o->tables, all, &tables, &error))
    return command_fail (error);
  progress_start (o->quiet);
  evaluator = evaluate (o, tables.sources, tables.markers, &error);
  progress_stop ();
  return evaluator != NULL ? print (o, paths, evaluator) : command_fail (error);
}

static int
check_words (const Options *o, int argc, char **argv)
{
  if (argc != 3)
    return command_refuse (argv[0], "name two files: the real table and the synthetic one");
  for (int i = 1; i < argc; i++)
    if (*argv[i] == '\0')
      return command_refuse (argv[0], "a FILE without a name");
  if (o->schema != NULL && o->tables.missing != NULL)
    return command_refuse (argv[0], "--missing beside --schema: the schema says what is missing");
  if (o->schema != NULL && o->tables.date_order != NULL)
    return command_refuse (argv[0], "--date-order beside --schema: the schema says how dates are "
                                    "written");
  if (o->target != NULL && o->holdout == NULL)
    return command_refuse (argv[0], "--target without --holdout: what was learned is judged by "
                                    "real rows that nobody learned from");
  if (o->seed < 0)
    return command_refuse (argv[0], "--seed %" G_GINT64_FORMAT ": write 0 or more", o->seed);
  return -1;
}

static int
run_evaluate (int argc, char **argv)
{
  g_auto (Options) o = { .seed = 0 };
  const GOptionEntry entries[] = {
    { "holdout", 0, 0, G_OPTION_ARG_FILENAME, &o.holdout, "Real rows that the generator never saw",
      "FILE" },
    { "schema", 0, 0, G_OPTION_ARG_FILENAME, &o.schema, "What the columns are and a row must be",
      "FILE" },
    TABLE_OPTION_MISSING (o.tables),
    TABLE_OPTION_DATE_ORDER (o.tables),
    TABLE_OPTION_DIALECT (o.tables),
    { "seed", 0, 0, G_OPTION_ARG_INT64, &o.seed, "Which rows a subsample has (default 0)", "N" },
    { "target", 0, 0, G_OPTION_ARG_STRING, &o.target,
      "A column that is learned from the others, from synthetic and from real rows", "COLUMN" },
    { "no-detection", 0, 0, G_OPTION_ARG_NONE, &o.no_detection,
      "No classifiers that tell synthetic rows from real ones: most of the time", NULL },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &o.out, "Write the JSON object to a file as well",
      "FILE" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, "Print the JSON object", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o.quiet, "No progress", NULL },
    G_OPTION_ENTRY_NULL,
  };
  int code = command_parse (&argc, &argv, entries, "REAL SYNTHETIC", help);

  if (code < 0)
    code = check_words (&o, argc, argv);
  return code >= 0 ? code : judge (&o, argv + 1);
}

const Command evaluate_command = { "evaluate", run_evaluate,
                                   "judge a synthetic table next to the real rows" };
