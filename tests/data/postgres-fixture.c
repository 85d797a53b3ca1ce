/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "postgres-fixture.h"

#include <glib/gstdio.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Debian keeps the server's programs out of PATH, one folder a version. */
static char *
find_program (const char *name)
{
  g_autoptr (GDir) versions = g_dir_open ("/usr/lib/postgresql", 0, NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  const char *version;

  while (versions != NULL && (version = g_dir_read_name (versions)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/usr/lib/postgresql", version, "bin", name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        g_ptr_array_add (found, g_steal_pointer (&path));
    }
  g_ptr_array_sort (found, compare_texts);
  if (found->len > 0)
    return g_strdup (g_ptr_array_index (found, found->len - 1));
  return g_find_program_in_path (name);
}

/* The server refuses to run as root. */
static const struct passwd *
get_unprivileged_user (void)
{
  const struct passwd *user = getpwnam ("postgres");

  if (geteuid () != 0)
    return getpwuid (geteuid ());
  return user != NULL ? user : getpwnam ("nobody");
}

/* "setpriv ... program ...": another user when we are root, and dead when we are. */
static GPtrArray *
begin_command (const struct passwd *user, const char *setpriv, const char *program)
{
  GPtrArray *command = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (command, g_strdup (setpriv));
  g_ptr_array_add (command, g_strdup ("--pdeathsig=QUIT"));
  if (geteuid () == 0)
    {
      g_ptr_array_add (command, g_strdup_printf ("--reuid=%u", user->pw_uid));
      g_ptr_array_add (command, g_strdup_printf ("--regid=%u", user->pw_gid));
      g_ptr_array_add (command, g_strdup ("--clear-groups"));
    }
  g_ptr_array_add (command, g_strdup (program));
  return command;
}

static void
add_words (GPtrArray *command, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (command, g_strdup (words[i]));
  g_ptr_array_add (command, NULL);
}

static GSubprocess *
spawn (GPtrArray *command, const char *folder, GSubprocessFlags flags)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_set_cwd (launcher, folder);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)command->pdata, &error);
  g_assert_no_error (error);
  return process;
}

static void
make_cluster (const PostgresServer *self, const struct passwd *user, const char *setpriv,
              const char *initdb)
{
  g_autofree char *data = g_build_filename (self->folder, "data", NULL);
  g_autoptr (GPtrArray) command = begin_command (user, setpriv, initdb);
  const char *words[] = { "-D", data,   "-U",         "owner",     "-A", "trust",
                          "-E", "UTF8", "--locale=C", "--no-sync", NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  add_words (command, words);
  process = spawn (command, self->folder, G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

static void
wait_until_ready (PostgresServer *self)
{
  g_autoptr (GDataInputStream) log =
      g_data_input_stream_new (g_subprocess_get_stderr_pipe (self->process));
  g_autoptr (GError) error = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (log), FALSE);
  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (log, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (line);
      if (strstr (line, "ready to accept connections") != NULL)
        return;
    }
}

static void
launch (PostgresServer *self, const struct passwd *user, const char *setpriv, const char *postgres)
{
  g_autofree char *data = g_build_filename (self->folder, "data", NULL);
  g_autoptr (GPtrArray) command = begin_command (user, setpriv, postgres);
  const char *words[] = { "-D", data,        "-k", self->folder,         "-c", "listen_addresses=",
                          "-c", "fsync=off", "-c", "max_connections=20", NULL };

  add_words (command, words);
  self->process = spawn (command, self->folder, G_SUBPROCESS_FLAGS_STDERR_PIPE);
  wait_until_ready (self);
}

static const char *
start (PostgresServer *self)
{
  g_autofree char *initdb = find_program ("initdb");
  g_autofree char *postgres = find_program ("postgres");
  g_autofree char *setpriv = g_find_program_in_path ("setpriv");
  const struct passwd *user = get_unprivileged_user ();
  g_autoptr (GError) error = NULL;

  if (initdb == NULL || postgres == NULL)
    return "no PostgreSQL server is installed";
  if (setpriv == NULL)
    return "setpriv is not installed";
  if (user == NULL)
    return "the server does not run as root, and there is neither a user postgres nor nobody";
  self->folder = g_dir_make_tmp ("genesis-pg-XXXXXX", &error);
  g_assert_no_error (error);
  if (geteuid () == 0)
    g_assert_cmpint (chown (self->folder, user->pw_uid, user->pw_gid), ==, 0);
  make_cluster (self, user, setpriv, initdb);
  launch (self, user, setpriv, postgres);
  self->connection = postgres_server_write_connection (self, "owner", "");
  return NULL;
}

const char *
postgres_server_start (PostgresServer *self)
{
  self->absent = start (self);
  return self->absent;
}

gboolean
postgres_server_need (const PostgresServer *self, const char *sql)
{
  if (self->absent != NULL)
    {
      g_test_skip (self->absent);
      return FALSE;
    }
  postgres_server_run (self, sql);
  return TRUE;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_unlink (child) != 0)
        remove_folder (child);
    }
  g_rmdir (path);
}

static void
end (PostgresServer *self, int signal)
{
  if (self->process == NULL)
    return;
  g_subprocess_send_signal (self->process, signal);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

void
postgres_server_kill (PostgresServer *self)
{
  end (self, SIGQUIT);
}

void
postgres_server_stop (PostgresServer *self)
{
  if (self->folder == NULL)
    return;
  end (self, SIGQUIT);
  remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->connection, g_free);
}

PGconn *
postgres_server_connect (const PostgresServer *self, const char *user)
{
  const char *keywords[] = { "host", "user", "dbname", NULL };
  const char *values[] = { self->folder, user, "postgres", NULL };
  PGconn *pg = PQconnectdbParams (keywords, values, 0);

  g_assert_cmpint (PQstatus (pg), ==, CONNECTION_OK);
  PQsetClientEncoding (pg, "UTF8");
  return pg;
}

void
postgres_server_run (const PostgresServer *self, const char *sql)
{
  PGconn *pg = postgres_server_connect (self, "owner");
  PGresult *result = PQexec (pg, sql);

  if (PQresultStatus (result) != PGRES_COMMAND_OK && PQresultStatus (result) != PGRES_TUPLES_OK)
    g_error ("%s", PQerrorMessage (pg));
  PQclear (result);
  PQfinish (pg);
}

void
postgres_server_export (const PostgresServer *self, const char *query, const char *path)
{
  g_autofree char *copy = g_strdup_printf ("COPY (%s) TO STDOUT (FORMAT csv, HEADER)", query);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  PGconn *pg = postgres_server_connect (self, "owner");
  char *line;

  PQclear (PQexec (pg, "SET TimeZone TO 'UTC'"));
  PQclear (PQexec (pg, copy));
  while (PQgetCopyData (pg, &line, 0) > 0)
    {
      g_string_append (text, line);
      PQfreemem (line);
    }
  PQfinish (pg);
  g_assert_cmpuint (text->len, >, 0);
  g_file_set_contents (path, text->str, (gssize)text->len, &error);
  g_assert_no_error (error);
}

char *
postgres_server_write_connection (const PostgresServer *self, const char *user, const char *more)
{
  g_autofree char *name = g_strconcat (user, ".conf", NULL);
  char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *text = g_strdup_printf ("# for the test\nhost=%s\nuser=%s\ndbname=postgres\n%s",
                                           self->folder, user, more);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error);
  g_assert_no_error (error);
  return path;
}
