/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Measures the stages of a run on a table made from a seed, through the public API alone. Every
 * stage is done --repeat times, in turn; the median is the result. */

#include "config.h"

#include <genesis/genesis.h>
#include <glib/gstdio.h>

#include "bench-input.h"
#include "bench-noise.h"
#include "bench-stage.h"

#define N_DRAWS 1000000u

typedef struct
{
  /* from the command line */
  int repeat, threads, sites;
  gint64 rows;
  gint64 seed;
  char *kind, *json, *csv;
  /* this table's */
  GenesisPluginHost *host;
  char *input, *output;
  gint64 input_bytes;
  GPtrArray *stages; /* of BenchStage, in the order of their first start */
} Bench;

static void
bench_clear (Bench *self)
{
  g_clear_object (&self->host);
  g_clear_pointer (&self->input, g_free);
  g_clear_pointer (&self->output, g_free);
  g_clear_pointer (&self->stages, g_ptr_array_unref);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->json, g_free);
  g_clear_pointer (&self->csv, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

/* The stage number index, made at its first attempt. */
static BenchStage *
start (Bench *self, guint *index, const char *name)
{
  if (*index == self->stages->len)
    g_ptr_array_add (self->stages, bench_stage_new (name));
  bench_stage_start (self->stages->pdata[*index]);
  return self->stages->pdata[(*index)++];
}

static GenesisSchema *
infer (Bench *self, guint *index, GError **error)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
  BenchStage *stage = start (self, index, "infer schema");
  g_autoptr (GenesisSchema) schema = NULL;

  if (!genesis_schema_draft_add_csv (draft, self->input, error)
      || (schema = genesis_schema_draft_conclude (draft, error)) == NULL)
    return NULL;
  bench_stage_stop (stage, self->rows, self->input_bytes);
  return g_steal_pointer (&schema);
}

static GenesisFederatedGenerator *
make_generator (Bench *self)
{
  GenesisFederatedGenerator *generator =
      genesis_federated_generator_new (self->host, NULL, "gaussian_copula");

  g_object_set (generator, "seed", (guint64)self->seed, "threads", (guint)self->threads, NULL);
  return generator;
}

