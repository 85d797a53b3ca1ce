/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* share of what is done, in [0, 1], or -1 when that is not known */
typedef void (*GenesisProgressFunc) (const char *what, double share, gpointer user_data);

/**
 * GenesisProgress:
 *
 * How far a piece of work is that several threads do and one waits for. It is told on the waiting
 * thread alone, once at the beginning and then when a further percent is done: at most 101 times,
 * without a clock. Nothing of it enters a result. Every function takes %NULL for nobody listens.
 */
typedef struct _GenesisProgress GenesisProgress;

GenesisProgress *genesis_progress_new (GenesisProgressFunc func, gpointer user_data);
void genesis_progress_free (GenesisProgress *self);
/* Broadcasts changed, with lock held, whenever there is something to tell; NULL for both: no
   longer. */
void genesis_progress_set_waiter (GenesisProgress *self, GMutex *lock, GCond *changed);

/* On the thread that waits, which becomes the one where things are told. total 0: not known. */
void genesis_progress_begin (GenesisProgress *self, const char *what, guint64 total);
void genesis_progress_expect (GenesisProgress *self, guint64 more);
void genesis_progress_tell (GenesisProgress *self);

/* From any thread: so much more is done. */
void genesis_progress_add (GenesisProgress *self, guint64 units);

/**
 * GenesisProgressPart:
 * @size: units of the whole that this part is worth
 * @done: of them
 *
 * What one thread at a time does of the whole.
 */
typedef struct
{
  GenesisProgress *progress;
  guint64 size, done;
} GenesisProgressPart;

/* Never back, and never beyond the part's size. */
void genesis_progress_part_reach (GenesisProgressPart *self, guint64 units);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisProgress, genesis_progress_free)

G_END_DECLS
