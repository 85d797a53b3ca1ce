/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include <genesis/genesis-quality-evaluator.h>

#include "federation/genesis-federated-generator-private.h"
#include "simulation/genesis-federated-training-simulator-private.h"
#include "simulation/genesis-part-source-private.h"
#include "simulation/genesis-virtual-carrier-private.h"

/* One rehearsal: a federated generator whose sites are parts of a table and whose questions travel
   in virtual time. Everything else is what a real run does. */

#define MAX_ROUNDS 64u
/* Rows that are drawn to judge the model: more would not change a score's second digit. */
#define JUDGED_ROWS 50000u

/* All sites say the same of themselves, so one object says it. */
static gboolean
add_sites (GenesisFederatedTrainingSimulator *self, GenesisFederatedGenerator *generator,
           GError **error)
{
  g_autoptr (GenesisSiteConfig) config = genesis_site_config_new (NULL);
  GenesisPartition *partition = self->plan.partition;

  genesis_site_config_set_min_samples (config, 0);
  for (guint i = 0; i < partition->n_parts; i++)
    {
      g_autofree char *name = genesis_simulated_site_name (i, partition->n_parts);
      g_autoptr (GenesisSource) source = genesis_part_source_new (self->table, partition, i);
      g_autoptr (GenesisDataSite) site =
          genesis_data_site_new_for_source (name, source, genesis_table_get_schema (self->table),
                                            config);

      if (!genesis_federated_generator_add_site (generator, site, error))
        return FALSE;
    }
  return TRUE;
}

static void
forward_progress (GenesisFederatedGenerator *generator, const char *what, double share,
                  GenesisFederatedTrainingSimulator *self)
{
  genesis_federated_training_simulator_emit_progress (self, what, share);
}

static void
forward_warning (GenesisFederatedGenerator *generator, const char *text,
                 GenesisFederatedTrainingSimulator *self)
{
  genesis_federated_training_simulator_emit_warning (self, text);
}

static GenesisFederatedGenerator *
make_generator (GenesisFederatedTrainingSimulator *self, guint n_rounds, GError **error)
{
  g_autoptr (GenesisFederatedGenerator) generator =
      genesis_federated_generator_new (self->host, self->aggregator, self->method);
  GHashTableIter iter;
  gpointer name, value;

  g_object_set (generator, "rounds", n_rounds, "seed", self->seed, "threads", self->threads,
                "max-retries", self->max_retries, NULL);
  g_hash_table_iter_init (&iter, self->settings);
  while (g_hash_table_iter_next (&iter, &name, &value))
    genesis_federated_generator_set_setting (generator, name, value);
  g_signal_connect_object (generator, "progress", G_CALLBACK (forward_progress), self, 0);
  g_signal_connect_object (generator, "warning", G_CALLBACK (forward_warning), self, 0);
  return add_sites (self, generator, error) ? g_steal_pointer (&generator) : NULL;
}

/* Takes what the carrier noted. */
static GenesisSimulationResult *
report (GenesisFederatedTrainingSimulator *self, GenesisVirtualCarrier *carrier,
        GenesisTrainingResult *training)
{
  GenesisSimulationResult *result = genesis_simulation_result_new (&self->plan);

  result->training = genesis_training_result_ref (training);
  result->rates = carrier->rates;
  result->max_retries = self->max_retries;
  result->rounds = g_steal_pointer (&carrier->rounds);
  result->log = g_steal_pointer (&carrier->log);
  genesis_communication_log_sort (result->log);
  for (guint i = 0; i < result->rounds->len; i++)
    {
      GenesisSimulatedRound *round = g_ptr_array_index (result->rounds, i);

      genesis_simulated_round_close (round, genesis_training_result_get_round (training, i));
      result->virtual_seconds += round->virtual_seconds;
    }
  result->model_digest = genesis_federated_generator_dup_model_digest (self->generator);
  return result;
}

/* The score of a table that is drawn as the rehearsed run would draw it. */
static gboolean
judge (GenesisFederatedTrainingSimulator *self, GenesisSimulationResult *result,
       GCancellable *cancellable, GError **error)
{
  const guint64 n_rows = MIN (genesis_table_get_n_rows (self->table), JUDGED_ROWS);
  g_autoptr (GenesisTable) drawn = NULL;
  g_autoptr (GenesisQualityEvaluator) evaluator = NULL;

  if (!self->judges)
    return TRUE;
  drawn = genesis_federated_generator_generate (self->generator, n_rows, self->strategy, NULL,
                                                cancellable, error);
  if (drawn == NULL)
    return FALSE;
  evaluator = genesis_quality_evaluator_new (self->table, drawn);
  genesis_quality_evaluator_set_seed (evaluator, self->seed);
  result->final_quality = genesis_quality_evaluator_get_overall_score (evaluator);
  return TRUE;
}

