/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-lent-private.h"

#include <stdlib.h>
#include <string.h>

#include "host/genesis-call-private.h"
#include "host/genesis-parallel-private.h"

/* More lines than these say nothing new. */
#define MAX_WARNINGS 64
#define MAX_WARNING  1024 /* bytes */

struct _GenesisLent
{
  genesis_abi_host host;
  char *plugin_id;
  GenesisPluginLog *log;
  guint threads;
  GMutex mutex; /* of helpers and warnings */
  GThreadPool *helpers;
  GPtrArray *warnings; /* texts, in the order in which they came */
  int n_alive;         /* atomic; below 0 after frees of what alloc did not give */
  int is_quiet;        /* atomic */
  const genesis_abi_noise *noise;
};

/* -- services that any thread may use ---------------------------------------- */

static GLogLevelFlags
find_level (GenesisLent *self, uint32_t level)
{
  if (level == GENESIS_ABI_LOG_DEBUG || g_atomic_int_get (&self->is_quiet))
    return G_LOG_LEVEL_DEBUG;
  return level == GENESIS_ABI_LOG_INFO ? G_LOG_LEVEL_INFO : G_LOG_LEVEL_WARNING;
}

static void
keep_warning (GenesisLent *self, const char *text)
{
  g_autofree char *clean = genesis_plugin_text_clean (text, MAX_WARNING);

  g_mutex_lock (&self->mutex);
  if (self->warnings->len < MAX_WARNINGS)
    g_ptr_array_add (self->warnings, g_steal_pointer (&clean));
  g_mutex_unlock (&self->mutex);
}

static void
host_log (void *ctx, uint32_t level, const char *utf8)
{
  GenesisLent *self = ctx;
  GLogLevelFlags flags = find_level (self, level);

  if (utf8 == NULL)
    return;
  if (flags == G_LOG_LEVEL_WARNING)
    keep_warning (self, utf8);
  genesis_plugin_log_write (self->log, self->plugin_id, flags, utf8);
}

static void *
host_alloc (void *ctx, size_t bytes)
{
  GenesisLent *self = ctx;
  void *p = bytes <= GENESIS_ALLOCATION_MAX ? malloc (MAX (bytes, 1)) : NULL;

  if (p != NULL)
    g_atomic_int_inc (&self->n_alive);
  return p;
}

static void
host_free (void *ctx, void *p)
{
  GenesisLent *self = ctx;

  if (p == NULL)
    return;
  g_atomic_int_add (&self->n_alive, -1);
  free (p);
}

static int
host_cancelled (void *ctx)
{
  GenesisCall *call = genesis_call_get_current (ctx);

  return call != NULL && g_cancellable_is_cancelled (call->cancellable);
}

static const void *
host_extension (void *ctx, const char *id)
{
  const GenesisLent *self = ctx;

  return id != NULL && strcmp (id, GENESIS_ABI_NOISE) == 0 ? self->noise : NULL;
}

/* -- services of the call that this thread is in ------------------------------ */

static genesis_abi_status
host_fail (void *ctx, genesis_abi_status code, const char *where, const char *utf8)
{
  GenesisCall *call = genesis_call_get_current (ctx);

  return call != NULL ? genesis_call_fail (call, code, where, utf8) : code;
}

static void *
host_scratch (void *ctx, size_t bytes)
{
  GenesisCall *call = genesis_call_get_current (ctx);

  return call != NULL ? genesis_arena_take (&call->scratch, bytes) : NULL;
}

static void
host_progress (void *ctx, double fraction, const char *what)
{
  GenesisCall *call = genesis_call_get_current (ctx);

  if (call != NULL)
    genesis_call_progress (call, fraction, what);
}

static genesis_abi_status
host_parallel (void *ctx, uint64_t n, void *data,
               genesis_abi_status (*job) (void *data, uint64_t i))
{
  GenesisCall *call = genesis_call_get_current (ctx);

  return call != NULL ? genesis_call_parallel (call, n, data, job) : GENESIS_ABI_E_INTERNAL;
}

