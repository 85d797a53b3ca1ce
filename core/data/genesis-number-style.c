/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-number-style-private.h"

#include <string.h>

#include "data/genesis-number-private.h"

/* -- formats --------------------------------------------------------------------------- */

static gboolean
read_affix (char *affix, const char **at, const char *end_chars)
{
  gsize n = strcspn (*at, end_chars);

  if (n > GENESIS_NUMBER_STYLE_MAX_AFFIX)
    return FALSE;
  memcpy (affix, *at, n);
  affix[n] = 0;
  *at += n;
  return TRUE;
}

/* "0", "#" or "#,##0". */
static gboolean
read_whole (GenesisNumberStyle *self, const char **at)
{
  const char *body = *at + 1;
  const char *rest = **at == '#' ? strstr (body, "##0") : NULL;

  if (rest != NULL && rest > body && rest - body <= 3)
    {
      memcpy (self->group, body, (gsize)(rest - body));
      *at = rest + 3;
      return strpbrk (self->group, "0123456789#;+-") == NULL;
    }
  self->is_bare = **at == '#';
  if (**at != '0' && **at != '#')
    return FALSE;
  (*at)++;
  return TRUE;
}

static void
read_decimals (GenesisNumberStyle *self, const char **at)
{
  const char *digits = *at + 1;

  if ((**at != '.' && **at != ',') || (*digits != '0' && *digits != '#'))
    return;
  self->mark = **at;
  self->kept = (int)strspn (digits, "0");
  self->decimals = self->kept + (int)strspn (digits + self->kept, "#");
  *at = digits + self->decimals;
}

static void
read_exponent (GenesisNumberStyle *self, const char **at)
{
  const char *c = *at;

  if ((c[0] != 'E' && c[0] != 'e') || (c[1] != '+' && c[1] != '-') || c[2] != '0')
    return;
  self->exponent = c[0];
  self->exponent_plus = c[1] == '+';
  self->exponent_digits = (int)strspn (c + 2, "0");
  *at = c + 2 + self->exponent_digits;
}

/* Affixes that could be taken for a part of the number are none; "#,###" would mean thousands to
   some and decimals to others. */
static gboolean
is_sound (const GenesisNumberStyle *self)
{
  const char *digits = "0123456789()+-\"\r\n";

  if (strpbrk (self->prefix, digits) != NULL || strpbrk (self->suffix, digits) != NULL
      || (self->suffix[0] != 0 && strchr (".,'", self->suffix[0]) != NULL))
    return FALSE;
  if (self->decimals > 17 || self->exponent_digits > 3 || (self->is_bare && self->mark == ',')
      || (self->group[0] != 0 && (self->is_bare || self->group[0] == self->mark)))
    return FALSE;
  return self->exponent == 0
         || (self->group[0] == 0 && self->kept == self->decimals && !self->is_bare);
}

gboolean
genesis_number_style_read (GenesisNumberStyle *self, const char *format)
{
  g_autofree char *again = NULL;
  const char *at = format, *negative = strchr (format, ';');

  *self = (GenesisNumberStyle){ .mark = '.' };
  if (!g_utf8_validate (format, -1, NULL) || !read_affix (self->prefix, &at, "#0+;"))
    return FALSE;
  self->has_plus = *at == '+';
  at += self->has_plus ? 1 : 0;
  if (!read_whole (self, &at))
    return FALSE;
  if (strcmp (self->group, ".") == 0)
    self->mark = ',';
  read_decimals (self, &at);
  read_exponent (self, &at);
  if (!read_affix (self->suffix, &at, "#0;") || (*at != 0 && *at != ';'))
    return FALSE;
  if (negative != NULL)
    self->negative =
        negative[1] == '(' ? GENESIS_NUMBER_NEGATIVE_PARENS : GENESIS_NUMBER_NEGATIVE_INNER;
  self->is_plain = *self->prefix == 0 && *self->suffix == 0 && self->group[0] == 0
                   && self->mark == '.' && self->negative == GENESIS_NUMBER_NEGATIVE_FRONT;
  if (!is_sound (self))
    return FALSE;
  again = genesis_number_style_dup_format (self);
  return g_str_equal (again, format);
}

