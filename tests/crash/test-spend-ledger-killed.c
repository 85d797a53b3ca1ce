/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Processes that spend and are killed, at every one of their points and at any moment. */
#include "config.h"

#include "privacy/genesis-spend-ledger-private.h"

#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "crash-points.h"

#define N_ROUNDS  4
#define N_MOMENTS 200
#define DATASET   "/data/north.csv"
#define MAX_WAIT  8000 /* microseconds: a run takes about as long */

typedef struct
{
  char *folder, *ledger, *witness;
} Fixture;

/* In memory where that is possible: a killed process loses nothing there either, and thousands of
   syncs are quick. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = g_strdup ("/dev/shm/genesis-killed-XXXXXX");

  fixture->folder = g_mkdtemp (name) != NULL ? g_steal_pointer (&name)
                                             : g_dir_make_tmp ("genesis-killed-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->ledger = g_build_filename (fixture->folder, "state", "north.spends", NULL);
  fixture->witness = g_build_filename (fixture->folder, "witness", NULL);
}

static void
clean (Fixture *fixture)
{
  g_autofree char *state = g_path_get_dirname (fixture->ledger);
  g_autoptr (GDir) dir = g_dir_open (state, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (state, name, NULL);

      g_unlink (path);
    }
  g_rmdir (state);
  g_unlink (fixture->witness);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  clean (fixture);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->ledger);
  g_free (fixture->witness);
}

/* -- the process that spends ------------------------------------------------ */

/* What happened, one byte each, never lost and no point of its own: 'a' + round when noise is
   drawn, 'A' + round when a total is sent. */
static void
witness (int fd, char what)
{
  g_assert_cmpint (syscall (SYS_write, fd, &what, 1), ==, 1);
}

static GenesisSpend *
make_spend (const char *run, guint round)
{
  g_autoptr (GError) error = NULL;
  GenesisSpend *spend = genesis_spend_new (run, round, "plan");

  g_assert_true (genesis_spend_add (spend, "all", 1, 8, &error));
  return spend;
}

static void
spend_round (GenesisSpendLedger *ledger, const char *run, guint round, int log)
{
  g_autoptr (GenesisSpend) spend = make_spend (run, round);
  g_autoptr (GError) error = NULL;
  GenesisSpendState state;

  g_assert_true (genesis_spend_ledger_reserve (ledger, spend, NULL, &state, NULL, &error));
  if (state == GENESIS_SPEND_COMMITTED)
    return;
  witness (log, (char)('a' + round));
  g_assert_true (genesis_spend_ledger_commit (ledger, spend, "digest", &error));
  witness (log, (char)('A' + round));
}

static void
spend_rounds (const Fixture *fixture, const char *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSpendLedger) ledger =
      genesis_spend_ledger_open (fixture->ledger, DATASET, &error);
  int log = open (fixture->witness, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  g_assert_no_error (error);
  g_assert_cmpint (log, >=, 0);
  for (guint round = 1; round <= N_ROUNDS; round++)
    spend_round (ledger, run, round, log);
  close (log);
}

/* -- what is left of it ----------------------------------------------------- */

/* Whether the child came to its end; else it was killed, and nothing else ends it. */
static gboolean
wait_for (pid_t child)
{
  int status;

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status))
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  else
    g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
  return WIFEXITED (status);
}

/* What was drawn is recorded, what was sent says so, and nothing was drawn again that was sent.
   Returns how much is recorded. */
static guint64
check (const Fixture *fixture, const char *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSpendLedger) ledger =
      genesis_spend_ledger_open (fixture->ledger, DATASET, &error);
  g_autofree char *log = NULL;
  gboolean drawn[N_ROUNDS + 1] = { FALSE }, sent[N_ROUNDS + 1] = { FALSE };
  guint n_drawn = 0;

  g_assert_no_error (error);
  if (!g_file_get_contents (fixture->witness, &log, NULL, NULL))
    log = g_strdup ("");
  for (const char *at = log; *at != '\0'; at++)
    {
      guint round = (guint)(g_ascii_tolower (*at) - 'a');
      gboolean is_sent = g_ascii_isupper (*at);

      g_assert_cmpuint (round, <=, N_ROUNDS);
      g_assert_false (sent[round]);
      g_assert_true (!is_sent || drawn[round]);
      n_drawn += !drawn[round];
      drawn[round] = TRUE;
      sent[round] = is_sent;
    }
  for (guint round = 1; round <= N_ROUNDS; round++)
    {
      g_autoptr (GenesisSpend) spend = make_spend (run, round);
      guint64 before = genesis_spend_ledger_get_spent (ledger);
      GenesisSpendState state = GENESIS_SPEND_NEW;

      if (round == 1)
        g_assert_cmpuint (before, >=, n_drawn * spend->units);
      if (!drawn[round])
        continue;
      g_assert_true (genesis_spend_ledger_reserve (ledger, spend, NULL, &state, NULL, &error));
      g_assert_cmpint (state, !=, GENESIS_SPEND_NEW);
      g_assert_true (!sent[round] || state == GENESIS_SPEND_COMMITTED);
    }
  return genesis_spend_ledger_get_spent (ledger);
}

