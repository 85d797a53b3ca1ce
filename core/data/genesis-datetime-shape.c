/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-private.h"

#include "data/genesis-datetime-shape-private.h"
#include "data/genesis-datetime-token-private.h"

#define MIN_TEXT 4
#define MAX_TEXT 44

/* -- months by name -------------------------------------------------------------- */

/* The names that begin at a place; "May" is both the short and the long one. Returns the length. */
static gsize
find_month_names (const GenesisDatetimeShape *self, gsize at, const char *names[2], guint *n_names)
{
  static const char *const patterns[] = { "Month", "MONTH", "month", "Mon", "MON", "mon" };
  gsize best = 0;

  *n_names = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      GenesisDatetimeToken token;
      gsize length;
      int month;

      genesis_datetime_token_read (&token, patterns[i]);
      month = genesis_datetime_token_find_month (&token, self->text + at, self->n - at);
      if (month == 0)
        continue;
      length = genesis_datetime_token_write_month (&token, month, (char[16]){ 0 });
      if (length < best)
        continue;
      best = length;
      names[(*n_names)++] = patterns[i];
      if (*n_names == 2)
        break;
    }
  return best;
}

/* "Jan 5, 2024": the name has been read up to at. */
static gsize
scan_name_day_year (GenesisDatetimeShape *self, gsize at, const char *const *names, guint n_names)
{
  gsize n_day;
  const char *first, *second;

  if (!genesis_datetime_shape_has_char (self, at, " -/"))
    return 0;
  first = self->text + at;
  n_day = genesis_datetime_shape_count_digits (self, at + 1);
  at += 1 + n_day;
  if (n_day < 1 || n_day > 2 || !genesis_datetime_shape_has_char (self, at, " -/,"))
    return 0;
  second = self->text + at;
  at += *second == ',' && genesis_datetime_shape_has_char (self, at + 1, " ") ? 2 : 1;
  if (genesis_datetime_shape_count_digits (self, at) != 4)
    return 0;
  for (guint i = 0; i < n_names; i++)
    for (int width = n_day == 2 ? 2 : 1; width > 0; width--)
      genesis_datetime_ways_add (&self->date, "%s%c%s%.*sYYYY", names[i], *first,
                                 width == 2 ? "DD" : "D", (int)(self->text + at - second), second);
  return at + 4;
}

/* "5-Jan-24", "05JAN2024": the day has been read, at is behind it. */
static gsize
scan_day_name_year (GenesisDatetimeShape *self, gsize n_day)
{
  gsize at = n_day, n_mark = genesis_datetime_shape_has_char (self, at, " -/.") ? 1 : 0, length,
        n_year;
  const char *mark = self->text + at;
  const char *names[2];
  guint n_names;

  length = find_month_names (self, at + n_mark, names, &n_names);
  if (length == 0)
    return 0;
  at += n_mark + length;
  if (n_mark == 1 && !genesis_datetime_shape_has_char (self, at, (char[]){ *mark, 0 }))
    return 0;
  at += n_mark;
  n_year = genesis_datetime_shape_count_digits (self, at);
  if (n_year != 4 && n_year != 2)
    return 0;
  for (guint i = 0; i < n_names; i++)
    for (int width = n_day == 2 ? 2 : 1; width > 0; width--)
      genesis_datetime_ways_add (&self->date, "%s%.*s%s%.*s%s", width == 2 ? "DD" : "D",
                                 (int)n_mark, mark, names[i], (int)n_mark, mark,
                                 n_year == 4 ? "YYYY" : "YY");
  return at + n_year;
}

/* -- dates of numbers --------------------------------------------------------------- */

/* "2024-01-31", "2024/1/31", "2024-Jan-31". */
static gsize
scan_year_first (GenesisDatetimeShape *self)
{
  char mark = self->text[4];
  gsize n_month, n_day, at = 5;
  const char *names[2];
  guint n_names = 0;

  if (!genesis_datetime_shape_has_char (self, 4, "-/."))
    return 0;
  n_month = genesis_datetime_shape_count_digits (self, at);
  if (n_month == 0)
    n_month = find_month_names (self, at, names, &n_names);
  else if (n_month > 2)
    return 0;
  at += n_month;
  if (n_month == 0 || !genesis_datetime_shape_has_char (self, at, (char[]){ mark, 0 }))
    return 0;
  n_day = genesis_datetime_shape_count_digits (self, ++at);
  if (n_day < 1 || n_day > 2)
    return 0;
  for (guint i = 0; i < n_names; i++)
    for (int width = n_day == 2 ? 2 : 1; width > 0; width--)
      genesis_datetime_ways_add (&self->date, "YYYY%c%s%c%s", mark, names[i], mark,
                                 width == 2 ? "DD" : "D");
  if (n_names == 0 && n_month == 2 && n_day == 2)
    genesis_datetime_ways_add (&self->date, "YYYY%cMM%cDD", mark, mark);
  if (n_names == 0)
    genesis_datetime_ways_add (&self->date, "YYYY%cM%cD", mark, mark);
  return at + n_day;
}

/* Two numbers and a year. Short ones need all their digits unless slashes show a date: "1.2.10" may
   be a version, "1-2-10" a code. */
