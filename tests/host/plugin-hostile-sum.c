/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* org.example.hostile-sum: an aggregator whose total is not the sum of what it was given. Second
   plugin of hostile.so. */
#include <math.h>
#include <string.h>

#include "plugin-hostile-private.h"

enum
{
  DEED_NONE,
  DEED_NO_COST,
  DEED_NEGATIVE_COST,
  DEED_NO_CLIP,
  DEED_MORE_ROWS,
  DEED_NEGATIVE_ROWS,
  DEED_NOISY_ROWS,
  DEED_BEYOND_RANGE,
  DEED_CLOBBERS_SUMS
};

static const char *const deeds[] = {
  "none",          "no-cost",    "negative-cost", "no-clip",       "more-rows",
  "negative-rows", "noisy-rows", "beyond-range",  "clobbers-sums",
};

struct genesis_abi_agg
{
  const genesis_abi_host *host;
  int64_t deed;
  int64_t rows;
};

static genesis_abi_status
create (const genesis_abi_host *host, const genesis_abi_session *session,
        const genesis_abi_config *config, genesis_abi_agg **out)
{
  genesis_abi_agg *self = host->alloc (host->ctx, sizeof *self);

  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  self->host = host;
  self->deed = config->values[0].i;
  *out = self;
  return GENESIS_ABI_OK;
}

static void
destroy (genesis_abi_agg *self)
{
  self->host->free (self->host->ctx, self);
}

static genesis_abi_status
open_round (genesis_abi_agg *self, const genesis_abi_plan *plan, genesis_abi_cost *cost)
{
  self->rows = 0;
  cost->flags = self->deed == DEED_NOISY_ROWS || self->deed == DEED_NO_COST
                    ? 0
                    : GENESIS_ABI_COST_NOT_PRIVATE;
  cost->mu2 = self->deed == DEED_NO_COST ? NAN : self->deed == DEED_NEGATIVE_COST ? -1 : .5;
  cost->clip = self->deed == DEED_NO_CLIP ? 0 : 1;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
add (genesis_abi_agg *self, const genesis_abi_partial *partial)
{
  self->rows += (int64_t)partial->n_rows;
  return GENESIS_ABI_OK;
}

static genesis_abi_status
close_round (genesis_abi_agg *self, genesis_abi_sums *total)
{
  total->data[0][0] = self->rows;
  if (self->deed == DEED_MORE_ROWS)
    total->data[0][0] += 2;
  if (self->deed == DEED_NEGATIVE_ROWS || self->deed == DEED_NOISY_ROWS)
    total->data[0][0] = -3;
  if (self->deed == DEED_BEYOND_RANGE)
    total->data[1][total->cells[1] - 1] = INT64_MIN;
  if (self->deed == DEED_CLOBBERS_SUMS)
    memset (total, 0xff, sizeof *total);
  return GENESIS_ABI_OK;
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
const genesis_abi_plugin hostile_sum_plugin = {
  .struct_size = sizeof hostile_sum_plugin,
  .kind = GENESIS_ABI_KIND_AGGREGATOR,
  .id = "org.example.hostile-sum",
  .name = "Hostile sum",
  .version = "1",
  .n_params = 1,
  .params = params,
  .aggregator = &aggregator,
};
