/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-file-private.h"
#include "federation/genesis-federated-generator-private.h"
#include "federation/genesis-session-private.h"
#include "host/genesis-plugin-private.h"

/* The model of a federation: as it is, saved, loaded and described. */

void
genesis_federated_generator_take_model (GenesisFederatedGenerator *self, GenesisModel *model)
{
  GenesisModel *old;

  g_mutex_lock (&self->lock);
  old = self->model;
  self->model = model;
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&old, genesis_model_unref);
}

GenesisModel *
genesis_federated_generator_ref_model (GenesisFederatedGenerator *self, const char *purpose,
                                       GError **error)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->model != NULL)
    return genesis_model_ref (self->model);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "there is no model %s yet: call train or load_model first", purpose);
  return NULL;
}

static gboolean
check_model (GenesisFederatedGenerator *self, GenesisModel *model, GError **error)
{
  g_autoptr (GenesisPlugin) plugin =
      genesis_session_lookup_plugin (self->host, self->method, GENESIS_PLUGIN_KIND_GENERATOR,
                                     error);
  guint32 state_version;

  if (plugin == NULL)
    return FALSE;
  state_version = genesis_plugin_get_descriptor (plugin)->abi.state_version;
  if (!g_str_equal (model->generator, genesis_plugin_get_id (plugin)))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "the model is of generator '%s', and this federation uses '%s'; name the "
                   "model's generator",
                   model->generator, genesis_plugin_get_id (plugin));
      return FALSE;
    }
  if (model->state_version != state_version)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "the model's state has version %u, and plugin '%s' reads version %u; use the "
                   "plugin that wrote it",
                   model->state_version, model->generator, state_version);
      return FALSE;
    }
  if (self->sites->len > 0
      && !genesis_schema_equal (model->schema,
                                genesis_data_site_get_schema (g_ptr_array_index (self->sites, 0))))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                   "the model has another schema than site '%s'; train a new model",
                   genesis_data_site_get_name (g_ptr_array_index (self->sites, 0)));
      return FALSE;
    }
  return TRUE;
}

/**
 * genesis_federated_generator_load_model:
 * @self: a generator
 * @path: a model file
 * @error: return location
 *
 * Takes the model: rows can be drawn from it at once, and the next call of train starts a new run
 * that continues from its state, with its settings where none were set here. A model of another
 * generator, schema or state version is refused.
 *
 * Returns: whether the model was taken
 */
gboolean
genesis_federated_generator_load_model (GenesisFederatedGenerator *self, const char *path,
                                        GError **error)
{
  g_autoptr (GenesisModel) model = NULL;
  gboolean is_good;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  if (!genesis_federated_generator_enter (self, error))
    return FALSE;
  model = genesis_model_load (path, error);
  is_good = model != NULL && check_model (self, model, error);
  if (is_good)
    {
      g_clear_pointer (&self->driver, genesis_in_process_driver_free);
      g_clear_pointer (&self->fixed_shares, g_hash_table_unref);
      g_clear_pointer (&self->base, genesis_model_unref);
      self->base = genesis_model_ref (model);
      genesis_federated_generator_take_model (self, g_steal_pointer (&model));
    }
  if (is_good)
    genesis_federated_generator_set_finished (self, FALSE);
  genesis_federated_generator_leave (self);
  return is_good;
}

/**
 * genesis_federated_generator_save_model:
 * @self: a generator after round 1
 * @path: file to write
 * @error: return location
 *
 * Returns: whether the model was written
 */
gboolean
genesis_federated_generator_save_model (GenesisFederatedGenerator *self, const char *path,
                                        GError **error)
{
  g_autoptr (GenesisModel) model = NULL;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);
  model = genesis_federated_generator_ref_model (self, "to save", error);
  return model != NULL && genesis_model_save (model, path, error);
}

/**
 * genesis_federated_generator_dup_metadata:
 * @self: a generator after round 1
 * @error: return location
 *
 * How the model came about, and what was drawn from it last, as JSON: model_digest, stream,
 * generation (rows, seed, strategy, origin: whether the pooled model or the sites' own models
 * drew), training (library, run_id, generator and aggregator with version, sha256 and settings in
 * force, session, sites, rounds). It holds no time and no path.
 *
 * Returns: (transfer full) (nullable): JSON text, or %NULL with @error
 */
char *
genesis_federated_generator_dup_metadata (GenesisFederatedGenerator *self, GError **error)
{
  g_autoptr (GenesisModel) model = NULL;
  GenesisGeneration generation;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self), NULL);
  model = genesis_federated_generator_ref_model (self, "to describe", error);
  if (model == NULL)
    return NULL;
  g_mutex_lock (&self->lock);
  generation = self->generation;
  g_mutex_unlock (&self->lock);
  return genesis_provenance_to_metadata (model, &generation, error);
}

/**
 * genesis_federated_generator_save_metadata:
 * @self: a generator after round 1
 * @path: file to write
 * @error: return location
 *
 * Writes what genesis_federated_generator_dup_metadata() returns.
 *
 * Returns: whether the file was written
 */
gboolean
genesis_federated_generator_save_metadata (GenesisFederatedGenerator *self, const char *path,
                                           GError **error)
{
  g_autofree char *metadata = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (path != NULL, FALSE);
  metadata = genesis_federated_generator_dup_metadata (self, error);
  if (metadata == NULL)
    return FALSE;
  text = g_strconcat (metadata, "\n", NULL);
  return genesis_file_save (path, text, strlen (text), error);
}

/**
 * genesis_federated_generator_dup_model_digest:
 * @self: a generator
 *
 * Returns: (transfer full) (nullable): SHA-256 of the model's pooled section, %NULL before round 1
 */
char *
genesis_federated_generator_dup_model_digest (GenesisFederatedGenerator *self)
{
  g_autoptr (GenesisModel) model = NULL;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_GENERATOR (self), NULL);
  model = genesis_federated_generator_ref_model (self, "", NULL);
  return model != NULL ? g_strdup (genesis_model_get_digest (model)) : NULL;
}
