/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-column-watch-private.h"
#include "data/genesis-missing-patterns-private.h"
#include "data/genesis-row-repeats-private.h"
#include "data/genesis-row-sample-private.h"
#include "data/genesis-schema-draft-private.h"

G_BEGIN_DECLS

/**
 * GenesisTableWatch:
 * @markers: of missing cells
 * @has_lines: whether rows are told by the lines of a file, else by their numbers
 *
 * What is seen of a table while its draft is made, in one pass and bounded memory.
 */
typedef struct
{
  GenesisRecords *records;
  const char *const *markers;
  guint n;
  gboolean has_lines;
  guint64 n_rows;
  GenesisColumnWatch *columns;
  GenesisRowRepeats *repeats;
  GenesisRowSample *sample;
  GenesisMissingPatterns *patterns;
} GenesisTableWatch;

/* Adds all records to draft, which knows no file, and watches. NULL with error. */
GenesisTableWatch *genesis_table_watch_run (GenesisSchemaDraft *draft, GenesisRecords *records,
                                            GCancellable *cancellable, GError **error);
void genesis_table_watch_free (GenesisTableWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisTableWatch, genesis_table_watch_free)

G_END_DECLS
