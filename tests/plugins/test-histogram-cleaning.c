/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "made-table.h"
#include "noisy-histogram.h"

static guint64
count_cells (double mu2, double budget, const char *merge_sd)
{
  NoisyHistogram self;
  g_autoptr (GenesisBlocks) state = NULL;
  guint64 n = 0;

  noisy_histogram_init (&self, mu2, 7);
  self.training->session.budget_mu2 = budget;
  self.training->round_mu2 = mu2;
  if (merge_sd != NULL)
    training_set (self.training, "merge_sd", merge_sd);
  state = noisy_histogram_fit (&self);
  noisy_histogram_assert_consistent (state);
  noisy_histogram_get_counts (state, 8, &n);
  noisy_histogram_clear (&self);
  return n - 1;
}

/* More noise or a larger setting leaves fewer cells; 0 leaves all that are not driven to
   nothing. */
static void
test_merging (void)
{
  guint64 none = count_cells (0.01, 0.01, "0"), few = count_cells (0.01, 0.01, NULL);
  guint64 fewer = count_cells (0.01, 0.01, "20"), one = count_cells (1e-5, 1e-5, "100");

  g_assert_cmpuint (none, >, few);
  g_assert_cmpuint (few, >, fewer);
  g_assert_cmpuint (fewer, >, 1);
  g_assert_cmpuint (one, ==, 1);
}

/* A run without a budget does not say how large its noise is: the sums of the columns do. The same
   noise then leaves about as many cells: the square of the estimate has 12 degrees of freedom. */
static void
test_noise_is_seen (void)
{
  guint64 told = count_cells (0.01, 0.01, NULL), seen = count_cells (0.01, INFINITY, NULL);
  guint64 louder = count_cells (0.0001, INFINITY, NULL);

  g_assert_cmpuint (told, <, 190);
  g_assert_cmpuint (seen, <, 2 * told);
  g_assert_cmpuint (told, <, 2 * seen);
  g_assert_cmpuint (louder, <, seen);
}

/* Replacing a record leaves their number: it is public, and taken as it is. */
static void
test_replaced_records (void)
{
  NoisyHistogram self;
  g_autoptr (GenesisBlocks) state = NULL;

  noisy_histogram_init (&self, 0.01, 3);
  self.training->session.neighbours = 1;
  state = noisy_histogram_fit (&self);
  g_assert_cmpint (noisy_histogram_get_rows (state), ==, NOISY_ROWS);
  noisy_histogram_assert_consistent (state);
  noisy_histogram_clear (&self);
}

/* In each cell noise of three times the table: rows come out and obey the schema, which the host
   checks. */
static void
test_drowned (void)
{
  NoisyHistogram self;
  g_autoptr (GenesisBlocks) state = NULL;
  g_autoptr (GenesisTable) drawn = NULL;

  noisy_histogram_init (&self, 3e-9, 4);
  state = noisy_histogram_fit (&self);
  g_assert_cmpint (noisy_histogram_get_rows (state), >=, 1);
  drawn = training_sample (self.training, state, 1, 1000);
  g_assert_cmpuint (genesis_table_get_n_rows (drawn), ==, 1000);
  noisy_histogram_clear (&self);
}

static void
assert_shift (NoisyHistogram *self, gint32 shift, gboolean is_taken)
{
  g_autoptr (GenesisGenerator) generator = training_make_generator (self->training);
  g_autoptr (GenesisPlan) plan = NULL;
  g_autoptr (GenesisBlocks) sums = NULL;
  g_autoptr (GenesisBlocks) shifted = genesis_blocks_new_list ();
  g_autoptr (GenesisBlocks) state = NULL;
  const genesis_abi_blocks *blocks;
  gboolean finished = FALSE;
  GError *error = NULL;

  plan = genesis_generator_plan (generator, NULL, &finished, &error);
  g_assert_no_error (error);
  sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  blocks = genesis_blocks_get_abi (sums);
  for (guint32 b = 0; b < blocks->n; b++)
    genesis_blocks_append (shifted, blocks->items[b]->name, GENESIS_ABI_I64, b > 0 ? shift : 0,
                           blocks->items[b]->n, blocks->items[b]->data);
  state = genesis_generator_absorb (generator, NULL, NULL, plan, shifted, NULL, &error);
  g_assert_true ((state != NULL) == is_taken);
  if (!is_taken)
    g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_clear_error (&error);
}

/* A grid finer than 2^-62 is no noise's; without noise there is none. */
static void
test_shifts (void)
{
  NoisyHistogram self;

  noisy_histogram_init (&self, 1.0, 5);
  assert_shift (&self, 0, TRUE);
  assert_shift (&self, 62, TRUE);
  assert_shift (&self, 63, FALSE);
  assert_shift (&self, -1, FALSE);
  self.training->session.flags = 0;
  assert_shift (&self, 0, TRUE);
  assert_shift (&self, 1, FALSE);
  noisy_histogram_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histogram/noise/neighbours-merge-by-the-setting", test_merging);
  g_test_add_func ("/histogram/noise/is-seen-without-a-budget", test_noise_is_seen);
  g_test_add_func ("/histogram/noise/replaced-records-keep-their-number", test_replaced_records);
  g_test_add_func ("/histogram/noise/drowned-tables-obey-the-schema", test_drowned);
  g_test_add_func ("/histogram/noise/grids-of-totals", test_shifts);
  return g_test_run ();
}
