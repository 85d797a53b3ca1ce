/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-table-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

enum
{
  AGE,
  PEAK,
  BMI,
  LEVEL,
  SEEN
};

static GenesisSchema *
make_schema (void)
{
  static const char *const levels[] = { "low", "mid", "high", NULL };
  g_autoptr (GenesisField) full_peak = genesis_field_new_integer ("oldpeak", 1, -26, 62);
  g_autoptr (GenesisField) full_bmi = genesis_field_new_real ("bmi", 10, 80);
  g_autoptr (GenesisField) full_level = genesis_field_new_category ("level", levels);
  g_autoptr (GenesisField) age = genesis_field_new_integer ("age", 0, 0, 120);
  g_autoptr (GenesisField) peak = genesis_field_with_missing (full_peak, "?");
  g_autoptr (GenesisField) bmi = genesis_field_with_missing (full_bmi, "");
  g_autoptr (GenesisField) level = genesis_field_with_missing (full_level, "");
  g_autoptr (GenesisField) seen = genesis_field_new_datetime ("seen", "YYYY-MM-DD", -1000, 20000);
  GenesisField *const fields[] = { age, peak, bmi, level, seen };
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_new (fields, G_N_ELEMENTS (fields), &error);

  g_assert_no_error (error);
  return schema;
}

static const gint64 ages[] = { 63, 28, 0, 120 };
static const char *const peaks[] = { "2.3", ".7", "?", "-2.6" };
static const double bmis[] = { 20.5, NAN, 80, 10 };
static const char *const levels[] = { "mid", NULL, "high", "low" };
static const char *const days[] = { "1970-01-02", "2000-02-29", "1969-12-31", "1970-01-01" };

static GenesisTable *
make_table (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  GenesisTable *table = genesis_table_new (schema, 4);
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_table_set_column_integers (table, AGE, ages, 4, &error));
  g_assert_true (genesis_table_set_column_text (table, PEAK, peaks, 4, &error));
  g_assert_true (genesis_table_set_column_reals (table, BMI, bmis, 4, &error));
  g_assert_true (genesis_table_set_column_text (table, LEVEL, levels, 4, &error));
  g_assert_true (genesis_table_set_column_text (table, SEEN, days, 4, &error));
  g_assert_no_error (error);
  return table;
}

static void
assert_cells (GenesisTable *table, guint column, const char *expected)
{
  g_autoptr (GString) cells = g_string_new (NULL);

  for (guint64 row = 0; row < genesis_table_get_n_rows (table); row++)
    {
      g_autofree char *text = genesis_table_dup_text (table, column, row);

      g_string_append_printf (cells, "%s|", text);
    }
  g_assert_cmpstr (cells->str, ==, expected);
}

static void
test_text (void)
{
  g_autoptr (GenesisTable) table = make_table ();

  assert_cells (table, AGE, "63|28|0|120|");
  assert_cells (table, PEAK, "2.3|0.7|?|-2.6|");
  assert_cells (table, BMI, "20.5||80|10|");
  assert_cells (table, LEVEL, "mid||high|low|");
  assert_cells (table, SEEN, "1970-01-02|2000-02-29|1969-12-31|1970-01-01|");
}

static void
test_values (void)
{
  g_autoptr (GenesisTable) table = make_table ();

  g_assert_cmpint (genesis_table_get_integer (table, PEAK, 3), ==, -26);
  g_assert_cmpfloat (genesis_table_get_real (table, PEAK, 3), ==, -2.6);
  g_assert_cmpint (genesis_table_get_integer (table, PEAK, 2), ==, 0);
  g_assert_true (isnan (genesis_table_get_real (table, PEAK, 2)));
  g_assert_true (genesis_table_is_missing (table, PEAK, 2));
  g_assert_false (genesis_table_is_missing (table, PEAK, 3));
  g_assert_cmpint (genesis_table_get_integer (table, LEVEL, 2), ==, 2);
  g_assert_cmpint (genesis_table_get_integer (table, SEEN, 2), ==, -1);
  g_assert_cmpfloat (genesis_table_get_real (table, BMI, 0), ==, 20.5);
}

