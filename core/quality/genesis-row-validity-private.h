/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-group-values-private.h"
#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/**
 * GenesisValidityRule:
 * @lo, @hi: of numbers and times, as the frame has them
 * @is_known: of levels: whether a code is one of the vocabulary; codes from @n_known on are not
 * @may_be_missing: whether a cell may be
 *
 * What a cell of one column must be.
 */
typedef struct
{
  double lo, hi;
  guint8 *is_known;
  guint n_known;
  gboolean may_be_missing;
} GenesisValidityRule;

/**
 * GenesisValidityRules:
 *
 * Of each column what a cell must be: what a schema declares, or what the real rows show.
 */
typedef struct
{
  guint n_columns;
  GenesisValidityRule *rules;
} GenesisValidityRules;

/* Categories that the shape does not know are added to it. */
GenesisValidityRules *genesis_validity_rules_new_for_schema (GenesisQualityShape *shape,
                                                             GenesisSchema *schema, GError **error);
GenesisValidityRules *genesis_validity_rules_new_for_frame (const GenesisQualityFrame *real);
void genesis_validity_rules_free (GenesisValidityRules *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisValidityRules, genesis_validity_rules_free)

/**
 * GenesisRowValidity:
 * @n_rows: rows that were looked at
 * @n_outside: of each column, values outside the bounds or the vocabulary
 * @n_gaps: of each column, missing cells where none may be
 * @n_broken: rows that break a constraint of the schema
 * @n_bad: rows with any of these
 * @share: n_bad / n_rows
 *
 * Rows that could not be real ones.
 */
typedef struct
{
  guint64 n_rows;
  guint64 *n_outside, *n_gaps;
  guint64 n_broken, n_bad;
  GenesisGroupValues share;
} GenesisRowValidity;

/* broken: of each row, whether it breaks a constraint; NULL: there are none. */
void genesis_row_validity_init (GenesisRowValidity *self, const GenesisQualityFrame *frame,
                                const GenesisValidityRules *rules, const guint8 *broken,
                                guint64 seed);
void genesis_row_validity_clear (GenesisRowValidity *self);

G_END_DECLS
