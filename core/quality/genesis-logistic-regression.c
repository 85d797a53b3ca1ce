/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-logistic-regression-private.h"

#include <math.h>
#include <string.h>

#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multimin.h>

/* Rows are bins, so that a row's log odds are a sum of table entries, one a feature, and the
   gradient needs only the sums of residuals by feature and bin: no design matrix is made. */

#define N_CELLS        (GENESIS_FEATURE_MAX_BINS + 1)
#define MAX_ITERATIONS 100
#define FIRST_STEP     1.0
#define LINE_TOLERANCE 0.1
#define TOLERANCE      1e-3 /* of the scaled gradient, a square root of a row */

struct _GenesisLogisticRegression
{
  guint n_features;
  double intercept;
  double *odds; /* n_features x N_CELLS */
};

typedef struct
{
  const GenesisFeatureBins *bins;
  const GenesisFeatureMatrix *matrix;
  const guint32 *rows;
  gsize n;
  const double *targets;
  double *odds, *residuals; /* n_features x N_CELLS */
  double *scores;           /* n */
  double *scales, *weights; /* n_weights */
  guint n_weights;
} Problem;

typedef void (*Gather) (const GenesisFeature *feature, const double *by_bin, double *by_weight);

/* -- weights and table entries -------------------------------------------------- */

static guint
count_weights (const GenesisFeature *feature)
{
  return feature->is_number ? 3 : feature->n_bins + 1;
}

static guint
count_all_weights (const GenesisFeatureBins *bins)
{
  guint n = 1;

  for (guint f = 0; f < bins->n_features; f++)
    n += count_weights (&bins->features[f]);
  return n;
}

static void
spread_number (const GenesisFeature *feature, const double *weights, double *odds)
{
  for (guint b = 0; b < feature->n_bins; b++)
    {
      double z = feature->scores[b];

      odds[b] = weights[0] * z + weights[1] * (z * z - 1);
    }
  odds[GENESIS_FEATURE_MISSING] = weights[2];
}

static void
spread_levels (const GenesisFeature *feature, const double *weights, double *odds)
{
  memcpy (odds, weights, feature->n_bins * sizeof (double));
  odds[GENESIS_FEATURE_MISSING] = weights[feature->n_bins];
}

/* What each bin of each feature adds to the log odds. */
static void
spread (const GenesisFeatureBins *bins, const double *weights, double *odds)
{
  const double *of_feature = weights + 1;

  for (guint f = 0; f < bins->n_features; f++)
    {
      const GenesisFeature *feature = &bins->features[f];

      (feature->is_number ? spread_number : spread_levels) (feature, of_feature,
                                                            odds + (gsize)f * N_CELLS);
      of_feature += count_weights (feature);
    }
}

/* The transpose: sums by bin to sums by weight. */
static void
gather (const GenesisFeature *feature, const double *residuals, double *slope)
{
  if (!feature->is_number)
    {
      for (guint b = 0; b < feature->n_bins; b++)
        slope[b] += residuals[b];
      slope[feature->n_bins] += residuals[GENESIS_FEATURE_MISSING];
      return;
    }
  for (guint b = 0; b < feature->n_bins; b++)
    {
      double z = feature->scores[b];

      slope[0] += residuals[b] * z;
      slope[1] += residuals[b] * (z * z - 1);
    }
  slope[2] += residuals[GENESIS_FEATURE_MISSING];
}

static void
add_scores (const GenesisFeatureMatrix *matrix, const guint32 *rows, gsize n, const double *odds,
            double intercept, double *scores)
{
  for (gsize i = 0; i < n; i++)
    scores[i] = intercept;
  for (guint f = 0; f < matrix->n_features; f++)
    for (gsize i = 0; i < n; i++)
      scores[i] += odds[(gsize)f * N_CELLS + matrix->bins[(gsize)f * matrix->n_rows + rows[i]]];
}

/* What the sums by bin are by weight when each row's part is squared. */
static void
gather_squares (const GenesisFeature *feature, const double *sums, double *squares)
{
  if (!feature->is_number)
    {
      gather (feature, sums, squares);
      return;
    }
  for (guint b = 0; b < feature->n_bins; b++)
    {
      double z = feature->scores[b];

      squares[0] += sums[b] * z * z;
      squares[1] += sums[b] * (z * z - 1) * (z * z - 1);
    }
  squares[2] += sums[GENESIS_FEATURE_MISSING];
}

/* -- loss and gradient ------------------------------------------------------------ */

/* log (1 + e^s) without overflow. */
static double
softplus (double s)
{
  return s > 0 ? s + log1p (exp (-s)) : log1p (exp (s));
}

/* At the weights scale x @searched. */
static double
find_loss (Problem *self, const double *searched)
{
  double loss = 0;

  for (guint w = 0; w < self->n_weights; w++)
    self->weights[w] = self->scales[w] * searched[w];
  spread (self->bins, self->weights, self->odds);
  add_scores (self->matrix, self->rows, self->n, self->odds, self->weights[0], self->scores);
  for (gsize i = 0; i < self->n; i++)
    loss += softplus (self->scores[i]) - self->targets[self->rows[i]] * self->scores[i];
  for (guint w = 1; w < self->n_weights; w++)
    loss += 0.5 * self->weights[w] * self->weights[w];
  return loss;
}

