/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-pipeline-private.h"

#include <genesis/genesis-error.h>

#include "pipeline/genesis-run-record-private.h"

/* -- objects ---------------------------------------------------------------- */

static void
forward_round (GenesisFederatedGenerator *generator, const GenesisRoundInfo *round,
               GenesisPipeline *self)
{
  g_signal_emit_by_name (self, "round-finished", round);
}

static void
forward_dropped (GenesisFederatedGenerator *generator, const char *site, const char *reason,
                 GenesisPipeline *self)
{
  g_signal_emit_by_name (self, "site-dropped", site, reason);
}

static void
forward_warning (GenesisFederatedGenerator *generator, const char *text, GenesisPipeline *self)
{
  g_ptr_array_add (self->warnings, g_strdup (text));
  g_signal_emit_by_name (self, "warning", text);
}

static void
forward_progress (GenesisFederatedGenerator *generator, const char *what, double share,
                  GenesisPipeline *self)
{
  genesis_pipeline_report_progress (self, what, share);
}

static GenesisAggregator *
make_aggregator (GenesisPipeline *self)
{
  GenesisAggregator *aggregator =
      genesis_aggregator_new (genesis_plugin_get_id (self->aggregator_plugin));
  GPtrArray *list = genesis_settings_list (self->settings);

  for (guint i = 0; i < list->len; i++)
    {
      const GenesisSetting *setting = g_ptr_array_index (list, i);

      if (g_str_equal (setting->group, "aggregator"))
        genesis_aggregator_set_setting (aggregator, setting->key, setting->value);
    }
  return aggregator;
}

static gboolean
add_sites (GenesisPipeline *self, GenesisSchema *schema, GError **error)
{
  for (guint i = 0; i < self->sites->len; i++)
    {
      const GenesisPipelineSite *site = g_ptr_array_index (self->sites, i);
      g_autoptr (GenesisDataSite) data =
          genesis_data_site_new_for_source (site->name, site->source, schema, site->config);

      if (!genesis_federated_generator_add_site (self->generator, data, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_generator (GenesisPipeline *self, GenesisSchema *schema, GError **error)
{
  g_autoptr (GenesisAggregator) aggregator = make_aggregator (self);
  GPtrArray *list = genesis_settings_list (self->settings);

  g_clear_object (&self->generator);
  self->generator =
      genesis_federated_generator_new (self->host, aggregator,
                                       genesis_plugin_get_id (self->generator_plugin));
  g_object_set (self->generator, "rounds", self->rounds, "seed", self->seed, "threads",
                self->threads, "max-retries", self->max_retries, "run-directory", self->run_folder,
                NULL);
  for (guint i = 0; i < list->len; i++)
    {
      const GenesisSetting *setting = g_ptr_array_index (list, i);

      if (g_str_equal (setting->group, "generator"))
        genesis_federated_generator_set_setting (self->generator, setting->key, setting->value);
    }
  g_signal_connect_object (self->generator, "round-finished", G_CALLBACK (forward_round), self, 0);
  g_signal_connect_object (self->generator, "site-dropped", G_CALLBACK (forward_dropped), self, 0);
  g_signal_connect_object (self->generator, "progress", G_CALLBACK (forward_progress), self, 0);
  g_signal_connect_object (self->generator, "warning", G_CALLBACK (forward_warning), self, 0);
  return add_sites (self, schema, error);
}

/* -- the run ---------------------------------------------------------------- */

static gboolean
prepare (GenesisPipeline *self, GenesisRunState *state, GenesisPipelineSchema *schema,
         GCancellable *cancellable, GError **error)
{
  if (!genesis_pipeline_renew_sources (self, error) || !genesis_pipeline_check (self, error)
      || !genesis_run_record_open (self, state, error))
    return FALSE;
  if (*state != GENESIS_RUN_STATE_NEW)
    return genesis_run_record_load_schema (self, schema, error);
  return genesis_pipeline_schema_obtain (schema, self, cancellable, error)
         && genesis_pipeline_check_source_column (self, schema->schema, error)
         && genesis_run_record_save (self, schema, error);
}

static GenesisTrainingResult *
train (GenesisPipeline *self, GenesisRunState state, GCancellable *cancellable, GError **error)
{
  if (state == GENESIS_RUN_STATE_SEALED)
    {
      genesis_pipeline_report_progress (self, "reading the sealed run", -1);
      g_ptr_array_add (self->notes,
                       g_strdup_printf ("the run in '%s' is sealed: nothing was asked of the "
                                        "sites, the outputs were drawn again; --fresh trains anew",
                                        self->run_folder));
    }
  return genesis_federated_generator_train (self->generator, G_MAXUINT, cancellable, error);
}

/**
 * genesis_pipeline_run:
 * @self: a pipeline
 * @cancellable: (nullable): ends the run early; the next run goes on from there
 * @error: return location
 *
 * Runs the whole pipeline: schema, rounds, outputs. The run is durable: killed anywhere, the next
 * call with the same settings goes on to the same model; after the last round it draws the outputs
 * again from the model. With changed settings ([output] and [evaluate] excepted) it is refused,
 * naming the key.
 *
 * Returns: (transfer full): JSON text with n_sites, total_samples, rounds, finished, reason,
 *   warnings, model_digest, privacy, outputs, schema, run and notes; or %NULL with @error set
 */
char *
genesis_pipeline_run (GenesisPipeline *self, GCancellable *cancellable, GError **error)
{
  g_auto (GenesisPipelineSchema) schema = { 0 };
  g_autoptr (GenesisTrainingResult) training = NULL;
  g_autoptr (JsonNode) result = NULL;
  GenesisRunState state = GENESIS_RUN_STATE_NEW;
  guint64 rows;

  g_return_val_if_fail (GENESIS_IS_PIPELINE (self), NULL);
  g_return_val_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable), NULL);

  if (!prepare (self, &state, &schema, cancellable, error)
      || !make_generator (self, schema.schema, error))
    return NULL;
  training = train (self, state, cancellable, error);
  if (training == NULL
      || !genesis_pipeline_outputs_write (self,
                                          genesis_training_result_get_total_samples (training),
                                          &rows, cancellable, error))
    return NULL;
  result = genesis_pipeline_describe_result (self, training, &schema, state, rows);
  if (!genesis_pipeline_write_metadata (self, result, error))
    return NULL;
  return genesis_pipeline_json_to_text (result);
}
