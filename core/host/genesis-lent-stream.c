/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-call-private.h"

/* A stream as a plugin sees it. */
typedef struct
{
  genesis_abi_rng abi;
  GenesisStream stream;
  GenesisCall *call; /* the whole call, also for a stream that a job split off */
} LentStream;

static const genesis_abi_rng *lend (GenesisCall *call, const GenesisStream *stream);

static void
fill_u64 (void *ctx, uint64_t *out, size_t n)
{
  LentStream *self = ctx;

  genesis_stream_fill_u64 (&self->stream, (guint64 *)out, n);
}

static void
fill_uniform (void *ctx, double *out, size_t n)
{
  LentStream *self = ctx;

  genesis_stream_fill_uniform (&self->stream, out, n);
}

static void
fill_normal (void *ctx, double *out, size_t n)
{
  LentStream *self = ctx;

  genesis_stream_fill_normal (&self->stream, out, n);
}

/* A child depends on the parent's key and number alone: safe while another job splits the same
   parent. */
static const genesis_abi_rng *
split (void *ctx, uint64_t index)
{
  LentStream *self = ctx;
  GenesisStream child;

  genesis_stream_split (&self->stream, index, &child);
  return lend (self->call, &child);
}

static const genesis_abi_rng *
lend (GenesisCall *call, const GenesisStream *stream)
{
  LentStream *self = g_try_new0 (LentStream, 1);

  if (self == NULL)
    return NULL;
  self->abi = (genesis_abi_rng){
    .struct_size = sizeof self->abi,
    .ctx = self,
    .fill_u64 = fill_u64,
    .fill_uniform = fill_uniform,
    .fill_normal = fill_normal,
    .split = split,
  };
  self->stream = *stream;
  self->call = call;
  g_mutex_lock (&call->mutex);
  call->streams = g_slist_prepend (call->streams, self);
  g_mutex_unlock (&call->mutex);
  return &self->abi;
}

const genesis_abi_rng *
genesis_call_lend_stream (GenesisCall *self, const GenesisStream *stream)
{
  g_assert (self->parent == NULL);
  return lend (self, stream);
}
