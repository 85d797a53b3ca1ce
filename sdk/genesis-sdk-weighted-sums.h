/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

#include "genesis-sdk-fixed-point.h"

/**
 * What a linear aggregator keeps of an open round: every cell as weight x cell in 128 bits, a
 * weight being a whole number of 2^-20, divided once at the end, rounding half up. Memory is one
 * accumulator, whatever the number of sites. Zero it before the first use.
 */
typedef struct genesis_sdk_weighted_sums
{
  const genesis_abi_host *host; /* NULL: no round is open */
  uint32_t n_blocks, n_sites, capacity;
  uint64_t *block_cells;    /* n_blocks */
  genesis_sdk_int128 *sums; /* of all cells, in plan order */
  uint32_t *sites;          /* n_sites: whose partials were added */
} genesis_sdk_weighted_sums;

/* Forgets an open round and starts one of this plan. On failure none is open. */
genesis_abi_status genesis_sdk_weighted_sums_open (genesis_sdk_weighted_sums *self,
                                                   const genesis_abi_host *host,
                                                   const genesis_abi_plan *plan);

/* Adds one site's partial. E_DATA: another shape than was asked, or a site's second answer;
   E_OVERFLOW: a sum leaves 128 bits, and the round is of no use any more. */
genesis_abi_status genesis_sdk_weighted_sums_add (genesis_sdk_weighted_sums *self,
                                                  const genesis_abi_partial *partial);

/* Writes the sums into total and ends the round, whatever comes of it. E_QUORUM: fewer than
   min_sites were added. */
genesis_abi_status genesis_sdk_weighted_sums_close (genesis_sdk_weighted_sums *self,
                                                    uint32_t min_sites, genesis_abi_sums *total);

/* Frees what an open round holds; nothing when none is open. */
void genesis_sdk_weighted_sums_clear (genesis_sdk_weighted_sums *self);
