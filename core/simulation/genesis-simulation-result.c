/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-simulation-result-private.h"

#include <math.h>

#include "base/genesis-json-text-private.h"

/* A score compares with real rows, whatever noise the model was trained under. */
#define NOT_PRIVATE "not private: the score is a statistic of real rows"

G_DEFINE_BOXED_TYPE (GenesisSimulationResult, genesis_simulation_result,
                     genesis_simulation_result_ref, genesis_simulation_result_unref)

GenesisSimulationResult *
genesis_simulation_result_new (const GenesisSimulationPlan *plan)
{
  GenesisSimulationResult *self = g_new0 (GenesisSimulationResult, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->plan = *plan;
  self->plan.column = g_strdup (plan->column);
  self->plan.partition = genesis_partition_ref (plan->partition);
  self->final_quality = NAN;
  return self;
}

/**
 * genesis_simulation_result_ref:
 * @self: a result
 *
 * Returns: (transfer full): @self
 */
GenesisSimulationResult *
genesis_simulation_result_ref (GenesisSimulationResult *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * genesis_simulation_result_unref:
 * @self: (transfer full): a result
 */
void
genesis_simulation_result_unref (GenesisSimulationResult *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->training, genesis_training_result_unref);
  g_clear_pointer (&self->plan.partition, genesis_partition_unref);
  g_clear_pointer (&self->rounds, g_ptr_array_unref);
  g_clear_pointer (&self->log, genesis_communication_log_free);
  g_free (self->plan.column);
  g_free (self->model_digest);
  g_free (self);
}

/**
 * genesis_simulation_result_get_training:
 * @self: a result
 *
 * Returns: (transfer none): what a real run would say: rounds, who answered in the last one, total
 *   samples, why the rounds end
 */
GenesisTrainingResult *
genesis_simulation_result_get_training (const GenesisSimulationResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->training;
}

/**
 * genesis_simulation_result_get_n_sites:
 * @self: a result
 *
 * Returns: how many sites answered in the last round
 */
guint
genesis_simulation_result_get_n_sites (const GenesisSimulationResult *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return genesis_training_result_get_n_sites (self->training);
}

/**
 * genesis_simulation_result_get_n_rounds:
 * @self: a result
 *
 * Returns: how many rounds were closed
 */
guint
genesis_simulation_result_get_n_rounds (const GenesisSimulationResult *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->rounds->len;
}

/**
 * genesis_simulation_result_get_round:
 * @self: a result
 * @index: below genesis_simulation_result_get_n_rounds()
 *
 * Returns: (transfer none): a round, in order
 */
const GenesisSimulatedRound *
genesis_simulation_result_get_round (const GenesisSimulationResult *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->rounds->len, NULL);
  return g_ptr_array_index (self->rounds, index);
}

/**
 * genesis_simulation_result_get_virtual_seconds:
 * @self: a result
 *
 * Returns: how long the rounds would have taken, one after the other
 */
double
genesis_simulation_result_get_virtual_seconds (const GenesisSimulationResult *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->virtual_seconds;
}

/**
 * genesis_simulation_result_get_final_quality:
 * @self: a result
 *
 * Returns: the overall quality score, in [0, 1], of a table that was drawn from the model against
 *   the whole table; NaN when it was not judged
 */
double
genesis_simulation_result_get_final_quality (const GenesisSimulationResult *self)
{
  g_return_val_if_fail (self != NULL, NAN);
  return self->final_quality;
}

/**
 * genesis_simulation_result_get_model_digest:
 * @self: a result
 *
 * Without faults it is the digest of the model of the pooled rows, whatever the partition.
 *
 * Returns: SHA-256 of the model's pooled section, in hexadecimal
 */
const char *
genesis_simulation_result_get_model_digest (const GenesisSimulationResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->model_digest;
}

