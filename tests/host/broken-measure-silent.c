/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Fails to measure and does not say why. */
#include "broken-base.h"

static genesis_abi_status
measure (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan *plan,
         const genesis_abi_table *rows, genesis_abi_sums *add_into)
{
  return GENESIS_ABI_E_INTERNAL;
}

#define MEASURE measure
#include "broken-module.h"
