/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-csv-writer.h>
#include <genesis/genesis-error.h>

#include "data/genesis-field-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-number-style-private.h"
#include "data/genesis-schema-private.h"

static void
test_known_values (void)
{
  static const struct
  {
    const char *format;
    int decimals;
    gint64 value;
    const char *text;
  } cases[] = {
    { "0.##", 2, 1250, "12.5" },
    { "0.##", 2, 1200, "12" },
    { "0.##", 2, 0, "0" },
    { "0.##", 2, -5, "-0.05" },
    { "0.0##", 3, 1250, "1.25" },
    { "0.0##", 3, 1000, "1.0" },
    { "#.00", 2, 70, ".70" },
    { "#.00", 2, -5, "-.05" },
    { "#.00", 2, 100, "1.00" },
    { "#.#", 1, 7, ".7" },
    { "#.#", 1, 0, "0" },
    { "+0", 0, 5, "+5" },
    { "+0", 0, 0, "0" },
    { "+0", 0, -5, "-5" },
    { "$#,##0.00", 2, 123450, "$1,234.50" },
    { "$#,##0.00", 2, 99999, "$999.99" },
    { "$#,##0.00", 2, -100000000, "-$1,000,000.00" },
    { "$#,##0.00;$-#,##0.00", 2, -100000000, "$-1,000,000.00" },
    { "$0;($0)", 0, -7, "($7)" },
    { "# ##0,00 EUR", 2, 123450, "1 234,50 EUR" },
    { "#\302\240##0,00 \342\202\254", 2, 123450, "1\302\240234,50 \342\202\254" },
    { "#.##0", 0, 1234567, "1.234.567" },
    { "#'##0.0", 1, 12345678, "1'234'567.8" },
    { "0.0%", 1, 125, "12.5%" },
    { "0,##", 2, 310, "3,1" },
    { "0 kg", 0, 80, "80 kg" },
    { "$#,##0.00", 2, G_MAXINT64, "$92,233,720,368,547,758.07" },
    { "$#,##0.00", 2, G_MININT64, "-$92,233,720,368,547,758.08" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisField) plain =
          genesis_field_new_integer ("v", cases[i].decimals, G_MININT64, G_MAXINT64);
      g_autoptr (GenesisField) field = genesis_field_with_format (plain, cases[i].format);
      char buffer[GENESIS_FIELD_TEXT_MAX];
      g_autofree char *text = NULL;
      gint64 back = 99;
      gsize n;

      g_assert_nonnull (field->style);
      genesis_field_format (field, &cases[i].value, buffer, &n);
      text = g_strndup (buffer, n);
      g_assert_cmpstr (text, ==, cases[i].text);
      g_assert_cmpint (genesis_field_parse (field, text, n, &back), ==, GENESIS_FIELD_TEXT_VALUE);
      g_assert_cmpint (back, ==, cases[i].value);
    }
}

static void
test_refused_formats (void)
{
  static const char *const formats[] = {
    "",
    "x",
    "$",
    "00",
    "0.",
    "0.#0",
    "#,##",
    "#,###",
    "#.##0.0",
    "#,##0,0",
    "0.00E+",
    "0E+0000",
    "#E+00",
    "0.#E+00",
    "0;0",
    "0;(1)",
    "$0;-$0",
    "0.00;",
    "1",
    "0 0",
    "0.000000000000000000",
    "+#.#+",
    "0\377",
    "0123456789",
    "toolongprefix0",
    "0;()0",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      GenesisNumberStyle style;

      g_test_message ("format %" G_GSIZE_FORMAT, i);
      g_assert_false (genesis_number_style_read (&style, formats[i]));
    }
}

