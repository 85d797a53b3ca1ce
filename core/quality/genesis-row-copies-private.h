/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/**
 * GenesisRowCopies:
 * @training, @holdout: synthetic rows that a training row, a holdout row equals
 * @repeated: training rows that another training row equals: how often rows of this kind meet by
 *   themselves
 * @n_fair: rows of each in what follows
 * @only_training, @only_holdout: different synthetic rows that equal a row of one of two equally
 *   large samples, and none of the other; without a holdout 0
 * @alarm: whether training rows are copied
 *
 * Synthetic rows that are real ones. Where columns are few or coarse, rows meet by themselves; so
 * the alarm compares. With a holdout: a generator that did not keep its rows meets as many holdout
 * rows as training rows; the alarm is raised when so many more of the one kind have a chance below
 * one in a million (binomial, 1/2). Without: when the share of synthetic rows that are training
 * rows is more than five standard errors above the share of training rows that another training row
 * equals.
 */
typedef struct
{
  guint64 training, holdout, repeated;
  guint64 n_fair, only_training, only_holdout;
  gboolean has_holdout, alarm;
} GenesisRowCopies;

void genesis_row_copies_init (GenesisRowCopies *self, const GenesisQualityFrame *training,
                              const GenesisQualityFrame *synthetic,
                              const GenesisQualityFrame *holdout, guint64 seed);

G_END_DECLS
