/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-private.h"

#include <string.h>

#include "data/genesis-calendar-private.h"
#include "data/genesis-datetime-token-private.h"

/* The numbers of one date and time; half: 0 before noon, 1 after, -1 when it is not written. */
typedef struct
{
  int year, month, day, hour, minute, second, fraction, half;
} Parts;

static gint64
floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0 ? 1 : 0);
}

/* At least width digits; returns how many. */
static gsize
write_number (int value, guint width, char *to)
{
  char buffer[16];
  gsize n = 0;

  do
    {
      buffer[sizeof buffer - ++n] = (char)('0' + value % 10);
      value /= 10;
    }
  while (value > 0 || n < width);
  memcpy (to, buffer + sizeof buffer - n, n);
  return n;
}

static gsize
write_fraction (const GenesisDatetimeToken *token, int fraction, char *to)
{
  for (int i = token->width; i < 6; i++)
    fraction /= 10;
  to[0] = token->text[0];
  return 1 + write_number (fraction, token->width, to + 1);
}

static gsize
write_text (const char *text, gsize n, char *to)
{
  memcpy (to, text, n);
  return n;
}

static gsize
write_token (const GenesisDatetimeToken *token, const Parts *parts, char *to)
{
  switch (token->kind)
    {
    case GENESIS_DATETIME_TOKEN_YEAR:
      return write_number (parts->year, 4, to);
    case GENESIS_DATETIME_TOKEN_SHORT_YEAR:
      return write_number (parts->year % 100, 2, to);
    case GENESIS_DATETIME_TOKEN_MONTH:
      return write_number (parts->month, token->width, to);
    case GENESIS_DATETIME_TOKEN_MONTH_NAME:
      return genesis_datetime_token_write_month (token, parts->month, to);
    case GENESIS_DATETIME_TOKEN_DAY:
      return write_number (parts->day, token->width, to);
    case GENESIS_DATETIME_TOKEN_HOUR:
      return write_number (parts->half < 0 ? parts->hour : (parts->hour + 11) % 12 + 1,
                           token->width, to);
    case GENESIS_DATETIME_TOKEN_OPEN_HOUR:
      return write_number (parts->hour, token->width, to);
    case GENESIS_DATETIME_TOKEN_MINUTE:
      return write_number (parts->minute, 2, to);
    case GENESIS_DATETIME_TOKEN_SECOND:
      return write_number (parts->second, 2, to);
    case GENESIS_DATETIME_TOKEN_FRACTION:
      return write_fraction (token, parts->fraction, to);
    case GENESIS_DATETIME_TOKEN_HALF_DAY:
      return write_text (token->letters == GENESIS_DATETIME_LETTERS_UPPER
                             ? (parts->half > 0 ? "PM" : "AM")
                             : (parts->half > 0 ? "pm" : "am"),
                         2, to);
    case GENESIS_DATETIME_TOKEN_OFFSET:
      return write_text (token->width == 6 ? "+00:00" : "+0000", token->width, to);
    case GENESIS_DATETIME_TOKEN_LITERAL:
    default:
      return write_text (token->text, token->n, to);
    }
}

static gboolean
has_half_day (const char *pattern)
{
  return strstr (pattern, "AM") != NULL || strstr (pattern, "am") != NULL;
}

/* A duration is hours alone, however many days they make. */
static void
split_time (const char *pattern, gint64 us, Parts *parts)
{
  gboolean is_open = strchr (pattern, '[') != NULL;
  gint64 days = is_open ? 0 : floor_div (us, US_PER_DAY);
  gint64 in_day = us - days * US_PER_DAY;

  genesis_calendar_date_from_days (days, &parts->year, &parts->month, &parts->day);
  parts->hour = (int)(in_day / US_PER_HOUR);
  parts->minute = (int)(in_day / US_PER_MINUTE % 60);
  parts->second = (int)(in_day / US_PER_SECOND % 60);
  parts->fraction = (int)(in_day % US_PER_SECOND);
  parts->half = has_half_day (pattern) ? parts->hour / 12 : -1;
}

/*
 * genesis_datetime_format:
 *
 * What pattern does not show is cut off (towards the past). Writes nothing for times that the
 * pattern cannot show, as those outside the years 0001 to 9999.
 */
gsize
genesis_datetime_format (const char *pattern, gint64 us, char *to)
{
  GenesisDatetimeToken token;
  Parts parts = { 0 };
  gint64 min, max;
  gsize n = 0;

  genesis_datetime_get_range (pattern, &min, &max);
  if (us < min || us > max)
    return 0;
  split_time (pattern, us, &parts);
  for (const char *p = pattern; *p != 0 && genesis_datetime_token_read (&token, p); p += token.n)
    n += write_token (&token, &parts, to + n);
  return n;
}
