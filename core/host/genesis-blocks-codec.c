/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "host/genesis-blocks-private.h"
#include "host/genesis-plan-check-private.h"

/* Canonical bytes of a list of blocks: u8 1 for a state, 0 for plan order; u32 number of
   blocks; then for each its name, u32 dtype, u32 shift, u64 n and n fixed-width values, little
   endian. */

#define KIND_PLAN_ORDER 0
#define KIND_STATE      1
#define MIN_BLOCK_BYTES                                                                            \
  20u /* the fixed-width members of a block with an empty name and no values, or fewer */

void
genesis_blocks_encode (GenesisBlocks *self, GenesisEncoder *to)
{
  const genesis_abi_blocks *blocks = genesis_blocks_get_abi (self);

  genesis_encoder_put_u8 (to, genesis_blocks_is_state (self) ? KIND_STATE : KIND_PLAN_ORDER);
  genesis_encoder_put_u32 (to, blocks->n);
  for (guint i = 0; i < blocks->n; i++)
    {
      const genesis_abi_block *block = blocks->items[i];

      genesis_encoder_put_text (to, block->name);
      genesis_encoder_put_u32 (to, block->dtype);
      genesis_encoder_put_u32 (to, (guint32)block->shift);
      genesis_encoder_put_u64 (to, block->n);
      genesis_encoder_put_u64s (to, block->data, block->n);
    }
}

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA, "blocks: %s", text);
  return FALSE;
}

static gboolean
check_head (GenesisDecoder *from, guint8 kind, guint32 n, GError **error)
{
  guint32 cap = kind == KIND_STATE ? GENESIS_STATE_MAX_BLOCKS : GENESIS_PLAN_MAX_BLOCKS;

  if (genesis_decoder_failed (from))
    return refuse (error, "the bytes end before the number of blocks");
  if (kind > KIND_STATE)
    return refuse (error, "unknown kind of list %u", kind);
  if (n > cap)
    return refuse (error, "%u blocks, at most %u are allowed", n, cap);
  if (n > genesis_decoder_remaining (from) / MIN_BLOCK_BYTES)
    return refuse (error, "the bytes are too few for %u blocks", n);
  return TRUE;
}

static gboolean
is_canonical (guint32 dtype, guint64 n, gconstpointer raw)
{
  const guint8 *bytes = raw;

  if (dtype != GENESIS_ABI_F64)
    return TRUE;
  for (guint64 i = 0; i < n; i++)
    {
      double value;
      guint64 bits;

      memcpy (&bits, bytes + i * sizeof bits, sizeof bits);
      bits = GUINT64_FROM_LE (bits);
      memcpy (&value, &bits, sizeof value);
      if (bits == G_GUINT64_CONSTANT (1) << 63
          || (value != value && bits != G_GUINT64_CONSTANT (0x7ff8000000000000)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_block (GenesisDecoder *from, const char *name, guint32 dtype, guint64 n, guint64 n_cells,
             GError **error)
{
  if (genesis_decoder_failed (from))
    return refuse (error, "the bytes end inside a block or its name is not UTF-8");
  if (name == NULL || *name == '\0' || strlen (name) > GENESIS_BLOCK_MAX_NAME)
    return refuse (error, "a block has no name or a name of more than %u bytes",
                   GENESIS_BLOCK_MAX_NAME);
  if (dtype != GENESIS_ABI_I64 && dtype != GENESIS_ABI_F64)
    return refuse (error, "block '%s' has unknown type %u", name, dtype);
  if (n < 1 || n > GENESIS_PLAN_MAX_CELLS - n_cells)
    return refuse (error,
                   "block '%s' is empty or brings the list to more than %" G_GUINT64_FORMAT
                   " cells (512 MiB)",
                   name, GENESIS_PLAN_MAX_CELLS);
  if (n > genesis_decoder_remaining (from) / sizeof (gint64))
    return refuse (error, "the bytes end inside block '%s'", name);
  return TRUE;
}

/* Host byte order, aligned. */
static gint64 *
copy_little_endian (gconstpointer raw, guint64 n)
{
  gint64 *values = g_malloc_n (n, sizeof *values);

  memcpy (values, raw, n * sizeof *values);
  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    for (guint64 i = 0; i < n; i++)
      values[i] = GINT64_FROM_LE (values[i]);
  return values;
}

/* previous: the name before this one, NULL when the order is free. */
static gboolean
decode_block (GenesisDecoder *from, GenesisBlocks *to, const char *previous, guint64 *n_cells,
              GError **error)
{
  g_autofree char *name = genesis_decoder_get_text (from);
  guint32 dtype = genesis_decoder_get_u32 (from);
  gint32 shift = (gint32)genesis_decoder_get_u32 (from);
  guint64 n = genesis_decoder_get_u64 (from);
  g_autofree gint64 *values = NULL;
  gconstpointer raw;

  if (!check_block (from, name, dtype, n, *n_cells, error))
    return FALSE;
  if (previous != NULL && strcmp (previous, name) >= 0)
    return refuse (error, "block '%s' is out of order", name);
  if (shift < 0 || shift > 62)
    return refuse (error, "block '%s' has a shift outside [0, 62]", name);
  raw = genesis_decoder_get_raw (from, n * sizeof (gint64));
  if (raw == NULL)
    return refuse (error, "the bytes end inside block '%s'", name);
  if (!is_canonical (dtype, n, raw))
    return refuse (error, "block '%s' holds a number in another than its one encoding", name);
  values = copy_little_endian (raw, n);
  genesis_blocks_append (to, name, dtype, shift, n, values);
  *n_cells += n;
  return TRUE;
}

GenesisBlocks *
genesis_blocks_decode (GenesisDecoder *from, GError **error)
{
  guint8 kind = genesis_decoder_get_u8 (from);
  guint32 n = genesis_decoder_get_u32 (from);
  g_autoptr (GenesisBlocks) self = NULL;
  const char *previous = NULL;
  guint64 n_cells = 0;

  if (!check_head (from, kind, n, error))
    return NULL;
  self = kind == KIND_STATE ? genesis_blocks_new_state () : genesis_blocks_new_list ();
  for (guint32 i = 0; i < n; i++)
    {
      if (!decode_block (from, self, previous, &n_cells, error))
        return NULL;
      if (kind == KIND_STATE)
        previous = genesis_blocks_get_abi (self)->items[i]->name;
    }
  return g_steal_pointer (&self);
}
