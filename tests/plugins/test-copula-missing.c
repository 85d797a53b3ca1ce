/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "made-table.h"
#include "training.h"

/* Tables with far more missing patterns than are kept. Shares are compared over 240,000 drawn rows:
   a share of .5 has a deviation of .00102, the bound of .006 is 5.9 of them. */
#define ROWS      20000u
#define DRAWN     60000u
#define DRAWS     4u
#define SHARE_OFF .006

/* Gaps have one cause and chances of their own, from 4 % to 60 %. */
static GenesisTable *
make_gaps (guint n_columns)
{
  GenesisField *fields[24] = { NULL };
  g_autoptr (GenesisSchema) schema = NULL;
  GenesisTable *table;
  GenesisStream stream;

  for (guint c = 0; c < n_columns; c++)
    {
      g_autofree char *name = g_strdup_printf ("c%02u", c);

      fields[c] = genesis_field_new_integer (name, 0, 0, 99);
      fields[c]->may_be_missing = TRUE;
    }
  schema = made_schema (fields, n_columns);
  table = genesis_table_new (schema, ROWS);
  genesis_stream_init (&stream, 41, "rare patterns", n_columns);
  for (guint c = 0; c < n_columns; c++)
    genesis_table_ensure_validity (table, c);
  for (guint row = 0; row < ROWS; row++)
    {
      double cause, u[2];

      genesis_stream_fill_uniform (&stream, &cause, 1);
      for (guint c = 0; c < n_columns; c++)
        {
          genesis_stream_fill_uniform (&stream, u, 2);
          made_integers (table, c)[row] = (gint64)(100.0 * u[0]);
          if (u[1] < cause * (0.08 + 1.12 * c / n_columns))
            genesis_table_set_missing (table, c, row);
        }
    }
  return table;
}

static guint32
get_mask (GenesisTable *table, guint row)
{
  guint32 mask = 0;

  for (guint c = 0; c < genesis_schema_get_n_fields (genesis_table_get_schema (table)); c++)
    mask |= (guint32)genesis_table_is_missing (table, c, row) << c;
  return mask;
}

static guint
count_patterns (GenesisTable *table)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint row = 0; row < genesis_table_get_n_rows (table); row++)
    g_hash_table_add (seen, GUINT_TO_POINTER (get_mask (table, row) + 1));
  return g_hash_table_size (seen);
}

/* Adds the missing cells of each column, and of each together with the last. */
static void
add_gaps (GenesisTable *table, guint n_columns, double *alone, double *with_last)
{
  for (guint row = 0; row < genesis_table_get_n_rows (table); row++)
    {
      guint32 mask = get_mask (table, row), last = mask >> (n_columns - 1) & 1;

      for (guint c = 0; c < n_columns; c++)
        {
          alone[c] += mask >> c & 1;
          with_last[c] += mask >> c & last;
        }
    }
}

static void
test_shares (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr (GenesisTable) table = make_gaps (n);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  g_autoptr (GenesisBlocks) state = training_fit (training, &table, 1, NULL);
  double real[24] = { 0.0 }, real_with[24] = { 0.0 }, drawn[24] = { 0.0 }, drawn_with[24] = { 0.0 };

  /* of 4,096 that twelve columns can have */
  g_assert_cmpuint (count_patterns (table), >, n > 12 ? 2000 : 1500);
  add_gaps (table, n, real, real_with);
  for (guint seed = 0; seed < DRAWS; seed++)
    {
      g_autoptr (GenesisTable) rows = training_sample (training, state, seed, DRAWN);

      add_gaps (rows, n, drawn, drawn_with);
    }
  for (guint c = 0; c < n; c++)
    {
      double want = real[c] / ROWS, have = drawn[c] / (DRAWN * DRAWS);

      g_test_message ("column %u: %.4f, drawn %.4f; with the last %.4f, drawn %.4f", c, want, have,
                      real_with[c] / ROWS, drawn_with[c] / (DRAWN * DRAWS));
      g_assert_cmpfloat (fabs (want - have), <, SHARE_OFF);
    }
  /* one cause: columns are missing together more often than by chance, also in what is drawn */
  g_assert_cmpfloat (drawn_with[n - 2] / drawn[n - 1], >,
                     drawn[n - 2] / (DRAWN * DRAWS)
                         + 0.25 * (real_with[n - 2] / real[n - 1] - real[n - 2] / ROWS));
}

/* The rows of each kept pattern are sums like everything else. */
static void
test_sites (void)
{
  g_autoptr (GenesisTable) table = make_gaps (20);
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 5);
  g_autoptr (GenesisBlocks) pooled = training_fit (training, &table, 1, NULL);
  g_autoptr (GenesisBlocks) joined = NULL;
  GenesisTable *sites[3];
  const gint64 *rows;
  gint64 sum = 0;
  guint64 n;

  for (guint s = 0; s < 3; s++)
    sites[s] = made_rows (table, s, 3);
  joined = training_fit (training, sites, 3, NULL);
  rows = training_integers (pooled, "pattern-rows", &n);
  g_assert_cmpuint (n, ==, 63);
  g_assert_cmpmem (rows, n * 8, training_integers (joined, "pattern-rows", NULL), n * 8);
  for (guint p = 0; p < n; p++)
    sum += rows[p];
  g_assert_cmpint (sum, ==, ROWS);
  g_assert_cmpmem (training_doubles (pooled, "correlation", &n), n * 8,
                   training_doubles (joined, "correlation", NULL), n * 8);
  for (guint s = 0; s < 3; s++)
    g_object_unref (sites[s]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/missing/many-patterns/shares-through-the-hash", GUINT_TO_POINTER (20),
                        test_shares);
  g_test_add_data_func ("/missing/many-patterns/shares-through-the-mask", GUINT_TO_POINTER (12),
                        test_shares);
  g_test_add_func ("/missing/many-patterns/three-sites-equal-pooled", test_sites);
  return g_test_run ();
}
