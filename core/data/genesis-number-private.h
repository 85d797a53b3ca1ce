/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Numbers as text, exact and without the locale. Grammar of a decimal: sign? digits? ('.'
   digits?)?, at least one digit; of a real: the same with an exponent (e or E, sign?, digits). No
   blanks, no grouping, no inf, nan or hex. */

#define GENESIS_NUMBER_TEXT_MAX     32
#define GENESIS_NUMBER_MAX_DECIMALS 9

/* value in units of 10^-decimals (0 to 9). False: not a decimal, too large for int64, or a digit
   other than 0 beyond decimals ("63.0" fits 0 decimals, "63.5" does not). */
gboolean genesis_number_parse_decimal (const char *text, gsize n, int decimals, gint64 *value);
/* Always with exactly that many decimals. Writes at most GENESIS_NUMBER_TEXT_MAX bytes, no NUL;
   returns how many. */
gsize genesis_number_format_decimal (gint64 value, int decimals, char *to);
/* Correctly rounded; false: not a real, or beyond the range of double. -0 becomes 0. */
gboolean genesis_number_parse_real (const char *text, gsize n, double *value);
/* The shortest of 15, 16 or 17 digits that reads back as value, which must be finite. Same limits
   as above. */
gsize genesis_number_format_real (double value, char *to);
/* 10^exponent for 0 to 18. */
gint64 genesis_number_power_of_ten (int exponent);

G_END_DECLS
