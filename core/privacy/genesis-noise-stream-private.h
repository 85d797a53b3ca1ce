/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define GENESIS_NOISE_KEY_SIZE    32
#define GENESIS_NOISE_BUFFER_SIZE 4096

/**
 * GenesisNoiseStream:
 *
 * Secret random bits: the key stream of ChaCha20 (RFC 8439's cipher with a counter of 64 bits),
 * from libsodium. Its memory is locked, kept out of core dumps and wiped. One thread at a time.
 */
typedef struct _GenesisNoiseStream GenesisNoiseStream;

/* Keyed by the operating system. NULL when it gives no random bits or no memory that can be
   locked. */
GenesisNoiseStream *genesis_noise_stream_new (GError **error);
/* The same bits for the same key: for known answers in tests, never for what is released. */
GenesisNoiseStream *genesis_noise_stream_new_with_key (const guint8 key[GENESIS_NOISE_KEY_SIZE],
                                                       GError **error);
void genesis_noise_stream_free (GenesisNoiseStream *self);
/* A new key from the operating system; nothing drawn before can be told from what is kept. A stream
   made with a key goes on to the next key that follows from it. */
void genesis_noise_stream_rekey (GenesisNoiseStream *self);
guint64 genesis_noise_stream_next (GenesisNoiseStream *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisNoiseStream, genesis_noise_stream_free)

G_END_DECLS
