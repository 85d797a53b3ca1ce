/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* "genesis run" of a federation with privacy budgets, killed at every write, sync and rename of the
   whole program, and taken up again. */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include "../pipeline/pipeline-fixture.h"

#define N_SITES   3u
#define N_ROUNDS  2u
#define N_MOMENTS 200u

static void
write_site (Fixture *fixture, GString *keys, guint i)
{
  g_autofree char *name = g_strdup_printf ("site-%u.csv", i);
  g_autoptr (GString) rows = g_string_new ("age,sex\n");

  for (guint row = 0; row < 40; row++)
    g_string_append_printf (rows, "%u,%c\n", (row * 7 + i * 13) % 90, row % 3 == i % 3 ? 'f' : 'm');
  fixture_write (fixture, name, rows->str);
  g_string_append_printf (keys,
                          "[site:s%u]\npath=%s\nmin_samples=0\ndataset=s%u\n"
                          "ledger_dir=ledgers\nprivacy_budget=1\n",
                          i, name, i);
}

static void
write_files (Fixture *fixture)
{
  g_autoptr (GString) keys =
      g_string_new ("[pipeline]\ngenerator=org.example.tally\naggregator=secure_dp\n"
                    "[schema]\nfile=s.json\n[output]\nrows=20\nsynthetic=out.csv\n");

  fixture_write (fixture, "s.json",
                 "{\"format\":\"genesis-schema/1\",\"columns\":[{\"name\":\"age\",\"type\":"
                 "\"integer\",\"min\":0,\"max\":99},{\"name\":\"sex\",\"type\":\"category\","
                 "\"categories\":[\"f\",\"m\"]}]}");
  for (guint i = 0; i < N_SITES; i++)
    write_site (fixture, keys, i);
  fixture_write (fixture, "demo.ini", keys->str);
}

/* point 0: it is not killed */
static int
run (Fixture *fixture, guint point, const char *kind, Outcome *outcome)
{
  const char *const words[] = { "run", "demo.ini", "--quiet", NULL };
  g_autofree char *preload = g_strdup_printf ("LD_PRELOAD=%s/tests/crash/crash-points.so",
                                              g_getenv ("GENESIS_TEST_BUILD_DIR"));
  g_autofree char *at = g_strdup_printf ("GENESIS_CRASH_AT=%u", point);
  g_autofree char *how = g_strdup_printf ("GENESIS_CRASH_KIND=%s", kind);
  const char *const environment[] = { preload, at, how, NULL };
  g_autoptr (GSubprocess) process = fixture_start (fixture, words, point > 0 ? environment : NULL);

  fixture_wait (process, outcome);
  return outcome->code;
}

static char *
find_ledger (Fixture *fixture, guint site)
{
  g_autofree char *folder = fixture_path (fixture, "ledgers");
  g_autofree char *prefix = g_strdup_printf ("s%u-", site);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, prefix) && g_str_has_suffix (name, ".spends"))
      return g_strdup_printf ("ledgers/%s", name);
  return NULL;
}

/* 0 when there is no ledger yet. */
static double
get_spent (Fixture *fixture, guint site)
{
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *path = find_ledger (fixture, site);
  g_autofree char *words = g_strdup_printf ("ledger show %s --json", path);
  g_autoptr (JsonNode) node = NULL;

  if (path == NULL)
    return 0;
  fixture_run (fixture, &outcome, words);
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.code, ==, 0);
  node = outcome_json (&outcome);
  return json_object_get_double_member_with_default (json_node_get_object (node), "mu2", 0);
}

static void
remove_below (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_below (child);
    }
  g_remove (path);
}

static void
forget (Fixture *fixture)
{
  static const char *const names[] = { "ledgers", "demo.ini.run", "out.csv" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = fixture_path (fixture, names[i]);

      remove_below (path);
    }
}

/* Rounds whose noise was drawn, as their totals are there; it is taken away when the run is
   sealed. */
static guint
count_drawn (Fixture *fixture)
{
  guint n = 0;

  for (guint round = 1; round <= N_ROUNDS; round++)
    {
      g_autofree char *name = g_strdup_printf ("demo.ini.run/parts/%u-.part", round);

      n += fixture_has (fixture, name);
    }
  return n;
}

/* What a run costs each site that is not killed. */
static double
find_cost (Fixture *fixture)
{
  g_auto (Outcome) outcome = { 0 };
  double cost;

  write_files (fixture);
  run (fixture, 0, "", &outcome);
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_cmpint (outcome.code, ==, 0);
  cost = get_spent (fixture, 0);
  g_assert_cmpfloat (cost, >, .07);
  return cost;
}

