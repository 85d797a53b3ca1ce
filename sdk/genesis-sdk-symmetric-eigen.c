/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-symmetric-eigen.h"

#include <float.h>
#include <math.h>
#include <stddef.h>

#define MAX_SWEEPS 60

/* d and e name the diagonal and the off-diagonal of the tridiagonal matrix, as in the paper. v is
   held column after column until the end, so that inner loops run along memory. */

/* Four chains, joined in a fixed order. */
static double
multiply (uint32_t n, const double *restrict a, const double *restrict b)
{
  double sums[4] = { 0.0, 0.0, 0.0, 0.0 };
  uint32_t k = 0;

  for (; k + 4 <= n; k += 4)
    for (uint32_t chain = 0; chain < 4; chain++)
      sums[chain] += a[k + chain] * b[k + chain];
  for (; k < n; k++)
    sums[0] += a[k] * b[k];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

static void
add_multiple (uint32_t n, double factor, const double *restrict a, double *restrict to)
{
  for (uint32_t k = 0; k < n; k++)
    to[k] += factor * a[k];
}

static void
subtract_two (uint32_t n, double f, const double *restrict e, double g, const double *restrict d,
              double *restrict from)
{
  for (uint32_t k = 0; k < n; k++)
    from[k] -= f * e[k] + g * d[k];
}

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
      v[i * n + j] = f;
      e[j] += v[j * n + j] * f + multiply (i - j - 1, v + j * n + j + 1, d + j + 1);
      add_multiple (i - j - 1, f, v + j * n + j + 1, e + j + 1);
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
      subtract_two (i - j, d[j], e + j, e[j], d + j, v + j * n + j);
      d[j] = v[j * n + i - 1];
      v[j * n + i] = 0.0;
    }
  d[i] = h;
}

static void
skip_row (uint32_t n, uint32_t i, double *v, double *d, double *e)
{
  e[i] = d[i - 1];
  for (uint32_t j = 0; j < i; j++)
    {
      d[j] = v[j * n + i - 1];
      v[j * n + i] = 0.0;
      v[i * n + j] = 0.0;
    }
  d[i] = 0.0;
}

static void
accumulate (uint32_t n, double *v, double *d, double *e)
{
  for (uint32_t i = 0; i + 1 < n; i++)
    {
      double h = d[i + 1];

      v[i * n + n - 1] = v[i * n + i];
      v[i * n + i] = 1.0;
      if (h != 0.0)
        {
          for (uint32_t k = 0; k <= i; k++)
            d[k] = v[(i + 1) * n + k] / h;
          for (uint32_t j = 0; j <= i; j++)
            add_multiple (i + 1, -multiply (i + 1, v + (i + 1) * n, v + j * n), d, v + j * n);
        }
      for (uint32_t k = 0; k <= i; k++)
        v[(i + 1) * n + k] = 0.0;
    }
  for (uint32_t j = 0; j < n; j++)
    {
      d[j] = v[j * n + n - 1];
      v[j * n + n - 1] = 0.0;
    }
  v[n * n - 1] = 1.0;
  e[0] = 0.0;
}

static void
tridiagonalise (uint32_t n, double *v, double *d, double *e)
{
  for (uint32_t j = 0; j < n; j++)
    d[j] = v[j * n + n - 1];
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
  double *restrict here = v + (size_t)i * n, *restrict next = here + n;

  for (uint32_t k = 0; k < n; k++)
    {
      double h = next[k];

      next[k] = s * here[k] + c * h;
      here[k] = c * here[k] - s * h;
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
          double entry = v[i * n + k];

          v[i * n + k] = v[least * n + k];
          v[least * n + k] = entry;
        }
    }
}

static void
transpose (uint32_t n, double *v)
{
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = 0; j < i; j++)
      {
        double entry = v[i * n + j];

        v[i * n + j] = v[j * n + i];
        v[j * n + i] = entry;
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
  transpose (n, vectors);
  return 1;
}
