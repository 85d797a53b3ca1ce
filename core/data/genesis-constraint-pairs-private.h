/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-constraint-column-private.h"

G_BEGIN_DECLS

/* Of a cause: its levels, then a cell that is missing, then one that is present. */
#define GENESIS_CONSTRAINT_STATE_MISSING GENESIS_CONSTRAINT_MAX_LEVELS
#define GENESIS_CONSTRAINT_STATE_PRESENT (GENESIS_CONSTRAINT_MAX_LEVELS + 1)
#define GENESIS_CONSTRAINT_STATES        (GENESIS_CONSTRAINT_MAX_LEVELS + 2)

enum
{
  GENESIS_CONSTRAINT_SEEN_PRESENT = 1, /* the other cell, in a row with this state of the cause */
  GENESIS_CONSTRAINT_SEEN_MISSING = 2
};

enum
{
  GENESIS_CONSTRAINT_SEEN_LESS = 1,
  GENESIS_CONSTRAINT_SEEN_GREATER = 2
};

/* Two columns whose cells are compared: dead once both orders were seen. */
typedef struct
{
  gboolean is_dead;
  guint seen;
  guint64 n, n_equal;
} GenesisOrderedPair;

/* A column as a function of another: the level of the second + 1 for each level of the first, 0
   where none was seen; map NULL once two different ones were. */
typedef struct
{
  guint16 *map;
  guint64 n;
} GenesisMappedPair;

/* Two columns, and their place in a square. */
typedef struct
{
  guint first, second, place;
} GenesisColumnPair;

/**
 * GenesisConstraintPairs:
 * @orders: n * n, of which those with the first place below the second are used
 * @functions: n * n, [cause * n + effect]
 * @presence: n * n, [cause * n + other]: bits by state of the cause; NULL while the other column
 *   was never missing
 * @alive_orders, @alive_functions: GenesisColumnPair of those in the two that no row
 *   has contradicted
 *
 * Evidence about each two columns.
 */
typedef struct
{
  guint n;
  GenesisOrderedPair *orders;
  GenesisMappedPair *functions;
  guint8 **presence;
  GArray *alive_orders, *alive_functions;
  GArray *gaps; /* columns that were missing */
} GenesisConstraintPairs;

GenesisConstraintPairs *genesis_constraint_pairs_new (guint n);
void genesis_constraint_pairs_free (GenesisConstraintPairs *self);
/* Before the row at hand is counted in columns: of a column that was never missing before, every
   row so far is known. */
void genesis_constraint_pairs_open_gap (GenesisConstraintPairs *self, guint column,
                                        GenesisConstraintColumn *const *columns);
void genesis_constraint_pairs_add (GenesisConstraintPairs *self,
                                   GenesisConstraintColumn *const *columns,
                                   const GenesisConstraintCell *cells);
/* A row that was added came so many times more. */
void genesis_constraint_pairs_repeat (GenesisConstraintPairs *self,
                                      const GenesisConstraintCell *cells, guint64 times);
/* columns are those of self after they were merged with others; before says which levels and gaps
   self had. level_of: of each column and level of other, its level in self. */
void genesis_constraint_pairs_merge (GenesisConstraintPairs *self,
                                     GenesisConstraintColumn *const *columns,
                                     const GenesisConstraintPairs *other,
                                     GenesisConstraintColumn *const *others, const int *level_of);

G_END_DECLS
