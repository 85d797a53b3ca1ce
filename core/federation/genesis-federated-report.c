/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-federated-generator-private.h"

/* What a call of train tells its caller. */

/* What the model's provenance says of privacy: also when it was trained by an earlier process. */
static JsonNode *
dup_privacy (GenesisFederatedGenerator *self)
{
  g_autoptr (GenesisModel) model = genesis_federated_generator_ref_model (self, "to tell of", NULL);
  g_autoptr (JsonNode) root = NULL;
  JsonNode *privacy;

  if (model == NULL)
    return NULL;
  root = json_from_string (model->provenance, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  privacy = json_object_get_member (json_node_get_object (root), "privacy");
  return privacy != NULL && JSON_NODE_HOLDS_OBJECT (privacy) ? json_node_copy (privacy) : NULL;
}

/* Once a generator: the numbers of ten calls are one run's. */
void
genesis_federated_generator_warn_of_privacy (GenesisFederatedGenerator *self)
{
  GenesisCoordination *run = genesis_in_process_driver_get_coordination (self->driver);
  GPtrArray *rounds = genesis_coordination_get_rounds (run);
  const GenesisRoundInfo *last;
  g_auto (GStrv) warnings = NULL;

  if (self->has_told_privacy || rounds->len == 0)
    return;
  self->has_told_privacy = TRUE;
  last = g_ptr_array_index (rounds, rounds->len - 1);
  warnings =
      genesis_privacy_account_dup_warnings (genesis_coordination_get_account (run),
                                            genesis_coordination_get_spec (run)->min_sites,
                                            last->samples_aggregated, g_strv_length (last->sites));
  for (guint i = 0; warnings[i] != NULL; i++)
    genesis_federated_generator_emit_warning (self, warnings[i]);
}

GenesisTrainingResult *
genesis_federated_generator_report (GenesisFederatedGenerator *self, guint first)
{
  GenesisCoordination *run = genesis_in_process_driver_get_coordination (self->driver);
  GenesisRunJournal *journal = genesis_coordination_get_journal (run);
  GPtrArray *rounds = genesis_coordination_get_rounds (run);
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  guint n_sites = 0;
  guint64 n_samples = 0;
  GenesisTrainingResult *result;

  for (guint i = first; i < rounds->len; i++)
    g_ptr_array_add (asked, g_ptr_array_index (rounds, i));
  if (rounds->len > 0)
    {
      const GenesisRoundInfo *last = g_ptr_array_index (rounds, rounds->len - 1);

      n_sites = g_strv_length (last->sites);
      n_samples = last->samples_aggregated;
    }
  else if (journal != NULL)
    n_sites = genesis_run_journal_get_last (journal, &n_samples);
  result = genesis_training_result_new (asked, n_sites, n_samples,
                                        genesis_in_process_driver_is_sealed (self->driver),
                                        genesis_in_process_driver_get_reason (self->driver));
  genesis_training_result_take_privacy (result, dup_privacy (self));
  return result;
}
