/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>

#include "data/genesis-table-private.h"
#include "federation/genesis-data-site-private.h"
#include "federation/genesis-federated-generator-private.h"
#include "quality/genesis-quality-evaluator-private.h"

/* A generator that is judged while it is being trained. */

static gboolean
keep_chunk (GenesisTable *chunk, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, g_object_ref (chunk));
  return TRUE;
}

/* The rows of all sites, one below the other; *rows stays NULL without a site: a model that was
   loaded. */
static gboolean
pool_rows (GPtrArray *sites, GenesisTable **rows, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) chunks = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < sites->len; i++)
    {
      GenesisDataSite *site = g_ptr_array_index (sites, i);

      if (genesis_data_site_foreach_chunk (site, keep_chunk, chunks, cancellable, error))
        continue;
      g_prefix_error (error, "site '%s': ", genesis_data_site_get_name (site));
      return FALSE;
    }
  if (sites->len > 0)
    *rows =
        genesis_table_concat (genesis_data_site_get_schema (g_ptr_array_index (sites, 0)), chunks);
  return TRUE;
}

/* What the metadata says was drawn last stays what the caller drew. */
static GenesisTable *
draw_aside (GenesisFederatedGenerator *generator, guint64 n_rows, GCancellable *cancellable,
            GError **error)
{
  GenesisGeneration last;
  GenesisTable *table;

  g_mutex_lock (&generator->lock);
  last = generator->generation;
  g_mutex_unlock (&generator->lock);
  table = genesis_federated_generator_generate (generator, n_rows, GENESIS_STRATEGY_PROPORTIONAL,
                                                NULL, cancellable, error);
  g_mutex_lock (&generator->lock);
  generator->generation = last;
  g_mutex_unlock (&generator->lock);
  return table;
}

/**
 * genesis_quality_evaluate_generator:
 * @generator: a generator after round 1
 * @holdout: real rows that no site has
 * @cancellable: (nullable): to stop early
 * @error: %GENESIS_ERROR_INVALID_CONFIG before round 1, %GENESIS_ERROR_BUSY while it is being
 *   trained, and as generating, reading the sites' rows and genesis_quality_evaluator_evaluate()
 *
 * Draws as many rows as the holdout has, with the strategy "proportional", and judges them by the
 * holdout, next to the rows of the sites; of a model that was loaded, and has no sites, by the
 * holdout alone, of which one half is the judge then. What is drawn does not enter the metadata.
 *
 * The figures are computed from the rows of all sites in this process: they are not differentially
 * private, whatever the aggregator is, and not for release.
 *
 * Returns: (transfer full) (nullable): an evaluator that has evaluated
 */
GenesisQualityEvaluator *
genesis_quality_evaluate_generator (GenesisFederatedGenerator *generator, GenesisTable *holdout,
                                    GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) sites = NULL;
  g_autoptr (GenesisTable) real = NULL;
  g_autoptr (GenesisTable) synthetic = NULL;
  g_autoptr (GenesisQualityEvaluator) evaluator = NULL;

  g_return_val_if_fail (GENESIS_IS_FEDERATED_GENERATOR (generator), NULL);
  g_return_val_if_fail (GENESIS_IS_TABLE (holdout), NULL);

  if (!genesis_federated_generator_enter (generator, error))
    return NULL;
  sites = g_ptr_array_copy (generator->sites, (GCopyFunc)g_object_ref, NULL);
  g_ptr_array_set_free_func (sites, g_object_unref);
  genesis_federated_generator_leave (generator);
  synthetic = draw_aside (generator, genesis_table_get_n_rows (holdout), cancellable, error);
  if (synthetic == NULL || !pool_rows (sites, &real, cancellable, error))
    return NULL;
  evaluator = genesis_quality_evaluator_new (real != NULL ? real : holdout, synthetic);
  if (real != NULL)
    genesis_quality_evaluator_set_holdout (evaluator, holdout);
  genesis_quality_evaluator_set_schema (evaluator, genesis_table_get_schema (synthetic));
  return genesis_quality_evaluator_evaluate (evaluator, cancellable, error)
             ? g_steal_pointer (&evaluator)
             : NULL;
}
