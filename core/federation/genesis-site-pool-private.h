/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-data-site-private.h"

G_BEGIN_DECLS

typedef enum
{
  GENESIS_SITE_TASK_COUNT,
  GENESIS_SITE_TASK_MEASURE
} GenesisSiteTaskKind;

/**
 * GenesisSiteTask:
 * @site: whose rows
 * @index: the caller's number of the site
 * @round: which round
 * @asked: public state that the plan follows from
 * @own: state of the site's own model, or %NULL when none is kept
 * @stored: canonical bytes of a partial that was accepted before, or %NULL; taken in place of a
 * measurement
 * @part: of the progress of all; its size is what the caller expects of this task
 * @error: why it failed, or %NULL
 * @n_rows: of the site
 * @plan_digest: of the plan as the site's side computed it
 * @partial: the answer
 * @bytes: its canonical bytes
 * @digest: SHA-256 of them
 * @next_own: the site's own state after this round, or %NULL
 *
 * One duty of one site: what goes in, and what comes out on a worker thread.
 */
typedef struct
{
  GenesisSiteTaskKind kind;
  GenesisDataSite *site;
  guint index, round;
  GenesisBlocks *asked, *own;
  GBytes *stored;
  guint64 stored_rows;
  GenesisProgressPart part;
  /* out */
  GError *error;
  guint64 n_rows;
  char *plan_digest;
  GenesisBlocks *partial;
  GBytes *bytes;
  char *digest;
  GenesisBlocks *next_own;
  /* the pool's */
  gboolean is_done;
} GenesisSiteTask;

GenesisSiteTask *genesis_site_task_new (GenesisSiteTaskKind kind, GenesisDataSite *site,
                                        guint index);
void genesis_site_task_free (GenesisSiteTask *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisSiteTask, genesis_site_task_free)

/**
 * GenesisSitePool:
 *
 * Threads that do sites' duties. One generator instance a thread, not a site. Results come back in
 * the order in which the tasks were pushed, whatever the threads do, so that a run's history does
 * not depend on their number. At most window tasks are on the threads or wait to be taken: memory
 * grows with threads, not with sites.
 */
typedef struct _GenesisSitePool GenesisSitePool;

/* threads at least 1. n_sites says how many threads are of use; the others widen host->parallel.
   progress: borrowed, what the tasks are parts of; told while pop waits. */
GenesisSitePool *genesis_site_pool_new (guint threads, guint n_sites, GenesisProgress *progress);
void genesis_site_pool_free (GenesisSitePool *self);
/* What measuring needs. To be called once, before the first MEASURE; settings, schema and plugin
   are referenced. */
void genesis_site_pool_prepare (GenesisSitePool *self, GenesisPlugin *plugin,
                                const genesis_abi_session *session, GenesisSchema *schema,
                                GHashTable *settings, const GenesisRowBounds *bounds);
void genesis_site_pool_push (GenesisSitePool *self, GenesisSiteTask *task);
/* Waits for the oldest task; NULL when there is none. (transfer full) */
GenesisSiteTask *genesis_site_pool_pop (GenesisSitePool *self);
/* Asks the running tasks to stop. They fail with G_IO_ERROR_CANCELLED and are popped as ever. */
void genesis_site_pool_cancel (GenesisSitePool *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisSitePool, genesis_site_pool_free)

G_END_DECLS
