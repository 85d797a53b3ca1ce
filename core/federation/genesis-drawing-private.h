/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-federated-generator.h>

#include "federation/genesis-model-private.h"
#include "federation/genesis-progress-private.h"

G_BEGIN_DECLS

/**
 * GenesisDrawing:
 *
 * Rows of a model: decides by largest remainder how many rows each site gives, by a keyed
 * permutation which, and makes any chunk of 65,536 rows alone. Same bytes for any number of threads
 * and however the rows are asked for. One call at a time.
 */
typedef struct _GenesisDrawing GenesisDrawing;

typedef gboolean (*GenesisDrawnChunkFunc) (GenesisTable *chunk, const char *const *site_of_row,
                                           gpointer user_data, GError **error);

/* weights: site name -> double*, for WEIGHTED (required) only; a site that is not named has weight
   0. threads at least 1. Shares: PROPORTIONAL n_rows * weight of the site, UNIFORM 1. PROPORTIONAL
   without site models draws from the pooled model; UNIFORM and WEIGHTED are then INVALID_CONFIG. So
   are: an unknown, negative or infinite weight, weights that are all 0, another generator than the
   model's or another state version. */
GenesisDrawing *genesis_drawing_new (GenesisModel *model, GenesisPlugin *generator, guint64 n_rows,
                                     GenesisStrategy strategy, GHashTable *weights, guint64 seed,
                                     guint threads, GError **error);
void genesis_drawing_free (GenesisDrawing *self);
/* Calls func, in the calling thread, with every chunk in order; 0 rows: never. Draws at most 2 *
   threads chunks ahead on threads. Of several failures the one of the first chunk is told;
   cancelled: G_IO_ERROR_CANCELLED. site_of_row: one name a row, borrowed for the call; NULL when
   the pooled model draws. */
gboolean genesis_drawing_foreach (GenesisDrawing *self, GenesisDrawnChunkFunc func,
                                  gpointer user_data, GCancellable *cancellable, GError **error);
/* Chunk alone: the same rows as foreach gives. site_of_row: (out) (optional) (transfer container),
   names borrowed from the model. */
GenesisTable *genesis_drawing_make_chunk (GenesisDrawing *self, guint64 chunk,
                                          GCancellable *cancellable, const char ***site_of_row,
                                          GError **error);
/* progress: borrowed, told in the thread that calls foreach; NULL: nobody listens. */
void genesis_drawing_set_progress (GenesisDrawing *self, GenesisProgress *progress);
/* Whether there are constraints; cells that were written and rows that were drawn anew, so far, to
   keep them. */
gboolean genesis_drawing_get_effort (GenesisDrawing *self, guint64 *n_mended, guint64 *n_redrawn);
/* "pooled" or "site-models": which was done, for the metadata. */
const char *genesis_drawing_get_origin (GenesisDrawing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisDrawing, genesis_drawing_free)

G_END_DECLS
