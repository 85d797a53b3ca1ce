/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-table.h>

G_BEGIN_DECLS

/**
 * GenesisPassSum:
 * @n_rows: how many rows the pass gave
 * @sum: of the rows' hashes, modulo 2^64
 *
 * What a pass over a site's rows gave, in two numbers, taken beside the work that the pass is for.
 * Rows in another order or other chunks have the same sum, as they have in every answer of the
 * site; other rows have another one, but for a chance of 2^-64. It tells mistakes, not malice: it
 * stays at the site, which has nobody to deceive but itself.
 */
typedef struct
{
  guint64 n_rows, sum;
} GenesisPassSum;

void genesis_pass_sum_add (GenesisPassSum *self, GenesisTable *chunk);

G_END_DECLS
