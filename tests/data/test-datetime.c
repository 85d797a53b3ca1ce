/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-private.h"

#include <string.h>

#define US_PER_DAY G_GINT64_CONSTANT (86400000000)

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The patterns that text fits, each with the digits of its fraction, sorted and joined by '|'. */
static char *
read_all (const char *text)
{
  GenesisDatetimeReading readings[GENESIS_DATETIME_MAX_READINGS];
  guint n = genesis_datetime_detect (text, strlen (text), readings);
  g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      char *pattern =
          genesis_datetime_dup_with_fraction (readings[i].pattern, readings[i].n_fraction);
      gint64 us;

      g_ptr_array_add (patterns, pattern);
      if (g_str_has_suffix (pattern, GENESIS_DATETIME_NAMED_ZONE))
        continue;
      g_assert_true (genesis_datetime_parse (pattern, text, strlen (text), &us));
      g_assert_cmpint (us, ==, readings[i].us);
    }
  g_ptr_array_sort (patterns, compare_texts);
  g_ptr_array_add (patterns, NULL);
  return g_strjoinv ("|", (char **)patterns->pdata);
}

static gboolean
fits (const char *text, const char *pattern)
{
  g_autofree char *all = read_all (text);
  g_auto (GStrv) patterns = g_strsplit (all, "|", -1);

  return g_strv_contains ((const char *const *)patterns, pattern);
}

static void
test_known_times (void)
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
      g_assert_true (fits (cases[i].text, cases[i].pattern));
    }
}

static void
test_refused (void)
{
  static const char *const cases[] = {
    "",
    "2001-02-29", /* not a leap year */
    "1900-02-29", /* nor this */
    "2001-04-31",
    "2001-13-01",
    "2001-00-10",
    "2001-01-00",
    "0000-01-01",
    "2001-01-01 24:00",
    "2001-01-01 10:60",
    "2001-01-01 10:00:60", /* no leap second */
    "2001-01-01  10:00",
    "2001-01-01 10",
    "2001-01-01 10:00:00.",
    "2001-01-01 10:00:00.1234567",
    "2001-01-01Z",
    "2001-01-01t10:00:00",
    "2001-01-01 10:00:00z",
    " 2001-01-01",
    "2001-01-01 ",
    "-001-01-01",
    "2001-01-01 10.00",
    "2001-01-01 1\xd9\xa1:00",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GenesisDatetimeReading readings[GENESIS_DATETIME_MAX_READINGS];

      g_test_message ("case %s", cases[i]);
      g_assert_cmpuint (genesis_datetime_detect (cases[i], strlen (cases[i]), readings), ==, 0);
    }
}

