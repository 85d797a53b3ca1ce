/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-site-pool-private.h"

#include <genesis/genesis-error.h>

#include "host/genesis-site-bounds-private.h"

/* A generator instance and the plan that it computed last: sites that one thread serves share
   both. */
typedef struct
{
  GenesisGenerator *generator;
  GenesisBlocks *asked; /* the state that plan follows from */
  GenesisPlan *plan;
} Instance;

struct _GenesisSitePool
{
  guint width, inner_width;
  GThreadPool *threads;
  GCancellable *cancellable;
  GenesisProgress *progress; /* borrowed */

  /* read-only after prepare */
  GenesisPlugin *plugin;
  genesis_abi_session session;
  GenesisRowBounds bounds;
  GenesisSchema *schema;
  GHashTable *settings;

  GMutex lock;
  GCond done;
  GQueue tasks;   /* GenesisSiteTask in order of push */
  GQueue waiting; /* those that are not on the threads yet; borrowed from tasks */
  guint n_running;
  GQueue instances; /* Instance, idle */
};

static void
instance_free (Instance *instance)
{
  g_clear_pointer (&instance->generator, genesis_generator_free);
  g_clear_pointer (&instance->asked, genesis_blocks_unref);
  g_clear_pointer (&instance->plan, genesis_plan_unref);
  g_free (instance);
}

GenesisSiteTask *
genesis_site_task_new (GenesisSiteTaskKind kind, GenesisDataSite *site, guint index)
{
  GenesisSiteTask *self = g_new0 (GenesisSiteTask, 1);

  self->kind = kind;
  self->site = g_object_ref (site);
  self->index = index;
  return self;
}

void
genesis_site_task_free (GenesisSiteTask *self)
{
  g_clear_object (&self->site);
  g_clear_pointer (&self->asked, genesis_blocks_unref);
  g_clear_pointer (&self->own, genesis_blocks_unref);
  g_clear_pointer (&self->stored, g_bytes_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->plan_digest, g_free);
  g_clear_pointer (&self->partial, genesis_blocks_unref);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->digest, g_free);
  g_clear_pointer (&self->next_own, genesis_blocks_unref);
  g_free (self);
}

/* -- on a worker thread ---------------------------------------------------- */

static Instance *
take_instance (GenesisSitePool *self, GError **error)
{
  Instance *instance;

  g_mutex_lock (&self->lock);
  instance = g_queue_pop_head (&self->instances);
  g_mutex_unlock (&self->lock);
  if (instance != NULL)
    return instance;
  instance = g_new0 (Instance, 1);
  instance->generator = genesis_generator_new (self->plugin, &self->session, self->schema,
                                               self->settings, self->inner_width, error);
  if (instance->generator == NULL)
    g_clear_pointer (&instance, instance_free);
  else
    genesis_generator_set_row_bounds (instance->generator, &self->bounds);
  return instance;
}

static void
give_instance (GenesisSitePool *self, Instance *instance)
{
  g_mutex_lock (&self->lock);
  g_queue_push_head (&self->instances, instance);
  g_mutex_unlock (&self->lock);
}

/* A site computes the plan itself, so that it cannot be asked another question than the operator
   sees. */
static gboolean
compute_plan (Instance *instance, GenesisBlocks *asked, GError **error)
{
  gboolean finished = FALSE;

  if (instance->asked == asked && instance->plan != NULL)
    return TRUE;
  genesis_generator_set_quiet (instance->generator, TRUE);
  g_clear_pointer (&instance->asked, genesis_blocks_unref);
  g_clear_pointer (&instance->plan, genesis_plan_unref);
  instance->plan = genesis_generator_plan (instance->generator, asked, &finished, error);
  if (instance->plan == NULL)
    {
      if (finished)
        g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
                     "the site's generator has nothing to ask where the coordinator's has; plan () "
                     "is not a function of its arguments");
      return FALSE;
    }
  instance->asked = genesis_blocks_ref (asked);
  return TRUE;
}

static GenesisBlocks *
decode_stored (GBytes *bytes, GError **error)
{
  GenesisDecoder decoder;
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);
  g_autoptr (GenesisBlocks) blocks = NULL;

  genesis_decoder_init (&decoder, data, size);
  blocks = genesis_blocks_decode (&decoder, error);
  if (blocks != NULL
      && (genesis_decoder_failed (&decoder) || genesis_decoder_remaining (&decoder) > 0))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "a stored partial has bytes behind its end");
      return NULL;
    }
  return g_steal_pointer (&blocks);
}

static gboolean
check_partial (const GenesisSitePool *self, const Instance *instance, const GenesisSiteTask *task,
               GError **error)
{
  if (genesis_row_bounds_are_active (&self->bounds)
      || genesis_site_bounds_are_active (&self->session))
    return genesis_blocks_check_clipped_partial (task->partial, instance->plan, error);
  return genesis_blocks_check_partial (task->partial, instance->plan, task->n_rows, error);
}

