/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-sorted-numbers-private.h"

#include <math.h>

#include "quality/genesis-radix-sort-private.h"

void
genesis_sorted_numbers_init (GenesisSortedNumbers *self, const double *numbers, guint64 n_rows)
{
  self->values = g_new (double, MAX (n_rows, 1));
  self->n = 0;
  for (guint64 row = 0; row < n_rows; row++)
    if (!isnan (numbers[row]))
      self->values[self->n++] = numbers[row];
  genesis_radix_sort_numbers (self->values, self->n);
}

void
genesis_sorted_numbers_clear (GenesisSortedNumbers *self)
{
  g_clear_pointer (&self->values, g_free);
}

double
genesis_sorted_numbers_get_min (const GenesisSortedNumbers *self)
{
  return self->n > 0 ? self->values[0] : NAN;
}

double
genesis_sorted_numbers_get_max (const GenesisSortedNumbers *self)
{
  return self->n > 0 ? self->values[self->n - 1] : NAN;
}

gsize
genesis_sorted_numbers_count_between (const GenesisSortedNumbers *self, double lo, double hi)
{
  gsize n = 0;

  for (gsize i = 0; i < self->n; i++)
    n += self->values[i] >= lo && self->values[i] <= hi ? 1 : 0;
  return n;
}

double
genesis_sorted_numbers_get_quantile (const GenesisSortedNumbers *self, double q)
{
  double at = q * (double)(self->n - 1);
  gsize below = (gsize)floor (at);
  double t = at - (double)below, a, b;

  if (below + 1 >= self->n)
    return self->values[self->n - 1];
  a = self->values[below];
  b = self->values[below + 1];
  /* Exact at both ends. */
  return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

/* Above 90 a double has no 14 decimals and this rounds little or nothing; it stays monotone. */
static double
round_decimals (double x)
{
  return rint (x * 1e14) / 1e14;
}

static double
value_at (const GenesisSortedNumbers *self, gsize i, gboolean decimals)
{
  if (i >= self->n)
    return INFINITY;
  return decimals ? round_decimals (self->values[i]) : self->values[i];
}

double
genesis_sorted_numbers_distance (const GenesisSortedNumbers *a, const GenesisSortedNumbers *b,
                                 gboolean decimals)
{
  gsize i = 0, j = 0;
  double distance = 0;

  if (a->n == 0 || b->n == 0)
    return NAN;
  while (i < a->n || j < b->n)
    {
      double x = value_at (a, i, decimals), y = value_at (b, j, decimals), v = x < y ? x : y;
      double away;

      while (i < a->n && value_at (a, i, decimals) == v)
        i++;
      while (j < b->n && value_at (b, j, decimals) == v)
        j++;
      away = fabs ((double)i / (double)a->n - (double)j / (double)b->n);
      distance = MAX (distance, away);
    }
  return distance;
}
