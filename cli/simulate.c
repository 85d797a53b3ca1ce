/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulate.h"

#include "command.h"
#include "overrides.h"
#include "progress.h"
#include "report.h"

/* Options that stand for one key each. */
typedef enum
{
  KEY_SITES,
  KEY_PARTITION,
  KEY_ALPHA,
  KEY_GENERATOR,
  KEY_AGGREGATOR,
  KEY_MIN_SITES,
  KEY_DEADLINE,
  KEY_MAX_RETRIES,
  KEY_FAILURE,
  KEY_STRAGGLER,
  KEY_DELAY,
  KEY_MISSING,
  KEY_SCHEMA,
  KEY_OUT,
  N_KEYS
} Key;

static const struct
{
  const char *option, *key;
  gboolean is_path;
  const char *help, *what;
} keys[N_KEYS] = {
  { "sites", "simulation.sites", FALSE, "How many sites the rows are given to", "N" },
  { "partition", "simulation.partition", FALSE,
    "iid (default), or the column by which sites differ: its values are dealt to the sites",
    "iid|COLUMN" },
  { "alpha", "simulation.alpha", FALSE,
    "Sites get Dirichlet shares of each value: .1 very unlike, 100 nearly iid", "A" },
  { "generator", "pipeline.generator", FALSE, "Generator plugin (gaussian_copula)", "G" },
  { "aggregator", "pipeline.aggregator", FALSE, "Aggregator plugin (fedavg)", "A" },
  { "min-sites", "aggregator.min_sites", FALSE, "Sites that must answer a round", "M" },
  { "deadline", "simulation.deadline", FALSE, "Virtual seconds after which an attempt ends (none)",
    "S" },
  { "max-retries", "simulation.max_retries", FALSE,
    "How often sites that failed or were late are asked again (3)", "N" },
  { "site-failure-rate", "simulation.site_failure_rate", FALSE,
    "Probability that a site gives no answer to an attempt (0)", "P" },
  { "straggler-rate", "simulation.straggler_rate", FALSE, "Probability that an answer is slow (0)",
    "P" },
  { "straggler-delay", "simulation.straggler_delay", FALSE,
    "How many times as long a slow answer takes (2)", "X" },
  { "missing", "schema.missing", FALSE, "Markers of a missing value; an empty cell always is one",
    "M;M" },
  { "schema", "schema.file", TRUE, "The schema of the table (drafted from it)", "FILE" },
  { "out", "simulation.synthetic", TRUE, "Write a synthetic table", "FILE" },
};

typedef struct
{
  Overrides overrides;
  char *values[N_KEYS];
  gboolean compare, json, quiet;
} Options;

static const char description[] =
    "Rehearses a federation on this machine before anybody signs anything: the rows of one\n"
    "table are dealt to N sites, which fail and are slow as the seed decides, in virtual\n"
    "time; plugins, rounds, retries and quorum are those of a real run. The same seed gives\n"
    "the same history.\n"
    "\n"
    "FILE is a table, or a key file (.ini) with a group [simulation]; options win over it.\n"
    "An answer takes 1 + rows/10^6 virtual seconds, a slow one --straggler-delay times that.\n"
    "Fewer sites than --min-sites after the retries end it with 75.\n"
    "\n"
    "Example:\n"
    "  genesis simulate adult.csv --missing '?' --sites 10\n"
    "  genesis simulate adult.csv --missing '?' --sites 10 --partition education --alpha .1 \\\n"
    "    --site-failure-rate .3 --compare\n"
    "  genesis simulate ward.ini --rows 1000 --out rehearsal.csv\n"
    "\n"
    "Exit codes: 0 done, 2 usage, 65 bad input data, 66 input missing, 70 plugin fault,\n"
    "  74 reading or writing failed, 75 too few sites, 77 refused, 78 bad configuration,\n"
    "  130 interrupted";

