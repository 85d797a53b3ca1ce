/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-rows.h"

#include <math.h>
#include <string.h>

#include "genesis-sdk-fail.h"

static const uint64_t one_cell[1] = { 1 };

void
genesis_sdk_rows_init_spec (genesis_abi_block_spec *spec, const genesis_abi_session *session)
{
  memset (spec, 0, sizeof *spec);
  spec->struct_size = sizeof *spec;
  spec->rank = 1;
  spec->name = GENESIS_SDK_ROWS_NAME;
  spec->shape = one_cell;
  spec->norm = GENESIS_ABI_NORM_L2;
  spec->group = GENESIS_SDK_ROWS_GROUP;
  spec->unit = GENESIS_ABI_UNIT_RECORD;
  spec->flags = 1;
  spec->sensitivity = session->neighbours == 1 ? 0.0 : 1.0;
  spec->lo = 0.0;
  spec->hi = 1.0;
  spec->quantum = 1.0;
  spec->group_share = 0.01;
}

void
genesis_sdk_rows_add (genesis_abi_sums *sums, uint64_t n_rows)
{
  sums->data[0][0] += (int64_t)n_rows;
}

genesis_abi_status
genesis_sdk_rows_read (const genesis_abi_host *host, const genesis_abi_blocks *total, double *rows)
{
  const genesis_abi_block *block = total->n > 0 ? total->items[0] : NULL;

  if (block == NULL || block->dtype != GENESIS_ABI_I64 || block->n != 1
      || strcmp (block->name, GENESIS_SDK_ROWS_NAME) != 0)
    return genesis_sdk_fail (host, GENESIS_ABI_E_DATA, GENESIS_SDK_ROWS_NAME,
                             "the total does not begin with the block 'rows'");
  *rows = ldexp ((double)*(const int64_t *)block->data, -block->shift);
  return GENESIS_ABI_OK;
}
