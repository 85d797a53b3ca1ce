/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include <gsl/gsl_cdf.h>

#include "simulation/genesis-dirichlet-private.h"

#define DRAWS 20000u
#define MOST  32u

/* Kolmogorov's distance of DRAWS independent draws from their distribution is above this with
   probability 1e-6 at most: 2 exp (-2 n d^2) (Massart 1990). */
#define DISTANCE sqrt (log (2.0 / 1e-6) / (2.0 * DRAWS))

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *)a, y = *(const double *)b;

  return x < y ? -1 : x > y;
}

static void
assert_is_beta (double *values, double a, double b)
{
  double distance = 0.0;

  qsort (values, DRAWS, sizeof *values, compare_doubles);
  for (guint i = 0; i < DRAWS; i++)
    {
      const double p = gsl_cdf_beta_P (MIN (values[i], 1.0), a, b);

      distance =
          MAX (distance, MAX (fabs (p - i / (double)DRAWS), fabs (p - (i + 1) / (double)DRAWS)));
    }
  g_test_message ("Beta (%g, %g): distance %.5f of %.5f", a, b, distance, DISTANCE);
  g_assert_cmpfloat (distance, <=, DISTANCE);
}

/* Each share is Beta (alpha, (n - 1) alpha), and the sum of two of them Beta (2 alpha, (n - 2)
   alpha), which tells that they are drawn together. 3 tests of 8 cases: false alarm below 3e-5 for
   a seed drawn at random; the seed is fixed. */
static void
test_shares (void)
{
  static const double alphas[] = { 0.1, 0.5, 1.0, 20.0 };
  static const guint sizes[] = { 3, 12 };
  g_autofree double *first = g_new (double, DRAWS);
  g_autofree double *last = g_new (double, DRAWS);
  g_autofree double *pair = g_new (double, DRAWS);
  double shares[MOST];

  for (guint a = 0; a < G_N_ELEMENTS (alphas); a++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        const double alpha = alphas[a];
        const guint n = sizes[s];
        GenesisStream stream;

        genesis_stream_init (&stream, 7, "test", a * 10 + s);
        for (guint i = 0; i < DRAWS; i++)
          {
            genesis_dirichlet_draw (&stream, alpha, shares, n);
            first[i] = shares[0];
            last[i] = shares[n - 1];
            pair[i] = shares[0] + shares[1];
          }
        assert_is_beta (first, alpha, (n - 1) * alpha);
        assert_is_beta (last, alpha, (n - 1) * alpha);
        assert_is_beta (pair, 2 * alpha, (n - 2) * alpha);
      }
}

static void
test_adds_up (void)
{
  static const double alphas[] = { DBL_TRUE_MIN, 1e-300, 1e-9, 0.01, 1, 1e9, 1e300, INFINITY };
  double shares[MOST];

  for (guint a = 0; a < G_N_ELEMENTS (alphas); a++)
    for (guint n = 1; n <= MOST; n++)
      {
        GenesisStream stream;
        double sum = 0.0;

        genesis_stream_init (&stream, n, "test", a);
        genesis_dirichlet_draw (&stream, alphas[a], shares, n);
        for (guint i = 0; i < n; i++)
          {
            g_assert_true (shares[i] >= 0.0 && shares[i] <= 1.0);
            sum += shares[i];
          }
        g_assert_cmpfloat (fabs (sum - 1.0), <=, 1e-12);
      }
}

/* At alpha -> 0 one share is all, each equally often: 4,000 draws over 4, each count within 5.1
   standard deviations of 1,000 (false alarm 4 x 4e-7). */
static void
test_small (void)
{
  static const double alphas[] = { DBL_TRUE_MIN, 1e-300, 1e-6 };
  double shares[4];

  for (guint a = 0; a < G_N_ELEMENTS (alphas); a++)
    {
      guint counts[4] = { 0 };
      GenesisStream stream;

      genesis_stream_init (&stream, 3, "test", a);
      for (guint i = 0; i < 4000; i++)
        {
          guint best = 0;

          genesis_dirichlet_draw (&stream, alphas[a], shares, 4);
          for (guint j = 1; j < 4; j++)
            best = shares[j] > shares[best] ? j : best;
          g_assert_cmpfloat (shares[best], >, 0.5);
          counts[best]++;
        }
      for (guint j = 0; j < 4; j++)
        g_assert_cmpfloat (fabs (counts[j] - 1000.0), <, 5.1 * sqrt (4000 * 0.25 * 0.75));
    }
}

static void
test_large (void)
{
  double shares[8];
  GenesisStream stream;

  genesis_stream_init (&stream, 1, "test", 0);
  genesis_dirichlet_draw (&stream, INFINITY, shares, 8);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat (shares[i], ==, 0.125);
  genesis_dirichlet_draw (&stream, 1e14, shares, 8);
  for (guint i = 0; i < 8; i++)
    g_assert_cmpfloat (fabs (shares[i] - 0.125), <, 1e-6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dirichlet/shares/have-the-distribution", test_shares);
  g_test_add_func ("/dirichlet/shares/add-up-to-one-for-every-alpha", test_adds_up);
  g_test_add_func ("/dirichlet/small-alpha/one-share-is-all-each-equally-often", test_small);
  g_test_add_func ("/dirichlet/infinite-alpha/equal-shares", test_large);
  return g_test_run ();
}
