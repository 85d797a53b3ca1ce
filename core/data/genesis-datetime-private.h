/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Exact date and time text <-> microseconds since 1970, by a pattern made of tokens (see
   GenesisDatetimeTokenKind) and the marks between them, as "YYYY-MM-DD", "DD/MM/YYYY hh:mm",
   "D Mon YYYY", "h:mm AM" or "[hh]:mm:ss"; no locale, no time zone database. A time without a date
   is one of 1970-01-01; a duration counts from zero. "Z", "UTC" and an offset in digits are kept as
   text; with "+hh:mm" the offset of each cell is computed, and written as zero. */

#define GENESIS_DATETIME_MIN_US G_GINT64_CONSTANT (-62135596800000000) /* 0001-01-01 */
#define GENESIS_DATETIME_MAX_US                                                                    \
  G_GINT64_CONSTANT (253402300799999999) /* 9999-12-31 23:59:59.999999 */
#define GENESIS_DATETIME_TEXT_MAX 60

/* Microseconds of the last place that a pattern shows; 0: not a pattern. */
gint64 genesis_datetime_get_tick (const char *pattern);
/* The first and the last time that a pattern can show. */
void genesis_datetime_get_range (const char *pattern, gint64 *min, gint64 *max);
gboolean genesis_datetime_parse (const char *pattern, const char *text, gsize n, gint64 *us);

/* The numbers of a date that may be written without a leading zero, as D, M and h. */
typedef enum
{
  GENESIS_DATETIME_PLACE_DAY,
  GENESIS_DATETIME_PLACE_MONTH,
  GENESIS_DATETIME_PLACE_HOUR,
  GENESIS_DATETIME_N_PLACES
} GenesisDatetimePlace;

/**
 * GenesisDatetimeSpelling:
 * @n_fraction: digits of the second's fraction
 * @zeros, @bare: by place: whether a pattern's D, M or h stands for "05" or for "5"; neither for
 *   "15"
 *
 * What texts that one pattern reads do not have alike.
 */
typedef struct
{
  int n_fraction;
  guint8 zeros[GENESIS_DATETIME_N_PLACES], bare[GENESIS_DATETIME_N_PLACES];
} GenesisDatetimeSpelling;

/* The same, for texts that have more or fewer digits in a second's fraction than pattern, or none,
   and with or without leading zeros where pattern has D, M or h. */
gboolean genesis_datetime_parse_loosely (const char *pattern, const char *text, gsize n, gint64 *us,
                                         GenesisDatetimeSpelling *spelling);
/* The same, and without leading zeros where pattern has DD, MM or hh, unless a digit may stand
   beside them: what one system pads another does not. */
gboolean genesis_datetime_parse_cell (const char *pattern, const char *text, gsize n, gint64 *us);
/* Writes at most GENESIS_DATETIME_TEXT_MAX bytes without a final NUL; returns how many. */
gsize genesis_datetime_format (const char *pattern, gint64 us, char *to);

/* The order of year, month and day in a pattern, as "DMY"; "" without a date. */
void genesis_datetime_get_order (const char *pattern, char order[4]);
/* The pattern with DD, MM or hh instead of D, M or h. */
char *genesis_datetime_dup_padded (const char *pattern,
                                   const gboolean is_padded[GENESIS_DATETIME_N_PLACES]);
/* Takes those out of a list that are another one without its leading zeros. */
void genesis_datetime_drop_unpadded (GPtrArray *patterns);
/* The pattern with so many digits of a second's fraction. */
char *genesis_datetime_dup_with_fraction (const char *pattern, int n_fraction);

#define GENESIS_DATETIME_PATTERN_MAX 128 /* with its final NUL, of what detection finds */

/* One way to read a text. */
typedef struct
{
  char pattern[GENESIS_DATETIME_PATTERN_MAX]; /* without the digits of a fraction behind a point */
  gint64 us;
  GenesisDatetimeSpelling spelling;
} GenesisDatetimeReading;

#define GENESIS_DATETIME_MAX_READINGS 24
/* What a pattern of detection ends in when a zone has a name: such a time is not computed. */
#define GENESIS_DATETIME_NAMED_ZONE " zone"

/* All patterns that text fits. Day and month are never guessed: "01/02/2024" has both readings. */
guint genesis_datetime_detect (const char *text, gsize n,
                               GenesisDatetimeReading readings[GENESIS_DATETIME_MAX_READINGS]);

G_END_DECLS
