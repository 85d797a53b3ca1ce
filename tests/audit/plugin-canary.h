/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/* What org.example.canary asks for, known to the plugin and to who attacks its totals. */

#define CANARY_BLOCKS 5u
#define CANARY_CELLS  13u /* of all blocks */

typedef struct
{
  const char *name;
  uint32_t group, norm, n_cells;
  double bound, share; /* of the group: what one record may add, and its part of a round */
  double largest;
  int64_t cells[4]; /* what a canary adds */
} CanaryBlock;

/* Together the cells of a group reach its bound: |(1, -1, 1, 1)|_2 = 2; |(2, 1)|_1 = 3 is reached
   in Euclid's norm by (3, 0) alone; |(5, -5, 5, -5)|_inf = 5, in Euclid's norm 10. */
static const CanaryBlock canary_blocks[CANARY_BLOCKS] = {
  { "rows", 0, GENESIS_ABI_NORM_L2, 1, 1, .1, 1, { 1 } },
  { "ones", 1, GENESIS_ABI_NORM_L2, 3, 2, .2, 1, { 1, -1, 1 } },
  { "one", 1, GENESIS_ABI_NORM_L2, 1, 2, .2, 1, { 1 } },
  { "step", 2, GENESIS_ABI_NORM_L1, 4, 3, .3, 3, { 0, 3, 0, 0 } },
  { "ends", 3, GENESIS_ABI_NORM_LINF, 4, 5, .4, 5, { 5, -5, 5, -5 } },
};

/* "minus", "none", "plus", as codes */
static const int64_t canary_signs[] = { -1, 0, 1 };
