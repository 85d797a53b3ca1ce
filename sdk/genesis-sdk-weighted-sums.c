/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "genesis-sdk-weighted-sums.h"

#include <string.h>

#include "genesis-sdk-fail.h"

static void
give_back (const genesis_abi_host *host, void *memory)
{
  if (memory != NULL)
    host->free (host->ctx, memory);
}

void
genesis_sdk_weighted_sums_clear (genesis_sdk_weighted_sums *self)
{
  if (self->host != NULL)
    {
      give_back (self->host, self->block_cells);
      give_back (self->host, self->sums);
      give_back (self->host, self->sites);
    }
  memset (self, 0, sizeof *self);
}

static uint64_t
count_cells (const genesis_abi_block_spec *spec)
{
  uint64_t n = 1;

  for (uint32_t i = 0; i < spec->rank; i++)
    n *= spec->shape[i];
  return n;
}

genesis_abi_status
genesis_sdk_weighted_sums_open (genesis_sdk_weighted_sums *self, const genesis_abi_host *host,
                                const genesis_abi_plan *plan)
{
  uint64_t n_cells = 0;

  genesis_sdk_weighted_sums_clear (self);
  self->host = host;
  self->n_blocks = plan->n_specs;
  self->block_cells = host->alloc (host->ctx, (plan->n_specs + 1) * sizeof *self->block_cells);
  if (self->block_cells != NULL)
    {
      for (uint32_t i = 0; i < plan->n_specs; i++)
        n_cells += self->block_cells[i] = count_cells (plan->specs[i]);
      self->sums = host->alloc (host->ctx, (n_cells + 1) * sizeof *self->sums);
    }
  if (self->sums == NULL)
    {
      genesis_sdk_weighted_sums_clear (self);
      return GENESIS_ABI_E_NOMEM;
    }
  memset (self->sums, 0, n_cells * sizeof *self->sums);
  return GENESIS_ABI_OK;
}

static genesis_abi_status
note_site (genesis_sdk_weighted_sums *self, uint32_t site)
{
  for (uint32_t i = 0; i < self->n_sites; i++)
    if (self->sites[i] == site)
      return genesis_sdk_fail (self->host, GENESIS_ABI_E_DATA, NULL,
                               "site %u has answered already; every site counts once",
                               (unsigned)site);
  if (self->n_sites == self->capacity)
    {
      uint32_t capacity = self->capacity > 0 ? 2 * self->capacity : 16;
      uint32_t *sites = self->host->alloc (self->host->ctx, capacity * sizeof *sites);

      if (sites == NULL)
        return GENESIS_ABI_E_NOMEM;
      if (self->n_sites > 0)
        memcpy (sites, self->sites, self->n_sites * sizeof *sites);
      give_back (self->host, self->sites);
      self->sites = sites;
      self->capacity = capacity;
    }
  self->sites[self->n_sites++] = site;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
check_partial (const genesis_sdk_weighted_sums *self, const genesis_abi_partial *partial)
{
  const genesis_abi_blocks *blocks = partial->blocks;

  if (blocks->n != self->n_blocks)
    return genesis_sdk_fail (self->host, GENESIS_ABI_E_DATA, NULL,
                             "site %u answered %u blocks, %u were asked", (unsigned)partial->site,
                             (unsigned)blocks->n, (unsigned)self->n_blocks);
  for (uint32_t i = 0; i < blocks->n; i++)
    if (blocks->items[i]->dtype != GENESIS_ABI_I64 || blocks->items[i]->n != self->block_cells[i]
        || blocks->items[i]->shift != 0)
      return genesis_sdk_fail (self->host, GENESIS_ABI_E_DATA, blocks->items[i]->name,
                               "site %u answered with another type or size than was asked",
                               (unsigned)partial->site);
  return GENESIS_ABI_OK;
}

genesis_abi_status
genesis_sdk_weighted_sums_add (genesis_sdk_weighted_sums *self, const genesis_abi_partial *partial)
{
  genesis_sdk_int128 *sum = self->sums;
  genesis_abi_status status;

  if (self->host == NULL)
    return GENESIS_ABI_E_INTERNAL;
  status = check_partial (self, partial);
  if (status == GENESIS_ABI_OK)
    status = note_site (self, partial->site);
  if (status != GENESIS_ABI_OK)
    return status;
  for (uint32_t i = 0; i < self->n_blocks; i++)
    {
      const int64_t *cells = partial->blocks->items[i]->data;

      for (uint64_t k = 0; k < self->block_cells[i]; k++)
        if (!genesis_sdk_fixed_point_add (sum++, partial->weight_q20, cells[k]))
          return genesis_sdk_fail (self->host, GENESIS_ABI_E_OVERFLOW,
                                   partial->blocks->items[i]->name,
                                   "a weighted sum leaves 128 bits; use smaller weights");
    }
  return GENESIS_ABI_OK;
}

static genesis_abi_status
write_total (const genesis_sdk_weighted_sums *self, genesis_abi_sums *total)
{
  const genesis_sdk_int128 *sum = self->sums;

  if (total->n != self->n_blocks)
    return genesis_sdk_fail (self->host, GENESIS_ABI_E_INTERNAL, NULL,
                             "the total has %u blocks, the plan %u", (unsigned)total->n,
                             (unsigned)self->n_blocks);
  for (uint32_t i = 0; i < total->n; i++)
    for (uint64_t k = 0; k < self->block_cells[i]; k++)
      if (!genesis_sdk_fixed_point_close (*sum++, &total->data[i][k]))
        return genesis_sdk_fail (self->host, GENESIS_ABI_E_OVERFLOW, NULL,
                                 "a sum of block %u leaves 64 bits; use smaller weights",
                                 (unsigned)i);
  return GENESIS_ABI_OK;
}

genesis_abi_status
genesis_sdk_weighted_sums_close (genesis_sdk_weighted_sums *self, uint32_t min_sites,
                                 genesis_abi_sums *total)
{
  genesis_abi_status status;

  if (self->host == NULL)
    return GENESIS_ABI_E_INTERNAL;
  if (self->n_sites < min_sites)
    status =
        genesis_sdk_fail (self->host, GENESIS_ABI_E_QUORUM, NULL,
                          "%u sites answered, min_sites is %u; wait for more sites or lower it",
                          (unsigned)self->n_sites, (unsigned)min_sites);
  else
    status = write_total (self, total);
  genesis_sdk_weighted_sums_clear (self);
  return status;
}
