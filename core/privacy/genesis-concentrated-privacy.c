/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include <genesis/genesis-privacy.h>

#include "privacy/genesis-privacy-search-private.h"

/* Zero-concentrated differential privacy, for mechanisms that are not Gaussian: Canonne, Kamath and
   Steinke, "The discrete Gaussian for differential privacy", NeurIPS 2020, corollary 13:

     delta (epsilon) = inf over alpha > 1 of  e^((alpha - 1) (alpha rho - epsilon))
                                              (1 - 1/alpha)^alpha / (alpha - 1).

   The logarithm's slope in alpha is (2 alpha - 1) rho - epsilon + log (1 - 1/alpha), which rises,
   so its only root is the minimum. */

static double
log_slope (double alpha, double rho, double epsilon)
{
  return (2 * alpha - 1) * rho - epsilon + log1p (-1 / alpha);
}

/* Bisection over log (alpha - 1), from 1 + 2^-50 to beyond any root that a double tells from
   infinity. */
static double
best_alpha (double rho, double epsilon)
{
  double lo = -35, hi = 700;

  for (int i = 0; i < 200; i++)
    {
      double x = (lo + hi) / 2;

      if (log_slope (1 + exp (x), rho, epsilon) < 0)
        lo = x;
      else
        hi = x;
    }
  return 1 + exp (hi);
}

static double
zcdp_delta (double rho, double epsilon)
{
  double alpha, value;

  if (rho == 0)
    return 0;
  if (isinf (rho))
    return 1;
  alpha = best_alpha (rho, epsilon);
  value = (alpha - 1) * (alpha * rho - epsilon) + alpha * log1p (-1 / alpha) - log (alpha - 1);
  return MIN (1, exp (value));
}

/**
 * genesis_privacy_zcdp_delta:
 * @rho: the parameter of zero-concentrated differential privacy, at least 0
 * @epsilon: at least 0
 * @delta: (out): a delta for which rho-zCDP is (epsilon, delta)-differential privacy
 * @error: return location for an error
 *
 * For mechanisms that are not Gaussian; rho of a run is the sum over all that it releases.
 *
 * Returns: %FALSE with %GENESIS_ERROR_INVALID_CONFIG for arguments out of range
 */
gboolean
genesis_privacy_zcdp_delta (double rho, double epsilon, double *delta, GError **error)
{
  g_return_val_if_fail (delta != NULL, FALSE);

  if (!genesis_privacy_check_loss ("rho", rho, TRUE, error)
      || !genesis_privacy_check_loss ("epsilon", epsilon, FALSE, error))
    return FALSE;
  *delta = zcdp_delta (rho, epsilon);
  return TRUE;
}

/**
 * genesis_privacy_zcdp_epsilon:
 * @rho: the parameter of zero-concentrated differential privacy, at least 0
 * @delta: between 0 and 1
 * @epsilon: (out): the inverse of genesis_privacy_zcdp_delta() in epsilon, rounded up
 * @error: return location for an error
 *
 * Returns: %FALSE with %GENESIS_ERROR_INVALID_CONFIG for arguments out of range
 */
gboolean
genesis_privacy_zcdp_epsilon (double rho, double delta, double *epsilon, GError **error)
{
  g_return_val_if_fail (epsilon != NULL, FALSE);

  if (!genesis_privacy_check_loss ("rho", rho, TRUE, error)
      || !genesis_privacy_check_delta (delta, error))
    return FALSE;
  if (isinf (rho))
    *epsilon = INFINITY;
  else
    *epsilon = genesis_privacy_search_smallest (zcdp_delta, rho, delta);
  return TRUE;
}

/**
 * genesis_privacy_zcdp_rho:
 * @epsilon: at least 0
 * @delta: between 0 and 1
 * @rho: (out): the inverse of genesis_privacy_zcdp_delta() in rho, rounded down
 * @error: return location for an error
 *
 * Returns: %FALSE with %GENESIS_ERROR_INVALID_CONFIG for arguments out of range
 */
gboolean
genesis_privacy_zcdp_rho (double epsilon, double delta, double *rho, GError **error)
{
  g_return_val_if_fail (rho != NULL, FALSE);

  if (!genesis_privacy_check_loss ("epsilon", epsilon, FALSE, error)
      || !genesis_privacy_check_delta (delta, error))
    return FALSE;
  *rho = genesis_privacy_search_largest (zcdp_delta, epsilon, delta);
  return TRUE;
}
