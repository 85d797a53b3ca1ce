/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-correlation-repair.h"

#include <math.h>
#include <string.h>

#include "genesis-sdk-symmetric-eigen.h"

#define TOLERANCE 1e-8
#define MAX_STEPS 1000
/* What the repair leaves behind lies above the floor by more than rounding and the last scaling
   can take away. */
#define LIFT (2.0 * GENESIS_SDK_REPAIR_FLOOR)
/* Steps go 1.6 times as far as the cone says, within (1, 2) as usual. */
#define RELAXATION 1.6
/* The penalty follows the residuals every 10 steps, 200 steps long; convergence is certain once it
   stays. */
#define BALANCE_EVERY 10
#define BALANCE_UNTIL 200

/* x lies in the cone, y is the matrix under repair, dual what keeps them together, in units of the
   penalty. */
typedef struct
{
  uint32_t n;
  const double *weights;
  const uint8_t *fixed;
  double *original, *x, *dual, *vectors, *values, *work;
  double penalty;
  double apart, moved;                     /* largest entry of x - y, of the last change of y */
  double apart_square, moved_square, size; /* sums of squares; size of y */
} workspace;

size_t
genesis_sdk_correlation_repair_get_work (uint32_t n)
{
  return 4 * (size_t)n * n + 2 * (size_t)n;
}

static void
divide_workspace (workspace *self, uint32_t n, double *work)
{
  size_t square = (size_t)n * n;

  self->n = n;
  self->original = work;
  self->x = work + square;
  self->dual = work + 2 * square;
  self->vectors = work + 3 * square;
  self->values = work + 4 * square;
  self->work = self->values + n;
}

/* Lifts the eigenvalues of matrix below floor to it, from the decomposition in self: only their own
   vectors are needed. */
static void
lift (const workspace *self, double floor, double *matrix)
{
  uint32_t n = self->n, n_low = 0;

  while (n_low < n && self->values[n_low] < floor)
    n_low++;
  for (uint32_t i = 0; i < n; i++)
    {
      const double *row = self->vectors + (size_t)i * n;

      for (uint32_t k = 0; k < n_low; k++)
        self->work[k] = (floor - self->values[k]) * row[k];
      for (uint32_t j = 0; j <= i; j++)
        {
          const double *other = self->vectors + (size_t)j * n;
          double sums[2] = { 0.0, 0.0 };

          for (uint32_t k = 0; k + 1 < n_low; k += 2)
            {
              sums[0] += self->work[k] * other[k];
              sums[1] += self->work[k + 1] * other[k + 1];
            }
          if (n_low % 2 == 1)
            sums[0] += self->work[n_low - 1] * other[n_low - 1];
          matrix[(size_t)i * n + j] += sums[0] + sums[1];
          matrix[(size_t)j * n + i] = matrix[(size_t)i * n + j];
        }
    }
}

static int
decompose (workspace *self, const double *matrix)
{
  memcpy (self->vectors, matrix, (size_t)self->n * self->n * sizeof (double));
  return genesis_sdk_symmetric_eigen (self->n, self->vectors, self->values, self->work);
}

/* x = the point of the cone nearest to y - dual. */
static int
project (workspace *self, const double *y)
{
  size_t square = (size_t)self->n * self->n;

  for (size_t i = 0; i < square; i++)
    self->x[i] = y[i] - self->dual[i];
  if (!decompose (self, self->x))
    return 0;
  lift (self, 0.0, self->x);
  return 1;
}

/* y = for each entry alone, what its weight and the cone agree on; then the dual. */
static void
update_entry (workspace *self, double *y, size_t i, int free)
{
  double weight = self->weights != NULL ? self->weights[i] : 1.0, before = y[i];
  double ahead = RELAXATION * self->x[i] + (1.0 - RELAXATION) * before + self->dual[i];

  if (free)
    y[i] = (weight * self->original[i] + self->penalty * ahead) / (weight + self->penalty);
  self->dual[i] = ahead - y[i];
  self->apart = fmax (self->apart, fabs (self->x[i] - y[i]));
  self->moved = fmax (self->moved, fabs (y[i] - before));
  self->apart_square += (self->x[i] - y[i]) * (self->x[i] - y[i]);
  self->moved_square += (y[i] - before) * (y[i] - before);
  self->size += y[i] * y[i];
}

static int
step (workspace *self, double *y)
{
  uint32_t n = self->n;

  if (!project (self, y))
    return 0;
  self->apart = self->moved = self->apart_square = self->moved_square = self->size = 0.0;
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = 0; j < n; j++)
      {
        size_t at = (size_t)i * n + j;

        update_entry (self, y, at, i != j && !(self->fixed != NULL && self->fixed[at]));
      }
  return isfinite (self->apart) && isfinite (self->moved);
}

/* Makes the penalty such that the two residuals, each relative to what it is a part of, shrink
   together. */
