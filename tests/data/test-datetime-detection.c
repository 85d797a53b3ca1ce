/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-private.h"

#include <string.h>

static gint
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The patterns that text fits, each with the digits of its fraction, sorted. */
static char *
dup_detected (const char *text)
{
  GenesisDatetimeReading readings[GENESIS_DATETIME_MAX_READINGS];
  guint n = genesis_datetime_detect (text, strlen (text), readings);
  g_autoptr (GPtrArray) patterns = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (patterns,
                     genesis_datetime_dup_with_fraction (readings[i].pattern,
                                                         readings[i].spelling.n_fraction));
  g_ptr_array_sort (patterns, compare_texts);
  g_ptr_array_add (patterns, NULL);
  return g_strjoinv ("|", (char **)patterns->pdata);
}

static gboolean
is_detected (const char *text, const char *pattern)
{
  g_autofree char *detected = dup_detected (text);
  g_auto (GStrv) patterns = g_strsplit (detected, "|", -1);

  return g_strv_contains ((const char *const *)patterns, pattern);
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
    "13/13/2001",
    "1/2/3",
    "1.2.10", /* a version */
    "1-2-10",
    "01/02-2001",
    "2001/01-02",
    "Jam 1, 2001",
    "jAN 1, 2001",
    "31 Feb 2001",
    "20010132",
    "20010101T1",
    "13:00 PM",
    "0:30 AM",
    "10:00 Am",
    "+10:00",
    "36:15 PM",
    "036:15",
    "2001-01-01 24:00",
    "2001-01-01 10:60",
    "2001-01-01 10:00:60", /* no leap second */
    "2001-01-01 25:00",
    "2001-01-01  10:00",
    "2001-01-01 10",
    "2001-01-01 10:00:00.",
    "2001-01-01 10:00:00.1234567",
    "2001-01-01 10:00:00+19:00",
    "2001-01-01 10:00:00+1:00",
    "2001-01-01 10:00:00 cet",
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
      g_autofree char *detected = dup_detected (cases[i]);

      g_test_message ("'%s' as '%s'", cases[i], detected);
      g_assert_cmpstr (detected, ==, "");
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
    { "2024-01-31", "YYYY-M-D|YYYY-MM-DD" },
    { "31/01/2024", "D/M/YYYY|DD/MM/YYYY" },
    { "01/31/2024", "M/D/YYYY|MM/DD/YYYY" },
    { "01/02/2024", "D/M/YYYY|DD/MM/YYYY|M/D/YYYY|MM/DD/YYYY" },
    { "1/02/2024", "D/M/YYYY|M/D/YYYY" },
    { "01/2/2024", "D/M/YYYY|M/D/YYYY" },
    { "2024-1-05", "YYYY-M-D" },
    { "001/2/2024", "" },
    { "1/2/2024", "D/M/YYYY|M/D/YYYY" },
    { "1.2.2010", "D.M.YYYY|M.D.YYYY" },
    { "1.2.10", "" }, /* a version */
    { "1-2-10", "" },
    { "10/11/12", "D/M/YY|DD/MM/YY|M/D/YY|MM/DD/YY|YY/MM/DD" },
    { "20240131", "YYYYMMDD" },
    { "2024/1/5", "YYYY/M/D" },
    { "5 Jan 2024", "D Mon YYYY" },
    { "Jan 5, 2024", "Mon D, YYYY" },
    { "05JAN2024", "DDMONYYYY|DMONYYYY" },
    { "05JAN2024:10:30:00",
      "DDMONYYYY:h:mm:ss|DDMONYYYY:hh:mm:ss|DMONYYYY:h:mm:ss|DMONYYYY:hh:mm:ss" },
    { "2024-12-31:10", "" },
    { "May 5, 2024", "Mon D, YYYY|Month D, YYYY" },
    { "2024-01-31 1:00 PM", "YYYY-M-D h:mm AM|YYYY-MM-DD h:mm AM" },
    { "12:30 PM", "h:mm AM|hh:mm AM" },
    { "0:30 AM", "" },
    { "7:05 am", "h:mm am" },
    { "26:30:00", "[h]:mm:ss|[hh]:mm:ss" },
    { "13:05:07.25", "[h]:mm:ss.ff|[hh]:mm:ss.ff|h:mm:ss.ff|hh:mm:ss.ff" },
    { "12:00:00,5", "[h]:mm:ss,f|[hh]:mm:ss,f|h:mm:ss,f|hh:mm:ss,f" },
    { "2024-01-31T10:00:00Z",
      "YYYY-M-DTh:mm:ssZ|YYYY-M-DThh:mm:ssZ|YYYY-MM-DDTh:mm:ssZ|YYYY-MM-DDThh:mm:ssZ" },
    { "2024-01-31 09:00 +0100", "YYYY-M-D h:mm +0100|YYYY-M-D h:mm +hhmm|YYYY-M-D hh:mm "
                                "+0100|YYYY-M-D hh:mm +hhmm|YYYY-MM-DD h:mm +0100|YYYY-MM-DD h:mm "
                                "+hhmm|YYYY-MM-DD hh:mm +0100|YYYY-MM-DD hh:mm +hhmm" },
    { "2024-01-31 09:00 CET",
      "YYYY-M-D h:mm zone|YYYY-M-D hh:mm zone|YYYY-MM-DD h:mm zone|YYYY-MM-DD hh:mm zone" },
    { "30/02/2024", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *all = dup_detected (cases[i].text);

      g_assert_cmpstr (all, ==, cases[i].patterns);
    }
}

