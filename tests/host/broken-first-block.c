/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Does not ask for rows first. */
#include "broken-base.h"

static const genesis_abi_block_spec count_spec = {
  .struct_size = sizeof count_spec,
  .rank = 1,
  .name = "count",
  .shape = one_cell,
  .norm = GENESIS_ABI_NORM_L2,
  .unit = GENESIS_ABI_UNIT_RECORD,
  .flags = GENESIS_ABI_BLOCK_COUNTS,
  .sensitivity = 1,
  .hi = 1,
  .quantum = 1,
};
static const genesis_abi_block_spec *const specs[] = { &count_spec };
static const genesis_abi_plan count_plan = {
  .struct_size = sizeof count_plan,
  .phase = 1,
  .n_specs = 1,
  .specs = specs,
};

static genesis_abi_status
plan (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan **next)
{
  *next = &count_plan;
  return GENESIS_ABI_OK;
}

#define PLAN plan
#include "broken-module.h"
