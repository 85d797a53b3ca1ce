/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-private.h"

#include <string.h>

#include "data/genesis-calendar-private.h"
#include "data/genesis-datetime-token-private.h"

/* Two digits are the years from here on (POSIX). */
#define FIRST_SHORT_YEAR 1969

/**
 * Parts:
 * @offset: minutes east of Greenwich
 * @half: 0 before noon, 1 after, -1 not written
 *
 * The numbers of one date and time.
 */
typedef struct
{
  int year, month, day, hour, minute, second, fraction, n_fraction, offset, half;
  gboolean has_date, is_open;
} Parts;

typedef enum
{
  PADDING_AS_SAID, /* D is "5", DD is "05" */
  PADDING_FREE,    /* D is "5" or "05" */
  PADDING_IGNORED  /* D and DD are either */
} Padding;

/* Reads a number of exactly width digits, or, when width is 1, of one or two without a leading
   zero; returns its length or 0. */
static gsize
read_number (const char *text, gsize n, guint width, int *value)
{
  gsize length = 0;

  *value = 0;
  while (length < n && length < MAX (width, 2) && g_ascii_isdigit (text[length]))
    *value = *value * 10 + (text[length++] - '0');
  if (width > 1)
    return length == width ? length : 0;
  return length == 2 && text[0] == '0' ? 0 : length;
}

/* Hours of a duration: at least width digits, no zeros before them. */
static gsize
read_open_hours (const char *text, gsize n, guint width, int *value)
{
  gsize length = 0;

  *value = 0;
  while (length < n && length < 5 && g_ascii_isdigit (text[length]))
    *value = *value * 10 + (text[length++] - '0');
  return length < width || (length > width && text[0] == '0') ? 0 : length;
}

/* The same for a day, a month or an hour, and tells its spelling. can_be_bare: no digit may stand
   beside it. */
static gsize
read_padded (const char *text, gsize n, guint width, Padding padding, gboolean can_be_bare,
             GenesisDatetimePlace place, GenesisDatetimeSpelling *spelling, int *value)
{
  gsize length = read_number (text, n, width, value);

  if (length == 0 && width == 1 && padding != PADDING_AS_SAID)
    length = read_number (text, n, 2, value);
  if (length == 0 && width == 2 && padding == PADDING_IGNORED && can_be_bare)
    length = read_number (text, n, 1, value);
  if (width == 1 && length > 0)
    {
      spelling->zeros[place] = length == 2 && text[0] == '0';
      spelling->bare[place] = length == 1;
    }
  return length;
}

static gsize
read_fraction (const char *text, gsize n, Parts *parts)
{
  gsize length = 1;

  parts->fraction = 0;
  for (; length < n && g_ascii_isdigit (text[length]); length++)
    {
      if (length > 6)
        return 0;
      parts->fraction = parts->fraction * 10 + (text[length] - '0');
    }
  parts->n_fraction = (int)length - 1;
  for (gsize i = length; i <= 6; i++)
    parts->fraction *= 10;
  return length > 1 ? length : 0;
}

