/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * GenesisRecentRows:
 *
 * Rows of n small numbers that came lately, and how often each came again: whoever has looked at a
 * row need not look at it once more. Of a fixed size; a row that is new may take another's place.
 */
typedef struct _GenesisRecentRows GenesisRecentRows;

GenesisRecentRows *genesis_recent_rows_new (guint n);
void genesis_recent_rows_free (GenesisRecentRows *self);
/* Whether the row is held; then it counts once more. When it is not it takes a place, and *left is
   the row that had it, which came *times more (NULL: none did). Valid until the next call. */
gboolean genesis_recent_rows_add (GenesisRecentRows *self, const int *row, const int **left,
                                  guint64 *times);
/* Takes a row that came again, with *times; NULL: there is none left. */
const int *genesis_recent_rows_take (GenesisRecentRows *self, guint64 *times);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRecentRows, genesis_recent_rows_free)

G_END_DECLS
