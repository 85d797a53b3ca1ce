/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-mehler.h"

#include <float.h>
#include <math.h>

#define TOLERANCE 1e-12
#define MAX_STEPS 100
#define INSIDE    1e-9

/* Terms that are tried, one number after the other. */
static const uint32_t levels[] = { COPULA_LADDER_NEAR, 1200, 4800, COPULA_LADDER_FAR };
#define N_LEVELS (sizeof levels / sizeof levels[0])

typedef struct
{
  const copula_ladder *a, *b;
  uint32_t n_terms;
} curve;

/* Horner's rule without the k = 0 term, in four chains: term 4 m + j belongs to chain j. */
static double
evaluate (const curve *self, double rho)
{
  const double *a = self->a->c, *b = self->b->c;
  double square = rho * rho, fourth = square * square;
  double sums[4] = { 0.0, 0.0, 0.0, 0.0 };

  for (uint32_t k = self->n_terms; k > 0; k -= 4)
    for (uint32_t j = 0; j < 4; j++)
      sums[j] = sums[j] * fourth + a[k - j] * b[k - j];
  return rho * (sums[3] + rho * sums[2] + square * (sums[1] + rho * sums[0]));
}

/* How far n terms serve. */
static double
get_reach (const copula_ladder *a, const copula_ladder *b, uint32_t n_terms)
{
  double tail = a->tail * b->tail;

  if (tail <= COPULA_MEHLER_TAIL)
    return COPULA_RHO_MAX;
  return fmin (pow (COPULA_MEHLER_TAIL / tail, 1.0 / (n_terms + 1.0)), COPULA_RHO_MAX);
}

static int
has_terms (const curve *self, uint32_t n_terms)
{
  return n_terms <= self->a->n_terms && n_terms <= self->b->n_terms;
}

double
copula_mehler_covariance (const copula_ladder *a, const copula_ladder *b, double rho)
{
  curve self = { .a = a, .b = b };

  for (uint32_t level = 0; level < N_LEVELS && has_terms (&self, levels[level]); level++)
    {
      self.n_terms = levels[level];
      if (fabs (rho) <= get_reach (a, b, self.n_terms))
        break;
    }
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

int
copula_mehler_is_far (const copula_ladder *a, const copula_ladder *b, double covariance)
{
  curve self = { .a = a, .b = b, .n_terms = COPULA_LADDER_NEAR };
  double reach = get_reach (a, b, COPULA_LADDER_NEAR);

  return reach < COPULA_RHO_MAX
         && (covariance < evaluate (&self, -reach) || covariance > evaluate (&self, reach));
}

double
copula_mehler_solve (const copula_ladder *a, const copula_ladder *b, double covariance)
{
  curve self = { .a = a, .b = b };
  double near = 0.0;
  int side = covariance < 0.0 ? -1 : 1;

  if (!isfinite (covariance))
    return 0.0;
  covariance = fmin (covariance, copula_ladder_get_limit (a, b, 1) - INSIDE);
  covariance = fmax (covariance, copula_ladder_get_limit (a, b, -1) + INSIDE);
  for (uint32_t level = 0; level < N_LEVELS && has_terms (&self, levels[level]); level++)
    {
      double reach = get_reach (a, b, levels[level]);

      self.n_terms = levels[level];
      if (level == 0 && !(evaluate (&self, reach) > evaluate (&self, -reach)))
        return 0.0;
      if (side * (evaluate (&self, side * near) - covariance) >= 0.0)
        break;
      if (side * (evaluate (&self, side * reach) - covariance) >= 0.0)
        return find_root (&self, covariance, side * near, side * reach);
      near = reach;
    }
  return side * near;
}
