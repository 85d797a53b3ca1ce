/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib.h>
#include <math.h>
#include <string.h>

#include "copula-bins.h"
#include "copula-pattern.h"
#include "copula-refinement.h"
#include "genesis-sdk-column.h"

#define CELLS 400

typedef struct
{
  gint64 lo[CELLS], hi[CELLS], count[CELLS], starts[CELLS];
  genesis_sdk_margin margin;
} Cells;

/* n cells of a width, side by side from 0. */
static void
cells_init (Cells *self, guint n, gint64 width, gint64 count)
{
  for (guint i = 0; i < n; i++)
    {
      self->lo[i] = i * width;
      self->hi[i] = (i + 1) * width - 1;
      self->count[i] = count;
    }
  self->margin =
      (genesis_sdk_margin){ .n_cells = n, .lo = self->lo, .hi = self->hi, .count = self->count };
  g_assert_true (genesis_sdk_margin_sum (&self->margin));
}

static void
test_few_values_are_atoms (void)
{
  Cells cells;

  cells_init (&cells, 40, 1, 20);
  g_assert_cmpuint (copula_bins_cut (&cells.margin, 8, cells.starts), ==, 40);
  /* one row fewer for each value: not an atom, the mass decides */
  cells_init (&cells, 40, 1, 19);
  g_assert_cmpuint (copula_bins_cut (&cells.margin, 8, cells.starts), ==, 8);
}

static void
test_equal_mass (void)
{
  Cells cells;
  gint64 in_bins[CELLS];
  guint n;

  cells_init (&cells, 400, 7, 10);
  n = copula_bins_cut (&cells.margin, 16, cells.starts);
  g_assert_cmpuint (n, ==, 16);
  copula_bins_count (&cells.margin, cells.starts, n, in_bins);
  for (guint b = 0; b < n; b++)
    g_assert_cmpint (in_bins[b], ==, 250);
}

/* A value that holds a 256th of the rows and at least 20 of them is a bin of its own; a wide
   cell as heavy is too, but only because of its mass. */
static void
test_spike_is_a_bin (void)
{
  Cells cells;
  guint n;
  gboolean found = FALSE;

  cells_init (&cells, 300, 1, 10);
  cells.count[137] = 500;
  genesis_sdk_margin_sum (&cells.margin);
  n = copula_bins_cut (&cells.margin, 64, cells.starts);
  for (guint b = 0; b + 1 < n; b++)
    found |= cells.starts[b] == 137 && cells.starts[b + 1] == 138;
  g_assert_true (found);
}

static void
test_scores_are_conditional_means (void)
{
  static const gint64 counts[] = { 10, 0, 30, 60 };
  gint64 scores[4];
  double mean = 0.0;

  copula_bins_score (counts, 4, 4.0, 14, scores);
  for (guint b = 0; b < 4; b++)
    mean += 0.01 * (double)counts[b] * (double)scores[b] * 0x1p-14;
  g_assert_cmpfloat (fabs (mean), <, 0x1p-14);
  /* E (Z | Z < Phi^-1 (.1)) = -phi (1.28155) / .1 */
  g_assert_cmpint (scores[0], ==, (gint64)rint (-1.754983319 * 16384.0));
  g_assert_cmpint (scores[1], ==, (gint64)rint (-1.281551566 * 16384.0)); /* empty: its cut */
  for (guint b = 1; b < 4; b++)
    g_assert_cmpint (scores[b], >, scores[b - 1]);
}

static void
test_scores_are_clipped (void)
{
  static const gint64 counts[] = { 1, 1000000, 1 };
  gint64 scores[3];

  copula_bins_score (counts, 3, 4.0, 14, scores);
  g_assert_cmpint (scores[0], ==, -65536);
  g_assert_cmpint (scores[2], ==, 65536);
}

static void
test_order_by_frequency (void)
{
  static const gint64 counts[] = { 3, 9, 3, 0, 100, 9 };
  static const gint64 expected[] = { 4, 1, 5, 0, 2, 3 };
  gint64 order[6];

  copula_bins_order (counts, 6, order);
  g_assert_cmpmem (order, sizeof order, expected, sizeof expected);
}

/* Every value of a cell lies in the part that begins at or before it, whatever the width. */
static void
test_parts_cover_the_cell (void)
{
  for (gint64 width = 1; width < 300; width++)
    {
      gint64 lo = -77, hi = lo + width - 1;
      guint parts = copula_refinement_get_parts (lo, hi);

      g_assert_cmpuint (parts, ==, MIN (width, 64));
      for (gint64 value = lo; value <= hi; value++)
        {
          guint part = copula_refinement_find_part (lo, hi, value);

          g_assert_cmpuint (part, <, parts);
          g_assert_cmpint (copula_refinement_get_part_start (lo, hi, part), <=, value);
          g_assert_cmpint (copula_refinement_get_part_start (lo, hi, part + 1), >, value);
        }
    }
}

