/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib.h>

#include "genesis-sdk-merge.h"

#define CELLS 8

typedef struct
{
  gint64 counts[CELLS];
  double limit;
  guint n_groups;
  guint32 first[CELLS];
} Case;

static void
assert_groups (const Case *one)
{
  guint32 first[CELLS];
  guint n = genesis_sdk_merge_cells (CELLS, one->counts, one->limit, first);

  g_assert_cmpuint (n, ==, one->n_groups);
  for (guint g = 0; g < n; g++)
    g_assert_cmpuint (first[g], ==, one->first[g]);
}

static void
test_exact_counts_stay (void)
{
  static const Case exact = { { 0, 0, 5, 0, 1, 0, 0, 9 }, 0.0, 8, { 0, 1, 2, 3, 4, 5, 6, 7 } };

  assert_groups (&exact);
}

/* A spike of 90 beside cells that hold nothing: neither side is joined with it. */
static void
test_spikes_stay_alone (void)
{
  static const Case cases[] = {
    { { 1, -2, 0, 90, 1, 0, -1, 2 }, 10.0, 3, { 0, 3, 4 } },
    { { 90, 0, 0, 0, 0, 0, 0, 80 }, 10.0, 3, { 0, 1, 7 } },
    { { 0, 0, 0, 0, 0, 0, 0, 80 }, 10.0, 2, { 0, 7 } },
    { { 80, 0, 0, 0, 0, 0, 0, 0 }, 10.0, 2, { 0, 1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_groups (&cases[i]);
}

/* m cells need sqrt m times the limit: 10, 14.1, 17.3, 20. */
static void
test_light_cells_join (void)
{
  static const Case cases[] = {
    { { 7, 8, 7, 8, 7, 8, 7, 8 }, 10.0, 4, { 0, 2, 4, 6 } },
    { { 7, 7, 7, 7, 7, 7, 7, 7 }, 10.0, 2, { 0, 3 } },
    { { 5, 5, 5, 5, 5, 5, 5, 5 }, 10.0, 2, { 0, 4 } },
    { { 1, 1, 1, 1, 1, 1, 1, 1 }, 10.0, 1, { 0 } },
    { { -9, -9, -9, -9, -9, -9, -9, -9 }, 10.0, 1, { 0 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_groups (&cases[i]);
}

static void
test_hostile_counts (void)
{
  static const Case low = { { G_MININT64, G_MININT64, G_MININT64, G_MININT64, G_MININT64,
                              G_MININT64, G_MININT64, G_MININT64 },
                            0.0,
                            1,
                            { 0 } };
  static const Case high = { { G_MAXINT64, G_MININT64, G_MAXINT64, 0, G_MAXINT64, G_MAXINT64,
                               G_MAXINT64, G_MAXINT64 },
                             1e300,
                             1,
                             { 0 } };

  assert_groups (&low);
  assert_groups (&high);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/exact-counts-stay-as-they-are", test_exact_counts_stay);
  g_test_add_func ("/merge/spikes-stay-alone", test_spikes_stay_alone);
  g_test_add_func ("/merge/light-cells-join-until-noise-hides-them-no-longer",
                   test_light_cells_join);
  g_test_add_func ("/merge/hostile-counts", test_hostile_counts);
  return g_test_run ();
}
