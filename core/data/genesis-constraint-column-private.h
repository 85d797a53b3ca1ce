/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-records.h>

#include "data/genesis-datetime-private.h"
#include "data/genesis-text-index-private.h"

G_BEGIN_DECLS

#define GENESIS_CONSTRAINT_MAX_LEVELS 256
#define GENESIS_CONSTRAINT_SAMPLE     256u
/* Sums are looked for among numbers of at most four decimals. */
#define GENESIS_CONSTRAINT_DECIMALS 4

typedef enum
{
  GENESIS_CONSTRAINT_CELL_MISSING,
  GENESIS_CONSTRAINT_CELL_NUMBER,
  GENESIS_CONSTRAINT_CELL_TIME,
  GENESIS_CONSTRAINT_CELL_TEXT
} GenesisConstraintCellKind;

/**
 * GenesisConstraintCell:
 * @level: number of its text in the column, or -1 when the column has too many
 * @fine: whether @units is the number in 10^-9
 * @units: of a number that is @fine; microseconds of a time
 * @value: of a number, rounded to a double
 *
 * One cell as constraints see it.
 */
typedef struct
{
  GenesisConstraintCellKind kind;
  int level;
  gboolean fine;
  gint64 units;
  double value;
} GenesisConstraintCell;

/* Of one of the different values of a column: how often it came. */
typedef struct
{
  guint64 hash, count;
  GenesisConstraintCell cell;
} GenesisSampledValue;

/* A text that a column has read, and how often it came since and was not counted yet. */
typedef struct
{
  GenesisConstraintCell cell;
  gint64 number;
  guint64 hash, count;
  gboolean is_read;
} GenesisKnownText;

/**
 * GenesisConstraintColumn:
 * @known: GenesisKnownText by the numbers that whoever reads the table gives texts
 * @levels: the different texts, with counts; NULL once there are too many
 * @n_present, @n_missing: cells
 * @n_nonzero: numbers other than 0
 * @kinds: bits of the kinds of cell that came
 * @is_coarse: some number has more decimals, or is larger, than sums can use
 * @sample: the values with the smallest public hashes, in order of hash: a sample of the different
 *   values that is the same however rows were spread over files, with true counts
 */
typedef struct
{
  char *name;
  GArray *known;
  GenesisTextIndex *levels;
  guint64 n_present, n_missing, n_nonzero;
  guint kinds;
  gboolean is_coarse;
  char pattern[GENESIS_DATETIME_PATTERN_MAX]; /* of the last time, or "" */
  GArray *sample;
} GenesisConstraintColumn;

GenesisConstraintColumn *genesis_constraint_column_new (const char *name);
void genesis_constraint_column_free (GenesisConstraintColumn *self);
/* Reads a cell that is not missing and counts it. number: in units of sums, or 0. id: the text's
   own number, or -1: a text is read once and remembered by it. */
void genesis_constraint_column_read (GenesisConstraintColumn *self, const GenesisCell *text, int id,
                                     GenesisConstraintCell *cell, gint64 *number);
/* A text that was read comes so many times more. */
void genesis_constraint_column_repeat (GenesisConstraintColumn *self, int id, guint64 times,
                                       GenesisConstraintCell *cell);
/* Counts what was remembered, and forgets the numbers of texts. Before that the counts of levels
   and of the sample are at least 1 where they will be. */
void genesis_constraint_column_settle (GenesisConstraintColumn *self);
/* level_of: of each level of other, its number in self, or -1. */
void genesis_constraint_column_merge (GenesisConstraintColumn *self,
                                      const GenesisConstraintColumn *other, int *level_of);
gboolean genesis_constraint_column_is_only (const GenesisConstraintColumn *self,
                                            GenesisConstraintCellKind kind);
guint genesis_constraint_column_get_n_levels (const GenesisConstraintColumn *self);
/* -1, 0, 1; cells of the same kind, numbers or times. */
static inline int
genesis_constraint_cell_compare (const GenesisConstraintCell *a, const GenesisConstraintCell *b)
{
  gboolean exact = a->kind == GENESIS_CONSTRAINT_CELL_TIME || (a->fine && b->fine);

  return exact ? (a->units > b->units) - (a->units < b->units)
               : (a->value > b->value) - (a->value < b->value);
}
/* If the two were independent of each other: how often a would be greater, and how often equal. */
void genesis_constraint_column_compare (const GenesisConstraintColumn *a,
                                        const GenesisConstraintColumn *b, double *greater,
                                        double *equal);

G_END_DECLS
