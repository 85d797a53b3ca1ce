/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "genesis-sdk-margin.h"

#include "histogram-generator.h"

/**
 * histogram_state: a state as the plugin looks at it: the block "histogram" (version, whether
 * noise was taken off, rows) and the margin of every column.
 */
typedef struct
{
  int is_trained;
  int64_t rows;
  genesis_sdk_margin *margins; /* n_columns */
} histogram_state;

/* Every size and every value is checked: a state may come from a file of an enemy. */
genesis_abi_status histogram_state_read (const genesis_abi_gen *gen,
                                         const genesis_abi_blocks *blocks, histogram_state *self);
/* An empty state with room for all columns. */
genesis_abi_status histogram_state_init (const genesis_abi_gen *gen, histogram_state *self);
genesis_abi_status histogram_state_write (const genesis_abi_gen *gen, const histogram_state *self);
