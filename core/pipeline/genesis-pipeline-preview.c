/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-pipeline-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "federation/genesis-privacy-account-private.h"
#include "federation/genesis-session-private.h"
#include "host/genesis-aggregation-private.h"
#include "host/genesis-generator-private.h"

/* Only ratios of weights count: a record of the least is counted once. */
static guint64
find_largest_weight (GenesisPipeline *self)
{
  double least = INFINITY, largest = 0;

  for (guint i = 0; i < self->sites->len; i++)
    {
      const GenesisPipelineSite *site = g_ptr_array_index (self->sites, i);
      const double weight = genesis_site_config_get_weight (site->config);

      least = MIN (least, weight);
      largest = MAX (largest, weight);
    }
  return genesis_session_weight_q20 (largest / least);
}

/**
 * Preview:
 * @mu2: what round 1 costs; NAN without privacy
 *
 * What is known of a run before a row is read.
 */
typedef struct
{
  genesis_abi_session session;
  GenesisPrivacyAccount account;
  GenesisPlan *plan;
  guint rounds;
  double mu2;
} Preview;

static void
preview_clear (Preview *self)
{
  g_clear_pointer (&self->plan, genesis_plan_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Preview, preview_clear)

static gboolean
open_session (Preview *self, GenesisPipeline *pipeline, GHashTable *own, GError **error)
{
  GenesisPrivacyTerms terms;
  double site_epsilon = INFINITY;
  guint min_sites = 1;

  if (!genesis_aggregation_read_min_sites (pipeline->aggregator_plugin, own, &min_sites, error)
      || !genesis_privacy_terms_read (&terms, pipeline->aggregator_plugin, own, error))
    return FALSE;
  for (guint i = 0; i < pipeline->sites->len; i++)
    {
      const GenesisPipelineSite *site = g_ptr_array_index (pipeline->sites, i);

      /* NAN, no budget, is never less */
      site_epsilon = fmin (site_epsilon, genesis_site_config_get_privacy_budget (site->config));
    }
  genesis_session_init (&self->session, pipeline->sites->len, min_sites, self->rounds);
  self->session.max_weight_q20 = find_largest_weight (pipeline);
  genesis_privacy_terms_apply (&terms, site_epsilon, &self->session);
  genesis_privacy_account_init (&self->account, &terms, site_epsilon, self->session.budget_mu2);
  return TRUE;
}

/* The plan of round 1: a function of session, schema, settings and the empty state, as in the
   run itself. */
static gboolean
plan_first_round (Preview *self, GenesisPipeline *pipeline, GenesisSchema *schema, GError **error)
{
  g_autoptr (GHashTable) settings = genesis_settings_dup_group (pipeline->settings, "generator");
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  g_autoptr (GenesisGenerator) generator =
      genesis_generator_new (pipeline->generator_plugin, &self->session, schema, settings, 1,
                             error);
  gboolean finished = FALSE;

  if (generator == NULL)
    return FALSE;
  self->plan = genesis_generator_plan (generator, state, &finished, error);
  if (self->plan == NULL && finished)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_FAILED,
                 "%s asks nothing of this schema; look at the columns that were left out",
                 genesis_plugin_get_id (pipeline->generator_plugin));
  return self->plan != NULL;
}

/* What releasing its total costs, as the aggregator says before any site measures. */
static gboolean
cost_first_round (Preview *self, GenesisPipeline *pipeline, GHashTable *own, GError **error)
{
  g_autoptr (GenesisAggregation) aggregation =
      genesis_aggregation_new (pipeline->aggregator_plugin, &self->session, own, error);
  genesis_abi_cost cost;

  self->mu2 = NAN;
  if (aggregation == NULL || !genesis_aggregation_open (aggregation, self->plan, &cost, error)
      || !genesis_privacy_account_check (&self->account, genesis_plan_get_abi (self->plan), &cost,
                                         genesis_plugin_get_id (pipeline->aggregator_plugin),
                                         error))
    return FALSE;
  if (self->account.terms.is_private)
    self->mu2 = cost.mu2;
  return TRUE;
}

static gboolean
preview_fill (Preview *self, GenesisPipeline *pipeline, GenesisSchema *schema, GError **error)
{
  g_autoptr (GHashTable) own = genesis_settings_dup_group (pipeline->settings, "aggregator");

  self->rounds = pipeline->rounds > 0
                     ? pipeline->rounds
                     : genesis_session_get_default_rounds (pipeline->generator_plugin);
  return open_session (self, pipeline, own, error)
         && plan_first_round (self, pipeline, schema, error)
         && cost_first_round (self, pipeline, own, error);
}

static const char *
get_norm (guint32 norm)
{
  switch (norm)
    {
    case GENESIS_ABI_NORM_L1:
      return "L1";
    case GENESIS_ABI_NORM_L2:
      return "L2";
    default:
      return "Linf";
    }
}

