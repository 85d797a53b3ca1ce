/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-private.h"

#include <string.h>

#define US_PER_DAY G_GINT64_CONSTANT (86400000000)

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
  g_test_add_func ("/datetime/parse/every-day-of-ten-centuries", test_every_day);
  g_test_add_func ("/datetime/tick/last-place-shown", test_ticks);
  g_test_add_func ("/datetime/format/cuts-towards-the-past", test_cut);
  return g_test_run ();
}
