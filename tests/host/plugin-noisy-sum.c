/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include <math.h>

#include <genesis/plugin-abi.h>

#include "plugin-hostile-private.h"

/* org.example.noisy-sum: an aggregator that asks for noise in the way that its setting names. Every
   cell of its totals is 100 before the noise. */
enum
{
  DEED_HONEST,
  DEED_HALVES_SIGMA,
  DEED_DOUBLES_SIGMA,
  DEED_FORGETS_ONE,
  DEED_DRAWS_TWICE,
  DEED_WRITES_LATER,
  DEED_DRAWS_AT_OPEN,
  DEED_OTHER_TOTAL,
  DEED_NO_SIGMA,
  DEED_FAR_BLOCK,
  DEED_SPLITS_OTHERWISE,
  DEED_RHO
};

static const char *const deeds[] = {
  "honest",      "halves-sigma", "doubles-sigma",    "forgets-one",
  "draws-twice", "writes-later", "draws-at-open",    "other-total",
  "no-sigma",    "far-block",    "splits-otherwise", "rho",
};

#define SIGMA_FACTOR 4.0 /* sigma = 4 Delta: each group costs 1/16 */

struct genesis_abi_agg
{
  const genesis_abi_host *host;
  const genesis_abi_noise *noise;
  const genesis_abi_plan *plan;
  int64_t deed;
};

static genesis_abi_status
create (const genesis_abi_host *host, const genesis_abi_session *session,
        const genesis_abi_config *config, genesis_abi_agg **out)
{
  genesis_abi_agg *self = host->alloc (host->ctx, sizeof *self);

  (void)session;
  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  self->host = host;
  self->noise = host->extension (host->ctx, GENESIS_ABI_NOISE);
  self->deed = config->values[0].i;
  *out = self;
  return GENESIS_ABI_OK;
}

static void
destroy (genesis_abi_agg *self)
{
  self->host->free (self->host->ctx, self);
}

static double
count_groups (const genesis_abi_plan *plan)
{
  double n = 0;

  for (uint32_t i = 0; i < plan->n_specs; i++)
    {
      uint32_t k = 0;

      while (k < i && plan->specs[k]->group != plan->specs[i]->group)
        k++;
      n += k == i;
    }
  return n;
}

static genesis_abi_status
open_round (genesis_abi_agg *self, const genesis_abi_plan *plan, genesis_abi_cost *cost)
{
  genesis_abi_sums none = { sizeof none, 0, NULL, NULL };

  self->plan = plan;
  if (self->deed == DEED_RHO)
    cost->rho = count_groups (plan) / (SIGMA_FACTOR * SIGMA_FACTOR) / 2;
  else
    cost->mu2 = count_groups (plan) / (SIGMA_FACTOR * SIGMA_FACTOR);
  if (self->deed == DEED_DRAWS_AT_OPEN)
    return self->noise->discrete_gaussian (self->noise->ctx, &none, 0, 1);
  return GENESIS_ABI_OK;
}

static genesis_abi_status
add (genesis_abi_agg *self, const genesis_abi_partial *partial)
{
  (void)self;
  (void)partial;
  return GENESIS_ABI_OK;
}

static double
find_sigma (const genesis_abi_agg *self, uint32_t block)
{
  const double sigma = SIGMA_FACTOR * self->plan->specs[block]->sensitivity;

  switch (self->deed)
    {
    case DEED_HALVES_SIGMA:
      return sigma / 2;
    case DEED_DOUBLES_SIGMA:
      return sigma * 2;
    case DEED_NO_SIGMA:
      return 0;
    case DEED_SPLITS_OTHERWISE: /* the whole costs the same */
      if (block == 0)
        return sigma / sqrt (1.5);
      return block + 1 == self->plan->n_specs ? sigma / sqrt (.5) : sigma;
    default:
      return sigma;
    }
}

static genesis_abi_status
draw (const genesis_abi_agg *self, const genesis_abi_sums *total, uint32_t block)
{
  genesis_abi_status status;
  static int64_t cells[64];
  int64_t *data[] = { cells, cells, cells, cells, cells, cells, cells, cells };
  genesis_abi_sums other = { sizeof other, total->n, data, total->cells };

  if (self->deed == DEED_OTHER_TOTAL)
    return self->noise->discrete_gaussian (self->noise->ctx, &other, block,
                                           find_sigma (self, block));
  status = self->noise->discrete_gaussian (self->noise->ctx, total,
                                           self->deed == DEED_FAR_BLOCK ? total->n : block,
                                           find_sigma (self, block));
  if (status == GENESIS_ABI_OK && self->deed == DEED_DRAWS_TWICE)
    status =
        self->noise->discrete_gaussian (self->noise->ctx, total, block, find_sigma (self, block));
  return status;
}

static genesis_abi_status
close_round (genesis_abi_agg *self, genesis_abi_sums *total)
{
  genesis_abi_status status = GENESIS_ABI_OK;

  for (uint32_t i = 0; i < total->n; i++)
    for (uint64_t k = 0; k < total->cells[i]; k++)
      total->data[i][k] = 100;
  for (uint32_t i = self->deed == DEED_FORGETS_ONE; i < total->n && status == GENESIS_ABI_OK; i++)
    status = draw (self, total, i);
  if (self->deed == DEED_WRITES_LATER)
    total->data[0][0] = 7;
  return status;
}

static const genesis_abi_param_spec deed_param = {
  .struct_size = sizeof deed_param,
  .type = GENESIS_ABI_PARAM_CHOICE,
  .n_choices = sizeof deeds / sizeof *deeds,
  .name = "deed",
  .choices = deeds,
};
static const genesis_abi_param_spec *const params[] = { &deed_param };
static const genesis_abi_aggregator aggregator = {
  sizeof aggregator, 0, create, destroy, open_round, add, close_round,
};
const genesis_abi_plugin noisy_sum_plugin = {
  .struct_size = sizeof noisy_sum_plugin,
  .kind = GENESIS_ABI_KIND_AGGREGATOR,
  .id = "org.example.noisy-sum",
  .name = "Noisy sum",
  .version = "1",
  .n_params = 1,
  .params = params,
  .aggregator = &aggregator,
};
