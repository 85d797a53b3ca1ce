/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <gio/gio.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define MOST_PIECES 150

/* The whole file, beginnings of it, and the file with one byte changed: it may be cut or damaged
   anywhere. */
static void
test_file (gconstpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize n = 0;

  g_file_get_contents (path, &text, &n, &error);
  g_assert_no_error (error);
  for (gsize at = 0; at < n; at += 1 + n / MOST_PIECES)
    {
      char held = text[at];

      g_assert_cmpint (LLVMFuzzerTestOneInput ((const guint8 *)text, at), ==, 0);
      text[at] = held == '1' ? '9' : '1';
      g_assert_cmpint (LLVMFuzzerTestOneInput ((const guint8 *)text, n), ==, 0);
      text[at] = held;
    }
  g_assert_cmpint (LLVMFuzzerTestOneInput ((const guint8 *)text, n), ==, 0);
}

static void
add_files (GPtrArray *paths, const char *source)
{
  g_autofree char *folder = g_build_filename (source, "tests", "data", "corpus-draft", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *test = g_strdup_printf ("/draft-corpus/%s", name);
      char *path = g_build_filename (folder, name, NULL);

      g_ptr_array_add (paths, path);
      g_test_add_data_func (test, path, test_file);
    }
  g_assert_cmpuint (paths->len, >=, 5);
}

static void
test_no_source (void)
{
  g_test_skip ("GENESIS_TEST_SOURCE_DIR is not set");
}

int
main (int argc, char **argv)
{
  const char *source = g_getenv ("GENESIS_TEST_SOURCE_DIR");
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, NULL);
  if (source != NULL)
    add_files (paths, source);
  else
    g_test_add_func ("/draft-corpus/none", test_no_source);
  return g_test_run ();
}
