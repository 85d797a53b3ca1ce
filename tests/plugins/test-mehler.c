/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "copula-bins.h"
#include "copula-mehler.h"

#define MAX_BINS 64
#define SCALE    1073741824.0 /* scores on a grid of 2^-30: the vectors want them unrounded */

typedef struct
{
  guint n;
  gint64 counts[MAX_BINS], scores[MAX_BINS];
  double room[5 * MAX_BINS + COPULA_LADDER_NEAR + 1], far_room[COPULA_LADDER_FAR_ROOM];
  copula_ladder ladder;
} Margin;

static void
margin_init (Margin *self, guint n, const gint64 *counts, double clip)
{
  self->n = n;
  for (guint b = 0; b < n; b++)
    self->counts[b] = counts[b];
  copula_bins_score (counts, n, clip, 30, self->scores);
  copula_ladder_init (&self->ladder, counts, self->scores, n, 1.0 / SCALE, self->room);
  copula_ladder_extend (&self->ladder, self->far_room);
}

static const gint64 half[] = { 5, 5 }, fifth[] = { 8, 2 }, third[] = { 3, 7 }, tenth[] = { 9, 1 },
                    twentieth[] = { 19, 1 }, four[] = { 1, 2, 3, 4 }, three[] = { 12, 5, 3 };

