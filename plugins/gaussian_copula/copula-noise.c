/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-noise.h"

#include <math.h>

#define SUM_MAX   0x1p60
#define GRID_MIN  2
#define SIGMA_MAX 0x1p26
/* Where no budget says how much noise there will be: the grid serves for noise_scale up to 64. */
#define GRID_MU2 0x1p-12

#define SHARE_MARGINALS 0.6
#define SHARE_MASKS     0.1

int
copula_noise_is_there (const genesis_abi_gen *gen)
{
  return (gen->session->flags & GENESIS_ABI_RUN_PRIVATE) != 0;
}

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
    share = GRID_MU2 / COPULA_NOISE_ROUND_MU2;
  sigma = copula_noise_predict (gen, bound, share, 0.9);
  while (grid > GRID_MIN && ldexp (sigma, 2 * grid) > SIGMA_MAX)
    grid--;
  return grid;
}

double
copula_noise_predict (const genesis_abi_gen *gen, double sensitivity, double budget_share,
                      double group_share)
{
  const genesis_abi_session *session = gen->session;
  double weight = fmax (ceil ((double)session->max_weight_q20 / 1048576.0), 1.0);
  double rows = fmax ((double)session->max_rows_per_person, 1.0);
  double mu2 = fmin (session->budget_mu2 * budget_share, COPULA_NOISE_ROUND_MU2) * group_share;

  if (!copula_noise_is_there (gen) || !(sensitivity > 0.0))
    return 0.0;
  return mu2 > 0.0 ? sensitivity * weight * rows / sqrt (mu2) : INFINITY;
}

double
copula_noise_get_sigma (const genesis_abi_gen *gen, const genesis_abi_plan *plan,
                        const genesis_abi_block_spec *spec)
{
  return copula_noise_predict (gen, spec->sensitivity, plan->budget_share, spec->group_share);
}

int64_t *
copula_noise_read (const genesis_abi_gen *gen, const genesis_abi_block *block)
{
  const int64_t *data = block->data;
  int64_t *values = copula_scratch (gen, block->n, sizeof *values);
  double limit = floor (SUM_MAX / (double)block->n);

  for (uint64_t i = 0; i < block->n && values != NULL; i++)
    {
      double value = rint (ldexp ((double)data[i], -block->shift));

      values[i] = (int64_t)fmin (fmax (value, -limit), limit);
    }
  return values;
}
