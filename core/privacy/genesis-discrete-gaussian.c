/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-discrete-gaussian-private.h"

/* Canonne, Kamath and Steinke, "The discrete Gaussian for differential privacy", NeurIPS 2020,
   algorithms 1 to 3, for an integer sigma and with the discrete Laplace of scale t = sigma: a
   Laplace draw y is kept with probability exp (-(|y| - sigma)^2 / (2 sigma^2)). Everything is an
   exact comparison of integers; no floating point. */

typedef unsigned __int128 Wide;

/* TRUE with probability n / d, n <= d < 2^63. The bits of a uniform number are compared with those
   of the ratio, 64 at a time, until they differ. */
static gboolean
bernoulli (GenesisNoiseStream *stream, guint64 n, guint64 d)
{
  while (n > 0 && n < d)
    {
      Wide drawn = (Wide)genesis_noise_stream_next (stream) * d;
      Wide ratio = (Wide)n << 64;

      if (ratio <= drawn)
        return FALSE;
      if (ratio - drawn >= d)
        return TRUE;
      n = (guint64)(ratio - drawn);
    }
  return n > 0;
}

/* TRUE with probability exp (-n / d), n <= d: algorithm 1. */
static gboolean
bernoulli_exp_small (GenesisNoiseStream *stream, guint64 n, guint64 d)
{
  guint64 k = 1;

  while (bernoulli (stream, n, d) && (k == 1 || bernoulli (stream, 1, k)))
    k++;
  return k % 2 == 1;
}

/* TRUE with probability exp (-n / d). */
static gboolean
bernoulli_exp (GenesisNoiseStream *stream, Wide n, guint64 d)
{
  for (; n > d; n -= d)
    if (!bernoulli_exp_small (stream, 1, 1))
      return FALSE;
  return bernoulli_exp_small (stream, (guint64)n, d);
}

/* A uniform integer below n: Lemire, "Fast random integer generation in an interval", ACM TOMACS
   29 (2019). */
static guint64
uniform_below (GenesisNoiseStream *stream, guint64 n)
{
  Wide product = (Wide)genesis_noise_stream_next (stream) * n;

  if ((guint64)product < n)
    {
      guint64 least = -n % n;

      while ((guint64)product < least)
        product = (Wide)genesis_noise_stream_next (stream) * n;
    }
  return (guint64)(product >> 64);
}

/* x with probability proportional to exp (-|x| / scale): algorithm 2. */
static gint64
laplace (GenesisNoiseStream *stream, guint64 scale)
{
  for (;;)
    {
      guint64 low = uniform_below (stream, scale), high = 0, size;
      gboolean negative;

      if (!bernoulli_exp_small (stream, low, scale))
        continue;
      while (bernoulli_exp_small (stream, 1, 1))
        high++;
      size = low + scale * high;
      negative = genesis_noise_stream_next (stream) >> 63;
      if (negative && size == 0)
        continue;
      return negative ? -(gint64)size : (gint64)size;
    }
}

gint64
genesis_discrete_gaussian_draw (GenesisNoiseStream *stream, guint64 sigma)
{
  g_return_val_if_fail (sigma >= 1 && sigma <= GENESIS_DISCRETE_GAUSSIAN_MAX_SIGMA, 0);

  for (;;)
    {
      gint64 x = laplace (stream, sigma);
      gint64 gap = ABS (x) - (gint64)sigma;

      if (bernoulli_exp (stream, (Wide)ABS (gap) * ABS (gap), 2 * sigma * sigma))
        return x;
    }
}
