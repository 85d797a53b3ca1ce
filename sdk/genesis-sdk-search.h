/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* The last i with starts[i] <= value, or 0 when there is none. starts ascends, n >= 1. No branch
   depends on the data: the loop runs log2 n times for every value. */
static inline uint32_t
genesis_sdk_search (const int64_t *starts, uint32_t n, int64_t value)
{
  uint32_t base = 0;

  while (n > 1)
    {
      uint32_t half = n / 2;

      base += (starts[base + half] <= value) ? half : 0;
      n -= half;
    }
  return base;
}

/**
 * genesis_sdk_locator: finds the bins of many values of one column. A narrow column gets a table
 * with one entry a unit, others the search above.
 */
typedef struct
{
  const int64_t *starts;
  uint32_t n;
  int64_t first, last; /* the table covers [first, last] */
  uint32_t *table;     /* NULL: search */
} genesis_sdk_locator;

#define GENESIS_SDK_LOCATOR_TABLE 16384u

/* Whether a table pays for n_values look-ups into [first, last]. */
int genesis_sdk_locator_wants_table (int64_t first, int64_t last, uint64_t n_values);
/* table: room for last - first + 1 entries, or NULL to search. */
void genesis_sdk_locator_init (genesis_sdk_locator *self, const int64_t *starts, uint32_t n,
                               int64_t first, int64_t last, uint32_t *table);
void genesis_sdk_locator_find (const genesis_sdk_locator *self, const int64_t *values,
                               size_t n_values, uint32_t *bins);
