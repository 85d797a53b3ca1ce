/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "data/genesis-row-repeats-private.h"

static void
add (GenesisRowRepeats *repeats, const char *a, const char *b, guint64 number)
{
  const GenesisCell cells[2] = { { a, strlen (a), FALSE, FALSE }, { b, strlen (b), FALSE, FALSE } };

  genesis_row_repeats_add (repeats, cells, 2, number);
}

static void
test_exact (void)
{
  g_autoptr (GenesisRowRepeats) repeats = genesis_row_repeats_new ();
  gboolean exact;

  add (repeats, "1", "x", 2);
  add (repeats, "x", "1", 3);
  add (repeats, "1x", "", 4);
  g_assert_cmpuint (genesis_row_repeats_count (repeats, &exact), ==, 0);
  add (repeats, "x", "1", 5);
  add (repeats, "1", "x", 6);
  add (repeats, "1", "x", 7);
  g_assert_cmpuint (genesis_row_repeats_count (repeats, &exact), ==, 3);
  g_assert_true (exact);
  g_assert_cmpuint (repeats->first, ==, 5);
  g_assert_cmpuint (repeats->twin, ==, 3);
}

/* Rows 0 to n - 1 once, and those that are multiples of three once more. */
static guint64
count (guint n, gboolean *exact, guint *n_held)
{
  g_autoptr (GenesisRowRepeats) repeats = genesis_row_repeats_new ();
  char text[16];

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < (i % 3 == 0 ? 2 : 1); j++)
      {
        g_snprintf (text, sizeof text, "%u", i);
        add (repeats, text, "", i + 1);
      }
  *n_held = repeats->n_held;
  return genesis_row_repeats_count (repeats, exact);
}

/* Of the n / 3 repeats half is sampled, 2^18: the standard error of the estimate is below
   sqrt (1 / 2^18) = 0.2 %, and the bound of 2 % is ten of them, a false alarm far below 1e-6. */
static void
test_estimate (void)
{
  const guint n = 3 << 19;
  gboolean exact;
  guint n_held;
  double estimate;

  g_assert_cmpuint (count (300000, &exact, &n_held), ==, 100000);
  g_assert_true (exact);
  estimate = (double)count (n, &exact, &n_held);
  g_assert_false (exact);
  g_assert_cmpuint (n_held, <=, GENESIS_ROW_REPEATS_MAX);
  g_assert_cmpfloat_with_epsilon (estimate / (n / 3), 1, .02);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-repeats/counted-with-the-first-pair", test_exact);
  g_test_add_func ("/row-repeats/estimated-in-bounded-memory-when-many", test_estimate);
  return g_test_run ();
}
