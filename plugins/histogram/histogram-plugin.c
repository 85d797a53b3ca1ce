/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-module.h"

#include "histogram-generator.h"

static const genesis_abi_param_spec cells_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_INT,
  .flags = GENESIS_ABI_PARAM_PRIVACY,
  .name = "cells",
  .help = "At most so many cells for a numeric column: one a unit where the range allows, else of "
          "equal width in asinh. 0: 4096, or 256 when totals carry noise",
  .lo = 0.0,
  .hi = 4096.0,
  .def = 0.0,
};

static const genesis_abi_param_spec merge_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_REAL,
  .name = "merge_sd",
  .unit = "standard deviations",
  .help =
      "Neighbouring cells of a numeric column are put together until they hold so many standard "
      "deviations of their noise; without noise all cells stay",
  .lo = 0.0,
  .hi = 100.0,
  .def = 4.0,
};

static const genesis_abi_param_spec *const params[] = { &cells_param, &merge_param };
static const char *const features[] = { "rounds=1", NULL };

static const genesis_abi_generator generator = {
  .struct_size = sizeof (genesis_abi_generator),
  .flags = GENESIS_ABI_GEN_REENTRANT | GENESIS_ABI_GEN_SITE_MODELS,
  .create = histogram_create,
  .destroy = histogram_destroy,
  .plan = histogram_plan,
  .measure = histogram_measure,
  .absorb = histogram_absorb,
  .sample = histogram_sample,
};

static const genesis_abi_plugin plugin = {
  .struct_size = sizeof (genesis_abi_plugin),
  .kind = GENESIS_ABI_KIND_GENERATOR,
  .id = "genesis.histogram",
  .name = "Histogram",
  .version = GENESIS_VERSION,
  .summary = "Every column by itself: one histogram each, exact or cleaned of noise",
  .author = "The Genesis Federated authors",
  .license = "LGPL-2.1-or-later",
  .features = features,
  .n_params = 2,
  .state_version = HISTOGRAM_STATE_VERSION,
  .params = params,
  .generator = &generator,
};

GENESIS_SDK_DEFINE_MODULE (plugin, 0);
