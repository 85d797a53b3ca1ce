/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-training-result-private.h"

#include <math.h>

#include "base/genesis-json-text-private.h"

struct _GenesisTrainingResult
{
  gatomicrefcount ref_count;
  guint n_sites;
  guint64 total_samples;
  gboolean finished;
  char *reason;
  GPtrArray *rounds;
  JsonNode *privacy; /* NULL: none is promised */
};

G_DEFINE_BOXED_TYPE (GenesisTrainingResult, genesis_training_result, genesis_training_result_ref,
                     genesis_training_result_unref)

GenesisTrainingResult *
genesis_training_result_new (GPtrArray *rounds, guint n_sites, guint64 total_samples,
                             gboolean finished, const char *reason)
{
  GenesisTrainingResult *self = g_new0 (GenesisTrainingResult, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->rounds = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_round_info_unref);
  for (guint i = 0; i < rounds->len; i++)
    g_ptr_array_add (self->rounds, genesis_round_info_ref (g_ptr_array_index (rounds, i)));
  self->n_sites = n_sites;
  self->total_samples = total_samples;
  self->finished = finished;
  self->reason = g_strdup (reason);
  return self;
}

void
genesis_training_result_take_privacy (GenesisTrainingResult *self, JsonNode *privacy)
{
  g_clear_pointer (&self->privacy, json_node_unref);
  self->privacy = privacy;
}

/**
 * genesis_training_result_ref:
 * @self: a result
 *
 * Returns: (transfer full): @self
 */
GenesisTrainingResult *
genesis_training_result_ref (GenesisTrainingResult *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * genesis_training_result_unref:
 * @self: (transfer full): a result
 */
void
genesis_training_result_unref (GenesisTrainingResult *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->rounds);
  g_clear_pointer (&self->privacy, json_node_unref);
  g_free (self->reason);
  g_free (self);
}

/**
 * genesis_training_result_get_n_sites:
 * @self: a result
 *
 * Returns: how many sites answered in the last round of the run
 */
guint
genesis_training_result_get_n_sites (const GenesisTrainingResult *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n_sites;
}

/**
 * genesis_training_result_get_total_samples:
 * @self: a result
 *
 * Returns: rows of the distinct sites of the last round, never a sum over rounds
 */
guint64
genesis_training_result_get_total_samples (const GenesisTrainingResult *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->total_samples;
}

/**
 * genesis_training_result_get_finished:
 * @self: a result
 *
 * Returns: whether nothing is left to ask; further calls of train add no rounds
 */
gboolean
genesis_training_result_get_finished (const GenesisTrainingResult *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->finished;
}

/**
 * genesis_training_result_get_reason:
 * @self: a result
 *
 * Returns: why the list of rounds ends where it ends
 */
const char *
genesis_training_result_get_reason (const GenesisTrainingResult *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->reason;
}

/**
 * genesis_training_result_get_n_rounds:
 * @self: a result
 *
 * Returns: how many rounds this call of train closed
 */
guint
genesis_training_result_get_n_rounds (const GenesisTrainingResult *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->rounds->len;
}

/**
 * genesis_training_result_get_round:
 * @self: a result
 * @index: below genesis_training_result_get_n_rounds()
 *
 * Returns: (transfer none): a round of this call, in order
 */
const GenesisRoundInfo *
genesis_training_result_get_round (const GenesisTrainingResult *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->rounds->len, NULL);
  return g_ptr_array_index (self->rounds, index);
}

/* A number that the object does not hold is not finite. */
static double
get_number (const GenesisTrainingResult *self, const char *name)
{
  JsonNode *node = json_object_get_member (json_node_get_object (self->privacy), name);

  return node != NULL && json_node_get_value_type (node) != G_TYPE_INVALID
             ? json_node_get_double (node)
             : INFINITY;
}

/**
 * genesis_training_result_get_epsilon:
 * @self: a result
 * @delta: (out) (optional): the delta at which it is meant; 0 without privacy
 *
 * What all rounds of the run so far have spent, by exact composition of Gaussian mechanisms.
 *
 * Returns: epsilon; %INFINITY when the aggregator gives no differential privacy
 */
double
genesis_training_result_get_epsilon (const GenesisTrainingResult *self, double *delta)
{
  g_return_val_if_fail (self != NULL, INFINITY);
  if (delta != NULL)
    *delta = self->privacy != NULL ? get_number (self, "delta") : 0;
  return self->privacy != NULL ? get_number (self, "epsilon") : INFINITY;
}

/**
 * genesis_training_result_to_json:
 * @self: a result
 *
 * An object with n_sites, total_samples, rounds (round, phase, sites, samples_aggregated, skipped,
 * bytes), finished and reason; under privacy also privacy (unit, neighbours, epsilon, delta,
 * mu2_spent, mu2_budget, assumptions), and mu2 in each round.
 *
 * Returns: (transfer full): JSON text
 */
char *
genesis_training_result_to_json (const GenesisTrainingResult *self)
{
  g_autoptr (JsonBuilder) to = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  json_builder_begin_object (to);
  json_builder_set_member_name (to, "n_sites");
  json_builder_add_int_value (to, self->n_sites);
  json_builder_set_member_name (to, "total_samples");
  json_builder_add_int_value (to, self->total_samples);
  json_builder_set_member_name (to, "rounds");
  json_builder_begin_array (to);
  for (guint i = 0; i < self->rounds->len; i++)
    genesis_round_info_write (g_ptr_array_index (self->rounds, i), to);
  json_builder_end_array (to);
  json_builder_set_member_name (to, "finished");
  json_builder_add_boolean_value (to, self->finished);
  json_builder_set_member_name (to, "reason");
  json_builder_add_string_value (to, self->reason);
  if (self->privacy != NULL)
    {
      json_builder_set_member_name (to, "privacy");
      json_builder_add_value (to, json_node_copy (self->privacy));
    }
  json_builder_end_object (to);
  root = json_builder_get_root (to);
  return genesis_json_text_print (root);
}
