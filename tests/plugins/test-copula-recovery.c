/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "copula-bins.h"
#include "copula-mehler.h"
#include "genesis-sdk-correlation-repair.h"

#include "made-table.h"
#include "training.h"

/* 100,000 rows of a known copula. The bound is 4.9 standard deviations of the estimate, two-
   sided false-alarm rate 1e-6; the deviation is that of the mean product of scores, divided by
   the slope of g at the truth. */
#define ROWS  100000u
#define BOUND 4.9

typedef struct
{
  Training *training;
  GenesisBlocks *state;
  double rho, exact, naive, first_order, deviation;
} Recovery;

/* How a latent becomes a column: values floor (scale z) of an integer column, or a binary one
   that is 1 above a cut. */
static GenesisTable *
make_pair (double rho, gboolean binary, double cut_a, double cut_b)
{
  g_autofree double *z = made_normal_pairs (7, ROWS, rho);
  GenesisField *fields[] = { genesis_field_new_integer ("a", 0, -4000, 4000),
                             genesis_field_new_integer ("b", 0, -4000, 4000) };
  g_autoptr (GenesisSchema) schema = made_schema (fields, 2);
  GenesisTable *table = genesis_table_new (schema, ROWS);

  for (guint i = 0; i < ROWS; i++)
    {
      made_integers (table, 0)[i] = binary ? z[2 * i] > cut_a : (gint64)floor (cut_a * z[2 * i]);
      made_integers (table, 1)[i] =
          binary ? z[2 * i + 1] > cut_b : (gint64)floor (cut_b * exp (0.5 * z[2 * i + 1]));
    }
  return table;
}

static void
fill_ladder (Recovery *self, guint latent, copula_ladder *ladder, double *variance)
{
  guint64 n, first = 0;
  const char *const names[] = { "a", "b" };
  g_autofree char *counts_name = g_strdup_printf ("counts:%s", names[latent]);
  g_autofree char *cells_name = g_strdup_printf ("cells:%s", names[latent]);
  g_autofree char *bins_name = g_strdup_printf ("bins:%s", names[latent]);
  const gint64 *count = training_integers (self->state, counts_name, &n);
  const gint64 *cells = training_integers (self->state, cells_name, NULL);
  genesis_sdk_margin margin = {
    .n_cells = n - 1, .lo = cells, .hi = cells + n - 1, .count = count
  };
  const gint64 *starts, *scores;
  g_autofree gint64 *in_bins = NULL;
  double mean = 0.0, square = 0.0;

  training_integers (self->state, "bins:a", &first);
  starts = training_integers (self->state, bins_name, &n);
  scores = training_integers (self->state, "scores", NULL) + (latent > 0 ? first : 0);
  in_bins = g_new (gint64, n);
  copula_bins_count (&margin, starts, n, in_bins);
  copula_ladder_init (ladder, in_bins, scores, n, 0x1p-14,
                      g_new (double, copula_ladder_get_room (n)));
  for (guint b = 0; b < n; b++)
    {
      double p = (double)in_bins[b] / ROWS, s = (double)scores[b] * 0x1p-14;

      mean += p * s;
      square += p * s * s;
    }
  *variance = square - mean * mean;
}

static void
free_ladder (copula_ladder *ladder)
{
  g_free (ladder->cut);
}

/* Standard deviation of the mean product of scores, from the rows themselves. */
static double
find_product_deviation (Recovery *self, GenesisTable *table)
{
  guint64 n[2];
  const gint64 *starts[2], *scores;
  double sum = 0.0, square = 0.0;

  starts[0] = training_integers (self->state, "bins:a", &n[0]);
  starts[1] = training_integers (self->state, "bins:b", &n[1]);
  scores = training_integers (self->state, "scores", NULL);
  for (guint i = 0; i < ROWS; i++)
    {
      double product = 1.0;

      for (guint c = 0; c < 2; c++)
        {
          gint64 value = made_integers (table, c)[i];
          guint bin = 0;

          for (guint step = 1u << 12; step > 0; step >>= 1)
            if (bin + step < n[c] && starts[c][bin + step] <= value)
              bin += step;
          product *= (double)scores[(c > 0 ? n[0] : 0) + bin] * 0x1p-14;
        }
      sum += product;
      square += product * product;
    }
  return sqrt (square / ROWS - sum / ROWS * (sum / ROWS)) / sqrt (ROWS);
}

