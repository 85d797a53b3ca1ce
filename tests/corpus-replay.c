/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "corpus-replay.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Under sanitizers a large file costs a second each time. */
#define MOST_PIECES  30u
#define LEAST_PIECES 6u
#define PIECE_BYTES  50000u
#define LEAST_FILES  5

void
corpus_replay (const guint8 *data, gsize n)
{
  g_autofree guint8 *bytes = g_memdup2 (data, n);
  const gsize n_pieces = CLAMP (PIECE_BYTES / (n + 1), LEAST_PIECES, MOST_PIECES);

  for (gsize at = 0; at < n; at += 1 + n / n_pieces)
    {
      guint8 held = bytes[at];

      g_assert_cmpint (LLVMFuzzerTestOneInput (bytes, at), ==, 0);
      bytes[at] = held == '1' ? '9' : '1';
      g_assert_cmpint (LLVMFuzzerTestOneInput (bytes, n), ==, 0);
      bytes[at] = held;
    }
  g_assert_cmpint (LLVMFuzzerTestOneInput (data, n), ==, 0);
}

static void
test_file (gconstpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  gsize n = 0;

  g_file_get_contents (path, &text, &n, &error);
  g_assert_no_error (error);
  corpus_replay ((const guint8 *)text, n);
}

static void
test_nothing (void)
{
  g_test_skip ("GENESIS_TEST_SOURCE_DIR is not set");
}

void
corpus_add_tests (const char *room, const char *name)
{
  const char *source = g_getenv ("GENESIS_TEST_SOURCE_DIR");
  g_autofree char *corpus = g_strconcat ("corpus-", name, NULL);
  g_autofree char *folder = NULL;
  g_autofree char *none = g_strdup_printf ("/%s/nothing", corpus);
  g_autoptr (GDir) dir = NULL;
  const char *file;
  guint n_files = 0;

  if (source == NULL)
    {
      g_test_add_func (none, test_nothing);
      return;
    }
  folder = g_build_filename (source, "tests", room, corpus, NULL);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  for (; (file = g_dir_read_name (dir)) != NULL; n_files++)
    {
      g_autofree char *test = g_strdup_printf ("/%s-corpus/%s", name, file);

      g_test_add_data_func_full (test, g_build_filename (folder, file, NULL), test_file, g_free);
    }
  g_assert_cmpuint (n_files, >=, LEAST_FILES);
}
