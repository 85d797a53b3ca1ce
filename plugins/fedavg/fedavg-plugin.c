/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/plugin-abi.h>

#include "genesis-sdk-module.h"
#include "genesis-sdk-weighted-sums.h"

/**
 * fedavg: the total is the weighted sum of the partials, exact. No noise, and it says so.
 */
struct genesis_abi_agg
{
  const genesis_abi_host *host;
  uint32_t min_sites;
  genesis_sdk_weighted_sums sums;
};

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
fedavg_destroy (genesis_abi_agg *self)
{
  const genesis_abi_host *host = self->host;

  genesis_sdk_weighted_sums_clear (&self->sums);
  host->free (host->ctx, self);
}

static genesis_abi_status
fedavg_open (genesis_abi_agg *self, const genesis_abi_plan *plan, genesis_abi_cost *cost)
{
  cost->flags = GENESIS_ABI_COST_NOT_PRIVATE;
  return genesis_sdk_weighted_sums_open (&self->sums, self->host, plan);
}

static genesis_abi_status
fedavg_add (genesis_abi_agg *self, const genesis_abi_partial *partial)
{
  return genesis_sdk_weighted_sums_add (&self->sums, partial);
}

static genesis_abi_status
fedavg_close (genesis_abi_agg *self, genesis_abi_sums *total)
{
  return genesis_sdk_weighted_sums_close (&self->sums, self->min_sites, total);
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

GENESIS_SDK_DEFINE_MODULE (plugin, 0);
