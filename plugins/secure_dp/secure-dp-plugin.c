/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/plugin-abi.h>

#include "genesis-sdk-fail.h"
#include "genesis-sdk-module.h"
#include "genesis-sdk-weighted-sums.h"
#include "secure-dp-cost.h"

/**
 * secure_dp: the exact weighted sum of the partials, released with discrete Gaussian noise that the
 * host draws. It states what a round costs before a site measures; noise is added once, to the
 * total, before anything is made of it.
 *
 * The settings that say what is promised (epsilon, delta, unit, neighbours, rows per person and per
 * site) are read by the host as well: it turns them into the session's budget, multiplies every
 * bound by them, and keeps the accounts.
 */
enum
{
  PARAM_NOISE_SCALE,
  PARAM_MIN_SITES,
  PARAM_CLIP_THRESHOLD,
  PARAM_EPSILON,
  PARAM_DELTA,
  PARAM_UNIT,
  PARAM_NEIGHBOURS,
  PARAM_MAX_ROWS_PER_PERSON,
  PARAM_MAX_ROWS_PER_SITE,
  PARAM_MAX_WEIGHT,
  N_PARAMS
};

struct genesis_abi_agg
{
  const genesis_abi_host *host;
  const genesis_abi_session *session;
  const genesis_abi_noise *noise;
  double noise_scale, clip;
  uint32_t min_sites;
  const genesis_abi_plan *plan; /* of the open round */
  double mu2;                   /* that the open round may spend */
  genesis_sdk_weighted_sums sums;
};

static genesis_abi_status
secure_dp_create (const genesis_abi_host *host, const genesis_abi_session *session,
                  const genesis_abi_config *config, genesis_abi_agg **out)
{
  const genesis_abi_noise *noise = host->extension (host->ctx, GENESIS_ABI_NOISE);
  genesis_abi_agg *self;

  if (noise == NULL || !GENESIS_ABI_HAS (noise, genesis_abi_noise, discrete_gaussian))
    return genesis_sdk_fail (host, GENESIS_ABI_E_UNSUPPORTED, NULL,
                             "this host lends no noise; use one that knows %s", GENESIS_ABI_NOISE);
  self = host->alloc (host->ctx, sizeof *self);
  if (self == NULL)
    return GENESIS_ABI_E_NOMEM;
  memset (self, 0, sizeof *self);
  self->host = host;
  self->session = session;
  self->noise = noise;
  self->noise_scale = config->values[PARAM_NOISE_SCALE].r;
  self->clip = config->values[PARAM_CLIP_THRESHOLD].r;
  self->min_sites = (uint32_t)config->values[PARAM_MIN_SITES].i;
  *out = self;
  return GENESIS_ABI_OK;
}

static void
secure_dp_destroy (genesis_abi_agg *self)
{
  const genesis_abi_host *host = self->host;

  genesis_sdk_weighted_sums_clear (&self->sums);
  host->free (host->ctx, self);
}

static genesis_abi_status
secure_dp_open (genesis_abi_agg *self, const genesis_abi_plan *plan, genesis_abi_cost *cost)
{
  const char *block = NULL;
  const char *fault = secure_dp_find_fault (plan, self->session, &block);

  if (fault != NULL)
    return genesis_sdk_fail (self->host, GENESIS_ABI_E_PRIVACY, block, "%s", fault);
  self->mu2 =
      secure_dp_round_mu2 (self->noise_scale, self->session->budget_mu2, plan->budget_share);
  if (!(self->mu2 > 0))
    return genesis_sdk_fail (self->host, GENESIS_ABI_E_PRIVACY, NULL,
                             "the plan asks for no share of the privacy budget, or for one too "
                             "small to be counted; raise epsilon");
  self->plan = plan;
  cost->mu2 = secure_dp_plan_mu2 (plan, self->mu2);
  cost->clip = self->clip;
  return genesis_sdk_weighted_sums_open (&self->sums, self->host, plan);
}

static genesis_abi_status
secure_dp_add (genesis_abi_agg *self, const genesis_abi_partial *partial)
{
  return genesis_sdk_weighted_sums_add (&self->sums, partial);
}

static genesis_abi_status
secure_dp_close (genesis_abi_agg *self, genesis_abi_sums *total)
{
  genesis_abi_status status = genesis_sdk_weighted_sums_close (&self->sums, self->min_sites, total);

  for (uint32_t i = 0; status == GENESIS_ABI_OK && i < total->n; i++)
    {
      const double sigma = secure_dp_block_sigma (self->plan, i, self->mu2, self->clip);

      if (sigma > 0)
        status = self->noise->discrete_gaussian (self->noise->ctx, total, i, sigma);
    }
  return status;
}

/* -- settings -------------------------------------------------------------------- */

#define PRIVACY GENESIS_ABI_PARAM_PRIVACY
#define OPEN_LO GENESIS_ABI_PARAM_OPEN_LO
#define OPEN_HI GENESIS_ABI_PARAM_OPEN_HI

static const char *const units[] = { "record", "site" };
static const char *const neighbours[] = { "add-remove", "replace" };

