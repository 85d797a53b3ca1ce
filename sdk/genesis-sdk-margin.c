/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-margin.h"

#include <string.h>

#include "genesis-sdk-memory.h"

int
genesis_sdk_margin_counts_fit (const int64_t *counts, uint64_t n)
{
  int64_t sum = 0;

  for (uint64_t i = 0; i < n; i++)
    {
      if (counts[i] <= 0)
        continue;
      if (counts[i] > GENESIS_SDK_MARGIN_MAX - sum)
        return 0;
      sum += counts[i];
    }
  return 1;
}

int
genesis_sdk_margin_sum (genesis_sdk_margin *self)
{
  self->present = 0;
  for (uint32_t i = 0; i < self->n_cells; i++)
    {
      if (self->count[i] < 0 || self->count[i] > GENESIS_SDK_MARGIN_MAX - self->present)
        return 0;
      self->present += self->count[i];
    }
  return self->missing >= 0 && self->missing <= GENESIS_SDK_MARGIN_MAX;
}

static int64_t
clip_count (int64_t count)
{
  return count > 0 ? count : 0;
}

static genesis_abi_status
init_numeric (genesis_sdk_margin *self, const genesis_abi_host *host,
              const genesis_sdk_column *column, const int64_t *starts, uint32_t n_cells,
              const int64_t *counts)
{
  int64_t *room = genesis_sdk_memory_scratch (host, 3 * (uint64_t)n_cells, sizeof *room);
  int64_t *lo = room, *hi = room + n_cells, *count = hi + n_cells;
  uint32_t n = 0;

  if (room == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t i = 0; i < n_cells; i++)
    {
      if (counts[i] <= 0)
        continue;
      lo[n] = starts[i];
      hi[n] = i + 1 < n_cells ? starts[i + 1] - 1 : column->hi;
      count[n++] = counts[i];
    }
  self->n_cells = n;
  self->lo = lo;
  self->hi = hi;
  self->count = count;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
init_category (genesis_sdk_margin *self, const genesis_abi_host *host, uint32_t n,
               const int64_t *counts)
{
  int64_t *count = genesis_sdk_memory_scratch (host, n, sizeof *count);

  if (count == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t i = 0; i < n; i++)
    count[i] = clip_count (counts[i]);
  self->n_cells = n;
  self->lo = self->hi = NULL;
  self->count = count;
  return GENESIS_ABI_OK;
}

genesis_abi_status
genesis_sdk_margin_init (genesis_sdk_margin *self, const genesis_abi_host *host,
                         const genesis_sdk_column *column, const int64_t *starts, uint32_t n,
                         const int64_t *counts)
{
  genesis_abi_status status = column->starts != NULL
                                  ? init_numeric (self, host, column, starts, n, counts)
                                  : init_category (self, host, n, counts);

  self->missing = column->gap >= 0 ? clip_count (counts[n]) : 0;
  if (status == GENESIS_ABI_OK)
    genesis_sdk_margin_sum (self);
  return status;
}

static int
are_cells (const genesis_sdk_column *column, const genesis_sdk_margin *margin)
{
  for (uint32_t i = 0; i < margin->n_cells; i++)
    {
      if (margin->lo[i] < column->lo || margin->hi[i] > column->hi || margin->lo[i] > margin->hi[i])
        return 0;
      if (i > 0 && margin->lo[i] <= margin->hi[i - 1])
        return 0;
    }
  return 1;
}

void
genesis_sdk_margin_read (genesis_sdk_margin *self, genesis_sdk_state_reader *from,
                         const genesis_sdk_column *column)
{
  const char *name = column->field->name;
  uint64_t n = (uint64_t)column->n_cells + 1;
  const int64_t *counts =
      genesis_sdk_state_take_integers (from, "counts:", name, column->starts == NULL ? n : 0, &n);

  if (counts == NULL)
    return;
  self->n_cells = (uint32_t)n - 1;
  self->count = counts;
  self->missing = counts[n - 1];
  self->lo = self->hi = NULL;
  if (column->starts != NULL && self->n_cells > 0)
    {
      self->lo = genesis_sdk_state_take_integers (from, "cells:", name, 2 * (n - 1), NULL);
      if (self->lo == NULL)
        return;
      self->hi = self->lo + self->n_cells;
      if (!are_cells (column, self))
        genesis_sdk_state_refuse (from, "cells:", name,
                                  "holds cells that overlap or leave the schema");
    }
  if (!genesis_sdk_margin_sum (self))
    genesis_sdk_state_refuse (from, "counts:", name, "holds counts that no table has");
}

void
genesis_sdk_margin_write (const genesis_sdk_margin *self, genesis_sdk_state_writer *to,
                          const genesis_sdk_column *column)
{
  uint64_t n = self->n_cells;
  int64_t *counts = genesis_sdk_state_make_room (to, n + 1);
  int64_t *cells = genesis_sdk_state_make_room (to, 2 * n);

  if (counts == NULL || cells == NULL)
    return;
  if (n > 0)
    memcpy (counts, self->count, n * sizeof *counts);
  counts[n] = self->missing;
  genesis_sdk_state_put_integers (to, "counts:", column->field->name, n + 1, counts);
  if (column->starts == NULL)
    return;
  if (n > 0)
    {
      memcpy (cells, self->lo, n * sizeof *cells);
      memcpy (cells + n, self->hi, n * sizeof *cells);
    }
  genesis_sdk_state_put_integers (to, "cells:", column->field->name, 2 * n, n > 0 ? cells : NULL);
}
