/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Draws well until the fourth chunk, and fails from there on, naming the chunk. */
#include "broken-base.h"

#include <stdio.h>

static genesis_abi_status
sample (genesis_abi_gen *self, const genesis_abi_blocks *state, const genesis_abi_rng *rng,
        genesis_abi_table_out *rows)
{
  char text[64];

  if (rows->first_row < 3 * 65536)
    return base_sample (self, state, rng, rows);
  snprintf (text, sizeof text, "stumbled in chunk %d;", (int)(rows->first_row / 65536));
  return self->host->fail (self->host->ctx, GENESIS_ABI_E_INTERNAL, NULL, text);
}

#define ID     "org.example.stumble"
#define SAMPLE sample
#include "broken-module.h"
