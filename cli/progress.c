/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define TICK (G_TIME_SPAN_SECOND / 5)
/* Shorter work shows nothing: a line that flashes helps nobody. */
#define PATIENCE (G_TIME_SPAN_SECOND / 4)

static struct
{
  GMutex mutex;
  GCond stopped;
  GThread *thread;
  gboolean active, visible;
  gint64 started, since;
  char *text;
} line;

static guint
count_columns (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 20 ? size.ws_col : 80;
}

/* With the mutex held. */
static void
erase (void)
{
  if (line.visible)
    fputs ("\r\033[K", stderr);
  line.visible = FALSE;
}

static void
paint (void)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *text = NULL;
  g_autofree char *cut = NULL;

  if (line.text == NULL || now - line.started < PATIENCE)
    return;
  text = g_strdup_printf ("%s (%" G_GINT64_FORMAT " s)", line.text,
                          (now - line.since) / G_TIME_SPAN_SECOND);
  cut = g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), (long)count_columns () - 1));
  fprintf (stderr, "\r%s\033[K", cut);
  line.visible = TRUE;
}

static gpointer
tick (gpointer data)
{
  g_mutex_lock (&line.mutex);
  while (line.active)
    {
      paint ();
      g_cond_wait_until (&line.stopped, &line.mutex, g_get_monotonic_time () + TICK);
    }
  g_mutex_unlock (&line.mutex);
  return NULL;
}

void
progress_start (gboolean quiet)
{
  if (quiet || !isatty (STDERR_FILENO) || g_strcmp0 (g_getenv ("TERM"), "dumb") == 0)
    return;
  line.active = TRUE;
  line.started = line.since = g_get_monotonic_time ();
  line.thread = g_thread_new ("progress", tick, NULL);
}

void
progress_say (const char *text)
{
  g_mutex_lock (&line.mutex);
  if (line.active && g_strcmp0 (line.text, text) != 0)
    {
      g_free (line.text);
      line.text = g_strdup (text);
      line.since = g_get_monotonic_time ();
      paint ();
    }
  g_mutex_unlock (&line.mutex);
}

void
progress_clear (void)
{
  g_mutex_lock (&line.mutex);
  erase ();
  g_mutex_unlock (&line.mutex);
}

void
progress_stop (void)
{
  g_mutex_lock (&line.mutex);
  line.active = FALSE;
  erase ();
  g_clear_pointer (&line.text, g_free);
  g_cond_broadcast (&line.stopped);
  g_mutex_unlock (&line.mutex);
  g_clear_pointer (&line.thread, g_thread_join);
}
