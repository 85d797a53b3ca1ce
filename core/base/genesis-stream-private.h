/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The name of the generator, written into every model file. */
#define GENESIS_STREAM_NAME "philox4x32-10"

/**
 * GenesisStream:
 *
 * A Philox4x32-10 counter stream: 64-bit key, 64-bit stream number in the upper half of the
 * counter, 64-bit position in the lower. Plain value: copy it to branch, never share it between
 * threads.
 */
typedef struct
{
  guint32 key[2];
  guint32 stream[2];
  guint64 position;
  guint64 pending; /* second half of the last block */
  gboolean has_pending;
} GenesisStream;

/* The stream of one chunk of one site: a function of the four values alone. */
void genesis_stream_init_chunk (GenesisStream *self, guint64 seed, const char *generator_id,
                                const char *site, guint64 chunk);
void genesis_stream_init (GenesisStream *self, guint64 seed, const char *purpose, guint64 index);
void genesis_stream_split (const GenesisStream *self, guint64 index, GenesisStream *child);
guint64 genesis_stream_u64 (GenesisStream *self);
void genesis_stream_fill_u64 (GenesisStream *self, guint64 *out, gsize n);
void genesis_stream_fill_uniform (GenesisStream *self, double *out, gsize n); /* (0, 1), open */
void genesis_stream_fill_normal (GenesisStream *self, double *out, gsize n);
guint64 genesis_stream_below (GenesisStream *self,
                              guint64 bound); /* uniform on [0, bound), exact */

G_END_DECLS
