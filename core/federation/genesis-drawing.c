/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-drawing-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-row-constraint.h>

#include "data/genesis-table-private.h"
#include "federation/genesis-drawing-chunk-private.h"
#include "federation/genesis-drawing-shares-private.h"

/* What the model remembers of the session it was trained in; the rest does not matter to sample ().
   */
static genesis_abi_session
make_session (GenesisModel *model)
{
  genesis_abi_session session = {
    .struct_size = sizeof session,
    .n_sites = 1,
    .min_sites = 1,
    .unit = GENESIS_ABI_UNIT_RECORD,
    .rounds = model->rounds,
    .max_rows_per_person = 1,
    .n_max = model->n_max,
    .max_weight_q20 = 1u << 20,
    .budget_mu2 = INFINITY,
  };

  return session;
}

static GHashTable *
parse_settings (char **settings)
{
  GHashTable *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (gsize i = 0; settings[i] != NULL; i++)
    {
      gsize n = strcspn (settings[i], "=");

      g_hash_table_insert (table, g_strndup (settings[i], n),
                           g_strdup (settings[i][n] != '\0' ? settings[i] + n + 1 : ""));
    }

  return table;
}

GenesisGenerator *
genesis_drawing_new_generator (GenesisDrawing *self, guint threads, GError **error)
{
  genesis_abi_session session = make_session (self->model);

  return genesis_generator_new (self->plugin, &session, self->model->schema, self->settings,
                                threads, error);
}

static gboolean
check_plugin (GenesisModel *model, GenesisPlugin *plugin, GError **error)
{
  guint32 version = genesis_plugin_get_state_version (plugin);

  if (strcmp (genesis_plugin_get_id (plugin), model->generator) != 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "the model was made by generator '%s' and '%s' was to draw from it; load the "
                   "first",
                   model->generator, genesis_plugin_get_id (plugin));
      return FALSE;
    }
  if (version != model->state_version)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "the model has state version %u of generator '%s' and the plugin at hand has "
                   "version %u; use the plugin that made the model, or train anew",
                   model->state_version, model->generator, version);
      return FALSE;
    }

  return TRUE;
}

/* From the rows of each site to where each site's share ends. */
static void
take_shares (GenesisDrawing *self, guint64 *rows)
{
  self->ends = rows;
  for (guint i = 1; rows != NULL && i < self->model->sites->len; i++)
    rows[i] += rows[i - 1];
  if (rows != NULL && self->n_rows > 0)
    genesis_permutation_init (&self->permutation, self->seed, self->n_rows);
}

GenesisDrawing *
genesis_drawing_new (GenesisModel *model, GenesisPlugin *generator, guint64 n_rows,
                     GenesisStrategy strategy, GHashTable *weights, guint64 seed, guint threads,
                     GError **error)
{
  g_autoptr (GenesisDrawing) self = NULL;
  guint64 *rows = NULL;

  g_return_val_if_fail (model != NULL && GENESIS_IS_PLUGIN (generator) && threads >= 1, NULL);

  if (n_rows > GENESIS_PERMUTATION_MAX)
    {
      g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                           "a table has at most 2^60 rows; ask for fewer");
      return NULL;
    }
  if (!check_plugin (model, generator, error)
      || !genesis_drawing_share_out (model, strategy, weights, n_rows, &rows, error))
    return NULL;

  self = g_new0 (GenesisDrawing, 1);
  self->model = genesis_model_ref (model);
  self->plugin = g_object_ref (generator);
  self->settings = parse_settings (model->settings);
  self->n_rows = n_rows;
  self->n_chunks = n_rows / GENESIS_CHUNK_ROWS + (n_rows % GENESIS_CHUNK_ROWS != 0);
  self->seed = seed;
  self->threads = threads;
  take_shares (self, rows);
  self->generator = genesis_drawing_new_generator (self, threads, error);
  if (self->generator == NULL)
    return NULL;

  return g_steal_pointer (&self);
}

void
genesis_drawing_free (GenesisDrawing *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->generator, genesis_generator_free);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_clear_object (&self->plugin);
  g_clear_pointer (&self->model, genesis_model_unref);
  g_free (self->ends);
  g_free (self);
}

void
genesis_drawing_set_progress (GenesisDrawing *self, GenesisProgress *progress)
{
  self->progress = progress;
}

gboolean
genesis_drawing_get_effort (GenesisDrawing *self, guint64 *n_mended, guint64 *n_redrawn)
{
  *n_mended = (guint64)g_atomic_pointer_add (&self->n_mended, 0);
  *n_redrawn = (guint64)g_atomic_pointer_add (&self->n_redrawn, 0);
  return genesis_schema_get_n_constraints (self->model->schema) > 0;
}

const char *
genesis_drawing_get_origin (GenesisDrawing *self)
{
  return self->ends != NULL ? "site-models" : "pooled";
}

GenesisTable *
genesis_drawing_make_chunk (GenesisDrawing *self, guint64 chunk, GCancellable *cancellable,
                            const char ***site_of_row, GError **error)
{
  g_return_val_if_fail (self != NULL && chunk < self->n_chunks, NULL);

  return genesis_drawing_draw_chunk (self, self->generator, chunk, cancellable, site_of_row, error);
}
