/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-pass-sum-private.h"

#define N_ROWS 50u

/* Two columns of one kind, a category, a real and a boolean, the latter three with missing cells
   in places of their own. */
static GenesisTable *
make_table (void)
{
  static const char *const wards[] = { "east", "north", "west", NULL };
  static const char *const yes_no[] = { "no", "yes", NULL };
  g_autoptr (GenesisField) a = genesis_field_new_integer ("a", 0, 0, 1000);
  g_autoptr (GenesisField) b = genesis_field_new_integer ("b", 0, 0, 1000);
  g_autoptr (GenesisField) ward = genesis_field_new_category ("ward", wards);
  g_autoptr (GenesisField) level = genesis_field_new_real ("level", 0.0, 1.0);
  g_autoptr (GenesisField) smokes = genesis_field_new_category ("smokes", yes_no);
  GenesisField *fields[] = { a, b, ward, level, smokes };
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new (fields, G_N_ELEMENTS (fields), &error);
  GenesisTable *table = genesis_table_new (schema, N_ROWS);
  gint64 integers[2][N_ROWS];
  double levels[N_ROWS];
  const char *texts[2][N_ROWS];

  g_assert_no_error (error);
  for (guint i = 0; i < N_ROWS; i++)
    {
      integers[0][i] = i;
      integers[1][i] = 2 * i;
      levels[i] = i / 100.0;
      texts[0][i] = wards[i % 3];
      texts[1][i] = yes_no[i % 2];
    }
  g_assert_true (genesis_table_set_column_integers (table, 0, integers[0], N_ROWS, &error));
  g_assert_true (genesis_table_set_column_integers (table, 1, integers[1], N_ROWS, &error));
  g_assert_true (genesis_table_set_column_text (table, 2, texts[0], N_ROWS, &error));
  g_assert_true (genesis_table_set_column_reals (table, 3, levels, N_ROWS, &error));
  g_assert_true (genesis_table_set_column_text (table, 4, texts[1], N_ROWS, &error));
  genesis_table_set_missing (table, 2, 7);
  genesis_table_set_missing (table, 3, 9);
  genesis_table_set_missing (table, 4, 11);
  return table;
}

static guint64
sum_of (GenesisTable *table, guint64 chunk)
{
  GenesisPassSum pass = { 0 };
  const guint64 n_rows = genesis_table_get_n_rows (table);

  for (guint64 first = 0; first < n_rows; first += chunk)
    {
      g_autoptr (GenesisTable) part =
          genesis_table_slice (table, first, MIN (chunk, n_rows - first));

      genesis_pass_sum_add (&pass, part);
    }
  g_assert_cmpuint (pass.n_rows, ==, n_rows);
  return pass.sum;
}

/* Slices whose masks do not start at a byte among them. */
static void
test_chunks (void)
{
  g_autoptr (GenesisTable) table = make_table ();

  for (guint64 chunk = 1; chunk <= N_ROWS; chunk++)
    g_assert_cmpuint (sum_of (table, chunk), ==, sum_of (table, N_ROWS));
}

static void
test_order (void)
{
  g_autoptr (GenesisTable) table = make_table ();
  g_autoptr (GenesisTable) shuffled = NULL;
  guint64 rows[N_ROWS];

  for (guint i = 0; i < N_ROWS; i++)
    rows[i] = (7 * i + 3) % N_ROWS;
  shuffled = genesis_table_take_rows (table, rows, N_ROWS);
  g_assert_cmpuint (sum_of (shuffled, N_ROWS), ==, sum_of (table, N_ROWS));
}

/* One row in place of another, even one that was there already. */
static void
test_rows (void)
{
  g_autoptr (GenesisTable) table = make_table ();
  guint64 rows[N_ROWS];

  for (guint changed = 0; changed < N_ROWS; changed++)
    {
      g_autoptr (GenesisTable) other = NULL;

      for (guint i = 0; i < N_ROWS; i++)
        rows[i] = i;
      rows[changed] = (changed + 1) % N_ROWS;
      other = genesis_table_take_rows (table, rows, N_ROWS);
      g_assert_cmpuint (sum_of (other, N_ROWS), !=, sum_of (table, N_ROWS));
    }
}

/* What is missing is neither 0 nor the first category, nor what was there before. */
static void
test_missing (void)
{
  g_autoptr (GenesisTable) table = make_table ();
  guint64 before = sum_of (table, N_ROWS);

  for (guint column = 0; column < 5; column++)
    {
      guint64 after;

      genesis_table_set_missing (table, column, 0);
      after = sum_of (table, N_ROWS);
      g_assert_cmpuint (after, !=, before);
      before = after;
    }
}

/* The same values in each other's column: no sum over cells would tell. */
static void
test_columns (void)
{
  g_autoptr (GenesisTable) table = make_table ();
  g_autoptr (GenesisTable) other = make_table ();
  g_autoptr (GError) error = NULL;
  gint64 a[N_ROWS], b[N_ROWS];

  for (guint i = 0; i < N_ROWS; i++)
    {
      a[i] = genesis_table_get_integer (table, 0, i);
      b[i] = genesis_table_get_integer (table, 1, i);
    }
  g_assert_true (genesis_table_set_column_integers (other, 0, b, N_ROWS, &error));
  g_assert_true (genesis_table_set_column_integers (other, 1, a, N_ROWS, &error));
  g_assert_cmpuint (sum_of (other, N_ROWS), !=, sum_of (table, N_ROWS));
}

/* The values of a column dealt to other rows, which keeps the column and not the rows. */
static void
test_pairs (void)
{
  g_autoptr (GenesisTable) table = make_table ();
  g_autoptr (GenesisTable) other = make_table ();
  g_autoptr (GError) error = NULL;
  gint64 a[N_ROWS];

  for (guint i = 0; i < N_ROWS; i++)
    a[i] = genesis_table_get_integer (table, 0, (i + 1) % N_ROWS);
  g_assert_true (genesis_table_set_column_integers (other, 0, a, N_ROWS, &error));
  g_assert_cmpuint (sum_of (other, N_ROWS), !=, sum_of (table, N_ROWS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pass-sum/same/for-any-chunks", test_chunks);
  g_test_add_func ("/pass-sum/same/for-any-order-of-rows", test_order);
  g_test_add_func ("/pass-sum/another/for-another-row", test_rows);
  g_test_add_func ("/pass-sum/another/for-a-missing-cell", test_missing);
  g_test_add_func ("/pass-sum/another/for-swapped-columns", test_columns);
  g_test_add_func ("/pass-sum/another/for-values-in-other-rows", test_pairs);
  return g_test_run ();
}
