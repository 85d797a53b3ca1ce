/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "training.h"

#define NOISY_ROWS    20000u
#define NOISY_COLUMNS 12u

/**
 * NoisyHistogram: histogram under noise over a table of four columns of five levels (0 to 3), four
 * booleans of which a tenth is missing (4 to 7), four numbers of a bell on 0..199 (8 to 11); names
 * c00 to c11. Seeds are fixed; with a fresh one each assertion of a test would fail a right plugin
 * with the probability that it states.
 */
typedef struct
{
  GenesisTable *table;
  Training *training;
} NoisyHistogram;

/* mu2: the budget of the run, which its noise spends. */
void noisy_histogram_init (NoisyHistogram *self, double mu2, guint64 seed);
void noisy_histogram_clear (NoisyHistogram *self);

/* The state after a total with fresh noise. */
GenesisBlocks *noisy_histogram_fit (NoisyHistogram *self);

const gint64 *noisy_histogram_get_counts (GenesisBlocks *state, guint column, guint64 *n);
gint64 noisy_histogram_get_rows (GenesisBlocks *state);
/* Every column's cells and missing ones add up to the same number of records. */
void noisy_histogram_assert_consistent (GenesisBlocks *state);
