/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "data/genesis-field-private.h"

#include "made-table.h"
#include "training.h"

/* Tables of unusual shapes, through all rounds, sampled after each: 0 rows, 1 row, many. The host
   refuses a drawn row that leaves the schema, which fails the test. */

static void
assert_sampled (Training *training, GenesisBlocks *state)
{
  static const guint sizes[] = { 0, 1, 5000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GenesisTable) rows = training_sample (training, state, 3, sizes[i]);

      g_assert_cmpuint (genesis_table_get_n_rows (rows), ==, sizes[i]);
    }
}

/* Trains over every horizon, two sites of which one holds a single row; returns the model of the
   longest one. */
static GenesisBlocks *
fit_all_horizons (GenesisTable *table)
{
  static const guint horizons[] = { 1, 2, 3, 64 };
  g_autoptr (GenesisTable) one = genesis_table_slice (table, 0, 1);
  g_autoptr (GenesisTable) rest =
      genesis_table_slice (table, 1, genesis_table_get_n_rows (table) - 1);
  GenesisTable *sites[] = { one, rest };
  GenesisBlocks *state = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (horizons); i++)
    {
      g_autoptr (Training) training = training_new (genesis_table_get_schema (table), horizons[i]);
      GenesisBlocks *site_states[2];

      g_clear_pointer (&state, genesis_blocks_unref);
      state = training_fit (training, sites, 2, site_states);
      g_assert_cmpuint (training->n_rounds, <=, horizons[i]);
      assert_sampled (training, state);
      for (guint k = 0; k < 2; k++)
        genesis_blocks_unref (site_states[k]);
    }
  return state;
}

/* One horizon, one site: for tables that take longer. */
static GenesisBlocks *
fit_once (Training *training, GenesisTable *table)
{
  GenesisBlocks *state = training_fit (training, &table, 1, NULL);

  assert_sampled (training, state);
  return state;
}

static GenesisTable *
make_integers (gint64 lo, gint64 hi, const gint64 *values, guint n_values, guint n)
{
  GenesisField *fields[] = { genesis_field_new_integer ("a", 0, lo, hi),
                             genesis_field_new_integer ("b", 0, lo, hi) };
  g_autoptr (GenesisSchema) schema = made_schema (fields, 2);
  GenesisTable *table = genesis_table_new (schema, n);

  for (guint i = 0; i < n; i++)
    {
      made_integers (table, 0)[i] = values[i % n_values];
      made_integers (table, 1)[i] = values[(i / 3) % n_values];
    }
  return table;
}

/* Every drawn value is one of those that were seen. */
static void
assert_only_seen (GenesisTable *table, GenesisBlocks *state, const gint64 *values, guint n_values)
{
  g_autoptr (Training) training = training_new (genesis_table_get_schema (table), 64);
  g_autoptr (GenesisTable) rows = training_sample (training, state, 8, 20000);

  for (guint i = 0; i < 20000; i++)
    {
      gboolean seen = FALSE;

      for (guint v = 0; v < n_values; v++)
        seen |= made_integers (rows, 0)[i] == values[v];
      g_assert_true (seen);
    }
}

static void
test_few_values_anywhere (void)
{
  static const gint64 values[] = { -(G_GINT64_CONSTANT (1) << 62),
                                   (G_GINT64_CONSTANT (1) << 62) - 1, 0 };

  for (guint n_values = 1; n_values <= 3; n_values++)
    {
      g_autoptr (GenesisTable) table = make_integers (values[0], values[1], values, n_values, 999);
      g_autoptr (GenesisBlocks) state = fit_all_horizons (table);

      assert_only_seen (table, state, values, n_values);
    }
}

static void
test_one_column_one_row (void)
{
  GenesisField *fields[] = { genesis_field_new_integer ("a", 0, 0, 1000000) };
  g_autoptr (GenesisSchema) schema = made_schema (fields, 1);
  g_autoptr (GenesisTable) table = genesis_table_new (schema, 1);
  g_autoptr (GenesisBlocks) state = NULL;
  const gint64 value = 123456;

  made_integers (table, 0)[0] = value;
  state = fit_all_horizons (table);
  assert_only_seen (table, state, &value, 1);
}

static void
test_reals_of_any_width (void)
{
  static const struct
  {
    double lo, hi;
  } bounds[] = { { 0.0, 5e-324 },      { -1e-310, 1e-310 },  { 1e-300, 2e-300 }, { -8e307, 8e307 },
                 { 1.0, 1.0 },         { 1e15, 1e15 + 1.0 }, { -1e-20, 1e-20 },  { 1e300, 1.7e308 },
                 { 0.1, 0.1 + 1e-16 }, { -1e18, 1e18 } };

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      double lo = bounds[i].lo, hi = bounds[i].hi;
      GenesisField *fields[] = { genesis_field_new_real ("a", lo, hi),
                                 genesis_field_new_real ("b", lo, hi) };
      g_autoptr (GenesisSchema) schema = made_schema (fields, 2);
      g_autoptr (GenesisTable) table = genesis_table_new (schema, 600);
      g_autoptr (GenesisBlocks) state = NULL;

      for (guint row = 0; row < 600; row++)
        {
          double value = row % 3 == 0 ? lo : row % 3 == 1 ? hi : lo + (hi - lo) * row / 600.0;

          made_reals (table, 0)[row] = fmin (fmax (value, lo), hi);
          made_reals (table, 1)[row] = row % 2 == 0 ? hi : lo;
        }
      state = fit_all_horizons (table);
    }
}

