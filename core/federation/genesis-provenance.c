/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>

#include "base/genesis-json-member-private.h"
#include "base/genesis-json-text-private.h"
#include "base/genesis-stream-private.h"
#include "federation/genesis-federated-generator-private.h"
#include "host/genesis-plugin-private.h"

/* How a model came about: what a reader needs to repeat the run. No time and no path: the same run,
   the same text. */

static void
add_plugin (JsonBuilder *to, const char *name, GenesisPlugin *plugin, char **settings)
{
  json_builder_set_member_name (to, name);
  json_builder_begin_object (to);
  genesis_json_add_text (to, "id", genesis_plugin_get_id (plugin));
  genesis_json_add_text (to, "version", genesis_plugin_get_version (plugin));
  genesis_json_add_text (to, "sha256", genesis_plugin_get_sha256 (plugin));
  genesis_json_add_settings (to, "settings", settings);
  json_builder_end_object (to);
}

static void
add_session (JsonBuilder *to, const genesis_abi_session *session)
{
  json_builder_set_member_name (to, "session");
  json_builder_begin_object (to);
  genesis_json_add_integer (to, "n_sites", session->n_sites);
  genesis_json_add_integer (to, "min_sites", session->min_sites);
  genesis_json_add_integer (to, "rounds", session->rounds);
  genesis_json_add_text (to, "unit", session->unit == GENESIS_ABI_UNIT_SITE ? "site" : "record");
  genesis_json_add_integer (to, "n_max", session->n_max);
  genesis_json_add_integer (to, "max_weight_q20", session->max_weight_q20);
  json_builder_set_member_name (to, "private");
  json_builder_add_boolean_value (to, (session->flags & GENESIS_ABI_RUN_PRIVATE) != 0);
  json_builder_end_object (to);
}

static void
add_sites (JsonBuilder *to, GPtrArray *participants)
{
  json_builder_set_member_name (to, "sites");
  json_builder_begin_array (to);
  for (guint i = 0; i < participants->len; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (participants, i);

      json_builder_begin_object (to);
      genesis_json_add_text (to, "name", genesis_participant_get_name (participant));
      genesis_json_add_integer (to, "samples",
                                participant->last_round > 0 ? participant->last_rows : 0);
      genesis_json_add_integer (to, "last_round", participant->last_round);
      json_builder_set_member_name (to, "weight");
      json_builder_add_double_value (to, participant->weight);
      json_builder_set_member_name (to, "site_model");
      json_builder_add_boolean_value (to, participant->own != NULL);
      json_builder_end_object (to);
    }
  json_builder_end_array (to);
}

static char *
describe_run (GenesisInProcessDriver *driver)
{
  GenesisCoordination *run = genesis_in_process_driver_get_coordination (driver);
  const GenesisRunSpec *spec = genesis_coordination_get_spec (run);
  GPtrArray *rounds = genesis_coordination_get_rounds (run);
  g_autoptr (JsonBuilder) to = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (to);
  json_builder_set_member_name (to, "library");
  json_builder_begin_object (to);
  genesis_json_add_text (to, "name", "genesis");
  genesis_json_add_text (to, "version", GENESIS_VERSION);
  json_builder_end_object (to);
  genesis_json_add_text (to, "run_id", genesis_coordination_get_run_id (run));
  add_plugin (to, "generator", spec->generator, genesis_coordination_get_generator_settings (run));
  add_plugin (to, "aggregator", spec->aggregator,
              genesis_coordination_get_aggregator_settings (run));
  add_session (to, genesis_coordination_get_session (run));
  if (spec->terms.is_private)
    {
      json_builder_set_member_name (to, "privacy");
      genesis_privacy_account_write (genesis_coordination_get_account (run), to);
    }
  if (spec->base != NULL)
    genesis_json_add_text (to, "continues", genesis_model_get_digest (spec->base));
  add_sites (to, genesis_in_process_driver_get_participants (driver));
  json_builder_set_member_name (to, "rounds");
  json_builder_begin_array (to);
  for (guint i = 0; i < rounds->len; i++)
    genesis_round_info_write (g_ptr_array_index (rounds, i), to);
  json_builder_end_array (to);
  json_builder_end_object (to);
  root = json_builder_get_root (to);
  return genesis_json_text_print (root);
}

GenesisModel *
genesis_provenance_build_model (GenesisInProcessDriver *driver)
{
  GenesisCoordination *run = genesis_in_process_driver_get_coordination (driver);
  const GenesisRunSpec *spec = genesis_coordination_get_spec (run);
  const genesis_abi_session *session = genesis_coordination_get_session (run);
  GPtrArray *participants = genesis_in_process_driver_get_participants (driver);
  const gboolean with_states = participants->len <= GENESIS_SITE_MODELS_MAX;
  g_autoptr (GPtrArray) sites =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_model_site_free);
  g_autofree char *provenance = describe_run (driver);

  for (guint i = 0; i < participants->len; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (participants, i);

      if (participant->last_round == 0)
        continue;
      g_ptr_array_add (sites, genesis_model_site_new (genesis_participant_get_name (participant),
                                                      participant->last_rows, participant->weight,
                                                      with_states ? participant->own : NULL));
    }
  return genesis_model_new (spec->schema, genesis_plugin_get_id (spec->generator),
                            genesis_plugin_get_descriptor (spec->generator)->abi.state_version,
                            (const char *const *)genesis_coordination_get_generator_settings (run),
                            session->rounds, session->n_max, genesis_coordination_get_state (run),
                            sites, provenance);
}

static void
add_generation (JsonBuilder *to, const GenesisGeneration *generation)
{
  g_autoptr (GEnumClass) strategies = g_type_class_ref (GENESIS_TYPE_STRATEGY);
  g_autofree char *seed = NULL;

  if (generation->origin == NULL)
    return;
  /* As text: JSON numbers lose what is above 2^53 in many readers. */
  seed = g_strdup_printf ("%" G_GUINT64_FORMAT, generation->seed);
  json_builder_set_member_name (to, "generation");
  json_builder_begin_object (to);
  genesis_json_add_integer (to, "rows", generation->n_rows);
  genesis_json_add_text (to, "seed", seed);
  genesis_json_add_text (to, "strategy",
                         g_enum_get_value (strategies, generation->strategy)->value_nick);
  genesis_json_add_text (to, "origin", generation->origin);
  if (generation->has_constraints)
    {
      genesis_json_add_integer (to, "cells_mended", generation->n_mended);
      genesis_json_add_integer (to, "rows_redrawn", generation->n_redrawn);
    }
  json_builder_end_object (to);
}

char *
genesis_provenance_to_metadata (GenesisModel *model, const GenesisGeneration *generation,
                                GError **error)
{
  g_autoptr (JsonBuilder) to = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  JsonNode *training = json_from_string (model->provenance, error);

  if (training == NULL)
    {
      g_prefix_error (error, "the model's provenance is not JSON: ");
      return NULL;
    }
  json_builder_begin_object (to);
  genesis_json_add_text (to, "model_digest", genesis_model_get_digest (model));
  genesis_json_add_text (to, "stream", GENESIS_STREAM_NAME);
  add_generation (to, generation);
  json_builder_set_member_name (to, "training");
  json_builder_add_value (to, training);
  json_builder_end_object (to);
  root = json_builder_get_root (to);
  return genesis_json_text_print (root);
}
