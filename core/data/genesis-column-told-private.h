/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-column-facts-private.h"
#include "data/genesis-text-index-private.h"

G_BEGIN_DECLS

/**
 * GenesisColumnTold:
 * @facts: kinds that reach the minimum cell; every count a multiple of it, and ends that are edges
 *   of the public grid
 * @spellings: texts that reach the minimum cell, with such counts; only of columns that hold words
 * @n_held_back: cells whose spelling is not told: all, of columns that hold no words
 * @n_different: different texts beside @spellings
 * @n_sequence: cells at sites where all differ and are evenly spaced
 * @n_untold: cells of kinds that do not reach the minimum cell, and are not in @facts
 * @n_beyond: cells beyond the ends that are told
 *
 * What sites tell of a column that hold back what too few of their rows share. Merging is
 * commutative and associative.
 */
typedef struct
{
  GenesisColumnFacts *facts;
  GenesisTextIndex *spellings;
  guint64 n_held_back, n_different, n_sequence, n_untold, n_beyond;
} GenesisColumnTold;

GenesisColumnTold *genesis_column_told_new (void);
void genesis_column_told_free (GenesisColumnTold *self);
void genesis_column_told_merge (GenesisColumnTold *self, const GenesisColumnTold *other);
/* Texts with their counts among the spellings. */
void genesis_column_told_add_spellings (GenesisColumnTold *self, const GenesisTextIndex *texts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisColumnTold, genesis_column_told_free)

/* The next multiple of the minimum cell. */
static inline guint64
genesis_column_told_round (guint64 n, guint64 min_cell)
{
  return (n + min_cell - 1) / min_cell * min_cell;
}

/* The outer ends of a histogram over the public grid: outward to the next block of cells, at most
   an octave wide, that holds min_cell values, or to the octave's edge when three more octaves do.
   What lies alone further out is not told, and counted; towards zero the end is then zero. */
void genesis_column_told_find_ends (GHashTable *grid, guint64 min_cell, gint32 *first, gint32 *last,
                                    guint64 *n_beyond);

G_END_DECLS
