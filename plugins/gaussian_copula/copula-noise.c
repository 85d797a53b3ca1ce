/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-noise.h"

#include <math.h>

#define GRID_MIN  2
#define SIGMA_MAX 0x1p26
/* Where no budget says how much noise there will be: the grid serves for noise_scale up to 64. */
#define GRID_MU2 0x1p-12

#define SHARE_MARGINALS 0.6
#define SHARE_MASKS     0.1

/* Rounds that say which columns a pattern leaves empty come before the dependence. */
static int
asks_masks (const genesis_abi_gen *gen)
{
  return gen->pattern_cells > 0 && !gen->pattern_exact && gen->rounds > 2;
}

double
copula_noise_get_share (const genesis_abi_gen *gen, uint32_t phase, int dependence)
{
  if (phase == 1)
    return gen->rounds > 1 ? SHARE_MARGINALS : 1.0;
  if (dependence)
    return 1.0 - SHARE_MARGINALS - (asks_masks (gen) ? SHARE_MASKS : 0.0);
  return SHARE_MASKS;
}

int
copula_noise_find_grid (const genesis_abi_gen *gen, int most)
{
  uint64_t n = gen->n_columns + (gen->pattern_cells > 0 ? 1 : gen->n_gaps);
  double bound = gen->clip * gen->clip * sqrt (0.5 * (double)n * (double)(n - 1));
  double share = 1.0 - SHARE_MARGINALS - SHARE_MASKS, sigma;
  int grid = most;

  if (gen->session->neighbours == 1)
    bound *= 2.0;
  if (!isfinite (gen->session->budget_mu2))
    share = GRID_MU2 / GENESIS_SDK_NOISE_ROUND_MU2;
  sigma = genesis_sdk_noise_predict (gen->session, bound, share, 0.9);
  while (grid > GRID_MIN && ldexp (sigma, 2 * grid) > SIGMA_MAX)
    grid--;
  return grid;
}
