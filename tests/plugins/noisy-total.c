/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "noisy-total.h"

#include <math.h>
#include <string.h>

#include "privacy/genesis-discrete-gaussian-private.h"

#define USUAL_SIGMA 0x1p26
#define MAX_SHIFT   24
#define MAX_TOTAL   0x1p61
#define N_MAX       0x1p29

/* The largest shift that keeps the deviation usual and a total of any run in range. */
static gint32
choose_shift (const genesis_abi_block_spec *spec, double sigma)
{
  double cell = fmax (fabs (spec->lo), fabs (spec->hi));
  gint32 shift = 0;

  while (shift < MAX_SHIFT && ldexp (sigma, shift + 1) <= USUAL_SIGMA
         && ldexp (N_MAX * cell, shift + 1) <= MAX_TOTAL)
    shift++;
  return shift;
}

GenesisBlocks *
noisy_total_new (GenesisBlocks *exact, GenesisPlan *plan, double mu2, GenesisNoiseStream *stream)
{
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (exact);
  GenesisBlocks *noisy = genesis_blocks_new_list ();

  for (guint32 i = 0; i < blocks->n; i++)
    {
      const genesis_abi_block *block = blocks->items[i];
      const genesis_abi_block_spec *spec = genesis_plan_get_abi (plan)->specs[i];
      double sigma = spec->sensitivity / sqrt (spec->group_share * mu2);
      gint32 shift = sigma > 0 ? choose_shift (spec, sigma) : 0;
      g_autofree gint64 *cells = g_memdup2 (block->data, block->n * sizeof (gint64));

      for (guint64 k = 0; k < block->n && sigma > 0; k++)
        cells[k] = cells[k] * (G_GINT64_CONSTANT (1) << shift)
                   + genesis_discrete_gaussian_draw (stream, (guint64)ceil (ldexp (sigma, shift)));
      genesis_blocks_append (noisy, block->name, block->dtype, shift, block->n, cells);
    }
  return noisy;
}

GenesisNoiseStream *
noisy_total_stream (guint64 seed)
{
  guint8 key[GENESIS_NOISE_KEY_SIZE] = { 0 };
  GError *error = NULL;
  GenesisNoiseStream *stream;

  memcpy (key, &seed, sizeof seed);
  stream = genesis_noise_stream_new_with_key (key, &error);
  g_assert_no_error (error);
  return stream;
}