/* -- every point ------------------------------------------------------------ */

/* Killed at its n-th point, looked at, and taken up again: the run ends, and has cost what it costs
   when it is not killed, whatever the point. */
static void
test_every_point (Fixture *fixture, gconstpointer data)
{
  CrashKind kind = (CrashKind)GPOINTER_TO_INT (data);
  g_autoptr (GenesisSpend) one = make_spend ("run", 1);
  gboolean done = FALSE;
  guint n_points = 0;

  for (guint n = 1; !done; n++)
    {
      pid_t child = fork ();

      if (child == 0)
        {
          crash_points_arm (n, kind);
          spend_rounds (fixture, "run");
          _exit (0);
        }
      done = wait_for (child);
      n_points += !done;
      check (fixture, "run");
      spend_rounds (fixture, "run");
      g_assert_cmpuint (check (fixture, "run"), ==, N_ROUNDS * one->units);
      clean (fixture);
    }
  g_test_message ("%u points", n_points);
  /* the folder: made, synced; the header beside: written, synced, renamed, folder synced; whose it
     is, and twice a round: written, synced */
  g_assert_cmpuint (n_points, ==, 2 + 4 + 2 + 4 * N_ROUNDS);
}

/* -- every moment ----------------------------------------------------------- */

/* Runs one after the other, until it is killed. */
static void
spend_forever (const Fixture *fixture)
{
  for (guint i = 0;; i++)
    {
      g_autofree char *run = g_strdup_printf ("run %d %u", (int)getpid (), i);

      spend_rounds (fixture, run);
    }
}

static guint
count_drawn (const Fixture *fixture)
{
  g_autofree char *log = NULL;
  guint n = 0;

  if (g_file_get_contents (fixture->witness, &log, NULL, NULL))
    for (const char *at = log; *at != '\0'; at++)
      n += g_ascii_islower (*at) ? 1 : 0;
  return n;
}

/* All processes write to one ledger, which says after each kill no less than was drawn by all of
   them, and at most one release more for each that was killed. */
static void
test_random_moments (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisSpend) one = make_spend ("run", 1);

  for (guint n = 1; n <= N_MOMENTS; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisSpendLedger) ledger = NULL;
      pid_t child = fork ();

      if (child == 0)
        {
          spend_forever (fixture);
          _exit (1);
        }
      g_usleep ((gulong)g_test_rand_int_range (0, MAX_WAIT));
      g_assert_cmpint (kill (child, SIGKILL), ==, 0);
      g_assert_false (wait_for (child));
      ledger = genesis_spend_ledger_open (fixture->ledger, DATASET, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), >=,
                        count_drawn (fixture) * one->units);
      g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), <=,
                        (count_drawn (fixture) + n) * one->units);
    }
  g_test_message ("%u releases by %d killed processes", count_drawn (fixture), N_MOMENTS);
  g_assert_cmpuint (count_drawn (fixture), >, N_MOMENTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add (path, Fixture, GINT_TO_POINTER (data), set_up, test, tear_down)
  if (g_test_slow ())
    ADD ("/spend-ledger/killed/at-200-random-moments", 0, test_random_moments);
  else
    {
      ADD ("/spend-ledger/killed/before-every-point", CRASH_BEFORE, test_every_point);
      ADD ("/spend-ledger/killed/within-every-point", CRASH_TORN, test_every_point);
      ADD ("/spend-ledger/killed/by-a-power-failure", CRASH_LOST, test_every_point);
    }
  return g_test_run ();
}
