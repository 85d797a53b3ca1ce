/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Declares a setting whose default is outside its range. */
#include "broken-base.h"

static const genesis_abi_param_spec bins = {
  .struct_size = sizeof bins,
  .type = GENESIS_ABI_PARAM_INT,
  .name = "bins",
  .lo = 1,
  .hi = 10,
  .def = 11,
};
static const genesis_abi_param_spec *const params[] = { &bins };

#define N_PARAMS 1
#define PARAMS   params
#include "broken-module.h"