static gboolean
check_ready (GenesisFederatedTrainingSimulator *self, guint n_rounds, GError **error)
{
  if (self->table == NULL)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "the simulator has no table: set it up from data first");
  else if (self->strategy == GENESIS_STRATEGY_WEIGHTED)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "strategy 'weighted' names sites of a real run; simulate another strategy");
  else if (n_rounds > MAX_ROUNDS)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "%u rounds are more than the %u that a run may have", n_rounds, MAX_ROUNDS);
  else
    return TRUE;
  return FALSE;
}

/**
 * genesis_federated_training_simulator_simulate_training:
 * @self: a simulator that is set up
 * @n_rounds: how many rounds there are at most; 0 for the generator's own default
 * @site_failure_rate: probability that a site gives no answer to an attempt
 * @straggler_rate: probability that an answer is slow
 * @straggler_delay: how many times as long a slow answer takes, at least 1
 * @cancellable: (nullable): stops the rehearsal
 * @error: return location
 *
 * Trains over the sites, which fail and are slow as the seed decides, anew for each attempt and
 * site. An answer takes 1 + rows / 10^6 virtual seconds, a slow one @straggler_delay times that; an
 * attempt ends at its latest answer or, while somebody is silent, at the deadline. Sites that
 * failed or were late are asked again, "max-retries" times, before the round closes with those who
 * answered; under the aggregator's min_sites the rehearsal fails with
 * %GENESIS_ERROR_TOO_FEW_SITES, as the run would. An answer counts for the attempt that it answers:
 * after the deadline it is late, and the site is asked anew.
 *
 * Each call is a rehearsal of its own, from the first round on.
 *
 * Returns: (transfer full) (nullable): what it came to, or %NULL with @error
 */
GenesisSimulationResult *
genesis_federated_training_simulator_simulate_training (GenesisFederatedTrainingSimulator *self,
                                                        guint n_rounds, double site_failure_rate,
                                                        double straggler_rate,
                                                        double straggler_delay,
                                                        GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisFederatedGenerator) generator = NULL;
  g_autoptr (GenesisVirtualCarrier) carrier = NULL;
  g_autoptr (GenesisTrainingResult) training = NULL;
  g_autoptr (GenesisSimulationResult) result = NULL;
  GenesisFaultRates rates;
  GenesisInProcessCarrier travel;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_TRAINING_SIMULATOR (self), NULL);

  rates = (GenesisFaultRates){ self->seed, site_failure_rate, straggler_rate, straggler_delay,
                               self->deadline };
  if (!check_ready (self, n_rounds, error) || !genesis_fault_rates_check (&rates, error))
    return NULL;
  generator = make_generator (self, n_rounds, error);
  if (generator == NULL)
    return NULL;
  carrier = genesis_virtual_carrier_new (&rates, self->plan.partition);
  travel = genesis_virtual_carrier_get (carrier);
  genesis_federated_generator_set_carrier (generator, &travel);
  training = genesis_federated_generator_train (generator, 0, cancellable, error);
  genesis_federated_generator_set_carrier (generator, &(GenesisInProcessCarrier){ 0 });
  if (training == NULL)
    return NULL;
  g_set_object (&self->generator, generator);
  result = report (self, carrier, training);
  return judge (self, result, cancellable, error) ? g_steal_pointer (&result) : NULL;
}

/**
 * genesis_federated_training_simulator_generate_synthetic:
 * @self: a simulator after genesis_federated_training_simulator_simulate_training()
 * @n_rows: how many rows
 * @cancellable: (nullable): stops the drawing
 * @error: return location
 *
 * Draws rows from the model of the last rehearsal by the property "strategy".
 *
 * Returns: (transfer full) (nullable): the rows, or %NULL with @error
 */
GenesisTable *
genesis_federated_training_simulator_generate_synthetic (GenesisFederatedTrainingSimulator *self,
                                                         guint64 n_rows, GCancellable *cancellable,
                                                         GError **error)
{
  g_return_val_if_fail (GENESIS_IS_FEDERATED_TRAINING_SIMULATOR (self), NULL);

  if (self->generator == NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "there is no model to draw rows from: simulate training first");
      return NULL;
    }
  return genesis_federated_generator_generate (self->generator, n_rows, self->strategy, NULL,
                                               cancellable, error);
}
