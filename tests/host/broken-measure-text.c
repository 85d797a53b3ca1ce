/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Fails to measure and says why, at length and with a line break. */
#include "broken-base.h"

static genesis_abi_status
measure (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_plan *plan,
         const genesis_abi_table *rows, genesis_abi_sums *add_into)
{
  char text[2000] = "these rows\nare not to my liking: ";

  add_into->data[0][0] += 7;
  memset (text + strlen (text), 'x', sizeof text - 100);
  return self->host->fail (self->host->ctx, GENESIS_ABI_E_DATA, "rows", text);
}

#define MEASURE measure
#include "broken-module.h"
