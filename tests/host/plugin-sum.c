/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The smallest aggregator: org.example.sum adds partials, weighted in 2^-20, in 128 bits.
   Second plugin of tally.so. */
#include <math.h>
#include <string.h>

#include "plugin-tally-private.h"

struct genesis_abi_agg
{
  const genesis_abi_host *host;
  int64_t min_sites;
  uint32_t n_added;
  uint64_t n_cells;
  __int128 *cells; /* all blocks, one after another; NULL when no round is open */
};

static genesis_abi_status
create (const genesis_abi_host *host, const genesis_abi_session *session,
        const genesis_abi_config *config, genesis_abi_agg **out)
{
  genesis_abi_agg *self = host->alloc (host->ctx, sizeof *self);

  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  memset (self, 0, sizeof *self);
  self->host = host;
  self->min_sites = config->values[0].i;
  *out = self;
  return GENESIS_ABI_OK;
}

static void
destroy (genesis_abi_agg *self)
{
  const genesis_abi_host *host = self->host;

  host->free (host->ctx, self->cells);
  host->free (host->ctx, self);
}

static genesis_abi_status
open_round (genesis_abi_agg *self, const genesis_abi_plan *plan, genesis_abi_cost *cost)
{
  const genesis_abi_host *host = self->host;

  host->free (host->ctx, self->cells);
  self->n_added = 0;
  self->n_cells = 0;
  for (uint32_t i = 0; i < plan->n_specs; i++)
    {
      uint64_t cells = 1;

      for (uint32_t k = 0; k < plan->specs[i]->rank; k++)
        cells *= plan->specs[i]->shape[k];
      self->n_cells += cells;
    }
  self->cells = host->alloc (host->ctx, self->n_cells * sizeof *self->cells);
  if (self->cells == NULL)
    return GENESIS_ABI_E_NOMEM;
  memset (self->cells, 0, self->n_cells * sizeof *self->cells);
  cost->flags = 1;
  cost->mu2 = NAN;
  cost->rho = NAN;
  cost->clip = 1;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
add (genesis_abi_agg *self, const genesis_abi_partial *partial)
{
  __int128 *to = self->cells;

  if (to == NULL)
    return self->host->fail (self->host->ctx, GENESIS_ABI_E_INTERNAL, NULL, "no round is open");
  for (uint32_t i = 0; i < partial->blocks->n; i++)
    {
      const genesis_abi_block *block = partial->blocks->items[i];
      const int64_t *values = block->data;

      for (uint64_t k = 0; k < block->n; k++)
        *to++ += (__int128)values[k] * (int64_t)partial->weight_q20;
    }
  self->n_added++;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
close_round (genesis_abi_agg *self, genesis_abi_sums *total)
{
  const __int128 *from = self->cells;

  if (from == NULL)
    return self->host->fail (self->host->ctx, GENESIS_ABI_E_INTERNAL, NULL, "no round is open");
  if (self->n_added < self->min_sites)
    return self->host->fail (self->host->ctx, GENESIS_ABI_E_QUORUM, "min_sites",
                             "fewer partials than min_sites");
  for (uint32_t i = 0; i < total->n; i++)
    for (uint64_t k = 0; k < total->cells[i]; k++)
      total->data[i][k] = (int64_t)((*from++ + (1 << 19)) >> 20);
  self->host->free (self->host->ctx, self->cells);
  self->cells = NULL;
  return GENESIS_ABI_OK;
}

static const genesis_abi_param_spec min_sites_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_INT,
  .name = "min_sites",
  .help = "sites that must answer",
  .lo = 1,
  .hi = 1000000,
  .def = 1,
};
static const genesis_abi_param_spec *const params[] = { &min_sites_param };
static const genesis_abi_aggregator aggregator = {
  sizeof aggregator, GENESIS_ABI_AGG_LINEAR, create, destroy, open_round, add, close_round,
};
const genesis_abi_plugin tally_sum_plugin = {
  .struct_size = sizeof tally_sum_plugin,
  .kind = GENESIS_ABI_KIND_AGGREGATOR,
  .id = "org.example.sum",
  .name = "Sum",
  .version = "1.0.0",
  .summary = "Adds what the sites send; for tests",
  .author = "The Genesis Federated authors",
  .license = "LGPL-2.1-or-later",
  .url = "https://example.org/sum",
  .n_params = 1,
  .state_version = 1,
  .params = params,
  .aggregator = &aggregator,
};
