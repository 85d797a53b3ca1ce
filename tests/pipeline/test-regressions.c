/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pipeline-fixture.h"

/* What naive federations get wrong, through CSV and the command line. */

#define SITES "[site:a]\npath=a.csv\nmin_samples=1\n[site:b]\npath=b.csv\nmin_samples=1\n"

static void
run_quietly (Fixture *fixture, const char *words)
{
  g_auto (Outcome) outcome = { 0 };

  fixture_run (fixture, &outcome, words);
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.code, ==, 0);
}

static char *
run_for_digest (Fixture *fixture, const char *words)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) node = NULL;

  fixture_run (fixture, &outcome, words);
  g_assert_cmpint (outcome.code, ==, 0);
  node = outcome_json (&outcome);
  return g_strdup (json_object_get_string_member (json_node_get_object (node), "model_digest"));
}

static double
normal_cdf (double x)
{
  return .5 * erfc (-x / sqrt (2));
}

/* The inverse, by bisection: exact enough for a table of four decimals. */
static double
normal_quantile (double p)
{
  double lo = -10, hi = 10;

  for (int i = 0; i < 80; i++)
    {
      double middle = (lo + hi) / 2;

      if (normal_cdf (middle) < p)
        lo = middle;
      else
        hi = middle;
    }
  return lo;
}

/* -- two sites N(0, 1) and N(10, 1) ----------------------------------------- */

#define N_SITE 4000

/* x and y: the normal quantiles, y in an order that has nothing to do with x (2477 and 4000 have
   no common factor). */
static void
add_normal_site (GString *text, double mean)
{
  g_autofree double *quantiles = g_new (double, N_SITE);

  for (guint i = 0; i < N_SITE; i++)
    quantiles[i] = mean + normal_quantile ((i + .5) / N_SITE);
  for (guint i = 0; i < N_SITE; i++)
    {
      char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (x, sizeof x, "%.4f", quantiles[i]);
      g_ascii_formatd (y, sizeof y, "%.4f", quantiles[(i * 2477u + 1000) % N_SITE]);
      g_string_append_printf (text, "%s,%s\n", x, y);
    }
}

typedef struct
{
  guint n;
  double x, y, xx, yy, xy;
} Moments;

static void
add_row (Moments *m, double x, double y)
{
  m->n++;
  m->x += x;
  m->y += y;
  m->xx += x * x;
  m->yy += y * y;
  m->xy += x * y;
}

static double
get_mean (const Moments *m)
{
  return m->x / m->n;
}

static double
get_deviation (const Moments *m)
{
  return sqrt (m->xx / m->n - get_mean (m) * get_mean (m));
}

static double
get_correlation (const Moments *m)
{
  double covariance = m->xy / m->n - m->x / m->n * m->y / m->n;
  double variance_y = m->yy / m->n - m->y / m->n * m->y / m->n;

  return covariance / (get_deviation (m) * sqrt (variance_y));
}

/* Moments of the rows whose line ends with ending. No line is copied: tens of thousands of
   allocations are minutes to a sanitizer. */
static void
read_moments (Fixture *fixture, const char *name, const char *ending, Moments *moments)
{
  g_autofree char *text = fixture_read (fixture, name);
  const gsize length = strlen (ending);
  char *end;

  memset (moments, 0, sizeof *moments);
  for (char *line = strchr (text, '\n') + 1; *line != '\0'; line = end + 1)
    {
      char *y;
      double x = g_ascii_strtod (line, &y);

      end = strchr (line, '\n');
      if (strncmp (end - length, ending, length) == 0)
        add_row (moments, x, g_ascii_strtod (y + 1, NULL));
    }
}

static void
write_two_sites (Fixture *fixture)
{
  g_autoptr (GString) a = g_string_new ("x,y\n");
  g_autoptr (GString) b = g_string_new ("x,y\n");

  add_normal_site (a, 0);
  add_normal_site (b, 10);
  fixture_write (fixture, "a.csv", a->str);
  fixture_write (fixture, "b.csv", b->str);
  g_string_append (a, b->str + strlen ("x,y\n"));
  fixture_write (fixture, "pooled.csv", a->str);
  fixture_write (fixture, "two.ini",
                 SITES "[output]\nrows=40000\nstrategy=aggregated\nsynthetic=s.csv\n");
  fixture_write (fixture, "one.ini", "[site:all]\npath=pooled.csv\n");
}

/* The pooled deviation is sqrt (1 + 25) = 5.0990, not the average 1. Its sampling error over
   40,000 rows of two far modes (kurtosis 1.15) is 5.1 sqrt (.15 / 160000) = .005; 4.9 of those
   and the bins' own width stay under .05. Latent scores of the two halves: E s_x s_y = 2 / pi =
   .6366, so the copula's rho is .6366, where the sites' average is 0; a Gaussian copula of that
   rho with these margins has a Pearson correlation of .534 (simulated apart, 400,000 rows, error
   .0015). That of 40,000 rows has an error of at most .0036. */
static void
test_two_sites (Fixture *fixture, gconstpointer data)
{
  g_autofree char *two = NULL;
  g_autofree char *one = NULL;
  Moments pooled;

  write_two_sites (fixture);
  two = run_for_digest (fixture, "run two.ini --json");
  one = run_for_digest (fixture, "run one.ini --json");
  g_assert_cmpstr (two, ==, one);
  read_moments (fixture, "s.csv", "", &pooled);
  g_assert_cmpuint (pooled.n, ==, 40000);
  g_test_message ("mean %.4f, deviation %.4f, correlation %.4f", get_mean (&pooled),
                  get_deviation (&pooled), get_correlation (&pooled));
  g_assert_cmpfloat (fabs (get_mean (&pooled) - 5), <, .15);
  g_assert_cmpfloat (fabs (get_deviation (&pooled) - 5.0990), <, .05);
  g_assert_cmpfloat (fabs (get_correlation (&pooled) - .534), <, .03);
}

