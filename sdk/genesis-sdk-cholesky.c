/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-cholesky.h"

#include <math.h>

/* Values that stay in the nearest cache while a row of the factor passes over them. */
#define BLOCK 512

int
genesis_sdk_cholesky (uint32_t n, double *matrix)
{
  for (uint32_t i = 0; i < n; i++)
    {
      double *row = matrix + (size_t)i * n;

      for (uint32_t j = 0; j <= i; j++)
        {
          const double *other = matrix + (size_t)j * n;
          double sum = row[j];

          for (uint32_t k = 0; k < j; k++)
            sum -= row[k] * other[k];
          if (j < i)
            row[j] = sum / other[j];
          else if (sum > 0.0)
            row[j] = sqrt (sum);
          else
            return 0;
        }
      for (uint32_t j = i + 1; j < n; j++)
        row[j] = 0.0;
    }
  return 1;
}

static void
multiply_block (uint32_t n, const double *factor, double *values, size_t stride, size_t n_values)
{
  double sum[BLOCK];

  /* from the last series down: series k is still N when series i > k asks for it */
  for (uint32_t i = n; i-- > 0;)
    {
      const double *row = factor + (size_t)i * n;

      for (size_t r = 0; r < n_values; r++)
        sum[r] = row[0] * values[r];
      for (uint32_t k = 1; k <= i; k++)
        {
          const double *series = values + k * stride;
          double weight = row[k];

          for (size_t r = 0; r < n_values; r++)
            sum[r] += weight * series[r];
        }
      for (size_t r = 0; r < n_values; r++)
        values[i * stride + r] = sum[r];
    }
}

void
genesis_sdk_cholesky_multiply (uint32_t n, const double *factor, double *values, size_t stride,
                               size_t n_values)
{
  for (size_t first = 0; first < n_values; first += BLOCK)
    {
      size_t count = n_values - first < BLOCK ? n_values - first : BLOCK;

      multiply_block (n, factor, values + first, stride, count);
    }
}
