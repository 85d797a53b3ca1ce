/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "command.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "progress.h"
#include "report.h"

typedef struct
{
  char *model, *rows, *strategy, *weights, *seed, *out, *source_column, *threads;
  gboolean safe_csv, json, quiet;
} Options;

/* The options once read. */
typedef struct
{
  guint64 rows, seed, threads;
  GenesisStrategy strategy;
  GVariant *weights; /* a{sd} */
} Request;

static const char description[] =
    "Draws synthetic rows from a model that 'genesis run' saved. The same model, seed and\n"
    "number of rows give the same bytes, whatever the number of threads.\n"
    "\n"
    "FILE appears complete or not at all; an older one is replaced. A name that ends in .gz or\n"
    ".zst is packed; '--out -' writes to the standard output.\n"
    "Strategies: proportional (rows of each site's model, by the sites' numbers of rows),\n"
    "uniform (equal shares), weighted (--weights), aggregated (all rows from the pooled\n"
    "model).\n"
    "\n"
    "Example:\n"
    "  genesis generate --model heart.genesis --rows 1000 --out rows.csv\n"
    "  genesis generate --model heart.genesis --rows 1000 --strategy weighted \\\n"
    "    --weights cleveland=.7,va=.3 --seed 7 --out - | head\n"
    "\n"
    "Exit codes: 0 done, 2 usage, 65 not a model, 66 no such model, 74 reading or writing\n"
    "  failed, 78 bad configuration, 130 interrupted";

static void
options_clear (Options *options)
{
  g_free (options->model);
  g_free (options->rows);
  g_free (options->strategy);
  g_free (options->weights);
  g_free (options->seed);
  g_free (options->out);
  g_free (options->source_column);
  g_free (options->threads);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
request_clear (Request *request)
{
  g_clear_pointer (&request->weights, g_variant_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Request, request_clear)

static int
parse_options (Options *o, int *argc, char ***argv)
{
  const GOptionEntry entries[] = {
    { "model", 0, 0, G_OPTION_ARG_FILENAME, &o->model, "The model file", "MODEL" },
    { "rows", 0, 0, G_OPTION_ARG_STRING, &o->rows, "How many rows", "N" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &o->out,
      "The CSV file to write, '-' for the standard output", "FILE" },
    { "strategy", 0, 0, G_OPTION_ARG_STRING, &o->strategy,
      "proportional (default), uniform, weighted or aggregated", "S" },
    { "weights", 0, 0, G_OPTION_ARG_FILENAME, &o->weights, "Shares for 'weighted'", "a=.5,b=.5" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &o->seed, "Seed (0)", "K" },
    { "source-column", 0, 0, G_OPTION_ARG_FILENAME, &o->source_column,
      "Add a column that names the site of each row; it discloses origin", "NAME" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &o->threads,
      "How many threads (all); results do not depend on it", "N" },
    { "safe-csv", 0, 0, G_OPTION_ARG_NONE, &o->safe_csv,
      "Write what a spreadsheet would run as a formula so that it stays text", NULL },
    { "json", 0, 0, G_OPTION_ARG_NONE, &o->json, "Print what was done as a JSON object", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &o->quiet, "No progress and no summary", NULL },
    G_OPTION_ENTRY_NULL,
  };

  return command_parse (argc, argv, entries, NULL, description);
}

/* -1, or the exit code of a refusal. */
static int
read_number (const char *title, const char *option, const char *text, guint64 most, guint64 *number)
{
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 0, most, number, NULL))
    return -1;
  return command_refuse (title, "%s: '%s' is not a whole number from 0 to %" G_GUINT64_FORMAT,
                         option, text, most);
}

/* names are those that have a share already. */
static gboolean
read_share (GVariantBuilder *weights, GHashTable *names, char *item)
{
  char *equals = strrchr (item, '=');
  double share;
  char *end;

  if (equals == NULL || equals == item)
    return FALSE;
  *equals = '\0';
  g_strstrip (item);
  g_strstrip (equals + 1);
  if (equals[1] == '\0' || equals[1 + strspn (equals + 1, "0123456789.eE+-")] != '\0')
    return FALSE;
  share = g_ascii_strtod (equals + 1, &end);
  g_variant_builder_add (weights, "{sd}", item, share);
  return *end == '\0' && isfinite (share) && share >= 0
         && g_hash_table_add (names, g_strdup (item));
}

static int
read_weights (const char *title, const char *text, GVariant **weights)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sd}"));
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) items = NULL;

  if (text == NULL)
    return -1;
  items = g_strsplit_set (text, ",;", -1);
  for (guint i = 0; items[i] != NULL; i++)
    {
      g_autofree char *shown = g_strdup (items[i]);

      if (!read_share (&builder, names, items[i]))
        return command_refuse (title, "--weights: '%s' is no share of at least 0; write a=.5,b=.5",
                               shown);
    }
  *weights = g_variant_ref_sink (g_variant_builder_end (&builder));
  return -1;
}

