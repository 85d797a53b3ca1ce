/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-plackett.h"

#include <math.h>

#define N          COPULA_PLACKETT_NODES
#define NEGLIGIBLE 33.0 /* exp (-33) is below the rounding of the sum */

static const double pi = 3.14159265358979324;

/* P_0 (x) .. P_n (x). */
static void
fill_legendre (double x, int n, double *p)
{
  p[0] = 1.0;
  p[1] = x;
  for (int k = 1; k < n; k++)
    p[k + 1] = ((2.0 * k + 1.0) * x * p[k] - k * p[k - 1]) / (k + 1.0);
}

/* The i-th root of P_N and its Gauss weight, by Newton from the usual cosine. */
static double
find_node (int i, double *weight)
{
  double p[N + 1], slope = 1.0;
  double x = cos (pi * (i + 0.75) / (N + 0.5));

  for (int step = 0; step < 8; step++)
    {
      fill_legendre (x, N, p);
      slope = N * (x * p[N] - p[N - 1]) / (x * x - 1.0);
      x -= p[N] / slope;
    }
  fill_legendre (x, N, p);
  slope = N * (x * p[N] - p[N - 1]) / (x * x - 1.0);
  *weight = 2.0 / ((1.0 - x * x) * slope * slope);
  return x;
}

static double
sum_crossings (const copula_ladder *a, const copula_ladder *b, int side, double theta)
{
  double sine = side * sin (theta), cosine = cos (theta);
  double half = 0.5 / (cosine * cosine), sum = 0.0;

  for (uint32_t i = 0; i < a->n_steps; i++)
    {
      double x = a->cut[i], inner = 0.0;

      for (uint32_t j = 0; j < b->n_steps; j++)
        {
          double y = b->cut[j], exponent = (x * x + y * y - 2.0 * x * y * sine) * half;

          if (exponent < NEGLIGIBLE)
            inner += b->step[j] * exp (-exponent);
        }
      sum += a->step[i] * inner;
    }
  return sum / (2.0 * pi);
}

void
copula_plackett_init (copula_plackett *self, const copula_ladder *a, const copula_ladder *b,
                      int side, double edge)
{
  double p[N + 1], weight;

  self->from = asin (edge);
  self->to = asin (COPULA_RHO_MAX);
  for (int k = 0; k < N; k++)
    self->coefficient[k] = 0.0;
  for (int i = 0; i < N; i++)
    {
      double x = find_node (i, &weight);
      double theta = 0.5 * (self->from + self->to) + 0.5 * (self->to - self->from) * x;
      double f = sum_crossings (a, b, side, theta);

      fill_legendre (x, N, p);
      for (int k = 0; k < N; k++)
        self->coefficient[k] += (k + 0.5) * weight * f * p[k];
    }
}

/* The integral of P_k from -1 to x is (P_k+1 (x) - P_k-1 (x)) / (2 k + 1), that of P_0 is x + 1. */
double
copula_plackett_integrate (const copula_plackett *self, double rho)
{
  double half = 0.5 * (self->to - self->from);
  double x = (asin (rho < COPULA_RHO_MAX ? rho : COPULA_RHO_MAX) - self->from) / half - 1.0;
  double p[N + 1], sum = self->coefficient[0] * (x + 1.0);

  fill_legendre (x, N, p);
  for (int k = 1; k < N; k++)
    sum += self->coefficient[k] * (p[k + 1] - p[k - 1]) / (2.0 * k + 1.0);
  return sum * half;
}
