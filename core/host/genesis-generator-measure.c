/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-generator-measure-private.h"

#include <genesis/genesis-error.h>

#include "host/genesis-plugin-private.h"

/* Rows are measured whole chunks at a time; where a row may move the sums no further than was
   declared, one by one. */

static gboolean
refuse_rows (GenesisGenerator *self, GenesisPlan *plan, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
               "block 'rows': did not grow by the number of rows that were measured");
  return genesis_call_prefix (self->base.lent, "measure", plan, error);
}

static gboolean
measure_into (GenesisGenerator *self, GenesisBlocks *state, GenesisPlan *plan,
              const genesis_abi_table *rows, const genesis_abi_sums *sums,
              GCancellable *cancellable, GError **error)
{
  GenesisCall call = genesis_generator_make_call (self, "measure", plan, cancellable);
  genesis_abi_sums add_into = *sums; /* the plugin's to spoil */
  genesis_abi_status status;

  genesis_call_begin (&call);
  status = self->vtable->measure (self->instance, genesis_generator_view_state (self, state),
                                  genesis_plan_get_abi (plan), rows, &add_into);
  return genesis_call_end (&call, status, error);
}

/* -- row by row, clipped ------------------------------------------------------------------ */

typedef struct
{
  GenesisRowClipper *clipper;
  guint64 row, n_rows;
  gboolean is_wrong; /* a row did not add 1 to "rows", or cells that are not there */
} Sink;

static void
end_rows (Sink *sink, guint64 next)
{
  for (; sink->row < next && !sink->is_wrong; sink->row++)
    sink->is_wrong = !genesis_row_clipper_end_row (sink->clipper, TRUE);
}

static genesis_abi_status
emit (void *data, uint64_t row, uint32_t block, uint64_t cell, int64_t delta)
{
  Sink *sink = data;

  if (row < sink->row || row >= sink->n_rows)
    sink->is_wrong = TRUE;
  else
    end_rows (sink, row);
  if (!sink->is_wrong && !genesis_row_clipper_add (sink->clipper, block, cell, delta))
    sink->is_wrong = TRUE;
  return sink->is_wrong ? GENESIS_ABI_E_DATA : GENESIS_ABI_OK;
}

static gboolean
measure_sparse (GenesisGenerator *self, const genesis_abi_sparse *sparse, GenesisBlocks *state,
                GenesisPlan *plan, const genesis_abi_table *rows, GenesisRowClipper *clipper,
                GCancellable *cancellable, GError **error)
{
  GenesisCall call = genesis_generator_make_call (self, "measure", plan, cancellable);
  Sink sink = { clipper, 0, rows->n_rows, FALSE };
  genesis_abi_status status;

  genesis_call_begin (&call);
  status = sparse->measure (self->instance, genesis_generator_view_state (self, state),
                            genesis_plan_get_abi (plan), rows, &sink, emit);
  if (!genesis_call_end (&call, status, error))
    return FALSE;
  end_rows (&sink, sink.n_rows);
  return !sink.is_wrong || refuse_rows (self, plan, error);
}

static gboolean
measure_one_by_one (GenesisGenerator *self, GenesisBlocks *state, GenesisPlan *plan,
                    GenesisTable *chunk, GenesisAbiTable *view, GenesisRowClipper *clipper,
                    GCancellable *cancellable, GError **error)
{
  const guint64 n_rows = genesis_table_get_n_rows (chunk);

  for (guint64 row = 0; row < n_rows; row++)
    {
      genesis_abi_table_show_row (view, chunk, row);
      if (!measure_into (self, state, plan, genesis_abi_table_get (view),
                         genesis_row_clipper_get_sums (clipper), cancellable, error))
        return FALSE;
      if (!genesis_row_clipper_end_row (clipper, FALSE))
        return refuse_rows (self, plan, error);
    }
  return TRUE;
}

static gboolean
measure_bounded (GenesisGenerator *self, GenesisBlocks *state, GenesisPlan *plan,
                 GenesisTable *chunk, GenesisAbiTable *view, GenesisBlocks *sums,
                 GCancellable *cancellable, GError **error)
{
  const genesis_abi_plugin *plugin = &genesis_plugin_get_descriptor (self->base.plugin)->abi;
  const genesis_abi_sparse *sparse =
      plugin->extension != NULL ? plugin->extension (GENESIS_ABI_SPARSE) : NULL;
  g_autoptr (GenesisRowClipper) clipper =
      genesis_row_clipper_new (&self->bounds, plan, &self->base.session, sums);

  if (sparse != NULL && GENESIS_ABI_HAS (sparse, genesis_abi_sparse, measure))
    return measure_sparse (self, sparse, state, plan, genesis_abi_table_get (view), clipper,
                           cancellable, error);
  if (genesis_plan_get_n_cells (plan) <= GENESIS_ROW_BOUNDS_MAX_CELLS)
    return measure_one_by_one (self, state, plan, chunk, view, clipper, cancellable, error);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_REFUSED,
               "each row has to be clipped, and a plan of %" G_GUINT64_FORMAT
               " cells, more than %u, takes too long row by row; %s offer " GENESIS_ABI_SPARSE,
               genesis_plan_get_n_cells (plan), GENESIS_ROW_BOUNDS_MAX_CELLS,
               self->bounds.clip < 1 ? "leave clip_threshold at 1, or let the plugin"
                                     : "pin the plugin, or let it");
  return genesis_call_prefix (self->base.lent, "measure", plan, error);
}

gboolean
genesis_generator_measure (GenesisGenerator *self, GenesisBlocks *state, GenesisPlan *plan,
                           GenesisTable *chunk, GenesisBlocks *sums, GCancellable *cancellable,
                           GError **error)
{
  const gint64 *n_rows = genesis_blocks_get_abi (sums)->items[0]->data;
  const guint64 before = (guint64)*n_rows;
  g_autoptr (GenesisAbiTable) rows = NULL;

  g_return_val_if_fail (genesis_blocks_get_sums (sums) != NULL, FALSE);

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !genesis_generator_check_table (self, chunk, error))
    return FALSE;
  rows = genesis_abi_table_new (chunk);
  if (genesis_row_bounds_are_active (&self->bounds))
    return measure_bounded (self, state, plan, chunk, rows, sums, cancellable, error);
  if (!measure_into (self, state, plan, genesis_abi_table_get (rows),
                     genesis_blocks_get_sums (sums), cancellable, error))
    return FALSE;
  return (guint64)*n_rows - before == genesis_table_get_n_rows (chunk)
         || refuse_rows (self, plan, error);
}
