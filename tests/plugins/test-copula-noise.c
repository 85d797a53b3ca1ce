/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "made-table.h"
#include "noisy-total.h"
#include "training.h"

/* Models from noisy totals. Noise comes from seeded streams, so every figure below is the same in
   every run; false-alarm rates are those over seeds. */

#define N_ROWS 20000

static GenesisBlocks *
fit (GenesisTable *table, double mu2, guint64 seed, guint rounds)
{
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), rounds);

  training_add_noise (training, mu2, seed);
  return training_fit (training, &table, 1, NULL);
}

/* Every record is in one cell of each column, so all columns have one total. */
static void
assert_consistent (GenesisBlocks *state)
{
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (state);
  gint64 rows = -1;

  for (guint32 i = 0; i < blocks->n; i++)
    {
      const genesis_abi_block *block = blocks->items[i];
      gint64 sum = 0;

      if (!g_str_has_prefix (block->name, "counts:") && !g_str_equal (block->name, "patterns"))
        continue;
      for (guint64 k = 0; k < block->n; k++)
        {
          g_assert_cmpint (((const gint64 *)block->data)[k], >=, 0);
          sum += ((const gint64 *)block->data)[k];
        }
      rows = rows < 0 ? sum : rows;
      g_assert_cmpint (sum, ==, rows);
    }
  g_assert_cmpint (rows, >=, 1);
}

static void
test_consistent (void)
{
  static const double mu2[] = { INFINITY, 1.0, 1e-2, 1e-4, 1e-8 };
  g_autoptr (GenesisTable) table = made_mixed_table (3, N_ROWS);

  for (gsize i = 0; i < G_N_ELEMENTS (mu2); i++)
    for (guint64 seed = 0; seed < 3; seed++)
      {
        g_autoptr (GenesisBlocks) state = fit (table, mu2[i], seed, 5);

        assert_consistent (state);
      }
}

/* Rows come out, and the host checks each against the schema, however little the totals tell. */
static void
test_samples (void)
{
  static const double mu2[] = { INFINITY, 1.0, 1e-4, 1e-12 };
  g_autoptr (GenesisTable) table = made_mixed_table (4, N_ROWS);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);

  for (gsize i = 0; i < G_N_ELEMENTS (mu2); i++)
    for (guint64 seed = 0; seed < 4; seed++)
      {
        g_autoptr (GenesisBlocks) state = NULL;
        g_autoptr (GenesisTable) rows = NULL;

        training_add_noise (training, mu2[i], seed);
        state = training_fit (training, &table, 1, NULL);
        rows = training_sample (training, state, seed, 2000);
        g_assert_cmpuint (genesis_table_get_n_rows (rows), ==, 2000);
      }
}

static void
test_seeds (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (5, 2000);
  g_autoptr (GenesisBlocks) one = fit (table, 1.0, 1, 5);
  g_autoptr (GenesisBlocks) again = fit (table, 1.0, 1, 5);
  g_autoptr (GenesisBlocks) other = fit (table, 1.0, 2, 5);

  g_assert_true (genesis_blocks_equal (one, again));
  g_assert_false (genesis_blocks_equal (one, other));
}

/* A budget without the flag of a private session is no reason to do anything else. */
static void
test_no_leak (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (6, 2000);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  g_autoptr (GenesisBlocks) plain = training_fit (training, &table, 1, NULL);
  g_autoptr (GenesisBlocks) state = NULL;

  training->session.budget_mu2 = 1e-3;
  training->session.neighbours = 1;
  state = training_fit (training, &table, 1, NULL);
  g_assert_true (genesis_blocks_equal (plain, state));
}

/* Marginals and dependence; one round is marginals alone. */
static void
test_rounds (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (7, 2000);

  for (guint rounds = 1; rounds <= 5; rounds++)
    {
      g_autoptr (Training) training = training_new (genesis_table_get_schema (table), rounds);
      g_autoptr (GenesisBlocks) state = NULL;

      training_add_noise (training, 1.0, 1);
      state = training_fit (training, &table, 1, NULL);
      g_assert_cmpuint (training->n_rounds, ==, MIN (rounds, 2));
      g_assert_true ((training_doubles (state, "correlation", NULL) != NULL) == (rounds > 1));
    }
}

/* Blocks whose cells are all multiplied by 2^shift, and say so, are the same total. */
static GenesisBlocks *
scale_total (GenesisBlocks *total, gint32 shift)
{
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (total);
  GenesisBlocks *scaled = genesis_blocks_new_list ();

  for (guint32 i = 0; i < blocks->n; i++)
    {
      const genesis_abi_block *block = blocks->items[i];
      g_autofree gint64 *cells = g_memdup2 (block->data, block->n * sizeof (gint64));

      for (guint64 k = 0; k < block->n; k++)
        cells[k] *= G_GINT64_CONSTANT (1) << shift;
      genesis_blocks_append (scaled, block->name, block->dtype, shift, block->n, cells);
    }
  return scaled;
}

