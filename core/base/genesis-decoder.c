/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-encoder-private.h"

#include <math.h>
#include <string.h>

#define CANONICAL_NAN G_GUINT64_CONSTANT (0x7ff8000000000000)

void
genesis_decoder_init (GenesisDecoder *self, gconstpointer data, gsize size)
{
  self->data = data;
  self->size = size;
  self->at = 0;
  self->failed = FALSE;
}

gboolean
genesis_decoder_failed (GenesisDecoder *self)
{
  return self->failed;
}

void
genesis_decoder_fail (GenesisDecoder *self)
{
  self->failed = TRUE;
}

gsize
genesis_decoder_remaining (GenesisDecoder *self)
{
  return self->failed ? 0 : self->size - self->at;
}

/* Returns: (nullable): n bytes of the input, not copied; NULL after a failure. */
gconstpointer
genesis_decoder_get_raw (GenesisDecoder *self, gsize n)
{
  gconstpointer here;

  if (self->failed || n > self->size - self->at)
    {
      self->failed = TRUE;
      return NULL;
    }
  here = self->size > 0 ? self->data + self->at : (gconstpointer) "";
  self->at += n;
  return here;
}

guint8
genesis_decoder_get_u8 (GenesisDecoder *self)
{
  const guint8 *here = genesis_decoder_get_raw (self, 1);

  return here != NULL ? *here : 0;
}

guint32
genesis_decoder_get_u32 (GenesisDecoder *self)
{
  gconstpointer here = genesis_decoder_get_raw (self, 4);
  guint32 value = 0;

  if (here != NULL)
    memcpy (&value, here, sizeof value);
  return GUINT32_FROM_LE (value);
}

guint64
genesis_decoder_get_u64 (GenesisDecoder *self)
{
  gconstpointer here = genesis_decoder_get_raw (self, 8);
  guint64 value = 0;

  if (here != NULL)
    memcpy (&value, here, sizeof value);
  return GUINT64_FROM_LE (value);
}

gint64
genesis_decoder_get_i64 (GenesisDecoder *self)
{
  return (gint64)genesis_decoder_get_u64 (self);
}

/* A second spelling of zero or of NaN would give equal values different digests: refused. */
double
genesis_decoder_get_f64 (GenesisDecoder *self)
{
  guint64 bits = genesis_decoder_get_u64 (self);
  double value;

  memcpy (&value, &bits, sizeof value);
  if ((isnan (value) && bits != CANONICAL_NAN) || (value == 0 && bits != 0))
    {
      self->failed = TRUE;
      return 0;
    }
  return value;
}

char *
genesis_decoder_get_text (GenesisDecoder *self)
{
  guint32 n = genesis_decoder_get_u32 (self);
  const char *here;

  if (self->failed || n == G_MAXUINT32)
    return NULL;
  here = genesis_decoder_get_raw (self, n);
  if (here == NULL)
    return NULL;
  if (memchr (here, 0, n) != NULL || !g_utf8_validate_len (here, n, NULL))
    {
      self->failed = TRUE;
      return NULL;
    }
  return g_strndup (here, n);
}

gconstpointer
genesis_decoder_get_bytes (GenesisDecoder *self, gsize *n)
{
  guint64 length = genesis_decoder_get_u64 (self);
  gconstpointer here = NULL;

  if (length <= genesis_decoder_remaining (self))
    here = genesis_decoder_get_raw (self, (gsize)length);
  else
    self->failed = TRUE;
  *n = here != NULL ? (gsize)length : 0;
  return here;
}
