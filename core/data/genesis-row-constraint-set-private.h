/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-row-constraint-private.h"
#include "data/genesis-table-private.h"

G_BEGIN_DECLS

/* What a stored value of the cause implies. */
typedef struct
{
  gboolean value_missing, effect_missing;
  gint64 value, effect;
} GenesisBoundCell;

/**
 * GenesisBoundConstraint:
 * @constraint: what it is of
 * @columns: places of its columns in the schema
 * @factors: ORDER: of each side, to common units; SUM: of each column, those of the total negative,
 *   so that all add up to 0
 * @ticks, @tick: ORDER of times: microseconds of each side, and of the coarser
 * @is_real: ORDER: whether one side is real
 * @dependent: SUM: place in @columns of the one that is computed from the others
 * @is_sorted: ORDER: whether a row that breaks it may be mended by exchanging the two; else one of
 *   them is computed from others
 * @implied: IMPLICATION: in order of value, missing first
 * @is_presence: IMPLICATION: only missing cells are implied
 */
typedef struct
{
  const GenesisRowConstraint *constraint;
  guint *columns;
  guint n_columns;
  gint64 *factors;
  gint64 ticks[2], tick;
  gboolean is_real;
  guint dependent;
  gboolean is_sorted;
  GenesisBoundCell *implied;
  guint n_implied;
  gboolean is_presence;
} GenesisBoundConstraint;

/**
 * GenesisRowConstraintSet:
 * @constraints: as declared
 * @bound: each of them, bound to the columns of a schema
 * @order: places in @bound, in the order in which rows are mended
 *
 * Constraints that a schema can keep together. Never changed once made; lives with its schema.
 */
typedef struct
{
  GPtrArray *constraints;
  GenesisBoundConstraint *bound;
  guint n;
  guint *order;
} GenesisRowConstraintSet;

/* INVALID_CONFIG names the constraint and the column that do not fit, or the two constraints that
   contradict each other. Takes references. */
GenesisRowConstraintSet *genesis_row_constraint_set_new (GenesisSchema *schema,
                                                         GPtrArray *constraints, GError **error);
void genesis_row_constraint_set_free (GenesisRowConstraintSet *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRowConstraintSet, genesis_row_constraint_set_free)

/* Part of _new: what two or more of them say together; fills order, dependent and is_sorted. */
gboolean genesis_row_constraint_set_agree (GenesisRowConstraintSet *self, GenesisSchema *schema,
                                           GError **error);
/* "constraint 2 ('a' <= 'b')" */
char *genesis_row_constraint_set_dup_label (const GenesisRowConstraintSet *self, guint index);

/* -- rows ------------------------------------------------------------------ */

typedef __int128 GenesisWide;

/* Whether the row keeps it. */
gboolean genesis_bound_constraint_holds (const GenesisBoundConstraint *self,
                                         const GenesisColumn *const *columns, guint64 row);
/* What is left of a sum: 0 when it holds. Cells must be present. */
GenesisWide genesis_bound_constraint_get_rest (const GenesisBoundConstraint *self,
                                               const GenesisColumn *const *columns, guint64 row);
/* What the cause of the row implies, or NULL. */
const GenesisBoundCell *genesis_bound_constraint_find (const GenesisBoundConstraint *self,
                                                       const GenesisColumn *cause, guint64 row);
/* The table's columns that it is about, in its order. (transfer container) */
const GenesisColumn **genesis_bound_constraint_dup_columns (const GenesisBoundConstraint *self,
                                                            GenesisTable *table);

/* broken: of each row, 1 is added to the place of a row that breaks anything; may be NULL. counts:
   of each constraint, how many rows break it, added. Returns how many rows break something. */
guint64 genesis_row_constraint_set_check (const GenesisRowConstraintSet *self, GenesisTable *table,
                                          guint8 *broken, guint64 *counts);
/* Mends rows in place as far as that is possible by construction; the table's buffers must be its
   own. changed: of each constraint, cells that were written, added. Rows that still break something
   must be drawn anew. */
void genesis_row_constraint_set_mend (const GenesisRowConstraintSet *self, GenesisTable *table,
                                      guint64 *changed);

G_END_DECLS
