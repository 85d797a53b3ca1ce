/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-private.h"

#include <string.h>

#define US_PER_SECOND G_GINT64_CONSTANT (1000000)
#define US_PER_MINUTE (60 * US_PER_SECOND)
#define US_PER_DAY    (1440 * US_PER_MINUTE)

static void
test_known_values (void)
{
  static const struct
  {
    const char *pattern, *text;
    gint64 us;
  } cases[] = {
    { "YYYY-MM-DD", "1970-01-01", 0 },
    { "YYYY-MM-DD", "1969-12-31", -US_PER_DAY },
    { "YYYY-MM-DD", "2000-02-29", 11016 * US_PER_DAY },
    { "YYYY-MM-DD", "2000-03-01", 11017 * US_PER_DAY },
    { "YYYY-MM-DD", "1900-03-01", -25508 * US_PER_DAY },
    { "YYYY-MM-DD", "0001-01-01", GENESIS_DATETIME_MIN_US },
    { "YYYY-MM-DD", "9999-12-31", GENESIS_DATETIME_MAX_US - US_PER_DAY + 1 },
    { "YYYY-MM-DD hh:mm:ss.ffffff", "9999-12-31 23:59:59.999999", GENESIS_DATETIME_MAX_US },
    { "YYYY-MM-DD hh:mm:ss", "2012-10-02 09:00:00", G_GINT64_CONSTANT (1349168400000000) },
    { "YYYY-MM-DDThh:mm:ssZ", "2001-09-09T01:46:40Z", G_GINT64_CONSTANT (1000000000000000) },
    { "YYYY-MM-DD hh:mm", "1970-01-01 00:01", 60000000 },
    { "YYYY-MM-DD hh:mm:ss.f", "1970-01-01 00:00:00.1", 100000 },
    { "YYYY-MM-DD hh:mm:ss.fff", "1969-12-31 23:59:59.999", -1000 },
    { "YYYY-MM-DDThh:mm:ss.ffffffZ", "1970-01-01T00:00:00.000001Z", 1 },
    { "DD/MM/YYYY", "31/12/1969", -US_PER_DAY },
    { "MM/DD/YYYY", "02/29/2000", 11016 * US_PER_DAY },
    { "D.M.YYYY", "1.3.2000", 11017 * US_PER_DAY },
    { "YYYY/MM/DD", "1900/03/01", -25508 * US_PER_DAY },
    { "DD.MM.YY", "31.12.69", -US_PER_DAY },
    { "M/D/YY", "1/2/00", 10958 * US_PER_DAY },
    { "DD/MM/YY", "31/12/68", 36159 * US_PER_DAY },
    { "D Mon YYYY", "1 Mar 2000", 11017 * US_PER_DAY },
    { "DD-MON-YY", "29-FEB-00", 11016 * US_PER_DAY },
    { "DDmonYYYY", "01mar2000", 11017 * US_PER_DAY },
    { "Month D, YYYY", "March 1, 2000", 11017 * US_PER_DAY },
    { "YYYY-Mon-DD", "2000-Mar-01", 11017 * US_PER_DAY },
    { "YYYYMMDDThhmmssZ", "20010909T014640Z", G_GINT64_CONSTANT (1000000000000000) },
    { "MM/DD/YYYY h:mm AM", "01/01/1970 1:05 PM", 785 * US_PER_MINUTE },
    { "MM/DD/YYYY hh:mm AM", "01/01/1970 12:05 AM", 5 * US_PER_MINUTE },
    { "h:mm:ssam", "12:00:01pm", 43201 * US_PER_SECOND },
    { "hh:mm", "23:59", 1439 * US_PER_MINUTE },
    { "h:mm", "9:05", 545 * US_PER_MINUTE },
    { "hh:mm:ss.fff", "00:00:00.001", 1000 },
    { "hh:mm:ss,fff", "00:00:00,001", 1000 },
    { "[h]:mm", "36:15", 2175 * US_PER_MINUTE },
    { "[hh]:mm:ss", "100:00:01", 360001 * US_PER_SECOND },
    { "YYYY-MM-DDThh:mm:ss+01:00", "1970-01-01T00:00:00+01:00", 0 },
    { "YYYY-MM-DD hh:mm UTC", "1970-01-01 00:01 UTC", US_PER_MINUTE },
    { "YYYY-MM-DDThh:mm+hh:mm", "1970-01-01T00:01+00:00", US_PER_MINUTE },
    { "YYYY-MM-DD hh:mm +hhmm", "1970-01-01 00:01 +0000", US_PER_MINUTE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char text[GENESIS_DATETIME_TEXT_MAX + 1] = "";
      gint64 us = 99;

      g_assert_true (
          genesis_datetime_parse (cases[i].pattern, cases[i].text, strlen (cases[i].text), &us));
      g_assert_cmpint (us, ==, cases[i].us);
      text[genesis_datetime_format (cases[i].pattern, us, text)] = 0;
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_valid_patterns (void)
{
  static const char *const refused[] = {
    "",
    "YYYY",
    "YYYY-MM",
    "yyyy-mm-dd",
    "YYYY-MM-DD-DD",
    "MM:ss",
    "ss",
    "hh",
    "hh:ss",
    "YYYY-MM-DD mm",
    "hh:mm.f",
    "hh:mm:ss.fffffff",
    "DMYYYY",
    "YYYYMD",
    "[h]mm",
    "[h]:mm AM",
    "YYYY-MM-DD [h]:mm",
    "hh:mm+hh:mm",
    "YYYY-MM-DD+hh:mm",
    "YYYY-MM-DD zone",
    "D.M.Y",
    "hh:mm x",
    "YYYY-MM-DD hh:mm hh:mm",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_cmpint (genesis_datetime_get_tick (refused[i]), ==, 0);
  g_assert_cmpint (genesis_datetime_get_tick ("h AM"), ==, 60 * US_PER_MINUTE);
  g_assert_cmpint (genesis_datetime_get_tick ("YYYY-DD-MM"), ==, US_PER_DAY);
}

static void
test_ranges (void)
{
  gint64 min, max;
  char text[GENESIS_DATETIME_TEXT_MAX + 1] = "";

  genesis_datetime_get_range ("DD/MM/YY hh:mm", &min, &max);
  text[genesis_datetime_format ("YYYY-MM-DD hh:mm:ss.ffffff", min, text)] = 0;
  g_assert_cmpstr (text, ==, "1969-01-01 00:00:00.000000");
  text[genesis_datetime_format ("YYYY-MM-DD hh:mm:ss.ffffff", max, text)] = 0;
  g_assert_cmpstr (text, ==, "2068-12-31 23:59:59.999999");
  genesis_datetime_get_range ("h:mm AM", &min, &max);
  g_assert_cmpint (min, ==, 0);
  g_assert_cmpint (max, ==, US_PER_DAY - 1);
  g_assert_cmpuint (genesis_datetime_format ("hh:mm", US_PER_DAY, text), ==, 0);
  genesis_datetime_get_range ("[h]:mm", &min, &max);
  g_assert_cmpint (max, ==, 100000 * 60 * US_PER_MINUTE - 1);
  text[genesis_datetime_format ("[h]:mm", max, text)] = 0;
  g_assert_cmpstr (text, ==, "99999:59");
}

/* Offsets of each cell become points in time. */
static void
test_offsets (void)
{
  gint64 us;
  char text[GENESIS_DATETIME_TEXT_MAX + 1] = "";

  g_assert_true (
      genesis_datetime_parse ("YYYY-MM-DD hh:mm+hh:mm", "1970-01-01 00:30-01:30", 22, &us));
  g_assert_cmpint (us, ==, 120 * US_PER_MINUTE);
  text[genesis_datetime_format ("YYYY-MM-DD hh:mm+hh:mm", us, text)] = 0;
  g_assert_cmpstr (text, ==, "1970-01-01 02:00+00:00");
  g_assert_false (
      genesis_datetime_parse ("YYYY-MM-DD hh:mm+hh:mm", "0001-01-01 00:30+01:30", 22, &us));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/datetime-pattern/known-values", test_known_values);
  g_test_add_func ("/datetime-pattern/must-be-whole", test_valid_patterns);
  g_test_add_func ("/datetime-pattern/has-a-range", test_ranges);
  g_test_add_func ("/datetime-pattern/offset-is-computed-and-written-as-zero", test_offsets);
  return g_test_run ();
}
