/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-shape-private.h"

/* Times of day and their zones. */

static const char *
scan_half_day (GenesisDatetimeShape *self)
{
  static const char *const halves[][2] = { { "AM", "AM" },   { "PM", "AM" },   { "am", "am" },
                                           { "pm", "am" },   { " AM", " AM" }, { " PM", " AM" },
                                           { " am", " am" }, { " pm", " am" } };

  for (gsize i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      gsize n = strlen (halves[i][0]);

      if (self->n - self->at < n || memcmp (self->text + self->at, halves[i][0], n) != 0)
        continue;
      self->at += n;
      return halves[i][1];
    }
  return "";
}

/* ":ss" with its fraction, whose digits the pattern does not show: ",f" only says that a comma
   stands before them. */
static const char *
scan_seconds (GenesisDatetimeShape *self)
{
  const char *seconds = ":ss";
  gsize n_fraction;

  if (!genesis_datetime_shape_has_char (self, self->at, ":")
      || genesis_datetime_shape_count_digits (self, self->at + 1) != 2)
    return "";
  self->at += 3;
  if (!genesis_datetime_shape_has_char (self, self->at, ".,"))
    return seconds;
  n_fraction = genesis_datetime_shape_count_digits (self, self->at + 1);
  if (n_fraction == 0)
    return seconds;
  seconds = self->text[self->at] == ',' ? ":ss,f" : seconds;
  self->at += 1 + n_fraction;
  return seconds;
}

gboolean
genesis_datetime_shape_scan_compact_time (GenesisDatetimeShape *self)
{
  gsize n = genesis_datetime_shape_count_digits (self, self->at);

  if (n != 4 && n != 6)
    return FALSE;
  genesis_datetime_ways_add (&self->time, n == 6 ? "hhmmss" : "hhmm");
  self->at += n;
  return TRUE;
}

gboolean
genesis_datetime_shape_scan_time (GenesisDatetimeShape *self, gboolean has_date)
{
  gsize n_hour = genesis_datetime_shape_count_digits (self, self->at);
  const char *hour = self->text + self->at;
  const char *seconds, *half;

  if (n_hour < 1 || n_hour > 5 || !genesis_datetime_shape_has_char (self, self->at + n_hour, ":")
      || genesis_datetime_shape_count_digits (self, self->at + n_hour + 1) != 2)
    return FALSE;
  self->at += n_hour + 3;
  seconds = scan_seconds (self);
  half = scan_half_day (self);
  if (n_hour == 2)
    genesis_datetime_ways_add (&self->time, "hh:mm%s%s", seconds, half);
  if (n_hour <= 2)
    genesis_datetime_ways_add (&self->time, "h:mm%s%s", seconds, half);
  if (has_date || *half != 0)
    return n_hour <= 2;
  if (n_hour >= 2)
    genesis_datetime_ways_add (&self->time, "[hh]:mm%s", seconds);
  if (n_hour != 2 || *hour != '0')
    genesis_datetime_ways_add (&self->time, "[h]:mm%s", seconds);
  return TRUE;
}

static gboolean
is_offset (const GenesisDatetimeShape *self, gsize at)
{
  int hours = (self->text[at + 1] - '0') * 10 + (self->text[at + 2] - '0');
  gsize minutes = genesis_datetime_shape_has_char (self, at + 3, ":") ? at + 4 : at + 3;

  return hours <= 18 && (minutes >= self->n || self->text[minutes] < '6');
}

static void
scan_offset (GenesisDatetimeShape *self, const char *blank)
{
  static const struct
  {
    const char *like, *pattern;
  } forms[] = { { "+00:00", "+hh:mm" }, { "+0000", "+hhmm" }, { "+00", "+hh" } };
  gsize at = self->at + strlen (blank);

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      gsize n = strlen (forms[i].like);
      gboolean fits = self->n - at == n;

      for (gsize j = 0; fits && j < n; j++)
        fits = g_ascii_isdigit (forms[i].like[j])
                   ? g_ascii_isdigit (self->text[at + j])
                   : (j == 0 ? genesis_datetime_shape_has_char (self, at, "+-")
                             : self->text[at + j] == ':');
      if (!fits || !is_offset (self, at))
        continue;
      genesis_datetime_ways_add (&self->zone, "%s%.*s", blank, (int)n, self->text + at);
      genesis_datetime_ways_add (&self->zone, "%s%s", blank, forms[i].pattern);
      self->at = self->n;
      return;
    }
}

/* A zone as "CET" or "Europe/Berlin". */
static gboolean
is_zone_name (const char *text, gsize n)
{
  gsize n_upper = 0;

  while (n_upper < n && g_ascii_isupper (text[n_upper]))
    n_upper++;
  if (n_upper == n)
    return n >= 2 && n <= 5;
  if (!g_ascii_isupper (text[0]) || memchr (text, '/', n) == NULL)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isalpha (text[i]) && strchr ("/_-+", text[i]) == NULL)
      return FALSE;
  return TRUE;
}

void
genesis_datetime_shape_scan_zone (GenesisDatetimeShape *self)
{
  const char *rest = self->text + self->at;
  gsize n = self->n - self->at;

  if (n == 0)
    genesis_datetime_ways_add (&self->zone, "%s", "");
  else if ((n == 1 && *rest == 'Z')
           || (n == 4 && (memcmp (rest, " UTC", 4) == 0 || memcmp (rest, " GMT", 4) == 0)))
    {
      genesis_datetime_ways_add (&self->zone, "%.*s", (int)n, rest);
      self->at = self->n;
    }
  else if (*rest != ' ')
    scan_offset (self, "");
  else if (n > 1 && (rest[1] == '+' || rest[1] == '-'))
    scan_offset (self, " ");
  else if (is_zone_name (rest + 1, n - 1))
    {
      genesis_datetime_ways_add (&self->zone, "%s", "");
      self->has_named_zone = TRUE;
    }
}
