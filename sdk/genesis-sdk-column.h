/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

#include "genesis-sdk-search.h"

/* As many cells as a numeric column has at most without noise. */
#define GENESIS_SDK_COLUMN_CELLS 4096u

/**
 * genesis_sdk_column: what the schema alone says about a column. Values are looked at as integers
 * in [lo, hi]: INT the stored integer, CATEGORY the code, REAL the number of whole units above the
 * lower bound, one unit being 2^-32 of the width of the bounds.
 */
typedef struct
{
  const genesis_abi_field *field;
  uint32_t index, type;
  int64_t lo, hi;
  double unit,
      per_unit;     /* REAL: width of a unit and its inverse; 0 and 0 when the bounds coincide */
  uint32_t n_cells; /* of round 1; CATEGORY: levels */
  int64_t *starts;  /* n_cells; NULL for CATEGORY */
  int32_t gap;      /* place among the columns that may be missing, or -1 */
} genesis_sdk_column;

/* starts: room for max_cells, not used for CATEGORY. gap begins as -1: the caller numbers the
   columns that may be missing. Returns NULL, or what is wrong with the field. */
const char *genesis_sdk_column_init (genesis_sdk_column *self, const genesis_abi_field *field,
                                     uint32_t index, uint32_t max_cells, int64_t *starts);

/* The same where no second round will tell more. Of a range that is wider than max_cells units the
   lowest unit, the highest one and the one that 0 lies in get a cell each: caps and zeros are the
   spikes that can be told without looking at rows. Fewer than 16 cells are not spent on them. */
const char *genesis_sdk_column_init_with_spikes (genesis_sdk_column *self,
                                                 const genesis_abi_field *field, uint32_t index,
                                                 uint32_t max_cells, int64_t *starts);

/* Rows [first, first + n) of a view as integers; present gets 1 or 0 for each. units of missing
   cells are lo. Returns NULL, or what is wrong with the data. */
const char *genesis_sdk_column_read (const genesis_sdk_column *self, const genesis_abi_column *view,
                                     uint64_t first, uint32_t n, int64_t *units, uint8_t *present);

/* Writes the value that lies fraction in [0, 1) into [lo, hi] (units, inclusive) as row of out. */
void genesis_sdk_column_write (const genesis_sdk_column *self, genesis_abi_column_out *out,
                               uint64_t row, int64_t lo, int64_t hi, double fraction);

/* Makes the look-up of a column that n_values will be asked of: value -> last i with starts[i] <=
   value. Its table, where one pays, is memory of the call. */
genesis_abi_status genesis_sdk_column_prepare (const genesis_sdk_column *self,
                                               const genesis_abi_host *host, const int64_t *starts,
                                               uint32_t n, uint64_t n_values,
                                               genesis_sdk_locator *locator);

/* Counts n values, as read, in the cells of the column; missing ones in one more. locator: prepared
   with the column's starts, not used for CATEGORY; cells: workspace of n entries. */
void genesis_sdk_column_count (const genesis_sdk_column *self, const genesis_sdk_locator *locator,
                               const int64_t *units, const uint8_t *present, uint32_t n,
                               uint32_t *cells, int64_t *counts);

/* The double with the fewest decimals in [a, b]; a when there is none with 17. */
double genesis_sdk_column_shorten (double a, double b);
