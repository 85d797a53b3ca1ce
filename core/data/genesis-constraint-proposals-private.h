/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-constraint-draft-private.h"
#include "data/genesis-row-constraint-private.h"

G_BEGIN_DECLS

/* So many rows must have been able to contradict a constraint, and so many must show a term of a
   sum or a cause. */
#define GENESIS_CONSTRAINT_MIN_ROWS  100u
#define GENESIS_CONSTRAINT_MIN_CASES 20u
/* Independent columns would break an order that is proposed in at least this share of the rows. */
#define GENESIS_CONSTRAINT_MIN_BREACHES .1
/* Over all that are tried, at most so often is one proposed of columns that are independent. */
#define GENESIS_CONSTRAINT_FALSE_ALARM   1e-6
#define GENESIS_CONSTRAINT_MAX_PROPOSALS 256u

/**
 * GenesisConstraintProposals:
 * @fields: of each column of the draft, its place in the schema, or -1
 * @columns: of each field, its place in the draft
 * @accepted: GenesisRowConstraint, all in agreement
 * @n_left_out: proposals beyond the largest number
 *
 * Constraints while they are concluded.
 */
typedef struct
{
  const GenesisConstraintDraft *draft;
  GenesisSchema *schema;
  int *fields;
  guint *columns;
  guint n_fields;
  GPtrArray *accepted;
  GPtrArray *findings;
  guint n_left_out;
} GenesisConstraintProposals;

/* Takes the constraint; nothing happens when it contradicts the schema or one that was accepted. */
void genesis_constraint_proposals_accept (GenesisConstraintProposals *self,
                                          GenesisRowConstraint *constraint, guint64 n_rows);
/* -log of how likely a coincidence may be, for a constraint of which there are so many kinds for
   each pair of columns. */
double genesis_constraint_proposals_get_bar (const GenesisConstraintProposals *self, guint n_kinds);
GenesisConstraintColumn *
genesis_constraint_proposals_get_column (const GenesisConstraintProposals *self, guint field);
const char *genesis_constraint_proposals_get_name (const GenesisConstraintProposals *self,
                                                   guint field);

void genesis_constraint_proposals_add_sums (GenesisConstraintProposals *self);
void genesis_constraint_proposals_add_functions (GenesisConstraintProposals *self);
void genesis_constraint_proposals_add_gaps (GenesisConstraintProposals *self);
void genesis_constraint_proposals_add_orders (GenesisConstraintProposals *self);

G_END_DECLS
