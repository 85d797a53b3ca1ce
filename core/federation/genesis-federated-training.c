/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "federation/genesis-federated-generator-private.h"
#include "federation/genesis-session-private.h"

/* One call of train: everything that it needs of the object is copied on the caller's thread. */
typedef struct
{
  GenesisRunSpec spec;
  guint rounds; /* at most so many; 0: all that remain */
  GPtrArray *sites;
} Training;

static void
training_free (Training *training)
{
  genesis_run_spec_clear (&training->spec);
  g_clear_pointer (&training->sites, g_ptr_array_unref);
  g_free (training);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Training, training_free)

/* -- what the run is asked to be ------------------------------------------- */

/* A state means what the settings say under which it was made: those of a loaded model hold where
   none were given. That none were given otherwise is checked when the run begins. */
static void
inherit_settings (GenesisFederatedGenerator *self, GenesisRunSpec *spec)
{
  for (guint i = 0; self->base != NULL && self->base->settings[i] != NULL; i++)
    {
      const char *setting = self->base->settings[i];
      const char *equals = strchr (setting, '=');
      char *name = g_strndup (setting, equals - setting);

      if (!g_hash_table_contains (spec->generator_settings, name))
        g_hash_table_insert (spec->generator_settings, name, g_strdup (equals + 1));
      else
        g_free (name);
    }
}

static gboolean
fill_spec (GenesisFederatedGenerator *self, GenesisRunSpec *spec, GError **error)
{
  spec->generator = genesis_session_lookup_plugin (self->host, self->method,
                                                   GENESIS_PLUGIN_KIND_GENERATOR, error);
  if (spec->generator == NULL)
    return FALSE;
  spec->aggregator =
      genesis_session_lookup_plugin (self->host, genesis_aggregator_get_id (self->aggregator),
                                     GENESIS_PLUGIN_KIND_AGGREGATOR, error);
  if (spec->aggregator == NULL)
    return FALSE;
  spec->generator_settings = genesis_run_spec_copy_settings (self->settings);
  spec->aggregator_settings =
      genesis_run_spec_copy_settings (genesis_aggregator_get_settings (self->aggregator));
  inherit_settings (self, spec);
  if (!genesis_aggregation_read_min_sites (spec->aggregator, spec->aggregator_settings,
                                           &spec->min_sites, error)
      || !genesis_privacy_terms_read (&spec->terms, spec->aggregator, spec->aggregator_settings,
                                      error))
    return FALSE;
  spec->min_sites = MAX (spec->min_sites, 1);
  spec->schema = g_object_ref (genesis_data_site_get_schema (g_ptr_array_index (self->sites, 0)));
  spec->rounds =
      self->rounds > 0 ? self->rounds : genesis_session_get_default_rounds (spec->generator);
  spec->max_retries = self->max_retries;
  spec->threads = genesis_federated_generator_count_threads (self);
  if (self->driver == NULL && self->shares != NULL
      && !genesis_federated_generator_check_shares (self, self->shares, error))
    return FALSE;
  /* Shares that are set after round 1 hold for generation only. */
  if (self->driver != NULL)
    spec->shares = self->fixed_shares != NULL ? g_hash_table_ref (self->fixed_shares) : NULL;
  else
    spec->shares = self->shares != NULL ? g_hash_table_ref (self->shares) : NULL;
  if (spec->terms.is_private && self->base != NULL)
    {
      g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_REFUSED,
                           "a loaded model cannot be trained on under privacy, as what it cost "
                           "before is not in this run's account; train a new model");
      return FALSE;
    }
  spec->base = self->base != NULL ? genesis_model_ref (self->base) : NULL;
  spec->run_directory = g_strdup (self->run_directory);
  spec->fresh = self->fresh;
  return TRUE;
}

static Training *
prepare (GenesisFederatedGenerator *self, guint rounds, GError **error)
{
  g_autoptr (Training) training = g_new0 (Training, 1);

  if (self->sites->len == 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_TOO_FEW_SITES,
                   "there are no sites to train with: add a site first");
      return NULL;
    }
  training->rounds = rounds;
  training->sites = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->sites->len; i++)
    g_ptr_array_add (training->sites, g_object_ref (g_ptr_array_index (self->sites, i)));
  if (!fill_spec (self, &training->spec, error))
    return NULL;
  return g_steal_pointer (&training);
}

/* -- the driver's observer ------------------------------------------------- */

