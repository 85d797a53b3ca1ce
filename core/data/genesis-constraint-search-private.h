/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema-draft.h>

#include "data/genesis-constraint-draft-private.h"

G_BEGIN_DECLS

/**
 * GenesisConstraintSearch:
 * @is_wanted: whether files that are added are searched
 * @evidence: %NULL: no file yet, or one that was not searched
 * @is_partial: some file was not searched, or has other columns
 *
 * What a draft knows of constraints.
 */
typedef struct
{
  gboolean is_wanted, is_partial;
  GenesisConstraintDraft *evidence;
  int *ids; /* of the row at hand, as the evidence wants them */
} GenesisConstraintSearch;

void genesis_constraint_search_clear (GenesisConstraintSearch *self);
/* For one file with these columns. */
void genesis_constraint_search_begin (GenesisConstraintSearch *self, gboolean is_wanted,
                                      const char *const *names);
/* The row's ids are filled in. */
void genesis_constraint_search_add (GenesisConstraintSearch *self, const GenesisCell *cells);
/* After the last row of the file. */
void genesis_constraint_search_end (GenesisConstraintSearch *self);
/* other knows a file. */
void genesis_constraint_search_merge (GenesisConstraintSearch *self,
                                      const GenesisConstraintSearch *other);
/* Writes proposals into a schema that nobody else has. */
void genesis_constraint_search_conclude (const GenesisConstraintSearch *self, guint n_columns,
                                         GenesisSchema *schema, GPtrArray *findings);
/* The draft's own. */
GenesisConstraintSearch *genesis_schema_draft_get_search (GenesisSchemaDraft *self);

G_END_DECLS
