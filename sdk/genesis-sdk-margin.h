/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "genesis-sdk-column.h"
#include "genesis-sdk-state.h"

/**
 * genesis_sdk_margin: one column's cells with their counts, ascending and disjoint; [lo, hi]
 * inclusive, in units of the column. A numeric margin lists populated cells only; of a category
 * column cell i is code i, lo and hi are NULL.
 */
typedef struct
{
  uint32_t n_cells;
  const int64_t *lo, *hi, *count;
  int64_t missing, present; /* present: sum of count */
} genesis_sdk_margin;

/* Counts as they come, in at most 61 bits: sums of a few, and products in 128 bits, cannot wrap. */
#define GENESIS_SDK_MARGIN_MAX (INT64_C (1) << 61)

/* Whether the counts, negative ones taken for 0, add up to at most GENESIS_SDK_MARGIN_MAX. */
int genesis_sdk_margin_counts_fit (const int64_t *counts, uint64_t n);

/* Sets present. Returns 0 when the counts are negative or their sum leaves 61 bits. */
int genesis_sdk_margin_sum (genesis_sdk_margin *self);

/* A margin, in memory of the call, from counts that fit: n cells, and one more for missing ones
   when the column has gaps. Cell i of a numeric column begins at starts[i] and ends before the
   next; starts is not used for a category. Negative counts, which only noise makes, are empty. */
genesis_abi_status genesis_sdk_margin_init (genesis_sdk_margin *self, const genesis_abi_host *host,
                                            const genesis_sdk_column *column, const int64_t *starts,
                                            uint32_t n, const int64_t *counts);

/* A margin is two blocks of a state: "counts:<column>", the last entry being the missing ones, and
   for a numeric column with any cells "cells:<column>", first and last units. Every value that is
   read is checked against the column. */
void genesis_sdk_margin_read (genesis_sdk_margin *self, genesis_sdk_state_reader *from,
                              const genesis_sdk_column *column);
void genesis_sdk_margin_write (const genesis_sdk_margin *self, genesis_sdk_state_writer *to,
                               const genesis_sdk_column *column);