/* Whether an earlier round of the run said the same. */
static gboolean
is_old_warning (GPtrArray *rounds, const GenesisRoundInfo *info, const char *text)
{
  for (guint i = 0; i < rounds->len && g_ptr_array_index (rounds, i) != info; i++)
    {
      const GenesisRoundInfo *earlier = g_ptr_array_index (rounds, i);

      if (g_strv_contains ((const char *const *)earlier->warnings, text))
        return TRUE;
    }
  return FALSE;
}

static void
on_round_closed (GenesisInProcessDriver *driver, GenesisRoundInfo *info, gpointer user_data)
{
  GenesisFederatedGenerator *self = user_data;
  GPtrArray *rounds =
      genesis_coordination_get_rounds (genesis_in_process_driver_get_coordination (driver));

  genesis_federated_generator_take_model (self, genesis_provenance_build_model (driver));
  genesis_federated_generator_emit_round (self, info);
  for (guint i = 0; info->warnings[i] != NULL; i++)
    if (!is_old_warning (rounds, info, info->warnings[i]))
      genesis_federated_generator_emit_warning (self, info->warnings[i]);
}

static void
on_site_dropped (GenesisInProcessDriver *driver, const char *site, const char *reason,
                 gpointer user_data)
{
  genesis_federated_generator_emit_dropped (user_data, site, reason);
}

static void
on_site_warned (GenesisInProcessDriver *driver, const char *site, const char *text,
                gpointer user_data)
{
  g_autofree char *line = g_strdup_printf ("site '%s': %s", site, text);

  genesis_federated_generator_emit_warning (user_data, line);
}

static void
on_progress (GenesisInProcessDriver *driver, const char *what, double share, gpointer user_data)
{
  GenesisFederatedGenerator *self = user_data;

  genesis_federated_generator_emit_progress (self, what, share, self->context);
}

static GenesisModel *
on_build_model (GenesisInProcessDriver *driver, gpointer user_data)
{
  return genesis_provenance_build_model (driver);
}

/* -- training -------------------------------------------------------------- */

static gboolean
start_driver (GenesisFederatedGenerator *self, Training *training, GError **error)
{
  const GenesisInProcessObserver observer = { on_round_closed, on_site_dropped, on_site_warned,
                                              on_progress,     on_build_model,  self };

  if (self->driver != NULL)
    return genesis_coordination_check_spec (genesis_in_process_driver_get_coordination (
                                                self->driver),
                                            &training->spec, error);
  self->driver = genesis_in_process_driver_new (&training->spec, &observer, error);
  if (self->driver == NULL)
    return FALSE;
  genesis_in_process_driver_set_carrier (self->driver, &self->carrier);
  if (self->recording != NULL)
    genesis_in_process_driver_record (self->driver, self->recording);
  if (self->fail_kind != GENESIS_STEP_FAULT_NONE && training->spec.run_directory != NULL)
    genesis_run_directory_fail_after (
        genesis_run_journal_get_directory (genesis_coordination_get_journal (
            genesis_in_process_driver_get_coordination (self->driver))),
        self->fail_after, self->fail_kind);
  return TRUE;
}

/* The run was sealed by an earlier process: what it left is the model. */
static gboolean
load_sealed (GenesisFederatedGenerator *self, GError **error)
{
  GenesisRunJournal *journal =
      genesis_coordination_get_journal (genesis_in_process_driver_get_coordination (self->driver));
  g_autofree char *path =
      genesis_run_directory_dup_path (genesis_run_journal_get_directory (journal),
                                      GENESIS_RUN_MODEL_NAME);
  g_autoptr (GenesisModel) model = genesis_model_load (path, error);

  if (model == NULL)
    return FALSE;
  if (g_strcmp0 (genesis_model_get_digest (model), genesis_run_journal_get_sealed (journal)) != 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "the model in the run directory is not the one that the ledger seals; restore "
                   "the folder or start a fresh run");
      return FALSE;
    }
  genesis_federated_generator_take_model (self, g_steal_pointer (&model));
  return TRUE;
}

static gboolean
run_driver (GenesisFederatedGenerator *self, Training *training, GCancellable *cancellable,
            GError **error)
{
  GPtrArray *participants = genesis_in_process_driver_get_participants (self->driver);
  GenesisCoordination *run = genesis_in_process_driver_get_coordination (self->driver);
  const guint rounds = training->rounds > 0 ? training->rounds : training->spec.rounds;

  for (guint i = participants->len; i < training->sites->len; i++)
    genesis_in_process_driver_add_site (self->driver, g_ptr_array_index (training->sites, i));
  if (!genesis_in_process_driver_run (self->driver, rounds, training->spec.threads, cancellable,
                                      error))
    {
      /* Nothing is fixed yet: the caller may change everything and try again. */
      if (!genesis_coordination_has_begun (run))
        g_clear_pointer (&self->driver, genesis_in_process_driver_free);
      return FALSE;
    }
  return TRUE;
}