static void
append_body (const GenesisNumberStyle *self, GString *to)
{
  const char *last = self->is_bare ? "#" : "0";

  if (self->group[0] != 0)
    g_string_append_printf (to, "#%s##", self->group);
  g_string_append (to, last);
  if (self->decimals > 0)
    g_string_append_c (to, self->mark);
  for (int i = 0; i < self->decimals; i++)
    g_string_append_c (to, i < self->kept ? '0' : '#');
  if (self->exponent == 0)
    return;
  g_string_append_c (to, self->exponent);
  g_string_append_c (to, self->exponent_plus ? '+' : '-');
  for (int i = 0; i < self->exponent_digits; i++)
    g_string_append_c (to, '0');
}

char *
genesis_number_style_dup_format (const GenesisNumberStyle *self)
{
  g_autoptr (GString) body = g_string_new (NULL);
  GString *format = g_string_new (self->prefix);

  append_body (self, body);
  g_string_append (format, self->has_plus ? "+" : "");
  g_string_append_printf (format, "%s%s", body->str, self->suffix);
  if (self->negative == GENESIS_NUMBER_NEGATIVE_INNER)
    g_string_append_printf (format, ";%s-%s%s", self->prefix, body->str, self->suffix);
  else if (self->negative == GENESIS_NUMBER_NEGATIVE_PARENS)
    g_string_append_printf (format, ";(%s%s%s)", self->prefix, body->str, self->suffix);
  return g_string_free (format, FALSE);
}

/* -- texts ------------------------------------------------------------------------------- */

/* Moves past affix at the beginning; an empty one is always there. */
static gboolean
skip (const char **at, const char *end, const char *affix)
{
  gsize n = strlen (affix);

  if ((gsize)(end - *at) < n || memcmp (*at, affix, n) != 0)
    return FALSE;
  *at += n;
  return TRUE;
}

static gboolean
skip_end (const char *at, const char **end, const char *affix)
{
  gsize n = strlen (affix);

  if ((gsize)(*end - at) < n || memcmp (*end - n, affix, n) != 0)
    return FALSE;
  *end -= n;
  return TRUE;
}

/* Copies digits with their thousands, mark and exponent as a plain number. Thousands stand at each
   third digit or nowhere. */
static gboolean
copy_body (const GenesisNumberStyle *self, const char *at, const char *end, char *to, gsize *n)
{
  gsize since_group = 0, n_group = strlen (self->group);
  gboolean grouped = FALSE;

  for (; at < end && *at != self->mark; since_group++)
    {
      if (*n >= GENESIS_NUMBER_STYLE_TEXT_MAX - 2)
        return FALSE;
      if (g_ascii_isdigit (*at))
        to[(*n)++] = *at++;
      else if (n_group > 0 && (gsize)(end - at) > n_group && memcmp (at, self->group, n_group) == 0)
        {
          if (grouped ? since_group != 3 : since_group < 1 || since_group > 3)
            return FALSE;
          grouped = TRUE;
          since_group = (gsize)-1;
          at += n_group;
        }
      else
        break;
    }
  if (grouped && since_group != 3)
    return FALSE;
  for (gboolean first = TRUE; at < end; at++, first = FALSE)
    {
      gboolean is_mark = first && *at == self->mark;

      if (*n >= GENESIS_NUMBER_STYLE_TEXT_MAX - 2 || (!is_mark && (*at == '.' || *at == ',')))
        return FALSE;
      to[(*n)++] = is_mark ? '.' : *at;
    }
  return TRUE;
}

gboolean
genesis_number_style_undress (const GenesisNumberStyle *self, const char *text, gsize n,
                              char *plain, gsize *n_plain)
{
  const char *at = text, *end = text + n;
  gboolean negative = FALSE, has_sign = FALSE, has_plus = FALSE;

  if (n >= 2 && *at == '(' && end[-1] == ')')
    {
      negative = has_sign = TRUE;
      at++;
      end--;
    }
  else if (n > 0 && (*at == '-' || *at == '+'))
    {
      has_sign = TRUE;
      has_plus = *at == '+';
      negative = *at++ == '-';
    }
  if (!skip (&at, end, self->prefix) || !skip_end (at, &end, self->suffix) || at == end)
    return FALSE;
  if (!has_sign && (*at == '-' || *at == '+'))
    {
      has_plus = *at == '+';
      negative = *at++ == '-';
    }
  *n_plain = 0;
  if (negative || has_plus)
    plain[(*n_plain)++] = negative ? '-' : '+';
  return at < end && (g_ascii_isdigit (*at) || *at == self->mark)
         && copy_body (self, at, end, plain, n_plain);
}

