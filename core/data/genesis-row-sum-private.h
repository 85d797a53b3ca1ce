/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-records.h>

G_BEGIN_DECLS

/**
 * GenesisRowSum:
 * @sums: two hashes of every row, each added up modulo 2^64
 *
 * Tells one content of a table from another, whatever the order of its rows. It guards against
 * accidents, as a checksum does, not against somebody who wants two tables to look alike.
 */
typedef struct
{
  guint64 n_rows, sums[2];
} GenesisRowSum;

void genesis_row_sum_add (GenesisRowSum *self, const GenesisCell *cells, guint n);
gboolean genesis_row_sum_equal (const GenesisRowSum *a, const GenesisRowSum *b);
/* "rows=3 sum=" and 32 hexadecimal digits. */
char *genesis_row_sum_dup_text (const GenesisRowSum *self);

/* What the passes of one source added up to, by the columns that they read. Reference counted; used
   by several threads. */
typedef struct _GenesisRowSums GenesisRowSums;

GenesisRowSums *genesis_row_sums_new (void);
GenesisRowSums *genesis_row_sums_ref (GenesisRowSums *self);
void genesis_row_sums_unref (GenesisRowSums *self);
/* Keeps the sum of the first complete pass over these columns; a later pass with another sum is
   GENESIS_ERROR_INVALID_DATA. */
gboolean genesis_row_sums_check (GenesisRowSums *self, const char *name, const char *const *columns,
                                 const GenesisRowSum *sum, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRowSums, genesis_row_sums_unref)

G_END_DECLS
