/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisLinearRelations:
 *
 * Which linear relations hold between n integers in every row seen so far: the space of all v with
 * v . x = 0, modulo the prime 2^61 - 1. Rows make it smaller, merging intersects two spaces, so
 * that neither order nor grouping matters; a column that was 0 so far costs nothing. A relation of
 * small coefficients between numbers below GENESIS_LINEAR_RELATIONS_MAX_VALUE holds exactly: its
 * sum stays below the prime.
 */
typedef struct _GenesisLinearRelations GenesisLinearRelations;

#define GENESIS_LINEAR_RELATIONS_MAX_VALUE       (G_GINT64_CONSTANT (1) << 45)
#define GENESIS_LINEAR_RELATIONS_MAX_COEFFICIENT 100
#define GENESIS_LINEAR_RELATIONS_MAX_TERMS       16u

GenesisLinearRelations *genesis_linear_relations_new (guint n);
void genesis_linear_relations_free (GenesisLinearRelations *self);
/* Below the largest value either way. */
void genesis_linear_relations_add (GenesisLinearRelations *self, const gint64 *row);
/* Columns whose numbers are not to be relied on leave all relations. */
void genesis_linear_relations_drop (GenesisLinearRelations *self, guint column);
void genesis_linear_relations_merge (GenesisLinearRelations *self,
                                     const GenesisLinearRelations *other);
/* A basis of what holds between the columns that are wanted (n booleans), in the order that ranks
   give, each a row of n small integers; relations with larger ones are left out. */
GPtrArray *genesis_linear_relations_conclude (const GenesisLinearRelations *self,
                                              const gboolean *wanted, const guint *ranks);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisLinearRelations, genesis_linear_relations_free)

G_END_DECLS
