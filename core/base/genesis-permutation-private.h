/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Few values need many rounds before every order of them is equally likely; they cost nothing
   there. */
#define GENESIS_PERMUTATION_ROUNDS       8
#define GENESIS_PERMUTATION_ROUNDS_SMALL 48
#define GENESIS_PERMUTATION_SMALL        4096u

/* Larger tables are nobody's: the product of the two sides must fit into 64 bits. */
#define GENESIS_PERMUTATION_MAX (G_GUINT64_CONSTANT (1) << 60)

/**
 * GenesisPermutation:
 *
 * A keyed permutation of [0, n) that is computed, not stored: an alternating Feistel network over
 * Z_a x Z_b (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002), a = ceil
 * (sqrt (n)), b = ceil (n / a), with cycle walking over the fewer than a surplus values. Immutable
 * after init: threads may share it.
 */
typedef struct
{
  guint64 n, a, b;
  guint n_rounds;
  guint64 keys[GENESIS_PERMUTATION_ROUNDS_SMALL];
} GenesisPermutation;

/* n: 1 to GENESIS_PERMUTATION_MAX. Equal seed and n give the same permutation. */
void genesis_permutation_init (GenesisPermutation *self, guint64 seed, guint64 n);
guint64 genesis_permutation_apply (const GenesisPermutation *self, guint64 i);
guint64 genesis_permutation_invert (const GenesisPermutation *self, guint64 i);

G_END_DECLS
