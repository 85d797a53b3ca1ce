/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "made-table.h"
#include "training.h"

#define ROWS 5000u

static GenesisBlocks *
fit_one (GenesisTable *table, guint64 chunk_rows, gboolean amnesia)
{
  g_autoptr (Training) training =
      training_new_for ("histogram", genesis_table_get_schema (table), 1);
  GenesisBlocks *state;

  training->chunk_rows = chunk_rows;
  training->amnesia = amnesia;
  state = training_fit (training, &table, 1, NULL);
  g_assert_cmpuint (training->n_rounds, ==, 1);
  return state;
}

static void
test_chunks (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (1, ROWS);
  g_autoptr (GenesisBlocks) whole = fit_one (table, 65536, FALSE);
  g_autoptr (GenesisBlocks) chunks = fit_one (table, 700, FALSE);
  g_autoptr (GenesisBlocks) forgetful = fit_one (table, 700, TRUE);
  g_autoptr (GenesisTable) few = made_rows (table, 0, 25);
  g_autoptr (GenesisBlocks) whole_few = fit_one (few, 65536, FALSE);
  g_autoptr (GenesisBlocks) row_by_row = fit_one (few, 1, FALSE);

  g_assert_true (genesis_blocks_equal (whole, chunks));
  g_assert_true (genesis_blocks_equal (whole, forgetful));
  g_assert_true (genesis_blocks_equal (whole_few, row_by_row));
  g_assert_false (genesis_blocks_equal (whole, whole_few));
}

/* Sites of 1 row, of none, and of the rest. */
static void
test_sites (void)
{
  g_autoptr (GenesisTable) table = made_mixed_table (2, ROWS);
  g_autoptr (GenesisTable) one = genesis_table_slice (table, 0, 1);
  g_autoptr (GenesisTable) none = genesis_table_slice (table, 1, 0);
  g_autoptr (GenesisTable) rest = genesis_table_slice (table, 1, ROWS - 1);
  g_autoptr (Training) training =
      training_new_for ("histogram", genesis_table_get_schema (table), 1);
  GenesisTable *sites[] = { one, none, rest };
  GenesisBlocks *own[3];
  g_autoptr (GenesisBlocks) pooled = fit_one (table, 65536, FALSE);
  g_autoptr (GenesisBlocks) federated = training_fit (training, sites, 3, own);
  g_autoptr (GenesisBlocks) alone = fit_one (rest, 65536, FALSE);
  g_autoptr (GenesisTable) drawn = training_sample (training, own[0], 1, 100);

  g_assert_true (genesis_blocks_equal (pooled, federated));
  g_assert_true (genesis_blocks_equal (alone, own[2]));
  training_assert_refused (training, own[1], "at least one row");
  /* the one row of that site is all that its model knows */
  for (guint i = 0; i < 100; i++)
    g_assert_cmpint (made_codes (drawn, 2)[i], ==, made_codes (one, 2)[0]);
  for (guint s = 0; s < 3; s++)
    genesis_blocks_unref (own[s]);
}

static gint64
count_of (GenesisBlocks *state, const char *name, guint64 entry)
{
  guint64 n;
  const gint64 *counts = training_integers (state, name, &n);

  g_assert_cmpuint (entry, <, n);
  return counts[entry];
}

/* A site that weighs three times as much counts three times. */
static void
test_weights (void)
{
  g_autoptr (GenesisTable) a = made_mixed_table (3, 1000);
  g_autoptr (GenesisTable) b = made_mixed_table (4, 1000);
  g_autoptr (Training) training = training_new_for ("histogram", genesis_table_get_schema (a), 1);
  GenesisTable *sites[] = { a, b };
  const guint64 weights[] = { 1 << 20, 3 << 20 };
  g_autoptr (GenesisBlocks) x = fit_one (a, 65536, FALSE);
  g_autoptr (GenesisBlocks) y = fit_one (b, 65536, FALSE);
  g_autoptr (GenesisBlocks) weighted = NULL;

  training->session.max_weight_q20 = 3 << 20;
  weighted = training_fit_weighted (training, sites, weights, 2, NULL);
  for (guint64 level = 0; level < 5; level++)
    g_assert_cmpint (count_of (weighted, "counts:c", level), ==,
                     count_of (x, "counts:c", level) + 3 * count_of (y, "counts:c", level));
  g_assert_cmpint (count_of (weighted, "histogram", 2), ==, 4000);
}

/* 5,000 columns, the most that a schema has: two share a block, as a plan holds 4,096. */
static void
test_wide (void)
{
  const guint n_columns = 5000, n = 60;
  g_autofree GenesisField **fields = g_new (GenesisField *, n_columns);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GenesisTable) rows = NULL;
  g_autoptr (GenesisTable) half = NULL;
  g_autoptr (GenesisTable) other = NULL;
  g_autoptr (Training) training = NULL;
  g_autoptr (GenesisBlocks) pooled = NULL;
  g_autoptr (GenesisBlocks) federated = NULL;
  GenesisTable *sites[2];

  for (guint c = 0; c < n_columns; c++)
    {
      g_autofree char *name = g_strdup_printf ("c%04u", c);

      fields[c] = c % 3 == 0 ? genesis_field_new_boolean (name, "n", "y")
                             : genesis_field_new_integer (name, 0, c, c + 9);
      fields[c]->may_be_missing = c % 7 == 0;
    }
  schema = made_schema (fields, n_columns);
  table = genesis_table_new (schema, n);
  for (guint c = 0; c < n_columns; c++)
    {
      if (c % 7 == 0)
        genesis_table_ensure_validity (table, c);
      for (guint row = 0; row < n; row++)
        {
          if (c % 3 == 0)
            made_codes (table, c)[row] = (row + c) % 2;
          else
            made_integers (table, c)[row] = c + (row * c) % 10;
          if (c % 7 == 0 && row % 4 == 0)
            genesis_table_set_missing (table, c, row);
        }
    }
  training = training_new_for ("histogram", schema, 1);
  half = made_rows (table, 0, 2);
  other = made_rows (table, 1, 2);
  sites[0] = half;
  sites[1] = other;
  pooled = training_fit (training, &table, 1, NULL);
  federated = training_fit (training, sites, 2, NULL);
  g_assert_true (genesis_blocks_equal (pooled, federated));
  g_assert_cmpint (count_of (pooled, "counts:c4998", 0) + count_of (pooled, "counts:c4998", 1), ==,
                   (gint64)n - count_of (pooled, "counts:c4998", 2));
  g_assert_cmpint (count_of (pooled, "counts:c4998", 2), ==, n / 4);
  rows = training_sample (training, pooled, 1, 40);
  /* 4,996 r mod 10 is even: nothing odd was seen */
  for (guint row = 0; row < 40; row++)
    g_assert_true (made_integers (rows, 4996)[row] >= 4996
                   && (made_integers (rows, 4996)[row] - 4996) % 2 == 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histogram/chunks/whole-equals-chunks-equals-rows", test_chunks);
  g_test_add_func ("/histogram/sites/one-row-no-row-and-the-rest-equal-pooled", test_sites);
  g_test_add_func ("/histogram/sites/weights-multiply-counts", test_weights);
  g_test_add_func ("/histogram/columns/5000", test_wide);
  return g_test_run ();
}
