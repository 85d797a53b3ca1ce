/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-number-private.h"
#include "data/genesis-number-shape-private.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "base/genesis-stream-private.h"

static void
test_parse_decimal (void)
{
  static const struct
  {
    const char *text;
    int decimals;
    gint64 value;
  } cases[] = {
    { "0", 0, 0 },
    { "63", 0, 63 },
    { "63.0", 0, 63 },
    { "63.", 0, 63 },
    { "+5", 0, 5 },
    { "-5", 0, -5 },
    { "-0", 0, 0 },
    { "007", 0, 7 },
    { ".7", 1, 7 },
    { "-.7", 2, -70 },
    { "63", 2, 6300 },
    { "12.5", 1, 125 },
    { "12.5", 3, 12500 },
    { "12.50000", 1, 125 },
    { "0.000000001", 9, 1 },
    { "9223372036854775807", 0, G_MAXINT64 },
    { "-9223372036854775808", 0, G_MININT64 },
    { "9223372036.854775807", 9, G_MAXINT64 },
    { "000000000000000000000000000001", 0, 1 },
    { "1.000000000000000000000000000000", 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 value = 99;

      g_assert_true (genesis_number_parse_decimal (cases[i].text, strlen (cases[i].text),
                                                   cases[i].decimals, &value));
      g_assert_cmpint (value, ==, cases[i].value);
    }
}

static void
test_refuse_decimal (void)
{
  static const struct
  {
    const char *text;
    int decimals;
  } cases[] = {
    { "", 0 },
    { ".", 1 },
    { "-", 0 },
    { "-.", 2 },
    { "63.5", 0 },
    { "1.25", 1 },
    { "1e3", 0 },
    { " 1", 0 },
    { "1 ", 0 },
    { "1,5", 1 },
    { "1.2.3", 3 },
    { "0x10", 0 },
    { "inf", 0 },
    { "nan", 0 },
    { "--1", 0 },
    { "1-", 0 },
    { "9223372036854775808", 0 },
    { "-9223372036854775809", 0 },
    { "92233720368547758080", 0 },
    { "9223372036854775807", 1 },
    { "99999999999", 9 },
    { "18446744073709551616", 0 },
    { "1.0x", 0 },
    { "1.\xd9\xa1", 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 value = 99;

      g_assert_false (genesis_number_parse_decimal (cases[i].text, strlen (cases[i].text),
                                                    cases[i].decimals, &value));
      g_assert_cmpint (value, ==, 99);
    }
}

static void
test_format_decimal (void)
{
  static const struct
  {
    gint64 value;
    int decimals;
    const char *text;
  } cases[] = {
    { 0, 0, "0" },
    { 0, 2, "0.00" },
    { 7, 0, "7" },
    { 10, 0, "10" },
    { 99, 0, "99" },
    { 100, 0, "100" },
    { 12345, 0, "12345" },
    { -5, 1, "-0.5" },
    { -5, 0, "-5" },
    { 63, 1, "6.3" },
    { 6300, 2, "63.00" },
    { 1, 9, "0.000000001" },
    { 1000000001, 9, "1.000000001" },
    { G_MAXINT64, 0, "9223372036854775807" },
    { G_MININT64, 0, "-9223372036854775808" },
    { G_MININT64, 9, "-9223372036.854775808" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char text[GENESIS_NUMBER_TEXT_MAX + 1] = "";
      gsize n = genesis_number_format_decimal (cases[i].value, cases[i].decimals, text);

      text[n] = 0;
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* Random int64 of every magnitude, all decimals: text and back is the identity. */
static void
test_decimal_round_trip (void)
{
  GenesisStream stream;

  genesis_stream_init (&stream, 1, "test-number", 0);
  for (int i = 0; i < 100000; i++)
    {
      gint64 value = (gint64)genesis_stream_u64 (&stream) >> genesis_stream_below (&stream, 64);
      int decimals = (int)genesis_stream_below (&stream, 10);
      char text[GENESIS_NUMBER_TEXT_MAX];
      gsize n = genesis_number_format_decimal (value, decimals, text);
      gint64 back;

      g_assert_cmpuint (n, <=, GENESIS_NUMBER_TEXT_MAX);
      g_assert_true (genesis_number_parse_decimal (text, n, decimals, &back));
      g_assert_cmpint (back, ==, value);
    }
}

static void
test_parse_real (void)
{
  static const struct
  {
    const char *text;
    double value;
  } cases[] = {
    { "0", 0.0 },
    { "-0", 0.0 },
    { ".5", 0.5 },
    { "5.", 5.0 },
    { "-12.25", -12.25 },
    { "1e3", 1000.0 },
    { "1E-3", 0.001 },
    { "+1.5e+2", 150.0 },
    { "0.1", 0.1 },
    { "9007199254740993", 9007199254740992.0 },
    { "123456789012345678901234567890", 123456789012345678901234567890.0 },
    { "1.7976931348623157e308", G_MAXDOUBLE },
    { "4.9406564584124654e-324", 4.9406564584124654e-324 },
    { "0.00000000000000000000000000000001", 1e-32 },
    { "1e-400", 0.0 },
    { "0.1000000000000000055511151231257827021181583404541015625000000000000000000000000000000",
      0.1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double value = 99;

      g_assert_true (genesis_number_parse_real (cases[i].text, strlen (cases[i].text), &value));
      g_assert_cmpfloat (value, ==, cases[i].value);
      g_assert_false (signbit (value) && value == 0);
    }
}

static void
test_refuse_real (void)
{
  static const char *const cases[] = { "",    ".",     "-",     "e5",  "1e",    "1e+",  "1.5.2",
                                       "inf", "-inf",  "nan",   "NaN", "0x1p3", " 1",   "1 ",
                                       "1,5", "1e5.0", "1e999", "--1", "1d3",   "1_000" };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double value = 99;

      g_assert_false (genesis_number_parse_real (cases[i], strlen (cases[i]), &value));
      g_assert_cmpfloat (value, ==, 99);
    }
}

static void
test_text_ends_at_n (void)
{
  gint64 units;
  double value;

  g_assert_true (genesis_number_parse_decimal ("12345", 2, 0, &units));
  g_assert_cmpint (units, ==, 12);
  g_assert_true (genesis_number_parse_real ("1.5e300", 3, &value));
  g_assert_cmpfloat (value, ==, 1.5);
}

static void
test_format_real (void)
{
  static const struct
  {
    double value;
    const char *text;
  } cases[] = {
    { 0.0, "0" },
    { -0.0, "0" },
    { 1.0, "1" },
    { 0.1, "0.1" },
    { -2.5, "-2.5" },
    { 0.1 + 0.2, "0.30000000000000004" },
    { 1.0 / 3, "0.3333333333333333" },
    { 123456.789, "123456.789" },
    { 1e22, "1e+22" },
    { 1e-5, "1e-05" },
    { 288.28, "288.28" },
    { 9831.3, "9831.3" },
    { 5e-324, "4.94065645841247e-324" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char text[GENESIS_NUMBER_TEXT_MAX + 1] = "";

      text[genesis_number_format_real (cases[i].value, text)] = 0;
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* The fast ways in and out against the C library's, on decimals as tables hold them and on random
   bits. */
static void
test_real_round_trip (void)
{
  GenesisStream stream;

  genesis_stream_init (&stream, 2, "test-number", 0);
  for (int i = 0; i < 60000; i++)
    {
      guint64 bits = genesis_stream_u64 (&stream);
      double value, back;
      char text[GENESIS_NUMBER_TEXT_MAX + 1];
      char expected[G_ASCII_DTOSTR_BUF_SIZE];
      gsize n;

      memcpy (&value, &bits, sizeof value);
      if (i % 3 == 0 || !isfinite (value))
        value = (double)(gint64)(bits >> (4 + i % 50)) / pow (10, i % 17);
      n = genesis_number_format_real (value, text);
      text[n] = 0;
      g_assert_cmpuint (n, <=, GENESIS_NUMBER_TEXT_MAX);
      g_assert_true (genesis_number_parse_real (text, n, &back));
      g_assert_cmpfloat (back, ==, value);
      g_assert_cmpfloat (g_ascii_strtod (text, NULL), ==, value);
      g_ascii_formatd (expected, sizeof expected, "%.15g", value);
      if (g_ascii_strtod (expected, NULL) == value)
        g_assert_cmpstr (text, ==, expected);
    }
}

static void
test_locale (void)
{
  char text[GENESIS_NUMBER_TEXT_MAX + 1] = "";
  double value;

  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("there is no locale with a decimal comma");
      return;
    }
  text[genesis_number_format_real (1.0 / 3, text)] = 0;
  g_assert_cmpstr (text, ==, "0.3333333333333333");
  g_assert_true (genesis_number_parse_real ("1.5e-3", 6, &value));
  g_assert_cmpfloat (value, ==, 0.0015);
  setlocale (LC_ALL, "C");
}

/* Numbers that a double gives back are none, however long: "0.30000000000000004" is 0.1 + 0.2. */
static void
test_rounded (void)
{
  static const struct
  {
    const char *text;
    gboolean is_rounded;
  } cases[] = {
    { "0", FALSE },
    { "123456789012345", FALSE },
    { "1.23456789012345000000", FALSE },
    { "0.30000000000000004", FALSE },
    { "9007199254740993", TRUE }, /* 2^53 + 1 */
    { "9007199254740994", FALSE },
    { "9223372036854775807", TRUE },
    { "-9223372036854775808", TRUE }, /* written 9.223372036854776e+18 */
    { "0.1234567890123456789", TRUE },
    { "12345678901234567890123", TRUE },
    { "1e300", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n = strlen (cases[i].text);
      GenesisNumberShape shape;
      double value;

      g_assert_true (genesis_number_shape_read (&shape, cases[i].text, n));
      g_assert_true (genesis_number_parse_real (cases[i].text, n, &value));
      g_test_message ("%s", cases[i].text);
      g_assert_true (genesis_number_shape_is_rounded (&shape, value) == cases[i].is_rounded);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/decimal/parse/exact", test_parse_decimal);
  g_test_add_func ("/number/decimal/parse/refuses-what-does-not-fit", test_refuse_decimal);
  g_test_add_func ("/number/decimal/format/all-decimals-shown", test_format_decimal);
  g_test_add_func ("/number/decimal/round-trip", test_decimal_round_trip);
  g_test_add_func ("/number/real/parse/correctly-rounded", test_parse_real);
  g_test_add_func ("/number/real/parse/refuses-what-is-no-number", test_refuse_real);
  g_test_add_func ("/number/real/format/shortest", test_format_real);
  g_test_add_func ("/number/real/round-trip", test_real_round_trip);
  g_test_add_func ("/number/real/locale/is-ignored", test_locale);
  g_test_add_func ("/number/text/ends-at-n", test_text_ends_at_n);
  g_test_add_func ("/number/rounded/where-a-double-keeps-fewer-digits", test_rounded);
  return g_test_run ();
}
