/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-federated-generator-private.h"

#include <genesis/genesis-error.h>

enum
{
  PROP_0,
  PROP_HOST,
  PROP_METHOD,
  PROP_AGGREGATOR,
  PROP_ROUNDS,
  PROP_SEED,
  PROP_THREADS,
  PROP_MAX_RETRIES,
  PROP_RUN_DIRECTORY,
  PROP_FRESH,
  PROP_SAFE_CSV,
  PROP_FINISHED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GenesisFederatedGenerator, genesis_federated_generator, G_TYPE_OBJECT)

static gboolean
is_finished (GenesisFederatedGenerator *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->finished;
}

static void
genesis_federated_generator_get_property (GObject *object, guint id, GValue *value,
                                          GParamSpec *pspec)
{
  GenesisFederatedGenerator *self = GENESIS_FEDERATED_GENERATOR (object);

  switch (id)
    {
    case PROP_HOST:
      g_value_set_object (value, self->host);
      break;
    case PROP_METHOD:
      g_value_set_string (value, self->method);
      break;
    case PROP_AGGREGATOR:
      g_value_set_object (value, self->aggregator);
      break;
    case PROP_ROUNDS:
      g_value_set_uint (value, self->rounds);
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
    case PROP_RUN_DIRECTORY:
      g_value_set_string (value, self->run_directory);
      break;
    case PROP_FRESH:
      g_value_set_boolean (value, self->fresh);
      break;
    case PROP_SAFE_CSV:
      g_value_set_boolean (value, self->safe_csv);
      break;
    case PROP_FINISHED:
      g_value_set_boolean (value, is_finished (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* Notifies when the value is another one than before. */
static void
set_uint (GenesisFederatedGenerator *self, guint *member, guint value, GParamSpec *pspec)
{
  if (*member == value)
    return;
  *member = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_seed (GenesisFederatedGenerator *self, guint64 seed)
{
  if (self->seed == seed)
    return;
  self->seed = seed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEED]);
}

static void
set_run_directory (GenesisFederatedGenerator *self, const char *path)
{
  if (g_strcmp0 (self->run_directory, path) == 0)
    return;
  g_free (self->run_directory);
  self->run_directory = g_strdup (path);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN_DIRECTORY]);
}

static void
set_boolean (GenesisFederatedGenerator *self, gboolean *member, gboolean value, GParamSpec *pspec)
{
  if (*member == value)
    return;
  *member = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
genesis_federated_generator_set_property (GObject *object, guint id, const GValue *value,
                                          GParamSpec *pspec)
{
  GenesisFederatedGenerator *self = GENESIS_FEDERATED_GENERATOR (object);

  switch (id)
    {
    case PROP_HOST:
      self->host = g_value_dup_object (value);
      break;
    case PROP_METHOD:
      self->method = g_value_dup_string (value);
      break;
    case PROP_AGGREGATOR:
      self->aggregator = g_value_dup_object (value);
      break;
    case PROP_ROUNDS:
      set_uint (self, &self->rounds, g_value_get_uint (value), pspec);
      break;
    case PROP_SEED:
      set_seed (self, g_value_get_uint64 (value));
      break;
    case PROP_THREADS:
      set_uint (self, &self->threads, g_value_get_uint (value), pspec);
      break;
    case PROP_MAX_RETRIES:
      set_uint (self, &self->max_retries, g_value_get_uint (value), pspec);
      break;
    case PROP_RUN_DIRECTORY:
      set_run_directory (self, g_value_get_string (value));
      break;
    case PROP_FRESH:
      set_boolean (self, &self->fresh, g_value_get_boolean (value), pspec);
      break;
    case PROP_SAFE_CSV:
      set_boolean (self, &self->safe_csv, g_value_get_boolean (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
genesis_federated_generator_constructed (GObject *object)
{
  GenesisFederatedGenerator *self = GENESIS_FEDERATED_GENERATOR (object);

  G_OBJECT_CLASS (genesis_federated_generator_parent_class)->constructed (object);
  if (self->aggregator == NULL)
    self->aggregator = genesis_model_aggregator_new ();
}

static void
genesis_federated_generator_finalize (GObject *object)
{
  GenesisFederatedGenerator *self = GENESIS_FEDERATED_GENERATOR (object);

  g_clear_pointer (&self->driver, genesis_in_process_driver_free);
  g_clear_pointer (&self->fixed_shares, g_hash_table_unref);
  g_clear_pointer (&self->recording, g_ptr_array_unref);
  g_clear_pointer (&self->base, genesis_model_unref);
  g_clear_pointer (&self->model, genesis_model_unref);
  g_clear_pointer (&self->shares, g_hash_table_unref);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_pointer (&self->site_names, g_hash_table_unref);
  g_clear_pointer (&self->sites, g_ptr_array_unref);
  g_clear_object (&self->aggregator);
  g_clear_object (&self->host);
  g_free (self->method);
  g_free (self->run_directory);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (genesis_federated_generator_parent_class)->finalize (object);
}

static void
genesis_federated_generator_class_init (GenesisFederatedGeneratorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags once = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = genesis_federated_generator_get_property;
  object_class->set_property = genesis_federated_generator_set_property;
  object_class->constructed = genesis_federated_generator_constructed;
  object_class->finalize = genesis_federated_generator_finalize;

  /**
   * GenesisFederatedGenerator:host:
   *
   * Where plugins are looked up.
   */
  properties[PROP_HOST] = g_param_spec_object ("host", NULL, NULL, GENESIS_TYPE_PLUGIN_HOST, once);
  /**
   * GenesisFederatedGenerator:method:
   *
   * Id or bare name of the generator plugin.
   */
  properties[PROP_METHOD] = g_param_spec_string ("method", NULL, NULL, "gaussian_copula", once);
  /**
   * GenesisFederatedGenerator:aggregator:
   *
   * What turns partials into a total.
   */
  properties[PROP_AGGREGATOR] =
      g_param_spec_object ("aggregator", NULL, NULL, GENESIS_TYPE_AGGREGATOR, once);
  /**
   * GenesisFederatedGenerator:rounds:
   *
   * The horizon: how many rounds the run has at most; 0 for the generator's own default. Fixed when
   * the run starts.
   */
  properties[PROP_ROUNDS] = g_param_spec_uint ("rounds", NULL, NULL, 0, 64, 0, flags);
  /**
   * GenesisFederatedGenerator:seed:
   *
   * Of the rows that are drawn; training is the same for every seed.
   */
  properties[PROP_SEED] = g_param_spec_uint64 ("seed", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  /**
   * GenesisFederatedGenerator:threads:
   *
   * 0 for as many as there are processors; results do not depend on it.
   */
  properties[PROP_THREADS] = g_param_spec_uint ("threads", NULL, NULL, 0, 4096, 0, flags);
  /**
   * GenesisFederatedGenerator:max-retries:
   *
   * How often a site that failed is asked again in the same round.
   */
  properties[PROP_MAX_RETRIES] = g_param_spec_uint ("max-retries", NULL, NULL, 0, 1000, 0, flags);
  /**
   * GenesisFederatedGenerator:run-directory:
   *
   * Folder in which the run is kept durably, so that a run that was killed continues to the same
   * model; %NULL for a run in memory.
   */
  properties[PROP_RUN_DIRECTORY] = g_param_spec_string ("run-directory", NULL, NULL, NULL, flags);
  /**
   * GenesisFederatedGenerator:fresh:
   *
   * Whether what the run directory holds of an earlier run is removed.
   */
  properties[PROP_FRESH] = g_param_spec_boolean ("fresh", NULL, NULL, FALSE, flags);
  /**
   * GenesisFederatedGenerator:safe-csv:
   *
   * Whether genesis_federated_generator_generate_csv() writes texts that a spreadsheet would run as
   * a formula so that they stay text; see genesis_csv_writer_set_safe().
   */
  properties[PROP_SAFE_CSV] = g_param_spec_boolean ("safe-csv", NULL, NULL, FALSE, flags);
  /**
   * GenesisFederatedGenerator:finished:
   *
   * Whether nothing is left to ask.
   */
  properties[PROP_FINISHED] = g_param_spec_boolean ("finished", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  genesis_federated_generator_install_signals (object_class);
}

static void
genesis_federated_generator_init (GenesisFederatedGenerator *self)
{
  g_mutex_init (&self->lock);
  self->settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->sites = g_ptr_array_new_with_free_func (g_object_unref);
  self->site_names = g_hash_table_new (g_str_hash, g_str_equal);
}

/* -- shared by training and generation ------------------------------------- */

gboolean
genesis_federated_generator_enter (GenesisFederatedGenerator *self, GError **error)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->is_busy)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_BUSY,
                   "training is under way: wait until it is finished");
      return FALSE;
    }
  self->is_busy = TRUE;
  return TRUE;
}

void
genesis_federated_generator_leave (GenesisFederatedGenerator *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->is_busy = FALSE;
}

guint
genesis_federated_generator_count_threads (GenesisFederatedGenerator *self)
{
  return self->threads > 0 ? self->threads : g_get_num_processors ();
}

void
genesis_federated_generator_set_carrier (GenesisFederatedGenerator *self,
                                         const GenesisInProcessCarrier *carrier)
{
  self->carrier = *carrier;
  if (self->driver != NULL)
    genesis_in_process_driver_set_carrier (self->driver, carrier);
}

/* -- for tests ------------------------------------------------------------- */

void
genesis_federated_generator_record (GenesisFederatedGenerator *self, GPtrArray *lines)
{
  g_clear_pointer (&self->recording, g_ptr_array_unref);
  self->recording = g_ptr_array_ref (lines);
}

void
genesis_federated_generator_fail_after (GenesisFederatedGenerator *self, guint64 n_steps,
                                        GenesisStepFaultKind kind)
{
  self->fail_after = n_steps;
  self->fail_kind = kind;
}

/* -- public ---------------------------------------------------------------- */

/**
 * genesis_federated_generator_new:
 * @host: where plugins are looked up
 * @aggregator: (nullable): what turns partials into a total; %NULL for fedavg
 * @method: id or bare name of a generator plugin
 *
 * Creates a coordinator without sites.
 *
 * Returns: (transfer full): a new generator
 */
GenesisFederatedGenerator *
genesis_federated_generator_new (GenesisPluginHost *host, GenesisAggregator *aggregator,
                                 const char *method)
{
  g_return_val_if_fail (GENESIS_IS_PLUGIN_HOST (host), NULL);
  g_return_val_if_fail (aggregator == NULL || GENESIS_IS_AGGREGATOR (aggregator), NULL);
  g_return_val_if_fail (method != NULL, NULL);
  return g_object_new (GENESIS_TYPE_FEDERATED_GENERATOR, "host", host, "aggregator", aggregator,
                       "method", method, NULL);
}

/**
 * genesis_federated_generator_set_setting:
 * @self: a generator
 * @name: a setting that the generator plugin declares
 * @value: (nullable): its value as in a keyfile; %NULL for the default
 *
 * Settings are judged when training starts, and fixed from then on.
 */
void
genesis_federated_generator_set_setting (GenesisFederatedGenerator *self, const char *name,
                                         const char *value)
{
  g_return_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self));
  g_return_if_fail (name != NULL);
  if (value == NULL)
    g_hash_table_remove (self->settings, name);
  else
    g_hash_table_insert (self->settings, g_strdup (name), g_strdup (value));
}
