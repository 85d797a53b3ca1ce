/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <signal.h>
#include <unistd.h>

#include "command.h"
#include "progress.h"

/* One thread takes the signals, so that cancelling may lock and allocate. */
static gpointer
wait_for_signals (gpointer data)
{
  GCancellable *cancellable = data;
  sigset_t set;
  int number;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGHUP);
  if (sigwait (&set, &number) != 0)
    return NULL;
  progress_say ("stopping; once more stops at once");
  g_cancellable_cancel (cancellable);
  if (sigwait (&set, &number) == 0)
    _exit (EXIT_INTERRUPTED);
  return NULL;
}

/* Before any other thread is started: they inherit the mask. */
GCancellable *
command_watch_interrupts (void)
{
  GCancellable *cancellable = g_cancellable_new ();
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGHUP);
  pthread_sigmask (SIG_BLOCK, &set, NULL);
  g_thread_unref (g_thread_new ("signals", wait_for_signals, g_object_ref (cancellable)));
  return cancellable;
}