static void
test_vectors (void)
{
  static const struct
  {
    const gint64 *a, *b;
    guint n_a, n_b;
    double rho, g;
  } cases[] = {
    { half, half, 2, 2, 0.3, 0.12348728 },   { half, half, 2, 2, 0.6, 0.26080118 },
    { fifth, third, 2, 2, 0.3, 0.07898514 }, { fifth, third, 2, 2, 0.6, 0.14346367 },
    { four, three, 4, 3, 0.3, 0.17376681 },  { four, three, 4, 3, 0.6, 0.34519594 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Margin a, b;
      double g;

      margin_init (&a, cases[i].n_a, cases[i].a, 100.0);
      margin_init (&b, cases[i].n_b, cases[i].b, 100.0);
      g = copula_mehler_covariance (&a.ladder, &b.ladder, cases[i].rho);
      g_assert_cmpfloat (fabs (g - cases[i].g), <, 6e-9);
      g_assert_cmpfloat (fabs (copula_mehler_solve (&a.ladder, &b.ladder, g) - cases[i].rho), <,
                         1e-9);
    }
}

/* Two medians: g = 4/pi^2 asin rho, for every rho, the edge of the series included. */
static void
test_closed_form (void)
{
  Margin a;

  margin_init (&a, 2, half, 100.0);
  for (int i = -998; i <= 998; i += 4)
    {
      double rho = i / 1000.0, g = 4.0 / (G_PI * G_PI) * asin (rho);

      g_assert_cmpfloat (fabs (copula_mehler_covariance (&a.ladder, &a.ladder, rho) - g), <, 1e-9);
      g_assert_cmpfloat (fabs (copula_mehler_solve (&a.ladder, &a.ladder, g) - rho), <, 1e-7);
    }
}

/* P (a < X <= b, c < Y <= d) by Simpson's rule over x of the conditional normal: another road to
   the rectangle. */
static double
integrate_rectangle (double a, double b, double c, double d, double rho)
{
  const int n = 20000;
  double lo = fmax (a, -9.0), hi = fmin (b, 9.0), h = (hi - lo) / n, sum = 0.0;

  if (hi <= lo)
    return 0.0;
  for (int i = 0; i <= n; i++)
    {
      double x = lo + i * h, s = sqrt (1.0 - rho * rho);
      double p = gsl_cdf_ugaussian_P ((d - rho * x) / s) - gsl_cdf_ugaussian_P ((c - rho * x) / s);

      sum += (i == 0 || i == n ? 1.0 : i % 2 ? 4.0 : 2.0) * copula_bins_get_density (x) * p;
    }
  return sum * h / 3.0;
}

static double
sum_rectangles (const Margin *a, const Margin *b, double rho)
{
  double cuts[2][MAX_BINS + 1], sum = 0.0;
  const Margin *margins[2] = { a, b };

  for (guint m = 0; m < 2; m++)
    {
      gint64 total = 0, below = 0;

      for (guint k = 0; k < margins[m]->n; k++)
        total += margins[m]->counts[k];
      for (guint k = 0; k <= margins[m]->n; k++)
        {
          cuts[m][k] = copula_bins_get_cut (below, total);
          below += k < margins[m]->n ? margins[m]->counts[k] : 0;
        }
    }
  for (guint i = 0; i < a->n; i++)
    for (guint j = 0; j < b->n; j++)
      sum += (double)a->scores[i] * (double)b->scores[j] / SCALE / SCALE
             * integrate_rectangle (cuts[0][i], cuts[0][i + 1], cuts[1][j], cuts[1][j + 1], rho);
  return sum - a->ladder.c[0] * b->ladder.c[0];
}

static void
test_rectangle_sums (void)
{
  static const double rhos[] = { -0.995, -0.95, -0.9, -0.3, 0.6, 0.85, 0.9, 0.91, 0.97, 0.995 };
  Margin a, b;

  margin_init (&a, 4, four, 4.0);
  margin_init (&b, 3, three, 4.0);
  for (guint i = 0; i < G_N_ELEMENTS (rhos); i++)
    {
      double g = copula_mehler_covariance (&a.ladder, &b.ladder, rhos[i]);

      g_assert_cmpfloat (fabs (g - sum_rectangles (&a, &b, rhos[i])), <, 1e-10);
      g_assert_cmpfloat (fabs (copula_mehler_solve (&a.ladder, &b.ladder, g) - rhos[i]), <, 1e-7);
    }
}

/* The ends of g: the covariance of the scores of one normal, and of it and its mirror image. */
static void
test_limits (void)
{
  Margin a, b;

  margin_init (&a, 4, four, 4.0);
  margin_init (&b, 3, three, 4.0);
  for (int side = -1; side <= 1; side += 2)
    {
      double sum = 0.0;

      for (guint i = 0; i < 40; i++) /* in fortieths: 4, 8, 12, 16 and 24, 10, 6 */
        {
          guint x = side > 0 ? i : 39 - i;
          guint in_a = i < 4 ? 0 : i < 12 ? 1 : i < 24 ? 2 : 3, in_b = x < 24 ? 0 : x < 34 ? 1 : 2;

          sum += (double)a.scores[in_a] * (double)b.scores[in_b] / SCALE / SCALE / 40.0;
        }
      sum -= a.ladder.c[0] * b.ladder.c[0];
      g_assert_cmpfloat (fabs (copula_ladder_get_limit (&a.ladder, &b.ladder, side) - sum), <,
                         1e-14);
    }
}

static void
test_covariance_increases (void)
{
  gint64 many[40];
  Margin a, b;
  double before = -INFINITY;

  for (guint i = 0; i < 40; i++)
    many[i] = 1 + i % 7;
  margin_init (&a, 40, many, 4.0);
  margin_init (&b, 2, twentieth, 4.0);
  for (int i = -999; i <= 999; i++)
    {
      double g = copula_mehler_covariance (&a.ladder, &b.ladder, i / 1000.0);

      g_assert_cmpfloat (g, >, before);
      before = g;
    }
}

static void
test_root_stays_inside (void)
{
  gint64 constant[] = { 10 };
  Margin a, b, flat;
  double rho, limit;

  margin_init (&a, 2, tenth, 4.0);
  margin_init (&b, 2, twentieth, 4.0);
  margin_init (&flat, 1, constant, 4.0);
  rho = copula_mehler_solve (&a.ladder, &b.ladder, 1e9);
  g_assert_cmpfloat (rho, >, 0.99);
  g_assert_cmpfloat (rho, <=, COPULA_RHO_MAX);
  rho = copula_mehler_solve (&a.ladder, &a.ladder, 1e9);
  g_assert_cmpfloat (rho, ==, COPULA_RHO_MAX);
  /* rare events that exclude each other: the root where g is 1e-9 above its end */
  rho = copula_mehler_solve (&a.ladder, &b.ladder, -1e9);
  limit = copula_ladder_get_limit (&a.ladder, &b.ladder, -1);
  g_assert_cmpfloat (rho, >, -0.99);
  g_assert_cmpfloat (fabs (copula_mehler_covariance (&a.ladder, &b.ladder, rho) - limit - 1e-9), <,
                     1e-12);
  g_assert_cmpfloat (copula_mehler_solve (&a.ladder, &flat.ladder, 0.1), ==, 0.0);
  g_assert_cmpfloat (copula_mehler_solve (&a.ladder, &b.ladder, NAN), ==, 0.0);
}

/* Dividing by the score variances is the first term of the series alone: .6 becomes 1.04. */
static void
test_first_order_fails (void)
{
  Margin a, b;
  double g;

  margin_init (&a, 2, tenth, 4.0);
  margin_init (&b, 2, twentieth, 4.0);
  g = copula_mehler_covariance (&a.ladder, &b.ladder, 0.6);
  g_assert_cmpfloat (fabs (g / (a.ladder.c[1] * b.ladder.c[1]) - 1.04), <, 0.005);
  g_assert_cmpfloat (fabs (copula_mehler_solve (&a.ladder, &b.ladder, g) - 0.6), <, 1e-9);
}

static void
test_empty_bins_do_not_matter (void)
{
  static const gint64 sparse[] = { 0, 8, 0, 0, 2, 0 };
  Margin a, b, c;

  margin_init (&a, 2, fifth, 4.0);
  margin_init (&b, 6, sparse, 4.0);
  margin_init (&c, 2, third, 4.0);
  g_assert_cmpfloat (copula_mehler_covariance (&a.ladder, &c.ladder, 0.5), ==,
                     copula_mehler_covariance (&b.ladder, &c.ladder, 0.5));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mehler/covariance/vectors", test_vectors);
  g_test_add_func ("/mehler/covariance/medians-have-a-closed-form", test_closed_form);
  g_test_add_func ("/mehler/covariance/equals-rectangle-sums", test_rectangle_sums);
  g_test_add_func ("/mehler/covariance/limits", test_limits);
  g_test_add_func ("/mehler/covariance/increases", test_covariance_increases);
  g_test_add_func ("/mehler/solve/stays-inside", test_root_stays_inside);
  g_test_add_func ("/mehler/solve/first-order-fails-on-rare-pair", test_first_order_fails);
  g_test_add_func ("/mehler/ladder/empty-bins-do-not-matter", test_empty_bins_do_not_matter);
  return g_test_run ();
}