/* All ways to read a text, and what is told apart by its digits is. */
static void
test_readings (void)
{
  static const struct
  {
    const char *text, *patterns;
  } cases[] = {
    { "2024-01-31", "YYYY-MM-DD" },
    { "31/01/2024", "DD/MM/YYYY" },
    { "01/31/2024", "MM/DD/YYYY" },
    { "01/02/2024", "DD/MM/YYYY|MM/DD/YYYY" },
    { "1/2/2024", "D/M/YYYY|M/D/YYYY" },
    { "1.2.2010", "D.M.YYYY|M.D.YYYY" },
    { "1.2.10", "" }, /* a version */
    { "1-2-10", "" },
    { "10/11/12", "D/M/YY|DD/MM/YY|M/D/YY|MM/DD/YY|YY/MM/DD" },
    { "20240131", "YYYYMMDD" },
    { "2024/1/5", "YYYY/M/D" },
    { "5 Jan 2024", "D Mon YYYY" },
    { "Jan 5, 2024", "Mon D, YYYY" },
    { "05JAN2024", "DDMONYYYY" },
    { "May 5, 2024", "Mon D, YYYY|Month D, YYYY" },
    { "2024-01-31 1:00 PM", "YYYY-MM-DD h:mm AM" },
    { "12:30 PM", "h:mm AM|hh:mm AM" },
    { "0:30 AM", "" },
    { "7:05 am", "h:mm am" },
    { "26:30:00", "[h]:mm:ss|[hh]:mm:ss" },
    { "13:05:07.25", "[h]:mm:ss.ff|[hh]:mm:ss.ff|h:mm:ss.ff|hh:mm:ss.ff" },
    { "12:00:00,5", "[h]:mm:ss,f|[hh]:mm:ss,f|h:mm:ss,f|hh:mm:ss,f" },
    { "2024-01-31T10:00:00Z", "YYYY-MM-DDTh:mm:ssZ|YYYY-MM-DDThh:mm:ssZ" },
    { "2024-01-31 09:00 +0100", "YYYY-MM-DD hh:mm +0100|YYYY-MM-DD hh:mm +hhmm" },
    { "2024-01-31 09:00 CET", "YYYY-MM-DD hh:mm zone" },
    { "30/02/2024", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *all = read_all (cases[i].text);

      g_assert_cmpstr (all, ==, cases[i].patterns);
    }
}

/* Every day of ten centuries, counted one by one against a calendar that only knows the lengths of
   months. */
static void
test_every_day (void)
{
  static const int lengths[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gint64 day_number = -365 * 370 - 90; /* 1600-01-01: 370 years with 90 leap days before 1970 */

  g_assert_cmpint (day_number, ==, -135140);
  for (int year = 1600; year < 2600; year++)
    for (int month = 1; month <= 12; month++)
      {
        gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        int length = lengths[month - 1] + (month == 2 && leap ? 1 : 0);

        for (int day = 1; day <= length; day++, day_number++)
          {
            char expected[41], text[GENESIS_DATETIME_TEXT_MAX + 1] = "";
            gint64 us;

            g_snprintf (expected, sizeof expected, "%04d-%02d-%02d", year, month, day);
            g_assert_true (genesis_datetime_parse ("YYYY-MM-DD", expected, 10, &us));
            g_assert_cmpint (us, ==, day_number * US_PER_DAY);
            text[genesis_datetime_format ("YYYY-MM-DD", us, text)] = 0;
            g_assert_cmpstr (text, ==, expected);
          }
      }
}

static void
test_ticks (void)
{
  g_assert_cmpint (genesis_datetime_get_tick ("YYYY-MM-DD"), ==, US_PER_DAY);
  g_assert_cmpint (genesis_datetime_get_tick ("YYYY-MM-DD hh:mm"), ==, 60000000);
  g_assert_cmpint (genesis_datetime_get_tick ("YYYY-MM-DDThh:mm:ssZ"), ==, 1000000);
  g_assert_cmpint (genesis_datetime_get_tick ("YYYY-MM-DD hh:mm:ss.f"), ==, 100000);
  g_assert_cmpint (genesis_datetime_get_tick ("YYYY-MM-DD hh:mm:ss.fff"), ==, 1000);
  g_assert_cmpint (genesis_datetime_get_tick ("YYYY-MM-DD hh:mm:ss.ffffff"), ==, 1);
  g_assert_cmpint (genesis_datetime_get_tick ("DD.MM.YYYY"), ==, US_PER_DAY);
  g_assert_cmpint (genesis_datetime_get_tick ("DD.DD.YYYY"), ==, 0);
  g_assert_cmpint (genesis_datetime_get_tick (NULL), ==, 0);
}

/* What a pattern does not show is cut off towards the past, before 1970 too. */
static void
test_cut (void)
{
  char text[GENESIS_DATETIME_TEXT_MAX + 1] = "";

  text[genesis_datetime_format ("YYYY-MM-DD", -1, text)] = 0;
  g_assert_cmpstr (text, ==, "1969-12-31");
  text[genesis_datetime_format ("YYYY-MM-DD hh:mm:ss.ff", -1, text)] = 0;
  g_assert_cmpstr (text, ==, "1969-12-31 23:59:59.99");
  g_assert_cmpuint (genesis_datetime_format ("YYYY-MM-DD", GENESIS_DATETIME_MIN_US - 1, text), ==,
                    0);
  g_assert_cmpuint (genesis_datetime_format ("YYYY-MM-DD", GENESIS_DATETIME_MAX_US + 1, text), ==,
                    0);
  g_assert_cmpuint (genesis_datetime_format ("YYYY-MM-DD", G_MININT64, text), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/datetime/parse/known-times", test_known_times);
  g_test_add_func ("/datetime/parse/every-day-of-ten-centuries", test_every_day);
  g_test_add_func ("/datetime/detect/refuses-what-is-not-exact", test_refused);
  g_test_add_func ("/datetime/detect/all-readings", test_readings);
  g_test_add_func ("/datetime/tick/last-place-shown", test_ticks);
  g_test_add_func ("/datetime/format/cuts-towards-the-past", test_cut);
  return g_test_run ();
}