static void
options_clear (Options *options)
{
  overrides_clear (&options->overrides);
  for (guint i = 0; i < N_KEYS; i++)
    g_free (options->values[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
parse_options (Options *o, int *argc, char ***argv)
{
  GOptionEntry own[N_KEYS + 4] = {
    { "compare", 0, 0, G_OPTION_ARG_NONE, &o->compare,
      "iid sites, sites by --partition and pooled rows side by side", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o->json, "Print the result as a JSON object", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o->quiet, "No progress and no summary", NULL },
  };
  g_autofree GOptionEntry *entries = NULL;

  for (guint i = 0; i < N_KEYS; i++)
    own[3 + i] =
        (GOptionEntry){ keys[i].option, 0,           0, G_OPTION_ARG_FILENAME, &o->values[i],
                        keys[i].help,   keys[i].what };
  entries = overrides_join_entries (&o->overrides, own);
  return command_parse (argc, argv, entries, "FILE", description);
}

/* A path that was typed is seen from here, not from the key file. */
static int
collect (const Options *o, const char *title, GHashTable *table)
{
  const int code = overrides_collect (&o->overrides, title, table);

  if (code >= 0)
    return code;
  if (o->overrides.rows != NULL)
    {
      g_hash_table_insert (table, g_strdup ("simulation.rows"), g_strdup (o->overrides.rows));
      g_hash_table_remove (table, "output.rows");
    }
  for (guint i = 0; i < N_KEYS; i++)
    {
      if (o->values[i] == NULL)
        continue;
      if (*o->values[i] == '\0' || !g_utf8_validate (o->values[i], -1, NULL))
        return command_refuse (title, "--%s: no text in UTF-8", keys[i].option);
      g_hash_table_insert (table, g_strdup (keys[i].key),
                           keys[i].is_path ? g_canonicalize_filename (o->values[i], NULL)
                                           : g_strdup (o->values[i]));
    }
  return -1;
}

static void
show_progress (GenesisRehearsal *rehearsal, const char *what, double share)
{
  progress_say_share (what, share);
}

static void
tell_warning (GenesisRehearsal *rehearsal, const char *text)
{
  command_complain ("warning: %s", text);
}

static int
print_result (const Options *o, const char *json)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  if (o->json)
    return command_print_json (json);
  if (o->quiet)
    return 0;
  text = simulate_report (report_parse (json, &node));
  return command_print (text);
}

static int
simulate (const Options *o, GHashTable *overrides, const char *file)
{
  g_autoptr (GCancellable) cancellable = command_watch_interrupts ();
  g_autoptr (GenesisPluginHost) host = command_open_plugins ();
  const gboolean is_keyfile = g_str_has_suffix (file, ".ini");
  g_autoptr (GenesisRehearsal) rehearsal = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  if (!is_keyfile)
    g_hash_table_insert (overrides, g_strdup ("simulation.table"), g_strdup (file));
  rehearsal = genesis_rehearsal_load (is_keyfile ? file : NULL, overrides, host, &error);
  if (rehearsal == NULL)
    return command_fail (error);
  g_signal_connect (rehearsal, "progress", G_CALLBACK (show_progress), NULL);
  if (!o->quiet)
    g_signal_connect (rehearsal, "warning", G_CALLBACK (tell_warning), NULL);
  progress_start (o->quiet);
  json = genesis_rehearsal_run (rehearsal, o->compare, cancellable, &error);
  progress_stop ();
  if (json != NULL)
    return print_result (o, json);
  return command_fail_unless_stopped (cancellable, error);
}

static int
run_simulate (int argc, char **argv)
{
  g_auto (Options) o = { 0 };
  g_autoptr (GHashTable) overrides =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  int code = parse_options (&o, &argc, &argv);

  if (code >= 0 || (code = command_require_word (argc, argv, "FILE")) >= 0)
    return code;
  code = collect (&o, argv[0], overrides);
  return code >= 0 ? code : simulate (&o, overrides, argv[1]);
}

const Command simulate_command = { "simulate", run_simulate,
                                   "rehearse a federation with the rows of one table" };
