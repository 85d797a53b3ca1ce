/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "error-bound.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

#define LEVEL 1e-3 /* of each of the two error rates, one-sided */

/* Clopper and Pearson: the largest rate under which k or fewer of n have probability LEVEL. */
static double
find_largest_rate (guint k, guint n)
{
  double low = (double)k / n, high = 1;

  for (guint i = 0; i < 60 && k < n; i++)
    {
      const double middle = (low + high) / 2;

      *(gsl_cdf_beta_Q (middle, k + 1.0, n - k) > LEVEL ? &low : &high) = middle;
    }
  return high;
}

/* Of two tests against each other that err at these rates, N (0, 1) and N (mu, 1) lie no closer
   than this: mu = z (1 - false alarms) - z (misses). Each rate gives half. */
double
error_bound_find_half (guint k, guint n)
{
  return gsl_cdf_ugaussian_Qinv (find_largest_rate (k, n));
}

/* Of runs that are as private as they claim, which part is found too private (low, not above
   floor_mu) or not private enough (high): exact, from the two binomials. At the midpoint both rates
   are Phi (-mu/2). The more misses there are, the fewer false alarms give the same bound. */
void
error_bound_find_chances (double mu, double floor_mu, guint n, double *low, double *high)
{
  const double rate = gsl_cdf_ugaussian_Q (mu / 2);
  const double sd = sqrt (n * rate * (1 - rate));
  const guint first = (guint)MAX (n * rate - 9 * sd, 0);
  const guint n_counts = (guint)(n * rate + 9 * sd) - first;
  g_autofree double *halves = g_new (double, n_counts);
  guint n_high = n_counts, n_low = n_counts; /* counts of false alarms below which it is so */

  for (guint i = 0; i < n_counts; i++)
    halves[i] = error_bound_find_half (first + i, n);
  *low = *high = 0;
  for (guint i = 0; i < n_counts; i++)
    {
      const double p = gsl_ran_binomial_pdf (first + i, rate, n);

      while (n_high > 0 && halves[i] + halves[n_high - 1] < mu)
        n_high--;
      while (n_low > 0 && halves[i] + halves[n_low - 1] <= floor_mu)
        n_low--;
      *high += n_high > 0 ? p * gsl_cdf_binomial_P (first + n_high - 1, rate, n) : 0;
      *low += n_low > 0 ? p * gsl_cdf_binomial_Q (first + n_low - 1, rate, n) : p;
    }
}
