/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-mehler.h"

#include <float.h>
#include <math.h>

#include "copula-plackett.h"

#define TOLERANCE 1e-12
#define MAX_STEPS 100
#define INSIDE    1e-9

/* Without the k = 0 term, by Horner. */
static double
sum_series (const double *product, double rho)
{
  double sum = 0.0;

  for (uint32_t k = COPULA_MEHLER_TERMS; k >= 1; k--)
    sum = (sum + product[k]) * rho;
  return sum;
}

typedef struct
{
  double product[COPULA_MEHLER_TERMS + 1];
  copula_plackett tail; /* beyond the edge, once asked for */
  double edge, base;    /* how far the series serves, and g there */
  int far;              /* 0: the series; 1, -1: the tail on that side */
} curve;

static void
curve_init (curve *self, const copula_ladder *a, const copula_ladder *b)
{
  double tail = a->tail * b->tail;
  double edge = tail > COPULA_MEHLER_TAIL
                    ? pow (COPULA_MEHLER_TAIL / tail, 1.0 / (COPULA_MEHLER_TERMS + 1.0))
                    : COPULA_RHO_MAX;

  self->far = 0;
  self->edge = fmin (fmax (edge, COPULA_MEHLER_EDGE), COPULA_RHO_MAX);
  for (uint32_t k = 0; k <= COPULA_MEHLER_TERMS; k++)
    self->product[k] = a->c[k] * b->c[k];
}

static double
evaluate (const curve *self, double rho)
{
  if (self->far == 0)
    return sum_series (self->product, rho);
  return self->base + self->far * copula_plackett_integrate (&self->tail, fabs (rho));
}

static void
go_far (curve *self, const copula_ladder *a, const copula_ladder *b, int side)
{
  self->base = sum_series (self->product, side * self->edge);
  copula_plackett_init (&self->tail, a, b, side, self->edge);
  self->far = side;
}

double
copula_mehler_covariance (const copula_ladder *a, const copula_ladder *b, double rho)
{
  curve self;

  curve_init (&self, a, b);
  if (fabs (rho) > self.edge && self.edge < COPULA_RHO_MAX)
    go_far (&self, a, b, rho > 0.0 ? 1 : -1);
  return evaluate (&self, rho);
}

/* Brent (1973), Algorithms for Minimization without Derivatives, chapter 4: f (a) and f (b) have
   opposite signs. */
static double
find_root (const curve *self, double target, double a, double b)
{
  double fa = evaluate (self, a) - target, fb = evaluate (self, b) - target;
  double c = a, fc = fa, d = b - a, e = d;

  for (int i = 0; i < MAX_STEPS; i++)
    {
      double middle, tolerance;

      if ((fb > 0.0) == (fc > 0.0))
        {
          c = a;
          fc = fa;
          d = e = b - a;
        }
      if (fabs (fc) < fabs (fb))
        {
          a = b, b = c, c = a;
          fa = fb, fb = fc, fc = fa;
        }
      tolerance = 2.0 * DBL_EPSILON * fabs (b) + 0.5 * TOLERANCE;
      middle = 0.5 * (c - b);
      if (fabs (middle) <= tolerance || fb == 0.0)
        break;
      if (fabs (e) >= tolerance && fabs (fa) > fabs (fb))
        {
          double s = fb / fa, q = fa / fc, r = fb / fc, p;

          if (a == c)
            {
              p = 2.0 * middle * s;
              q = 1.0 - s;
            }
          else
            {
              p = s * (2.0 * middle * q * (q - r) - (b - a) * (r - 1.0));
              q = (q - 1.0) * (r - 1.0) * (s - 1.0);
            }
          q = p > 0.0 ? -q : q;
          p = fabs (p);
          if (2.0 * p < fmin (3.0 * middle * q - fabs (tolerance * q), fabs (e * q)))
            {
              e = d;
              d = p / q;
            }
          else
            d = e = middle;
        }
      else
        d = e = middle;
      a = b;
      fa = fb;
      b += fabs (d) > tolerance ? d : (middle > 0.0 ? tolerance : -tolerance);
      fb = evaluate (self, b) - target;
    }
  return b;
}

double
copula_mehler_solve (const copula_ladder *a, const copula_ladder *b, double covariance)
{
  curve self;
  double low, high;
  int side;

  if (!isfinite (covariance))
    return 0.0;
  curve_init (&self, a, b);
  covariance = fmin (covariance, copula_ladder_get_limit (a, b, 1) - INSIDE);
  covariance = fmax (covariance, copula_ladder_get_limit (a, b, -1) + INSIDE);
  low = sum_series (self.product, -self.edge);
  high = sum_series (self.product, self.edge);
  if (!(high > low))
    return 0.0;
  if (covariance >= low && covariance <= high)
    return find_root (&self, covariance, -self.edge, self.edge);
  side = covariance > high ? 1 : -1;
  if (self.edge >= COPULA_RHO_MAX)
    return side * COPULA_RHO_MAX;
  go_far (&self, a, b, side);
  if (side * (covariance - evaluate (&self, side * COPULA_RHO_MAX)) >= 0.0)
    return side * COPULA_RHO_MAX;
  return find_root (&self, covariance, side * self.edge, side * COPULA_RHO_MAX);
}
