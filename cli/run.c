/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "command.h"

#include "overrides.h"
#include "progress.h"
#include "report.h"

typedef struct
{
  Overrides overrides;
  gboolean fresh, json, quiet, dry_run, allow_unpinned, profile;
} Options;

static const char description[] =
    "Runs a whole pipeline: agrees on a schema, trains over the sites round by round,\n"
    "writes the outputs. No row leaves a site; each sends integer sums.\n"
    "\n"
    "FILE.ini names the sites, the plugins and the outputs; genesis-pipeline(5) has every\n"
    "key. The command line wins over the environment (GENESIS_PIPELINE_SEED and the like),\n"
    "which wins over the file. The run is kept in FILE.ini.run/: killed anywhere, the same\n"
    "command goes on to the same model; when it was finished, the outputs are drawn again\n"
    "and nothing is asked of the sites. With changed settings it stops and names the key.\n"
    "\n"
    "Example:\n"
    "  genesis run hospitals.ini\n"
    "  genesis run hospitals.ini --dry-run\n"
    "  genesis run hospitals.ini --fresh --rows 500 --set aggregator.min_sites=2\n"
    "\n"
    "Exit codes: 0 done, 2 usage, 65 bad input data, 66 input missing, 70 plugin fault,\n"
    "  74 reading or writing failed, 75 too few sites or the run is held by another\n"
    "  process, 77 refused, 78 bad configuration, 130 interrupted";

static void
options_clear (Options *options)
{
  overrides_clear (&options->overrides);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
parse_options (Options *o, int *argc, char ***argv)
{
  const GOptionEntry own[] = {
    { "fresh", 0, 0, G_OPTION_ARG_NONE, &o->fresh, "Forget the run so far and begin anew", NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &o->dry_run,
      "Train nothing; say what would leave each site", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o->json, "Print the result as a JSON object", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o->quiet, "No progress and no summary", NULL },
    { "allow-unpinned", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &o->allow_unpinned, NULL,
      NULL },
    { "profile", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE, &o->profile, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree GOptionEntry *entries = overrides_join_entries (&o->overrides, own);

  return command_parse (argc, argv, entries, "FILE.ini", description);
}

static void
show_progress (GenesisPipeline *pipeline, const char *what, double share)
{
  progress_say_share (what, share);
}

static void
show_round (GenesisPipeline *pipeline, const GenesisRoundInfo *round)
{
  guint number = genesis_round_info_get_number (round);
  g_autofree char *text =
      g_strdup_printf ("round %u (round %u, %s: %u sites, %" G_GUINT64_FORMAT " rows)", number + 1,
                       number, genesis_round_info_get_phase (round),
                       g_strv_length ((char **)genesis_round_info_get_sites (round)),
                       genesis_round_info_get_samples_aggregated (round));

  progress_say (text);
}

static void
tell_dropped (GenesisPipeline *pipeline, const char *site, const char *reason,
              GCancellable *cancellable)
{
  if (!g_cancellable_is_cancelled (cancellable))
    command_complain ("site '%s' is skipped: %s", site, reason);
}

static int
print_result (const Options *o, const char *json)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  JsonObject *object;

  if (o->json)
    return command_print_json (json);
  if (o->quiet)
    return 0;
  object = report_parse (json, &node);
  text = o->dry_run ? report_preview (object) : report_run (object);
  return command_print (text);
}

static int
run_pipeline (const Options *o, GHashTable *overrides, const char *path)
{
  g_autoptr (GCancellable) cancellable = command_watch_interrupts ();
  g_autoptr (GenesisPluginHost) host = command_open_plugins ();
  g_autoptr (GenesisPipeline) pipeline = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  pipeline = genesis_pipeline_load (path, overrides, host, &error);
  if (pipeline == NULL)
    return command_fail (error);
  genesis_pipeline_set_fresh (pipeline, o->fresh);
  g_signal_connect (pipeline, "progress", G_CALLBACK (show_progress), NULL);
  g_signal_connect (pipeline, "round-finished", G_CALLBACK (show_round), NULL);
  if (!o->quiet)
    g_signal_connect (pipeline, "site-dropped", G_CALLBACK (tell_dropped), cancellable);
  progress_start (o->quiet);
  json = o->dry_run ? genesis_pipeline_preview (pipeline, cancellable, &error)
                    : genesis_pipeline_run (pipeline, cancellable, &error);
  progress_stop ();
  if (json != NULL)
    return print_result (o, json);
  return command_fail_unless_stopped (cancellable, error);
}

static int
run_run (int argc, char **argv)
{
  g_auto (Options) o = { 0 };
  g_autoptr (GHashTable) overrides =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  int code = parse_options (&o, &argc, &argv);

  if (code >= 0)
    return code;
  if (o.allow_unpinned || o.profile)
    return command_refuse (argv[0], "%s is not in this version",
                           o.profile ? "--profile" : "--allow-unpinned");
  code = command_require_word (argc, argv, "FILE.ini");
  if (code >= 0)
    return code;
  code = overrides_collect (&o.overrides, argv[0], overrides);
  return code >= 0 ? code : run_pipeline (&o, overrides, argv[1]);
}

const Command run_command = { "run", run_run,
                              "train over the sites of a pipeline, write its outputs" };
