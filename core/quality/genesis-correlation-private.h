/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "quality/genesis-quality-frame-private.h"

G_BEGIN_DECLS

/**
 * GenesisCorrelation:
 *
 * Pearson's correlation of two columns of numbers or times of one frame, over the rows that have
 * both. Keeps its room from one call to the next; one thread at a time.
 */
typedef struct
{
  const GenesisQualityFrame *frame;
  gboolean *is_complete;
  double *x, *y;
} GenesisCorrelation;

GenesisCorrelation *genesis_correlation_new (const GenesisQualityFrame *frame);
void genesis_correlation_free (GenesisCorrelation *self);
/* n_rows: those that have both. NaN with fewer than two of them, or when one of the columns has one
   value there. */
double genesis_correlation_measure (GenesisCorrelation *self, guint a, guint b, guint64 *n_rows);
/* Whether the column has one value alone, however often. */
gboolean genesis_correlation_is_constant (const GenesisQualityFrame *frame, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCorrelation, genesis_correlation_free)

G_END_DECLS
