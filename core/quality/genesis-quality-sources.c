/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>
#include <genesis/genesis-schema-draft.h>

#include "data/genesis-table-private.h"
#include "quality/genesis-quality-evaluator-private.h"
#include "quality/genesis-wide-schema-private.h"

/* An evaluator of tables that are still to be read. */

/* One schema over all tables, so that no column is a number in one and a category in another. */
static GenesisSchema *
draft_schema (GenesisSource *const *sources, guint n_sources, const char *const *missing_markers,
              const char *date_order, GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (missing_markers);

  if (date_order != NULL && !genesis_schema_draft_set_date_order (draft, date_order, error))
    return NULL;
  for (guint i = 0; i < n_sources; i++)
    if (!genesis_source_draft (sources[i], draft, cancellable, error))
      return NULL;
  return genesis_schema_draft_conclude (draft, error);
}

static gboolean
keep_chunk (GenesisTable *chunk, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, g_object_ref (chunk));
  return TRUE;
}

static GenesisTable *
load (GenesisSource *source, GenesisSchema *schema, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) chunks = g_ptr_array_new_with_free_func (g_object_unref);

  if (!genesis_source_foreach_chunk (source, schema, keep_chunk, chunks, cancellable, error))
    return NULL;
  return genesis_table_concat (schema, chunks);
}

/**
 * genesis_quality_evaluator_new_for_sources:
 * @real: the rows that the generator was trained on
 * @synthetic: the rows that are judged
 * @holdout: (nullable): real rows that the generator has never seen
 * @schema: (nullable): what the columns are and what a row must be; values outside are counted, not
 *   refused. %NULL: a schema is drafted from all the tables
 * @missing_markers: (nullable) (array zero-terminated=1): without a schema, spellings of a missing
 *   cell beside the empty one
 * @date_order: (nullable): without a schema, "DMY", "MDY" or "YMD" for dates that have two readings
 * @cancellable: (nullable): to stop between rows
 * @error: as of the sources and the draft
 *
 * Reads all tables, each of them more than once.
 *
 * Returns: (transfer full) (nullable): an evaluator
 */
GenesisQualityEvaluator *
genesis_quality_evaluator_new_for_sources (GenesisSource *real, GenesisSource *synthetic,
                                           GenesisSource *holdout, GenesisSchema *schema,
                                           const char *const *missing_markers,
                                           const char *date_order, GCancellable *cancellable,
                                           GError **error)
{
  GenesisSource *const sources[] = { real, synthetic, holdout };
  const guint n_sources = holdout != NULL ? 3 : 2;
  g_autoptr (GenesisTable) training = NULL;
  g_autoptr (GenesisTable) judged = NULL;
  g_autoptr (GenesisTable) held = NULL;
  g_autoptr (GenesisSchema) wide = NULL;

  g_return_val_if_fail (GENESIS_IS_SOURCE (real), NULL);
  g_return_val_if_fail (GENESIS_IS_SOURCE (synthetic), NULL);
  g_return_val_if_fail (holdout == NULL || GENESIS_IS_SOURCE (holdout), NULL);
  g_return_val_if_fail (schema == NULL || GENESIS_IS_SCHEMA (schema), NULL);

  wide = schema != NULL
             ? genesis_wide_schema_new (schema, sources, n_sources, cancellable, error)
             : draft_schema (sources, n_sources, missing_markers, date_order, cancellable, error);
  if (wide == NULL)
    return NULL;
  training = load (real, wide, cancellable, error);
  if (training == NULL)
    return NULL;
  judged = load (synthetic, wide, cancellable, error);
  if (judged == NULL)
    return NULL;
  if (holdout != NULL)
    {
      held = load (holdout, wide, cancellable, error);
      if (held == NULL)
        return NULL;
    }
  return g_object_new (GENESIS_TYPE_QUALITY_EVALUATOR, "real", training, "synthetic", judged,
                       "holdout", held, "schema", schema, NULL);
}