/* Sums of @of_rows (one a row of the problem) by weight, each feature's through its bins. */
static void
sum_by_weight (Problem *self, const double *of_rows, Gather gather_feature, double *sums)
{
  double *of_feature = sums + 1;

  memset (sums, 0, self->n_weights * sizeof (double));
  memset (self->residuals, 0, (gsize)self->bins->n_features * N_CELLS * sizeof (double));
  for (gsize i = 0; i < self->n; i++)
    sums[0] += of_rows[i];
  for (guint f = 0; f < self->bins->n_features; f++)
    {
      double *residuals = self->residuals + (gsize)f * N_CELLS;
      const guint8 *bins = self->matrix->bins + (gsize)f * self->matrix->n_rows;

      for (gsize i = 0; i < self->n; i++)
        residuals[bins[self->rows[i]]] += of_rows[i];
      gather_feature (&self->bins->features[f], residuals, of_feature);
      of_feature += count_weights (&self->bins->features[f]);
    }
}

/* From what find_loss() left. */
static void
find_slope (Problem *self, double *slope)
{
  for (gsize i = 0; i < self->n; i++)
    self->scores[i] = 1 / (1 + exp (-self->scores[i])) - self->targets[self->rows[i]];
  sum_by_weight (self, self->scores, gather, slope);
  for (guint w = 1; w < self->n_weights; w++)
    slope[w] += self->weights[w];
  for (guint w = 0; w < self->n_weights; w++)
    slope[w] *= self->scales[w];
}

/* The search sees weights in units of their own curvature, at odds of one to one: a rare level's
   weight and a number's then move alike. */
static void
find_scales (Problem *self)
{
  for (gsize i = 0; i < self->n; i++)
    self->scores[i] = 0.25;
  sum_by_weight (self, self->scores, gather_squares, self->scales);
  for (guint w = 0; w < self->n_weights; w++)
    self->scales[w] = 1 / sqrt (self->scales[w] + 1);
}

static double
loss_of (const gsl_vector *searched, void *problem)
{
  return find_loss (problem, searched->data);
}

static void
loss_and_slope_of (const gsl_vector *searched, void *problem, double *loss, gsl_vector *slope)
{
  *loss = find_loss (problem, searched->data);
  find_slope (problem, slope->data);
}

static void
slope_of (const gsl_vector *searched, void *problem, gsl_vector *slope)
{
  double loss;

  loss_and_slope_of (searched, problem, &loss, slope);
}

/* -- the fit ------------------------------------------------------------------------ */

/* The loss is convex and smooth, so where the search stops for want of progress is its end. */
static void
minimize (Problem *problem, GenesisLogisticRegression *out)
{
  gsl_multimin_function_fdf function = { loss_of, slope_of, loss_and_slope_of, problem->n_weights,
                                         problem };
  gsl_vector *start = gsl_vector_calloc (problem->n_weights);
  gsl_multimin_fdfminimizer *search =
      gsl_multimin_fdfminimizer_alloc (gsl_multimin_fdfminimizer_vector_bfgs2, problem->n_weights);
  double enough = TOLERANCE * sqrt ((double)problem->n);

  gsl_set_error_handler_off ();
  gsl_multimin_fdfminimizer_set (search, &function, start, FIRST_STEP, LINE_TOLERANCE);
  for (int i = 0; i < MAX_ITERATIONS; i++)
    if (gsl_multimin_fdfminimizer_iterate (search) != 0
        || gsl_blas_dnrm2 (gsl_multimin_fdfminimizer_gradient (search)) <= enough)
      break;
  find_loss (problem, gsl_multimin_fdfminimizer_x (search)->data);
  memcpy (out->odds, problem->odds, (gsize)out->n_features * N_CELLS * sizeof (double));
  out->intercept = problem->weights[0];
  gsl_multimin_fdfminimizer_free (search);
  gsl_vector_free (start);
}

GenesisLogisticRegression *
genesis_logistic_regression_new (const GenesisFeatureBins *bins, const GenesisFeatureMatrix *matrix,
                                 const guint32 *rows, gsize n, const double *targets)
{
  GenesisLogisticRegression *self = g_new0 (GenesisLogisticRegression, 1);
  gsize n_entries = (gsize)bins->n_features * N_CELLS;
  guint n_weights = count_all_weights (bins);
  g_autofree double *odds = g_new0 (double, n_entries + 1);
  g_autofree double *residuals = g_new0 (double, n_entries + 1);
  g_autofree double *scores = g_new (double, n + 1);
  g_autofree double *scales = g_new (double, n_weights);
  g_autofree double *weights = g_new (double, n_weights);
  Problem problem = { bins,      matrix, rows,   n,       targets,  odds,
                      residuals, scores, scales, weights, n_weights };

  self->n_features = bins->n_features;
  self->odds = g_new0 (double, n_entries + 1);
  find_scales (&problem);
  minimize (&problem, self);
  return self;
}

void
genesis_logistic_regression_free (GenesisLogisticRegression *self)
{
  g_free (self->odds);
  g_free (self);
}

void
genesis_logistic_regression_predict (const GenesisLogisticRegression *self,
                                     const GenesisFeatureMatrix *matrix, const guint32 *rows,
                                     gsize n, double *scores)
{
  add_scores (matrix, rows, n, self->odds, self->intercept, scores);
}
