/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-gaussian-privacy-private.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_sf_erf.h>
#include <math.h>

#include "privacy/genesis-privacy-search-private.h"

/* Gaussian differential privacy: Dong, Roth and Su, "Gaussian differential privacy", J. R. Stat.
   Soc. B 84 (2022), corollary 1. A mechanism is mu-GDP when telling two neighbours apart by what it
   releases is no easier than telling N (0, 1) from N (mu, 1), and

     delta (epsilon) = Phi (a) - e^epsilon Phi (b),   a = mu/2 - epsilon/mu,   b = a - mu.

   Since e^epsilon phi (b) = phi (a), with Mills' ratio M (t) = (1 - Phi (t)) / phi (t)

     delta = phi (a) (M (-a) - M (-b))       for a <= 1
     delta = Phi (a) - phi (a) M (-b)        for a > 1

   which neither overflows nor loses digits, however large epsilon. The first is a difference of
   neighbouring values when mu is small: there M falls by mu (1 - t M (t)) from t - mu/2 to
   t + mu/2, with a relative error of mu^2 / 24. */

#define SMALL_MU 1e-5

static double
mills (double t)
{
  return 1 / gsl_sf_hazard (t);
}

static double
mills_fall (double t, double mu)
{
  double halfway = t + mu / 2;

  if (mu < SMALL_MU)
    return mu * (1 - halfway * mills (halfway));
  return mills (t) - mills (t + mu);
}

double
genesis_gaussian_privacy_delta (double mu, double epsilon)
{
  double a;

  if (mu == 0 || isinf (epsilon))
    return 0;
  if (isinf (mu))
    return 1;
  a = mu / 2 - epsilon / mu;
  if (fabs (a) > 40)
    return a < 0 ? 0 : 1; /* phi (40) is below the smallest double */
  if (a <= 1)
    return gsl_ran_ugaussian_pdf (a) * mills_fall (-a, mu);
  return exp (gsl_sf_log_erfc (-a * M_SQRT1_2)) / 2 - gsl_ran_ugaussian_pdf (a) * mills (mu - a);
}

static double
rising_delta (double mu, double epsilon)
{
  return genesis_gaussian_privacy_delta (mu, epsilon);
}

/**
 * genesis_privacy_delta:
 * @mu: the parameter of Gaussian differential privacy, at least 0; %INFINITY: no privacy
 * @epsilon: at least 0
 * @delta: (out): the smallest delta for which mu-GDP is (epsilon, delta)-differential privacy
 * @error: return location for an error
 *
 * Gaussian mechanisms compose exactly: mu^2 of a run is the sum of (sensitivity / sigma)^2 over all
 * that it releases. Relative error below 1e-9.
 *
 * Returns: %FALSE with %GENESIS_ERROR_INVALID_CONFIG for arguments out of range
 */
gboolean
genesis_privacy_delta (double mu, double epsilon, double *delta, GError **error)
{
  g_return_val_if_fail (delta != NULL, FALSE);

  if (!genesis_privacy_check_loss ("mu", mu, TRUE, error)
      || !genesis_privacy_check_loss ("epsilon", epsilon, FALSE, error))
    return FALSE;
  *delta = genesis_gaussian_privacy_delta (mu, epsilon);
  return TRUE;
}

/**
 * genesis_privacy_epsilon:
 * @mu: the parameter of Gaussian differential privacy, at least 0; %INFINITY: no privacy
 * @delta: between 0 and 1
 * @epsilon: (out): the smallest epsilon, rounded up; %INFINITY for an infinite @mu
 * @error: return location for an error
 *
 * The inverse of genesis_privacy_delta() in epsilon.
 *
 * Returns: %FALSE with %GENESIS_ERROR_INVALID_CONFIG for arguments out of range
 */
gboolean
genesis_privacy_epsilon (double mu, double delta, double *epsilon, GError **error)
{
  g_return_val_if_fail (epsilon != NULL, FALSE);

  if (!genesis_privacy_check_loss ("mu", mu, TRUE, error)
      || !genesis_privacy_check_delta (delta, error))
    return FALSE;
  if (isinf (mu))
    *epsilon = INFINITY;
  else
    *epsilon = genesis_privacy_search_smallest (rising_delta, mu, delta);
  return TRUE;
}

/**
 * genesis_privacy_mu:
 * @epsilon: at least 0
 * @delta: between 0 and 1
 * @mu: (out): the largest mu, rounded down, for which mu-GDP is (epsilon, delta)-differential
 *   privacy
 * @error: return location for an error
 *
 * The inverse of genesis_privacy_delta() in mu: what a run may spend.
 *
 * Returns: %FALSE with %GENESIS_ERROR_INVALID_CONFIG for arguments out of range
 */
gboolean
genesis_privacy_mu (double epsilon, double delta, double *mu, GError **error)
{
  g_return_val_if_fail (mu != NULL, FALSE);

  if (!genesis_privacy_check_loss ("epsilon", epsilon, FALSE, error)
      || !genesis_privacy_check_delta (delta, error))
    return FALSE;
  *mu = genesis_privacy_search_largest (rising_delta, epsilon, delta);
  return TRUE;
}
