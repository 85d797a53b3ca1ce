/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Preloaded into programs built with clang's -fsanitize=thread. Debian's GLib is not built with it
 * and locks with futexes of its own, so the sanitizer does not see that a g_mutex_unlock () comes
 * before the next g_mutex_lock () and reports false races. Each function here does what GLib's does
 * and tells the sanitizer which order that gives. Orders that GLib does not give are not told. */

#include <dlfcn.h>
#include <gio/gio.h>
#include <pthread.h>

/* Weak: children without the sanitizer, its symbolizer among them, load this, too. */
extern void __tsan_acquire (void *address) __attribute__ ((weak));
extern void __tsan_release (void *address) __attribute__ ((weak));

static void
acquire (const void *address)
{
  if (__tsan_acquire != NULL)
    __tsan_acquire ((void *)address);
}

static void
release (const void *address)
{
  if (__tsan_release != NULL)
    __tsan_release ((void *)address);
}

#define NEXT(name) ((__typeof__ (&name))find_next (#name))

static void *
find_next (const char *name)
{
  void *symbol = dlsym (RTLD_NEXT, name);

  if (symbol == NULL)
    g_error ("glib-order: no %s", name);
  return symbol;
}

/* Mutexes and conditions. */

void
g_mutex_lock (GMutex *mutex)
{
  NEXT (g_mutex_lock) (mutex);
  acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  gboolean locked = NEXT (g_mutex_trylock) (mutex);

  if (locked)
    acquire (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  release (mutex);
  NEXT (g_mutex_unlock) (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  release (mutex);
  NEXT (g_cond_wait) (cond, mutex);
  acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end)
{
  gboolean signalled;

  release (mutex);
  signalled = NEXT (g_cond_wait_until) (cond, mutex, end);
  acquire (mutex);
  return signalled;
}

/* Things done once: GLib's fast path is an atomic load in the caller, so the order has to be told
 * just before the store, and these are written anew. */

static pthread_mutex_t once_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t once_done = PTHREAD_COND_INITIALIZER;
static gconstpointer busy[64]; /* what is being done; types register each other */

static gboolean
is_busy (gconstpointer location)
{
  for (guint i = 0; i < G_N_ELEMENTS (busy); i++)
    if (busy[i] == location)
      return TRUE;
  return FALSE;
}

static void
replace_busy (gconstpointer old, gconstpointer new)
{
  for (guint i = 0; i < G_N_ELEMENTS (busy); i++)
    if (busy[i] == old)
      {
        busy[i] = new;
        return;
      }
  g_error ("glib-order: too many things at once");
}

gboolean (g_once_init_enter) (volatile void *location)
{
  gpointer *value = (gpointer *)location;
  gboolean mine;

  pthread_mutex_lock (&once_lock);
  while (is_busy (value))
    pthread_cond_wait (&once_done, &once_lock);
  mine = __atomic_load_n (value, __ATOMIC_ACQUIRE) == NULL;
  if (mine)
    replace_busy (NULL, value);
  pthread_mutex_unlock (&once_lock);
  return mine;
}

void (g_once_init_leave) (volatile void *location, gsize result)
{
  gpointer *value = (gpointer *)location;

  pthread_mutex_lock (&once_lock);
  release (value);
  __atomic_store_n (value, GSIZE_TO_POINTER (result), __ATOMIC_RELEASE);
  replace_busy (value, NULL);
  pthread_cond_broadcast (&once_done);
  pthread_mutex_unlock (&once_lock);
}

gpointer
g_once_impl (GOnce *once, GThreadFunc func, gpointer arg)
{
  gboolean mine;

  pthread_mutex_lock (&once_lock);
  while (is_busy (once))
    pthread_cond_wait (&once_done, &once_lock);
  mine = once->status != G_ONCE_STATUS_READY;
  if (mine)
    replace_busy (NULL, once);
  pthread_mutex_unlock (&once_lock);
  if (!mine)
    return once->retval;
  once->retval = func (arg);
  pthread_mutex_lock (&once_lock);
  release ((void *)&once->status);
  __atomic_store_n (&once->status, G_ONCE_STATUS_READY, __ATOMIC_RELEASE);
  replace_busy (once, NULL);
  pthread_cond_broadcast (&once_done);
  pthread_mutex_unlock (&once_lock);
  return once->retval;
}

/* Thread pools: a push comes before its work, all work before the end of a free that waits. */

/* Two orders, two addresses: pushes are told at the record's, ends of work at its second member's,
 * so that one piece of work is not ordered before another. */
typedef struct
{
  GFunc func;
  gpointer user_data;
} Pool;

static void
run_in_pool (gpointer data, gpointer user_data)
{
  Pool *pool = user_data;

  acquire (pool);
  pool->func (data, pool->user_data);
  release (&pool->user_data);
}

GThreadPool *
g_thread_pool_new (GFunc func, gpointer user_data, int threads, gboolean exclusive, GError **error)
{
  Pool *pool = g_new (Pool, 1);

  *pool = (Pool){ func, user_data };
  return NEXT (g_thread_pool_new) (run_in_pool, pool, threads, exclusive, error);
}

gboolean
g_thread_pool_push (GThreadPool *threads, gpointer data, GError **error)
{
  release (threads->user_data);
  return NEXT (g_thread_pool_push) (threads, data, error);
}

void
g_thread_pool_free (GThreadPool *threads, gboolean immediate, gboolean wait)
{
  Pool *pool = threads->user_data;

  NEXT (g_thread_pool_free) (threads, immediate, wait);
  acquire (&pool->user_data);
  if (wait)
    g_free (pool);
}

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  release (queue);
  NEXT (g_async_queue_push) (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  gpointer data = NEXT (g_async_queue_pop) (queue);

  acquire (queue);
  return data;
}

/* Counted references: each release of one comes before the end of the object. */

#define ORDER_UNREF(name, type)                                                                    \
  void name (type object)                                                                          \
  {                                                                                                \
    release (object);                                                                              \
    acquire (object);                                                                              \
    NEXT (name) (object);                                                                          \
  }

ORDER_UNREF (g_object_unref, gpointer)
ORDER_UNREF (g_bytes_unref, GBytes *)
ORDER_UNREF (g_ptr_array_unref, GPtrArray *)
ORDER_UNREF (g_hash_table_unref, GHashTable *)
ORDER_UNREF (g_array_unref, GArray *)
ORDER_UNREF (g_byte_array_unref, GByteArray *)

gboolean (g_atomic_ref_count_dec) (gatomicrefcount *count)
{
  release (count);
  acquire (count);
  return NEXT (g_atomic_ref_count_dec) (count);
}

/* Tasks and main contexts: handing over comes before what is done there. */

typedef struct
{
  GSourceFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Call;

static gboolean
run_call (gpointer data)
{
  Call *call = data;

  acquire (call);
  return call->func (call->data);
}

static void
free_call (gpointer data)
{
  Call *call = data;

  acquire (call);
  if (call->destroy != NULL)
    call->destroy (call->data);
  g_free (call);
}

void
g_source_set_callback (GSource *source, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  Call *call = g_new (Call, 1);

  *call = (Call){ func, data, destroy };
  release (call);
  NEXT (g_source_set_callback) (source, run_call, call, free_call);
}

void
g_main_context_invoke_full (GMainContext *context, int priority, GSourceFunc func, gpointer data,
                            GDestroyNotify destroy)
{
  Call *call = g_new (Call, 1);

  *call = (Call){ func, data, destroy };
  release (call);
  NEXT (g_main_context_invoke_full) (context, priority, run_call, call, free_call);
}

void
g_main_context_invoke (GMainContext *context, GSourceFunc func, gpointer data)
{
  g_main_context_invoke_full (context, G_PRIORITY_DEFAULT, func, data, NULL);
}

static void
run_task (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GTaskThreadFunc func;

  acquire (task);
  func = (GTaskThreadFunc)g_object_get_data (G_OBJECT (task), "glib-order");
  func (task, source, task_data, cancellable);
}

void
g_task_run_in_thread (GTask *task, GTaskThreadFunc func)
{
  g_object_set_data (G_OBJECT (task), "glib-order", (gpointer)func);
  release (task);
  NEXT (g_task_run_in_thread) (task, run_task);
}

void
g_task_run_in_thread_sync (GTask *task, GTaskThreadFunc func)
{
  g_object_set_data (G_OBJECT (task), "glib-order", (gpointer)func);
  release (task);
  NEXT (g_task_run_in_thread_sync) (task, run_task);
  acquire (task);
}

void
g_task_return_pointer (GTask *task, gpointer result, GDestroyNotify destroy)
{
  release (task);
  NEXT (g_task_return_pointer) (task, result, destroy);
}

void
g_task_return_boolean (GTask *task, gboolean result)
{
  release (task);
  NEXT (g_task_return_boolean) (task, result);
}

void
g_task_return_error (GTask *task, GError *error)
{
  release (task);
  NEXT (g_task_return_error) (task, error);
}

gpointer
g_task_propagate_pointer (GTask *task, GError **error)
{
  acquire (task);
  return NEXT (g_task_propagate_pointer) (task, error);
}

gboolean
g_task_propagate_boolean (GTask *task, GError **error)
{
  acquire (task);
  return NEXT (g_task_propagate_boolean) (task, error);
}
