/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-symmetric-eigen.h"

#include <float.h>
#include <math.h>

#define MAX_SWEEPS 60

/* d and e name the diagonal and the off-diagonal of the tridiagonal matrix, as in the paper. */

static void
reduce_row (uint32_t n, uint32_t i, double *v, double *d, double *e, double scale)
{
  double h = 0.0, f = 0.0, g, hh;

  for (uint32_t k = 0; k < i; k++)
    {
      d[k] /= scale;
      h += d[k] * d[k];
    }
  f = d[i - 1];
  g = f > 0.0 ? -sqrt (h) : sqrt (h);
  e[i] = scale * g;
  h -= f * g;
  d[i - 1] = f - g;
  for (uint32_t j = 0; j < i; j++)
    e[j] = 0.0;
  for (uint32_t j = 0; j < i; j++)
    {
      f = d[j];
      v[j * n + i] = f;
      g = e[j] + v[j * n + j] * f;
      for (uint32_t k = j + 1; k < i; k++)
        {
          g += v[k * n + j] * d[k];
          e[k] += v[k * n + j] * f;
        }
      e[j] = g;
    }
  f = 0.0;
  for (uint32_t j = 0; j < i; j++)
    {
      e[j] /= h;
      f += e[j] * d[j];
    }
  hh = f / (h + h);
  for (uint32_t j = 0; j < i; j++)
    e[j] -= hh * d[j];
  for (uint32_t j = 0; j < i; j++)
    {
      f = d[j];
      g = e[j];
      for (uint32_t k = j; k < i; k++)
        v[k * n + j] -= f * e[k] + g * d[k];
      d[j] = v[(i - 1) * n + j];
      v[i * n + j] = 0.0;
    }
  d[i] = h;
}

static void
skip_row (uint32_t n, uint32_t i, double *v, double *d, double *e)
{
  e[i] = d[i - 1];
  for (uint32_t j = 0; j < i; j++)
    {
      d[j] = v[(i - 1) * n + j];
      v[i * n + j] = 0.0;
      v[j * n + i] = 0.0;
    }
  d[i] = 0.0;
}

static void
accumulate (uint32_t n, double *v, double *d, double *e)
{
  for (uint32_t i = 0; i + 1 < n; i++)
    {
      double h = d[i + 1];

      v[(n - 1) * n + i] = v[i * n + i];
      v[i * n + i] = 1.0;
      if (h != 0.0)
        {
          for (uint32_t k = 0; k <= i; k++)
            d[k] = v[k * n + i + 1] / h;
          for (uint32_t j = 0; j <= i; j++)
            {
              double g = 0.0;

              for (uint32_t k = 0; k <= i; k++)
                g += v[k * n + i + 1] * v[k * n + j];
              for (uint32_t k = 0; k <= i; k++)
                v[k * n + j] -= g * d[k];
            }
        }
      for (uint32_t k = 0; k <= i; k++)
        v[k * n + i + 1] = 0.0;
    }
  for (uint32_t j = 0; j < n; j++)
    {
      d[j] = v[(n - 1) * n + j];
      v[(n - 1) * n + j] = 0.0;
    }
  v[n * n - 1] = 1.0;
  e[0] = 0.0;
}

static void
tridiagonalise (uint32_t n, double *v, double *d, double *e)
{
  for (uint32_t j = 0; j < n; j++)
    d[j] = v[(n - 1) * n + j];
  for (uint32_t i = n - 1; i > 0; i--)
    {
      double scale = 0.0;

      for (uint32_t k = 0; k < i; k++)
        scale += fabs (d[k]);
      if (scale == 0.0)
        skip_row (n, i, v, d, e);
      else
        reduce_row (n, i, v, d, e, scale);
    }
  accumulate (n, v, d, e);
}

static void
rotate_vectors (uint32_t n, uint32_t i, double *v, double c, double s)
{
  for (uint32_t k = 0; k < n; k++)
    {
      double h = v[k * n + i + 1];

      v[k * n + i + 1] = s * v[k * n + i] + c * h;
      v[k * n + i] = c * v[k * n + i] - s * h;
    }
}

/* One implicit QL step on the block [l, m]. Returns the shift that was taken off the diagonal. */
static double
step_ql (uint32_t n, uint32_t l, uint32_t m, double *v, double *d, double *e)
{
  double g = d[l];
  double p = (d[l + 1] - g) / (2.0 * e[l]);
  double r = p < 0.0 ? -sqrt (p * p + 1.0) : sqrt (p * p + 1.0);
  double shift, next, c = 1.0, c2 = 1.0, c3 = 1.0, s = 0.0, s2 = 0.0, el1 = e[l + 1];

  d[l] = e[l] / (p + r);
  d[l + 1] = e[l] * (p + r);
  next = d[l + 1];
  shift = g - d[l];
  for (uint32_t i = l + 2; i < n; i++)
    d[i] -= shift;
  p = d[m];
  for (uint32_t i = m; i-- > l;)
    {
      double h;

      c3 = c2;
      c2 = c;
      s2 = s;
      g = c * e[i];
      h = c * p;
      r = sqrt (p * p + e[i] * e[i]);
      e[i + 1] = s * r;
      s = e[i] / r;
      c = p / r;
      p = c * d[i] - s * g;
      d[i + 1] = h + s * (c * g + s * d[i]);
      rotate_vectors (n, i, v, c, s);
    }
  p = -s * s2 * c3 * el1 * e[l] / next;
  e[l] = s * p;
  d[l] = c * p;
  return shift;
}

static int
diagonalise (uint32_t n, double *v, double *d, double *e)
{
  double shift = 0.0, size = 0.0;

  for (uint32_t i = 1; i < n; i++)
    e[i - 1] = e[i];
  e[n - 1] = 0.0;
  for (uint32_t l = 0; l < n; l++)
    {
      uint32_t m = l;
      int sweeps = 0;

      size = fmax (size, fabs (d[l]) + fabs (e[l]));
      while (m + 1 < n && !(fabs (e[m]) <= DBL_EPSILON * size))
        m++;
      if (m > l)
        {
          do
            {
              if (sweeps++ == MAX_SWEEPS)
                return 0;
              shift += step_ql (n, l, m, v, d, e);
            }
          while (!(fabs (e[l]) <= DBL_EPSILON * size));
        }
      d[l] += shift;
      e[l] = 0.0;
    }
  return 1;
}

static void
sort_ascending (uint32_t n, double *v, double *d)
{
  for (uint32_t i = 0; i + 1 < n; i++)
    {
      uint32_t least = i;
      double value;

      for (uint32_t j = i + 1; j < n; j++)
        least = d[j] < d[least] ? j : least;
      if (least == i)
        continue;
      value = d[least];
      d[least] = d[i];
      d[i] = value;
      for (uint32_t k = 0; k < n; k++)
        {
          double entry = v[k * n + i];

          v[k * n + i] = v[k * n + least];
          v[k * n + least] = entry;
        }
    }
}

int
genesis_sdk_symmetric_eigen (uint32_t n, double *vectors, double *values, double *work)
{
  if (n == 0)
    return 1;
  tridiagonalise (n, vectors, values, work);
  if (!diagonalise (n, vectors, values, work))
    return 0;
  sort_ascending (n, vectors, values);
  return 1;
}
