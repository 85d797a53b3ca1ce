/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-progress-private.h"

#define NOT_TOLD    -2
#define NOT_KNOWN   -1
#define PARTS_OF_IT 100u

struct _GenesisProgress
{
  GenesisProgressFunc func;
  gpointer user_data;

  GMutex lock; /* of all that follows */
  char *what;
  guint64 total, done;
  int told; /* percent, NOT_KNOWN or NOT_TOLD */
  GThread *teller;
  GMutex *waiter_lock;
  GCond *waiter_changed;
};

GenesisProgress *
genesis_progress_new (GenesisProgressFunc func, gpointer user_data)
{
  GenesisProgress *self = g_new0 (GenesisProgress, 1);

  self->func = func;
  self->user_data = user_data;
  self->told = NOT_TOLD;
  g_mutex_init (&self->lock);
  return self;
}

void
genesis_progress_free (GenesisProgress *self)
{
  if (self == NULL)
    return;
  g_free (self->what);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
genesis_progress_set_waiter (GenesisProgress *self, GMutex *lock, GCond *changed)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->waiter_lock = lock;
  self->waiter_changed = changed;
  g_mutex_unlock (&self->lock);
}

void
genesis_progress_begin (GenesisProgress *self, const char *what, guint64 total)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  g_free (self->what);
  self->what = g_strdup (what);
  self->total = total;
  self->done = 0;
  self->told = NOT_TOLD;
  self->teller = g_thread_self ();
  g_mutex_unlock (&self->lock);
}

void
genesis_progress_expect (GenesisProgress *self, guint64 more)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->total += more;
  g_mutex_unlock (&self->lock);
}

static double
get_share (GenesisProgress *self)
{
  return self->total > 0 ? (double)MIN (self->done, self->total) / (double)self->total : -1;
}

static gboolean
has_news (GenesisProgress *self)
{
  const double share = get_share (self);

  return self->what != NULL && (share < 0 ? NOT_KNOWN : (int)(share * PARTS_OF_IT)) > self->told;
}

void
genesis_progress_tell (GenesisProgress *self)
{
  g_autofree char *what = NULL;
  double share = -1;

  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  if (has_news (self))
    {
      what = g_strdup (self->what);
      share = get_share (self);
      self->told = share < 0 ? NOT_KNOWN : (int)(share * PARTS_OF_IT);
    }
  g_mutex_unlock (&self->lock);
  if (what != NULL)
    self->func (what, share, self->user_data);
}

void
genesis_progress_add (GenesisProgress *self, guint64 units)
{
  GMutex *waiter_lock;
  GCond *waiter_changed;
  gboolean news, is_teller;

  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->done += units;
  news = has_news (self);
  is_teller = self->teller == g_thread_self ();
  waiter_lock = self->waiter_lock;
  waiter_changed = self->waiter_changed;
  g_mutex_unlock (&self->lock);
  if (!news)
    return;
  if (is_teller)
    {
      genesis_progress_tell (self);
      return;
    }
  if (waiter_lock == NULL)
    return;
  g_mutex_lock (waiter_lock);
  g_cond_broadcast (waiter_changed);
  g_mutex_unlock (waiter_lock);
}

void
genesis_progress_part_reach (GenesisProgressPart *self, guint64 units)
{
  const guint64 more = MIN (units, self->size) - MIN (self->done, MIN (units, self->size));

  if (more == 0)
    return;
  self->done += more;
  genesis_progress_add (self->progress, more);
}
