/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <gio/gio.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Replays the whole file and every beginning of it: a file may be cut anywhere. */
static void
test_file (gconstpointer data)
{
  const char *path = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize n = 0;

  g_file_get_contents (path, &text, &n, &error);
  g_assert_no_error (error);
  for (gsize cut = 0; cut <= n; cut += n > 2000 ? 97 : 1)
    g_assert_cmpint (LLVMFuzzerTestOneInput ((const guint8 *)text, cut), ==, 0);
  g_assert_cmpint (LLVMFuzzerTestOneInput ((const guint8 *)text, n), ==, 0);
}

static void
test_nothing (void)
{
  g_test_skip ("GENESIS_TEST_SOURCE_DIR is not set");
}

int
main (int argc, char **argv)
{
  const char *source = g_getenv ("GENESIS_TEST_SOURCE_DIR");
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);
  if (source == NULL)
    {
      g_test_add_func ("/csv-corpus/nothing", test_nothing);
      return g_test_run ();
    }
  folder = g_build_filename (source, "tests", "data", "corpus-csv", NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strdup_printf ("/csv-corpus/%s", name);
      char *path = g_build_filename (folder, name, NULL);

      g_ptr_array_add (paths, path);
      g_test_add_data_func (test, path, test_file);
    }
  g_assert_cmpuint (paths->len, >=, 12);
  return g_test_run ();
}