static void
test_refinement_keeps_mass (void)
{
  Cells cells;
  gint64 lo[600], hi[600], count[600];
  gint64 parts[2 * COPULA_SPLIT] = { 0 };
  guint32 places[] = { 1, 3 };
  genesis_sdk_margin next;

  cells_init (&cells, 5, 10, 7);
  parts[0] = 2; /* of cell 1: 3 rows answered where 7 were counted */
  parts[4] = 1;
  next = cells.margin;
  copula_refinement_apply (&next, &cells.margin, places, 2, parts, lo, hi, count);
  /* cell 1 became two units of mass 7 together, cell 3 had no answer and stays */
  g_assert_cmpuint (next.n_cells, ==, 6);
  g_assert_cmpint (next.lo[1], ==, 10);
  g_assert_cmpint (next.hi[1], ==, 10);
  g_assert_cmpint (next.lo[2], ==, 14);
  g_assert_cmpint (next.count[1] + next.count[2], ==, 7);
  g_assert_cmpint (next.count[1], ==, 5);
  g_assert_cmpint (next.lo[4], ==, 30);
  g_assert_cmpint (next.hi[4], ==, 39);
  genesis_sdk_margin_sum (&next);
  g_assert_cmpint (next.present, ==, 35);
}

static void
test_what_is_refined (void)
{
  Cells cells;
  guint32 places[CELLS];

  cells_init (&cells, 256, 2, 1);
  g_assert_cmpuint (copula_refinement_find_cells (&cells.margin, 256, places), ==, 256);
  cells_init (&cells, 256, 1, 1);
  g_assert_cmpuint (copula_refinement_find_cells (&cells.margin, 256, places), ==, 0);
  cells_init (&cells, 300, 2, 10);
  g_assert_cmpuint (copula_refinement_find_cells (&cells.margin, 256, places), ==, 0);
  cells.count[5] = 100;
  genesis_sdk_margin_sum (&cells.margin);
  g_assert_cmpuint (copula_refinement_find_cells (&cells.margin, 256, places), ==, 1);
  g_assert_cmpuint (places[0], ==, 5);
}

static void
test_shortest_decimals (void)
{
  g_assert_cmpfloat (genesis_sdk_column_shorten (0.0999999, 0.1000001), ==, 0.1);
  g_assert_cmpfloat (genesis_sdk_column_shorten (2.4999999, 2.5000001), ==, 2.5);
  g_assert_cmpfloat (genesis_sdk_column_shorten (-7.3300001, -7.3299999), ==, -7.33);
  g_assert_cmpfloat (genesis_sdk_column_shorten (1199.9, 1200.2), ==, 1200.0);
  g_assert_cmpfloat (genesis_sdk_column_shorten (-0.2, 0.1), ==, 0.0);
  g_assert_cmpfloat (genesis_sdk_column_shorten (1e-9, 1.5e-9), ==, 1e-9);
}

static void
test_patterns (void)
{
  gint64 counts[16] = { 50, 0, 3, 50, 0, 7 }, kept[COPULA_PATTERN_KEPT];
  gint64 masks[] = { 0, 3, 5 };
  guint64 rare[] = { 7 }, wide[2] = { 1, 1 }, other[2] = { 1, 2 };

  g_assert_cmpuint (copula_pattern_keep (counts, 16, kept), ==, 4);
  g_assert_cmpint (kept[0], ==, 0);
  g_assert_cmpint (kept[1], ==, 3);
  g_assert_cmpint (kept[2], ==, 5);
  g_assert_cmpint (kept[3], ==, 2);
  g_assert_cmpuint (copula_pattern_nearest (rare, masks, 3, 1), ==,
                    1); /* 3 and 5 are as near, 3 is heavier */
  g_assert_cmpuint (copula_pattern_hash (rare, 1, 1), ==, 7);
  g_assert_cmpuint (copula_pattern_hash (wide, 2, 0), <, COPULA_PATTERN_CELLS);
  g_assert_cmpuint (copula_pattern_hash (wide, 2, 0), !=, copula_pattern_hash (other, 2, 0));
}

static void
test_only_the_heaviest_patterns_are_kept (void)
{
  gint64 counts[200], kept[COPULA_PATTERN_KEPT];

  for (guint i = 0; i < 200; i++)
    counts[i] = 1 + (i * 37) % 200;
  g_assert_cmpuint (copula_pattern_keep (counts, 200, kept), ==, COPULA_PATTERN_KEPT);
  for (guint i = 0; i < COPULA_PATTERN_KEPT; i++)
    g_assert_cmpint (counts[kept[i]], ==, 200 - (gint)i);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bins/atoms/few-values", test_few_values_are_atoms);
  g_test_add_func ("/bins/atoms/spike-is-a-bin", test_spike_is_a_bin);
  g_test_add_func ("/bins/mass/equal", test_equal_mass);
  g_test_add_func ("/bins/scores/conditional-means", test_scores_are_conditional_means);
  g_test_add_func ("/bins/scores/clipped", test_scores_are_clipped);
  g_test_add_func ("/bins/categories/by-frequency-then-code", test_order_by_frequency);
  g_test_add_func ("/bins/refinement/parts-cover-the-cell", test_parts_cover_the_cell);
  g_test_add_func ("/bins/refinement/keeps-the-mass-of-a-cell", test_refinement_keeps_mass);
  g_test_add_func ("/bins/refinement/heavy-or-few", test_what_is_refined);
  g_test_add_func ("/bins/real/shortest-decimal", test_shortest_decimals);
  g_test_add_func ("/bins/patterns/kept-and-nearest", test_patterns);
  g_test_add_func ("/bins/patterns/heaviest-63", test_only_the_heaviest_patterns_are_kept);
  return g_test_run ();
}
