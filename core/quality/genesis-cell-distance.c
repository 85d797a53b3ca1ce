/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-cell-distance-private.h"

#include <math.h>
#include <string.h>

#include "quality/genesis-radix-sort-private.h"

/* Where all cells with their groups fit into so many places they are counted in place, else the
   rows' cells are sorted and merged. */
#define MOST_PLACES (1u << 20)
/* A sorted row: cell * 32 + group. Three columns of 65,537 codes take 49 bits. */
#define GROUP_BITS 5

struct _GenesisCellDistance
{
  guint32 *places[2];
  gsize n_places;
};

/* The rows of one side: shares of all, and of those that are left without a group. */
typedef struct
{
  double all;
  double without[GENESIS_N_GROUPS];
} RowShares;

GenesisCellDistance *
genesis_cell_distance_new (void)
{
  return g_new0 (GenesisCellDistance, 1);
}

void
genesis_cell_distance_free (GenesisCellDistance *self)
{
  g_free (self->places[0]);
  g_free (self->places[1]);
  g_free (self);
}

static void
init_shares (RowShares *shares, const GenesisCellCodes *codes)
{
  guint64 members[GENESIS_N_GROUPS] = { 0 };

  if (codes->groups != NULL)
    for (guint64 row = 0; row < codes->n_rows; row++)
      members[codes->groups[row]]++;
  shares->all = 1.0 / (double)codes->n_rows;
  /* A group that is all there is leaves nothing: infinite, and the figure NaN. */
  for (guint g = 0; g < GENESIS_N_GROUPS; g++)
    shares->without[g] = 1.0 / (double)(codes->n_rows - members[g]);
}

static guint64
count_cells (const GenesisCellCodes *codes, const guint *columns, guint n_columns)
{
  guint64 n = 1;

  for (guint i = 0; i < n_columns; i++)
    n *= codes->n_codes[columns[i]];
  return n;
}

static inline guint64
cell_of (const GenesisCellCodes *codes, const guint *columns, guint n_columns, guint64 row)
{
  guint64 cell = codes->codes[columns[0]][row];

  for (guint i = 1; i < n_columns; i++)
    cell = cell * codes->n_codes[columns[i]] + codes->codes[columns[i]][row];
  return cell;
}

static void
add_cell (GenesisGroupValues *value, const guint32 *a, const RowShares *a_shares, const guint32 *b,
          const RowShares *b_shares, guint n_groups)
{
  guint32 a_all = 0, b_all = 0;

  for (guint g = 0; g < n_groups; g++)
    {
      a_all += a[g];
      b_all += b[g];
    }
  if ((a_all | b_all) == 0)
    return;
  value->all += fabs (a_all * a_shares->all - b_all * b_shares->all);
  if (n_groups == GENESIS_N_GROUPS)
    for (guint g = 0; g < GENESIS_N_GROUPS; g++)
      value->without[g] +=
          fabs ((a_all - a[g]) * a_shares->without[g] - (b_all - b[g]) * b_shares->without[g]);
}

/* -- in place --------------------------------------------------------------- */

static void
reserve_places (GenesisCellDistance *self, gsize n)
{
  if (n <= self->n_places)
    return;
  for (int side = 0; side < 2; side++)
    {
      g_free (self->places[side]);
      self->places[side] = g_new (guint32, n);
    }
  self->n_places = n;
}

static void
count_rows (const GenesisCellCodes *codes, const guint *columns, guint n_columns, guint n_groups,
            guint32 *places, gsize n_places)
{
  memset (places, 0, n_places * sizeof *places);
  if (n_groups == 1)
    for (guint64 row = 0; row < codes->n_rows; row++)
      places[cell_of (codes, columns, n_columns, row)]++;
  else
    for (guint64 row = 0; row < codes->n_rows; row++)
      places[cell_of (codes, columns, n_columns, row) * GENESIS_N_GROUPS + codes->groups[row]]++;
}