/* Cuts zeros at the end of the decimals as far as none is kept, and the point when none is left. */
static gsize
trim (const GenesisNumberStyle *self, const char *text, gsize n)
{
  for (int i = self->decimals; i > self->kept && text[n - 1] == '0'; i--)
    n--;
  return text[n - 1] == '.' ? n - 1 : n;
}

static gsize
append (char *to, gsize n, const char *text, gsize length)
{
  memcpy (to + n, text, length);
  return n + length;
}

gsize
genesis_number_style_dress (const GenesisNumberStyle *self, char *text, gsize n)
{
  char plain[GENESIS_NUMBER_STYLE_TEXT_MAX];
  gboolean negative = text[0] == '-';
  const char *at = plain + (negative ? 1 : 0);
  gsize n_whole, to = 0;
  gboolean is_zero;

  memcpy (plain, text, n);
  n = trim (self, plain, n);
  n -= negative ? 1 : 0;
  for (n_whole = 0; n_whole < n && at[n_whole] != '.';)
    n_whole++;
  is_zero = TRUE;
  for (gsize i = 0; i < n; i++)
    is_zero &= at[i] == '0' || at[i] == '.';
  if (negative && self->negative != GENESIS_NUMBER_NEGATIVE_INNER)
    text[to++] = self->negative == GENESIS_NUMBER_NEGATIVE_PARENS ? '(' : '-';
  to = append (text, to, self->prefix, strlen (self->prefix));
  if (negative && self->negative == GENESIS_NUMBER_NEGATIVE_INNER)
    text[to++] = '-';
  if (!negative && self->has_plus && !is_zero)
    text[to++] = '+';
  for (gsize i = 0; i < n_whole; i++)
    {
      if (i > 0 && (n_whole - i) % 3 == 0)
        to = append (text, to, self->group, strlen (self->group));
      if (!(self->is_bare && !is_zero && n_whole == 1 && at[0] == '0' && n > 1))
        text[to++] = at[i];
    }
  for (gsize i = n_whole; i < n; i++)
    text[to++] = i == n_whole ? self->mark : at[i];
  to = append (text, to, self->suffix, strlen (self->suffix));
  if (negative && self->negative == GENESIS_NUMBER_NEGATIVE_PARENS)
    text[to++] = ')';
  return to;
}

/* The library's exponent has a sign and two digits or more. */
gsize
genesis_number_style_write_exponent (const GenesisNumberStyle *self, double value, char *to)
{
  char format[16], buffer[GENESIS_NUMBER_STYLE_TEXT_MAX];
  char *e, *digits;
  gsize n;

  g_snprintf (format, sizeof format, "%%.%de", self->decimals);
  g_ascii_formatd (buffer, sizeof buffer, format, value);
  e = strchr (buffer, 'e');
  n = append (to, 0, buffer, (gsize)(e - buffer));
  to[n++] = self->exponent;
  if (e[1] == '-' || self->exponent_plus)
    to[n++] = e[1];
  for (digits = e + 2; *digits == '0' && (int)strlen (digits) > self->exponent_digits;)
    digits++;
  for (int i = (int)strlen (digits); i < self->exponent_digits; i++)
    to[n++] = '0';
  return genesis_number_style_dress (&(GenesisNumberStyle){ .mark = '.',
                                                            .has_plus = self->has_plus },
                                     to, append (to, n, digits, strlen (digits)));
}

gsize
genesis_number_style_write_real (const GenesisNumberStyle *self, double value, char *to)
{
  gsize n;

  if (self->exponent != 0)
    return genesis_number_style_write_exponent (self, value, to);
  n = genesis_number_format_real (value, to);
  if (memchr (to, '.', n) == NULL && memchr (to, 'e', n) == NULL)
    n = append (to, n, ".0", 2);
  return n;
}