static GenesisTrainingResult *
train (GenesisFederatedGenerator *self, Training *training, GCancellable *cancellable,
       GError **error)
{
  GenesisCoordination *run;
  guint first;

  if (!start_driver (self, training, error))
    return NULL;
  run = genesis_in_process_driver_get_coordination (self->driver);
  first = genesis_coordination_get_rounds (run)->len;
  if (genesis_in_process_driver_is_sealed (self->driver))
    return genesis_federated_generator_report (self, first);
  if (!run_driver (self, training, cancellable, error))
    return NULL;
  if (self->fixed_shares == NULL && training->spec.shares != NULL)
    self->fixed_shares = g_hash_table_ref (training->spec.shares);
  if (genesis_in_process_driver_is_sealed (self->driver)
      && genesis_coordination_get_rounds (run)->len == 0
      && genesis_coordination_get_journal (run) != NULL && !load_sealed (self, error))
    return NULL;
  genesis_federated_generator_set_finished (self,
                                            genesis_in_process_driver_is_sealed (self->driver));
  genesis_federated_generator_warn_of_privacy (self);
  return genesis_federated_generator_report (self, first);
}

/**
 * genesis_federated_generator_train:
 * @self: a generator with sites
 * @rounds: how many rounds this call may ask at most; 0 for all that remain
 * @cancellable: (nullable): stops the call; what was closed stays, and a later call continues
 * @error: return location
 *
 * Asks the next plans and continues where the last call stopped: ten calls with 1 equal one call
 * with 10. The horizon, the property "rounds", is fixed at the first call. When the run is finished
 * the call returns at once, with no rounds. Signals are emitted by this call, on this thread. With
 * a run directory, rounds that it holds already are taken up from it and not counted.
 *
 * Returns: (transfer full) (nullable): what the call did, or %NULL with @error
 */
GenesisTrainingResult *
genesis_federated_generator_train (GenesisFederatedGenerator *self, guint rounds,
                                   GCancellable *cancellable, GError **error)
{
  g_autoptr (Training) training = NULL;
  GenesisTrainingResult *result = NULL;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self), NULL);
  if (!genesis_federated_generator_enter (self, error))
    return NULL;
  g_object_ref (self); /* a signal's handler may drop the caller's */
  training = prepare (self, rounds, error);
  if (training != NULL)
    result = train (self, training, cancellable, error);
  genesis_federated_generator_leave (self);
  g_object_unref (self);
  return result;
}

static void
train_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GenesisFederatedGenerator *self = source;
  GError *error = NULL;
  GenesisTrainingResult *result = train (self, data, cancellable, &error);

  g_clear_pointer (&self->context, g_main_context_unref);
  genesis_federated_generator_leave (self);
  if (result != NULL)
    g_task_return_pointer (task, result, (GDestroyNotify)genesis_training_result_unref);
  else
    g_task_return_error (task, error);
}

/**
 * genesis_federated_generator_train_async:
 * @self: a generator with sites
 * @rounds: how many rounds this call may ask at most; 0 for all that remain
 * @cancellable: (nullable): stops the call
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * genesis_federated_generator_train() on another thread. Signals are emitted in the caller's
 * thread-default main context, before @callback. Until then the generator takes no other call of
 * train, no site and no weights (BUSY); rows can be drawn from the model as it is.
 */
void
genesis_federated_generator_train_async (GenesisFederatedGenerator *self, guint rounds,
                                         GCancellable *cancellable, GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (Training) training = NULL;
  GError *error = NULL;

  g_return_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, genesis_federated_generator_train_async);
  /* The thread decides when it is over: the object must not be free while it is in use. */
  g_task_set_check_cancellable (task, FALSE);
  if (!genesis_federated_generator_enter (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  training = prepare (self, rounds, &error);
  if (training == NULL)
    {
      genesis_federated_generator_leave (self);
      g_task_return_error (task, error);
      return;
    }
  self->context = g_main_context_ref_thread_default ();
  g_task_set_task_data (task, g_steal_pointer (&training), (GDestroyNotify)training_free);
  g_task_run_in_thread (task, train_in_thread);
}

/**
 * genesis_federated_generator_train_finish:
 * @self: a generator
 * @result: of the callback
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the call did, or %NULL with @error
 */
GenesisTrainingResult *
genesis_federated_generator_train_finish (GenesisFederatedGenerator *self, GAsyncResult *result,
                                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
