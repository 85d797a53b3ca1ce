/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-parallel-private.h"

#include "host/genesis-call-private.h"

/* Jobs are claimed in ascending order, so when job i has failed every job below i was claimed
   before and will end: the failed job with the lowest number is the same for every width and
   every timing. */
typedef struct
{
  gatomicrefcount ref_count; /* the caller and every ticket in the pool's queue */
  GenesisCall *call;
  guint64 n;
  gpointer data;
  genesis_abi_status (*job) (void *data, uint64_t i);

  GMutex mutex;
  GCond all_gone;
  gboolean is_closed; /* a ticket that comes up later is too late: the caller's frame may be gone */
  guint n_inside;     /* helpers at work */
  guint64 next;
  guint64 failed; /* lowest failed job, n when none */
  genesis_abi_status status;
  char *where, *text; /* of that job */
} Parallel;

static void
parallel_unref (Parallel *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->all_gone);
  g_free (self);
}

static gboolean
claim (Parallel *self, guint64 *i)
{
  gboolean claimed;

  g_mutex_lock (&self->mutex);
  claimed = self->next < self->n && self->failed == self->n;
  if (claimed)
    *i = self->next++;
  g_mutex_unlock (&self->mutex);
  return claimed;
}

static void
note_failure (Parallel *self, guint64 i, genesis_abi_status status, GenesisCall *job)
{
  g_mutex_lock (&self->mutex);
  if (i < self->failed)
    {
      g_free (self->where);
      g_free (self->text);
      self->failed = i;
      self->status = status;
      self->where = g_steal_pointer (&job->fail_where);
      self->text = g_steal_pointer (&job->fail_text);
    }
  g_mutex_unlock (&self->mutex);
}

static void
work (Parallel *self)
{
  guint64 i;

  while (claim (self, &i))
    {
      GenesisCall job = { 0 };
      genesis_abi_status status;

      genesis_call_begin_job (&job, self->call);
      status = self->job (self->data, i);
      if (status < 0)
        note_failure (self, i, status, &job);
      genesis_call_end_job (&job);
    }
}

static gboolean
enter (Parallel *self)
{
  gboolean entered;

  g_mutex_lock (&self->mutex);
  entered = !self->is_closed;
  self->n_inside += entered ? 1 : 0;
  g_mutex_unlock (&self->mutex);
  return entered;
}

static void
leave (Parallel *self)
{
  g_mutex_lock (&self->mutex);
  if (--self->n_inside == 0)
    g_cond_signal (&self->all_gone);
  g_mutex_unlock (&self->mutex);
}

void
genesis_parallel_help (gpointer data, gpointer unused)
{
  Parallel *self = data;

  if (enter (self))
    {
      work (self);
      leave (self);
    }
  parallel_unref (self);
}

/* A helper that never comes, because no thread can be had, costs time only. */
static void
call_helpers (Parallel *self)
{
  GThreadPool *pool = genesis_lent_get_helpers (self->call->lent);
  guint64 n = pool != NULL ? MIN (genesis_lent_get_threads (self->call->lent), self->n) - 1 : 0;

  for (guint64 i = 0; i < n; i++)
    {
      g_atomic_ref_count_inc (&self->ref_count);
      g_thread_pool_push (pool, self, NULL);
    }
}

static void
close_and_wait (Parallel *self)
{
  g_mutex_lock (&self->mutex);
  self->is_closed = TRUE;
  while (self->n_inside > 0)
    g_cond_wait (&self->all_gone, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

genesis_abi_status
genesis_call_parallel (GenesisCall *call, guint64 n, gpointer data,
                       genesis_abi_status (*job) (void *data, uint64_t i))
{
  Parallel *self;
  genesis_abi_status status;

  if (call->parent != NULL)
    return genesis_call_fail (call, GENESIS_ABI_E_INTERNAL, NULL,
                              "parallel () was called from inside one of its jobs");
  if (job == NULL)
    return genesis_call_fail (call, GENESIS_ABI_E_INTERNAL, NULL, "parallel () was given no job");
  if (n == 0)
    return GENESIS_ABI_OK;
  self = g_new0 (Parallel, 1);
  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->all_gone);
  self->call = call;
  self->n = n;
  self->data = data;
  self->job = job;
  self->failed = n;
  call_helpers (self);
  work (self);
  close_and_wait (self);
  status = self->status;
  if (status < 0)
    genesis_call_take_reason (call, self->where, self->text);
  parallel_unref (self);
  return status;
}
