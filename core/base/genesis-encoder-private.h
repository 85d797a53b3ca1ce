/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Canonical bytes: fixed-width little endian; text and bytes are a u32/u64 length and the bytes;
   one encoding per value. */

typedef struct
{
  GByteArray *bytes;
} GenesisEncoder;

void genesis_encoder_init (GenesisEncoder *self);
void genesis_encoder_clear (GenesisEncoder *self);
void genesis_encoder_put_u8 (GenesisEncoder *self, guint8 value);
void genesis_encoder_put_u32 (GenesisEncoder *self, guint32 value);
void genesis_encoder_put_u64 (GenesisEncoder *self, guint64 value);
void genesis_encoder_put_i64 (GenesisEncoder *self, gint64 value);
void genesis_encoder_put_f64 (GenesisEncoder *self, double value); /* -0 and NaNs are made one */
void genesis_encoder_put_text (GenesisEncoder *self, const char *text); /* NULL is told from "" */
void genesis_encoder_put_bytes (GenesisEncoder *self, gconstpointer data,
                                gsize n); /* u64 length first */
void genesis_encoder_put_raw (GenesisEncoder *self, gconstpointer data, gsize n); /* no length */
void genesis_encoder_put_u64s (GenesisEncoder *self, gconstpointer values,
                               gsize n); /* n 8-byte values, no length */
GBytes *genesis_encoder_steal (GenesisEncoder *self);
char *genesis_encoder_dup_sha256 (GenesisEncoder *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisEncoder, genesis_encoder_clear)

/* Reads what GenesisEncoder wrote, from an enemy: every get is bounds checked; after the first
   failure all gets return zero and genesis_decoder_failed() is true. Nothing is allocated beyond
   what remains in the input. */
typedef struct
{
  const guint8 *data;
  gsize size, at;
  gboolean failed;
} GenesisDecoder;

void genesis_decoder_init (GenesisDecoder *self, gconstpointer data, gsize size);
guint8 genesis_decoder_get_u8 (GenesisDecoder *self);
guint32 genesis_decoder_get_u32 (GenesisDecoder *self);
guint64 genesis_decoder_get_u64 (GenesisDecoder *self);
gint64 genesis_decoder_get_i64 (GenesisDecoder *self);
double genesis_decoder_get_f64 (GenesisDecoder *self);
char *genesis_decoder_get_text (GenesisDecoder *self); /* valid UTF-8 or failure; NULL stays NULL */
gconstpointer genesis_decoder_get_bytes (GenesisDecoder *self,
                                         gsize *n); /* borrowed from the input */
gconstpointer genesis_decoder_get_raw (GenesisDecoder *self, gsize n);
gsize genesis_decoder_remaining (GenesisDecoder *self);
gboolean genesis_decoder_failed (GenesisDecoder *self);
void genesis_decoder_fail (GenesisDecoder *self);

char *genesis_sha256_hex (gconstpointer data, gsize n);
void genesis_sha256 (gconstpointer data, gsize n, guint8 out[32]);
guint32 genesis_crc32 (guint32 crc, gconstpointer data, gsize n);

G_END_DECLS
