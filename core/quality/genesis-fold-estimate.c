/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-fold-estimate-private.h"

#include <math.h>

#include "base/genesis-permutation-private.h"

/* Student's t at .975 with 4 degrees of freedom. */
#define STUDENT 2.7764451051977987

GenesisInterval
genesis_fold_estimate_conclude (const double *figures)
{
  double mean = 0, squares = 0, half;

  for (guint i = 0; i < GENESIS_N_FOLDS; i++)
    mean += figures[i] / GENESIS_N_FOLDS;
  for (guint i = 0; i < GENESIS_N_FOLDS; i++)
    squares += (figures[i] - mean) * (figures[i] - mean);
  half = STUDENT * sqrt (squares / ((GENESIS_N_FOLDS - 1) * GENESIS_N_FOLDS));
  return (GenesisInterval){ mean, mean - half, mean + half };
}

void
genesis_fold_deal (guint64 seed, gsize n, guint8 *folds)
{
  GenesisPermutation order;

  if (n == 0)
    return;
  genesis_permutation_init (&order, seed, n);
  for (gsize i = 0; i < n; i++)
    folds[i] = (guint8)(genesis_permutation_apply (&order, i) % GENESIS_N_FOLDS);
}
