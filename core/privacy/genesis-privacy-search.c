/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-privacy-search-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

/* More halvings than there are doubles between two neighbouring powers of two, and those powers. */
#define MAX_STEPS 4096

gboolean
genesis_privacy_check_loss (const char *name, double value, gboolean infinite, GError **error)
{
  if (value >= 0 && (isfinite (value) || infinite))
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "%s is %g: it has to be a number from 0 up%s", name, value,
               infinite ? "" : ", and finite");
  return FALSE;
}

gboolean
genesis_privacy_check_delta (double delta, GError **error)
{
  if (delta > 0 && delta < 1)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "delta is %g: it has to lie between 0 and 1, both excluded; 1e-5 or less is usual",
               delta);
  return FALSE;
}

/* Halfway between two positive doubles: by their exponents while these differ, so that 1e-300 is as
   near as 1e300. */
static double
middle (double lo, double hi)
{
  if (lo > 0 && hi > 4 * lo)
    return sqrt (lo) * sqrt (hi);
  return lo + (hi - lo) / 2;
}

double
genesis_privacy_search_largest (GenesisPrivacyLoss loss, double other, double target)
{
  double lo = 0, hi = G_MAXDOUBLE;

  if (loss (lo, other) > target)
    return 0;
  if (loss (hi, other) <= target)
    return INFINITY;
  for (lo = 1; lo > 0 && loss (lo, other) > target; lo /= 65536)
    hi = lo;
  for (int i = 0; i < MAX_STEPS; i++)
    {
      double x = middle (lo, hi);

      if (x <= lo || x >= hi)
        break;
      if (loss (x, other) <= target)
        lo = x;
      else
        hi = x;
    }
  return lo;
}

double
genesis_privacy_search_smallest (GenesisPrivacyLoss loss, double other, double target)
{
  double lo = 0, hi = G_MAXDOUBLE;

  if (loss (other, lo) <= target)
    return 0;
  if (loss (other, hi) > target)
    return INFINITY;
  for (lo = 1; lo > 0 && loss (other, lo) <= target; lo /= 65536)
    hi = lo;
  for (int i = 0; i < MAX_STEPS; i++)
    {
      double x = middle (lo, hi);

      if (x <= lo || x >= hi)
        break;
      if (loss (other, x) <= target)
        hi = x;
      else
        lo = x;
    }
  return hi;
}
