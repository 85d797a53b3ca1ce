/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "copula-ladder.h"

#include <math.h>

#include "copula-bins.h"

/* Abel's summation of the formula in the header: only finite cuts where the score steps count. */
static void
add_step (copula_ladder *self, double cut, double step)
{
  double before = 0.0, here = copula_bins_get_density (cut);

  for (uint32_t k = 1; k <= COPULA_MEHLER_TERMS; k++)
    {
      double next = (cut * here - sqrt (k - 1.0) * before) / sqrt ((double)k);

      self->c[k] += step * here / sqrt ((double)k);
      before = here;
      here = next;
    }
  self->cut[self->n_steps] = cut;
  self->step[self->n_steps++] = step;
}

void
copula_ladder_init (copula_ladder *self, const int64_t *counts, const int64_t *scores,
                    uint32_t n_bins, double quantum, double *cut, double *step)
{
  int64_t total = 0, below = 0, last = 0;

  self->n_steps = 0;
  self->cut = cut;
  self->step = step;
  for (uint32_t k = 0; k <= COPULA_MEHLER_TERMS; k++)
    self->c[k] = 0.0;
  for (uint32_t b = 0; b < n_bins; b++)
    total += counts[b];
  for (uint32_t b = 0; b < n_bins; b++)
    {
      if (counts[b] == 0)
        continue;
      if (below > 0 && scores[b] != last)
        add_step (self, copula_bins_get_cut (below, total), (double)(scores[b] - last) * quantum);
      self->c[0] += (double)counts[b] / (double)total * ((double)scores[b] * quantum);
      below += counts[b];
      last = scores[b];
    }
}
