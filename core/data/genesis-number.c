/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-number-private.h"

#include <errno.h>
#include <math.h>
#include <string.h>

/* Integers up to here, and powers of ten up to 10^22, are doubles exactly: one division or product
   of the two is then rounded once, which is the correct rounding of the decimal (Clinger 1990). */
#define MAX_EXACT_INTEGER (G_GUINT64_CONSTANT (1) << 53)
#define MAX_EXACT_POWER   22

/* Digits of which the shortest text that reads back is surely the only one. */
#define SAFE_DIGITS_END G_GINT64_CONSTANT (1000000000000000)

static const gint64 powers_of_ten[19] = {
  G_GINT64_CONSTANT (1),
  G_GINT64_CONSTANT (10),
  G_GINT64_CONSTANT (100),
  G_GINT64_CONSTANT (1000),
  G_GINT64_CONSTANT (10000),
  G_GINT64_CONSTANT (100000),
  G_GINT64_CONSTANT (1000000),
  G_GINT64_CONSTANT (10000000),
  G_GINT64_CONSTANT (100000000),
  G_GINT64_CONSTANT (1000000000),
  G_GINT64_CONSTANT (10000000000),
  G_GINT64_CONSTANT (100000000000),
  G_GINT64_CONSTANT (1000000000000),
  G_GINT64_CONSTANT (10000000000000),
  G_GINT64_CONSTANT (100000000000000),
  G_GINT64_CONSTANT (1000000000000000),
  G_GINT64_CONSTANT (10000000000000000),
  G_GINT64_CONSTANT (100000000000000000),
  G_GINT64_CONSTANT (1000000000000000000),
};

static const double exact_powers[MAX_EXACT_POWER + 1] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,
                                                          1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                                          1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
                                                          1e18, 1e19, 1e20, 1e21, 1e22 };

static const char digit_pairs[] =
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839"
    "40414243444546474849505152535455565758596061626364656667686970717273747576777879"
    "8081828384858687888990919293949596979899";

gint64
genesis_number_power_of_ten (int exponent)
{
  g_return_val_if_fail (exponent >= 0 && exponent < (int)G_N_ELEMENTS (powers_of_ten), 0);

  return powers_of_ten[exponent];
}

static inline gboolean
is_digit (char c)
{
  return c >= '0' && c <= '9';
}

/* Appends the digits from at on to *magnitude; false when it leaves 64 bits. */
static inline gboolean
read_digits (const char **at, const char *end, guint64 *magnitude)
{
  guint64 m = *magnitude;
  const char *c = *at;

  for (; c < end && is_digit (*c); c++)
    {
      guint64 digit = (guint64)(*c - '0');

      if (G_UNLIKELY (m >= G_MAXUINT64 / 10 - 1))
        return FALSE;
      m = m * 10 + digit;
    }
  *at = c;
  *magnitude = m;
  return TRUE;
}

/* Reads the digits after the point: the first decimals of them count, the others must be 0. */
static gboolean
read_fraction (const char **at, const char *end, int decimals, guint64 *magnitude)
{
  const char *counted = end - *at > decimals ? *at + decimals : end;
  int missing = decimals;
  const char *start = *at;

  if (!read_digits (at, counted, magnitude))
    return FALSE;
  missing -= (int)(*at - start);
  for (; missing > 0; missing--)
    if (__builtin_mul_overflow (*magnitude, (guint64)10, magnitude))
      return FALSE;
  while (*at < end && **at == '0')
    (*at)++;
  return *at == end;
}

static gboolean
apply_sign (guint64 magnitude, gboolean negative, gint64 *value)
{
  if (magnitude > (guint64)G_MAXINT64 + (negative ? 1 : 0))
    return FALSE;
  *value = (gint64)(negative ? -magnitude : magnitude);
  return TRUE;
}

gboolean
genesis_number_parse_decimal (const char *text, gsize n, int decimals, gint64 *value)
{
  const char *at = text, *end = text + n, *whole;
  guint64 magnitude = 0;
  gboolean negative;
  gsize n_digits;

  if (n == 0)
    return FALSE;
  negative = *at == '-';
  if (negative || *at == '+')
    at++;
  whole = at;
  if (!read_digits (&at, end, &magnitude))
    return FALSE;
  n_digits = (gsize)(at - whole);
  if (at < end && *at == '.')
    {
      at++;
      n_digits += (gsize)(end - at);
    }
  if (n_digits == 0 || !read_fraction (&at, end, decimals, &magnitude))
    return FALSE;
  return apply_sign (magnitude, negative, value);
}

/* Writes the digits of value so that they end before end; returns where they begin. */
static char *
write_digits (guint64 value, char *end)
{
  while (value >= 100)
    {
      end -= 2;
      memcpy (end, digit_pairs + 2 * (value % 100), 2);
      value /= 100;
    }
  if (value >= 10)
    {
      end -= 2;
      memcpy (end, digit_pairs + 2 * value, 2);
    }
  else
    *--end = (char)('0' + value);
  return end;
}

