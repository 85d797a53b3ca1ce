/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-schema-draft-private.h"

G_BEGIN_DECLS

#define GENESIS_DRAFT_FORMAT       "genesis-schema-draft/1"
#define GENESIS_DRAFT_CHECKSUM     "checksum"
#define GENESIS_DRAFT_MAX_MIN_CELL 1000000u

/* The text of a draft file. checksum: NULL while it is computed. */
char *genesis_schema_draft_write (const GenesisSchemaDraft *self, guint64 min_cell,
                                  const char *checksum);

G_END_DECLS
