/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-blocks-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-plan-check-private.h"

#define BLOCK_ALIGNMENT 64u

/* A block with its values; shared by all copies of a list. The abi view comes first, so that a
   list of blocks is a list of views. */
typedef struct
{
  genesis_abi_block abi;
  gatomicrefcount ref_count;
  GenesisBuffer *values;
} Block;

struct _GenesisBlocks
{
  gatomicrefcount ref_count;
  gboolean is_state;
  GPtrArray *items; /* of Block */
  gsize n_bytes;
  genesis_abi_blocks abi;
  genesis_abi_sums sums;
  gint64 **sums_data;
  guint64 *sums_cells;
};

static Block *
block_new (const char *name, guint32 dtype, guint64 n, GenesisBuffer *values, gsize offset)
{
  Block *self = g_new0 (Block, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->abi.struct_size = sizeof self->abi;
  self->abi.dtype = dtype;
  self->abi.name = g_strdup (name);
  self->abi.n = n;
  self->values = genesis_buffer_ref (values);
  self->abi.data = (const guint8 *)values->data + offset;
  return self;
}

static gpointer
block_ref (gconstpointer block, gpointer unused)
{
  Block *self = (Block *)block;

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
block_unref (gpointer block)
{
  Block *self = block;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free ((char *)self->abi.name);
  genesis_buffer_unref (self->values);
  g_free (self);
}

/* After the list has changed by so many cells. */
static void
refresh_abi (GenesisBlocks *self, gint64 n_cells)
{
  self->n_bytes += (gsize)n_cells * sizeof (gint64);
  self->abi.struct_size = sizeof self->abi;
  self->abi.n = self->items->len;
  self->abi.items = (const genesis_abi_block *const *)self->items->pdata;
}

static GenesisBlocks *
blocks_new (gboolean is_state)
{
  GenesisBlocks *self = g_new0 (GenesisBlocks, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->is_state = is_state;
  self->items = g_ptr_array_new_with_free_func (block_unref);
  refresh_abi (self, 0);
  return self;
}

GenesisBlocks *
genesis_blocks_new_state (void)
{
  return blocks_new (TRUE);
}

GenesisBlocks *
genesis_blocks_new_list (void)
{
  return blocks_new (FALSE);
}

gboolean
genesis_blocks_is_state (GenesisBlocks *self)
{
  return self->is_state;
}

static gsize
round_up (gsize n)
{
  return (n + BLOCK_ALIGNMENT - 1) / BLOCK_ALIGNMENT * BLOCK_ALIGNMENT;
}

static gsize
measure_plan (const genesis_abi_plan *plan)
{
  gsize size = 0;

  for (guint32 i = 0; i < plan->n_specs; i++)
    size += round_up (genesis_block_spec_get_cells (plan->specs[i]) * sizeof (gint64));
  return size;
}

/**
 * genesis_blocks_new_for_plan:
 *
 * Zeroed integer blocks in the order and shape of a plan, all in one buffer: one memfd a partial,
 * not one a block.
 *
 * Returns: (transfer full): writable through genesis_blocks_get_sums() until handed on
 */
GenesisBlocks *
genesis_blocks_new_for_plan (GenesisPlan *plan, GenesisBufferBacking backing)
{
  GenesisBlocks *self = blocks_new (FALSE);
  const genesis_abi_plan *asked = genesis_plan_get_abi (plan);
  g_autoptr (GenesisBuffer) values = genesis_buffer_new (backing, measure_plan (asked));
  gsize offset = 0;

  self->sums_data = g_new (gint64 *, asked->n_specs);
  self->sums_cells = g_new (guint64, asked->n_specs);
  for (guint32 i = 0; i < asked->n_specs; i++)
    {
      guint64 cells = genesis_block_spec_get_cells (asked->specs[i]);

      g_ptr_array_add (self->items,
                       block_new (asked->specs[i]->name, GENESIS_ABI_I64, cells, values, offset));
      self->sums_data[i] = (gint64 *)(gpointer)((guint8 *)values->data + offset);
      self->sums_cells[i] = cells;
      offset += round_up (cells * sizeof (gint64));
    }
  self->sums.struct_size = sizeof self->sums;
  self->sums.n = asked->n_specs;
  self->sums.data = self->sums_data;
  self->sums.cells = self->sums_cells;
  refresh_abi (self, (gint64)genesis_plan_get_n_cells (plan));
  return self;
}

GenesisBlocks *
genesis_blocks_ref (GenesisBlocks *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
genesis_blocks_unref (GenesisBlocks *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->items);
  g_free (self->sums_data);
  g_free (self->sums_cells);
  g_free (self);
}

/**
 * genesis_blocks_copy:
 *
 * Returns: (transfer full): a list of its own over the same values; without writable views
 */
GenesisBlocks *
genesis_blocks_copy (GenesisBlocks *self)
{
  GenesisBlocks *copy = blocks_new (self->is_state);

  g_ptr_array_unref (copy->items);
  copy->items = g_ptr_array_copy (self->items, (GCopyFunc)block_ref, NULL);
  g_ptr_array_set_free_func (copy->items, block_unref);
  refresh_abi (copy, (gint64)(self->n_bytes / sizeof (gint64)));
  return copy;
}

/* First index whose name is not below name. */
static guint
lower_bound (GenesisBlocks *self, const char *name)
{
  guint low = 0;
  guint high = self->items->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      const Block *block = g_ptr_array_index (self->items, middle);

      if (strcmp (block->abi.name, name) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* One encoding a value: minus zero becomes zero, every NaN the same NaN. */
static double
make_canonical (double value)
{
  guint64 bits = G_GUINT64_CONSTANT (0x7ff8000000000000);

  if (value != value)
    memcpy (&value, &bits, sizeof value);
  return value == 0 ? 0.0 : value;
}

static GenesisBuffer *
copy_values (guint32 dtype, guint64 n, gconstpointer data)
{
  GenesisBuffer *values = genesis_buffer_new (GENESIS_BUFFER_BACKING_HEAP, n * sizeof (gint64));

  memcpy (values->data, data, n * sizeof (gint64));
  if (dtype == GENESIS_ABI_F64)
    for (guint64 i = 0; i < n; i++)
      ((double *)values->data)[i] = make_canonical (((double *)values->data)[i]);
  return values;
}

/* Copies before it drops: data may be the old block's. */
void
genesis_blocks_put (GenesisBlocks *self, const char *name, guint32 dtype, guint64 n,
                    gconstpointer data)
{
  g_autoptr (GenesisBuffer) values = n > 0 ? copy_values (dtype, n, data) : NULL;
  Block *block = n > 0 ? block_new (name, dtype, n, values, 0) : NULL;
  const genesis_abi_block *old;
  gint64 grown = (gint64)n;
  guint at;

  g_assert (self->is_state);
  at = lower_bound (self, name);
  old = at < self->items->len ? g_ptr_array_index (self->items, at) : NULL;
  if (old != NULL && strcmp (old->name, name) == 0)
    {
      grown -= (gint64)old->n;
      g_ptr_array_remove_index (self->items, at);
    }
  if (block != NULL)
    g_ptr_array_insert (self->items, (int)at, block);
  refresh_abi (self, grown);
}

void
genesis_blocks_append (GenesisBlocks *self, const char *name, guint32 dtype, gint32 shift,
                       guint64 n, gconstpointer data)
{
  g_autoptr (GenesisBuffer) values = copy_values (dtype, n, data);
  Block *block = block_new (name, dtype, n, values, 0);

  g_assert (self->sums_data == NULL);
  block->abi.shift = shift;
  g_ptr_array_add (self->items, block);
  refresh_abi (self, (gint64)n);
}

const genesis_abi_blocks *
genesis_blocks_get_abi (GenesisBlocks *self)
{
  return &self->abi;
}

const genesis_abi_block *
genesis_blocks_find (GenesisBlocks *self, const char *name)
{
  if (self->is_state)
    {
      guint at = lower_bound (self, name);
      const Block *block = at < self->items->len ? g_ptr_array_index (self->items, at) : NULL;

      return block != NULL && strcmp (block->abi.name, name) == 0 ? &block->abi : NULL;
    }
  for (guint i = 0; i < self->items->len; i++)
    {
      const Block *block = g_ptr_array_index (self->items, i);

      if (strcmp (block->abi.name, name) == 0)
        return &block->abi;
    }
  return NULL;
}

/**
 * genesis_blocks_get_sums:
 *
 * Returns: (transfer none) (nullable): writable views, for a list made by
 *   genesis_blocks_new_for_plan() only
 */
genesis_abi_sums *
genesis_blocks_get_sums (GenesisBlocks *self)
{
  return self->sums_data != NULL ? &self->sums : NULL;
}

gint64
genesis_blocks_get_rows (GenesisBlocks *self)
{
  const Block *first = self->items->len > 0 ? g_ptr_array_index (self->items, 0) : NULL;

  if (self->is_state || first == NULL || first->abi.dtype != GENESIS_ABI_I64 || first->abi.n != 1
      || strcmp (first->abi.name, "rows") != 0)
    return 0;
  return *(const gint64 *)first->abi.data;
}

gsize
genesis_blocks_get_n_bytes (GenesisBlocks *self)
{
  return self->n_bytes;
}

static gboolean
block_equal (const genesis_abi_block *a, const genesis_abi_block *b)
{
  return a->dtype == b->dtype && a->n == b->n && a->shift == b->shift
         && strcmp (a->name, b->name) == 0
         && memcmp (a->data, b->data, a->n * sizeof (gint64)) == 0;
}

gboolean
genesis_blocks_equal (GenesisBlocks *self, GenesisBlocks *other)
{
  if (self->is_state != other->is_state || self->items->len != other->items->len)
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    if (!block_equal (self->abi.items[i], other->abi.items[i]))
      return FALSE;
  return TRUE;
}