static void
recover (Recovery *self, GenesisTable *table, double rho)
{
  copula_ladder a, b;
  double variance[2], covariance, slope;

  self->training = training_new (genesis_table_get_schema (table), 5);
  self->state = training_fit (self->training, &table, 1, NULL);
  self->rho = rho;
  self->exact = training_doubles (self->state, "latent-correlation", NULL)[1];
  fill_ladder (self, 0, &a, &variance[0]);
  fill_ladder (self, 1, &b, &variance[1]);
  covariance = (double)training_integers (self->state, "products", NULL)[0] * 0x1p-28 / ROWS
               - a.c[0] * b.c[0];
  self->naive = covariance / sqrt (variance[0] * variance[1]);
  self->first_order = covariance / (variance[0] * variance[1]);
  slope = (copula_mehler_covariance (&a, &b, rho + 1e-5)
           - copula_mehler_covariance (&a, &b, rho - 1e-5))
          / 2e-5;
  self->deviation = find_product_deviation (self, table) / slope;
  free_ladder (&a);
  free_ladder (&b);
}

static void
recovery_clear (Recovery *self)
{
  genesis_blocks_unref (self->state);
  training_free (self->training);
}

static void
test_numeric (void)
{
  static const double rhos[] = { -0.8, 0.0, 0.3, 0.6, 0.9, 0.95 };

  for (guint i = 0; i < G_N_ELEMENTS (rhos); i++)
    {
      g_autoptr (GenesisTable) table = make_pair (rhos[i], FALSE, 300.0, 100.0);
      Recovery self;

      recover (&self, table, rhos[i]);
      g_assert_cmpfloat (fabs (self.exact - rhos[i]), <, BOUND * self.deviation);
      g_assert_cmpfloat (self.deviation, <, 0.006);
      recovery_clear (&self);
    }
}

/* Few values: what ties take from the observed product must come back. */
static void
test_few_values (void)
{
  g_autoptr (GenesisTable) table = make_pair (0.6, FALSE, 1.0, 1.0);
  Recovery self;

  recover (&self, table, 0.6);
  g_assert_cmpfloat (fabs (self.exact - 0.6), <, BOUND * self.deviation);
  g_assert_cmpfloat (fabs (self.naive - 0.6), >, BOUND * self.deviation);
  recovery_clear (&self);
}

/* 10 % x 5 %. The usual estimators fail the very test that the inversion passes. */
static void
test_rare_pair (void)
{
  g_autoptr (GenesisTable) table = make_pair (0.6, TRUE, 1.2815515655446004, 1.6448536269514722);
  Recovery self;

  recover (&self, table, 0.6);
  g_assert_cmpfloat (fabs (self.exact - 0.6), <, BOUND * self.deviation);
  g_assert_cmpfloat (fabs (self.naive - 0.6), >, BOUND * self.deviation);
  g_assert_cmpfloat (fabs (self.first_order - 0.6), >, BOUND * self.deviation);
  g_assert_cmpfloat (fabs (self.first_order - 1.04), <, 0.05);
  recovery_clear (&self);
}

/* Category codes are bins by frequency: code 0 is the rarest here and still comes last in the
   order. */
static void
test_categories (void)
{
  static const char *const levels[] = { "rare", "common", NULL };
  g_autofree double *z = made_normal_pairs (11, ROWS, 0.5);
  GenesisField *fields[] = { genesis_field_new_category ("a", levels),
                             genesis_field_new_integer ("b", 0, -4000, 4000) };
  g_autoptr (GenesisSchema) schema = made_schema (fields, 2);
  g_autoptr (GenesisTable) table = genesis_table_new (schema, ROWS);
  g_autoptr (Training) training = training_new (schema, 3);
  g_autoptr (GenesisBlocks) state = NULL;
  const gint64 *order;

  for (guint i = 0; i < ROWS; i++)
    {
      made_codes (table, 0)[i] = z[2 * i] < 1.0;
      made_integers (table, 1)[i] = (gint64)floor (500.0 * z[2 * i + 1]);
    }
  state = training_fit (training, &table, 1, NULL);
  order = training_integers (state, "bins:a", NULL);
  g_assert_cmpint (order[0], ==, 1);
  g_assert_cmpint (order[1], ==, 0);
  /* sd of a biserial correlation of .5 with a 16 % cut is .0042 at n = 100,000: 4.9 of them */
  g_assert_cmpfloat (fabs (training_doubles (state, "latent-correlation", NULL)[1] - 0.5), <,
                     0.021);
}

/* Two sites N(0,1) and N(10,1), independent inside each: averaging would give a deviation of 1
   and a correlation of 0. Pooled, the deviation is 5.0990 and the normal scores of the two
   halves have the correlation (2 phi (0))^2 = 2/pi, which is what a Gaussian copula says of this
   table. n = 2 x 20,000, bounds beyond 4.9 sd. */
