/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-private.h"

#include <string.h>

#define US_PER_SECOND G_GINT64_CONSTANT (1000000)
#define US_PER_MINUTE (60 * US_PER_SECOND)
#define US_PER_HOUR   (60 * US_PER_MINUTE)
#define US_PER_DAY    (24 * US_PER_HOUR)

#define DATE "YYYY-MM-DD"

/* All times of one separator and one ending, in the order of time_index(). */
#define TIMES(separator, ending)                                                                   \
  DATE separator "hh:mm" ending, DATE separator "hh:mm:ss" ending,                                 \
      DATE separator "hh:mm:ss.f" ending, DATE separator "hh:mm:ss.ff" ending,                     \
      DATE separator "hh:mm:ss.fff" ending, DATE separator "hh:mm:ss.ffff" ending,                 \
      DATE separator "hh:mm:ss.fffff" ending, DATE separator "hh:mm:ss.ffffff" ending

static const char *patterns[] = {
  DATE, TIMES (" ", ""), TIMES (" ", "Z"), TIMES ("T", ""), TIMES ("T", "Z"), NULL
};

static gpointer
intern_patterns (gpointer unused)
{
  for (gsize i = 0; patterns[i] != NULL; i++)
    patterns[i] = g_intern_static_string (patterns[i]);
  return NULL;
}

/*
 * genesis_datetime_get_patterns:
 *
 * Returns: (transfer none): all patterns, interned, NULL-terminated
 */
const char *const *
genesis_datetime_get_patterns (void)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, intern_patterns, NULL);
  return patterns;
}

/* Days since 1970-01-01 of a date of the proleptic Gregorian calendar, counted in eras of 400 years
   that begin on 1 March (Hinnant, "chrono-compatible low-level date algorithms"). Years are 1 or
   later, so nothing here is negative but the result. */
static gint64
days_from_date (gint64 year, gint64 month, gint64 day)
{
  gint64 y = month <= 2 ? year - 1 : year;
  gint64 era = y / 400;
  gint64 year_of_era = y - era * 400;
  gint64 month_from_march = (month + 9) % 12;
  gint64 day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * 146097 + day_of_era - 719468;
}

static void
date_from_days (gint64 days, int *year, int *month, int *day)
{
  gint64 z = days + 719468;
  gint64 era = z / 146097;
  gint64 day_of_era = z - era * 146097;
  gint64 year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 month_from_march = (5 * day_of_year + 2) / 153;

  *day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
  *month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  *year = (int)(year_of_era + era * 400 + (*month <= 2 ? 1 : 0));
}

static int
days_in_month (int year, int month)
{
  static const guint8 days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return month == 2 && leap ? 29 : days[month - 1];
}

/* The numbers of one date and time; the letters of a pattern name them. */
typedef struct
{
  int year, month, day, hour, minute, second, fraction, n_fraction;
} Parts;

static int *
part_of_letter (Parts *parts, char letter)
{
  switch (letter)
    {
    case 'Y':
      return &parts->year;
    case 'M':
      return &parts->month;
    case 'D':
      return &parts->day;
    case 'h':
      return &parts->hour;
    case 'm':
      return &parts->minute;
    case 's':
      return &parts->second;
    case 'f':
      return &parts->fraction;
    default:
      return NULL;
    }
}

static gboolean
read_parts (const char *pattern, const char *text, gsize n, Parts *parts)
{
  *parts = (Parts){ 0 };
  for (gsize i = 0; i < n; i++)
    {
      int *part = part_of_letter (parts, pattern[i]);

      if (part == NULL)
        {
          if (text[i] != pattern[i])
            return FALSE;
          continue;
        }
      if (text[i] < '0' || text[i] > '9')
        return FALSE;
      *part = *part * 10 + (text[i] - '0');
      if (part == &parts->fraction)
        parts->n_fraction++;
    }
  for (int i = parts->n_fraction; i > 0 && i < 6; i++)
    parts->fraction *= 10;
  return TRUE;
}

static gboolean
parts_are_valid (const Parts *parts)
{
  return parts->year >= 1 && parts->month >= 1 && parts->month <= 12 && parts->day >= 1
         && parts->day <= days_in_month (parts->year, parts->month) && parts->hour <= 23
         && parts->minute <= 59 && parts->second <= 59;
}

