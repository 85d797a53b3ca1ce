/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-discrete-privacy-private.h"

#include <math.h>

#include <genesis/genesis-privacy.h>

/* The discrete Gaussian against the rounded continuous one, cell by cell: over D draws, the
   smallest deviation s, and any T, their densities differ by a factor within exp (D / 24 s^2) and,
   where no draw leaves T s, by exp (eta) with eta = D (1 + T^2) / (24 s^2). So

     delta (epsilon + eta) <= exp (D / 24 s^2) (delta_GDP (epsilon) + 2 D exp (epsilon - T^2 / 2)).

   T is chosen so that the second term is below delta exp (-42), less than a double resolves. */

#define LOG_NEGLIGIBLE 42.0
#define RESOLUTION     0x1p-50

static double
count_eta (double epsilon, double n_cells, double ratio, double delta)
{
  const double t2 = 2 * (epsilon + log (2 * n_cells / delta) + LOG_NEGLIGIBLE);

  return ratio * (1 + t2);
}

double
genesis_discrete_privacy_epsilon (double mu2, guint64 n_cells, guint64 least_sigma, double delta)
{
  const double s = (double)least_sigma;
  const double ratio = (double)n_cells / (24 * s * s);
  double epsilon = INFINITY;

  if (n_cells == 0)
    return 0;
  if (least_sigma == 0
      || !genesis_privacy_epsilon (sqrt (mu2), delta * exp (-ratio) * (1 - RESOLUTION), &epsilon,
                                   NULL))
    return INFINITY;
  return epsilon + count_eta (epsilon, (double)n_cells, ratio, delta);
}
