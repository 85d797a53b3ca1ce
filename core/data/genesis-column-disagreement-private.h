/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-column-draft-private.h"

G_BEGIN_DECLS

/* Adds what files have otherwise than others, of a column that became field: GenesisDisagreement to
   report. markers: those of the draft. */
void genesis_column_disagreements_report (const GenesisColumnDraft *draft, const char *name,
                                          const char *const *markers, const GenesisField *field,
                                          GPtrArray *report);

G_END_DECLS
