/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-token-private.h"

#include <string.h>

#define MAX_PATTERN 48

static const char *const months[12] = { "January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December" };

static const struct
{
  const char *text;
  GenesisDatetimeToken token;
} words[] = {
  { "[hh]", { GENESIS_DATETIME_TOKEN_OPEN_HOUR, .width = 2 } },
  { "[h]", { GENESIS_DATETIME_TOKEN_OPEN_HOUR, .width = 1 } },
  { "YYYY", { GENESIS_DATETIME_TOKEN_YEAR, .width = 4 } },
  { "YY", { GENESIS_DATETIME_TOKEN_SHORT_YEAR, .width = 2 } },
  { "Month",
    { GENESIS_DATETIME_TOKEN_MONTH_NAME, .is_full = TRUE,
      .letters = GENESIS_DATETIME_LETTERS_TITLE } },
  { "MONTH",
    { GENESIS_DATETIME_TOKEN_MONTH_NAME, .is_full = TRUE,
      .letters = GENESIS_DATETIME_LETTERS_UPPER } },
  { "month",
    { GENESIS_DATETIME_TOKEN_MONTH_NAME, .is_full = TRUE,
      .letters = GENESIS_DATETIME_LETTERS_LOWER } },
  { "Mon", { GENESIS_DATETIME_TOKEN_MONTH_NAME, .letters = GENESIS_DATETIME_LETTERS_TITLE } },
  { "MON", { GENESIS_DATETIME_TOKEN_MONTH_NAME, .letters = GENESIS_DATETIME_LETTERS_UPPER } },
  { "mon", { GENESIS_DATETIME_TOKEN_MONTH_NAME, .letters = GENESIS_DATETIME_LETTERS_LOWER } },
  { "MM", { GENESIS_DATETIME_TOKEN_MONTH, .width = 2 } },
  { "M", { GENESIS_DATETIME_TOKEN_MONTH, .width = 1 } },
  { "DD", { GENESIS_DATETIME_TOKEN_DAY, .width = 2 } },
  { "D", { GENESIS_DATETIME_TOKEN_DAY, .width = 1 } },
  { "hh", { GENESIS_DATETIME_TOKEN_HOUR, .width = 2 } },
  { "h", { GENESIS_DATETIME_TOKEN_HOUR, .width = 1 } },
  { "mm", { GENESIS_DATETIME_TOKEN_MINUTE, .width = 2 } },
  { "ss", { GENESIS_DATETIME_TOKEN_SECOND, .width = 2 } },
  { "AM", { GENESIS_DATETIME_TOKEN_HALF_DAY, .letters = GENESIS_DATETIME_LETTERS_UPPER } },
  { "am", { GENESIS_DATETIME_TOKEN_HALF_DAY, .letters = GENESIS_DATETIME_LETTERS_LOWER } },
  { "+hh:mm", { GENESIS_DATETIME_TOKEN_OFFSET, .width = 6 } },
  { "+hhmm", { GENESIS_DATETIME_TOKEN_OFFSET, .width = 5 } },
  { "+hh", { GENESIS_DATETIME_TOKEN_OFFSET, .width = 3 } },
  { "UTC", { GENESIS_DATETIME_TOKEN_LITERAL, .width = 0 } },
  { "GMT", { GENESIS_DATETIME_TOKEN_LITERAL, .width = 0 } },
};

static gboolean
read_fraction (GenesisDatetimeToken *self, const char *at)
{
  gsize n = strspn (at + 1, "f");

  if ((at[0] != '.' && at[0] != ',') || n == 0 || n > 6)
    return FALSE;
  *self = (GenesisDatetimeToken){
    .kind = GENESIS_DATETIME_TOKEN_FRACTION, .text = at, .n = (guint8)(n + 1), .width = (guint8)n
  };
  return TRUE;
}

/* Digits are those of an offset, as in "+01:00". */
static gboolean
read_literal (GenesisDatetimeToken *self, const char *at)
{
  if (*at == 0 || strchr (" -/.,:_+TZ0123456789", *at) == NULL)
    return FALSE;
  *self = (GenesisDatetimeToken){ .kind = GENESIS_DATETIME_TOKEN_LITERAL, .text = at, .n = 1 };
  return TRUE;
}

gboolean
genesis_datetime_token_read (GenesisDatetimeToken *self, const char *at)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      gsize n;

      if (words[i].text[0] != at[0])
        continue;
      n = strlen (words[i].text);
      if (strncmp (words[i].text, at, n) != 0)
        continue;
      *self = words[i].token;
      self->text = at;
      self->n = (guint8)n;
      return TRUE;
    }
  return read_fraction (self, at) || read_literal (self, at);
}

