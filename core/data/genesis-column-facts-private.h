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
 * GenesisColumnFacts:
 * @n: cells that are not missing
 * @n_numbers: that read as a number; @n_codes of them with a leading zero
 * @n_texts: that are neither number nor date
 * @printed_min, @printed_max: digits after the point, over numbers
 * @needed_max: digits after the point that are not trailing zeros
 * @integers: the numbers without such digits, those within +-2^62
 * @times: dates in microseconds
 * @patterns: date pattern (interned) -> count, or NULL
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
  GenesisSpread integers, times;
  GHashTable *patterns;
  GHashTable *grid;
} GenesisColumnFacts;

GenesisColumnFacts *genesis_column_facts_new (void);
void genesis_column_facts_free (GenesisColumnFacts *self);
void genesis_column_facts_add (GenesisColumnFacts *self, const char *text, gsize n, guint64 count);
void genesis_column_facts_merge (GenesisColumnFacts *self, const GenesisColumnFacts *other);
/* The lowest and highest populated cells of the grid. */
void genesis_column_facts_get_cells (const GenesisColumnFacts *self, gint32 *first, gint32 *last);
/* The date patterns seen, sorted; interned. */
GPtrArray *genesis_column_facts_get_patterns (const GenesisColumnFacts *self);
/* What kinds of cell there are, as "number" or "number+text": dates by their pattern without
   fraction. */
char *genesis_column_facts_dup_kinds (const GenesisColumnFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisColumnFacts, genesis_column_facts_free)

G_END_DECLS
