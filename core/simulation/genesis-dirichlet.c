/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulation/genesis-dirichlet-private.h"

#include <math.h>

/* Dirichlet (alpha, ..., alpha) in n dimensions, density proportional to prod x_i^(alpha - 1) on
   the simplex, for 0 < alpha <= infinity: G_i / sum G_j with independent G_i ~ Gamma (alpha, 1).

   Gamma: Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables", ACM TOMS 26 (2000),
   for shape alpha + 1, and G (alpha) = G (alpha + 1) U^(1 / alpha), which is right for every alpha.
   For small alpha U^(1 / alpha) is 0 in doubles and all shares 0/0, so that logarithms are kept
   until the largest is known: at alpha -> 0 one share is 1, each equally often. */

static double
draw_uniform (GenesisStream *stream)
{
  double u;

  genesis_stream_fill_uniform (stream, &u, 1);
  return u;
}

/* Logarithm of a draw from Gamma (shape, 1); shape at least 1. */
static double
draw_log_gamma (GenesisStream *stream, double shape)
{
  const double d = shape - 1.0 / 3.0;
  const double c = 1.0 / sqrt (9.0 * d);

  while (TRUE)
    {
      double x, v;

      genesis_stream_fill_normal (stream, &x, 1);
      v = 1.0 + c * x;
      if (v <= 0.0)
        continue;
      v = v * v * v;
      if (log (draw_uniform (stream)) < 0.5 * x * x + d - d * v + d * log (v))
        return log (d) + log (v);
    }
}

void
genesis_dirichlet_draw (GenesisStream *stream, double alpha, double *shares, gsize n)
{
  double largest = -INFINITY, sum = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      /* Below, log (u) / alpha is beyond the doubles; nothing but the largest counts there. */
      const double shape = MAX (alpha, 1e-300);

      shares[i] = isinf (alpha)
                      ? 0.0
                      : draw_log_gamma (stream, shape + 1.0) + log (draw_uniform (stream)) / shape;
      largest = MAX (largest, shares[i]);
    }
  for (gsize i = 0; i < n; i++)
    {
      shares[i] = exp (shares[i] - largest);
      sum += shares[i];
    }
  for (gsize i = 0; i < n; i++)
    shares[i] /= sum;
}