/* Wherever it was killed: the ledgers are whole and hold what was drawn; taken up again the run
   ends, and has cost what it costs. Whether noise was drawn and is still there. */
static gboolean
check_and_continue (Fixture *fixture, double cost)
{
  const guint n_drawn = count_drawn (fixture);
  g_auto (Outcome) outcome = { 0 };

  for (guint i = 0; i < N_SITES; i++)
    {
      g_assert_cmpfloat (get_spent (fixture, i), <=, cost);
      g_assert_cmpfloat (get_spent (fixture, i), >=, cost / N_ROUNDS * n_drawn * (1 - 1e-9));
    }
  run (fixture, 0, "", &outcome);
  g_test_message ("%s", outcome.err);
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_true (fixture_has (fixture, "out.csv"));
  for (guint i = 0; i < N_SITES; i++)
    g_assert_cmpfloat (get_spent (fixture, i), ==, cost);
  return n_drawn > 0;
}

static void
test_every_point (Fixture *fixture, gconstpointer data)
{
  const double cost = find_cost (fixture);
  guint n_killed = 0, n_drawn = 0;

  for (guint point = 1;; point++)
    {
      g_auto (Outcome) outcome = { 0 };
      int code;

      forget (fixture);
      code = run (fixture, point, data, &outcome);
      if (code == 0)
        break;
      n_killed++;
      g_assert_cmpint (code, ==, 128 + 9);
      g_test_message ("point %u", point);
      n_drawn += check_and_continue (fixture, cost);
    }
  g_test_message ("%u points, at %u of them noise was drawn", n_killed, n_drawn);
  g_assert_cmpuint (n_killed, >, 50);
  g_assert_cmpuint (n_drawn, >, 10);
}

/* Waits for the run directory, or the end of the process. */
static void
await_run (Fixture *fixture, GSubprocess *process)
{
  while (!fixture_has (fixture, "demo.ini.run") && g_subprocess_get_identifier (process) != NULL)
    g_usleep (100);
}

/* How long a run takes from its first word on, and how long before that the command does. */
static void
find_duration (Fixture *fixture, GSubprocess *process, gint64 *before, gint64 *after)
{
  g_auto (Outcome) outcome = { 0 };
  const gint64 begun = g_get_monotonic_time ();

  await_run (fixture, process);
  *before = g_get_monotonic_time () - begun;
  fixture_wait (process, &outcome);
  g_assert_cmpint (outcome.code, ==, 0);
  *after = g_get_monotonic_time () - begun - *before;
}

/* Killed from outside, 200 times, at moments all over the time that a run takes; every fourth time
   before it has begun. */
static void
test_random_moments (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "run", "demo.ini", "--quiet", NULL };
  const double cost = find_cost (fixture);
  guint n_killed = 0, n_drawn = 0;
  gint64 before = 0, after = 0;

  for (guint i = 0; n_killed < N_MOMENTS; i++)
    {
      g_auto (Outcome) outcome = { 0 };
      g_autoptr (GSubprocess) process = NULL;

      g_assert_cmpuint (i, <, 8 * N_MOMENTS);
      forget (fixture);
      process = fixture_start (fixture, words, NULL);
      if (i == 0)
        {
          find_duration (fixture, process, &before, &after);
          continue;
        }
      if (i % 4 > 0)
        await_run (fixture, process);
      g_usleep ((gulong)g_test_rand_double_range (0, (double)(i % 4 > 0 ? after : before) + 1));
      g_subprocess_force_exit (process);
      fixture_wait (process, &outcome);
      g_assert_true (outcome.code == 0 || outcome.code == 128 + 9);
      n_killed += outcome.code != 0;
      n_drawn += check_and_continue (fixture, cost);
    }
  g_test_message ("%u killed, %u of them after noise was drawn", n_killed, n_drawn);
  g_assert_cmpuint (n_drawn, >, 10);
}

int
main (int argc, char **argv)
{
  /* killed processes lose nothing there either, and a sync does not wait */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", TRUE);
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add (path, Fixture, data, fixture_set_up, test, fixture_tear_down)
  ADD ("/run/killed/before-every-point", "before", test_every_point);
  ADD ("/run/killed/within-every-point", "torn", test_every_point);
  ADD ("/run/killed/by-a-power-failure", "lost", test_every_point);
  ADD ("/run/killed/at-200-random-moments", NULL, test_random_moments);
  return g_test_run ();
}
