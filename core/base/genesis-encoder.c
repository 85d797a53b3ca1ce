/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-encoder-private.h"

#include <math.h>
#include <string.h>

#define CANONICAL_NAN G_GUINT64_CONSTANT (0x7ff8000000000000)

void
genesis_encoder_init (GenesisEncoder *self)
{
  self->bytes = g_byte_array_new ();
}

void
genesis_encoder_clear (GenesisEncoder *self)
{
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

void
genesis_encoder_put_raw (GenesisEncoder *self, gconstpointer data, gsize n)
{
  if (n == 0)
    return;
  if (n > G_MAXUINT - self->bytes->len)
    g_error ("cannot encode more than 4 GiB");
  g_byte_array_append (self->bytes, data, (guint)n);
}

void
genesis_encoder_put_u8 (GenesisEncoder *self, guint8 value)
{
  genesis_encoder_put_raw (self, &value, sizeof value);
}

void
genesis_encoder_put_u32 (GenesisEncoder *self, guint32 value)
{
  value = GUINT32_TO_LE (value);
  genesis_encoder_put_raw (self, &value, sizeof value);
}

void
genesis_encoder_put_u64 (GenesisEncoder *self, guint64 value)
{
  value = GUINT64_TO_LE (value);
  genesis_encoder_put_raw (self, &value, sizeof value);
}

void
genesis_encoder_put_i64 (GenesisEncoder *self, gint64 value)
{
  genesis_encoder_put_u64 (self, (guint64)value);
}

void
genesis_encoder_put_f64 (GenesisEncoder *self, double value)
{
  guint64 bits;

  if (value == 0)
    value = 0;
  memcpy (&bits, &value, sizeof bits);
  genesis_encoder_put_u64 (self, isnan (value) ? CANONICAL_NAN : bits);
}

/* The length G_MAXUINT32 stands for NULL. */
void
genesis_encoder_put_text (GenesisEncoder *self, const char *text)
{
  gsize n = text != NULL ? strlen (text) : 0;

  if (n >= G_MAXUINT32)
    g_error ("cannot encode a text of 4 GiB");
  genesis_encoder_put_u32 (self, text != NULL ? (guint32)n : G_MAXUINT32);
  genesis_encoder_put_raw (self, text, n);
}

void
genesis_encoder_put_bytes (GenesisEncoder *self, gconstpointer data, gsize n)
{
  genesis_encoder_put_u64 (self, n);
  genesis_encoder_put_raw (self, data, n);
}

void
genesis_encoder_put_u64s (GenesisEncoder *self, gconstpointer values, gsize n)
{
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  if (n > G_MAXSIZE / 8)
    g_error ("cannot encode more than 4 GiB");
  genesis_encoder_put_raw (self, values, n * 8);
#else
  for (gsize i = 0; i < n; i++)
    {
      guint64 value;

      memcpy (&value, (const char *)values + 8 * i, sizeof value);
      genesis_encoder_put_u64 (self, value);
    }
#endif
}

/* Gives the bytes away and leaves the encoder empty, ready for more. */
GBytes *
genesis_encoder_steal (GenesisEncoder *self)
{
  GBytes *bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));

  genesis_encoder_init (self);
  return bytes;
}

char *
genesis_encoder_dup_sha256 (GenesisEncoder *self)
{
  return genesis_sha256_hex (self->bytes->data, self->bytes->len);
}
