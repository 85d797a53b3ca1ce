/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-number-shape-private.h"

#include "data/genesis-number-private.h"

#define MAX_DIGITS   19
#define MAX_SHIFT    18
#define MAX_EXPONENT 100000

/* A double keeps 15 digits, whatever they are. */
#define EXACT_MANTISSA_END G_GUINT64_CONSTANT (1000000000000000)

/**
 * Digits:
 * @n: digits in all
 * @n_significant: from the first that is not zero
 * @last: place of the last digit that is not zero, counted from the first digit, or -1
 * @n_behind: digits behind the point
 */
typedef struct
{
  gsize n, n_significant, last, n_behind;
  gboolean has_nonzero, leading_zero;
} Digits;

/* Reads digits with at most one point among them; returns where they end. */
static gsize
read_digits (Digits *digits, const char *text, gsize n, gsize at)
{
  gboolean seen_point = FALSE;
  gsize first = at;

  for (; at < n; at++)
    {
      if (text[at] == '.' && !seen_point)
        seen_point = TRUE;
      else if (g_ascii_isdigit (text[at]))
        {
          digits->n_behind += seen_point;
          if (text[at] != '0')
            {
              digits->has_nonzero = TRUE;
              digits->last = digits->n;
            }
          digits->n_significant += digits->has_nonzero;
          digits->n++;
        }
      else
        break;
    }
  digits->leading_zero = at - first >= 2 && text[first] == '0' && g_ascii_isdigit (text[first + 1]);
  return at;
}

static gboolean
read_exponent (const char *text, gsize n, gsize at, int *exponent)
{
  gboolean negative = FALSE;
  int value = 0;

  if (at == n)
    return TRUE;
  if (text[at] != 'e' && text[at] != 'E')
    return FALSE;
  at++;
  if (at < n && (text[at] == '-' || text[at] == '+'))
    negative = text[at++] == '-';
  if (at == n)
    return FALSE;
  for (; at < n; at++)
    {
      if (!g_ascii_isdigit (text[at]))
        return FALSE;
      value = MIN (value * 10 + (text[at] - '0'), MAX_EXPONENT);
    }
  *exponent = negative ? -value : value;
  return TRUE;
}

/* The digits up to the last that is not zero, as an integer. */
static guint64
collect_mantissa (const Digits *digits, const char *text)
{
  guint64 mantissa = 0;
  gsize seen = 0;

  for (; seen <= digits->last; text++)
    if (*text != '.')
      {
        mantissa = mantissa * 10 + (guint64)(*text - '0');
        seen++;
      }
  return mantissa;
}

/* How the exponent at a place is written. */
static void
note_exponent (GenesisNumberShape *self, const char *text, gsize n, gsize at)
{
  gboolean has_sign = text[at + 1] == '-' || text[at + 1] == '+';
  gsize first = at + 1 + has_sign, n_digits = n - first;

  self->exponent_letter = text[at];
  self->exponent_plus = text[at + 1] == '-' ? 0 : (text[at + 1] == '+' ? 1 : 2);
  if (n_digits == 1 || text[first] == '0')
    self->exponent_digits = (int)MIN (n_digits, 4);
  self->mantissa_decimals = self->printed;
}

gboolean
genesis_number_shape_read (GenesisNumberShape *self, const char *text, gsize n)
{
  Digits digits = { 0 };
  gsize first = n > 0 && (text[0] == '-' || text[0] == '+');
  gsize at = read_digits (&digits, text, n, first);
  int exponent = 0;

  if (digits.n == 0 || digits.n > G_MAXINT / 2 || !read_exponent (text, n, at, &exponent))
    return FALSE;
  *self = (GenesisNumberShape){ .exact = TRUE,
                                .is_code = digits.leading_zero,
                                .printed = (int)digits.n_behind };
  if (digits.has_nonzero)
    {
      gsize n_trailing = digits.n - 1 - digits.last;

      self->negative = text[0] == '-';
      self->exact = digits.n_significant - n_trailing <= MAX_DIGITS;
      self->mantissa = self->exact ? collect_mantissa (&digits, text + first) : G_MAXUINT64;
      self->exponent = exponent - (int)digits.n_behind + (int)n_trailing;
      self->needed = MAX (0, -self->exponent);
    }
  self->has_plus = text[0] == '+';
  self->has_minus = text[0] == '-';
  self->is_bare = text[first] == '.';
  self->has_zero_point = digits.has_nonzero && digits.n - digits.n_behind == 1 && text[first] == '0'
                         && digits.n_behind > 0;
  self->is_normal = digits.n - digits.n_behind == 1 && (text[first] != '0' || !digits.has_nonzero);
  if (at < n)
    {
      note_exponent (self, text, n, at);
      self->printed = self->needed;
    }
  return TRUE;
}

gboolean
genesis_number_shape_units (const GenesisNumberShape *self, int decimals, gint64 *units)
{
  const guint64 largest = (guint64)G_MAXINT64 + (self->negative ? 1 : 0);
  int shift = self->exponent + decimals;
  guint64 power, magnitude;

  if (self->mantissa == 0)
    {
      *units = 0;
      return TRUE;
    }
  if (!self->exact || shift < 0 || shift > MAX_SHIFT)
    return FALSE;
  power = (guint64)genesis_number_power_of_ten (shift);
  if (self->mantissa > largest / power)
    return FALSE;
  magnitude = self->mantissa * power;
  *units = (gint64)(self->negative ? -magnitude : magnitude);
  return TRUE;
}

gboolean
genesis_number_shape_is_rounded (const GenesisNumberShape *self, double value)
{
  char text[GENESIS_NUMBER_TEXT_MAX];
  GenesisNumberShape shown;

  if (self->mantissa < EXACT_MANTISSA_END)
    return FALSE;
  return !self->exact
         || !genesis_number_shape_read (&shown, text, genesis_number_format_real (value, text))
         || shown.mantissa != self->mantissa || shown.exponent != self->exponent;
}
