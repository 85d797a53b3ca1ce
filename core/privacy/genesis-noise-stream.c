/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-noise-stream-private.h"

#include <sodium.h>
#include <string.h>

#include <genesis/genesis-error.h>

G_STATIC_ASSERT (GENESIS_NOISE_KEY_SIZE == crypto_stream_chacha20_KEYBYTES);

/* words: drawn ahead; those before next are given out and zero. */
struct _GenesisNoiseStream
{
  guint8 key[GENESIS_NOISE_KEY_SIZE];
  guint64 words[GENESIS_NOISE_BUFFER_SIZE / sizeof (guint64)];
  guint64 n_fills;
  guint next;
  gboolean given_key;
};

static GenesisNoiseStream *
allocate (GError **error)
{
  GenesisNoiseStream *self = sodium_init () < 0 ? NULL : sodium_malloc (sizeof *self);

  if (self == NULL)
    {
      g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_FAILED,
                           "noise cannot be drawn: the system gives no random bits or no memory "
                           "for them that can be locked; raise the limit of locked memory "
                           "(ulimit -l)");
      return NULL;
    }
  memset (self, 0, sizeof *self);
  self->next = G_N_ELEMENTS (self->words);
  return self;
}

GenesisNoiseStream *
genesis_noise_stream_new (GError **error)
{
  GenesisNoiseStream *self = allocate (error);

  if (self != NULL)
    randombytes_buf (self->key, sizeof self->key);
  return self;
}

GenesisNoiseStream *
genesis_noise_stream_new_with_key (const guint8 key[GENESIS_NOISE_KEY_SIZE], GError **error)
{
  GenesisNoiseStream *self = allocate (error);

  if (self == NULL)
    return NULL;
  memcpy (self->key, key, sizeof self->key);
  self->given_key = TRUE;
  return self;
}

/* sodium_free() wipes what it takes back. */
void
genesis_noise_stream_free (GenesisNoiseStream *self)
{
  sodium_free (self);
}

static void
refill (GenesisNoiseStream *self)
{
  guint8 nonce[crypto_stream_chacha20_NONCEBYTES];

  for (gsize i = 0; i < sizeof nonce; i++)
    nonce[i] = (guint8)(self->n_fills >> (8 * i));
  self->n_fills++;
  crypto_stream_chacha20 ((guint8 *)self->words, sizeof self->words, nonce, self->key);
  self->next = 0;
}

void
genesis_noise_stream_rekey (GenesisNoiseStream *self)
{
  if (self->given_key)
    {
      refill (self);
      memcpy (self->key, self->words, sizeof self->key);
    }
  else
    randombytes_buf (self->key, sizeof self->key);
  sodium_memzero (self->words, sizeof self->words);
  self->n_fills = 0;
  self->next = G_N_ELEMENTS (self->words);
}

guint64
genesis_noise_stream_next (GenesisNoiseStream *self)
{
  guint64 word;

  if (self->next == G_N_ELEMENTS (self->words))
    refill (self);
  word = GUINT64_FROM_LE (self->words[self->next]);
  self->words[self->next++] = 0;
  return word;
}
