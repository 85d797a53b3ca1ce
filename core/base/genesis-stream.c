/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-stream-private.h"

#include <string.h>

#include "base/genesis-encoder-private.h"
#include "base/genesis-philox-private.h"

/* Children are made under the parent's key with these bits turned: never a block that the parent
   itself can give out. */
#define SPLIT_KEY_0 0x53504c49u
#define SPLIT_KEY_1 0x54212121u

/* 128 bits of SHA-256 become key and stream number: two streams that differ in anything differ in
   all likelihood (2^-64 for a billion streams), however alike seeds, names and numbers are. */
static void
init_from_encoding (GenesisStream *self, GenesisEncoder *encoding)
{
  guint8 digest[32];
  guint32 words[4];

  genesis_sha256 (encoding->bytes->data, encoding->bytes->len, digest);
  memcpy (words, digest, sizeof words);
  for (int i = 0; i < 2; i++)
    {
      self->key[i] = GUINT32_FROM_LE (words[i]);
      self->stream[i] = GUINT32_FROM_LE (words[2 + i]);
    }
  self->position = 0;
  self->pending = 0;
  self->has_pending = FALSE;
}

/*
 * genesis_stream_init_chunk:
 *
 * The stream of one chunk of rows of one site. site NULL is the pooled model and differs from a
 * site called "".
 */
void
genesis_stream_init_chunk (GenesisStream *self, guint64 seed, const char *generator_id,
                           const char *site, guint64 chunk)
{
  g_auto (GenesisEncoder) encoding = { NULL };

  genesis_encoder_init (&encoding);
  genesis_encoder_put_text (&encoding, GENESIS_STREAM_NAME);
  genesis_encoder_put_text (&encoding, "chunk");
  genesis_encoder_put_u64 (&encoding, seed);
  genesis_encoder_put_text (&encoding, generator_id);
  genesis_encoder_put_text (&encoding, site);
  genesis_encoder_put_u64 (&encoding, chunk);
  init_from_encoding (self, &encoding);
}

/*
 * genesis_stream_init:
 *
 * The stream of anything else that needs random numbers: a function of seed, purpose and index
 * alone.
 */
void
genesis_stream_init (GenesisStream *self, guint64 seed, const char *purpose, guint64 index)
{
  g_auto (GenesisEncoder) encoding = { NULL };

  genesis_encoder_init (&encoding);
  genesis_encoder_put_text (&encoding, GENESIS_STREAM_NAME);
  genesis_encoder_put_text (&encoding, "purpose");
  genesis_encoder_put_u64 (&encoding, seed);
  genesis_encoder_put_text (&encoding, purpose);
  genesis_encoder_put_u64 (&encoding, index);
  init_from_encoding (self, &encoding);
}

/*
 * genesis_stream_split:
 *
 * Child number index of a stream: depends on its key and stream number, not on how far it has been
 * read. Philox is a bijection for each key, so two children of one parent always differ in (key,
 * stream number) and never overlap; that a child equals its parent or a child of another key has
 * probability 2^-128 a pair. child may be self.
 */
void
genesis_stream_split (const GenesisStream *self, guint64 index, GenesisStream *child)
{
  const guint32 key[2] = { self->key[0] ^ SPLIT_KEY_0, self->key[1] ^ SPLIT_KEY_1 };
  const guint32 counter[4] = { (guint32)index, (guint32)(index >> 32), self->stream[0],
                               self->stream[1] };
  guint32 out[4];

  genesis_philox_block (key, counter, out);
  memset (child, 0, sizeof *child);
  memcpy (child->key, out, sizeof child->key);
  memcpy (child->stream, out + 2, sizeof child->stream);
}

guint64
genesis_stream_u64 (GenesisStream *self)
{
  guint64 pair[2];

  if (self->has_pending)
    {
      self->has_pending = FALSE;
      return self->pending;
    }
  genesis_philox_fill (self->key, self->stream, self->position++, pair, 1);
  self->pending = pair[1];
  self->has_pending = TRUE;
  return pair[0];
}

/* The same numbers as n calls of genesis_stream_u64(), faster. */
void
genesis_stream_fill_u64 (GenesisStream *self, guint64 *out, gsize n)
{
  gsize i = 0;

  if (n > 0 && self->has_pending)
    out[i++] = genesis_stream_u64 (self);
  genesis_philox_fill (self->key, self->stream, self->position, out + i, (n - i) / 2);
  self->position += (n - i) / 2;
  if ((n - i) % 2 != 0)
    out[n - 1] = genesis_stream_u64 (self);
}

/* One number of 64 bits each, upper 52 bits in the middle of their cell: never 0, never 1,
   symmetric about 1/2. */
void
genesis_stream_fill_uniform (GenesisStream *self, double *out, gsize n)
{
  guint64 bits[256];

  while (n > 0)
    {
      gsize piece = MIN (n, G_N_ELEMENTS (bits));

      genesis_stream_fill_u64 (self, bits, piece);
      for (gsize i = 0; i < piece; i++)
        out[i] = ((double)(gint64)(bits[i] >> 12) + 0.5) * 0x1p-52;
      out += piece;
      n -= piece;
    }
}

/*
 * genesis_stream_below:
 * @bound: at least 1
 *
 * Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019): the upper half of
 * a 128-bit product, with the few draws rejected that would make some values likelier.
 */
guint64
genesis_stream_below (GenesisStream *self, guint64 bound)
{
  unsigned __int128 product;

  g_return_val_if_fail (bound > 0, 0);

  product = (unsigned __int128)genesis_stream_u64 (self) * bound;
  if ((guint64)product < bound)
    {
      guint64 threshold = -bound % bound;

      while ((guint64)product < threshold)
        product = (unsigned __int128)genesis_stream_u64 (self) * bound;
    }
  return (guint64)(product >> 64);
}
