/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "host/genesis-arena-private.h"
#include "base/genesis-stream-private.h"
#include "host/genesis-lent-private.h"

G_BEGIN_DECLS

typedef struct _GenesisCall GenesisCall;

/* fraction in [0, 1]; what may be NULL. From the thread of the call or of one of its jobs, one
   at a time. */
typedef void (*GenesisCallProgressFunc) (double fraction, const char *what, gpointer user_data);

/**
 * GenesisCall:
 * @name: of the vtable's member
 * @plan: the round it is about, for messages, or NULL
 * @next: state under construction, in absorb () only
 * @parent: the call that a job of parallel () belongs to, else NULL
 * @outer: the call that this thread was in before
 *
 * One call into a plugin, or one of its parallel jobs, on the stack of the thread that makes it.
 * The services find it through the thread, because an instance may be in several calls at once
 * (REENTRANT).
 */
struct _GenesisCall
{
  GenesisLent *lent;
  const char *name;
  GenesisPlan *plan;
  GCancellable *cancellable;
  GenesisBlocks *next;
  GenesisCallProgressFunc progress;
  gpointer progress_data;
  GenesisCall *parent, *outer;
  GenesisArena scratch;
  gboolean has_failed;
  char *fail_where, *fail_text;
  GMutex mutex; /* of what jobs share: streams, progress */
  GSList *streams;
};

/* Zero the struct and set lent, name and what else applies before. */
void genesis_call_begin (GenesisCall *self);
/* FALSE with an error "plugin ID, call NAME, round N, block 'B': text" when status says failed. */
gboolean genesis_call_end (GenesisCall *self, genesis_abi_status status, GError **error);
/* The same prefix for what the host itself finds wrong after the call. Always FALSE. */
gboolean genesis_call_prefix (GenesisLent *lent, const char *name, GenesisPlan *plan,
                              GError **error);

/* A job of parallel (): ends without an error, its text goes to the parent when it is the one
   that counts. */
void genesis_call_begin_job (GenesisCall *self, GenesisCall *parent);
void genesis_call_end_job (GenesisCall *self);
void genesis_call_take_reason (GenesisCall *self, char *where, char *text);

/* The call of this thread when it belongs to lent, else NULL. */
GenesisCall *genesis_call_get_current (GenesisLent *lent);

genesis_abi_status genesis_call_fail (GenesisCall *self, genesis_abi_status code, const char *where,
                                      const char *utf8);
genesis_abi_status genesis_call_put_block (GenesisCall *self, const char *name, guint32 dtype,
                                           guint64 n, gconstpointer data);
void genesis_call_progress (GenesisCall *self, double fraction, const char *what);
genesis_abi_status genesis_call_parallel (GenesisCall *self, guint64 n, gpointer data,
                                          genesis_abi_status (*job) (void *data, uint64_t i));
/* The stream as a plugin sees it; it and its children live until the call ends. */
const genesis_abi_rng *genesis_call_lend_stream (GenesisCall *self, const GenesisStream *stream);

G_END_DECLS
