/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-pair-scores-private.h"

#include <math.h>
#include <string.h>

#include "quality/genesis-cell-distance-private.h"
#include "quality/genesis-correlation-private.h"
#include "quality/genesis-cramers-v-private.h"

/* Above these a pair is one of those that "pairs_thresholded" is the mean of. */
#define STRONG_R .5
#define STRONG_V .3

typedef struct
{
  const GenesisQualityFrame *real;
  GenesisCellCodes *codes[2];
  GenesisCorrelation *correlations[2];
  gboolean *is_constant;
  GenesisCellDistance *distance;
} Scorer;

static void
scorer_init (Scorer *self, const GenesisQualityFrame *real, const GenesisQualityFrame *synthetic)
{
  const GenesisQualityFrame *const frames[] = { real, synthetic };

  self->real = real;
  self->is_constant = g_new0 (gboolean, real->shape->n_columns);
  self->distance = genesis_cell_distance_new ();
  for (int side = 0; side < 2; side++)
    {
      self->codes[side] = genesis_cell_codes_new_equal_width (frames[side]);
      self->correlations[side] = genesis_correlation_new (frames[side]);
      for (guint i = 0; i < real->shape->n_columns; i++)
        self->is_constant[i] |= real->shape->kinds[i] != GENESIS_QUALITY_LEVEL
                                && genesis_correlation_is_constant (frames[side], i);
    }
}

static void
scorer_clear (Scorer *self)
{
  for (int side = 0; side < 2; side++)
    {
      genesis_cell_codes_free (self->codes[side]);
      genesis_correlation_free (self->correlations[side]);
    }
  g_free (self->is_constant);
  genesis_cell_distance_free (self->distance);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scorer, scorer_clear)

/* A column with one value in either table has no correlation, and neither has the pair; nor with
   fewer than two rows in either. */
static void
score_correlation (Scorer *self, GenesisPairScore *pair)
{
  double r[2];
  guint64 n_rows[2];

  pair->score = pair->strength = NAN;
  pair->correlations[0] = pair->correlations[1] = NAN;
  if (self->is_constant[pair->a] || self->is_constant[pair->b])
    return;
  for (int side = 0; side < 2; side++)
    r[side] =
        genesis_correlation_measure (self->correlations[side], pair->a, pair->b, &n_rows[side]);
  if (MIN (n_rows[0], n_rows[1]) < 2)
    return;
  memcpy (pair->correlations, r, sizeof r);
  pair->strength = fabs (r[0]);
  pair->is_strong = pair->strength > STRONG_R;
  pair->score = 1 - fabs (r[0] - r[1]) / 2;
}

static void
score_contingency (Scorer *self, GenesisPairScore *pair)
{
  const GenesisCellCodes *const others[] = { self->codes[1] };
  const guint columns[] = { pair->a, pair->b };
  GenesisGroupValues away;

  pair->correlations[0] = pair->correlations[1] = NAN;
  genesis_cell_distance_measure (self->distance, self->codes[0], others, 1, columns, 2, &away);
  pair->score = 1 - away.all;
  pair->strength = genesis_cramers_v (self->codes[0], pair->a, pair->b);
  pair->is_strong = pair->strength > STRONG_V;
}

GArray *
genesis_pair_scores_new (const GenesisQualityFrame *real, const GenesisQualityFrame *synthetic)
{
  GArray *scores = g_array_new (FALSE, TRUE, sizeof (GenesisPairScore));
  const GenesisQualityKind *kinds = real->shape->kinds;
  g_auto (Scorer) scorer = { NULL };

  scorer_init (&scorer, real, synthetic);
  for (guint a = 0; a < real->shape->n_columns; a++)
    for (guint b = a + 1; b < real->shape->n_columns; b++)
      {
        GenesisPairScore pair = { .a = a, .b = b };

        pair.is_correlation =
            kinds[a] != GENESIS_QUALITY_LEVEL && kinds[b] != GENESIS_QUALITY_LEVEL;
        if (pair.is_correlation)
          score_correlation (&scorer, &pair);
        else
          score_contingency (&scorer, &pair);
        g_array_append_val (scores, pair);
      }
  return scores;
}
