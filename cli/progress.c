/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "printable.h"

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
  double share; /* in [0, 1], or -1 */
  char *painted;
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
  g_clear_pointer (&line.painted, g_free);
}

/* "drawing rows, 40 % (2 s)"; what does not fit is cut from the text, never from the figures. */
static char *
format_line (gint64 now)
{
  g_autofree char *share =
      line.share >= 0 ? g_strdup_printf (", %d %%", (int)(100 * line.share)) : g_strdup ("");
  g_autofree char *figures = g_strdup_printf ("%s (%" G_GINT64_FORMAT " s)", share,
                                              (now - line.since) / G_TIME_SPAN_SECOND);
  glong room = (glong)count_columns () - 1 - g_utf8_strlen (figures, -1);
  glong length = g_utf8_strlen (line.text, -1);
  g_autofree char *cut = NULL;

  if (length <= room)
    return g_strconcat (line.text, figures, NULL);
  cut = g_utf8_substring (line.text, 0, MAX (room - 3, 0));
  return g_strconcat (cut, "...", figures, NULL);
}

static void
paint (void)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *text = NULL;

  if (line.text == NULL || now - line.started < PATIENCE)
    return;
  text = format_line (now);
  if (line.visible && g_strcmp0 (text, line.painted) == 0)
    return;
  fprintf (stderr, "\r%s\033[K", text);
  line.visible = TRUE;
  g_free (line.painted);
  line.painted = g_steal_pointer (&text);
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
  progress_say_share (text, -1);
}

void
progress_say_share (const char *text, double share)
{
  g_autofree char *safe = printable_text (text);

  g_mutex_lock (&line.mutex);
  if (line.active)
    {
      if (g_strcmp0 (line.text, safe) != 0)
        {
          g_free (line.text);
          line.text = g_steal_pointer (&safe);
          line.since = g_get_monotonic_time ();
        }
      line.share = share;
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
