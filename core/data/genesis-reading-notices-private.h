/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

#include "data/genesis-cell-parser-private.h"

G_BEGIN_DECLS

/**
 * GenesisReadingNotices:
 * @extra: columns of the table that the schema does not know, in its order
 * @absent: columns of the schema that the table does not have, and may not have
 *
 * What was read otherwise than it is written, for whoever reads a table to tell once.
 */
typedef struct
{
  GPtrArray *extra, *absent;
} GenesisReadingNotices;

void genesis_reading_notices_init (GenesisReadingNotices *self);
void genesis_reading_notices_clear (GenesisReadingNotices *self);
void genesis_reading_notices_add_extra (GenesisReadingNotices *self, const char *name);
void genesis_reading_notices_add_absent (GenesisReadingNotices *self, const char *name);
/* The line about the columns that were ignored, and the one about absent ones; to: of strings. */
void genesis_reading_notices_tell (const GenesisReadingNotices *self, GPtrArray *to);
/* The line about a column's values outside, when there were some. */
void genesis_reading_notices_tell_column (const GenesisCellParser *parser, GPtrArray *to);

G_END_DECLS
