/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Patterns that are told apart; rows with others are counted together. */
#define GENESIS_MISSING_PATTERNS_MAX 4096u

/* Which cells of a row are missing: bit i % 8 of byte i / 8 is column i. */
typedef struct
{
  const guint8 *mask;
  guint64 count;
} GenesisMissingPattern;

/**
 * GenesisMissingPatterns:
 * @row, @has_gap: of the row at hand
 * @counts: mask -> how many rows
 * @n_complete: rows without a gap
 * @n_other: rows whose pattern came when the table was full
 *
 * Which cells are missing together, in bounded memory.
 */
typedef struct
{
  guint n_columns;
  gsize n_bytes;
  guint8 *row;
  gboolean has_gap;
  GHashTable *counts;
  guint64 n_complete, n_other;
} GenesisMissingPatterns;

GenesisMissingPatterns *genesis_missing_patterns_new (guint n_columns);
void genesis_missing_patterns_free (GenesisMissingPatterns *self);
/* Of the row at hand, before it is added. */
void genesis_missing_patterns_mark (GenesisMissingPatterns *self, guint column);
void genesis_missing_patterns_add (GenesisMissingPatterns *self);
/* The most frequent first, then by their bytes; masks are borrowed. */
GArray *genesis_missing_patterns_list (const GenesisMissingPatterns *self);

static inline gboolean
genesis_missing_pattern_has (const GenesisMissingPattern *self, guint column)
{
  return (self->mask[column / 8] >> (column % 8) & 1) != 0;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisMissingPatterns, genesis_missing_patterns_free)

G_END_DECLS