static void
test_shift (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (8, 3000);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  g_autoptr (GenesisGenerator) generator = NULL;
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  GError *error = NULL;

  training_add_noise (training, 1.0, 1);
  generator = genesis_generator_new (training->generator, &training->session, training->schema,
                                     training->settings, 1, &error);
  g_assert_no_error (error);
  for (guint round = 0; round < 2; round++)
    {
      gboolean finished = FALSE;
      g_autoptr (GenesisPlan) plan = genesis_generator_plan (generator, state, &finished, &error);
      g_autoptr (GenesisBlocks) sums =
          genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
      g_autoptr (GenesisBlocks) scaled = NULL;
      g_autoptr (GenesisBlocks) next = NULL;
      GenesisBlocks *same;

      genesis_generator_measure (generator, state, plan, table, sums, NULL, &error);
      g_assert_no_error (error);
      scaled = scale_total (sums, 17);
      next = genesis_generator_absorb (generator, state, state, plan, sums, NULL, &error);
      g_assert_no_error (error);
      same = genesis_generator_absorb (generator, state, state, plan, scaled, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (genesis_blocks_equal (next, same));
      genesis_blocks_unref (state);
      state = same;
    }
}

static GenesisTable *
make_pair (guint64 seed, guint n, double rho)
{
  GenesisField *fields[] = { genesis_field_new_real ("a", -5.0, 5.0),
                             genesis_field_new_integer ("b", 0, -300, 300) };
  g_autoptr (GenesisSchema) schema = made_schema (fields, 2);
  GenesisTable *table = genesis_table_new (schema, n);
  g_autofree double *z = made_normal_pairs (seed, n, rho);

  for (guint i = 0; i < n; i++)
    {
      made_reals (table, 0)[i] = CLAMP (z[2 * i], -5.0, 5.0);
      made_integers (table, 1)[i] = (gint64)CLAMP (rint (60.0 * z[2 * i + 1]), -300.0, 300.0);
    }
  return table;
}

/* What noise does to a correlation has no bias to speak of and the size that was foretold. d = 2,
   n = 20,000, mu^2 of the run 1, so .4 in the second round: the product's deviation is below 4 /
   sqrt (.99 .4) = 6.4 (scores clipped to 2), 3.2e-4 of n; that of "rows", 1 / sqrt (.01 .4) = 16,
   moves .6 by 4.7e-4; margins add to both. Over 100 seeds: mean within 5.3 s / 10 (t with 99
   degrees of freedom: 7e-7) plus 1e-3 for the curve, which the noise of the margins bends; s at
   most 4 times that of the products alone and above a quarter of it. */
#define N_SEEDS 100

static void
test_recovery (void)
{
  g_autoptr (GenesisTable) table = make_pair (11, N_ROWS, 0.6);
  g_autoptr (GenesisBlocks) quiet = fit (table, INFINITY, 1, 5);
  double want = training_doubles (quiet, "latent-correlation", NULL)[1], sum = 0, squares = 0, s;

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (GenesisBlocks) state = fit (table, 1.0, seed, 5);
      double away = training_doubles (state, "latent-correlation", NULL)[1] - want;

      sum += away;
      squares += away * away;
    }
  s = sqrt ((squares - sum * sum / N_SEEDS) / (N_SEEDS - 1));
  g_test_message ("rho %.4f, mean away %+.5f, s %.5f", want, sum / N_SEEDS, s);
  /* 20,000 rows tell .6 within 4.9 (1 - .36) / sqrt n = .022: 1e-6 */
  g_assert_cmpfloat (fabs (want - 0.6), <, 0.022);
  g_assert_cmpfloat (fabs (sum / N_SEEDS), <, 1e-3 + 5.3 * s / sqrt (N_SEEDS));
  g_assert_cmpfloat (s, <, 4.0 * 3.2e-4);
  g_assert_cmpfloat (s, >, 0.25 * 3.2e-4);
}

/* A table's counts are off by their noise and no more: category of five and a boolean among six
   columns and 8 tables at most, mu^2 .6 in round 1, so a cell's deviation is below sqrt (8 / (.99
   .6)) = 3.7; projection never takes a table farther from the truth as a whole. 7 cells x 200 seeds
   beyond 6 x 3.7 in the root of a table's sum of squares / sqrt 5: below 1e-6. */
static void
test_margins (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (12, N_ROWS);
  g_autofree gint64 *exact = g_new0 (gint64, 5);

  for (guint i = 0; i < N_ROWS; i++)
    exact[made_codes (table, 2)[i]]++;
  for (guint64 seed = 0; seed < 40; seed++)
    {
      g_autoptr (GenesisBlocks) state = fit (table, 1.0, seed, 1);
      const gint64 *counts = training_integers (state, "counts:c", NULL);
      double squares = 0;

      for (guint k = 0; k < 5; k++)
        squares += (double)((counts[k] - exact[k]) * (counts[k] - exact[k]));
      g_assert_cmpfloat (sqrt (squares / 5.0), <, 6.0 * 3.7);
    }
}

