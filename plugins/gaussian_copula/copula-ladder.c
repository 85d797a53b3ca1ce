/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "copula-ladder.h"

#include <math.h>

#include "copula-bins.h"

uint64_t
copula_ladder_get_room (uint32_t n_bins)
{
  return 5 * (uint64_t)n_bins + COPULA_LADDER_NEAR + 1;
}

/* Abel's summation of the formula in the header: only finite cuts where the score steps count, c_k
   = k^(-1/2) sum of step x h_k-1 (cut) phi (cut). */
static void
fill_coefficients (copula_ladder *self)
{
  uint32_t n = self->n_steps;
  double *restrict here = self->work, *restrict before = self->work + n;
  double root_before = 0.0;

  for (uint32_t i = 0; i < n; i++)
    {
      here[i] = copula_bins_get_density (self->cut[i]);
      before[i] = 0.0;
    }
  for (uint32_t k = 1; k <= self->n_terms; k++)
    {
      double root = sqrt ((double)k), inverse = 1.0 / root, sum = 0.0;

      for (uint32_t i = 0; i < n; i++)
        {
          double next = (self->cut[i] * here[i] - root_before * before[i]) * inverse;

          sum += self->step[i] * here[i];
          before[i] = here[i];
          here[i] = next;
        }
      self->c[k] = sum * inverse;
      root_before = root;
    }
}

static void
add_step (copula_ladder *self, double cut, double above, double step)
{
  self->cut[self->n_steps] = cut;
  self->above[self->n_steps] = above;
  self->step[self->n_steps++] = step;
}

static int64_t
sum_counts (const int64_t *counts, uint32_t n_bins)
{
  int64_t total = 0;

  for (uint32_t b = 0; b < n_bins; b++)
    total += counts[b];
  return total;
}

static void
divide_room (copula_ladder *self, uint32_t n_bins, double *room)
{
  self->cut = room;
  self->step = self->cut + n_bins;
  self->above = self->step + n_bins;
  self->work = self->above + n_bins;
  self->c = self->work + 2 * (size_t)n_bins;
}

void
copula_ladder_init (copula_ladder *self, const int64_t *counts, const int64_t *scores,
                    uint32_t n_bins, double quantum, double *room)
{
  int64_t total = sum_counts (counts, n_bins), below = 0, last = 0;
  double square = 0.0;

  self->n_terms = COPULA_LADDER_NEAR;
  self->n_steps = 0;
  divide_room (self, n_bins, room);
  self->c[0] = 0.0;
  for (uint32_t b = 0; b < n_bins; b++)
    {
      double p, score;

      if (counts[b] == 0)
        continue;
      if (below > 0 && scores[b] != last)
        add_step (self, copula_bins_get_cut (below, total), (double)(total - below) / (double)total,
                  (double)(scores[b] - last) * quantum);
      p = (double)counts[b] / (double)total;
      score = (double)scores[b] * quantum;
      self->c[0] += p * score;
      square += p * score * score;
      below += counts[b];
      last = scores[b];
    }
  fill_coefficients (self);
  square -= self->c[0] * self->c[0];
  self->variance = square > 0.0 ? square : 0.0;
  for (uint32_t k = 1; k <= COPULA_LADDER_NEAR; k++)
    square -= self->c[k] * self->c[k];
  self->tail = square > 0.0 ? sqrt (square) : 0.0;
}

void
copula_ladder_extend (copula_ladder *self, double *room)
{
  if (self->n_terms == COPULA_LADDER_FAR)
    return;
  room[0] = self->c[0];
  self->c = room;
  self->n_terms = COPULA_LADDER_FAR;
  fill_coefficients (self);
}

static double
sum_steps (const copula_ladder *self)
{
  double sum = 0.0;

  for (uint32_t i = 0; i < self->n_steps; i++)
    sum += self->step[i];
  return sum;
}

static double
get_mean (const copula_ladder *self)
{
  double sum = 0.0;

  for (uint32_t i = 0; i < self->n_steps; i++)
    sum += self->step[i] * self->above[i];
  return sum;
}

/* The mean product is the integral over u in [0, 1] of a (u) b (u), u the share above Z: a loses a
   step at u = above; b does too, or gains one at u = 1 - above. Both are constant in between. */
double
copula_ladder_get_limit (const copula_ladder *a, const copula_ladder *b, int side)
{
  uint32_t i = a->n_steps, j = side > 0 ? b->n_steps : 0, left = a->n_steps + b->n_steps;
  double level_a = sum_steps (a), level_b = side > 0 ? sum_steps (b) : 0.0;
  double u = 0.0, sum = 0.0;

  for (; left > 0; left--)
    {
      double next_a = i > 0 ? a->above[i - 1] : 2.0, next_b = 2.0;

      if (side > 0 && j > 0)
        next_b = b->above[j - 1];
      else if (side < 0 && j < b->n_steps)
        next_b = 1.0 - b->above[j];
      sum += (fmin (next_a, next_b) - u) * level_a * level_b;
      u = fmin (next_a, next_b);
      if (next_a <= next_b)
        level_a -= a->step[--i];
      else if (side > 0)
        level_b -= b->step[--j];
      else
        level_b += b->step[j++];
    }
  return sum + (1.0 - u) * level_a * level_b - get_mean (a) * get_mean (b);
}