static void
balance (workspace *self)
{
  size_t square = (size_t)self->n * self->n;
  double dual = 0.0, factor;

  for (size_t i = 0; i < square; i++)
    dual += self->dual[i] * self->dual[i];
  if (!(self->moved_square > 0.0) || !(self->size > 0.0))
    return;
  factor = sqrt (sqrt (self->apart_square / self->size * dual / self->moved_square));
  factor = fmin (fmax (factor, 0.2), 5.0);
  if (factor < 1.5 && factor > 1.0 / 1.5)
    return;
  self->penalty *= factor;
  for (size_t i = 0; i < square; i++)
    self->dual[i] /= factor;
}

static double
get_mean_weight (const workspace *self)
{
  double sum = 0.0;

  if (self->weights == NULL)
    return 1.0;
  for (uint32_t i = 0; i < self->n; i++)
    for (uint32_t j = 0; j < i; j++)
      sum += self->weights[(size_t)i * self->n + j];
  return sum / (0.5 * self->n * (self->n - 1.0));
}

/* Returns 0 when a decomposition failed. */
static int
approach (workspace *self, double *y, genesis_sdk_repair *report)
{
  size_t square = (size_t)self->n * self->n;

  memset (self->dual, 0, square * sizeof (double));
  for (size_t i = 0; self->fixed != NULL && i < square; i++)
    if (self->fixed[i])
      y[i] = 0.0;
  self->penalty = fmax (0.1, get_mean_weight (self));
  while (report->steps < MAX_STEPS && !report->settled)
    {
      if (!step (self, y))
        return 0;
      report->steps++;
      report->settled = self->apart <= TOLERANCE && self->moved <= TOLERANCE;
      if (report->steps % BALANCE_EVERY == 0 && report->steps <= BALANCE_UNTIL)
        balance (self);
    }
  return 1;
}

static int
lift_eigenvalues (workspace *self, double *y)
{
  uint32_t n = self->n;

  if (!decompose (self, y))
    return 0;
  memcpy (self->x, y, (size_t)n * n * sizeof (double));
  lift (self, LIFT, self->x);
  for (uint32_t i = 0; i < n; i++)
    self->work[i] = 1.0 / sqrt (self->x[i * n + i]);
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = 0; j < n; j++)
      y[i * n + j] = i == j ? 1.0 : self->x[i * n + j] * (self->work[i] * self->work[j]);
  return 1;
}

static int
is_consistent (workspace *self, const double *matrix)
{
  return decompose (self, matrix) && self->values[0] >= GENESIS_SDK_REPAIR_FLOOR;
}

int
genesis_sdk_correlation_is_consistent (uint32_t n, const double *matrix, double *work)
{
  workspace self;

  if (n < 2)
    return 1;
  divide_workspace (&self, n, work);
  return is_consistent (&self, matrix);
}

/* (1 - t) R + t I has the eigenvalues (1 - t) value + t. */
static void
shrink (const workspace *self, double smallest, double *y)
{
  double t = (LIFT - smallest) / (1.0 - smallest);

  for (uint32_t i = 0; i < self->n; i++)
    for (uint32_t j = 0; j < self->n; j++)
      y[i * self->n + j] = i == j ? 1.0 : (1.0 - t) * self->original[i * self->n + j];
}

static void
measure_move (const workspace *self, const double *y, genesis_sdk_repair *report)
{
  double sum = 0.0;

  for (size_t i = 0; i < (size_t)self->n * self->n; i++)
    {
      double moved = fabs (y[i] - self->original[i]);

      sum += moved * moved;
      report->largest = fmax (report->largest, moved);
    }
  report->distance = sqrt (sum);
}

/* -n bounds the eigenvalues of a matrix with entries in [-1, 1] from below. */
static double
find_smallest (workspace *self, const double *matrix)
{
  return decompose (self, matrix) ? self->values[0] : -(double)self->n;
}

int
genesis_sdk_correlation_repair (uint32_t n, double *matrix, const double *weights,
                                const uint8_t *fixed, double *work, genesis_sdk_repair *report)
{
  size_t square = (size_t)n * n;
  workspace self;

  memset (report, 0, sizeof *report);
  for (size_t i = 0; i < square; i++)
    if (!isfinite (matrix[i]))
      return 0;
  report->settled = 1;
  if (n < 2)
    return 1;
  divide_workspace (&self, n, work);
  self.weights = weights;
  self.fixed = fixed;
  report->smallest = find_smallest (&self, matrix);
  if (report->smallest >= GENESIS_SDK_REPAIR_FLOOR)
    return 1;
  report->settled = 0;
  memcpy (self.original, matrix, square * sizeof (double));
  if (!approach (&self, matrix, report) || !lift_eigenvalues (&self, matrix)
      || !is_consistent (&self, matrix))
    {
      report->shrunk = 1;
      report->settled = 0;
      shrink (&self, report->smallest, matrix);
    }
  measure_move (&self, matrix, report);
  return 1;
}