/* Each site's own model is the site's: deviation 1, no correlation. All rows together correlate as
   the pooled ones do, 25 / 26 = .961538, which lies between the sites: error of 40,000 rows about
   (1 - rho^2) / 200 = .0004, the sites' sampled moments and the bins' width under .005. */
static void
test_site_models (Fixture *fixture, gconstpointer data)
{
  Moments a, b, all;

  write_two_sites (fixture);
  run_quietly (fixture, "run two.ini --quiet --strategy uniform --set output.source_column=from");
  read_moments (fixture, "s.csv", ",a", &a);
  read_moments (fixture, "s.csv", ",b", &b);
  read_moments (fixture, "s.csv", "", &all);
  g_assert_cmpfloat (fabs (get_deviation (&all) - 5.0990), <, .05);
  g_assert_cmpfloat (fabs (get_correlation (&all) - .961538), <, .006);
  g_assert_cmpuint (a.n, ==, 20000);
  g_assert_cmpuint (b.n, ==, 20000);
  g_assert_cmpfloat (fabs (get_mean (&a)), <, .05);
  g_assert_cmpfloat (fabs (get_mean (&b) - 10), <, .05);
  g_assert_cmpfloat (fabs (get_deviation (&a) - 1), <, .05);
  g_assert_cmpfloat (fabs (get_deviation (&b) - 1), <, .05);
  g_assert_cmpfloat (fabs (get_correlation (&a)), <, .05);
  g_assert_cmpfloat (fabs (get_correlation (&b)), <, .05);
}

/* -- a 10 % x 5 % binary pair ----------------------------------------------- */

#define N_PAIR  40000
#define N_DRAWN 200000
#define RHO     .6

/* P (Z1 < a, Z2 < b) at correlation rho: the integral over z1 < a of phi (z1) Phi ((b - rho z1)
   / sqrt (1 - rho^2)), by Simpson's rule. */
static double
joint_share (double a, double b, double rho)
{
  const int n = 4000;
  const double lo = -9, h = (a - lo) / n;
  double sum = 0;

  for (int i = 0; i <= n; i++)
    {
      double z = lo + i * h;
      double value =
          exp (-z * z / 2) / sqrt (2 * G_PI) * normal_cdf ((b - rho * z) / sqrt (1 - rho * rho));

      sum += value * (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2);
    }
  return sum * h / 3;
}

static void
write_pair (Fixture *fixture, guint both)
{
  g_autoptr (GString) a = g_string_new ("fever,rash\n");
  g_autoptr (GString) b = g_string_new ("fever,rash\n");
  guint only_fever = N_PAIR / 10 - both, only_rash = N_PAIR / 20 - both;

  for (guint i = 0; i < N_PAIR; i++)
    {
      gboolean fever = i < both + only_fever;
      gboolean rash = i < both || (i >= both + only_fever && i < both + only_fever + only_rash);

      /* the sites differ: the first holds three quarters of the fevers, the second most of the
         others */
      g_string_append_printf (fever ? (i % 4 != 0 ? a : b) : (i % 4 == 0 ? a : b), "%s,%s\n",
                              fever ? "yes" : "no", rash ? "yes" : "no");
    }
  fixture_write (fixture, "a.csv", a->str);
  fixture_write (fixture, "b.csv", b->str);
}

static double
count_share (const char *text, const char *wanted)
{
  const gsize length = strlen (wanted);
  guint n = 0;

  for (const char *line = text; *line != '\0'; line = strchr (line, '\n') + 1)
    n += strncmp (line, wanted, length) == 0 && line[length] == '\n';
  return (double)n / N_DRAWN;
}

/* Dividing by the score variances makes 1.04 of rho .6 here, and so .05 of the joint share of
   .0234. */
static void
test_binary_pair (Fixture *fixture, gconstpointer data)
{
  double share = joint_share (normal_quantile (.1), normal_quantile (.05), RHO);
  guint both = (guint)(share * N_PAIR + .5);
  double bound;
  g_autofree char *text = NULL;

  g_assert_cmpfloat (fabs (share - .0234), <, .0005);
  write_pair (fixture, both);
  fixture_write (fixture, "pair.ini", SITES "[output]\nstrategy=aggregated\nsynthetic=s.csv\n");
  run_quietly (fixture, "run pair.ini --quiet --rows 200000");
  text = fixture_read (fixture, "s.csv");
  share = (double)both / N_PAIR;
  bound = 4.9 * sqrt (share * (1 - share) / N_DRAWN);
  g_test_message ("both %.5f, expected %.5f within %.5f", count_share (text, "yes,yes"), share,
                  bound);
  g_assert_cmpfloat (fabs (count_share (text, "yes,yes") - share), <, bound);
  g_assert_cmpfloat (fabs (count_share (text, "yes,yes") + count_share (text, "yes,no") - .1), <,
                     4.9 * sqrt (.09 / N_DRAWN));
  g_assert_cmpfloat (fabs (count_share (text, "yes,yes") + count_share (text, "no,yes") - .05), <,
                     4.9 * sqrt (.0475 / N_DRAWN));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)
  ADD ("/regressions/two-sites/deviation-and-correlation-are-the-pool-s", test_two_sites);
  ADD ("/regressions/two-sites/site-models-are-the-sites", test_site_models);
  ADD ("/regressions/binary-pair/joint-share-is-recovered", test_binary_pair);
  return g_test_run ();
}
