/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-ranking-private.h"

#include <stdlib.h>

/* The area under the curve is the Mann-Whitney statistic over n1 n0: Hanley and McNeil, Radiology
   143 (1982). */

typedef struct
{
  double score, target;
} Ranked;

static int
compare (const void *a, const void *b)
{
  const Ranked *x = a, *y = b;

  return (x->score > y->score) - (x->score < y->score);
}

double
genesis_ranking_area (const double *scores, const double *targets, gsize n)
{
  g_autofree Ranked *ranked = g_new (Ranked, n + 1);
  double below = 0, wins = 0, n_ones = 0;

  for (gsize i = 0; i < n; i++)
    ranked[i] = (Ranked){ scores[i], targets[i] };
  qsort (ranked, n, sizeof (Ranked), compare);
  for (gsize first = 0, end; first < n; first = end)
    {
      double ones = 0;

      for (end = first; end < n && ranked[end].score == ranked[first].score; end++)
        ones += ranked[end].target;
      wins += ones * (below + 0.5 * ((double)(end - first) - ones));
      below += (double)(end - first) - ones;
      n_ones += ones;
    }
  return n_ones > 0 && below > 0 ? wins / (n_ones * below) : 0.5;
}

double
genesis_ranking_explained (const double *scores, const double *targets, gsize n)
{
  double mean = 0, total = 0, left = 0;

  for (gsize i = 0; i < n; i++)
    mean += targets[i] / (double)n;
  for (gsize i = 0; i < n; i++)
    {
      total += (targets[i] - mean) * (targets[i] - mean);
      left += (targets[i] - scores[i]) * (targets[i] - scores[i]);
    }
  return total > 0 ? 1 - left / total : 0.0;
}
