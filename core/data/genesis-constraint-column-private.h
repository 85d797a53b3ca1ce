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

/**
 * GenesisConstraintColumn:
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
  GenesisTextIndex *levels;
  guint64 n_present, n_missing, n_nonzero;
  guint kinds;
  gboolean is_coarse;
  char pattern[GENESIS_DATETIME_PATTERN_MAX]; /* of the last time, or "" */
  GArray *sample;
} GenesisConstraintColumn;

GenesisConstraintColumn *genesis_constraint_column_new (const char *name);
void genesis_constraint_column_free (GenesisConstraintColumn *self);
/* Reads a cell that is not missing and counts it. number: in units of sums, or 0. */
void genesis_constraint_column_read (GenesisConstraintColumn *self, const GenesisCell *text,
                                     GenesisConstraintCell *cell, gint64 *number);
/* level_of: of each level of other, its number in self, or -1. */
void genesis_constraint_column_merge (GenesisConstraintColumn *self,
                                      const GenesisConstraintColumn *other, int *level_of);
gboolean genesis_constraint_column_is_only (const GenesisConstraintColumn *self,
                                            GenesisConstraintCellKind kind);
guint genesis_constraint_column_get_n_levels (const GenesisConstraintColumn *self);
/* -1, 0, 1; cells of the same kind, numbers or times. */
int genesis_constraint_cell_compare (const GenesisConstraintCell *a,
                                     const GenesisConstraintCell *b);
/* If the two were independent of each other: how often a would be greater, and how often equal. */
void genesis_constraint_column_compare (const GenesisConstraintColumn *a,
                                        const GenesisConstraintColumn *b, double *greater,
                                        double *equal);

G_END_DECLS
