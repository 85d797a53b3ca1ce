/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-cell-codes-private.h"

#include <math.h>
#include <string.h>

#include "base/genesis-permutation-private.h"
#include "base/genesis-stream-private.h"
#include "quality/genesis-group-values-private.h"
#include "quality/genesis-sorted-numbers-private.h"

#define WIDTH_BINS 10
#define DEPTH_BINS 20

static GenesisCellCodes *
codes_new_bare (guint64 n_rows, guint n_columns)
{
  GenesisCellCodes *self = g_new0 (GenesisCellCodes, 1);

  self->n_rows = n_rows;
  self->n_columns = n_columns;
  self->n_codes = g_new0 (guint, n_columns);
  self->codes = g_new0 (guint32 *, n_columns);
  for (guint i = 0; i < n_columns; i++)
    self->codes[i] = g_new0 (guint32, MAX (n_rows, 1));
  return self;
}

void
genesis_cell_codes_free (GenesisCellCodes *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    g_free (self->codes[i]);
  g_free (self->codes);
  g_free (self->n_codes);
  g_free (self->groups);
  g_free (self);
}

static void
copy_levels (GenesisCellCodes *self, const GenesisQualityFrame *frame, guint column)
{
  self->n_codes[column] = genesis_quality_shape_count_codes (frame->shape, column);
  memcpy (self->codes[column], frame->columns[column].codes, frame->n_rows * sizeof (guint32));
}

/* How many edges are not above each number; none is above NaN, so a missing cell gets missing. Few
   edges: counting them all has no branch to guess wrong. */
static void
count_edges (const double *numbers, guint64 n_rows, const double *edges, guint n_edges,
             guint32 missing, guint32 *to)
{
  for (guint64 row = 0; row < n_rows; row++)
    {
      guint32 n = 0;

      for (guint i = 0; i < n_edges; i++)
        n += edges[i] <= numbers[row] ? 1 : 0;
      to[row] = isnan (numbers[row]) ? missing : n;
    }
}

/* -- equal width ------------------------------------------------------------ */

/* In exactly this order of operations: multiplying before dividing moves values to other bins. */
static void
make_width_edges (const double *numbers, guint64 n_rows, double edges[WIDTH_BINS + 1])
{
  double min = INFINITY, max = -INFINITY, step;

  for (guint64 row = 0; row < n_rows; row++)
    {
      min = numbers[row] < min ? numbers[row] : min;
      max = numbers[row] > max ? numbers[row] : max;
    }
  if (min > max)
    {
      min = 0;
      max = 1;
    }
  if (min == max)
    {
      min -= 0.5;
      max += 0.5;
    }
  step = (max - min) / WIDTH_BINS;
  for (int i = 0; i < WIDTH_BINS; i++)
    edges[i] = min + i * step;
  edges[WIDTH_BINS] = max;
}

GenesisCellCodes *
genesis_cell_codes_new_equal_width (const GenesisQualityFrame *frame)
{
  GenesisCellCodes *self = codes_new_bare (frame->n_rows, frame->shape->n_columns);
  double edges[WIDTH_BINS + 1];

  for (guint i = 0; i < self->n_columns; i++)
    if (frame->columns[i].codes != NULL)
      copy_levels (self, frame, i);
    else
      {
        make_width_edges (frame->columns[i].numbers, frame->n_rows, edges);
        count_edges (frame->columns[i].numbers, frame->n_rows, edges, WIDTH_BINS + 1,
                     WIDTH_BINS + 1, self->codes[i]);
        self->n_codes[i] = WIDTH_BINS + 2;
      }
  return self;
}

/* -- equal depth ------------------------------------------------------------ */

/* The distinct ones of the judge's twentieths; returns how many. */
static guint
make_depth_edges (const GenesisQualityFrame *judge, guint column, double edges[DEPTH_BINS - 1])
{
  g_auto (GenesisSortedNumbers) sorted = { NULL };
  guint n = 0;

  genesis_sorted_numbers_init (&sorted, judge->columns[column].numbers, judge->n_rows);
  for (int i = 1; i < DEPTH_BINS && sorted.n > 0; i++)
    {
      double edge = genesis_sorted_numbers_get_quantile (&sorted, (double)i / DEPTH_BINS);

      if (n == 0 || edge > edges[n - 1])
        edges[n++] = edge;
    }
  return n;
}

GenesisCellCodes *
genesis_cell_codes_new_equal_depth (const GenesisQualityFrame *frame,
                                    const GenesisQualityFrame *judge)
{
  GenesisCellCodes *self = codes_new_bare (frame->n_rows, frame->shape->n_columns);
  double edges[DEPTH_BINS - 1];

  for (guint i = 0; i < self->n_columns; i++)
    if (frame->columns[i].codes != NULL)
      copy_levels (self, frame, i);
    else
      {
        guint n_edges = make_depth_edges (judge, i, edges);

        count_edges (frame->columns[i].numbers, frame->n_rows, edges, n_edges, n_edges + 1,
                     self->codes[i]);
        self->n_codes[i] = n_edges + 2;
      }
  self->groups = g_new (guint8, MAX (self->n_rows, 1));
  for (guint64 row = 0; row < self->n_rows; row++)
    self->groups[row] = (guint8)(row % GENESIS_N_GROUPS);
  return self;
}

GenesisCellCodes *
genesis_cell_codes_new_independent (const GenesisCellCodes *self, guint64 seed)
{
  GenesisCellCodes *shuffled = codes_new_bare (self->n_rows, self->n_columns);

  for (guint i = 0; i < self->n_columns && self->n_rows > 0; i++)
    {
      GenesisPermutation permutation;
      GenesisStream stream;

      genesis_stream_init (&stream, seed, "quality/independent", i);
      genesis_permutation_init (&permutation, genesis_stream_u64 (&stream), self->n_rows);
      for (guint64 row = 0; row < self->n_rows; row++)
        shuffled->codes[i][row] = self->codes[i][genesis_permutation_apply (&permutation, row)];
    }
  memcpy (shuffled->n_codes, self->n_codes, self->n_columns * sizeof *self->n_codes);
  shuffled->groups = g_memdup2 (self->groups, MAX (self->n_rows, 1));
  return shuffled;
}
