/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-cell-codes-private.h"

G_BEGIN_DECLS

/* Cramer's V of two columns, without Yates' correction: sqrt (chi2 / n / (min (rows, columns) - 1))
   over the levels that occur. NaN when one of them has fewer than two. */
double genesis_cramers_v (const GenesisCellCodes *codes, guint a, guint b);

G_END_DECLS