static void
measure_in_place (GenesisCellDistance *self, const GenesisCellCodes *judge,
                  const GenesisCellCodes *const *others, guint n_others, const guint *columns,
                  guint n_columns, guint n_groups, GenesisGroupValues *values)
{
  gsize n_places = (gsize)count_cells (judge, columns, n_columns) * n_groups;
  RowShares ours, theirs;

  reserve_places (self, n_places);
  init_shares (&ours, judge);
  count_rows (judge, columns, n_columns, n_groups, self->places[0], n_places);
  for (guint i = 0; i < n_others; i++)
    {
      init_shares (&theirs, others[i]);
      count_rows (others[i], columns, n_columns, n_groups, self->places[1], n_places);
      for (gsize place = 0; place < n_places; place += n_groups)
        add_cell (&values[i], self->places[0] + place, &ours, self->places[1] + place, &theirs,
                  n_groups);
    }
}

/* -- sorted ----------------------------------------------------------------- */

static guint64 *
sort_rows (const GenesisCellCodes *codes, const guint *columns, guint n_columns)
{
  guint64 *keys = g_new (guint64, codes->n_rows);

  for (guint64 row = 0; row < codes->n_rows; row++)
    keys[row] = cell_of (codes, columns, n_columns, row) << GROUP_BITS
                | (codes->groups != NULL ? codes->groups[row] : 0);
  genesis_radix_sort_keys (keys, codes->n_rows);
  return keys;
}

/* Counts the rows of one cell from place i on; returns the place behind them. */
static guint64
count_run (const guint64 *keys, guint64 n, guint64 i, guint64 cell, guint32 *counts)
{
  memset (counts, 0, GENESIS_N_GROUPS * sizeof *counts);
  for (; i < n && keys[i] >> GROUP_BITS == cell; i++)
    counts[keys[i] & ((1u << GROUP_BITS) - 1)]++;
  return i;
}

static void
merge_rows (const guint64 *ours, const GenesisCellCodes *judge, const guint64 *theirs,
            const GenesisCellCodes *other, guint n_groups, GenesisGroupValues *value)
{
  guint32 a[GENESIS_N_GROUPS], b[GENESIS_N_GROUPS];
  RowShares a_shares, b_shares;
  guint64 i = 0, j = 0;

  init_shares (&a_shares, judge);
  init_shares (&b_shares, other);
  while (i < judge->n_rows || j < other->n_rows)
    {
      guint64 x = i < judge->n_rows ? ours[i] >> GROUP_BITS : G_MAXUINT64;
      guint64 y = j < other->n_rows ? theirs[j] >> GROUP_BITS : G_MAXUINT64;
      guint64 cell = MIN (x, y);

      i = count_run (ours, judge->n_rows, i, cell, a);
      j = count_run (theirs, other->n_rows, j, cell, b);
      add_cell (value, a, &a_shares, b, &b_shares, n_groups);
    }
}

static void
measure_sorted (const GenesisCellCodes *judge, const GenesisCellCodes *const *others,
                guint n_others, const guint *columns, guint n_columns, guint n_groups,
                GenesisGroupValues *values)
{
  g_autofree guint64 *ours = sort_rows (judge, columns, n_columns);

  for (guint i = 0; i < n_others; i++)
    {
      g_autofree guint64 *theirs = sort_rows (others[i], columns, n_columns);

      merge_rows (ours, judge, theirs, others[i], n_groups, &values[i]);
    }
}

void
genesis_cell_distance_measure (GenesisCellDistance *self, const GenesisCellCodes *judge,
                               const GenesisCellCodes *const *others, guint n_others,
                               const guint *columns, guint n_columns, GenesisGroupValues *values)
{
  guint n_groups = judge->groups != NULL ? GENESIS_N_GROUPS : 1;

  memset (values, 0, n_others * sizeof *values);
  if (count_cells (judge, columns, n_columns) <= MOST_PLACES / n_groups)
    measure_in_place (self, judge, others, n_others, columns, n_columns, n_groups, values);
  else
    measure_sorted (judge, others, n_others, columns, n_columns, n_groups, values);
  for (guint i = 0; i < n_others; i++)
    genesis_group_values_scale (&values[i], 0.5);
}