gsize
genesis_datetime_token_write_month (const GenesisDatetimeToken *self, int month, char *to)
{
  const char *name = months[month - 1];
  gsize n = self->is_full ? strlen (name) : 3;

  for (gsize i = 0; i < n; i++)
    switch (self->letters)
      {
      case GENESIS_DATETIME_LETTERS_UPPER:
        to[i] = g_ascii_toupper (name[i]);
        break;
      case GENESIS_DATETIME_LETTERS_LOWER:
        to[i] = g_ascii_tolower (name[i]);
        break;
      case GENESIS_DATETIME_LETTERS_TITLE:
      default:
        to[i] = name[i];
      }
  return n;
}

int
genesis_datetime_token_find_month (const GenesisDatetimeToken *self, const char *text, gsize n)
{
  for (int month = 1; month <= 12; month++)
    {
      char name[16];
      gsize length;

      if (n == 0 || g_ascii_toupper (text[0]) != months[month - 1][0])
        continue;
      length = genesis_datetime_token_write_month (self, month, name);
      if (length <= n && memcmp (name, text, length) == 0)
        return month;
    }
  return 0;
}

static gboolean
is_number (const GenesisDatetimeToken *token)
{
  return token->kind != GENESIS_DATETIME_TOKEN_LITERAL
         && token->kind != GENESIS_DATETIME_TOKEN_MONTH_NAME
         && token->kind != GENESIS_DATETIME_TOKEN_HALF_DAY
         && token->kind != GENESIS_DATETIME_TOKEN_OFFSET
         && token->kind != GENESIS_DATETIME_TOKEN_FRACTION;
}

gboolean
genesis_datetime_token_is_digits (const GenesisDatetimeToken *token)
{
  return (is_number (token) && token->kind != GENESIS_DATETIME_TOKEN_FRACTION)
         || (token->kind == GENESIS_DATETIME_TOKEN_LITERAL && g_ascii_isdigit (*token->text));
}

/* A number of any width before another digit could not be told from it. */
static gboolean
can_follow (const GenesisDatetimeToken *last, const GenesisDatetimeToken *token)
{
  gboolean is_open =
      is_number (last) && (last->width == 1 || last->kind == GENESIS_DATETIME_TOKEN_OPEN_HOUR);

  return !(is_open && genesis_datetime_token_is_digits (token));
}

#define HAS(kind) (counts[GENESIS_DATETIME_TOKEN_##kind])

/* counts: by kind of token. */
static gboolean
is_whole (const guint8 *counts)
{
  int year = HAS (YEAR) + HAS (SHORT_YEAR);
  int month = HAS (MONTH) + HAS (MONTH_NAME);
  int hour = HAS (HOUR) + HAS (OPEN_HOUR);
  gboolean has_date = year == 1 && month == 1 && HAS (DAY) == 1;
  gboolean has_none = year + month + HAS (DAY) == 0;

  if ((!has_date && !has_none) || (has_none && hour == 0) || hour > 1)
    return FALSE;
  if (HAS (OPEN_HOUR) > 0 && (has_date || HAS (HALF_DAY) > 0 || HAS (OFFSET) > 0))
    return FALSE;
  if (HAS (MINUTE) > hour || HAS (SECOND) > HAS (MINUTE) || HAS (FRACTION) > HAS (SECOND))
    return FALSE;
  if (hour == 1 && HAS (MINUTE) == 0 && HAS (HALF_DAY) == 0)
    return FALSE;
  return HAS (HALF_DAY) <= hour && HAS (OFFSET) <= (has_date && hour > 0 ? 1 : 0);
}

gboolean
genesis_datetime_pattern_is_valid (const char *pattern)
{
  guint8 counts[GENESIS_DATETIME_TOKEN_OFFSET + 1] = { 0 };
  GenesisDatetimeToken last = { .kind = GENESIS_DATETIME_TOKEN_LITERAL, .text = " " };
  GenesisDatetimeToken token;

  if (strlen (pattern) > MAX_PATTERN)
    return FALSE;
  for (const char *at = pattern; *at != 0; at += token.n)
    {
      if (!genesis_datetime_token_read (&token, at) || !can_follow (&last, &token))
        return FALSE;
      if (token.kind == GENESIS_DATETIME_TOKEN_FRACTION
          && last.kind != GENESIS_DATETIME_TOKEN_SECOND)
        return FALSE;
      counts[token.kind]++;
      last = token;
    }
  return is_whole (counts);
}
