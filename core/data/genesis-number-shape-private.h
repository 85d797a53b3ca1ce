/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisNumberShape:
 * @mantissa: without its trailing zeros; 0 for zero
 * @exponent: value = mantissa * 10^exponent; 0 for zero
 * @exact: at most 19 digits, so that mantissa and exponent are the number
 * @printed: digits after the point, or needed for a number with an exponent
 * @needed: digits after the point that are not trailing zeros
 * @is_code: written with a leading zero ("007"): as a number it would lose its spelling
 * @is_bare: nothing before the point, ".7"; @has_zero_point: "0.7"
 * @exponent_letter: 'E' or 'e', 0 without
 * @exponent_plus: 1 "E+05", 2 "E05", 0 when the exponent is negative
 * @exponent_digits: digits that the exponent surely has at least, 0 when they do not tell
 * @is_normal: one digit before the point, which is 0 only for zero
 *
 * A number as its text shows it.
 */
typedef struct
{
  gboolean negative, exact, is_code, is_bare, has_zero_point, has_plus, has_minus, is_normal;
  int exponent_letter, exponent_plus, exponent_digits, mantissa_decimals;
  guint64 mantissa;
  int exponent, printed, needed;
} GenesisNumberShape;

/* sign? digits? ('.' digits?)? ((e|E) sign? digits)?, at least one digit in the mantissa, no
   blanks. */
gboolean genesis_number_shape_read (GenesisNumberShape *self, const char *text, gsize n);
/* Whether the double next to the number, which is value, is written with other digits. */
gboolean genesis_number_shape_is_rounded (const GenesisNumberShape *self, double value);
/* The number in units of 10^-decimals; false when it needs more decimals or leaves 64 bits. */
gboolean genesis_number_shape_units (const GenesisNumberShape *self, int decimals, gint64 *units);

G_END_DECLS
