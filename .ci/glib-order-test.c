/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* glib-order-test: silent under the thread sanitizer. glib-order-test race: reported, or the gate
 * sees nothing. */

#include <gio/gio.h>

static GMutex lock;
static GOnce once = G_ONCE_INIT;
static int sum, ready;

static gpointer
make_ready (gpointer unused)
{
  ready = 1;
  return NULL;
}

static void
work (gpointer data, gpointer racing)
{
  g_once (&once, make_ready, NULL);
  for (int i = 0; i < 1000000; i++)
    {
      if (racing == NULL)
        g_mutex_lock (&lock);
      sum += ready;
      if (racing == NULL)
        g_mutex_unlock (&lock);
    }
  g_object_unref (data);
}

int
main (int argc, char **argv)
{
  GThreadPool *pool = g_thread_pool_new (work, argc > 1 ? argv : NULL, 4, FALSE, NULL);
  GCancellable *shared = g_cancellable_new ();

  for (int i = 0; i < 4; i++)
    g_thread_pool_push (pool, g_object_ref (shared), NULL);
  g_object_unref (shared);
  g_thread_pool_free (pool, FALSE, TRUE);
  return argc == 1 && sum != 4000000;
}
