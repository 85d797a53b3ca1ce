/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-field-private.h"

G_BEGIN_DECLS

/**
 * GenesisFieldSide:
 * @site: whose it is, for the report
 * @field: what the site says of the column
 *
 * One opinion about a column.
 */
typedef struct
{
  const char *site;
  GenesisField *field;
} GenesisFieldSide;

/* The field that holds whatever any side's does, or NULL when some contradict each other; each
   disagreement goes to report. Sides are sorted by site: the result does not depend on their
   order. */
GenesisField *genesis_field_join (const GenesisFieldSide *sides, guint n, GPtrArray *report);

/* Values and their bounds; NULL after a refusal. The parts of the above, by kind. */
GenesisField *genesis_field_join_numbers (const GenesisFieldSide *sides, guint n,
                                          GPtrArray *report);
GenesisField *genesis_field_join_datetimes (const GenesisFieldSide *sides, guint n,
                                            GPtrArray *report);
GenesisField *genesis_field_join_words (const GenesisFieldSide *sides, guint n, GPtrArray *report);

G_END_DECLS