/* Random times of the years 0001 to 9999 in every pattern that detection knows of: what is written
   is detected, read as it was, and written alike. */
static void
test_round_trips (void)
{
  static const char *const dates[] = {
    "",
    "YYYY-MM-DD",
    "YYYY-M-D",
    "YYYY/MM/DD",
    "YYYY.MM.DD",
    "DD/MM/YYYY",
    "DD.MM.YYYY",
    "D.M.YYYY",
    "M/D/YYYY",
    "MM-DD-YYYY",
    "DD/MM/YY",
    "MM/DD/YY",
    "YY-MM-DD",
    "D/M/YY",
    "M/D/YY",
    "D Mon YYYY",
    "DD-MON-YY",
    "DDMonYYYY",
    "DD.mon.YYYY",
    "D Month YYYY",
    "MONTH D, YYYY",
    "Mon DD YYYY",
    "YYYY-Mon-DD",
    "YYYY-MM-DD",
  };
  static const char *const times[] = {
    "",
    "hh:mm",
    "h:mm",
    "hh:mm:ss",
    "hh:mm:ss.f",
    "hh:mm:ss.ffffff",
    "hh:mm:ss,fff",
    "h:mm AM",
    "hh:mm AM",
    "h:mm:ssam",
    "hh:mm:ss.fff AM",
    "h:mm:ss",
  };
  static const char *const joints[] = { " ", "T", ", " };
  static const char *const zones[] = { "", "Z", " UTC", "+05:30", "-0800", "+hh:mm", " +hhmm" };
  g_autoptr (GRand) random = g_rand_new_with_seed (20240229);

  for (int i = 0; i < 20000; i++)
    {
      const char *date = dates[g_rand_int_range (random, 0, G_N_ELEMENTS (dates))];
      const char *time = times[g_rand_int_range (random, 0, G_N_ELEMENTS (times))];
      gboolean both = *date != 0 && *time != 0;
      g_autofree char *pattern =
          g_strconcat (date,
                       both ? joints[g_rand_int_range (random, 0, G_N_ELEMENTS (joints))] : "",
                       time, both ? zones[g_rand_int_range (random, 0, G_N_ELEMENTS (zones))] : "",
                       NULL);
      char text[GENESIS_DATETIME_TEXT_MAX + 1] = "";
      gint64 tick, min, max, us, back = 0;
      gsize n;

      if (*pattern == 0)
        continue;
      tick = genesis_datetime_get_tick (pattern);
      g_assert_cmpint (tick, >, 0);
      genesis_datetime_get_range (pattern, &min, &max);
      us = min + (gint64)(g_rand_double (random) * (double)(max - min));
      us -= ((us - min) % tick);
      n = genesis_datetime_format (pattern, us, text);
      g_assert_cmpuint (n, >, 0);
      g_assert_true (genesis_datetime_parse (pattern, text, n, &back));
      g_assert_cmpint (back, ==, us);
      if (!is_detected (text, pattern))
        g_error ("'%s' is not found to be %s", text, pattern);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/datetime-detection/refuses-what-is-not-exact", test_refused);
  g_test_add_func ("/datetime-detection/all-readings", test_readings);
  g_test_add_func ("/datetime-detection/round-trip/random-times-in-every-pattern",
                   test_round_trips);
  return g_test_run ();
}
