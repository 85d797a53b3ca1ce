/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-drawing-private.h"
#include "base/genesis-permutation-private.h"
#include "host/genesis-generator-private.h"

G_BEGIN_DECLS

/* What is drawn: read by all threads, written by none but for @n_mended and @n_redrawn, which count
   up. */
struct _GenesisDrawing
{
  GenesisModel *model;
  GenesisPlugin *plugin;
  GHashTable *settings;
  guint64 n_rows, n_chunks, seed;
  guint threads;
  guint64 *ends; /* row pi(i) is the first site's whose end is above it; NULL: the pooled model's */
  GenesisPermutation permutation;
  GenesisGenerator *generator; /* of the thread that calls */
  GenesisProgress *progress;   /* borrowed, or NULL */
  gsize n_mended, n_redrawn;   /* cells and rows, so that the schema's constraints are kept */
};

/* An instance for one thread, which may use so many threads itself. */
GenesisGenerator *genesis_drawing_new_generator (GenesisDrawing *self, guint threads,
                                                 GError **error);
GenesisTable *genesis_drawing_draw_chunk (GenesisDrawing *self, GenesisGenerator *generator,
                                          guint64 chunk, GCancellable *cancellable,
                                          const char ***site_of_row, GError **error);

G_END_DECLS