static guint64
count_cells (const genesis_abi_block_spec *spec)
{
  guint64 cells = 1;

  for (guint32 i = 0; i < spec->rank; i++)
    cells *= spec->shape[i];
  return cells;
}

static void
add_block (JsonBuilder *builder, const genesis_abi_block_spec *spec)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, spec->name);
  json_builder_set_member_name (builder, "cells");
  json_builder_add_int_value (builder, (gint64)count_cells (spec));
  json_builder_set_member_name (builder, "norm");
  json_builder_add_string_value (builder, get_norm (spec->norm));
  json_builder_set_member_name (builder, "sensitivity");
  json_builder_add_double_value (builder, spec->sensitivity);
  json_builder_set_member_name (builder, "quantum");
  json_builder_add_double_value (builder, spec->quantum);
  json_builder_end_object (builder);
}

/* Sums have a fixed width, so that a partial of zeros has the size of any other. */
static gsize
measure_bytes (GenesisPlan *plan)
{
  g_autoptr (GenesisBlocks) partial =
      genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  g_auto (GenesisEncoder) encoder = { 0 };

  genesis_encoder_init (&encoder);
  genesis_blocks_encode (partial, &encoder);
  return encoder.bytes->len;
}

static void
add_first_round (JsonBuilder *builder, const Preview *preview)
{
  GenesisPlan *plan = preview->plan;
  const genesis_abi_plan *abi = genesis_plan_get_abi (plan);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "round");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "phase");
  json_builder_add_string_value (builder, genesis_plan_get_title (plan));
  json_builder_set_member_name (builder, "exact");
  json_builder_add_boolean_value (builder, TRUE);
  json_builder_set_member_name (builder, "n_blocks");
  json_builder_add_int_value (builder, abi->n_specs);
  json_builder_set_member_name (builder, "cells");
  json_builder_add_int_value (builder, (gint64)genesis_plan_get_n_cells (plan));
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, (gint64)measure_bytes (plan));
  if (!isnan (preview->mu2))
    {
      json_builder_set_member_name (builder, "mu2");
      json_builder_add_double_value (builder, preview->mu2);
    }
  json_builder_set_member_name (builder, "blocks");
  json_builder_begin_array (builder);
  for (guint32 i = 0; i < abi->n_specs; i++)
    add_block (builder, abi->specs[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_later_round (JsonBuilder *builder, guint round)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "round");
  json_builder_add_int_value (builder, round);
  json_builder_set_member_name (builder, "exact");
  json_builder_add_boolean_value (builder, FALSE);
  json_builder_set_member_name (builder, "asks");
  json_builder_add_string_value (builder, "depends on answers");
  json_builder_end_object (builder);
}

static JsonNode *
describe_preview (GenesisPipeline *self, GenesisPipelineSchema *schema, const Preview *preview)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  JsonNode *root;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "sites");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->sites->len; i++)
    json_builder_add_string_value (
        builder, ((const GenesisPipelineSite *)g_ptr_array_index (self->sites, i))->name);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "rounds");
  json_builder_begin_array (builder);
  add_first_round (builder, preview);
  for (guint round = 2; round <= preview->rounds; round++)
    add_later_round (builder, round);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "schema");
  json_builder_add_value (builder, genesis_pipeline_schema_to_json (schema));
  if (preview->account.terms.is_private)
    {
      json_builder_set_member_name (builder, "privacy");
      genesis_privacy_account_write (&preview->account, builder);
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  genesis_pipeline_add_privacy (self, json_node_get_object (root));
  genesis_pipeline_add_notes (self, json_node_get_object (root));
  return root;
}

/**
 * genesis_pipeline_preview:
 * @self: a pipeline
 * @cancellable: (nullable): ends the drafting of a schema early
 * @error: return location
 *
 * What would leave each site: round 1 exactly, block by block; what later rounds ask depends on the
 * answers. Trains nothing and writes nothing. Rows are read only to draft a schema when none is
 * declared.
 *
 * Returns: (transfer full): JSON text with sites, rounds, schema, privacy and notes; or %NULL with
 *   @error set
 */
char *
genesis_pipeline_preview (GenesisPipeline *self, GCancellable *cancellable, GError **error)
{
  g_auto (GenesisPipelineSchema) schema = { 0 };
  g_auto (Preview) preview = { .plan = NULL };
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (GENESIS_IS_PIPELINE (self), NULL);

  if (!genesis_pipeline_check (self, error)
      || !genesis_pipeline_schema_obtain (&schema, self, cancellable, error))
    return NULL;
  if (!preview_fill (&preview, self, schema.schema, error))
    return NULL;
  node = describe_preview (self, &schema, &preview);
  return genesis_pipeline_json_to_text (node);
}
