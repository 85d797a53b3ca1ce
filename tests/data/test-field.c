/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-field-private.h"

#include <string.h>

static gint32
find (const GenesisField *field, const char *text)
{
  return genesis_field_find_code (field, text, strlen (text));
}

static void
test_exact_spelling (void)
{
  static const char *const categories[] = { "Private", "State-gov", " padded", NULL };
  g_autoptr (GenesisField) field = genesis_field_new_category ("workclass", categories);

  g_assert_cmpint (find (field, "Private"), ==, 0);
  g_assert_cmpint (find (field, " padded"), ==, 2);
  g_assert_cmpint (find (field, "private"), ==, -1);
  g_assert_cmpint (find (field, "padded"), ==, -1);
  g_assert_cmpint (find (field, ""), ==, -1);
  g_assert_cmpint (genesis_field_find_code (field, "Private and more", 7), ==, 0);
  g_assert_cmpint (genesis_field_find_code (field, "Private\0", 8), ==, -1);
}

/* One hospital writes 1.0 where three write 1. */
static void
test_spelled_as_number (void)
{
  static const char *const bare[] = { "0", "1", "-2", "1.5", NULL };
  static const char *const with_zeros[] = { "3.0", "6.0", "7.50", NULL };
  g_autoptr (GenesisField) a = genesis_field_new_category ("thal", bare);
  g_autoptr (GenesisField) b = genesis_field_new_category ("thal", with_zeros);

  g_assert_cmpint (find (a, "1.0"), ==, 1);
  g_assert_cmpint (find (a, "1."), ==, 1);
  g_assert_cmpint (find (a, "-2.00"), ==, 2);
  g_assert_cmpint (find (a, "1.50"), ==, 3);
  g_assert_cmpint (find (a, "1.05"), ==, -1);
  g_assert_cmpint (find (a, "10"), ==, -1);
  g_assert_cmpint (find (a, "01"), ==, -1);
  g_assert_cmpint (find (b, "3"), ==, 0);
  g_assert_cmpint (find (b, "6.00"), ==, 1);
  g_assert_cmpint (find (b, "7.5"), ==, 2);
}

/* ICD-9 knows 250 and 250.0 as two codes: a vocabulary that tells spellings apart is obeyed. */
static void
test_told_apart (void)
{
  static const char *const codes[] = { "250.0", "250", "250.00", "V57", NULL };
  g_autoptr (GenesisField) field = genesis_field_new_category ("diag", codes);

  g_assert_cmpint (find (field, "250"), ==, 1);
  g_assert_cmpint (find (field, "250.0"), ==, 0);
  g_assert_cmpint (find (field, "250.00"), ==, 2);
  g_assert_cmpint (find (field, "V57.0"), ==, -1);
}

static void
test_long_spelling (void)
{
  g_autofree char *lengthy = g_strnfill (5000, 'x');
  const char *categories[] = { "short", lengthy, NULL };
  g_autoptr (GenesisField) field = genesis_field_new_category ("text", categories);

  g_assert_cmpint (find (field, lengthy), ==, 1);
  g_assert_cmpint (genesis_field_find_code (field, lengthy, 4999), ==, -1);
}

static void
test_bounds (void)
{
  g_autoptr (GenesisField) field = genesis_field_new_integer ("age", 1, 0, 1200);
  gint64 value;

  g_assert_cmpint (genesis_field_parse (field, "63", 2, &value), ==, GENESIS_FIELD_TEXT_VALUE);
  g_assert_cmpint (value, ==, 630);
  g_assert_cmpint (genesis_field_parse (field, "120.0", 5, &value), ==, GENESIS_FIELD_TEXT_VALUE);
  g_assert_cmpint (genesis_field_parse (field, "120.1", 5, &value), ==, GENESIS_FIELD_TEXT_OUTSIDE);
  g_assert_cmpint (value, ==, 1201);
  g_assert_cmpint (genesis_field_parse (field, "-1", 2, &value), ==, GENESIS_FIELD_TEXT_OUTSIDE);
  g_assert_cmpint (genesis_field_parse (field, "12.05", 5, &value), ==, GENESIS_FIELD_TEXT_UNKNOWN);
  g_assert_cmpint (genesis_field_parse (field, "old", 3, &value), ==, GENESIS_FIELD_TEXT_UNKNOWN);
}

static void
assert_text (const GenesisField *field, gconstpointer value, const char *expected)
{
  char buffer[GENESIS_FIELD_TEXT_MAX];
  gsize n;
  const char *text = genesis_field_format (field, value, buffer, &n);

  g_assert_cmpmem (text, n, expected, strlen (expected));
}

