/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-cramers-v-private.h"

#include <math.h>

#include "quality/genesis-radix-sort-private.h"

/* More cells than this are not counted in place, but the rows sorted by cell. */
#define MOST_CELLS (1u << 20)

typedef struct
{
  const guint64 *a, *b; /* rows of each level */
  double n, chi2, expected;
  guint64 n_cells;
  guint n_codes;
} Chi2;

static void
add_cell (Chi2 *self, guint64 cell, guint64 count)
{
  double expected =
      (double)self->a[cell / self->n_codes] * (double)self->b[cell % self->n_codes] / self->n;
  double away = (double)count - expected;

  self->chi2 += away * away / expected;
  self->expected += expected;
  self->n_cells++;
}

static void
add_counted (Chi2 *self, const guint32 *a, const guint32 *b, guint64 n_rows, guint64 n_cells)
{
  g_autofree guint32 *counts = g_new0 (guint32, n_cells);

  for (guint64 row = 0; row < n_rows; row++)
    counts[(guint64)a[row] * self->n_codes + b[row]]++;
  for (guint64 cell = 0; cell < n_cells; cell++)
    if (counts[cell] > 0)
      add_cell (self, cell, counts[cell]);
}

static void
add_sorted (Chi2 *self, const guint32 *a, const guint32 *b, guint64 n_rows)
{
  g_autofree guint64 *cells = g_new (guint64, n_rows);

  for (guint64 row = 0; row < n_rows; row++)
    cells[row] = (guint64)a[row] * self->n_codes + b[row];
  genesis_radix_sort_keys (cells, n_rows);
  for (guint64 first = 0, next; first < n_rows; first = next)
    {
      for (next = first + 1; next < n_rows && cells[next] == cells[first];)
        next++;
      add_cell (self, cells[first], next - first);
    }
}

static guint64 *
count_levels (const GenesisCellCodes *codes, guint column, guint *n_levels)
{
  guint64 *counts = g_new0 (guint64, codes->n_codes[column]);

  *n_levels = 0;
  for (guint64 row = 0; row < codes->n_rows; row++)
    *n_levels += counts[codes->codes[column][row]]++ == 0 ? 1 : 0;
  return counts;
}

double
genesis_cramers_v (const GenesisCellCodes *codes, guint a, guint b)
{
  guint a_levels, b_levels;
  g_autofree guint64 *a_counts = count_levels (codes, a, &a_levels);
  g_autofree guint64 *b_counts = count_levels (codes, b, &b_levels);
  guint64 n_cells = (guint64)codes->n_codes[a] * codes->n_codes[b];
  Chi2 self = { a_counts, b_counts, (double)codes->n_rows, .n_codes = codes->n_codes[b] };

  if (MIN (a_levels, b_levels) < 2)
    return NAN;
  if (n_cells <= MOST_CELLS)
    add_counted (&self, codes->codes[a], codes->codes[b], codes->n_rows, n_cells);
  else
    add_sorted (&self, codes->codes[a], codes->codes[b], codes->n_rows);
  /* A cell without a row adds what is expected of it. */
  if (self.n_cells < (guint64)a_levels * b_levels)
    self.chi2 += self.n - self.expected;
  return sqrt (self.chi2 / self.n / (MIN (a_levels, b_levels) - 1));
}
