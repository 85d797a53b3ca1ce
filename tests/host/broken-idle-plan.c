/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Asks nothing at all. */
#include "broken-base.h"

static genesis_abi_status
plan (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan **next)
{
  return GENESIS_ABI_FINISHED;
}

#define ID   "org.example.idle"
#define PLAN plan
#include "broken-module.h"