/* Deals the rows of table to the sites in equal runs. */
static gboolean
add_sites (Bench *self, GenesisFederatedGenerator *generator, GenesisTable *table, GError **error)
{
  guint64 n = genesis_table_get_n_rows (table);

  for (int i = 0; i < self->sites; i++)
    {
      guint64 first = n * (guint64)i / (guint64)self->sites;
      guint64 end = n * ((guint64)i + 1) / (guint64)self->sites;
      g_autofree char *name = g_strdup_printf ("site%d", i + 1);
      g_autoptr (GenesisSiteConfig) config = genesis_site_config_new (name);
      g_autoptr (GenesisTable) rows = genesis_table_slice (table, first, end - first);
      g_autoptr (GenesisDataSite) site = genesis_data_site_new (name, rows, config);

      genesis_site_config_set_min_samples (config, 1);
      if (!genesis_federated_generator_add_site (generator, site, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fit (Bench *self, guint *index, GenesisFederatedGenerator *generator, GError **error)
{
  for (guint round = 1;; round++)
    {
      g_autofree char *name = g_strdup_printf ("fit, round %u", round);
      BenchStage *stage = start (self, index, name);
      g_autoptr (GenesisTrainingResult) result =
          genesis_federated_generator_train (generator, 1, NULL, error);

      if (result == NULL)
        return FALSE;
      bench_stage_stop (stage, self->rows, 0);
      if (genesis_training_result_get_finished (result))
        return TRUE;
    }
}

/* Table in memory: fit round by round, sample, write. */
static gboolean
measure_parts (Bench *self, guint *index, GenesisSchema *schema, GError **error)
{
  BenchStage *stage = start (self, index, "read");
  g_autoptr (GenesisTable) table = genesis_table_load_csv (self->input, schema, error);
  g_autoptr (GenesisFederatedGenerator) generator = make_generator (self);
  g_autoptr (GenesisTable) drawn = NULL;
  gint64 written;

  if (table == NULL)
    return FALSE;
  bench_stage_stop (stage, self->rows, self->input_bytes);
  if (!add_sites (self, generator, table, error) || !fit (self, index, generator, error))
    return FALSE;

  stage = start (self, index, "sample");
  drawn = genesis_federated_generator_generate (generator, self->rows, GENESIS_STRATEGY_AGGREGATED,
                                                NULL, NULL, error);
  if (drawn == NULL)
    return FALSE;
  bench_stage_stop (stage, self->rows, 0);

  stage = start (self, index, "write");
  if (!genesis_table_save_csv (drawn, self->output, error))
    return FALSE;
  written = bench_input_measure (self->output, error);
  bench_stage_stop (stage, self->rows, MAX (written, 0));
  return written >= 0;
}

/* CSV in, rounds over the streamed file, CSV out: memory does not depend on the rows. */
static gboolean
measure_whole (Bench *self, guint *index, GenesisSchema *schema, GError **error)
{
  BenchStage *stage = start (self, index, "whole: CSV to CSV");
  g_autoptr (GenesisFederatedGenerator) generator = make_generator (self);
  g_autoptr (GenesisSource) source = genesis_source_new_for_csv (self->input);
  g_autoptr (GenesisDataSite) site = genesis_data_site_new_for_source ("all", source, schema, NULL);
  g_autoptr (GenesisTrainingResult) result = NULL;

  if (!genesis_federated_generator_add_site (generator, site, error)
      || (result = genesis_federated_generator_train (generator, 1000, NULL, error)) == NULL
      || !genesis_federated_generator_generate_csv (generator, self->rows,
                                                    GENESIS_STRATEGY_AGGREGATED, NULL, self->output,
                                                    NULL, NULL, error))
    return FALSE;
  bench_stage_stop (stage, self->rows, self->input_bytes);
  return TRUE;
}

static gboolean
count_rows (GenesisTable *chunk, gpointer user_data, GError **error)
{
  *(guint64 *)user_data += genesis_table_get_n_rows (chunk);
  return TRUE;
}

/* A table of somebody's: drafted, read chunk by chunk as a round reads it, and read whole. */
static gboolean
measure_reading (Bench *self, guint *index, GError **error)
{
  g_autoptr (GenesisSchema) schema = infer (self, index, error);
  g_autoptr (GenesisSource) source = genesis_source_new_for_csv (self->csv);
  g_autoptr (GenesisTable) table = NULL;
  guint64 n_rows = 0;
  BenchStage *stage;

  if (schema == NULL)
    return FALSE;
  stage = start (self, index, "read in chunks");
  if (!genesis_source_foreach_chunk (source, schema, count_rows, &n_rows, NULL, error))
    return FALSE;
  bench_stage_stop (stage, n_rows, self->input_bytes);
  stage = start (self, index, "read whole");
  table = genesis_table_load_csv (self->csv, schema, error);
  if (table == NULL)
    return FALSE;
  bench_stage_stop (stage, n_rows, self->input_bytes);
  self->rows = n_rows;
  return TRUE;
}

static gboolean
measure_file (Bench *self, GError **error)
{
  for (int i = 0; i < self->repeat; i++)
    {
      guint index = 0;

      if (!measure_reading (self, &index, error))
        return FALSE;
    }
  return TRUE;
}

/* A row is a draw. */
static gboolean
measure_noise (Bench *self, guint *index, GError **error)
{
  BenchStage *stage = start (self, index, "draw noise");

  if (!bench_noise_draw (N_DRAWS, error))
    return FALSE;
  bench_stage_stop (stage, N_DRAWS, 0);
  return TRUE;
}

static gboolean
measure (Bench *self, GError **error)
{
  for (int i = 0; i < self->repeat; i++)
    {
      guint index = 0;
      g_autoptr (GenesisSchema) schema = infer (self, &index, error);

      /* The streamed whole comes first: the peak of the process so far is then its own. */
      if (schema == NULL || !measure_whole (self, &index, schema, error))
        return FALSE;
      if (i == 0)
        g_print ("peak of the streamed whole: %.1f MB\n",
                 (double)bench_stage_get_peak_memory () / 1e6);
      if (!measure_parts (self, &index, schema, error) || !measure_noise (self, &index, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
report (Bench *self, GError **error)
{
  g_autoptr (GString) json = g_string_new (NULL);
  guint64 peak = bench_stage_get_peak_memory ();

  bench_stage_print_header ();
  g_string_append_printf (json,
                          "{\"version\": \"%s\", \"table\": \"%s\", \"rows\": %" G_GINT64_FORMAT
                          ", \"threads\": %d, "
                          "\"sites\": %d, \"peak_bytes\": %" G_GUINT64_FORMAT ", \"stages\": [",
                          GENESIS_VERSION_TEXT, self->kind, self->rows, self->threads, self->sites,
                          peak);
  for (guint i = 0; i < self->stages->len; i++)
    {
      bench_stage_print (self->stages->pdata[i]);
      g_string_append (json, i > 0 ? ",\n  " : "\n  ");
      bench_stage_append_json (self->stages->pdata[i], json);
    }
  g_string_append (json, "\n]}\n");
  g_print ("peak, tables in memory: %.1f MB\n", (double)peak / 1e6);
  return self->json == NULL
         || g_file_set_contents (self->json, json->str, (gssize)json->len, error);
}

/* The file of --csv; its rates are of bytes as they lie on the disk, packed or not. */
static gboolean
run_file (Bench *self, GError **error)
{
  self->input = g_strdup (self->csv);
  self->rows = 0; /* until it has been read once */
  self->stages = g_ptr_array_new_with_free_func ((GDestroyNotify)bench_stage_free);
  self->input_bytes = bench_input_measure (self->csv, error);
  return self->input_bytes >= 0 && measure_file (self, error) && report (self, error);
}

static gboolean
run (Bench *self, GError **error)
{
  gboolean numeric = g_strcmp0 (self->kind, "numeric") == 0;
  g_autofree char *folder = g_dir_make_tmp ("genesis-bench-XXXXXX", error);
  gboolean done;

  if (folder == NULL)
    return FALSE;
  self->host = genesis_plugin_host_new ();
  genesis_plugin_host_add_default_directories (self->host);
  self->input = g_build_filename (folder, "input.csv", NULL);
  self->output = g_build_filename (folder, "output.csv", NULL);
  self->stages = g_ptr_array_new_with_free_func ((GDestroyNotify)bench_stage_free);
  done = bench_input_write (numeric ? BENCH_INPUT_NUMERIC : BENCH_INPUT_MIXED, (guint32)self->seed,
                            (guint64)self->rows, self->input, error)
         && (self->input_bytes = bench_input_measure (self->input, error)) >= 0
         && measure (self, error) && report (self, error);
  g_remove (self->input);
  g_remove (self->output);
  g_rmdir (folder);
  return done;
}

static gboolean
check_options (Bench *self, GError **error)
{
  if (self->kind == NULL)
    self->kind = g_strdup (self->csv != NULL ? "file" : "mixed");
  if (self->rows >= 100 && self->repeat > 0 && self->threads >= 0 && self->sites > 0
      && (self->csv != NULL
              ? g_str_equal (self->kind, "file")
              : g_str_equal (self->kind, "mixed") || g_str_equal (self->kind, "numeric")))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "--rows is at least 100, --repeat and --sites at least 1, --threads at least 0, "
               "--table numeric or mixed; --csv goes without --table");
  return FALSE;
}

int
main (int argc, char **argv)
{
  g_auto (Bench) self = { .rows = 100000, .repeat = 5, .threads = 1, .sites = 1, .seed = 1 };
  const GOptionEntry entries[] = {
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &self.csv, "read this table alone, of its own rows",
      "FILE" },
    { "rows", 0, 0, G_OPTION_ARG_INT64, &self.rows, "rows in and rows out (100000)", "N" },
    { "table", 0, 0, G_OPTION_ARG_STRING, &self.kind, "numeric or mixed (mixed)", "KIND" },
    { "sites", 0, 0, G_OPTION_ARG_INT, &self.sites, "sites in the fit (1)", "N" },
    { "threads", 0, 0, G_OPTION_ARG_INT, &self.threads, "threads, 0 for all (1)", "N" },
    { "repeat", 0, 0, G_OPTION_ARG_INT, &self.repeat, "attempts at each stage (5)", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &self.seed, "seed of the table (1)", "N" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &self.json, "write the results there, too", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- how long each stage takes");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !check_options (&self, &error))
    return g_printerr ("genesis-bench: %s\n", error->message), 2;
  if (!(self.csv != NULL ? run_file : run) (&self, &error))
    return g_printerr ("genesis-bench: %s\n", error->message), 1;
  return 0;
}
