/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "copula-refinement.h"

__extension__ typedef __int128 wide;

static uint32_t
count_populated (const genesis_sdk_margin *self)
{
  uint32_t n = 0;

  for (uint32_t i = 0; i < self->n_cells; i++)
    n += self->count[i] > 0;
  return n;
}

uint32_t
copula_refinement_find_cells (const genesis_sdk_margin *self, uint32_t bins, uint32_t *cells)
{
  int few = count_populated (self) <= COPULA_POPULATED;
  uint32_t n = 0;

  if (self->lo == NULL)
    return 0;
  for (uint32_t i = 0; i < self->n_cells; i++)
    {
      int heavy = (wide)self->count[i] * bins > self->present;

      if (self->count[i] > 0 && self->hi[i] > self->lo[i] && (few || heavy))
        cells[n++] = i;
    }
  return n;
}

int64_t
copula_refinement_get_part_start (int64_t lo, int64_t hi, uint32_t part)
{
  wide width = (wide)hi - lo + 1;

  return (int64_t)(lo + width * part / copula_refinement_get_parts (lo, hi));
}

typedef struct
{
  int64_t *lo, *hi, *count;
  uint32_t n;
} writer;

static void
write_cell (writer *to, int64_t lo, int64_t hi, int64_t count)
{
  if (count <= 0)
    return;
  to->lo[to->n] = lo;
  to->hi[to->n] = hi;
  to->count[to->n++] = count;
}

static int64_t
sum_parts (const int64_t *parts)
{
  int64_t sum = 0;

  for (uint32_t k = 0; k < COPULA_SPLIT; k++)
    sum += parts[k] > 0 ? parts[k] : 0;
  return sum;
}

/* mass 0: the state has no such cell, a site that came later: its counts are taken as they are. */
static void
write_parts (writer *to, int64_t lo, int64_t hi, const int64_t *parts, int64_t mass)
{
  int64_t sum = sum_parts (parts);
  wide before = 0, seen = 0;

  if (mass == 0)
    mass = sum;
  if (sum == 0)
    {
      write_cell (to, lo, hi, mass);
      return;
    }
  for (uint32_t k = 0; k < copula_refinement_get_parts (lo, hi); k++)
    {
      int64_t from = copula_refinement_get_part_start (lo, hi, k);
      int64_t end = copula_refinement_get_part_start (lo, hi, k + 1);
      wide after;

      seen += parts[k] > 0 ? parts[k] : 0;
      after = (2 * seen * mass + sum) / (2 * (wide)sum);
      write_cell (to, from, end - 1, (int64_t)(after - before));
      before = after;
    }
}

void
copula_refinement_apply (genesis_sdk_margin *self, const genesis_sdk_margin *asked,
                         const uint32_t *cells, uint32_t n, const int64_t *parts, int64_t *lo,
                         int64_t *hi, int64_t *count)
{
  writer to = { .lo = lo, .hi = hi, .count = count };
  uint32_t own = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      int64_t first = asked->lo[cells[i]], last = asked->hi[cells[i]];
      int64_t mass = 0;

      for (; own < self->n_cells && self->lo[own] < first; own++)
        write_cell (&to, self->lo[own], self->hi[own], self->count[own]);
      for (; own < self->n_cells && self->lo[own] <= last; own++)
        mass += self->count[own];
      write_parts (&to, first, last, parts + (size_t)i * COPULA_SPLIT, mass);
    }
  for (; own < self->n_cells; own++)
    write_cell (&to, self->lo[own], self->hi[own], self->count[own]);
  self->n_cells = to.n;
  self->lo = lo;
  self->hi = hi;
  self->count = count;
}
