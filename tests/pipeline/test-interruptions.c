/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "pipeline-demo.h"

/* Killed, interrupted, cut off: what is left behind, and how it goes on. */

static char *
find_digest (Fixture *fixture)
{
  g_autoptr (JsonNode) node = NULL;

  return demo_dup_member (demo_run (fixture, "run demo.ini --json", &node), "model_digest");
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  const char *const words[] = { "run", "demo.ini", "--quiet", NULL };
  g_autofree char *undisturbed = NULL;
  g_autofree char *resumed = NULL;
  gint64 started;
  gint64 duration;
  guint killed = 0;

  demo_write (fixture, 20000, "");
  started = g_get_monotonic_time ();
  undisturbed = find_digest (fixture);
  duration = g_get_monotonic_time () - started;
  for (guint i = 0; i < 6; i++)
    {
      const char *const anew[] = { "run", "demo.ini", "--quiet", "--fresh", NULL };
      g_autoptr (GSubprocess) process = fixture_start (fixture, i == 0 ? anew : words, NULL);
      g_auto (Outcome) outcome = { 0 };

      g_usleep ((gulong)g_test_rand_int_range (0, (gint32)MIN (duration, G_MAXINT32 / 2)));
      g_subprocess_send_signal (process, i % 3 == 2 ? SIGINT : SIGKILL);
      fixture_wait (process, &outcome);
      g_assert_true (outcome.code == 0 || outcome.code == 128 + SIGKILL || outcome.code == 130);
      killed += outcome.code != 0;
    }
  g_test_message ("%u of 6 were killed in time", killed);
  resumed = find_digest (fixture);
  g_assert_cmpstr (resumed, ==, undisturbed);
}

/* Waits until rows are being written, at most 20 s. */
static gboolean
wait_for_part (Fixture *fixture)
{
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *part = fixture_find_part (fixture);

      if (part != NULL)
        return TRUE;
      g_usleep (2000);
    }
  return FALSE;
}

static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  int number = GPOINTER_TO_INT (data);
  const char *const words[] = { "generate",  "--model", "out/m.genesis", "--rows",
                                "400000000", "--out",   "big.csv",       NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *part = NULL;

  demo_write (fixture, 200, "");
  demo_run (fixture, "run demo.ini --json", &node);
  process = fixture_start (fixture, words, NULL);
  g_assert_true (wait_for_part (fixture));
  g_subprocess_send_signal (process, number);
  fixture_wait (process, &outcome);
  g_assert_cmpint (outcome.code, ==, 130);
  g_assert_cmpstr (outcome.err, ==, "genesis: interrupted\n");
  part = fixture_find_part (fixture);
  g_assert_cmpstr (part, ==, NULL);
  g_assert_false (fixture_has (fixture, "big.csv"));
}

/* While the sites measure: no site failed, the user stopped it. */
static void
test_stopped_in_a_round (Fixture *fixture, gconstpointer data)
{
  const char *const words[] = { "run", "demo.ini", "--threads", "1", NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_auto (Outcome) outcome = { 0 };

  demo_write (fixture, 600000, "");
  process = fixture_start (fixture, words, NULL);
  for (guint i = 0; i < 10000 && !fixture_has (fixture, "demo.ini.run/settings.ini"); i++)
    g_usleep (2000);
  g_usleep (20000);
  g_subprocess_send_signal (process, SIGINT);
  fixture_wait (process, &outcome);
  g_assert_cmpint (outcome.code, ==, 130);
  g_assert_cmpstr (outcome.err, ==, "genesis: interrupted\n");
  g_assert_false (fixture_has (fixture, "out"));
}

static void
test_reader_goes_away (Fixture *fixture, gconstpointer data)
{
  const char *const words[] = { "generate", "--model",   "out/m.genesis",
                                "--rows",   "100000000", "--out",
                                "-",        NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *said = NULL;
  char buffer[64];
  gsize n = 0;

  demo_write (fixture, 200, "");
  demo_run (fixture, "run demo.ini --json", &node);
  process = fixture_start (fixture, words, NULL);
  g_input_stream_read_all (g_subprocess_get_stdout_pipe (process), buffer, sizeof buffer, &n, NULL,
                           &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, sizeof buffer);
  g_assert_true (g_input_stream_close (g_subprocess_get_stdout_pipe (process), NULL, &error));
  {
    g_autoptr (GDataInputStream) lines =
        g_data_input_stream_new (g_subprocess_get_stderr_pipe (process));

    said = g_data_input_stream_read_line (lines, NULL, NULL, &error);
    g_assert_no_error (error);
  }
  g_assert_cmpstr (said, ==, NULL);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
}

/* Another process holds the run: as its own lock file would show. */
static void
test_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *path = fixture_path (fixture, "demo.ini.run/lock");
  int fd;

  demo_write (fixture, 200, "");
  demo_run (fixture, "run demo.ini --json", &node);
  fd = g_open (path, O_RDWR | O_CLOEXEC, 0);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (flock (fd, LOCK_EX | LOCK_NB), ==, 0);
  fixture_run (fixture, &outcome, "run demo.ini --fresh");
  g_assert_cmpint (outcome.code, ==, 75);
  g_assert_nonnull (strstr (outcome.err, "another run holds the folder 'demo.ini.run'"));
  close (fd);
  g_clear_pointer (&node, json_node_unref);
  demo_run (fixture, "run demo.ini --json", &node);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add (path, Fixture, data, fixture_set_up, test, fixture_tear_down)
  ADD ("/run/killed/goes-on-to-the-same-digest", NULL, test_killed);
  ADD ("/run/interrupted/sigint-leaves-no-half-written-file", GINT_TO_POINTER (SIGINT),
       test_interrupted);
  ADD ("/run/interrupted/sigterm-leaves-no-half-written-file", GINT_TO_POINTER (SIGTERM),
       test_interrupted);
  ADD ("/run/interrupted/in-a-round-is-no-failure-of-sites", NULL, test_stopped_in_a_round);
  ADD ("/run/interrupted/reader-that-goes-away-ends-it-quietly", NULL, test_reader_goes_away);
  ADD ("/run/held/second-process-is-told", NULL, test_busy);
  return g_test_run ();
}
