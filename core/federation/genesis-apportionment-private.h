/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * genesis_apportion:
 * @counts: (nullable): one a site; %NULL means 1 for all
 * @weights: (nullable): finite and not negative, one a site; %NULL means 1 for all
 * @n_sites: how many
 * @n_rows: rows to deal out
 * @rows: (out caller-allocates): rows of each site; they sum to @n_rows exactly
 *
 * Largest remainder (Hamilton) for shares counts[i] * weights[i]. Ties go to the earlier site, so
 * hand them in order of name. A site without a share gets nothing.
 *
 * A double is an integer times a power of two, so every share is one too. When the span from the
 * top bit of the largest to the last bit of any fits into 62 - ceil (log2 (n_sites)) bits (all
 * weights 1; .1, .2 and .7), the arithmetic is exact. Otherwise every share is first rounded, half
 * up, to a multiple of 2^-(that many bits) times the power of two above the largest share: a
 * function of the numbers alone, and for 256 sites an error below 2^-54 of the largest share.
 *
 * Returns: %FALSE when no site has a share; @rows is then untouched
 */
gboolean genesis_apportion (const guint64 *counts, const double *weights, gsize n_sites,
                            guint64 n_rows, guint64 *rows);

G_END_DECLS