static const genesis_abi_param_spec noise_scale_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_REAL,
  .flags = PRIVACY | OPEN_LO | OPEN_HI,
  .name = "noise_scale",
  .help =
      "Noise multiplier z of a round, whatever it asks: a round costs mu = 1/z. The least noise "
      "when epsilon is set too",
  .lo = 0.0,
  .hi = INFINITY,
  .def = 0.1,
};

static const genesis_abi_param_spec min_sites_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_INT,
  .flags = PRIVACY,
  .name = "min_sites",
  .unit = "sites",
  .help = "A round with fewer answers has no total. With 2, each site can take itself out and sees "
          "the other behind the noise alone: 3 is recommended",
  .lo = 2.0,
  .hi = 1000000.0,
  .def = 2.0,
};

static const genesis_abi_param_spec clip_threshold_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_REAL,
  .flags = PRIVACY | OPEN_LO | OPEN_HI,
  .name = "clip_threshold",
  .help = "What one record adds is clipped to this times the bound that the generator declares. "
          "Honest bounds clip nothing from 1 on; below 1 there is less noise, and bias",
  .lo = 0.0,
  .hi = INFINITY,
  .def = 1.0,
};

static const genesis_abi_param_spec epsilon_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_REAL,
  .flags = PRIVACY | OPEN_LO,
  .name = "epsilon",
  .help = "What all rounds together may spend at delta; noise grows until they do not spend more. "
          "inf: no cap, noise_scale alone decides",
  .lo = 0.0,
  .hi = INFINITY,
  .def = INFINITY,
};

static const genesis_abi_param_spec delta_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_REAL,
  .flags = PRIVACY | OPEN_LO | OPEN_HI,
  .name = "delta",
  .help = "The chance with which epsilon may fail to hold; well below 1 / (all records)",
  .lo = 0.0,
  .hi = 1.0,
  .def = 1e-5,
};

static const genesis_abi_param_spec unit_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_CHOICE,
  .flags = PRIVACY,
  .n_choices = 2,
  .name = "unit",
  .help = "Whose presence is hidden: one record's, or all records' of one site (needs "
          "max_rows_per_site)",
  .choices = units,
};

static const genesis_abi_param_spec neighbours_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_CHOICE,
  .flags = PRIVACY,
  .n_choices = 2,
  .name = "neighbours",
  .help = "Tables that must look alike: with one record more or less, or with one replaced "
          "(not with unit=site)",
  .choices = neighbours,
};

static const genesis_abi_param_spec max_rows_per_person_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_INT,
  .flags = PRIVACY,
  .name = "max_rows_per_person",
  .unit = "rows",
  .help = "Over all sites; the promise is then to a person, with this much more noise",
  .lo = 1.0,
  .hi = 1000000.0,
  .def = 1.0,
};

static const genesis_abi_param_spec max_rows_per_site_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_INT,
  .flags = PRIVACY,
  .name = "max_rows_per_site",
  .unit = "rows",
  .help = "For unit=site: as many rows as a site may count for; what a larger one adds is scaled "
          "down. 0: not given",
  .lo = 0.0,
  .hi = 536870912.0,
  .def = 0.0,
};

static const genesis_abi_param_spec max_weight_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_REAL,
  .flags = PRIVACY,
  .name = "max_weight",
  .help = "The most that one record may count under the sites' weights; all noise is multiplied by "
          "the largest weight, rounded up",
  .lo = 1.0,
  .hi = 1048576.0,
  .def = 4.0,
};

static const genesis_abi_param_spec *const params[N_PARAMS] = {
  [PARAM_NOISE_SCALE] = &noise_scale_param,
  [PARAM_MIN_SITES] = &min_sites_param,
  [PARAM_CLIP_THRESHOLD] = &clip_threshold_param,
  [PARAM_EPSILON] = &epsilon_param,
  [PARAM_DELTA] = &delta_param,
  [PARAM_UNIT] = &unit_param,
  [PARAM_NEIGHBOURS] = &neighbours_param,
  [PARAM_MAX_ROWS_PER_PERSON] = &max_rows_per_person_param,
  [PARAM_MAX_ROWS_PER_SITE] = &max_rows_per_site_param,
  [PARAM_MAX_WEIGHT] = &max_weight_param,
};

static const char *const features[] = { NULL };

static const genesis_abi_aggregator aggregator = {
  .struct_size = sizeof (genesis_abi_aggregator),
  .flags = GENESIS_ABI_AGG_LINEAR,
  .create = secure_dp_create,
  .destroy = secure_dp_destroy,
  .open = secure_dp_open,
  .add = secure_dp_add,
  .close = secure_dp_close,
};

static const genesis_abi_plugin plugin = {
  .struct_size = sizeof (genesis_abi_plugin),
  .kind = GENESIS_ABI_KIND_AGGREGATOR,
  .id = "genesis.secure_dp",
  .name = "Differentially private sums",
  .version = GENESIS_VERSION,
  .summary = "Weighted sums with discrete Gaussian noise that covers one record, person or site",
  .author = "The Genesis Federated authors",
  .license = "LGPL-2.1-or-later",
  .features = features,
  .n_params = N_PARAMS,
  .state_version = 0,
  .params = params,
  .aggregator = &aggregator,
};

GENESIS_SDK_DEFINE_MODULE (plugin, 0);