static void
assert_mismatch (gboolean done, GError **error, const char *column, const char *count)
{
  g_assert_false (done);
  g_assert_error (*error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  g_assert_nonnull (strstr ((*error)->message, column));
  g_assert_nonnull (strstr ((*error)->message, count));
  g_clear_error (error);
}

/* Refused columns keep what they held, and no message repeats a cell. */
static void
test_refused (void)
{
  static const gint64 outside[] = { 1, 121777, -7771, 5 };
  static const gint64 codes[] = { 0, 3, 2, 1 };
  static const double reals[] = { 777.5, INFINITY, 20, -INFINITY };
  static const char *const texts[] = { "low", "canary", "LOW", "high" };
  static const char *const wide[] = { "0.1", "99.9", "0", "0.25" };
  static const char *const gaps[] = { "5", "", "7", NULL };
  g_autoptr (GenesisTable) table = make_table ();
  g_autoptr (GError) error = NULL;

  g_assert_false (genesis_table_set_column_text (table, LEVEL, texts, 4, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  g_assert_null (strstr (error->message, "canary"));
  g_clear_error (&error);
  g_assert_false (genesis_table_set_column_integers (table, AGE, outside, 4, &error));
  g_assert_null (strstr (error->message, "777"));
  g_clear_error (&error);
  assert_mismatch (genesis_table_set_column_integers (table, AGE, outside, 4, &error), &error,
                   "'age'", "2 values");
  assert_mismatch (genesis_table_set_column_integers (table, LEVEL, codes, 4, &error), &error,
                   "'level'", "1 values");
  assert_mismatch (genesis_table_set_column_integers (table, BMI, codes, 4, &error), &error,
                   "'bmi'", "real");
  assert_mismatch (genesis_table_set_column_reals (table, BMI, reals, 4, &error), &error, "'bmi'",
                   "3 values");
  assert_mismatch (genesis_table_set_column_reals (table, AGE, reals, 4, &error), &error, "'age'",
                   "integer");
  assert_mismatch (genesis_table_set_column_text (table, LEVEL, texts, 4, &error), &error,
                   "'level'", "2 cells");
  assert_mismatch (genesis_table_set_column_text (table, PEAK, wide, 4, &error), &error,
                   "'oldpeak'", "1 cells");
  assert_mismatch (genesis_table_set_column_text (table, AGE, gaps, 4, &error), &error, "'age'",
                   "2 missing");
  g_assert_false (genesis_table_set_column_integers (table, AGE, ages, 3, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  assert_cells (table, AGE, "63|28|0|120|");
  assert_cells (table, PEAK, "2.3|0.7|?|-2.6|");
  assert_cells (table, BMI, "20.5||80|10|");
  assert_cells (table, LEVEL, "mid||high|low|");
}

static void
test_slice (void)
{
  g_autoptr (GenesisTable) table = make_table ();
  g_autoptr (GenesisTable) slice = genesis_table_slice (table, 1, 3);
  g_autoptr (GenesisTable) inner = genesis_table_slice (slice, 1, 1);
  g_autoptr (GenesisTable) empty = genesis_table_slice (table, 4, 0);

  assert_cells (slice, AGE, "28|0|120|");
  assert_cells (slice, PEAK, "0.7|?|-2.6|");
  assert_cells (slice, LEVEL, "|high|low|");
  assert_cells (inner, PEAK, "?|");
  assert_cells (empty, PEAK, "");
  g_assert_true (genesis_table_get_column (slice, AGE)->values_buffer
                 == genesis_table_get_column (table, AGE)->values_buffer);
  g_assert_true (genesis_table_get_column (inner, AGE)->values
                 == (gint64 *)genesis_table_get_column (table, AGE)->values + 2);
}

/* Writing to a slice or to its origin never shows in the other. */
static void
test_slice_is_not_disturbed (void)
{
  static const gint64 others[] = { 1, 2 };
  g_autoptr (GenesisTable) table = make_table ();
  g_autoptr (GenesisTable) slice = genesis_table_slice (table, 1, 2);
  g_autoptr (GError) error = NULL;

  genesis_table_set_missing (slice, LEVEL, 1);
  genesis_table_set_missing (table, PEAK, 1);
  g_assert_true (genesis_table_set_column_integers (slice, AGE, others, 2, &error));
  assert_cells (slice, LEVEL, "||");
  assert_cells (table, LEVEL, "mid||high|low|");
  assert_cells (slice, PEAK, "0.7|?|");
  assert_cells (table, PEAK, "2.3|?|?|-2.6|");
  assert_cells (slice, AGE, "1|2|");
  assert_cells (table, AGE, "63|28|0|120|");
}

static void
test_take_rows (void)
{
  static const guint64 rows[] = { 3, 1, 1, 0, 2 };
  g_autoptr (GenesisTable) table = make_table ();
  g_autoptr (GenesisTable) slice = genesis_table_slice (table, 1, 3);
  g_autoptr (GenesisTable) taken = genesis_table_take_rows (table, rows, 5);
  g_autoptr (GenesisTable) of_slice = genesis_table_take_rows (slice, rows + 1, 4);
  g_autoptr (GenesisTable) none = genesis_table_take_rows (table, NULL, 0);

  assert_cells (taken, AGE, "120|28|28|63|0|");
  assert_cells (taken, PEAK, "-2.6|0.7|0.7|2.3|?|");
  assert_cells (taken, LEVEL, "low|||mid|high|");
  assert_cells (of_slice, PEAK, "?|?|0.7|-2.6|");
  g_assert_cmpuint (genesis_table_get_n_rows (none), ==, 0);
}

static void
test_concat (void)
{
  g_autoptr (GenesisTable) table = make_table ();
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GenesisTable) whole = NULL;

  g_ptr_array_add (parts, genesis_table_slice (table, 0, 1));
  g_ptr_array_add (parts, genesis_table_slice (table, 1, 0));
  g_ptr_array_add (parts, genesis_table_slice (table, 1, 3));
  g_ptr_array_add (parts, g_object_ref (table));
  whole = genesis_table_concat (genesis_table_get_schema (table), parts);
  g_assert_cmpuint (genesis_table_get_n_rows (whole), ==, 8);
  assert_cells (whole, AGE, "63|28|0|120|63|28|0|120|");
  assert_cells (whole, PEAK, "2.3|0.7|?|-2.6|2.3|0.7|?|-2.6|");
  assert_cells (whole, LEVEL, "mid||high|low|mid||high|low|");
}

/* Masks that begin inside a byte, and every length up to some bytes. */
static void
test_masks (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();

  for (guint64 n = 1; n <= 40; n++)
    {
      g_autoptr (GenesisTable) table = genesis_table_new (schema, n);

      for (guint64 row = 0; row < n; row += 3)
        genesis_table_set_missing (table, PEAK, row);
      for (guint64 first = 0; first < n; first++)
        {
          g_autoptr (GenesisTable) slice = genesis_table_slice (table, first, n - first);

          g_assert_nonnull (genesis_table_ensure_validity (slice, PEAK));
          for (guint64 row = first; row < n; row++)
            g_assert_cmpint (genesis_table_is_missing (slice, PEAK, row - first), ==, row % 3 == 0);
        }
    }
}

static void
test_memory_file (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GenesisTable) table =
      genesis_table_new_backed (schema, 4, GENESIS_BUFFER_BACKING_MEMFD);
  g_autoptr (GError) error = NULL;
  const GenesisColumn *column;

  g_assert_true (genesis_table_set_column_text (table, PEAK, peaks, 4, &error));
  column = genesis_table_get_column (table, PEAK);
  g_assert_cmpint (column->values_buffer->fd, >=, 0);
  g_assert_cmpint (column->validity_buffer->fd, >=, 0);
  assert_cells (table, PEAK, "2.3|0.7|?|-2.6|");
}

static void
test_shorten (void)
{
  g_autoptr (GenesisTable) table = make_table ();

  genesis_table_set_n_rows (table, 2);
  assert_cells (table, PEAK, "2.3|0.7|");
  g_assert_cmpuint (genesis_table_get_n_rows (table), ==, 2);
}

static void
test_validate (void)
{
  g_autoptr (GenesisTable) table = make_table ();
  g_autoptr (GError) error = NULL;
  GenesisColumn *age = genesis_table_get_column (table, AGE);
  GenesisColumn *bmi = genesis_table_get_column (table, BMI);
  GenesisColumn *level = genesis_table_get_column (table, LEVEL);

  g_assert_true (genesis_table_validate (table, &error));
  g_assert_no_error (error);
  ((gint64 *)age->values)[1] = 777;
  ((gint64 *)age->values)[2] = -1;
  g_assert_false (genesis_table_validate (table, &error));
  g_assert_null (strstr (error->message, "777"));
  assert_mismatch (FALSE, &error, "'age'", "2 values");
  ((gint64 *)age->values)[1] = ((gint64 *)age->values)[2] = 5;
  ((double *)bmi->values)[0] = NAN;
  assert_mismatch (genesis_table_validate (table, &error), &error, "'bmi'", "1 values");
  ((double *)bmi->values)[0] = 30;
  ((double *)bmi->values)[1] = 1e9; /* missing: never read */
  ((gint32 *)level->values)[0] = 3;
  assert_mismatch (genesis_table_validate (table, &error), &error, "'level'", "vocabulary");
  ((gint32 *)level->values)[0] = 0;
  genesis_table_set_missing (table, AGE, 3);
  assert_mismatch (genesis_table_validate (table, &error), &error, "'age'", "1 missing");
}

static void
test_no_rows (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GenesisTable) table = genesis_table_new (schema, 0);
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_table_set_column_integers (table, AGE, NULL, 0, &error));
  g_assert_true (genesis_table_set_column_text (table, LEVEL, NULL, 0, &error));
  g_assert_nonnull (genesis_table_ensure_validity (table, PEAK));
  g_assert_true (genesis_table_validate (table, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/text/as-written", test_text);
  g_test_add_func ("/table/values/units-codes-and-gaps", test_values);
  g_test_add_func ("/table/set/refuses-and-keeps-the-old", test_refused);
  g_test_add_func ("/table/slice/shares-buffers", test_slice);
  g_test_add_func ("/table/slice/is-not-disturbed", test_slice_is_not_disturbed);
  g_test_add_func ("/table/take-rows/copies-in-order", test_take_rows);
  g_test_add_func ("/table/concat/rows-one-after-the-other", test_concat);
  g_test_add_func ("/table/mask/any-first-bit", test_masks);
  g_test_add_func ("/table/backing/memory-file", test_memory_file);
  g_test_add_func ("/table/shorten/keeps-the-first-rows", test_shorten);
  g_test_add_func ("/table/validate/names-column-and-count", test_validate);
  g_test_add_func ("/table/empty/works", test_no_rows);
  return g_test_run ();
}