/*
 * genesis_datetime_parse:
 * @pattern: one of the patterns
 *
 * Strict: every letter is a digit, every other character itself; years 0001 to 9999 of the
 * proleptic Gregorian calendar; no leap second and no hour 24, which the data could not be given
 * back with. "Z" is kept as text: no zone is computed.
 */
gboolean
genesis_datetime_parse (const char *pattern, const char *text, gsize n, gint64 *us)
{
  Parts parts;

  if (n != strlen (pattern) || !read_parts (pattern, text, n, &parts) || !parts_are_valid (&parts))
    return FALSE;
  *us = days_from_date (parts.year, parts.month, parts.day) * US_PER_DAY + parts.hour * US_PER_HOUR
        + parts.minute * US_PER_MINUTE + parts.second * US_PER_SECOND + parts.fraction;
  return TRUE;
}

/* Which pattern a text of n characters would have to fit; its place in the table, or -1. */
static int
index_of_shape (const char *text, gsize n)
{
  gsize n_time;
  int index;

  if (n == strlen (DATE))
    return 0;
  if (n < strlen (DATE " hh:mm") || (text[10] != ' ' && text[10] != 'T'))
    return -1;
  index = text[10] == 'T' ? 17 : 1;
  n_time = n - strlen (DATE) - 1;
  if (text[n - 1] == 'Z')
    {
      index += 8;
      n_time--;
    }
  if (n_time == strlen ("hh:mm"))
    return index;
  if (n_time == strlen ("hh:mm:ss"))
    return index + 1;
  if (n_time >= strlen ("hh:mm:ss.f") && n_time <= strlen ("hh:mm:ss.ffffff"))
    return index + (int)(n_time - strlen ("hh:mm:ss.f")) + 2;
  return -1;
}

const char *
genesis_datetime_detect (const char *text, gsize n)
{
  int index = index_of_shape (text, n);
  const char *pattern;
  gint64 us;

  if (index < 0)
    return NULL;
  pattern = genesis_datetime_get_patterns ()[index];
  return genesis_datetime_parse (pattern, text, n, &us) ? pattern : NULL;
}

/* Microseconds of the last digit of the fraction of a second; a whole second when pattern shows
   none. */
static gint64
fraction_unit (const char *pattern)
{
  gint64 unit = US_PER_SECOND;

  for (const char *c = pattern; *c != 0; c++)
    if (*c == 'f')
      unit /= 10;
  return unit;
}

/*
 * genesis_datetime_get_tick:
 *
 * Returns: the microseconds of the last place that pattern shows (a day for a date alone), 0 when
 * it is no pattern
 */
gint64
genesis_datetime_get_tick (const char *pattern)
{
  if (pattern == NULL || !g_strv_contains (genesis_datetime_get_patterns (), pattern))
    return 0;
  if (strchr (pattern, 'h') == NULL)
    return US_PER_DAY;
  if (strchr (pattern, 's') == NULL)
    return US_PER_MINUTE;
  return fraction_unit (pattern);
}

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

/* Writes the digits of value from the last letter of a run backwards. */
static void
write_part (const char *pattern, gsize last, int value, char *to)
{
  char letter = pattern[last];

  for (gsize i = last + 1; i > 0 && pattern[i - 1] == letter; i--)
    {
      to[i - 1] = (char)('0' + value % 10);
      value /= 10;
    }
}

/*
 * genesis_datetime_format:
 *
 * What pattern does not show is cut off (towards the past). Writes nothing for times outside the
 * years 0001 to 9999.
 */
gsize
genesis_datetime_format (const char *pattern, gint64 us, char *to)
{
  gint64 days = floor_div (us, US_PER_DAY);
  gint64 in_day = us - days * US_PER_DAY;
  Parts parts = { 0 };
  gsize n = strlen (pattern);

  if (us < GENESIS_DATETIME_MIN_US || us > GENESIS_DATETIME_MAX_US)
    return 0;
  date_from_days (days, &parts.year, &parts.month, &parts.day);
  parts.hour = (int)(in_day / US_PER_HOUR);
  parts.minute = (int)(in_day / US_PER_MINUTE % 60);
  parts.second = (int)(in_day / US_PER_SECOND % 60);
  parts.fraction = (int)(in_day % US_PER_SECOND / fraction_unit (pattern));
  for (gsize i = 0; i < n; i++)
    {
      const int *part = part_of_letter (&parts, pattern[i]);

      if (part == NULL)
        to[i] = pattern[i];
      else if (pattern[i + 1] != pattern[i])
        write_part (pattern, i, *part, to);
    }
  return n;
}