/* width: 3 for +hh, 5 for +hhmm, 6 for +hh:mm. */
static gsize
read_offset (const char *text, gsize n, guint width, Parts *parts)
{
  int hours, minutes = 0;
  const gsize colon = width == 6 ? 1 : 0;

  if (n < width || (text[0] != '+' && text[0] != '-') || read_number (text + 1, 2, 2, &hours) == 0)
    return 0;
  if (colon == 1 && text[3] != ':')
    return 0;
  if (width > 3 && read_number (text + 3 + colon, 2, 2, &minutes) == 0)
    return 0;
  if (hours > 18 || minutes > 59)
    return 0;
  parts->offset = (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
  return width;
}

static gsize
read_half_day (const GenesisDatetimeToken *token, const char *text, gsize n, Parts *parts)
{
  const char *halves = token->letters == GENESIS_DATETIME_LETTERS_UPPER ? "AMPM" : "ampm";

  for (int half = 0; half < 2; half++)
    if (n >= 2 && memcmp (text, halves + 2 * half, 2) == 0)
      {
        parts->half = half;
        return 2;
      }
  return 0;
}

/**
 * Reader:
 * @last: the token before, for a digit may stand at its end
 *
 * How far a pattern and a text have been read.
 */
typedef struct
{
  Padding padding;
  GenesisDatetimeToken last;
  GenesisDatetimeSpelling spelling;
  Parts parts;
} Reader;

/* Before the first token. */
#define BEGINNING                                                                                  \
  .last = { .kind = GENESIS_DATETIME_TOKEN_LITERAL, .text = " " }, .parts = { .half = -1 }

/* The next token can begin with a digit, or the last end with one. */
static gboolean
is_beside_digits (const Reader *self, const GenesisDatetimeToken *token)
{
  GenesisDatetimeToken next;

  return genesis_datetime_token_is_digits (&self->last)
         || (token->text[token->n] != 0
             && genesis_datetime_token_read (&next, token->text + token->n)
             && genesis_datetime_token_is_digits (&next));
}

static gsize
read_place (Reader *self, const GenesisDatetimeToken *token, const char *text, gsize n,
            GenesisDatetimePlace place, int *value)
{
  return read_padded (text, n, token->width, self->padding,
                      self->padding == PADDING_IGNORED && !is_beside_digits (self, token), place,
                      &self->spelling, value);
}

/* Reads what one token stands for; returns its length in text, or 0. */
static gsize
read_token (Reader *self, const GenesisDatetimeToken *token, const char *text, gsize n)
{
  Parts *parts = &self->parts;
  gsize length;

  switch (token->kind)
    {
    case GENESIS_DATETIME_TOKEN_LITERAL:
      return n >= token->n && memcmp (text, token->text, token->n) == 0 ? token->n : 0;
    case GENESIS_DATETIME_TOKEN_YEAR:
      return read_number (text, n, 4, &parts->year);
    case GENESIS_DATETIME_TOKEN_SHORT_YEAR:
      length = read_number (text, n, 2, &parts->year);
      parts->year += parts->year >= FIRST_SHORT_YEAR % 100 ? 1900 : 2000;
      return length;
    case GENESIS_DATETIME_TOKEN_MONTH:
      return read_place (self, token, text, n, GENESIS_DATETIME_PLACE_MONTH, &parts->month);
    case GENESIS_DATETIME_TOKEN_MONTH_NAME:
      parts->month = genesis_datetime_token_find_month (token, text, n);
      return parts->month > 0
                 ? genesis_datetime_token_write_month (token, parts->month, (char[16]){ 0 })
                 : 0;
    case GENESIS_DATETIME_TOKEN_DAY:
      parts->has_date = TRUE;
      return read_place (self, token, text, n, GENESIS_DATETIME_PLACE_DAY, &parts->day);
    case GENESIS_DATETIME_TOKEN_HOUR:
      return read_place (self, token, text, n, GENESIS_DATETIME_PLACE_HOUR, &parts->hour);
    case GENESIS_DATETIME_TOKEN_OPEN_HOUR:
      parts->is_open = TRUE;
      return read_open_hours (text, n, token->width, &parts->hour);
    case GENESIS_DATETIME_TOKEN_MINUTE:
      return read_number (text, n, 2, &parts->minute);
    case GENESIS_DATETIME_TOKEN_SECOND:
      return read_number (text, n, 2, &parts->second);
    case GENESIS_DATETIME_TOKEN_FRACTION:
      return n > 0 && text[0] == token->text[0] ? read_fraction (text, n, parts) : 0;
    case GENESIS_DATETIME_TOKEN_HALF_DAY:
      return read_half_day (token, text, n, parts);
    case GENESIS_DATETIME_TOKEN_OFFSET:
      return read_offset (text, n, token->width, parts);
    default:
      return 0;
    }
}

static gboolean
parts_are_valid (Parts *parts)
{
  if (parts->has_date
      && !(parts->year >= 1 && parts->month >= 1 && parts->month <= 12 && parts->day >= 1
           && parts->day <= genesis_calendar_days_in_month (parts->year, parts->month)))
    return FALSE;
  if (parts->minute > 59 || parts->second > 59)
    return FALSE;
  if (parts->half < 0)
    return parts->is_open || parts->hour <= 23;
  if (parts->hour < 1 || parts->hour > 12)
    return FALSE;
  parts->hour = parts->hour % 12 + 12 * parts->half;
  return TRUE;
}

static gboolean
count_parts (const Parts *parts, gint64 *us)
{
  gint64 days =
      parts->has_date ? genesis_calendar_days_from_date (parts->year, parts->month, parts->day) : 0;
  gint64 result = days * US_PER_DAY + parts->hour * US_PER_HOUR
                  + (parts->minute - parts->offset) * US_PER_MINUTE + parts->second * US_PER_SECOND
                  + parts->fraction;

  if (result < GENESIS_DATETIME_MIN_US || result > GENESIS_DATETIME_MAX_US)
    return FALSE;
  *us = result;
  return TRUE;
}

/*
 * genesis_datetime_parse:
 * @pattern: a valid pattern
 *
 * Strict: years 0001 to 9999 of the proleptic Gregorian calendar; no leap second and no hour 24,
 * which the data could not be given back with.
 */
gboolean
genesis_datetime_parse (const char *pattern, const char *text, gsize n, gint64 *us)
{
  Reader reader = { .padding = PADDING_AS_SAID, BEGINNING };
  GenesisDatetimeToken token;
  gsize at = 0;

  for (const char *p = pattern; *p != 0; p += token.n)
    {
      gsize length = 0;

      if (genesis_datetime_token_read (&token, p))
        length = read_token (&reader, &token, text + at, n - at);
      if (length == 0
          || (token.kind == GENESIS_DATETIME_TOKEN_FRACTION
              && reader.parts.n_fraction != token.width))
        return FALSE;
      at += length;
      reader.last = token;
    }
  return at == n && parts_are_valid (&reader.parts) && count_parts (&reader.parts, us);
}

/* A fraction behind the seconds that end at @at, with as many digits as there are; returns its
   length, 0 without one, -1 for one that cannot be read. p: the pattern behind the seconds. */
static gssize
read_free_fraction (Reader *self, const char *p, const char *text, gsize n)
{
  char mark = p[0] == ',' && p[1] == 'f' ? ',' : '.';
  gsize length;

  if (n < 2 || text[0] != mark || !g_ascii_isdigit (text[1]))
    return 0;
  length = read_fraction (text, n, &self->parts);
  return length > 0 ? (gssize)length : -1;
}

static gboolean
read_loosely (Reader *self, const char *pattern, const char *text, gsize n, gint64 *us)
{
  GenesisDatetimeToken token;
  gsize at = 0;

  for (const char *p = pattern; *p != 0; p += token.n)
    {
      gsize length;
      gssize fraction;

      if (!genesis_datetime_token_read (&token, p))
        return FALSE;
      if (token.kind == GENESIS_DATETIME_TOKEN_FRACTION)
        continue;
      length = read_token (self, &token, text + at, n - at);
      if (length == 0)
        return FALSE;
      at += length;
      self->last = token;
      if (token.kind != GENESIS_DATETIME_TOKEN_SECOND)
        continue;
      fraction = read_free_fraction (self, p + token.n, text + at, n - at);
      if (fraction < 0)
        return FALSE;
      at += (gsize)fraction;
    }
  self->spelling.n_fraction = self->parts.n_fraction;
  return at == n && parts_are_valid (&self->parts) && count_parts (&self->parts, us);
}

gboolean
genesis_datetime_parse_loosely (const char *pattern, const char *text, gsize n, gint64 *us,
                                GenesisDatetimeSpelling *spelling)
{
  Reader reader = { .padding = PADDING_FREE, BEGINNING };

  if (!read_loosely (&reader, pattern, text, n, us))
    return FALSE;
  *spelling = reader.spelling;
  return TRUE;
}

gboolean
genesis_datetime_parse_cell (const char *pattern, const char *text, gsize n, gint64 *us)
{
  Reader reader = { .padding = PADDING_IGNORED, BEGINNING };

  return read_loosely (&reader, pattern, text, n, us);
}
