/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-federated-training-simulator-private.h"

#include <math.h>

enum
{
  PROP_0,
  PROP_HOST,
  PROP_N_SITES,
  PROP_METHOD,
  PROP_AGGREGATOR,
  PROP_SEED,
  PROP_THREADS,
  PROP_MAX_RETRIES,
  PROP_DEADLINE,
  PROP_STRATEGY,
  PROP_JUDGES,
  N_PROPS
};

enum
{
  SIGNAL_PROGRESS,
  SIGNAL_WARNING,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (GenesisFederatedTrainingSimulator, genesis_federated_training_simulator,
                     G_TYPE_OBJECT)

static void
genesis_federated_training_simulator_get_property (GObject *object, guint id, GValue *value,
                                                   GParamSpec *pspec)
{
  GenesisFederatedTrainingSimulator *self = GENESIS_FEDERATED_TRAINING_SIMULATOR (object);

  switch (id)
    {
    case PROP_HOST:
      g_value_set_object (value, self->host);
      break;
    case PROP_N_SITES:
      g_value_set_uint (value, self->n_sites);
      break;
    case PROP_METHOD:
      g_value_set_string (value, self->method);
      break;
    case PROP_AGGREGATOR:
      g_value_set_object (value, self->aggregator);
      break;
    case PROP_SEED:
      g_value_set_uint64 (value, self->seed);
      break;
    case PROP_THREADS:
      g_value_set_uint (value, self->threads);
      break;
    case PROP_MAX_RETRIES:
      g_value_set_uint (value, self->max_retries);
      break;
    case PROP_DEADLINE:
      g_value_set_double (value, self->deadline);
      break;
    case PROP_STRATEGY:
      g_value_set_enum (value, self->strategy);
      break;
    case PROP_JUDGES:
      g_value_set_boolean (value, self->judges);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
genesis_federated_training_simulator_set_property (GObject *object, guint id, const GValue *value,
                                                   GParamSpec *pspec)
{
  GenesisFederatedTrainingSimulator *self = GENESIS_FEDERATED_TRAINING_SIMULATOR (object);

  switch (id)
    {
    case PROP_HOST:
      self->host = g_value_dup_object (value);
      break;
    case PROP_N_SITES:
      self->n_sites = g_value_get_uint (value);
      break;
    case PROP_METHOD:
      g_free (self->method);
      self->method = g_value_dup_string (value);
      break;
    case PROP_AGGREGATOR:
      g_set_object (&self->aggregator, g_value_get_object (value));
      break;
    case PROP_SEED:
      self->seed = g_value_get_uint64 (value);
      break;
    case PROP_THREADS:
      self->threads = g_value_get_uint (value);
      break;
    case PROP_MAX_RETRIES:
      self->max_retries = g_value_get_uint (value);
      break;
    case PROP_DEADLINE:
      self->deadline = g_value_get_double (value);
      break;
    case PROP_STRATEGY:
      self->strategy = g_value_get_enum (value);
      break;
    case PROP_JUDGES:
      self->judges = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
genesis_federated_training_simulator_finalize (GObject *object)
{
  GenesisFederatedTrainingSimulator *self = GENESIS_FEDERATED_TRAINING_SIMULATOR (object);

  g_clear_object (&self->generator);
  g_clear_object (&self->table);
  g_clear_object (&self->aggregator);
  g_clear_object (&self->host);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_pointer (&self->plan.partition, genesis_partition_unref);
  g_free (self->plan.column);
  g_free (self->method);
  G_OBJECT_CLASS (genesis_federated_training_simulator_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  const GParamFlags once = flags | G_PARAM_CONSTRUCT_ONLY;

  /**
   * GenesisFederatedTrainingSimulator:host:
   *
   * Where plugins are looked up.
   */
  properties[PROP_HOST] = g_param_spec_object ("host", NULL, NULL, GENESIS_TYPE_PLUGIN_HOST, once);
  /**
   * GenesisFederatedTrainingSimulator:n-sites:
   *
   * How many sites the table is given to.
   */
  properties[PROP_N_SITES] = g_param_spec_uint ("n-sites", NULL, NULL, 1, 1000000, 1, once);
  /**
   * GenesisFederatedTrainingSimulator:method:
   *
   * Id or bare name of the generator plugin.
   */
  properties[PROP_METHOD] =
      g_param_spec_string ("method", NULL, NULL, "gaussian_copula", flags | G_PARAM_CONSTRUCT);
  /**
   * GenesisFederatedTrainingSimulator:aggregator:
   *
   * What turns partials into a total; %NULL for fedavg.
   */
  properties[PROP_AGGREGATOR] =
      g_param_spec_object ("aggregator", NULL, NULL, GENESIS_TYPE_AGGREGATOR, flags);
  /**
   * GenesisFederatedTrainingSimulator:seed:
   *
   * Of the partition, when it is set up; of the faults; and of the rows that are drawn.
   */
  properties[PROP_SEED] = g_param_spec_uint64 ("seed", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  /**
   * GenesisFederatedTrainingSimulator:threads:
   *
   * 0 for as many as there are processors; results do not depend on it.
   */
  properties[PROP_THREADS] = g_param_spec_uint ("threads", NULL, NULL, 0, 4096, 0, flags);
  /**
   * GenesisFederatedTrainingSimulator:max-retries:
   *
   * How often sites that failed or were late are asked again in a round.
   */
  properties[PROP_MAX_RETRIES] =
      g_param_spec_uint ("max-retries", NULL, NULL, 0, 1000, 3, flags | G_PARAM_CONSTRUCT);
  /**
   * GenesisFederatedTrainingSimulator:deadline:
   *
   * Virtual seconds after which an attempt ends; %INFINITY for none.
   */
  properties[PROP_DEADLINE] = g_param_spec_double ("deadline", NULL, NULL, 0, INFINITY, INFINITY,
                                                   flags | G_PARAM_CONSTRUCT);
  /**
   * GenesisFederatedTrainingSimulator:strategy:
   *
   * How rows are drawn from the model.
   */
  properties[PROP_STRATEGY] = g_param_spec_enum ("strategy", NULL, NULL, GENESIS_TYPE_STRATEGY,
                                                 GENESIS_STRATEGY_PROPORTIONAL, flags);
  /**
   * GenesisFederatedTrainingSimulator:judges:
   *
   * Whether a rehearsal ends with drawing a table and comparing it with the whole one, for
   * genesis_simulation_result_get_final_quality().
   */
  properties[PROP_JUDGES] =
      g_param_spec_boolean ("judges", NULL, NULL, TRUE, flags | G_PARAM_CONSTRUCT);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
genesis_federated_training_simulator_class_init (GenesisFederatedTrainingSimulatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = genesis_federated_training_simulator_get_property;
  object_class->set_property = genesis_federated_training_simulator_set_property;
  object_class->finalize = genesis_federated_training_simulator_finalize;
  install_properties (object_class);

  /**
   * GenesisFederatedTrainingSimulator::progress:
   * @self: a simulator
   * @what: what is done now
   * @share: how much of it is done, in [0, 1]; -1 when it is not known
   *
   * Emitted by calls that take long.
   */
  signals[SIGNAL_PROGRESS] =
      g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_DOUBLE);
  /**
   * GenesisFederatedTrainingSimulator::warning:
   * @self: a simulator
   * @text: what was noticed
   *
   * Something that a real run would warn of.
   */
  signals[SIGNAL_WARNING] = g_signal_new ("warning", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
genesis_federated_training_simulator_init (GenesisFederatedTrainingSimulator *self)
{
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
genesis_federated_training_simulator_emit_progress (GenesisFederatedTrainingSimulator *self,
                                                    const char *what, double share)
{
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, what, share);
}

void
genesis_federated_training_simulator_emit_warning (GenesisFederatedTrainingSimulator *self,
                                                   const char *text)
{
  g_signal_emit (self, signals[SIGNAL_WARNING], 0, text);
}

/* -- public ---------------------------------------------------------------- */

/**
 * genesis_federated_training_simulator_new:
 * @host: where plugins are looked up
 * @n_sites: how many sites the table is given to
 *
 * Creates a simulator of gaussian_copula under fedavg; set its properties for others.
 *
 * Returns: (transfer full): a new simulator
 */
GenesisFederatedTrainingSimulator *
genesis_federated_training_simulator_new (GenesisPluginHost *host, guint n_sites)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN_HOST (host), NULL);
  g_return_val_if_fail (n_sites > 0, NULL);
  return g_object_new (GENESIS_TYPE_FEDERATED_TRAINING_SIMULATOR, "host", host, "n-sites", n_sites,
                       NULL);
}

/**
 * genesis_federated_training_simulator_set_setting:
 * @self: a simulator
 * @name: a setting that the generator plugin declares
 * @value: (nullable): its value as in a keyfile; %NULL for the default
 *
 * Settings are judged when a rehearsal starts.
 */
void
genesis_federated_training_simulator_set_setting (GenesisFederatedTrainingSimulator *self,
                                                  const char *name, const char *value)
{
  g_return_if_fail (GENESIS_IS_FEDERATED_TRAINING_SIMULATOR (self));
  g_return_if_fail (name != NULL);
  if (value == NULL)
    g_hash_table_remove (self->settings, name);
  else
    g_hash_table_insert (self->settings, g_strdup (name), g_strdup (value));
}

/**
 * genesis_federated_training_simulator_dup_site_sizes:
 * @self: a simulator
 * @n_sites: (out): how many there are; 0 before it is set up
 *
 * Returns: (transfer full) (array length=n_sites) (nullable): rows of each site, in order
 */
guint64 *
genesis_federated_training_simulator_dup_site_sizes (GenesisFederatedTrainingSimulator *self,
                                                     gsize *n_sites)
{
  guint64 *sizes;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_TRAINING_SIMULATOR (self), NULL);
  g_return_val_if_fail (n_sites != NULL, NULL);
  *n_sites = self->plan.partition != NULL ? self->plan.partition->n_parts : 0;
  sizes = g_new (guint64, *n_sites);
  for (guint i = 0; i < *n_sites; i++)
    sizes[i] = genesis_partition_get_size (self->plan.partition, i);
  return sizes;
}

/**
 * genesis_federated_training_simulator_get_generator:
 * @self: a simulator
 *
 * Returns: (transfer none) (nullable): the generator that the last rehearsal trained
 */
GenesisFederatedGenerator *
genesis_federated_training_simulator_get_generator (GenesisFederatedTrainingSimulator *self)
{
  g_return_val_if_fail (GENESIS_IS_FEDERATED_TRAINING_SIMULATOR (self), NULL);
  return self->generator;
}
