/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-column-draft-private.h"

G_BEGIN_DECLS

/* What the site called so may tell of a column: a draft without exact values. min_cell above 1. */
GenesisColumnDraft *genesis_column_draft_dup_protected (const GenesisColumnDraft *self,
                                                        guint64 min_cell, const char *site);

G_END_DECLS
