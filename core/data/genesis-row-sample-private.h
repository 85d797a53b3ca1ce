/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-records.h>

G_BEGIN_DECLS

/* Rows that are kept at most, and cells in all. */
#define GENESIS_ROW_SAMPLE_ROWS  16384u
#define GENESIS_ROW_SAMPLE_CELLS (1u << 21)
/* Longer texts are no numbers and no dates. */
#define GENESIS_ROW_SAMPLE_TEXT 48u

/**
 * GenesisRowSample:
 * @depth: only rows whose number hashes to so many zero bits are kept
 * @offsets: of each cell in @texts, n_columns to a row
 *
 * The texts of some rows of a stream, in bounded memory: for pictures of columns that have too many
 * different values to be held. Which rows depends on their numbers alone, so the same table gives
 * the same sample.
 */
typedef struct
{
  guint n_columns, max_rows, depth;
  guint64 n_seen;
  GArray *numbers; /* guint64: of the rows */
  GArray *offsets; /* guint32 */
  GByteArray *texts;
} GenesisRowSample;

GenesisRowSample *genesis_row_sample_new (guint n_columns);
void genesis_row_sample_free (GenesisRowSample *self);
void genesis_row_sample_add (GenesisRowSample *self, const GenesisCell *cells);
guint genesis_row_sample_get_n_rows (const GenesisRowSample *self);
/* The text of a cell; of no bytes when it was empty or too long. */
const char *genesis_row_sample_get (const GenesisRowSample *self, guint row, guint column,
                                    gsize *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRowSample, genesis_row_sample_free)

G_END_DECLS
