/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-search.h"

int
genesis_sdk_locator_wants_table (int64_t first, int64_t last, uint64_t n_values)
{
  uint64_t width = (uint64_t)last - (uint64_t)first;

  return width < GENESIS_SDK_LOCATOR_TABLE && width < 4 * n_values;
}

void
genesis_sdk_locator_init (genesis_sdk_locator *self, const int64_t *starts, uint32_t n,
                          int64_t first, int64_t last, uint32_t *table)
{
  uint32_t bin = 0;

  self->starts = starts;
  self->n = n;
  self->first = first;
  self->last = last;
  self->table = table;
  if (table == NULL)
    return;
  for (uint64_t i = 0; i <= (uint64_t)last - (uint64_t)first; i++)
    {
      while (bin + 1 < n && starts[bin + 1] <= first + (int64_t)i)
        bin++;
      table[i] = bin;
    }
}

void
genesis_sdk_locator_find (const genesis_sdk_locator *self, const int64_t *values, size_t n_values,
                          uint32_t *bins)
{
  if (self->table == NULL)
    {
      for (size_t i = 0; i < n_values; i++)
        bins[i] = genesis_sdk_search (self->starts, self->n, values[i]);
      return;
    }
  for (size_t i = 0; i < n_values; i++)
    bins[i] = self->table[values[i] - self->first];
}