static genesis_abi_status
host_put_block (void *ctx, const char *name, uint32_t dtype, uint64_t n, const void *data)
{
  GenesisCall *call = genesis_call_get_current (ctx);

  return call != NULL ? genesis_call_put_block (call, name, dtype, n, data)
                      : GENESIS_ABI_E_INTERNAL;
}

/* -- the object ---------------------------------------------------------------- */

static void
fill_host (GenesisLent *self)
{
  self->host = (genesis_abi_host){
    .struct_size = sizeof self->host,
    .abi_minor = GENESIS_ABI_MINOR,
    .ctx = self,
    .name = "genesis",
    .version = GENESIS_VERSION,
    .log = host_log,
    .fail = host_fail,
    .scratch = host_scratch,
    .alloc = host_alloc,
    .free = host_free,
    .cancelled = host_cancelled,
    .progress = host_progress,
    .parallel = host_parallel,
    .put_block = host_put_block,
    .extension = host_extension,
  };
}

GenesisLent *
genesis_lent_new (const char *plugin_id, GenesisPluginLog *log, guint threads)
{
  GenesisLent *self = g_new0 (GenesisLent, 1);

  self->plugin_id = g_strdup (plugin_id);
  self->log = genesis_plugin_log_ref (log);
  self->threads = MAX (threads, 1);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  g_mutex_init (&self->mutex);
  fill_host (self);
  return self;
}

/* Told also of a quiet instance: it is a fault of the plugin, whatever it was asked. */
static void
warn_of_memory (GenesisLent *self)
{
  int n = g_atomic_int_get (&self->n_alive);
  g_autofree char *text = NULL;

  if (n > 0)
    text = g_strdup_printf (
        "left %d allocations behind; free in destroy () all that came from host->alloc ()", n);
  else if (n < 0)
    text = g_strdup_printf (
        "gave host->free () %d more pointers than came from host->alloc (); free each once", -n);
  if (text != NULL)
    genesis_plugin_log_write (self->log, self->plugin_id, G_LOG_LEVEL_WARNING, text);
}

guint
genesis_lent_free (GenesisLent *self)
{
  guint n_alive = genesis_lent_get_n_alive (self);

  warn_of_memory (self);
  if (self->helpers != NULL)
    g_thread_pool_free (self->helpers, FALSE, TRUE);
  g_ptr_array_unref (self->warnings);
  g_mutex_clear (&self->mutex);
  genesis_plugin_log_unref (self->log);
  g_free (self->plugin_id);
  g_free (self);
  return n_alive;
}

const genesis_abi_host *
genesis_lent_get_host (GenesisLent *self)
{
  return &self->host;
}

const char *
genesis_lent_get_plugin_id (GenesisLent *self)
{
  return self->plugin_id;
}

guint
genesis_lent_get_threads (GenesisLent *self)
{
  return self->threads;
}

guint
genesis_lent_get_n_alive (GenesisLent *self)
{
  return (guint)MAX (g_atomic_int_get (&self->n_alive), 0);
}

void
genesis_lent_set_noise (GenesisLent *self, const genesis_abi_noise *noise)
{
  self->noise = noise;
}

void
genesis_lent_set_quiet (GenesisLent *self, gboolean is_quiet)
{
  g_atomic_int_set (&self->is_quiet, is_quiet ? 1 : 0);
}

GPtrArray *
genesis_lent_steal_warnings (GenesisLent *self)
{
  GPtrArray *warnings;

  g_mutex_lock (&self->mutex);
  warnings = self->warnings;
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  g_mutex_unlock (&self->mutex);
  return warnings;
}

/* Made when first asked for: most instances never run jobs, and a run may hold a thousand
   instances. */
GThreadPool *
genesis_lent_get_helpers (GenesisLent *self)
{
  if (self->threads < 2)
    return NULL;
  g_mutex_lock (&self->mutex);
  if (self->helpers == NULL)
    self->helpers =
        g_thread_pool_new (genesis_parallel_help, NULL, (int)self->threads - 1, FALSE, NULL);
  g_mutex_unlock (&self->mutex);
  return self->helpers;
}
