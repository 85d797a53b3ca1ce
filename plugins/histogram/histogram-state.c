/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "histogram-state.h"

#include <string.h>

#define HEADER_ENTRIES 3u

genesis_abi_status
histogram_state_init (const genesis_abi_gen *gen, histogram_state *self)
{
  memset (self, 0, sizeof *self);
  self->margins = histogram_scratch (gen, gen->n_columns, sizeof *self->margins);
  return self->margins != NULL ? GENESIS_ABI_OK : GENESIS_ABI_E_NOMEM;
}

static void
read_header (genesis_sdk_state_reader *from, histogram_state *state)
{
  const int64_t *header =
      genesis_sdk_state_take_integers (from, "histogram", "", HEADER_ENTRIES, NULL);

  if (header == NULL)
    return;
  if (header[0] != HISTOGRAM_STATE_VERSION || header[1] < 0 || header[1] > 1 || header[2] < 0
      || header[2] > GENESIS_SDK_MARGIN_MAX)
    genesis_sdk_state_refuse (from, "histogram", "", "was written by another version");
  state->rows = header[2];
}

genesis_abi_status
histogram_state_read (const genesis_abi_gen *gen, const genesis_abi_blocks *blocks,
                      histogram_state *self)
{
  genesis_sdk_state_reader from = { .host = gen->host, .blocks = blocks };
  genesis_abi_status status = histogram_state_init (gen, self);

  if (status != GENESIS_ABI_OK || blocks->n == 0)
    return status;
  read_header (&from, self);
  for (uint32_t c = 0; c < gen->n_columns && from.status == GENESIS_ABI_OK; c++)
    genesis_sdk_margin_read (&self->margins[c], &from, &gen->columns[c]);
  self->is_trained = 1;
  return from.status;
}

genesis_abi_status
histogram_state_write (const genesis_abi_gen *gen, const histogram_state *self)
{
  genesis_sdk_state_writer to = { .host = gen->host, .status = GENESIS_ABI_OK };
  int64_t header[HEADER_ENTRIES] = { HISTOGRAM_STATE_VERSION, gen->is_noisy, self->rows };

  genesis_sdk_state_put_integers (&to, "histogram", "", HEADER_ENTRIES, header);
  for (uint32_t c = 0; c < gen->n_columns; c++)
    genesis_sdk_margin_write (&self->margins[c], &to, &gen->columns[c]);
  return to.status;
}
