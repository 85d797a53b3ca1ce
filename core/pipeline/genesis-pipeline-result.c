/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-run-record-private.h"

/* Exact sums carry no noise, and nobody may read more into the word "federated". Where noise was
   promised, to says so already. */
void
genesis_pipeline_add_privacy (GenesisPipeline *self, JsonObject *to)
{
  JsonObject *privacy;
  gboolean exact = g_str_equal (genesis_plugin_get_id (self->aggregator_plugin), "genesis.fedavg");

  if (json_object_has_member (to, "privacy"))
    return;
  privacy = json_object_new ();
  json_object_set_string_member (privacy, "unit", exact ? "none" : "unstated");
  json_object_set_null_member (privacy, "epsilon");
  json_object_set_null_member (privacy, "delta");
  json_object_set_null_member (privacy, "mu");
  json_object_set_string_member (
      privacy, "statement",
      exact ? "no differential privacy: exact sums left the sites, rows did not; sums over few "
              "records can tell about one of them"
            : "the aggregator states no differential privacy; sums left the sites, rows did not");
  json_object_set_object_member (to, "privacy", privacy);
}

void
genesis_pipeline_add_notes (GenesisPipeline *self, JsonObject *to)
{
  JsonArray *notes = json_array_new ();

  for (guint i = 0; i < self->notes->len; i++)
    json_array_add_string_element (notes, g_ptr_array_index (self->notes, i));
  json_object_set_array_member (to, "notes", notes);
}

static void
add_outputs (JsonObject *to, GenesisPipeline *self, guint64 rows)
{
  JsonObject *outputs = json_object_new ();

  if (self->outputs.synthetic != NULL)
    {
      json_object_set_string_member (outputs, "synthetic", self->outputs.synthetic);
      json_object_set_int_member (outputs, "rows", (gint64)rows);
    }
  if (self->outputs.model != NULL)
    json_object_set_string_member (outputs, "model", self->outputs.model);
  if (self->outputs.metadata != NULL)
    json_object_set_string_member (outputs, "metadata", self->outputs.metadata);
  json_object_set_object_member (to, "outputs", outputs);
}

static void
add_run (JsonObject *to, GenesisPipeline *self, GenesisRunState state)
{
  JsonObject *run = json_object_new ();

  json_object_set_string_member (run, "state", genesis_run_state_get_text (state));
  json_object_set_string_member (run, "directory", self->run_folder);
  json_object_set_string_member (run, "generator", genesis_plugin_get_id (self->generator_plugin));
  json_object_set_string_member (run, "aggregator",
                                 genesis_plugin_get_id (self->aggregator_plugin));
  json_object_set_int_member (run, "seed", (gint64)self->seed);
  json_object_set_object_member (to, "run", run);
}

/* All rounds of the model, also those of a process that was killed and of a sealed run that is
   drawn again: the model knows them. */
static void
put_rounds (JsonObject *to, GenesisPipeline *self)
{
  g_autofree char *text = genesis_federated_generator_dup_metadata (self->generator, NULL);
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonObject *training = NULL;

  if (root != NULL && json_object_has_member (json_node_get_object (root), "training"))
    training = json_object_get_object_member (json_node_get_object (root), "training");
  if (training != NULL && json_object_has_member (training, "rounds"))
    json_object_set_member (to, "rounds", json_object_dup_member (training, "rounds"));
}

static void
add_warning (JsonArray *warnings, GPtrArray *said, const char *text)
{
  if (g_ptr_array_find_with_equal_func (said, text, g_str_equal, NULL))
    return;
  g_ptr_array_add (said, (gpointer)text);
  json_array_add_string_element (warnings, text);
}

/* What was told while sites were looked at, and what the rounds warned of, those of a sealed run
   too; each warning once. */
static void
add_warnings (GenesisPipeline *self, JsonObject *to)
{
  g_autoptr (GPtrArray) said = g_ptr_array_new ();
  JsonArray *rounds = json_object_get_array_member (to, "rounds");
  JsonArray *warnings = json_array_new ();

  for (guint i = 0; i < self->warnings->len; i++)
    add_warning (warnings, said, g_ptr_array_index (self->warnings, i));
  for (guint i = 0; i < json_array_get_length (rounds); i++)
    {
      JsonObject *round = json_array_get_object_element (rounds, i);
      JsonArray *own = json_object_has_member (round, "warnings")
                           ? json_object_get_array_member (round, "warnings")
                           : NULL;

      for (guint j = 0; own != NULL && j < json_array_get_length (own); j++)
        add_warning (warnings, said, json_array_get_string_element (own, j));
    }
  json_object_set_array_member (to, "warnings", warnings);
}

JsonNode *
genesis_pipeline_describe_result (GenesisPipeline *self, const GenesisTrainingResult *training,
                                  GenesisPipelineSchema *schema, GenesisRunState state,
                                  guint64 rows)
{
  g_autofree char *text = genesis_training_result_to_json (training);
  g_autofree char *digest = genesis_federated_generator_dup_model_digest (self->generator);
  JsonNode *root = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (root);

  put_rounds (object, self);
  add_warnings (self, object);
  if (digest != NULL)
    json_object_set_string_member (object, "model_digest", digest);
  else
    json_object_set_null_member (object, "model_digest");
  genesis_pipeline_add_privacy (self, object);
  add_outputs (object, self, rows);
  json_object_set_member (object, "schema", genesis_pipeline_schema_to_json (schema));
  add_run (object, self, state);
  genesis_pipeline_add_notes (self, object);
  return root;
}