static gsize
scan_year_last (GenesisDatetimeShape *self, gsize n_first)
{
  char mark = self->text[n_first];
  gsize at = n_first + 1, n_second = genesis_datetime_shape_count_digits (self, at), n_year;
  const char *year;

  at += n_second;
  if (n_second < 1 || n_second > 2
      || !genesis_datetime_shape_has_char (self, at, (char[]){ mark, 0 }))
    return 0;
  n_year = genesis_datetime_shape_count_digits (self, ++at);
  if (n_year != 4 && n_year != 2)
    return 0;
  year = n_year == 4 ? "YYYY" : "YY";
  if (n_first == 2 && n_second == 2)
    {
      genesis_datetime_ways_add (&self->date, "DD%cMM%c%s", mark, mark, year);
      genesis_datetime_ways_add (&self->date, "MM%cDD%c%s", mark, mark, year);
      if (n_year == 2)
        genesis_datetime_ways_add (&self->date, "YY%cMM%cDD", mark, mark);
    }
  if (n_year == 4 || mark == '/')
    {
      genesis_datetime_ways_add (&self->date, "D%cM%c%s", mark, mark, year);
      genesis_datetime_ways_add (&self->date, "M%cD%c%s", mark, mark, year);
    }
  return at + n_year;
}

/* Each returns where the date ends; 0 when there is none. */
static gsize
scan_date (GenesisDatetimeShape *self)
{
  gsize n_digits = genesis_datetime_shape_count_digits (self, 0);
  const char *names[2];
  guint n_names;
  gsize length;

  if (n_digits == 0)
    {
      length = find_month_names (self, 0, names, &n_names);
      return length > 0 ? scan_name_day_year (self, length, names, n_names) : 0;
    }
  if (n_digits == 4)
    return scan_year_first (self);
  if (n_digits == 8)
    {
      self->is_compact = TRUE;
      genesis_datetime_ways_add (&self->date, "YYYYMMDD");
      return 8;
    }
  if (n_digits > 2)
    return 0;
  length =
      genesis_datetime_shape_has_char (self, n_digits, "-/.") ? scan_year_last (self, n_digits) : 0;
  return length > 0 ? length : scan_day_name_year (self, n_digits);
}

/* -- all together ---------------------------------------------------------------------- */

static gboolean
scan_joint (GenesisDatetimeShape *self)
{
  self->joint = "";
  if (genesis_datetime_shape_has_char (self, self->at, "T"))
    self->joint = "T";
  else if (genesis_datetime_shape_has_char (self, self->at, " "))
    self->joint = " ";
  else if (genesis_datetime_shape_has_char (self, self->at, ":"))
    self->joint = ":";
  else if (genesis_datetime_shape_has_char (self, self->at, ",")
           && genesis_datetime_shape_has_char (self, self->at + 1, " "))
    self->joint = ", ";
  self->at += strlen (self->joint);
  return *self->joint != 0;
}

static gboolean
scan (GenesisDatetimeShape *self)
{
  self->at = scan_date (self);
  if (self->at == 0)
    {
      self->date.n = 0;
      self->joint = "";
      genesis_datetime_ways_add (&self->date, "%s", "");
      genesis_datetime_ways_add (&self->zone, "%s", "");
      return genesis_datetime_shape_scan_time (self, FALSE) && self->at == self->n;
    }
  if (self->at == self->n)
    {
      self->joint = "";
      genesis_datetime_ways_add (&self->time, "%s", "");
      genesis_datetime_ways_add (&self->zone, "%s", "");
      return TRUE;
    }
  if (!scan_joint (self)
      || !(self->is_compact ? genesis_datetime_shape_scan_compact_time (self)
                            : genesis_datetime_shape_scan_time (self, TRUE)))
    return FALSE;
  genesis_datetime_shape_scan_zone (self);
  return self->zone.n > 0;
}

static guint
collect (const GenesisDatetimeShape *self, GenesisDatetimeReading *readings)
{
  gsize n_text = self->has_named_zone ? self->at : self->n;
  guint n = 0;

  for (guint d = 0; d < self->date.n; d++)
    for (guint t = 0; t < self->time.n; t++)
      for (guint z = 0; z < self->zone.n; z++)
        {
          char pattern[GENESIS_DATETIME_PATTERN_MAX];
          GenesisDatetimeReading *reading = &readings[n];

          g_snprintf (pattern, sizeof pattern, "%s%s%s%s", self->date.patterns[d], self->joint,
                      self->time.patterns[t], self->zone.patterns[z]);
          if (n == GENESIS_DATETIME_MAX_READINGS
              || !genesis_datetime_parse_loosely (pattern, self->text, n_text, &reading->us,
                                                  &reading->spelling))
            continue;
          if (self->has_named_zone)
            g_strlcat (pattern, GENESIS_DATETIME_NAMED_ZONE, sizeof pattern);
          g_strlcpy (reading->pattern, pattern, sizeof reading->pattern);
          n++;
        }
  return n;
}

guint
genesis_datetime_detect (const char *text, gsize n,
                         GenesisDatetimeReading readings[GENESIS_DATETIME_MAX_READINGS])
{
  GenesisDatetimeShape shape = { .text = text, .n = n };

  if (n < MIN_TEXT || n > MAX_TEXT || !g_ascii_isalnum (text[0]) || !g_ascii_isalnum (text[n - 1])
      || !scan (&shape))
    return 0;
  return collect (&shape, readings);
}