static void
test_everything_missing (void)
{
  static const char *const levels[] = { "only", NULL };
  GenesisField *fields[] = { genesis_field_new_integer ("a", 0, 0, 9),
                             genesis_field_new_real ("b", 0.0, 1.0),
                             genesis_field_new_category ("c", levels) };
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GenesisTable) rows = NULL;
  g_autoptr (GenesisBlocks) state = NULL;
  g_autoptr (Training) training = NULL;

  fields[0]->may_be_missing = fields[1]->may_be_missing = TRUE;
  schema = made_schema (fields, 3);
  table = genesis_table_new (schema, 200);
  for (guint c = 0; c < 2; c++)
    {
      genesis_table_ensure_validity (table, c);
      for (guint row = 0; row < 200; row++)
        genesis_table_set_missing (table, c, row);
    }
  state = fit_all_horizons (table);
  training = training_new (schema, 64);
  rows = training_sample (training, state, 1, 1000);
  for (guint row = 0; row < 1000; row++)
    {
      g_assert_true (genesis_table_is_missing (rows, 0, row));
      g_assert_true (genesis_table_is_missing (rows, 1, row));
    }
}

static void
test_many_categories (void)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  GenesisField *fields[2];
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (Training) training = NULL;
  g_autoptr (GenesisBlocks) state = NULL;

  for (guint i = 0; i < 65536; i++)
    g_ptr_array_add (names, g_strdup_printf ("%05u", i));
  g_ptr_array_add (names, NULL);
  fields[0] = genesis_field_new_category ("a", (const char *const *)names->pdata);
  fields[1] = genesis_field_new_integer ("b", 0, 0, 70000);
  schema = made_schema (fields, 2);
  table = genesis_table_new (schema, 70000);
  for (guint row = 0; row < 70000; row++)
    {
      made_codes (table, 0)[row] = (gint32)(row % 65536);
      made_integers (table, 1)[row] = row;
    }
  training = training_new (schema, 3);
  state = fit_once (training, table);
}

/* Copies of one column, every other one turned round: all correlations are 1 or -1, the matrix is
   singular. */
static void
test_identical_columns (void)
{
  const guint n_columns = 20, n = 4000;
  GenesisField *fields[20];
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GenesisTable) rows = NULL;
  g_autoptr (GenesisBlocks) state = NULL;
  g_autoptr (Training) training = NULL;
  g_autofree double *z = made_normal_pairs (2, n, 0.0);
  double products = 0.0, squares = 0.0;

  for (guint c = 0; c < n_columns; c++)
    {
      g_autofree char *name = g_strdup_printf ("c%02u", c);

      fields[c] = genesis_field_new_integer (name, 0, -4000, 4000);
    }
  schema = made_schema (fields, n_columns);
  table = genesis_table_new (schema, n);
  for (guint c = 0; c < n_columns; c++)
    for (guint row = 0; row < n; row++)
      made_integers (table, c)[row] = (gint64)rint ((c % 2 ? -800.0 : 800.0) * z[2 * row]);
  training = training_new (schema, 3);
  state = fit_once (training, table);
  rows = training_sample (training, state, 1, 5000);
  for (guint row = 0; row < 5000; row++)
    {
      double a = (double)made_integers (rows, 0)[row], b = (double)made_integers (rows, 13)[row];

      products += a * b;
      squares += a * a;
    }
  g_assert_cmpfloat (products / squares, <, -0.99);
}

/* 140 columns, 70 of them with gaps (two words of a mask), few rows. */
static void
test_many_columns (void)
{
  static const char *const levels[] = { "x", "y", "z", NULL };
  const guint n_columns = 140, n = 400;
  GenesisField *fields[140];
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GenesisBlocks) state = NULL;
  g_autoptr (Training) training = NULL;
  GenesisStream stream;

  for (guint c = 0; c < n_columns; c++)
    {
      g_autofree char *name = g_strdup_printf ("c%03u", c);

      fields[c] = c % 3 == 0   ? genesis_field_new_integer (name, 0, 0, 100)
                  : c % 3 == 1 ? genesis_field_new_real (name, 0.0, 1.0)
                               : genesis_field_new_category (name, levels);
      fields[c]->may_be_missing = c % 2;
    }
  schema = made_schema (fields, n_columns);
  table = genesis_table_new (schema, n);
  genesis_stream_init (&stream, 6, "many columns", 0);
  for (guint c = 0; c < n_columns; c++)
    {
      double u[400];

      genesis_stream_fill_uniform (&stream, u, n);
      if (c % 2)
        genesis_table_ensure_validity (table, c);
      for (guint row = 0; row < n; row++)
        {
          if (c % 3 == 0)
            made_integers (table, c)[row] = (gint64)(u[row] * 100.0);
          else if (c % 3 == 1)
            made_reals (table, c)[row] = u[row];
          else
            made_codes (table, c)[row] = (gint32)(u[row] * 3.0);
          if (c % 2 && fmod (u[row] * 1000.0, 1.0) < 0.3)
            genesis_table_set_missing (table, c, row);
        }
    }
  training = training_new (schema, 3);
  state = fit_once (training, table);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shapes/integers/few-values-anywhere", test_few_values_anywhere);
  g_test_add_func ("/shapes/integers/one-column-one-row", test_one_column_one_row);
  g_test_add_func ("/shapes/reals/any-width", test_reals_of_any_width);
  g_test_add_func ("/shapes/missing/everything", test_everything_missing);
  g_test_add_func ("/shapes/categories/65536", test_many_categories);
  g_test_add_func ("/shapes/dependence/twenty-copies", test_identical_columns);
  g_test_add_func ("/shapes/columns/more-gaps-than-a-word", test_many_columns);
  return g_test_run ();
}
