/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "genesis-sdk-module.h"

#include "copula-generator.h"

static const char *const missing_choices[] = { "pattern", "independent" };

static const genesis_abi_param_spec bins_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_INT,
  .flags = GENESIS_ABI_PARAM_PRIVACY,
  .name = "bins",
  .help =
      "How many bins of a numeric column carry scores; a cell that holds more than 1/bins of the "
      "mass is split further",
  .lo = 8.0,
  .hi = 4096.0,
  .def = 256.0,
};

static const genesis_abi_param_spec missing_param = {
  .struct_size = sizeof (genesis_abi_param_spec),
  .type = GENESIS_ABI_PARAM_CHOICE,
  .flags = GENESIS_ABI_PARAM_PRIVACY,
  .n_choices = 2,
  .name = "missing",
  .help = "pattern: which cells of a row are empty is learnt as a whole; independent: every column "
          "with gaps has an indicator of its own",
  .def = 0.0,
  .choices = missing_choices,
};

static const genesis_abi_param_spec *const params[] = { &bins_param, &missing_param };
static const char *const features[] = { "rounds=5", NULL };

static const genesis_abi_generator generator = {
  .struct_size = sizeof (genesis_abi_generator),
  .flags = GENESIS_ABI_GEN_REENTRANT | GENESIS_ABI_GEN_SITE_MODELS,
  .create = copula_create,
  .destroy = copula_destroy,
  .plan = copula_plan,
  .measure = copula_measure,
  .absorb = copula_absorb,
  .sample = copula_sample,
};

static const genesis_abi_plugin plugin = {
  .struct_size = sizeof (genesis_abi_plugin),
  .kind = GENESIS_ABI_KIND_GENERATOR,
  .id = "genesis.gaussian_copula",
  .name = "Gaussian copula",
  .version = GENESIS_VERSION,
  .summary = "Binned margins joined by a latent normal, fitted from exact integer sums",
  .author = "The Genesis Federated authors",
  .license = "LGPL-2.1-or-later",
  .features = features,
  .n_params = 2,
  .state_version = COPULA_STATE_VERSION,
  .params = params,
  .generator = &generator,
};

GENESIS_SDK_DEFINE_MODULE (plugin, 0);