static int
require_options (const char *title, const Options *o)
{
  if (o->model == NULL || *o->model == '\0')
    return command_refuse (title, "no --model");
  if (o->rows == NULL)
    return command_refuse (title, "no --rows");
  if (o->out == NULL || *o->out == '\0')
    return command_refuse (title, "no --out; '--out -' is the standard output");
  if ((o->source_column != NULL && !g_utf8_validate (o->source_column, -1, NULL))
      || (o->weights != NULL && !g_utf8_validate (o->weights, -1, NULL)))
    return command_refuse (title, "a name is not UTF-8");
  if (o->json && g_str_equal (o->out, "-"))
    return command_refuse (title, "--json and '--out -' both want the standard output");
  return -1;
}

static int
read_request (const char *title, const Options *o, Request *request)
{
  g_autoptr (GError) error = NULL;
  int code = require_options (title, o);

  if (code >= 0 || (code = read_number (title, "--rows", o->rows, G_MAXINT64, &request->rows)) >= 0
      || (code = read_number (title, "--seed", o->seed, G_MAXINT64, &request->seed)) >= 0
      || (code = read_number (title, "--threads", o->threads, 1024, &request->threads)) >= 0
      || (code = read_weights (title, o->weights, &request->weights)) >= 0)
    return code;
  request->strategy = GENESIS_STRATEGY_PROPORTIONAL;
  if (o->strategy != NULL && !genesis_strategy_from_text (o->strategy, &request->strategy, &error))
    return command_refuse (title, "--strategy: %s", error->message);
  if (request->weights == NULL && request->strategy == GENESIS_STRATEGY_WEIGHTED)
    return command_refuse (title, "strategy 'weighted' needs --weights");
  if (request->weights != NULL && request->strategy != GENESIS_STRATEGY_WEIGHTED)
    return command_refuse (title, "--weights needs --strategy weighted");
  return -1;
}

static int
print_result (const Options *o, const Request *request, const char *digest)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  if (g_str_equal (o->out, "-") || (o->quiet && !o->json))
    return 0;
  if (!o->json)
    {
      text = g_strdup_printf ("%s: %" G_GUINT64_FORMAT " row%s", o->out, request->rows,
                              request->rows == 1 ? "" : "s");
      return command_print (text);
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "out");
  json_builder_add_string_value (builder, o->out);
  json_builder_set_member_name (builder, "rows");
  json_builder_add_int_value (builder, (gint64)request->rows);
  json_builder_set_member_name (builder, "strategy");
  json_builder_add_string_value (builder, o->strategy != NULL ? o->strategy : "proportional");
  json_builder_set_member_name (builder, "seed");
  json_builder_add_int_value (builder, (gint64)request->seed);
  json_builder_set_member_name (builder, "model_digest");
  json_builder_add_string_value (builder, digest);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return command_print_json (text);
}

static gboolean
is_same_file (const char *a, const char *b)
{
  g_autofree char *canonical_a = g_canonicalize_filename (a, NULL);
  g_autofree char *canonical_b = g_canonicalize_filename (b, NULL);
  GStatBuf info_a, info_b;

  if (g_str_equal (canonical_a, canonical_b))
    return TRUE;
  return g_stat (a, &info_a) == 0 && g_stat (b, &info_b) == 0 && info_a.st_dev == info_b.st_dev
         && info_a.st_ino == info_b.st_ino;
}

static void
show_progress (GenesisFederatedGenerator *generator, const char *what, double share)
{
  progress_say_share (what, share);
}

static int
draw (const Options *o, const Request *request)
{
  g_autoptr (GCancellable) cancellable = command_watch_interrupts ();
  g_autoptr (GenesisPluginHost) host = command_open_plugins ();
  g_autoptr (GenesisFederatedGenerator) generator = NULL;
  g_autoptr (GenesisModel) model = NULL;
  g_autoptr (GError) error = NULL;
  const char *path = g_str_equal (o->out, "-") ? "/dev/stdout" : o->out;
  gboolean done;

  model = genesis_model_load (o->model, &error);
  if (model == NULL)
    return command_fail (error);
  generator = genesis_federated_generator_new (host, NULL, genesis_model_get_generator (model));
  g_object_set (generator, "seed", request->seed, "threads", (guint)request->threads, "safe-csv",
                o->safe_csv, NULL);
  progress_start (o->quiet);
  progress_say ("drawing rows");
  if (g_signal_lookup ("progress", GENESIS_TYPE_FEDERATED_GENERATOR) != 0)
    g_signal_connect (generator, "progress", G_CALLBACK (show_progress), NULL);
  done = genesis_federated_generator_load_model (generator, o->model, &error)
         && genesis_federated_generator_generate_csv (generator, request->rows, request->strategy,
                                                      request->weights, path, o->source_column,
                                                      cancellable, &error);
  progress_stop ();
  if (done)
    return print_result (o, request, genesis_model_get_digest (model));
  return command_fail_unless_stopped (cancellable, error);
}

static int
run_generate (int argc, char **argv)
{
  g_auto (Options) o = { 0 };
  g_auto (Request) request = { 0 };
  int code = parse_options (&o, &argc, &argv);

  if (code >= 0 || (code = command_refuse_words (argc, argv)) >= 0)
    return code;
  code = read_request (argv[0], &o, &request);
  if (code >= 0)
    return code;
  if (is_same_file (o.model, o.out))
    return command_refuse (argv[0], "--out would replace the model");
  return draw (&o, &request);
}

const Command generate_command = { "generate", run_generate,
                                   "draw synthetic rows from a saved model" };
