/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-datetime-private.h"

#include <string.h>

#include "data/genesis-calendar-private.h"
#include "data/genesis-datetime-token-private.h"

/* Two digits are the years from here on (POSIX). */
#define FIRST_SHORT_YEAR 1969
#define MAX_OPEN_HOURS   99999

/*
 * genesis_datetime_get_tick:
 *
 * Returns: the microseconds of the last place that pattern shows (a day for a date alone), 0 when
 * it is no pattern
 */
gint64
genesis_datetime_get_tick (const char *pattern)
{
  GenesisDatetimeToken token;
  gint64 tick = US_PER_DAY;

  if (pattern == NULL || !genesis_datetime_pattern_is_valid (pattern))
    return 0;
  for (const char *p = pattern; *p != 0; p += token.n)
    {
      if (!genesis_datetime_token_read (&token, p))
        return 0;
      if (token.kind == GENESIS_DATETIME_TOKEN_HOUR
          || token.kind == GENESIS_DATETIME_TOKEN_OPEN_HOUR)
        tick = MIN (tick, US_PER_HOUR);
      else if (token.kind == GENESIS_DATETIME_TOKEN_MINUTE)
        tick = MIN (tick, US_PER_MINUTE);
      else if (token.kind == GENESIS_DATETIME_TOKEN_SECOND)
        tick = MIN (tick, US_PER_SECOND);
      else if (token.kind == GENESIS_DATETIME_TOKEN_FRACTION)
        for (int i = 0; i < token.width; i++)
          tick = (i == 0 ? US_PER_SECOND : tick) / 10;
    }
  return tick;
}

void
genesis_datetime_get_range (const char *pattern, gint64 *min, gint64 *max)
{
  GenesisDatetimeToken token;

  *min = 0;
  *max = US_PER_DAY - 1;
  for (const char *p = pattern; *p != 0 && genesis_datetime_token_read (&token, p); p += token.n)
    if (token.kind == GENESIS_DATETIME_TOKEN_YEAR)
      {
        *min = GENESIS_DATETIME_MIN_US;
        *max = GENESIS_DATETIME_MAX_US;
      }
    else if (token.kind == GENESIS_DATETIME_TOKEN_SHORT_YEAR)
      {
        *min = genesis_calendar_days_from_date (FIRST_SHORT_YEAR, 1, 1) * US_PER_DAY;
        *max = genesis_calendar_days_from_date (FIRST_SHORT_YEAR + 100, 1, 1) * US_PER_DAY - 1;
      }
    else if (token.kind == GENESIS_DATETIME_TOKEN_OPEN_HOUR)
      *max = (MAX_OPEN_HOURS + 1) * US_PER_HOUR - 1;
}

void
genesis_datetime_get_order (const char *pattern, char order[4])
{
  GenesisDatetimeToken token;
  gsize n = 0;

  for (const char *p = pattern; *p != 0 && genesis_datetime_token_read (&token, p); p += token.n)
    if (token.kind == GENESIS_DATETIME_TOKEN_YEAR
        || token.kind == GENESIS_DATETIME_TOKEN_SHORT_YEAR)
      order[n++] = 'Y';
    else if (token.kind == GENESIS_DATETIME_TOKEN_MONTH
             || token.kind == GENESIS_DATETIME_TOKEN_MONTH_NAME)
      order[n++] = 'M';
    else if (token.kind == GENESIS_DATETIME_TOKEN_DAY)
      order[n++] = 'D';
  order[n] = 0;
}

char *
genesis_datetime_dup_with_fraction (const char *pattern, int n_fraction)
{
  static const char digits[] = "ffffff";
  const char *seconds = strstr (pattern, "ss");
  gsize before;
  char mark = '.';

  if (seconds == NULL)
    return g_strdup (pattern);
  before = (gsize)(seconds + 2 - pattern);
  if (seconds[2] == ',' && seconds[3] == 'f')
    {
      mark = ',';
      seconds += 1 + strspn (seconds + 3, "f");
    }
  if (n_fraction == 0)
    return g_strdup_printf ("%.*s%s", (int)before, pattern, seconds + 2);
  return g_strdup_printf ("%.*s%c%.*s%s", (int)before, pattern, mark, n_fraction, digits,
                          seconds + 2);
}

/* The place of a token, and whether it is written with leading zeros; -1: it is none. */
static int
find_place (const GenesisDatetimeToken *token)
{
  switch (token->kind)
    {
    case GENESIS_DATETIME_TOKEN_DAY:
      return GENESIS_DATETIME_PLACE_DAY;
    case GENESIS_DATETIME_TOKEN_MONTH:
      return GENESIS_DATETIME_PLACE_MONTH;
    case GENESIS_DATETIME_TOKEN_HOUR:
      return GENESIS_DATETIME_PLACE_HOUR;
    default:
      return -1;
    }
}

char *
genesis_datetime_dup_padded (const char *pattern,
                             const gboolean is_padded[GENESIS_DATETIME_N_PLACES])
{
  GString *padded = g_string_new (NULL);
  GenesisDatetimeToken token;

  for (const char *p = pattern; *p != 0 && genesis_datetime_token_read (&token, p); p += token.n)
    {
      int place = find_place (&token);

      g_string_append_len (padded, token.text, token.n);
      if (place >= 0 && token.width == 1 && is_padded[place])
        g_string_append_c (padded, token.text[0]);
    }
  return g_string_free (padded, FALSE);
}

/* Whether a is b without some of its leading zeros. */
static gboolean
is_unpadded (const char *a, const char *b)
{
  const gboolean all[GENESIS_DATETIME_N_PLACES] = { TRUE, TRUE, TRUE };
  g_autofree char *padded = genesis_datetime_dup_padded (a, all);
  g_autofree char *other = genesis_datetime_dup_padded (b, all);

  return strlen (a) < strlen (b) && strcmp (padded, other) == 0;
}

void
genesis_datetime_drop_unpadded (GPtrArray *patterns)
{
  for (guint i = patterns->len; i-- > 0;)
    for (guint j = 0; j < patterns->len; j++)
      if (is_unpadded (patterns->pdata[i], patterns->pdata[j]))
        {
          g_ptr_array_remove_index (patterns, i);
          break;
        }
}
