/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include <genesis/genesis-pipeline.h>
#include <genesis/genesis-source.h>

#include "pipeline/genesis-settings-private.h"

G_BEGIN_DECLS

/* One [site:name] group. */
typedef struct
{
  char *name;
  char *path, *connection; /* resolved, or NULL */
  GenesisSource *source;
  gboolean is_file; /* the source is the file, and nothing else */
  GenesisSiteConfig *config;
} GenesisPipelineSite;

/**
 * GenesisPipelineOutputs:
 * @synthetic, @model, @metadata: resolved paths, or NULL
 * @has_rows: whether anybody said how many; else as many as the last round counted
 * @weights: a{sd}, for WEIGHTED only
 */
typedef struct
{
  char *synthetic, *model, *metadata, *source_column;
  gboolean has_rows, safe_csv;
  guint64 rows;
  GenesisStrategy strategy;
  GVariant *weights;
} GenesisPipelineOutputs;

struct _GenesisPipeline
{
  GObject parent_instance;

  GenesisSettings *settings;
  GenesisPluginHost *host;
  GenesisPlugin *generator_plugin, *aggregator_plugin;
  GPtrArray *sites; /* (element-type GenesisPipelineSite), in the order of the file */
  GenesisPipelineOutputs outputs;
  char *schema_path; /* resolved, or NULL: drafted */
  char **missing;    /* markers, or NULL */
  char *run_folder;
  guint64 seed;
  guint rounds, threads, max_retries;
  gboolean fresh;
  GPtrArray *warnings; /* utf8: told by the signal, of sites and of rounds */
  GPtrArray *notes;    /* utf8: what a person should know, in JSON and summary */

  GenesisFederatedGenerator *generator;
};

void genesis_pipeline_report_progress (GenesisPipeline *self, const char *what, double share);

/* genesis-pipeline-read.c: settings -> the members above. */
gboolean genesis_pipeline_read_settings (GenesisPipeline *self, GError **error);
void genesis_pipeline_site_free (GenesisPipelineSite *site);
void genesis_pipeline_outputs_clear (GenesisPipelineOutputs *outputs);

/* genesis-pipeline-source.c: where a site's rows are, and what they looked like. */
gboolean genesis_pipeline_site_read_source (GenesisSettings *settings, const char *group,
                                            GenesisPipelineSite *site, GError **error);
gboolean genesis_pipeline_renew_sources (GenesisPipeline *self, GError **error);
char *genesis_pipeline_site_take_print (const GenesisPipelineSite *site, GCancellable *cancellable,
                                        GError **error);
gboolean genesis_pipeline_site_print_matches (const GenesisPipelineSite *site, const char *print,
                                              gboolean *same, GError **error);

/* genesis-pipeline-policy.c: what a site lets be asked, and where it writes what that cost. After
   its source was read. */
gboolean genesis_pipeline_site_read_policy (GenesisPipeline *self, const char *group,
                                            GenesisPipelineSite *site, GError **error);

/* genesis-pipeline-schema.c */
typedef struct
{
  GenesisSchema *schema;
  char **findings;
  const char *origin; /* "file", "drafted" or "run directory" */
} GenesisPipelineSchema;

gboolean genesis_pipeline_schema_obtain (GenesisPipelineSchema *self, GenesisPipeline *pipeline,
                                         GCancellable *cancellable, GError **error);
/* Declared schema only; TRUE with *schema NULL when it will be drafted. */
gboolean genesis_pipeline_schema_load (GenesisPipeline *pipeline, GenesisSchema **schema,
                                       GError **error);
/* The schema of [schema] file, with the markers of [schema] missing (or NULL). (transfer full) */
GenesisSchema *genesis_settings_load_schema (GenesisSettings *settings, const char *path,
                                             char **missing, GError **error);
void genesis_pipeline_schema_clear (GenesisPipelineSchema *self);
JsonNode *genesis_pipeline_schema_to_json (GenesisPipelineSchema *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisPipelineSchema, genesis_pipeline_schema_clear)

/* genesis-pipeline-folder.c: the run's folder is its own. */
gboolean genesis_pipeline_check_run_folder (GenesisPipeline *self, GError **error);

/* genesis-pipeline-outputs.c */
gboolean genesis_pipeline_outputs_check (GenesisPipeline *self, GError **error);
gboolean genesis_pipeline_check_source_column (GenesisPipeline *self, GenesisSchema *schema,
                                               GError **error);
/* rows: of synthetic, what was written. */
gboolean genesis_pipeline_outputs_write (GenesisPipeline *self, guint64 total_samples,
                                         guint64 *rows, GCancellable *cancellable, GError **error);
gboolean genesis_pipeline_write_metadata (GenesisPipeline *self, JsonNode *result, GError **error);

/* genesis-pipeline-result.c: members that results share. */
void genesis_pipeline_add_privacy (GenesisPipeline *self, JsonObject *to);
void genesis_pipeline_add_notes (GenesisPipeline *self, JsonObject *to);

char *genesis_pipeline_json_to_text (JsonNode *node);

G_END_DECLS
