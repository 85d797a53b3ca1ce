/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-file-private.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include <genesis/genesis-error.h>

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("genesis-file-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "table.csv", NULL);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
assert_contents (const char *path, const char *expected)
{
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, expected);
}

static void
test_commit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisFileWriter) writer = genesis_file_writer_new (fixture->path, &error);

  g_assert_no_error (error);
  g_assert_true (genesis_file_writer_write (writer, "a,b\n", 4, &error));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  g_assert_true (genesis_file_writer_write (writer, "1,2\n", 4, &error));
  g_assert_true (genesis_file_writer_commit (writer, &error));
  g_assert_no_error (error);
  assert_contents (fixture->path, "a,b\n1,2\n");
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
}

static void
test_abandoned (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GenesisFileWriter *writer;

  g_assert_true (genesis_file_save (fixture->path, "old", 3, &error));
  writer = genesis_file_writer_new (fixture->path, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_file_writer_write (writer, "new", 3, &error));
  g_assert_cmpuint (count_files (fixture->folder), ==, 2);
  genesis_file_writer_free (writer);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);
  assert_contents (fixture->path, "old");
}

/* More than the buffer, in pieces that do not divide it, and one piece larger than it. */
static void
test_large (Fixture *fixture, gconstpointer data)
{
  gsize n = 3000017, done = 0;
  g_autofree guint8 *bytes = g_malloc (n);
  g_autofree char *back = NULL;
  gsize n_back;
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisFileWriter) writer = genesis_file_writer_new (fixture->path, &error);

  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8)(i * 2654435761u >> 13);
  while (done < 1700000)
    {
      gsize piece = 1 + done % 70001;

      g_assert_true (genesis_file_writer_write (writer, bytes + done, piece, &error));
      done += piece;
    }
  g_assert_true (genesis_file_writer_write (writer, bytes + done, n - done, &error));
  g_assert_true (genesis_file_writer_commit (writer, &error));
  g_file_get_contents (fixture->path, &back, &n_back, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (back, n_back, bytes, n);
}

static void
test_permissions (Fixture *fixture, gconstpointer data)
{
  mode_t old = umask (027);
  g_autoptr (GError) error = NULL;
  struct stat info;

  g_assert_true (genesis_file_save (fixture->path, "x", 1, &error));
  umask (old);
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_cmphex (info.st_mode & 0777, ==, 0640);
}

static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *link = g_build_filename (fixture->folder, "link", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_file_save (fixture->path, "old", 3, &error));
  g_assert_cmpint (symlink ("table.csv", link), ==, 0);
  g_assert_true (genesis_file_save (link, "new", 3, &error));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_contents (fixture->path, "new");
}

static void
test_pipe (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char buffer[16] = "";
  struct stat info;
  int reader;

  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  reader = open (fixture->path, O_RDONLY | O_NONBLOCK);
  g_assert_true (genesis_file_save (fixture->path, "through", 7, &error));
  g_assert_no_error (error);
  g_assert_cmpint (read (reader, buffer, sizeof buffer), ==, 7);
  close (reader);
  g_assert_cmpstr (buffer, ==, "through");
  g_assert_cmpint (stat (fixture->path, &info), ==, 0);
  g_assert_true (S_ISFIFO (info.st_mode));
}

/* A descriptor that was redirected to a file goes on where it stands, as "command > file"
   expects. */
static void
test_inherited_descriptor (Fixture *fixture, gconstpointer data)
{
  int fd = open (fixture->path, O_WRONLY | O_CREAT, 0600);
  g_autofree char *name = g_strdup_printf ("/dev/fd/%d", fd);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (write (fd, "before ", 7), ==, 7);
  g_assert_true (genesis_file_save (name, "inside ", 7, &error));
  g_assert_no_error (error);
  g_assert_cmpint (write (fd, "after", 5), ==, 5);
  close (fd);
  assert_contents (fixture->path, "before inside after");
}

static void
test_errors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (fixture->folder, "no", "such", "folder", NULL);
  const char *paths[] = { nowhere, fixture->folder };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (genesis_file_writer_new (paths[i], &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
      g_assert_nonnull (strstr (error->message, paths[i]));
    }
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (GenesisFileWriter) writer = NULL;

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no /dev/full");
      return;
    }
  writer = genesis_file_writer_new ("/dev/full", &error);
  g_assert_no_error (error);
  g_assert_true (genesis_file_writer_write (writer, "x", 1, &error));
  g_assert_false (genesis_file_writer_commit (writer, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
  g_assert_false (genesis_file_writer_write (writer, "x", 1, &again));
  g_assert_error (again, GENESIS_ERROR, GENESIS_ERROR_IO);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/file/commit/appears-complete", test_commit);
  ADD ("/file/free/without-commit-leaves-the-old-file", test_abandoned);
  ADD ("/file/write/larger-than-the-buffer", test_large);
  ADD ("/file/permissions/follow-the-umask", test_permissions);
  ADD ("/file/link/is-followed-not-replaced", test_link);
  ADD ("/file/pipe/is-written-directly", test_pipe);
  ADD ("/file/descriptor/goes-on-where-it-stands", test_inherited_descriptor);
  ADD ("/file/error/names-the-path", test_errors);
  ADD ("/file/error/stays", test_full_disk);
  return g_test_run ();
}