/**
 * genesis_simulation_result_dup_log:
 * @self: a result
 *
 * The first 10,000 messages; a last line tells how many more there were.
 *
 * Returns: (transfer full) (array zero-terminated=1): who was asked and who answered, failed or was
 *   late, in order of virtual time, a line each
 */
char **
genesis_simulation_result_dup_log (const GenesisSimulationResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return genesis_communication_log_dup_lines (self->log);
}

/* -- JSON ------------------------------------------------------------------ */

/* JSON has no infinity: null. */
static void
set_number (JsonObject *to, const char *member, double value)
{
  if (isfinite (value))
    json_object_set_double_member (to, member, value);
  else
    json_object_set_null_member (to, member);
}

static JsonObject *
write_settings (const GenesisSimulationResult *self)
{
  JsonObject *to = json_object_new ();
  const char *kind = self->plan.column == NULL ? "iid"
                     : self->plan.alpha > 0    ? "dirichlet"
                                               : "column";

  json_object_set_int_member (to, "sites", self->plan.partition->n_parts);
  json_object_set_int_member (to, "rows", (gint64)self->plan.partition->n_rows);
  json_object_set_string_member (to, "partition", kind);
  if (self->plan.column != NULL)
    json_object_set_string_member (to, "column", self->plan.column);
  if (self->plan.column != NULL && self->plan.alpha > 0)
    set_number (to, "alpha", self->plan.alpha);
  json_object_set_int_member (to, "seed", (gint64)self->plan.seed);
  json_object_set_double_member (to, "site_failure_rate", self->rates.failure);
  json_object_set_double_member (to, "straggler_rate", self->rates.straggler);
  json_object_set_double_member (to, "straggler_delay", self->rates.straggler_delay);
  set_number (to, "deadline", self->rates.deadline);
  json_object_set_int_member (to, "max_retries", self->max_retries);
  return to;
}

static JsonArray *
write_sizes (const GenesisPartition *partition)
{
  JsonArray *array = json_array_sized_new (partition->n_parts);

  for (guint site = 0; site < partition->n_parts; site++)
    json_array_add_int_element (array, (gint64)genesis_partition_get_size (partition, site));
  return array;
}

static void
write_rounds (const GenesisSimulationResult *self, JsonObject *to)
{
  JsonArray *rounds = json_object_get_array_member (to, "rounds");

  for (guint i = 0; i < self->rounds->len; i++)
    genesis_simulated_round_write (g_ptr_array_index (self->rounds, i),
                                   json_array_get_object_element (rounds, i));
}

/**
 * genesis_simulation_result_to_json:
 * @self: a result
 *
 * The object of genesis_training_result_to_json() with, in each round, failed, stragglers, late,
 * attempts and virtual_seconds; and with model_digest, virtual_seconds, final_quality (null: not
 * judged), simulation (the settings), site_rows and log. See
 * docs/schema/genesis-simulation-1.schema.json.
 *
 * Returns: (transfer full): JSON text
 */
char *
genesis_simulation_result_to_json (const GenesisSimulationResult *self)
{
  g_autofree char *training = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *to;

  g_return_val_if_fail (self != NULL, NULL);
  training = genesis_training_result_to_json (self->training);
  root = json_from_string (training, NULL);
  to = json_node_get_object (root);
  write_rounds (self, to);
  json_object_set_string_member (to, "model_digest", self->model_digest);
  json_object_set_double_member (to, "virtual_seconds", self->virtual_seconds);
  set_number (to, "final_quality", self->final_quality);
  if (json_object_has_member (to, "privacy"))
    json_object_set_string_member (to, "final_quality_note", NOT_PRIVATE);
  json_object_set_object_member (to, "simulation", write_settings (self));
  json_object_set_array_member (to, "site_rows", write_sizes (self->plan.partition));
  json_object_set_array_member (to, "log", genesis_communication_log_write (self->log));
  json_object_set_int_member (to, "log_omitted", (gint64)self->log->n_omitted);
  return genesis_json_text_print (root);
}
