/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-privacy.h>

/* The noise multiplier z of a round: whatever blocks it asks for, it costs mu^2 = 1 / z^2, so R
   rounds cost mu = sqrt (R) / z. Each result is moved by one unit in the last place to the safe
   side, past the rounding of the root and the quotient. */

static gboolean
check_rounds (guint rounds, GError **error)
{
  if (rounds > 0)
    return TRUE;
  g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                       "rounds is 0: nothing is asked and nothing is spent; it is at least 1");
  return FALSE;
}

static double
next_up (double x)
{
  return nextafter (nextafter (x, INFINITY), INFINITY);
}

/**
 * genesis_privacy_mu_of_noise_scale:
 * @noise_scale: noise of a round, in sensitivities of all that it asks together; above 0
 * @rounds: how many rounds, at least 1
 * @mu: (out): what the rounds cost together, rounded up
 * @error: return location for an error
 *
 * Returns: %FALSE with %GENESIS_ERROR_INVALID_CONFIG for arguments out of range
 */
gboolean
genesis_privacy_mu_of_noise_scale (double noise_scale, guint rounds, double *mu, GError **error)
{
  g_return_val_if_fail (mu != NULL, FALSE);

  if (!(noise_scale > 0) || !isfinite (noise_scale))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "noise_scale is %g: it has to be a number above 0, and finite", noise_scale);
      return FALSE;
    }
  if (!check_rounds (rounds, error))
    return FALSE;
  *mu = next_up (sqrt (rounds) / noise_scale);
  return TRUE;
}

/**
 * genesis_privacy_noise_scale:
 * @epsilon: at least 0
 * @delta: between 0 and 1
 * @rounds: how many rounds share it, at least 1
 * @noise_scale: (out): the smallest noise multiplier of a round, rounded up
 * @error: return location for an error
 *
 * Calibration: with this much noise in each of @rounds rounds all of them together are (@epsilon,
 * @delta)-differentially private.
 *
 * Returns: %FALSE with %GENESIS_ERROR_INVALID_CONFIG for arguments out of range
 */
gboolean
genesis_privacy_noise_scale (double epsilon, double delta, guint rounds, double *noise_scale,
                             GError **error)
{
  double mu;

  g_return_val_if_fail (noise_scale != NULL, FALSE);

  if (!genesis_privacy_mu (epsilon, delta, &mu, error) || !check_rounds (rounds, error))
    return FALSE;
  *noise_scale = next_up (next_up (sqrt (rounds) / mu));
  return TRUE;
}
