/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis.h>

#include "quality/genesis-quality-frame-private.h"

/* Columns "x" (numbers from text, "" missing) and "c" (categories from text, "" missing), n rows.
   */
GenesisTable *quality_table_new (const char *const *numbers, const char *const *levels, gsize n);
/* Rows in which y and c follow x. Columns x and y (numbers
   of three decimals), c (four categories), d (an independent one). stream: which rows. */
GenesisTable *quality_table_draw (guint64 n, guint64 stream);
/* Every column shuffled by itself. */
GenesisTable *quality_table_shuffle_columns (GenesisTable *table, guint64 stream);
