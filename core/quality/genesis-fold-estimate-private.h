/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-group-values-private.h"

G_BEGIN_DECLS

#define GENESIS_N_FOLDS 5u

/* The mean of one figure a fold, and its 95 % interval by Student's t over the folds. */
GenesisInterval genesis_fold_estimate_conclude (const double *figures);

/* The fold of each of n rows: sizes differ by one at most, the same for the same seed. */
void genesis_fold_deal (guint64 seed, gsize n, guint8 *folds);

G_END_DECLS
