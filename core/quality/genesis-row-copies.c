/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-row-copies-private.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "quality/genesis-row-keys-private.h"

#define FALSE_ALARM     1e-6
#define STANDARD_ERRORS 5

static void
keep_keys (GenesisRowKeys *keys, const GenesisQualityFrame *frame, guint64 n, guint64 seed,
           const char *purpose)
{
  g_autoptr (GenesisQualityFrame) drawn = genesis_quality_frame_draw (frame, n, seed, purpose);

  genesis_row_keys_init (keys, drawn);
}

/* Both kinds from equally many rows: a larger table is met more often. */
static void
compare_with_holdout (GenesisRowCopies *self, const GenesisQualityFrame *training,
                      const GenesisRowKeys *synthetic, const GenesisQualityFrame *holdout,
                      guint64 seed)
{
  g_auto (GenesisRowKeys) fair = { NULL };
  g_auto (GenesisRowKeys) held = { NULL };
  guint64 n;

  self->n_fair = MIN (training->n_rows, holdout->n_rows);
  keep_keys (&fair, training, self->n_fair, seed, "quality/copies-training");
  keep_keys (&held, holdout, self->n_fair, seed, "quality/copies-holdout");
  self->only_training = genesis_row_keys_count_exclusive (synthetic, &fair, &held);
  self->only_holdout = genesis_row_keys_count_exclusive (synthetic, &held, &fair);
  n = self->only_training + self->only_holdout;
  self->alarm =
      self->only_training > self->only_holdout
      && gsl_cdf_binomial_Q ((guint)(self->only_training - 1), .5, (guint)n) < FALSE_ALARM;
}

static void
compare_with_itself (GenesisRowCopies *self, guint64 n_training, guint64 n_synthetic)
{
  double copied = (double)self->training / (double)n_synthetic;
  double repeated = (double)self->repeated / (double)n_training;
  double p = (double)(self->training + self->repeated) / (double)(n_synthetic + n_training);
  double error = sqrt (p * (1 - p) * (1.0 / (double)n_synthetic + 1.0 / (double)n_training));

  self->alarm = copied - repeated > STANDARD_ERRORS * error;
}

void
genesis_row_copies_init (GenesisRowCopies *self, const GenesisQualityFrame *training,
                         const GenesisQualityFrame *synthetic, const GenesisQualityFrame *holdout,
                         guint64 seed)
{
  g_auto (GenesisRowKeys) ours = { NULL };
  g_auto (GenesisRowKeys) theirs = { NULL };
  g_auto (GenesisRowKeys) held = { NULL };

  *self = (GenesisRowCopies){ .has_holdout = holdout != NULL };
  genesis_row_keys_init (&ours, synthetic);
  genesis_row_keys_init (&theirs, training);
  self->training = genesis_row_keys_count_shared (&ours, &theirs);
  self->repeated = genesis_row_keys_count_repeated (&theirs);
  if (holdout == NULL)
    {
      compare_with_itself (self, training->n_rows, synthetic->n_rows);
      return;
    }
  genesis_row_keys_init (&held, holdout);
  self->holdout = genesis_row_keys_count_shared (&ours, &held);
  compare_with_holdout (self, training, &ours, holdout, seed);
}