/* Neighbours that the noise hides are put together: fewer cells the more noise, and never more than
   256 in a column. */
static guint64
count_cells (GenesisTable *table, double mu2, double round_mu2)
{
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 1);
  g_autoptr (GenesisBlocks) state = NULL;
  guint64 n = 0;

  training_add_noise (training, mu2, 1);
  training->round_mu2 = round_mu2;
  state = training_fit (training, &table, 1, NULL);
  training_integers (state, "counts:a", &n);
  return n - 1;
}

static void
test_cells (void)
{
  g_autoptr (GenesisTable) table = make_pair (13, N_ROWS, 0.0);
  guint64 quiet = count_cells (table, 100.0, 100.0), loud = count_cells (table, 1e-3, 100.0),
          deaf = count_cells (table, 1e-6, 100.0);

  g_test_message ("%u, %u, %u cells", (guint)quiet, (guint)loud, (guint)deaf);
  g_assert_cmpuint (quiet, <=, 256);
  g_assert_cmpuint (quiet, >, 100);
  g_assert_cmpuint (loud, <, quiet / 2);
  g_assert_cmpuint (deaf, <=, 2);
}

/* More noise than the session lets expect (noise_scale above its default) is seen in the tables'
   sums, which should agree. Of two tables and the rows: a factor of 100 is missed when a normal
   pair stays below .02 of its deviation, 2e-4; the seed is fixed. */
static void
test_unexpected_noise (void)
{
  g_autoptr (GenesisTable) table = make_pair (14, N_ROWS, 0.0);

  g_assert_cmpuint (count_cells (table, INFINITY, 1e-2), <,
                    count_cells (table, INFINITY, 100.0) / 2);
}

/* Zero, and the bounds, are values of their own in a range that is wider than 256 units. */
static void
test_spikes (void)
{
  GenesisField *fields[] = { genesis_field_new_integer ("a", 0, 0, 99999),
                             genesis_field_new_real ("b", -10.0, 1000.0) };
  g_autoptr (GenesisSchema) schema = made_schema (fields, 2);
  g_autoptr (GenesisTable) table = genesis_table_new (schema, N_ROWS);
  g_autoptr (Training) training = training_new (schema, 2);
  g_autoptr (GenesisBlocks) state = NULL;
  g_autoptr (GenesisTable) rows = NULL;
  guint n_zero = 0, n_top = 0, n_zero_real = 0;

  for (guint i = 0; i < N_ROWS; i++)
    {
      made_integers (table, 0)[i] = i % 10 < 8 ? 0 : i % 10 == 8 ? 99999 : i;
      made_reals (table, 1)[i] = i % 2 == 0 ? 0.0 : (double)(i % 1000);
    }
  training_add_noise (training, 1.0, 1);
  state = training_fit (training, &table, 1, NULL);
  rows = training_sample (training, state, 1, N_ROWS);
  for (guint i = 0; i < N_ROWS; i++)
    {
      n_zero += made_integers (rows, 0)[i] == 0;
      n_top += made_integers (rows, 0)[i] == 99999;
      n_zero_real += made_reals (rows, 1)[i] == 0.0;
    }
  /* n = 20,000 draws: 5 deviations are at most .018 of them (6e-7 a side); noise adds .001 */
  g_assert_cmpfloat (fabs (n_zero / (double)N_ROWS - 0.8), <, 0.019);
  g_assert_cmpfloat (fabs (n_top / (double)N_ROWS - 0.1), <, 0.019);
  g_assert_cmpfloat (fabs (n_zero_real / (double)N_ROWS - 0.5), <, 0.019);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/copula-noise/totals/all-columns-agree", test_consistent);
  g_test_add_func ("/copula-noise/totals/shift-is-taken-off", test_shift);
  g_test_add_func ("/copula-noise/samples/obey-the-schema", test_samples);
  g_test_add_func ("/copula-noise/seeds/decide-everything", test_seeds);
  g_test_add_func ("/copula-noise/exact-sessions/are-untouched", test_no_leak);
  g_test_add_func ("/copula-noise/rounds/only-useful-ones", test_rounds);
  g_test_add_func ("/copula-noise/correlation/unbiased-and-as-noisy-as-foretold", test_recovery);
  g_test_add_func ("/copula-noise/margins/within-their-noise", test_margins);
  g_test_add_func ("/copula-noise/cells/fewer-under-more-noise", test_cells);
  g_test_add_func ("/copula-noise/cells/unexpected-noise-is-seen", test_unexpected_noise);
  g_test_add_func ("/copula-noise/spikes/zero-and-bounds-keep-their-share", test_spikes);
  return g_test_run ();
}
