/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

void
fixture_link_plugin (Fixture *fixture, const char *name)
{
  g_autofree char *plugin = g_build_filename (g_getenv ("GENESIS_TEST_BROKEN_DIR"), name, NULL);
  g_autofree char *plugins = fixture_path (fixture, "plugins");
  g_autofree char *link = g_build_filename (plugins, name, NULL);

  g_assert_cmpint (symlink (plugin, link), ==, 0);
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_autofree char *plugins = NULL;

  fixture->folder = g_dir_make_tmp ("genesis-pipeline-XXXXXX", &error);
  g_assert_no_error (error);
  plugins = fixture_path (fixture, "plugins");
  g_assert_cmpint (g_mkdir (plugins, 0700), ==, 0);
  fixture_link_plugin (fixture, "tally.so");
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_remove (path);
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  remove_tree (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

char *
fixture_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

void
fixture_write (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

char *
fixture_read (Fixture *fixture, const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

gboolean
fixture_has (Fixture *fixture, const char *name)
{
  g_autofree char *path = fixture_path (fixture, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static char *
find_part (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      char *below;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        {
          below = find_part (child);
          if (below != NULL)
            return below;
        }
      else if (name[0] == '.') /* how a file is written beside its target */
        return g_steal_pointer (&child);
    }
  return NULL;
}

char *
fixture_find_part (Fixture *fixture)
{
  return find_part (fixture->folder);
}

void
outcome_clear (Outcome *outcome)
{
  g_clear_pointer (&outcome->out, g_free);
  g_clear_pointer (&outcome->err, g_free);
}

static char *
find_program (void)
{
  const char *build = g_getenv ("GENESIS_TEST_BUILD_DIR");

  g_assert_nonnull (build);
  return g_build_filename (build, "cli", "genesis", NULL);
}

GSubprocess *
fixture_start (Fixture *fixture, const char *const *arguments, const char *const *environment)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *program = find_program ();
  g_autofree char *plugins =
      g_strdup_printf ("%s:%s/plugins", g_getenv ("GENESIS_TEST_PLUGIN_DIR"), fixture->folder);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (words, program);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer)arguments[i]);
  g_ptr_array_add (words, NULL);
  g_subprocess_launcher_set_cwd (launcher, fixture->folder);
  g_subprocess_launcher_setenv (launcher, "GENESIS_PLUGIN_PATH", plugins, TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C.UTF-8", TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_STATE_HOME", fixture->folder, TRUE);
  for (guint i = 0; environment != NULL && environment[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (environment[i], "=", 2);

      g_subprocess_launcher_setenv (launcher, pair[0], pair[1], TRUE);
    }
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)words->pdata, &error);
  g_assert_no_error (error);
  return process;
}

void
fixture_wait (GSubprocess *process, Outcome *outcome)
{
  g_autoptr (GError) error = NULL;

  outcome_clear (outcome);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &outcome->out, &outcome->err, &error);
  g_assert_no_error (error);
  outcome->code = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                       : 128 + g_subprocess_get_term_sig (process);
}

void
fixture_run (Fixture *fixture, Outcome *outcome, const char *words)
{
  g_auto (GStrv) arguments = g_strsplit (words, " ", -1);
  g_autoptr (GSubprocess) process = fixture_start (fixture, (const char *const *)arguments, NULL);

  fixture_wait (process, outcome);
}

JsonNode *
outcome_json (const Outcome *outcome)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (outcome->out, &error);

  g_assert_no_error (error);
  g_assert_nonnull (node);
  return node;
}
