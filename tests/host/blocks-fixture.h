/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-blocks-private.h"

static const guint64 one_cell[] = { 1 };
static const guint64 three_cells[] = { 3 };
static const genesis_abi_session session = {
  .struct_size = sizeof session,
  .n_sites = 1,
  .unit = GENESIS_ABI_UNIT_RECORD,
  .rounds = 5,
  .n_max = 1 << 29,
  .max_weight_q20 = 1 << 20,
};

/* rows; counts of three cells that total the rows; sums of three cells between -10 and 20 a
   record */
static inline GenesisPlan *
make_plan (void)
{
  static const genesis_abi_block_spec rows = {
    .struct_size = sizeof rows,
    .rank = 1,
    .name = "rows",
    .shape = one_cell,
    .norm = 2,
    .unit = 1,
    .flags = 1,
    .sensitivity = 1,
    .hi = 1,
    .quantum = 1,
  };
  static const genesis_abi_block_spec counts = {
    .struct_size = sizeof counts,
    .rank = 1,
    .name = "counts",
    .shape = three_cells,
    .norm = 2,
    .group = 1,
    .unit = 1,
    .flags = 1,
    .sensitivity = 1,
    .hi = 1,
    .quantum = 1,
  };
  static const genesis_abi_block_spec sums = {
    .struct_size = sizeof sums,
    .rank = 1,
    .name = "a sum",
    .shape = three_cells,
    .norm = 2,
    .group = 2,
    .unit = 1,
    .sensitivity = 40,
    .lo = -10,
    .hi = 20,
    .quantum = 1,
  };
  static const genesis_abi_block_spec *const specs[] = { &rows, &counts, &sums };
  static const genesis_abi_plan plan = {
    .struct_size = sizeof plan,
    .phase = 1,
    .n_specs = 3,
    .specs = specs,
  };
  g_autoptr (GError) error = NULL;
  GenesisPlan *copy = genesis_plan_new_copy (&plan, &session, &error);

  g_assert_no_error (error);
  return copy;
}

static inline GenesisBlocks *
make_partial (GenesisPlan *plan, gint64 rows, gint64 a, gint64 b, gint64 c, gint64 sum)
{
  GenesisBlocks *blocks = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  genesis_abi_sums *sums = genesis_blocks_get_sums (blocks);

  sums->data[0][0] = rows;
  sums->data[1][0] = a;
  sums->data[1][1] = b;
  sums->data[1][2] = c;
  sums->data[2][0] = sum;
  return blocks;
}
