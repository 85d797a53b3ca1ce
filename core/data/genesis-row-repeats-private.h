/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-records.h>

G_BEGIN_DECLS

/* Different rows that are told apart; beyond it every second one, then every fourth, and so on. */
#define GENESIS_ROW_REPEATS_MAX (1u << 20)

/**
 * GenesisRowRepeats:
 * @slots: open addressing over the rows' hashes
 * @n_held: slots in use
 * @depth: only rows whose hash ends in so many zero bits are held
 * @n_repeats: rows among those that another had before
 * @first, @twin: the first row that repeats another, and that other; 0: none
 *
 * How many rows of a table are the same as one before, in bounded memory: exact for up to
 * GENESIS_ROW_REPEATS_MAX different rows, beyond that estimated from the rows whose hash falls into
 * a public sample (adaptive sampling; Flajolet 1990). Rows are told apart by 64 bits: among a
 * million the chance that two different ones seem the same is 3e-8.
 */
typedef struct
{
  struct GenesisRowRepeatsSlot *slots;
  guint n_slots, n_held, depth;
  guint64 n_repeats, first, twin;
} GenesisRowRepeats;

GenesisRowRepeats *genesis_row_repeats_new (void);
void genesis_row_repeats_free (GenesisRowRepeats *self);
/* number: of the line or row, for whoever asks which was the first. */
void genesis_row_repeats_add (GenesisRowRepeats *self, const GenesisCell *cells, guint n,
                              guint64 number);
/* Rows that repeat one before; exact says whether they were all held. */
guint64 genesis_row_repeats_count (const GenesisRowRepeats *self, gboolean *exact);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRowRepeats, genesis_row_repeats_free)

G_END_DECLS
