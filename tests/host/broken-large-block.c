/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Asks for more cells than a plan may have; their product does not even fit 64 bits. */
#include "broken-base.h"

static const uint64_t shape[] = { 1u << 24, 1u << 24, 1u << 24 };
static const genesis_abi_block_spec large_spec = {
  .struct_size = sizeof large_spec,
  .rank = 3,
  .name = "large",
  .shape = shape,
  .norm = GENESIS_ABI_NORM_L2,
  .group = 1,
  .unit = GENESIS_ABI_UNIT_RECORD,
  .sensitivity = 1,
  .hi = 1,
  .quantum = 1,
};
static const genesis_abi_block_spec *const specs[] = { &rows_spec, &large_spec };
static const genesis_abi_plan large_plan = {
  .struct_size = sizeof large_plan,
  .phase = 1,
  .n_specs = 2,
  .specs = specs,
};

static genesis_abi_status
plan (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan **next)
{
  *next = &large_plan;
  return GENESIS_ABI_OK;
}

#define PLAN plan
#include "broken-module.h"