static gboolean
answer (GenesisSitePool *self, Instance *instance, GenesisSiteTask *task, GError **error)
{
  if (!compute_plan (instance, task->asked, error))
    return FALSE;
  task->plan_digest = g_strdup (genesis_plan_get_digest (instance->plan));
  if (task->stored != NULL)
    {
      task->partial = decode_stored (task->stored, error);
      task->n_rows = task->stored_rows;
      if (task->partial != NULL && task->n_rows == 0) /* a journal of a private run holds none */
        task->n_rows = (guint64)MAX (genesis_blocks_get_rows (task->partial), 0);
      task->bytes = g_bytes_ref (task->stored);
    }
  else
    {
      g_auto (GenesisEncoder) encoder = { NULL };

      /* Only what it says about the rows has not been said elsewhere. */
      genesis_generator_set_quiet (instance->generator, FALSE);
      task->partial =
          genesis_data_site_measure (task->site, instance->generator, task->asked, instance->plan,
                                     &task->n_rows, &task->part, self->cancellable, error);
      if (task->partial == NULL)
        return FALSE;
      genesis_site_bounds_clip (&self->bounds, &self->session, instance->plan, task->n_rows,
                                task->partial);
      genesis_encoder_init (&encoder);
      genesis_blocks_encode (task->partial, &encoder);
      task->bytes = genesis_encoder_steal (&encoder);
    }
  if (task->partial == NULL || !check_partial (self, instance, task, error))
    return FALSE;
  task->digest =
      genesis_sha256_hex (g_bytes_get_data (task->bytes, NULL), g_bytes_get_size (task->bytes));
  if (task->own == NULL)
    return TRUE;
  genesis_generator_set_quiet (instance->generator, TRUE);
  task->next_own =
      genesis_generator_absorb (instance->generator, task->asked, task->own, instance->plan,
                                task->partial, self->cancellable, error);
  return task->next_own != NULL;
}

static void
run_measure (GenesisSitePool *self, GenesisSiteTask *task)
{
  Instance *instance = take_instance (self, &task->error);

  if (instance == NULL)
    return;
  if (answer (self, instance, task, &task->error))
    give_instance (self, instance);
  else
    instance_free (instance); /* what failed once is not trusted with the next site */
}

static void
run_count (GenesisSitePool *self, GenesisSiteTask *task)
{
  gint64 n_rows = genesis_data_site_count (task->site, self->cancellable, &task->error);

  if (n_rows >= 0)
    task->n_rows = n_rows;
}

static void
work (gpointer data, gpointer user_data)
{
  GenesisSiteTask *task = data;
  GenesisSitePool *self = user_data;

  if (!g_cancellable_set_error_if_cancelled (self->cancellable, &task->error))
    {
      if (task->kind == GENESIS_SITE_TASK_COUNT)
        run_count (self, task);
      else
        run_measure (self, task);
    }
  genesis_progress_part_reach (&task->part, task->part.size);
  g_mutex_lock (&self->lock);
  task->is_done = TRUE;
  self->n_running--;
  g_cond_broadcast (&self->done);
  g_mutex_unlock (&self->lock);
}

/* -- on the caller's thread ------------------------------------------------ */

/* With lock held: hands tasks to the threads as long as the window has room. A finished task that
   was not taken yet keeps its place in the window. */
static void
dispatch (GenesisSitePool *self)
{
  const guint window = 2 * self->width + 2;

  while (!g_queue_is_empty (&self->waiting)
         && g_queue_get_length (&self->tasks) - g_queue_get_length (&self->waiting) < window)
    {
      GenesisSiteTask *task = g_queue_pop_head (&self->waiting);

      self->n_running++;
      g_thread_pool_push (self->threads, task, NULL);
    }
}

void
genesis_site_pool_push (GenesisSitePool *self, GenesisSiteTask *task)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->tasks, task);
  g_queue_push_tail (&self->waiting, task);
  dispatch (self);
  g_mutex_unlock (&self->lock);
}

GenesisSiteTask *
genesis_site_pool_pop (GenesisSitePool *self)
{
  GenesisSiteTask *task;

  genesis_progress_tell (self->progress);
  g_mutex_lock (&self->lock);
  task = g_queue_peek_head (&self->tasks);
  while (task != NULL && !task->is_done)
    {
      g_cond_wait (&self->done, &self->lock);
      g_mutex_unlock (&self->lock);
      genesis_progress_tell (self->progress);
      g_mutex_lock (&self->lock);
    }
  g_queue_pop_head (&self->tasks);
  dispatch (self);
  g_mutex_unlock (&self->lock);
  if (task != NULL)
    genesis_progress_tell (self->progress);
  return task;
}

void
genesis_site_pool_cancel (GenesisSitePool *self)
{
  g_cancellable_cancel (self->cancellable);
}

void
genesis_site_pool_prepare (GenesisSitePool *self, GenesisPlugin *plugin,
                           const genesis_abi_session *session, GenesisSchema *schema,
                           GHashTable *settings, const GenesisRowBounds *bounds)
{
  self->bounds = *bounds;
  g_set_object (&self->plugin, plugin);
  g_set_object (&self->schema, schema);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  self->settings = g_hash_table_ref (settings);
  self->session = *session;
}

GenesisSitePool *
genesis_site_pool_new (guint threads, guint n_sites, GenesisProgress *progress)
{
  GenesisSitePool *self = g_new0 (GenesisSitePool, 1);

  g_assert (threads > 0);
  self->width = CLAMP (n_sites, 1, threads);
  self->inner_width = MAX (threads / self->width, 1);
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->done);
  g_queue_init (&self->tasks);
  g_queue_init (&self->waiting);
  g_queue_init (&self->instances);
  self->progress = progress;
  genesis_progress_set_waiter (progress, &self->lock, &self->done);
  self->threads = g_thread_pool_new (work, self, self->width, FALSE, NULL);
  return self;
}

void
genesis_site_pool_free (GenesisSitePool *self)
{
  if (self == NULL)
    return;
  genesis_site_pool_cancel (self);
  g_thread_pool_free (self->threads, FALSE, TRUE);
  genesis_progress_set_waiter (self->progress, NULL, NULL);
  g_queue_clear_full (&self->tasks, (GDestroyNotify)genesis_site_task_free);
  g_queue_clear (&self->waiting);
  g_queue_clear_full (&self->instances, (GDestroyNotify)instance_free);
  g_clear_object (&self->plugin);
  g_clear_object (&self->schema);
  g_clear_pointer (&self->settings, g_hash_table_unref);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->done);
  g_free (self);
}
