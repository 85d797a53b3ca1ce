/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GENESIS_NUMBER_STYLE_MAX_AFFIX 8
#define GENESIS_NUMBER_STYLE_TEXT_MAX  64

typedef enum
{
  GENESIS_NUMBER_NEGATIVE_FRONT, /* "-$5" */
  GENESIS_NUMBER_NEGATIVE_INNER, /* "$-5" */
  GENESIS_NUMBER_NEGATIVE_PARENS /* "($5)" */
} GenesisNumberNegative;

/**
 * GenesisNumberStyle:
 * @prefix, @suffix: as "$" and " EUR"; kept as text, no unit is computed: "12.5%" is 12.5
 * @group: between thousands, or ""
 * @mark: before the decimals: '.' or ','
 * @decimals: at most
 * @kept: of those, that are there even when they are zeros
 * @is_bare: ".7" for 0.7
 * @has_plus: "+5" for 5
 * @exponent: 'E' or 'e' when there is one; else 0
 * @exponent_plus: "E+01", not "E01"
 * @exponent_digits: at least
 * @is_plain: what it writes is a plain number, so that texts need no undressing
 *
 * How the numbers of a column are dressed, as "$#,##0.00", "0,00 EUR", "0.0##", "#.0", "0.00E+00"
 * or "0.00;(0.00)": '0' is a digit that is always there, '#' one that is there if needed.
 */
typedef struct
{
  char prefix[GENESIS_NUMBER_STYLE_MAX_AFFIX + 1];
  char suffix[GENESIS_NUMBER_STYLE_MAX_AFFIX + 1];
  char group[4];
  char mark;
  int decimals, kept;
  gboolean is_bare, has_plus;
  char exponent;
  gboolean exponent_plus;
  int exponent_digits;
  GenesisNumberNegative negative;
  gboolean is_plain;
} GenesisNumberStyle;

/* False: format is none. */
gboolean genesis_number_style_read (GenesisNumberStyle *self, const char *format);
char *genesis_number_style_dup_format (const GenesisNumberStyle *self);

/* The plain number in a dressed text; false when it is dressed otherwise. plain takes
   GENESIS_NUMBER_STYLE_TEXT_MAX bytes. */
gboolean genesis_number_style_undress (const GenesisNumberStyle *self, const char *text, gsize n,
                                       char *plain, gsize *n_plain);
/* Dresses a plain decimal of n bytes in place; text has room for GENESIS_NUMBER_STYLE_TEXT_MAX.
   Returns the new length. */
gsize genesis_number_style_dress (const GenesisNumberStyle *self, char *text, gsize n);
/* A double with an exponent, of a style that has one. */
gsize genesis_number_style_write_exponent (const GenesisNumberStyle *self, double value, char *to);
/* A finite double: with the exponent of the style; of "0.0" the shortest text that reads back, with
   a point at least. */
gsize genesis_number_style_write_real (const GenesisNumberStyle *self, double value, char *to);

/**
 * GenesisNumberReading:
 * @style: of this text alone: prefix, suffix, mark, group and the form of a negative number
 * @plain: the number
 * @is_large: has a thousand or more
 *
 * One way to read a dressed number.
 */
typedef struct
{
  GenesisNumberStyle style;
  char plain[GENESIS_NUMBER_STYLE_TEXT_MAX];
  gsize n_plain;
  gboolean is_large, is_negative;
} GenesisNumberReading;

/* How text may be read as a number with currency, percent or thousands: first with '.' before the
   decimals, then with ','. "1,234" is both. Returns how many. */
guint genesis_number_style_detect (const char *text, gsize n, GenesisNumberReading readings[2]);

G_END_DECLS
