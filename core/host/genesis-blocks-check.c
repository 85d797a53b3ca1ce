/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-blocks-private.h"
#include "host/genesis-plan-check-private.h"

typedef __int128 Wide;

static gboolean G_GNUC_PRINTF (3, 4)
    refuse (GError **error, const char *block, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA, "partial, block '%s': %s", block,
               text);
  return FALSE;
}

static gboolean
check_shape (const genesis_abi_block *block, const genesis_abi_block_spec *spec, guint index,
             GError **error)
{
  guint64 cells = genesis_block_spec_get_cells (spec);

  if (strcmp (block->name, spec->name) != 0)
    return refuse (error, block->name, "the plan asks for '%s' in place %u", spec->name, index + 1);
  if (block->dtype != GENESIS_ABI_I64)
    return refuse (error, spec->name, "a partial holds integers only");
  if (block->shift != 0)
    return refuse (error, spec->name, "a partial carries no shift");
  if (block->n != cells)
    return refuse (error, spec->name,
                   "has %" G_GUINT64_FORMAT " cells, the plan asks for %" G_GUINT64_FORMAT,
                   block->n, cells);
  return TRUE;
}

/* What n records can add to a cell at most, each between lo and hi, or 0 where it is missing.
   The plan keeps n_max x bound below 2^62; n may be more than n_max, hence 128 bits. */
static void
bound_cell (const genesis_abi_block_spec *spec, guint64 n, Wide *least, Wide *most)
{
  *least = (Wide)floor (MIN (spec->lo, 0)) * n;
  *most = (Wide)ceil (MAX (spec->hi, 0)) * n;
}

static gboolean
check_cells (const genesis_abi_block *block, const genesis_abi_block_spec *spec, guint64 n,
             GError **error)
{
  const gint64 *cells = block->data;
  Wide least, most;
  Wide total = 0;

  bound_cell (spec, n, &least, &most);
  for (guint64 i = 0; i < block->n; i++)
    {
      if (cells[i] < least && spec->lo >= 0)
        return refuse (error, spec->name, "a count is below 0");
      if (cells[i] < least || cells[i] > most)
        return refuse (error, spec->name, "a sum is more than its rows can add");
      total += cells[i];
    }
  if ((spec->flags & 1) != 0 && total != (Wide)n)
    return refuse (error, spec->name, "its counts do not total the rows");
  return TRUE;
}

static gboolean
check_shapes (GenesisBlocks *self, GenesisPlan *plan, GError **error)
{
  const genesis_abi_plan *asked = genesis_plan_get_abi (plan);
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (self);

  if (genesis_blocks_is_state (self) || blocks->n != asked->n_specs)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "partial: %u blocks, the plan asks for %u", blocks->n, asked->n_specs);
      return FALSE;
    }
  for (guint i = 0; i < blocks->n; i++)
    if (!check_shape (blocks->items[i], asked->specs[i], i, error))
      return FALSE;
  return TRUE;
}

gboolean
genesis_blocks_check_partial (GenesisBlocks *self, GenesisPlan *plan, guint64 n_rows,
                              GError **error)
{
  const genesis_abi_plan *asked = genesis_plan_get_abi (plan);
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (self);

  if (!check_shapes (self, plan, error))
    return FALSE;
  if ((Wide)genesis_blocks_get_rows (self) != (Wide)n_rows)
    return refuse (error, "rows", "does not agree with the number of rows that was stated");
  for (guint i = 0; i < blocks->n; i++)
    if (!check_cells (blocks->items[i], asked->specs[i], n_rows, error))
      return FALSE;
  return TRUE;
}

gboolean
genesis_blocks_check_clipped_partial (GenesisBlocks *self, GenesisPlan *plan, GError **error)
{
  const genesis_abi_plan *asked = genesis_plan_get_abi (plan);
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (self);
  const gint64 limit = G_GINT64_CONSTANT (1) << 62;

  if (!check_shapes (self, plan, error))
    return FALSE;
  for (guint i = 0; i < blocks->n; i++)
    for (guint64 k = 0; k < blocks->items[i]->n; k++)
      {
        const gint64 cell = ((const gint64 *)blocks->items[i]->data)[k];

        if (cell < 0 && asked->specs[i]->lo >= 0)
          return refuse (error, asked->specs[i]->name, "a count is below 0");
        if (cell > limit || cell < -limit)
          return refuse (error, asked->specs[i]->name, "a sum is more than its rows can add");
      }
  return TRUE;
}
