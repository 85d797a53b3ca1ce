/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include "data/genesis-datetime-private.h"
#include "data/genesis-number-style-private.h"

G_BEGIN_DECLS

/**
 * GenesisSpread:
 * @n: how many
 * @gcd: of all differences
 *
 * Integers by their ends and by the step that all of them keep.
 */
typedef struct
{
  guint64 n;
  gint64 min, max;
  guint64 gcd;
} GenesisSpread;

void genesis_spread_add (GenesisSpread *self, gint64 value, guint64 count);
void genesis_spread_merge (GenesisSpread *self, const GenesisSpread *other);

/**
 * GenesisDateFacts:
 * @times: in microseconds, as this pattern reads them
 * @max_fraction, @min_fraction: digits of the seconds' fraction
 * @n_zeros, @n_bare: by GenesisDatetimePlace: how many have a leading zero where the pattern has
 *   D, M or h, and how many could have one
 * @grid: public cell -> count, over the times; NULL when only the ends are told
 *
 * The cells that one pattern of date can read.
 */
typedef struct
{
  GenesisSpread times;
  int min_fraction, max_fraction;
  guint64 n_zeros[GENESIS_DATETIME_N_PLACES], n_bare[GENESIS_DATETIME_N_PLACES];
  GHashTable *grid;
} GenesisDateFacts;

/* An empty table of date pattern -> GenesisDateFacts. */
GHashTable *genesis_date_facts_new_table (void);

/**
 * GenesisAgreement:
 *
 * What all that tell say: 0 nothing yet, -1 different things.
 */
typedef int GenesisAgreement;

/**
 * GenesisNumberLooks:
 * @longest_trailing: the most decimals of a number that has zeros at their end; 0 for none
 * @n_bare, @n_zero_point: ".7" and "0.7"
 * @n_plus, @n_positive: "+5", and all that could have a plus
 * @n_negative_zeros: "-0"
 * @n_rounded: of more digits than a double keeps
 * @n_exponents: with an exponent, after one digit before the point
 * @letter, @plus, @digits, @decimals: of those; decimals is one more than their number
 *
 * How numbers are spelled.
 */
typedef struct
{
  int longest_trailing;
  guint64 n_bare, n_zero_point, n_plus, n_positive, n_negative_zeros, n_rounded, n_exponents;
  GenesisAgreement letter, plus, digits, decimals;
} GenesisNumberLooks;

/**
 * GenesisColumnFacts:
 * @n: cells that are not missing
 * @n_numbers: that read as a number; @n_codes of them with a leading zero
 * @n_texts: that are neither number nor date
 * @printed_min, @printed_max: digits after the point, over numbers
 * @needed_max: digits after the point that are not trailing zeros
 * @integers: the numbers without such digits, those within +-2^62
 * @n_dates: that read as a date or time, but not as a number
 * @dates: date pattern -> GenesisDateFacts, or NULL; a cell counts for each pattern that
 *   it fits, so those that fit all are the ways to read the column
 * @day_numbers: numbers that are days of 1900 to 2099, as 20240131
 * @grid: public cell -> count, over numbers, or NULL
 * @n_amounts: dressed numbers, as "$1,234.50"
 * @amounts: by what they have before, behind and before the decimals, as "$0.0" ->
 *   GenesisAmountFacts, or NULL; an amount counts for each that it fits
 *
 * What is known of a column without its values: sums, extremes, counts. Merging is commutative
 * and associative.
 */
typedef struct
{
  guint64 n, n_numbers, n_codes, n_texts;
  guint64 n_bytes, n_blanks, longest;
  int printed_min, printed_max, needed_max;
  guint64 n_dates;
  GenesisSpread integers, day_numbers;
  GHashTable *dates;
  GenesisNumberLooks looks;
  guint64 n_amounts;
  GHashTable *amounts;
  GHashTable *grid;
} GenesisColumnFacts;

/* Thousands separators that are told apart. */
#define GENESIS_AMOUNT_GROUPS 6

/**
 * GenesisAmountFacts:
 * @numbers: what they are undressed
 * @style: prefix, suffix and mark
 * @n_grouped: by separator of thousands
 * @n_ungrouped: with a thousand or more and no separator
 * @n_negative: by the form of a negative number
 */
typedef struct
{
  GenesisColumnFacts *numbers;
  GenesisNumberStyle style;
  guint64 n_grouped[GENESIS_AMOUNT_GROUPS];
  guint64 n_ungrouped;
  guint64 n_negative[GENESIS_NUMBER_NEGATIVE_PARENS + 1];
} GenesisAmountFacts;

GenesisColumnFacts *genesis_column_facts_new (void);
void genesis_column_facts_free (GenesisColumnFacts *self);
void genesis_column_facts_add (GenesisColumnFacts *self, const char *text, gsize n, guint64 count);
void genesis_column_facts_merge (GenesisColumnFacts *self, const GenesisColumnFacts *other);
/* Merges what other knows of plain numbers, as if it held nothing else. */
void genesis_column_facts_merge_numbers (GenesisColumnFacts *self, const GenesisColumnFacts *other);
/* The lowest and highest populated cells of the grid. */
void genesis_column_facts_get_cells (const GenesisColumnFacts *self, gint32 *first, gint32 *last);
/* The date patterns that fit all dates, sorted; keys of @dates. */
GPtrArray *genesis_column_facts_get_patterns (const GenesisColumnFacts *self);
/* All date patterns that fit some. */
GPtrArray *genesis_column_facts_get_seen_patterns (const GenesisColumnFacts *self);
/* The kinds of amount that fit all amounts, sorted; keys of @amounts. */
GPtrArray *genesis_column_facts_get_amounts (const GenesisColumnFacts *self);
/* All that fit some. */
GPtrArray *genesis_column_facts_get_seen_amounts (const GenesisColumnFacts *self);
const GenesisDateFacts *genesis_column_facts_get_dates (const GenesisColumnFacts *self,
                                                        const char *pattern);

/* Between kinds of cell, and between the patterns of date that one kind may be read by. */
#define GENESIS_COLUMN_KINDS_JOINT        ";"
#define GENESIS_COLUMN_ALTERNATIVES_JOINT "|"
/* What kinds of cell there are, as "number" or "number;text": dates by their patterns, as
   "DD/MM/YYYY|MM/DD/YYYY", amounts as "=$0.0|=$0,0". */
char *genesis_column_facts_dup_kinds (const GenesisColumnFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisColumnFacts, genesis_column_facts_free)

G_END_DECLS