static void
test_two_sites (void)
{
  GenesisField *fields[] = { genesis_field_new_integer ("a", 2, -1000, 2000),
                             genesis_field_new_integer ("b", 2, -1000, 2000) };
  g_autoptr (GenesisSchema) schema = made_schema (fields, 2);
  g_autoptr (Training) training = training_new (schema, 5);
  g_autoptr (GenesisBlocks) state = NULL;
  g_autoptr (GenesisTable) drawn = NULL;
  GenesisTable *sites[2];
  double sum = 0.0, square = 0.0;
  guint n = 40000;

  for (guint s = 0; s < 2; s++)
    {
      g_autofree double *z = made_normal_pairs (20 + s, 20000, 0.0);

      sites[s] = genesis_table_new (schema, 20000);
      for (guint i = 0; i < 20000; i++)
        for (guint c = 0; c < 2; c++)
          made_integers (sites[s], c)[i] = (gint64)rint (100.0 * (10.0 * s + z[2 * i + c]));
    }
  state = training_fit (training, sites, 2, NULL);
  drawn = training_sample (training, state, 5, n);
  for (guint i = 0; i < n; i++)
    {
      double v = made_integers (drawn, 0)[i] / 100.0;

      sum += v / n;
      square += v * v / n;
    }
  g_assert_cmpfloat (fabs (sum - 5.0), <, 0.15);
  g_assert_cmpfloat (fabs (sqrt (square - sum * sum) - 5.0990), <, 0.03);
  g_assert_cmpfloat (fabs (training_doubles (state, "latent-correlation", NULL)[1] - 2.0 / G_PI), <,
                     0.01);
  g_object_unref (sites[0]);
  g_object_unref (sites[1]);
}

/* c and d happen at the far end of a, never together: 140 rows each of 20,000, of which one would
   have both if they were unrelated. */
static GenesisTable *
make_contradiction (void)
{
  g_autofree double *z = made_normal_pairs (31, 20000, 0.95);
  GenesisField *fields[] = {
    genesis_field_new_integer ("a", 2, -1000, 1000),
    genesis_field_new_integer ("b", 2, -1000, 1000),
    genesis_field_new_boolean ("c", "no", "yes"),
    genesis_field_new_boolean ("d", "no", "yes"),
  };
  g_autoptr (GenesisSchema) schema = made_schema (fields, 4);
  GenesisTable *table = genesis_table_new (schema, 20000);
  GenesisStream stream;

  genesis_stream_init (&stream, 32, "coin", 0);
  for (guint i = 0; i < 20000; i++)
    {
      guint coin = genesis_stream_below (&stream, 2);

      made_integers (table, 0)[i] = (gint64)rint (100.0 * z[2 * i]);
      made_integers (table, 1)[i] = (gint64)rint (100.0 * z[2 * i + 1]);
      made_codes (table, 2)[i] = z[2 * i] > 2.2 && coin == 0;
      made_codes (table, 3)[i] = z[2 * i] > 2.2 && coin == 1;
    }
  return table;
}

/* The largest move of all pairs but (c, d). */
static double
find_largest_move (const double *raw, const double *repaired)
{
  double largest = 0.0;

  for (guint i = 0; i < 4; i++)
    for (guint j = i + 1; j < 4; j++)
      if (i != 2)
        largest = fmax (largest, fabs (repaired[4 * i + j] - raw[4 * i + j]));
  return largest;
}

/* "Never together" hardly says more of such a pair than nothing; what the others say is known well.
   With equal weights the strong correlations pay for it. */
static void
test_rare_pair_gives_way (void)
{
  g_autoptr (GenesisTable) table = make_contradiction ();
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  g_autoptr (GenesisBlocks) state = training_fit (training, &table, 1, NULL);
  const double *raw = training_doubles (state, "latent-correlation", NULL);
  const double *repaired = training_doubles (state, "correlation", NULL);
  const double *repair = training_doubles (state, "repair", NULL);
  g_autofree double *even = g_memdup2 (raw, 16 * sizeof (double));
  g_autofree double *work = g_new (double, genesis_sdk_correlation_repair_get_work (4));
  genesis_sdk_repair report;

  g_assert_cmpfloat (raw[1], >, 0.94);
  g_assert_cmpfloat (raw[2], >, 0.8);
  g_assert_cmpfloat (raw[11], <, -0.4);
  g_assert_true (genesis_sdk_correlation_repair (4, even, NULL, NULL, work, &report));
  g_test_message ("c, d: %.3f; equal weights move the others by %.3f, these by %.4f", raw[11],
                  find_largest_move (raw, even), find_largest_move (raw, repaired));
  g_assert_cmpfloat (find_largest_move (raw, even), >, 0.2);
  g_assert_cmpfloat (find_largest_move (raw, repaired), <, 0.04);
  g_assert_cmpfloat (repair[5], ==, 1.0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recovery/numeric/within-4.9-sd", test_numeric);
  g_test_add_func ("/recovery/few-values/within-4.9-sd-and-naive-is-not", test_few_values);
  g_test_add_func ("/recovery/rare-pair/naive-and-first-order-fail", test_rare_pair);
  g_test_add_func ("/recovery/categories/ordered-by-frequency", test_categories);
  g_test_add_func ("/recovery/contradiction/rare-pair-gives-way", test_rare_pair_gives_way);
  g_test_add_func ("/recovery/two-sites/pooled-not-averaged", test_two_sites);
  return g_test_run ();
}
