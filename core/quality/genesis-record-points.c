/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-record-points-private.h"

#include <math.h>

/* Where missing numbers are: farther than one from every number of a table. */
#define FAR_AWAY 1e300
/* Rows that are compared with one at a time: their distances stay in the first cache. */
#define BLOCK_ROWS 1024u

/* -- scale ------------------------------------------------------------------ */

static void
find_range (GenesisRecordScale *self, guint column, const GenesisQualityFrame *const *references,
            guint n_references)
{
  double min = INFINITY, max = -INFINITY;

  for (guint i = 0; i < n_references; i++)
    {
      const double *numbers = references[i]->columns[column].numbers;

      for (guint64 row = 0; numbers != NULL && row < references[i]->n_rows; row++)
        {
          min = numbers[row] < min ? numbers[row] : min;
          max = numbers[row] > max ? numbers[row] : max;
        }
    }
  self->min[column] = min;
  self->range[column] = max - min;
}

void
genesis_record_scale_init (GenesisRecordScale *self, const GenesisQualityFrame *const *references,
                           guint n_references)
{
  self->n_columns = references[0]->shape->n_columns;
  self->min = g_new0 (double, MAX (self->n_columns, 1));
  self->range = g_new0 (double, MAX (self->n_columns, 1));
  for (guint i = 0; i < self->n_columns; i++)
    find_range (self, i, references, n_references);
}

void
genesis_record_scale_clear (GenesisRecordScale *self)
{
  g_clear_pointer (&self->min, g_free);
  g_clear_pointer (&self->range, g_free);
}

/* -- points ----------------------------------------------------------------- */

/* Without a range the references have one value, or none: another value is one away from it. */
static double
place_of (double number, double min, double range)
{
  if (isnan (number))
    return FAR_AWAY;
  if (range > 0)
    return (number - min) / range;
  return number == min ? 0 : 2;
}

GenesisRecordPoints *
genesis_record_points_new (const GenesisRecordScale *scale, const GenesisQualityFrame *frame)
{
  GenesisRecordPoints *self = g_new0 (GenesisRecordPoints, 1);

  self->n_rows = frame->n_rows;
  self->n_columns = scale->n_columns;
  self->columns = g_new0 (double *, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const GenesisQualityColumn *from = &frame->columns[i];
      double *to = self->columns[i] = g_new (double, MAX (self->n_rows, 1));

      for (guint64 row = 0; row < self->n_rows; row++)
        to[row] = from->codes != NULL
                      ? from->codes[row]
                      : place_of (from->numbers[row], scale->min[i], scale->range[i]);
    }
  return self;
}

void
genesis_record_points_free (GenesisRecordPoints *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    g_free (self->columns[i]);
  g_free (self->columns);
  g_free (self);
}

/* -- distances -------------------------------------------------------------- */

static inline void
add_distances (double from, const double *to, guint n, double *sums)
{
  for (guint i = 0; i < n; i++)
    {
      double away = fabs (from - to[i]);

      sums[i] += away < 1 ? away : 1;
    }
}

typedef struct
{
  double nearest, second;
} Two;

static void
keep_two (Two *two, const double *sums, guint n)
{
  for (guint i = 0; i < n; i++)
    if (sums[i] < two->second)
      {
        two->second = MAX (sums[i], two->nearest);
        two->nearest = MIN (sums[i], two->nearest);
      }
}

static void
keep_back (double *back, const double *sums, guint n)
{
  for (guint i = 0; i < n; i++)
    back[i] = sums[i] < back[i] ? sums[i] : back[i];
}

static Two
look_around (const GenesisRecordPoints *self, guint64 row, const GenesisRecordPoints *others,
             double *back)
{
  Two two = { INFINITY, INFINITY };

  for (guint64 first = 0; first < others->n_rows; first += BLOCK_ROWS)
    {
      guint n = (guint)MIN (BLOCK_ROWS, others->n_rows - first);
      double sums[BLOCK_ROWS] = { 0 };

      for (guint i = 0; i < self->n_columns; i++)
        add_distances (self->columns[i][row], others->columns[i] + first, n, sums);
      keep_two (&two, sums, n);
      if (back != NULL)
        keep_back (back + first, sums, n);
    }
  return two;
}

gboolean
genesis_record_points_find_nearest (const GenesisRecordPoints *self,
                                    const GenesisRecordPoints *others, double *nearest,
                                    double *second, double *back, GCancellable *cancellable,
                                    GError **error)
{
  double columns = MAX (self->n_columns, 1);

  for (guint64 i = 0; back != NULL && i < others->n_rows; i++)
    back[i] = INFINITY;
  for (guint64 row = 0; row < self->n_rows; row++)
    {
      Two two = look_around (self, row, others, back);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      nearest[row] = two.nearest / columns;
      if (second != NULL)
        second[row] = two.second / columns;
    }
  for (guint64 i = 0; back != NULL && i < others->n_rows; i++)
    back[i] /= columns;
  return TRUE;
}
