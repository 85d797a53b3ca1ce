/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-correlation-private.h"

#include <math.h>

GenesisCorrelation *
genesis_correlation_new (const GenesisQualityFrame *frame)
{
  GenesisCorrelation *self = g_new0 (GenesisCorrelation, 1);

  self->frame = frame;
  self->x = g_new (double, MAX (frame->n_rows, 1));
  self->y = g_new (double, MAX (frame->n_rows, 1));
  self->is_complete = g_new0 (gboolean, frame->shape->n_columns);
  for (guint i = 0; i < frame->shape->n_columns; i++)
    self->is_complete[i] = genesis_quality_frame_count_missing (frame, i) == 0;
  return self;
}

void
genesis_correlation_free (GenesisCorrelation *self)
{
  g_free (self->is_complete);
  g_free (self->x);
  g_free (self->y);
  g_free (self);
}

gboolean
genesis_correlation_is_constant (const GenesisQualityFrame *frame, guint column)
{
  const double *numbers = frame->columns[column].numbers;
  double first = NAN;

  for (guint64 row = 0; row < frame->n_rows; row++)
    {
      if (isnan (numbers[row]))
        continue;
      if (isnan (first))
        first = numbers[row];
      else if (numbers[row] != first)
        return FALSE;
    }
  return !isnan (first);
}

static guint64
gather_pairs (GenesisCorrelation *self, const double *x, const double *y)
{
  guint64 n = 0;

  for (guint64 row = 0; row < self->frame->n_rows; row++)
    if (!isnan (x[row]) && !isnan (y[row]))
      {
        self->x[n] = x[row];
        self->y[n] = y[row];
        n++;
      }
  return n;
}

/* Two passes: the mean first, so that times of 1e18 ns with a spread of 1e15 lose nothing. */
static double
correlate (const double *x, const double *y, guint64 n)
{
  double mean_x = 0, mean_y = 0, xx = 0, xy = 0, yy = 0;
  gboolean x_differs = FALSE, y_differs = FALSE;

  for (guint64 i = 0; i < n; i++)
    {
      mean_x += x[i];
      mean_y += y[i];
      x_differs |= x[i] != x[0];
      y_differs |= y[i] != y[0];
    }
  if (!x_differs || !y_differs)
    return NAN;
  mean_x /= (double)n;
  mean_y /= (double)n;
  for (guint64 i = 0; i < n; i++)
    {
      double dx = x[i] - mean_x, dy = y[i] - mean_y;

      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
  return CLAMP (xy / sqrt (xx) / sqrt (yy), -1, 1);
}

double
genesis_correlation_measure (GenesisCorrelation *self, guint a, guint b, guint64 *n_rows)
{
  const double *x = self->frame->columns[a].numbers, *y = self->frame->columns[b].numbers;

  if (self->is_complete[a] && self->is_complete[b])
    {
      *n_rows = self->frame->n_rows;
      return correlate (x, y, *n_rows);
    }
  *n_rows = gather_pairs (self, x, y);
  return correlate (self->x, self->y, *n_rows);
}