gsize
genesis_number_format_decimal (gint64 value, int decimals, char *to)
{
  char buffer[GENESIS_NUMBER_TEXT_MAX];
  char *end = buffer + sizeof buffer, *at;
  guint64 magnitude = value < 0 ? -(guint64)value : (guint64)value;
  gsize n;

  if (decimals > 0)
    {
      guint64 unit = (guint64)powers_of_ten[decimals];
      char *point = end - decimals - 1;

      at = write_digits (magnitude % unit, end);
      while (at > point + 1)
        *--at = '0';
      *point = '.';
      magnitude /= unit;
      end = point;
    }
  at = write_digits (magnitude, end);
  if (value < 0)
    *--at = '-';
  n = (gsize)(buffer + sizeof buffer - at);
  memcpy (to, at, n);
  return n;
}

typedef struct
{
  guint64 digits;
  int exponent;
  gboolean negative;
  gboolean exact; /* digits hold all that was written */
} Scanned;

/* Checks the grammar and gathers the digits as long as they fit. */
static gboolean
scan_real (const char *at, const char *end, Scanned *scanned)
{
  gsize n_digits = 0;
  gboolean after_point = FALSE;

  *scanned = (Scanned){ .exact = TRUE };
  if (at < end && (*at == '-' || *at == '+'))
    scanned->negative = *at++ == '-';
  for (; at < end && (is_digit (*at) || (*at == '.' && !after_point)); at++)
    {
      if (*at == '.')
        {
          after_point = TRUE;
          continue;
        }
      n_digits++;
      scanned->exact = scanned->exact && scanned->digits < MAX_EXACT_INTEGER / 10;
      if (scanned->exact)
        scanned->digits = scanned->digits * 10 + (guint64)(*at - '0');
      if (scanned->exact && after_point)
        scanned->exponent--;
    }
  if (n_digits == 0)
    return FALSE;
  if (at < end && (*at == 'e' || *at == 'E'))
    {
      scanned->exact = FALSE;
      at++;
      if (at < end && (*at == '-' || *at == '+'))
        at++;
      if (at == end || !is_digit (*at))
        return FALSE;
      while (at < end && is_digit (*at))
        at++;
    }
  return at == end;
}

static gboolean
parse_by_library (const char *text, gsize n, double *value)
{
  char small[64];
  g_autofree char *large = n < sizeof small ? NULL : g_strndup (text, n);
  double result;

  if (large == NULL)
    {
      memcpy (small, text, n);
      small[n] = 0;
    }
  errno = 0;
  result = g_ascii_strtod (large != NULL ? large : small, NULL);
  if (!isfinite (result))
    return FALSE;
  *value = result == 0 ? 0 : result;
  return TRUE;
}

gboolean
genesis_number_parse_real (const char *text, gsize n, double *value)
{
  Scanned scanned;
  double magnitude;

  if (!scan_real (text, text + n, &scanned))
    return FALSE;
  if (!scanned.exact || scanned.exponent < -MAX_EXACT_POWER)
    return parse_by_library (text, n, value);
  magnitude = (double)scanned.digits / exact_powers[-scanned.exponent];
  *value = scanned.negative && magnitude != 0 ? -magnitude : magnitude;
  return TRUE;
}

/* Writes a value that is a decimal of at most 15 digits, as %.15g would; 0 when it is none, or too
   small for that. */
static gsize
format_short (double value, char *to)
{
  if (value != 0 && fabs (value) < 1e-4)
    return 0;
  for (int decimals = 0; decimals <= 18; decimals++)
    {
      double scaled = value * exact_powers[decimals];
      gint64 digits;

      if (fabs (scaled) >= (double)SAFE_DIGITS_END)
        return 0;
      digits = (gint64)rint (scaled);
      if (ABS (digits) < SAFE_DIGITS_END && (double)digits / exact_powers[decimals] == value)
        return genesis_number_format_decimal (digits, decimals, to);
    }
  return 0;
}

gsize
genesis_number_format_real (double value, char *to)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  gsize n;

  g_return_val_if_fail (isfinite (value), 0);

  n = format_short (value, to);
  if (n > 0)
    return n;
  g_ascii_formatd (buffer, sizeof buffer, "%.15g", value);
  if (g_ascii_strtod (buffer, NULL) != value)
    g_ascii_formatd (buffer, sizeof buffer, "%.16g", value);
  if (g_ascii_strtod (buffer, NULL) != value)
    g_ascii_formatd (buffer, sizeof buffer, "%.17g", value);
  n = strlen (buffer);
  memcpy (to, buffer, n);
  return n;
}
