/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/**
 * GenesisRowKeys:
 * @keys: a hash of each row, ascending
 *
 * Rows that can be told equal or not. Two different rows of 100,000 and 100,000 seem the same with
 * a chance of 5e-10.
 */
typedef struct
{
  guint64 *keys;
  guint64 n;
} GenesisRowKeys;

void genesis_row_keys_init (GenesisRowKeys *self, const GenesisQualityFrame *frame);
void genesis_row_keys_clear (GenesisRowKeys *self);
/* How many rows another table has too. */
guint64 genesis_row_keys_count_shared (const GenesisRowKeys *self, const GenesisRowKeys *other);
/* How many rows another row of the same table equals. */
guint64 genesis_row_keys_count_repeated (const GenesisRowKeys *self);
/* How many different rows one table has too and another has not. */
guint64 genesis_row_keys_count_exclusive (const GenesisRowKeys *self, const GenesisRowKeys *has,
                                          const GenesisRowKeys *lacks);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisRowKeys, genesis_row_keys_clear)

G_END_DECLS
