/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

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
 *
 * The cells that one pattern of date can read.
 */
typedef struct
{
  GenesisSpread times;
  int min_fraction, max_fraction;
} GenesisDateFacts;

/**
 * GenesisColumnFacts:
 * @n: cells that are not missing
 * @n_numbers: that read as a number; @n_codes of them with a leading zero
 * @n_texts: that are neither number nor date
 * @printed_min, @printed_max: digits after the point, over numbers
 * @needed_max: digits after the point that are not trailing zeros
 * @integers: the numbers without such digits, those within +-2^62
 * @n_dates: that read as a date or time, but not as a number
 * @dates: date pattern (interned) -> GenesisDateFacts, or NULL; a cell counts for each pattern that
 *   it fits, so those that fit all are the ways to read the column
 * @day_numbers: numbers that are days of 1900 to 2099, as 20240131
 * @grid: public cell -> count, over numbers, or NULL
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
  GHashTable *grid;
} GenesisColumnFacts;

GenesisColumnFacts *genesis_column_facts_new (void);
void genesis_column_facts_free (GenesisColumnFacts *self);
void genesis_column_facts_add (GenesisColumnFacts *self, const char *text, gsize n, guint64 count);
void genesis_column_facts_merge (GenesisColumnFacts *self, const GenesisColumnFacts *other);
/* The lowest and highest populated cells of the grid. */
void genesis_column_facts_get_cells (const GenesisColumnFacts *self, gint32 *first, gint32 *last);
/* The date patterns that fit all dates, sorted; interned. */
GPtrArray *genesis_column_facts_get_patterns (const GenesisColumnFacts *self);
/* All date patterns that fit some. */
GPtrArray *genesis_column_facts_get_seen_patterns (const GenesisColumnFacts *self);
const GenesisDateFacts *genesis_column_facts_get_dates (const GenesisColumnFacts *self,
                                                        const char *pattern);

/* Between kinds of cell, and between the patterns of date that one kind may be read by. */
#define GENESIS_COLUMN_KINDS_JOINT        ";"
#define GENESIS_COLUMN_ALTERNATIVES_JOINT "|"
/* What kinds of cell there are, as "number" or "number;text": dates by their patterns, as
   "DD/MM/YYYY|MM/DD/YYYY". */
char *genesis_column_facts_dup_kinds (const GenesisColumnFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisColumnFacts, genesis_column_facts_free)

G_END_DECLS
