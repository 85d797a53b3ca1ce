/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-number-style-private.h"

#include <string.h>

#define BLANK        " "
#define NO_BREAK     "\302\240"     /* U+00A0 */
#define NARROW_BLANK "\342\200\257" /* U+202F */

/* What may stand before or behind an amount. Other letters may be those of a code: "P123". */
static const char *const currencies[] = {
  "US$",
  "R$",
  "C$",
  "A$",
  "NZ$",
  "HK$",
  "$",
  "\342\202\254" /* euro */,
  "\302\243" /* pound */,
  "\302\245" /* yen */,
  "\342\202\271" /* rupee */,
  "\342\202\251" /* won */,
  "\342\202\275" /* ruble */,
  "\342\202\272" /* lira */,
  "z\305\202",
  "kr.",
  "kr",
  "K\304\215",
  "Ft",
  "Fr.",
  "USD",
  "EUR",
  "GBP",
  "JPY",
  "CHF",
  "CAD",
  "AUD",
  "NZD",
  "CNY",
  "INR",
  "SEK",
  "NOK",
  "DKK",
  "PLN",
  "CZK",
  "HUF",
  "RUB",
  "TRY",
  "BRL",
  "MXN",
  "KRW",
  "SGD",
  "HKD",
  "ILS",
};
static const char *const shares[] = { "%", "\342\200\260" /* per mille */ };
static const char *const blanks[] = { BLANK, NO_BREAK, NARROW_BLANK };
static const char *const groups[2][5] = { { ",", BLANK, NO_BREAK, NARROW_BLANK, "'" },
                                          { ".", BLANK, NO_BREAK, NARROW_BLANK, "'" } };

static gboolean
begins_with (const char *text, gsize n, const char *part)
{
  gsize length = strlen (part);

  return length <= n && memcmp (text, part, length) == 0;
}

static gsize
measure_blank (const char *text, gsize n)
{
  for (gsize i = 0; i < G_N_ELEMENTS (blanks); i++)
    if (begins_with (text, n, blanks[i]))
      return strlen (blanks[i]);
  return 0;
}

static gsize
measure_one_of (const char *const *names, gsize n_names, const char *text, gsize n)
{
  for (gsize i = 0; i < n_names; i++)
    if (begins_with (text, n, names[i]))
      return strlen (names[i]);
  return 0;
}

static gboolean
read_prefix (GenesisNumberStyle *style, const char **at, const char *end)
{
  gsize n = measure_one_of (currencies, G_N_ELEMENTS (currencies), *at, (gsize)(end - *at));

  if (n > 0)
    n += measure_blank (*at + n, (gsize)(end - *at) - n);
  if (n > GENESIS_NUMBER_STYLE_MAX_AFFIX)
    return FALSE;
  memcpy (style->prefix, *at, n);
  *at += n;
  return TRUE;
}

/* at: where the digits end. */
static gboolean
read_suffix (GenesisNumberStyle *style, const char *at, const char *end)
{
  gsize n = (gsize)(end - at);
  gsize blank = measure_blank (at, n);
  gsize name = measure_one_of (currencies, G_N_ELEMENTS (currencies), at + blank, n - blank);

  if (name == 0)
    name = measure_one_of (shares, G_N_ELEMENTS (shares), at + blank, n - blank);
  if (blank + name != n || (name == 0 && n > 0) || n > GENESIS_NUMBER_STYLE_MAX_AFFIX)
    return FALSE;
  memcpy (style->suffix, at, n);
  return TRUE;
}

static gboolean
read_group (GenesisNumberReading *self, const char *text, gsize n)
{
  gboolean is_comma = self->style.mark == ',';

  for (gsize i = 0; i < G_N_ELEMENTS (groups[0]); i++)
    if (g_strstr_len (text, (gssize)n, groups[is_comma][i]) != NULL)
      {
        if (self->style.group[0] != 0)
          return FALSE;
        g_strlcpy (self->style.group, groups[is_comma][i], sizeof self->style.group);
      }
  return TRUE;
}

/* The plain number may not be a code, "007", nor have an exponent. */
static gboolean
is_plain_number (const char *text, gsize n)
{
  gsize n_marks = 0, n_digits = 0;

  if (n > 1 && text[0] == '0' && g_ascii_isdigit (text[1]))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    {
      n_marks += text[i] == '.';
      n_digits += g_ascii_isdigit (text[i]);
    }
  return n_marks <= 1 && n_digits >= 1 && n_marks + n_digits == n && text[n - 1] != '.';
}

static gboolean
read_number (GenesisNumberReading *self, const char *text, gsize n, const char *body, gsize n_body)
{
  const char *plain = self->plain;
  gsize n_whole;

  if (!read_group (self, body, n_body)
      || !genesis_number_style_undress (&self->style, text, n, self->plain, &self->n_plain))
    return FALSE;
  self->is_negative = plain[0] == '-';
  plain += self->is_negative || plain[0] == '+';
  if (!is_plain_number (plain, self->n_plain - (gsize)(plain - self->plain)))
    return FALSE;
  for (n_whole = 0; plain + n_whole < self->plain + self->n_plain && plain[n_whole] != '.';)
    n_whole++;
  self->is_large = n_whole > 3;
  return !(self->style.group[0] != 0 && plain[0] == '0');
}

/* Where the number itself begins and ends, and how its sign is written. */
static gboolean
read_frame (GenesisNumberStyle *style, const char *text, gsize n, const char **body, gsize *n_body)
{
  const char *at = text, *end = text + n, *last;
  gboolean has_sign = *at == '-' || *at == '+';

  if (*at == '(' && end[-1] == ')')
    {
      style->negative = GENESIS_NUMBER_NEGATIVE_PARENS;
      end--;
    }
  at += has_sign || style->negative == GENESIS_NUMBER_NEGATIVE_PARENS ? 1 : 0;
  if (!read_prefix (style, &at, end) || at == end)
    return FALSE;
  if (!has_sign && *at == '-' && style->negative == GENESIS_NUMBER_NEGATIVE_FRONT)
    {
      style->negative = GENESIS_NUMBER_NEGATIVE_INNER;
      at++;
    }
  for (last = end; last > at && !g_ascii_isdigit (last[-1]);)
    last--;
  *body = at;
  *n_body = (gsize)(last - at);
  return last > at && (g_ascii_isdigit (*at) || *at == '.' || *at == ',')
         && read_suffix (style, last, end);
}

guint
genesis_number_style_detect (const char *text, gsize n, GenesisNumberReading readings[2])
{
  GenesisNumberStyle frame = { .mark = '.' };
  const char *body;
  gsize n_body;
  guint n_readings = 0;

  if (n < 2 || n >= 48 || !read_frame (&frame, text, n, &body, &n_body))
    return 0;
  for (int is_comma = 0; is_comma < 2; is_comma++)
    {
      GenesisNumberReading *reading = &readings[n_readings];

      *reading = (GenesisNumberReading){ .style = frame };
      reading->style.mark = is_comma ? ',' : '.';
      n_readings += read_number (reading, text, n, body, n_body) ? 1 : 0;
    }
  return n_readings;
}
