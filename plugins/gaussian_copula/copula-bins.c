/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-bins.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

#define ATOM_MIN            20
#define ATOM_SHARE          256
#define ATOM_ROWS_PER_VALUE 20
#define MASS_BINS_MIN       8

__extension__ typedef __int128 wide;

/* Few distinct values, each known to the unit: all of them are atoms. */
static int
is_all_atoms (const genesis_sdk_margin *margin)
{
  if (margin->n_cells > ATOM_SHARE
      || (int64_t)margin->n_cells > margin->present / ATOM_ROWS_PER_VALUE)
    return 0;
  for (uint32_t i = 0; i < margin->n_cells; i++)
    if (margin->hi[i] > margin->lo[i])
      return 0;
  return 1;
}

static int
is_atom (const genesis_sdk_margin *margin, uint32_t cell, int all)
{
  int64_t count = margin->count[cell];

  if (all)
    return 1;
  return margin->hi[cell] == margin->lo[cell] && count >= ATOM_MIN
         && (wide)count * ATOM_SHARE >= margin->present;
}

uint32_t
copula_bins_cut (const genesis_sdk_margin *margin, uint32_t bins, int64_t *starts)
{
  int all = is_all_atoms (margin);
  uint32_t atoms = 0, n = 0;
  int64_t rest = margin->present, held = 0;
  wide share;

  for (uint32_t i = 0; i < margin->n_cells; i++)
    if (is_atom (margin, i, all))
      {
        atoms++;
        rest -= margin->count[i];
      }
  share = bins > atoms + MASS_BINS_MIN ? bins - atoms : MASS_BINS_MIN;
  for (uint32_t i = 0; i < margin->n_cells; i++)
    {
      int alone = is_atom (margin, i, all) || (wide)margin->count[i] * share >= rest;

      if (held == 0 || alone)
        starts[n++] = margin->lo[i];
      held += margin->count[i];
      if (alone || (wide)held * share >= rest)
        held = 0;
    }
  return n;
}

/* Whether code a comes after code b: less frequent, or as frequent with a larger code. */
static int
comes_after (const int64_t *count, int64_t a, int64_t b)
{
  return count[a] != count[b] ? count[a] < count[b] : a > b;
}

static void
sift_down (const int64_t *count, int64_t *order, uint32_t root, uint32_t n)
{
  while (2 * root + 1 < n)
    {
      uint32_t child = 2 * root + 1;
      int64_t code = order[root];

      if (child + 1 < n && comes_after (count, order[child + 1], order[child]))
        child++;
      if (!comes_after (count, order[child], code))
        return;
      order[root] = order[child];
      order[child] = code;
      root = child;
    }
}

/* Heapsort: in place, and a total order leaves it no choice. */
void
copula_bins_order (const int64_t *count, uint32_t n, int64_t *order)
{
  for (uint32_t i = 0; i < n; i++)
    order[i] = i;
  for (uint32_t i = n / 2; i-- > 0;)
    sift_down (count, order, i, n);
  for (uint32_t i = n; i-- > 1;)
    {
      int64_t last = order[i];

      order[i] = order[0];
      order[0] = last;
      sift_down (count, order, 0, i);
    }
}

void
copula_bins_count (const genesis_sdk_margin *margin, const int64_t *starts, uint32_t n_bins,
                   int64_t *counts)
{
  uint32_t bin = 0;

  for (uint32_t b = 0; b < n_bins; b++)
    counts[b] = 0;
  for (uint32_t i = 0; i < margin->n_cells; i++)
    {
      while (bin + 1 < n_bins && starts[bin + 1] <= margin->lo[i])
        bin++;
      counts[bin] += margin->count[i];
    }
}

double
copula_bins_get_cut (int64_t below, int64_t total)
{
  if (below <= 0)
    return -INFINITY;
  if (below >= total)
    return INFINITY;
  if (below <= total / 2)
    return gsl_cdf_ugaussian_Pinv ((double)below / (double)total);
  return gsl_cdf_ugaussian_Qinv ((double)(total - below) / (double)total);
}

double
copula_bins_get_density (double a)
{
  return 0.39894228040143268 * exp (-0.5 * a * a);
}

static double
clip_to (double value, double limit)
{
  return value < -limit ? -limit : value > limit ? limit : value;
}

void
copula_bins_score (const int64_t *counts, uint32_t n_bins, double clip, int grid, int64_t *scores)
{
  int64_t total = 0, below = 0;
  double mean = 0.0;

  for (uint32_t b = 0; b < n_bins; b++)
    total += counts[b];
  /* sum of p_b s_b telescopes to phi (-inf) - phi (inf) = 0; what rounding leaves of it is taken
     off */
  for (int pass = 0; pass < 2; pass++)
    {
      double sum = 0.0, left = -INFINITY;

      below = 0;
      for (uint32_t b = 0; b < n_bins; b++)
        {
          double right = copula_bins_get_cut (below + counts[b], total);
          double p = (double)counts[b] / (double)total;
          double score = left;

          if (counts[b] > 0)
            score = (copula_bins_get_density (left) - copula_bins_get_density (right)) / p - mean;
          if (counts[b] > 0)
            sum += p * score;
          scores[b] = (int64_t)rint (ldexp (clip_to (score, clip), grid));
          below += counts[b];
          left = right;
        }
      mean = sum;
    }
}
