/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GENESIS_DATETIME_TOKEN_LITERAL,
  GENESIS_DATETIME_TOKEN_YEAR,       /* YYYY */
  GENESIS_DATETIME_TOKEN_SHORT_YEAR, /* YY: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068 */
  GENESIS_DATETIME_TOKEN_MONTH,      /* MM, or M without a leading zero */
  GENESIS_DATETIME_TOKEN_MONTH_NAME, /* Mon, MON, mon, Month, MONTH, month: English */
  GENESIS_DATETIME_TOKEN_DAY,        /* DD, D */
  GENESIS_DATETIME_TOKEN_HOUR,       /* hh, h: 0 to 23, or 1 to 12 beside AM */
  GENESIS_DATETIME_TOKEN_OPEN_HOUR,  /* [hh], [h]: hours of a duration, any number */
  GENESIS_DATETIME_TOKEN_MINUTE,     /* mm */
  GENESIS_DATETIME_TOKEN_SECOND,     /* ss */
  GENESIS_DATETIME_TOKEN_FRACTION,   /* .f to .ffffff, or with a comma */
  GENESIS_DATETIME_TOKEN_HALF_DAY,   /* AM, am */
  GENESIS_DATETIME_TOKEN_OFFSET      /* +hh:mm, +hhmm, +hh: of each cell; written as zero */
} GenesisDatetimeTokenKind;

typedef enum
{
  GENESIS_DATETIME_LETTERS_TITLE, /* "Jan" */
  GENESIS_DATETIME_LETTERS_UPPER, /* "JAN" */
  GENESIS_DATETIME_LETTERS_LOWER  /* "jan" */
} GenesisDatetimeLetters;

/**
 * GenesisDatetimeToken:
 * @text, @n: where it stands in the pattern
 * @width: of a number: its digits; 1: without leading zeros
 *
 * One piece of a pattern.
 */
typedef struct
{
  GenesisDatetimeTokenKind kind;
  const char *text;
  guint8 n, width;
  gboolean is_full; /* of a name */
  GenesisDatetimeLetters letters;
} GenesisDatetimeToken;

/* The token that begins at a place of a pattern; false when none does. */
gboolean genesis_datetime_token_read (GenesisDatetimeToken *self, const char *at);

/* The month (1 to 12) whose name begins text, in those letters, or 0. */
int genesis_datetime_token_find_month (const GenesisDatetimeToken *self, const char *text, gsize n);
/* The name of month as the token writes it, appended at to; returns its length. */
gsize genesis_datetime_token_write_month (const GenesisDatetimeToken *self, int month, char *to);

/* Whether what the token stands for begins and ends with a digit. */
gboolean genesis_datetime_token_is_digits (const GenesisDatetimeToken *self);

/* Whether all of pattern is tokens that make one whole date, a time of day, both, or a duration. */
gboolean genesis_datetime_pattern_is_valid (const char *pattern);

G_END_DECLS
