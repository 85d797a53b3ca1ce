/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "pipeline-fixture.h"

/* What a person is told who asks, on a full disk too. */

static const char *const verbs[] = {
  "run",
  "generate",
  "simulate",
  "evaluate",
  "plugin",
  "plugin list",
  "plugin show",
  "schema",
  "schema infer",
  "schema merge",
  "schema check",
  "schema diff",
  "data",
  "data summary",
  "config",
  "config show",
  "config check",
  "model",
  "model show",
  "version",
  "privacy",
  "ledger",
  "ledger show",
  "ledger verify",
  "privacy epsilon",
  "privacy delta",
  "privacy calibrate",
};

static void
test_help (Fixture *fixture, gconstpointer data)
{
  const char *verb = data;
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *words = g_strdup_printf ("%s --help", verb);
  g_autofree char *usage = g_strdup_printf ("genesis %s", verb);

  fixture_run (fixture, &outcome, words);
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_cmpstr (outcome.err, ==, "");
  g_assert_nonnull (strstr (outcome.out, "Usage:"));
  g_assert_nonnull (strstr (outcome.out, usage));
  g_assert_nonnull (strstr (outcome.out, "Example:"));
  g_assert_nonnull (strstr (outcome.out, "Exit codes:"));
}

/* "help", and where "--help" may stand. */
static void
test_help_words (Fixture *fixture, gconstpointer data)
{
  static const char *const same[][2] = {
    { "help", "--help" },
    { "help run", "run --help" },
    { "help plugin show", "plugin show --help" },
    { "plugin help show", "plugin show -h" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_auto (Outcome) a = { 0 };
      g_auto (Outcome) b = { 0 };

      fixture_run (fixture, &a, same[i][0]);
      fixture_run (fixture, &b, same[i][1]);
      g_assert_cmpint (a.code, ==, 0);
      g_assert_cmpstr (a.out, ==, b.out);
    }
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "help", "run --help", "version", "plugin list --json" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *line = g_strdup_printf ("%s/cli/genesis %s > /dev/full",
                                               g_getenv ("GENESIS_TEST_BUILD_DIR"), words[i]);
      const char *const arguments[] = { "sh", "-c", line, NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process =
          g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
      g_autofree char *said = NULL;

      g_assert_no_error (error);
      g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &said, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 74);
      g_assert_nonnull (strstr (said, "cannot write to the standard output"));
    }
}

static void
test_main_help (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  fixture_run (fixture, &outcome, "--help");
  g_assert_cmpint (outcome.code, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strchr (verbs[i], ' ') == NULL)
      {
        g_autofree char *line = g_strdup_printf ("\n  %s ", verbs[i]);

        g_assert_nonnull (strstr (outcome.out, line));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add (path, Fixture, data, fixture_set_up, test, fixture_tear_down)
  ADD ("/command/help/lists-every-command", NULL, test_main_help);
  ADD ("/command/help/is-a-word-too", NULL, test_help_words);
  ADD ("/command/full-disk/is-74", NULL, test_full_disk);
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/command/help/teaches/%s", verbs[i]);

      ADD (path, verbs[i], test_help);
    }
  return g_test_run ();
}