static void
test_written_as_read (void)
{
  g_autoptr (GenesisField) decimal = genesis_field_new_integer ("oldpeak", 1, -100, 100);
  g_autoptr (GenesisField) real = genesis_field_new_real ("bmi", 0, 100);
  g_autoptr (GenesisField) boolean = genesis_field_new_boolean ("placed", "False", "True");
  g_autoptr (GenesisField) date = genesis_field_new_datetime ("day", "YYYY-MM-DD", 0, 20000);
  gint64 units = -7, days = 11016;
  double number = 0.1;
  gint32 yes = 1;

  assert_text (decimal, &units, "-0.7");
  assert_text (real, &number, "0.1");
  assert_text (boolean, &yes, "True");
  assert_text (date, &days, "2000-02-29");
}

/* Hourly data: a tick of an hour, and a cell between two hours is refused rather than moved. */
static void
test_coarse_tick (void)
{
  const gint64 hour_us = G_GINT64_CONSTANT (3600000000);
  g_autoptr (GenesisField) seconds =
      genesis_field_new_datetime ("date_time", "YYYY-MM-DD hh:mm:ss", 0, 100);
  g_autoptr (GenesisField) hours = genesis_field_with_tick (seconds, hour_us, -24, 24);
  gint64 value;

  g_assert_cmpint (seconds->tick_us, ==, 1000000);
  g_assert_cmpint (genesis_field_parse (hours, "1970-01-01 09:00:00", 19, &value), ==,
                   GENESIS_FIELD_TEXT_VALUE);
  g_assert_cmpint (value, ==, 9);
  g_assert_cmpint (genesis_field_parse (hours, "1969-12-31 23:00:00", 19, &value), ==,
                   GENESIS_FIELD_TEXT_VALUE);
  g_assert_cmpint (value, ==, -1);
  g_assert_cmpint (genesis_field_parse (hours, "1970-01-01 09:30:00", 19, &value), ==,
                   GENESIS_FIELD_TEXT_UNKNOWN);
  g_assert_cmpint (genesis_field_parse (hours, "1970-01-03 00:00:00", 19, &value), ==,
                   GENESIS_FIELD_TEXT_OUTSIDE);
  value = -1;
  assert_text (hours, &value, "1969-12-31 23:00:00");
}

static void
test_changed_copies (void)
{
  static const char *const categories[] = { "a", "b", NULL };
  g_autoptr (GenesisField) plain = genesis_field_new_category ("c", categories);
  g_autoptr (GenesisField) gaps = genesis_field_with_missing (plain, "?");
  g_autoptr (GenesisField) unit = genesis_field_with_unit (gaps, "class");
  g_autoptr (GenesisField) full = genesis_field_with_missing (unit, NULL);

  g_assert_false (genesis_field_get_may_be_missing (plain));
  g_assert_true (genesis_field_get_may_be_missing (gaps));
  g_assert_cmpstr (gaps->missing, ==, "?");
  g_assert_cmpstr (genesis_field_get_unit (gaps), ==, "");
  g_assert_cmpstr (genesis_field_get_unit (unit), ==, "class");
  g_assert_true (genesis_field_get_may_be_missing (unit));
  g_assert_false (genesis_field_get_may_be_missing (full));
  g_assert_cmpstr (full->missing, ==, "");
  g_assert_cmpint (find (full, "b"), ==, 1);
}

static void
test_getters (void)
{
  g_autoptr (GenesisField) field = genesis_field_new_integer ("chol", 2, 0, 60000);
  g_autoptr (GenesisField) boolean = genesis_field_new_boolean ("sex", "0", "1");

  g_assert_cmpstr (genesis_field_get_name (field), ==, "chol");
  g_assert_cmpint (genesis_field_get_kind (field), ==, GENESIS_FIELD_KIND_INTEGER);
  g_assert_cmpint (genesis_field_get_decimals (field), ==, 2);
  g_assert_cmpstr (genesis_field_get_type_name (field), ==, "decimal");
  g_assert_null (genesis_field_get_categories (field));
  g_assert_cmpuint (genesis_field_get_value_size (field), ==, 8);
  g_assert_cmpuint (genesis_field_get_value_size (boolean), ==, 4);
  g_assert_cmpstr (genesis_field_get_categories (boolean)[1], ==, "1");
  g_assert_null (genesis_field_get_categories (boolean)[2]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field/code/exact-spelling", test_exact_spelling);
  g_test_add_func ("/field/code/numbers-with-or-without-zeros", test_spelled_as_number);
  g_test_add_func ("/field/code/vocabulary-that-tells-them-apart", test_told_apart);
  g_test_add_func ("/field/code/long-spelling", test_long_spelling);
  g_test_add_func ("/field/parse/bounds-and-decimals", test_bounds);
  g_test_add_func ("/field/parse/coarse-tick", test_coarse_tick);
  g_test_add_func ("/field/format/as-read", test_written_as_read);
  g_test_add_func ("/field/with/copies-leave-the-original", test_changed_copies);
  g_test_add_func ("/field/get/every-member", test_getters);
  return g_test_run ();
}
