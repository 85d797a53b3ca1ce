/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include <genesis/plugin-abi.h>

#include "genesis-sdk-fail.h"
#include "genesis-sdk-fixed-point.h"

/**
 * fedavg: the total is the weighted sum of the partials, exact. Every cell is folded as weight x
 * cell in 128 bits, a weight being a whole number of 2^-20, and divided once at close, rounding
 * half up. No noise, and it says so.
 */
struct genesis_abi_agg
{
  const genesis_abi_host *host;
  uint32_t min_sites;
  int is_open;
  uint64_t n_cells; /* of the open plan, all blocks */
  uint32_t n_blocks;
  uint64_t *block_cells;    /* n_blocks */
  genesis_sdk_int128 *sums; /* n_cells */
  uint32_t n_sites, capacity;
  uint32_t *sites; /* whose partials were added */
};

static void
give_back (const genesis_abi_host *host, void *memory)
{
  if (memory != NULL)
    host->free (host->ctx, memory);
}

static genesis_abi_status
fedavg_create (const genesis_abi_host *host, const genesis_abi_session *session,
               const genesis_abi_config *config, genesis_abi_agg **out)
{
  genesis_abi_agg *self = host->alloc (host->ctx, sizeof *self);

  (void)session;
  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  memset (self, 0, sizeof *self);
  self->host = host;
  self->min_sites = (uint32_t)config->values[0].i;
  *out = self;
  return GENESIS_ABI_OK;
}

static void
close_round (genesis_abi_agg *self)
{
  give_back (self->host, self->sums);
  give_back (self->host, self->block_cells);
  self->sums = NULL;
  self->block_cells = NULL;
  self->n_sites = 0;
  self->is_open = 0;
}

static void
fedavg_destroy (genesis_abi_agg *self)
{
  const genesis_abi_host *host = self->host;

  close_round (self);
  give_back (host, self->sites);
  give_back (host, self);
}

static uint64_t
count_cells (const genesis_abi_block_spec *spec)
{
  uint64_t n = 1;

  for (uint32_t i = 0; i < spec->rank; i++)
    n *= spec->shape[i];
  return n;
}

static genesis_abi_status
fedavg_open (genesis_abi_agg *self, const genesis_abi_plan *plan, genesis_abi_cost *cost)
{
  close_round (self);
  self->n_blocks = plan->n_specs;
  self->n_cells = 0;
  self->block_cells =
      self->host->alloc (self->host->ctx, (plan->n_specs + 1) * sizeof *self->block_cells);
  if (self->block_cells == NULL)
    return GENESIS_ABI_E_NOMEM;
  for (uint32_t i = 0; i < plan->n_specs; i++)
    {
      self->block_cells[i] = count_cells (plan->specs[i]);
      self->n_cells += self->block_cells[i];
    }
  self->sums = self->host->alloc (self->host->ctx, (self->n_cells + 1) * sizeof *self->sums);
  if (self->sums == NULL)
    return GENESIS_ABI_E_NOMEM;
  memset (self->sums, 0, self->n_cells * sizeof *self->sums);
  self->is_open = 1;
  cost->flags = 1;
  cost->mu2 = 0.0;
  cost->rho = 0.0;
  cost->clip = 1.0;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
note_site (genesis_abi_agg *self, uint32_t site)
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
check_partial (const genesis_abi_agg *self, const genesis_abi_partial *partial)
{
  const genesis_abi_blocks *blocks = partial->blocks;

  if (!self->is_open)
    return genesis_sdk_fail (self->host, GENESIS_ABI_E_INTERNAL, NULL, "no round is open");
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

static genesis_abi_status
fedavg_add (genesis_abi_agg *self, const genesis_abi_partial *partial)
{
  genesis_sdk_int128 *sum = self->sums;
  genesis_abi_status status = check_partial (self, partial);

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
write_total (genesis_abi_agg *self, genesis_abi_sums *total)
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

static genesis_abi_status
fedavg_close (genesis_abi_agg *self, genesis_abi_sums *total)
{
  genesis_abi_status status;

  if (!self->is_open)
    return genesis_sdk_fail (self->host, GENESIS_ABI_E_INTERNAL, NULL, "no round is open");
  if (self->n_sites < self->min_sites)
    status =
        genesis_sdk_fail (self->host, GENESIS_ABI_E_QUORUM, NULL,
                          "%u sites answered, min_sites is %u; wait for more sites or lower it",
                          (unsigned)self->n_sites, (unsigned)self->min_sites);
  else
    status = write_total (self, total);
  close_round (self);
  return status;
}

static const genesis_abi_param_spec min_sites_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_INT,
  .flags = GENESIS_ABI_PARAM_PRIVACY,
  .name = "min_sites",
  .unit = "sites",
  .help = "A round with fewer answers has no total",
  .lo = 1.0,
  .hi = 1000000.0,
  .def = 1.0,
};

static const genesis_abi_param_spec *const params[] = { &min_sites_param };
static const char *const features[] = { NULL };

static const genesis_abi_aggregator aggregator = {
  .struct_size = sizeof (genesis_abi_aggregator),
  .flags = GENESIS_ABI_AGG_LINEAR,
  .create = fedavg_create,
  .destroy = fedavg_destroy,
  .open = fedavg_open,
  .add = fedavg_add,
  .close = fedavg_close,
};

static const genesis_abi_plugin plugin = {
  .struct_size = sizeof (genesis_abi_plugin),
  .kind = GENESIS_ABI_KIND_AGGREGATOR,
  .id = "genesis.fedavg",
  .name = "Federated averaging",
  .version = GENESIS_VERSION,
  .summary = "Exact weighted sums of what the sites counted; no noise",
  .author = "The Genesis Federated authors",
  .license = "LGPL-2.1-or-later",
  .features = features,
  .n_params = 1,
  .state_version = 0,
  .params = params,
  .aggregator = &aggregator,
};

static const genesis_abi_plugin *const plugins[] = { &plugin };

static const genesis_abi_module module = {
  .magic = GENESIS_ABI_MAGIC,
  .struct_size = sizeof (genesis_abi_module),
  .abi_minor_built = GENESIS_ABI_MINOR,
  .abi_minor_needed = 0,
  .n_plugins = 1,
  .plugins = plugins,
};

const genesis_abi_module *
genesis_plugin_entry_v1 (uint32_t host_minor)
{
  (void)host_minor;
  return &module;
}
