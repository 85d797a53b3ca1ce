/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-federated-generator.h>

#include "federation/genesis-model-private.h"

G_BEGIN_DECLS

/**
 * GenesisDrawing:
 *
 * Rows of a model: decides by largest remainder how many rows each site gives, by a keyed permutation which, and makes
 * any chunk of 65,536 rows alone. Same bytes for any number of threads and however the rows are asked for.
 */
typedef struct _GenesisDrawing GenesisDrawing;

typedef gboolean (*GenesisDrawnChunkFunc) (GenesisTable *chunk, const char *const *site_of_row, gpointer user_data,
                                           GError **error);

/* weights: site name -> double*, for WEIGHTED (required) only. threads at least 1. */
GenesisDrawing *genesis_drawing_new      (GenesisModel *model, GenesisPlugin *generator, guint64 n_rows,
                                          GenesisStrategy strategy, GHashTable *weights, guint64 seed, guint threads,
                                          GError **error);
void            genesis_drawing_free     (GenesisDrawing *self);
guint64         genesis_drawing_get_n_chunks (GenesisDrawing *self);
/* Calls func with every chunk in order; draws ahead on threads. site_of_row is NULL when the pooled model draws. */
gboolean        genesis_drawing_foreach  (GenesisDrawing *self, GenesisDrawnChunkFunc func, gpointer user_data,
                                          GCancellable *cancellable, GError **error);
/* "pooled" or "site-models": which was done, for the metadata. */
const char     *genesis_drawing_get_origin (GenesisDrawing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisDrawing, genesis_drawing_free)

G_END_DECLS
