/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-correlation-repair.h"

#include <math.h>
#include <string.h>

#include "genesis-sdk-symmetric-eigen.h"

#define TOLERANCE 1e-8
#define MAX_STEPS 200
/* What the repair leaves behind lies above the floor by more than rounding and the last scaling
   can take away. */
#define LIFT (2.0 * GENESIS_SDK_REPAIR_FLOOR)

typedef struct
{
  uint32_t n;
  const uint8_t *fixed;
  double *original, *x, *correction, *vectors, *values, *work;
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
  self->correction = work + 2 * square;
  self->vectors = work + 3 * square;
  self->values = work + 4 * square;
  self->work = self->values + n;
}

/* target = sum over eigenvalues of max (value, floor) * v v', from the vectors of self. */
static void
rebuild (const workspace *self, double floor, double *target)
{
  uint32_t n = self->n;

  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = 0; j <= i; j++)
      {
        double sum = 0.0;

        for (uint32_t k = 0; k < n; k++)
          sum +=
              fmax (self->values[k], floor) * self->vectors[i * n + k] * self->vectors[j * n + k];
        target[i * n + j] = sum;
        target[j * n + i] = sum;
      }
}

static int
decompose (workspace *self, const double *matrix)
{
  memcpy (self->vectors, matrix, (size_t)self->n * self->n * sizeof (double));
  return genesis_sdk_symmetric_eigen (self->n, self->vectors, self->values, self->work);
}

/* One step of Dykstra: y (unit diagonal) -> minus correction -> x (cone) -> y. Returns the
   largest relative change. */
static double
step (workspace *self, double *y)
{
  size_t square = (size_t)self->n * self->n;
  double change = 0.0, size = 0.0;

  for (size_t i = 0; i < square; i++)
    self->x[i] = y[i] - self->correction[i];
  memcpy (self->correction, self->x, square * sizeof (double));
  if (!decompose (self, self->x))
    return NAN;
  rebuild (self, 0.0, self->x);
  for (size_t i = 0; i < square; i++)
    {
      double next = i % (self->n + 1) == 0 ? 1.0 : self->x[i];

      if (self->fixed != NULL && self->fixed[i])
        next = 0.0;
      self->correction[i] = self->x[i] - self->correction[i];
      change = fmax (change, fabs (next - y[i]));
      size = fmax (size, fabs (next));
      y[i] = next;
    }
  return change / size;
}

static int
lift_eigenvalues (workspace *self, double *y)
{
  uint32_t n = self->n;

  if (!decompose (self, y))
    return 0;
  rebuild (self, LIFT, self->x);
  for (uint32_t i = 0; i < n; i++)
    self->work[i] = 1.0 / sqrt (self->x[i * n + i]);
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t j = 0; j < n; j++)
      y[i * n + j] = i == j ? 1.0 : self->x[i * n + j] * (self->work[i] * self->work[j]);
  return 1;
}

static int
is_settled (workspace *self, const double *y)
{
  return decompose (self, y) && self->values[0] >= GENESIS_SDK_REPAIR_FLOOR;
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
genesis_sdk_correlation_repair (uint32_t n, double *matrix, const uint8_t *fixed, double *work,
                                genesis_sdk_repair *report)
{
  size_t square = (size_t)n * n;
  workspace self;
  double change = 1.0;

  memset (report, 0, sizeof *report);
  for (size_t i = 0; i < square; i++)
    if (!isfinite (matrix[i]))
      return 0;
  if (n < 2)
    return 1;
  divide_workspace (&self, n, work);
  self.fixed = fixed;
  report->smallest = find_smallest (&self, matrix);
  if (report->smallest >= GENESIS_SDK_REPAIR_FLOOR)
    return 1;
  memcpy (self.original, matrix, square * sizeof (double));
  memset (self.correction, 0, square * sizeof (double));
  while (report->steps < MAX_STEPS && change > TOLERANCE)
    {
      change = step (&self, matrix);
      report->steps++;
    }
  if (!isfinite (change) || !lift_eigenvalues (&self, matrix) || !is_settled (&self, matrix))
    {
      report->shrunk = 1;
      shrink (&self, report->smallest, matrix);
    }
  measure_move (&self, matrix, report);
  return 1;
}
