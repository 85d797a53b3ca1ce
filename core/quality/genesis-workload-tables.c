/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-workload-tables-private.h"

/* The second half of the rows in random order, or the first. */
static GenesisQualityFrame *
draw_half (const GenesisQualityFrame *frame, gboolean second, guint64 seed)
{
  g_autoptr (GenesisQualityFrame) shuffled =
      genesis_quality_frame_draw (frame, frame->n_rows, seed, "quality/halves");
  guint64 n = frame->n_rows / 2;
  g_autofree guint64 *rows = g_new (guint64, MAX (n, 1));

  for (guint64 i = 0; i < n; i++)
    rows[i] = second ? n + i : i;
  return genesis_quality_frame_take (shuffled, rows, n);
}

static GenesisCellCodes *
draw_codes (const GenesisQualityFrame *frame, const GenesisQualityFrame *judge, guint64 n,
            guint64 seed, const char *purpose)
{
  g_autoptr (GenesisQualityFrame) drawn = genesis_quality_frame_draw (frame, n, seed, purpose);

  return genesis_cell_codes_new_equal_depth (drawn, judge);
}

static void
fill (GenesisWorkloadTables *self, const GenesisQualityFrame *fresh,
      const GenesisQualityFrame *synthetic, const GenesisQualityFrame *judge, guint64 seed)
{
  guint64 n = MIN (MIN (fresh->n_rows, synthetic->n_rows), judge->n_rows);

  self->n_rows = n;
  self->judge = draw_codes (judge, judge, n, seed, "quality/judge");
  self->others[GENESIS_WORKLOAD_SYNTHETIC] =
      draw_codes (synthetic, judge, n, seed, "quality/synthetic");
  self->others[GENESIS_WORKLOAD_CEILING] = draw_codes (fresh, judge, n, seed, "quality/ceiling");
  self->others[GENESIS_WORKLOAD_FLOOR] =
      genesis_cell_codes_new_independent (self->others[GENESIS_WORKLOAD_CEILING], seed);
}

void
genesis_workload_tables_init (GenesisWorkloadTables *self, const GenesisQualityFrame *training,
                              const GenesisQualityFrame *synthetic,
                              const GenesisQualityFrame *holdout, guint64 seed)
{
  g_autoptr (GenesisQualityFrame) judge = NULL;
  g_autoptr (GenesisQualityFrame) fresh = NULL;

  if (holdout != NULL)
    {
      fill (self, training, synthetic, holdout, seed);
      return;
    }
  judge = draw_half (training, FALSE, seed);
  fresh = draw_half (training, TRUE, seed);
  fill (self, fresh, synthetic, judge, seed);
}

void
genesis_workload_tables_clear (GenesisWorkloadTables *self)
{
  g_clear_pointer (&self->judge, genesis_cell_codes_free);
  for (int i = 0; i < GENESIS_WORKLOAD_N_TABLES; i++)
    g_clear_pointer (&self->others[i], genesis_cell_codes_free);
}
