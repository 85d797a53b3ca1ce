/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-records.h>
#include <genesis/genesis-row-constraint.h>

#include "data/genesis-constraint-column-private.h"
#include "data/genesis-constraint-pairs-private.h"
#include "data/genesis-linear-relations-private.h"
#include "data/genesis-recent-rows-private.h"

G_BEGIN_DECLS

/* Tables with more columns are not searched: what is kept and done grows with the square. */
#define GENESIS_CONSTRAINT_DRAFT_MAX_COLUMNS 256u

/**
 * GenesisConstraintDraft:
 * @columns: in order of name, so that drafts of files with other orders have the same
 * @places: of each column of the rows that are added, its place in @columns
 *
 * The mergeable evidence for constraints of rows: what no row so far contradicts, and how many rows
 * could have. Merging is commutative and associative; thresholds are applied when constraints are
 * proposed, to what was merged.
 */
typedef struct
{
  guint n;
  GenesisConstraintColumn **columns;
  guint *places;
  guint64 n_rows;
  GenesisConstraintPairs *pairs;
  GenesisLinearRelations *relations;
  GenesisRecentRows *recent; /* of the table at hand; NULL when all is counted */
  /* of the row at hand */
  GenesisConstraintCell *cells;
  gint64 *numbers;
} GenesisConstraintDraft;

/* NULL when there are too many columns. */
GenesisConstraintDraft *genesis_constraint_draft_new (const char *const *names);
void genesis_constraint_draft_free (GenesisConstraintDraft *self);
/* What stands for a cell in place of a number of its text. */
enum
{
  GENESIS_CONSTRAINT_ID_NONE = -1,
  GENESIS_CONSTRAINT_ID_MISSING = -2
};

/* ids: of each cell, a number that it shares with the cells of the same text in its column, or one
   of the above. */
void genesis_constraint_draft_add (GenesisConstraintDraft *self, const GenesisCell *cells,
                                   const int *ids);
/* After the last row, before anything else is done: rows that came again are counted. */
void genesis_constraint_draft_settle (GenesisConstraintDraft *self);
/* Of the same columns. */
void genesis_constraint_draft_merge (GenesisConstraintDraft *self,
                                     const GenesisConstraintDraft *other);
/* Constraints that no row contradicts, that fit the schema and agree with each other, and that
   would have been contradicted if the columns had nothing to do with each other. Tells them in
   findings. */
GPtrArray *genesis_constraint_draft_propose (const GenesisConstraintDraft *self,
                                             GenesisSchema *schema, GPtrArray *findings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisConstraintDraft, genesis_constraint_draft_free)

G_END_DECLS