static void
test_refused_texts (void)
{
  static const struct
  {
    const char *format, *text;
  } cases[] = {
    { "$#,##0.00", "1.00" },
    { "$#,##0.00", "$1,23.00" },
    { "$#,##0.00", "$1,2345.00" },
    { "$#,##0.00", "$,123.00" },
    { "$#,##0.00", "$1.234,00" },
    { "$#,##0.00", "$" },
    { "$#,##0.00", "" },
    { "$#,##0.00", "$--1" },
    { "$#,##0.00", "-$-1" },
    { "$#,##0.00", "$1.001" },
    { "$#,##0.00", "$1,234,.00" },
    { "0 EUR", "5 USD" },
    { "0 EUR", "5EUR" },
    { "0,00", "1.5" },
    { "0,00", "1,5,5" },
    { "0,00", "1,5.5" },
    { "#.##0,00", "1.234.5,00" },
    { "0;(0)", "(5" },
    { "0;(0)", "()" },
    { "0;(0)", "(-5)" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GenesisNumberStyle style;
      g_autoptr (GenesisField) plain = NULL;
      g_autoptr (GenesisField) field = NULL;
      gint64 value;

      g_assert_true (genesis_number_style_read (&style, cases[i].format));
      plain = genesis_field_new_integer ("v", style.decimals, G_MININT64, G_MAXINT64);
      field = genesis_field_with_format (plain, cases[i].format);
      g_test_message ("'%s' as '%s'", cases[i].text, cases[i].format);
      g_assert_cmpint (genesis_field_parse (field, cases[i].text, strlen (cases[i].text), &value),
                       ==, GENESIS_FIELD_TEXT_UNKNOWN);
    }
}

static void
test_exponents (void)
{
  static const struct
  {
    const char *format;
    double value;
    const char *text;
  } cases[] = {
    { "0.00E+00", .25, "2.50E-01" }, { "0.00E+00", 130, "1.30E+02" },
    { "0.00E+00", 0, "0.00E+00" },   { "0.00E+00", -1e200, "-1.00E+200" },
    { "0e-0", 2e5, "2e5" },          { "0e-0", 1e-7, "1e-7" },
    { "0.0E-00", 1.5e3, "1.5E03" },  { "0.000e+000", 1.25e-10, "1.250e-010" },
    { "+0.0e+00", 12, "+1.2e+01" },  { "0.0e+00", 9.96, "1.0e+01" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GenesisNumberStyle style;
      char buffer[GENESIS_NUMBER_STYLE_TEXT_MAX];
      g_autofree char *text = NULL;

      g_assert_true (genesis_number_style_read (&style, cases[i].format));
      text =
          g_strndup (buffer, genesis_number_style_write_exponent (&style, cases[i].value, buffer));
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Random numbers in random dress: what is written is read as it was, and detected to be itself. */
static void
test_round_trips (void)
{
  static const char *const prefixes[] = { "", "$", "USD ", "\302\243", "R$ " };
  static const char *const suffixes[] = { "", " EUR", "%", "\302\240%", " kr" };
  static const char *const groups[2][5] = { { "", ",", " ", "'", "\302\240" },
                                            { "", ".", " ", "'", "\342\200\257" } };
  g_autoptr (GRand) random = g_rand_new_with_seed (20240229);

  for (int i = 0; i < 20000; i++)
    {
      GenesisNumberStyle style = { .mark = '.' }, again;
      g_autofree char *format = NULL;
      GenesisNumberReading readings[2];
      char text[GENESIS_NUMBER_STYLE_TEXT_MAX], plain[GENESIS_NUMBER_STYLE_TEXT_MAX];
      gint64 value = (gint64)(((guint64)g_rand_int (random) << 32) | g_rand_int (random)), back;
      gsize n, n_plain;
      gboolean found = FALSE;
      guint n_readings;
      int is_comma = g_rand_int_range (random, 0, 2);

      value >>= g_rand_int_range (random, 0, 63);
      style.mark = is_comma ? ',' : '.';
      g_strlcpy (style.prefix, prefixes[g_rand_int_range (random, 0, 5)], sizeof style.prefix);
      g_strlcpy (style.suffix, suffixes[g_rand_int_range (random, 0, 5)], sizeof style.suffix);
      g_strlcpy (style.group, groups[is_comma][g_rand_int_range (random, 0, 5)],
                 sizeof style.group);
      style.decimals = g_rand_int_range (random, is_comma ? 1 : 0, 5);
      style.kept = g_rand_int_range (random, 0, style.decimals + 1);
      style.negative = (GenesisNumberNegative)g_rand_int_range (random, 0, 3);
      format = genesis_number_style_dup_format (&style);
      g_assert_true (genesis_number_style_read (&again, format));
      n = genesis_number_style_dress (&again, text,
                                      genesis_number_format_decimal (value, style.decimals, text));
      g_assert_cmpuint (n, <, GENESIS_NUMBER_STYLE_TEXT_MAX);
      g_assert_true (genesis_number_style_undress (&again, text, n, plain, &n_plain));
      g_assert_true (genesis_number_parse_decimal (plain, n_plain, style.decimals, &back));
      g_assert_cmpint (back, ==, value);
      if (again.is_plain || n >= 48)
        continue;
      n_readings = genesis_number_style_detect (text, n, readings);
      for (guint r = 0; r < n_readings; r++)
        found |= genesis_number_parse_decimal (readings[r].plain, readings[r].n_plain,
                                               style.decimals, &back)
                 && back == value;
      /* a number of no dress at all is not one */
      if (!found && (*style.prefix != 0 || *style.suffix != 0))
        g_error ("'%.*s' in %s is not found", (int)n, text, format);
    }
}

/* Any finite double comes back, with its sign unless it is zero. */
static void
test_random_reals (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (int i = 0; i < 50000; i++)
    {
      guint64 bits = ((guint64)g_rand_int (random) << 32) | g_rand_int (random);
      char text[GENESIS_NUMBER_TEXT_MAX];
      double value, back;
      gsize n;

      memcpy (&value, &bits, sizeof value);
      if (!isfinite (value))
        continue;
      n = genesis_number_format_real (value, text);
      g_assert_cmpuint (n, <=, GENESIS_NUMBER_TEXT_MAX);
      g_assert_true (genesis_number_parse_real (text, n, &back));
      g_assert_true (back == value);
    }
}

/* The format is part of the schema: in JSON, in bytes, and refused when it does not fit. */
static void
test_schema (void)
{
  static const char json[] =
      "{\"format\": \"genesis-schema/1\", \"columns\": [{\"name\": \"price\", \"type\": "
      "\"decimal\", \"decimals\": 2, \"format\": \"$#,##0.00\", \"min\": \"0.00\", \"max\": "
      "\"1999.99\"}, {\"name\": \"x\", \"type\": \"real\", \"format\": \"0.0E+00\", \"min\": 0, "
      "\"max\": 1.5}]}";
  static const struct
  {
    const char *from, *to, *message;
  } refused[] = {
    { "$#,##0.00", "$#,##0.0", "shows 1 decimals" },
    { "$#,##0.00", "0.00E+00", "make the column a real" },
    { "$#,##0.00", "0.00.0", "none of numbers" },
    { "0.0E+00", "0.00", "or has an exponent" },
    { "1.5}", "1.55}", "more digits than the format" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new_from_json (json, &error);
  g_autoptr (GenesisSchema) again = NULL;
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (genesis_field_get_format (genesis_schema_get_field (schema, 0)), ==,
                   "$#,##0.00");
  written = genesis_schema_to_json (schema);
  again = genesis_schema_new_from_json (written, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_schema_equal (schema, again));
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_auto (GStrv) parts = g_strsplit (json, refused[i].from, 2);
      g_autofree char *changed = g_strjoinv (refused[i].to, parts);
      g_autoptr (GError) problem = NULL;

      g_assert_null (genesis_schema_new_from_json (changed, &problem));
      g_assert_error (problem, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_assert_nonnull (strstr (problem->message, refused[i].message));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number-style/known-values", test_known_values);
  g_test_add_func ("/number-style/exponents", test_exponents);
  g_test_add_func ("/number-style/refuses-other-formats", test_refused_formats);
  g_test_add_func ("/number-style/refuses-other-texts", test_refused_texts);
  g_test_add_func ("/number-style/random-numbers-come-back", test_round_trips);
  g_test_add_func ("/number-style/random-reals-come-back", test_random_reals);
  g_test_add_func ("/number-style/is-part-of-the-schema", test_schema);
  return g_test_run ();
}
