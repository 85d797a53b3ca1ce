/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "pipeline/genesis-keyfile-private.h"

static GenesisKeyfile *
parse (const char *text, GError **error)
{
  return genesis_keyfile_parse ("demo.ini", text, strlen (text), error);
}

static void
check_entry (GenesisKeyfile *file, guint i, const char *group, const char *key, const char *value,
             guint line)
{
  const GenesisKeyfileEntry *entry;

  g_assert_cmpuint (i, <, file->entries->len);
  entry = g_ptr_array_index (file->entries, i);
  g_assert_cmpstr (entry->group, ==, group);
  g_assert_cmpstr (entry->key, ==, key);
  g_assert_cmpstr (entry->value, ==, value);
  g_assert_cmpuint (entry->line, ==, line);
}

static void
test_lines (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisKeyfile) file = parse ("\xef\xbb\xbf# a comment\r\n"
                                           "[pipeline]   # settings of the run\r\n"
                                           "  seed = 42  # the answer\r\n"
                                           "\r\n"
                                           "[schema]\n"
                                           "missing=?;NA#;#\n"
                                           "[site:a b]\n"
                                           "path=x\\s#\\sy\\\\z\t#\n"
                                           "weight=",
                                           &error);

  g_assert_no_error (error);
  g_assert_cmpuint (file->groups->len, ==, 3);
  g_assert_cmpuint (file->entries->len, ==, 4);
  check_entry (file, 0, "pipeline", "seed", "42", 3);
  check_entry (file, 1, "schema", "missing", "?;NA#;#", 6);
  check_entry (file, 2, "site:a b", "path", "x # y\\z", 8);
  check_entry (file, 3, "site:a b", "weight", "", 9);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *text, *message;
  } cases[] = {
    { "seed=1\n", "demo.ini, line 1: a key before the first [group]" },
    { "[pipeline]\nseed\n", "demo.ini, line 2: neither [group] nor key=value nor # comment" },
    { "[pipeline]\nseed=1\n\nseed=2\n",
      "demo.ini, line 4: group [pipeline]: key 'seed' appears twice" },
    { "[pipeline]\n[schema]\n[pipeline]\n",
      "demo.ini, line 3: group [pipeline] appears twice; join the two" },
    { "[site:a]\npath=x\n[site:a]\n",
      "demo.ini, line 3: site 'a' appears twice; give each site a name of its own" },
    { "[pipeline\n", "demo.ini, line 1: a group is written [name], with ']' at the end" },
    { "[]\n", "demo.ini, line 1: a group is written [name], with ']' at the end" },
    { "[a[b]\n", "demo.ini, line 1: a group's name holds no brackets and no control characters" },
    { "[pipeline]\nse ed=1\n",
      "demo.ini, line 2: a key's name is made of letters, digits, '_', '-' and '.'" },
    { "[pipeline]\nseed[de]=1\n",
      "demo.ini, line 2: a key's name is made of letters, digits, '_', '-' and '.'" },
    { "[site:a]\npath=C:\\data\n",
      "demo.ini, line 2: group [site:a]: the value of 'path' holds an escape that is none; write a "
      "backslash twice" },
    { "[pipeline]\nseed=\xff\n", "demo.ini: not UTF-8 text, so not a key file; save it as UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisKeyfile) file = parse (cases[i].text, &error);

      g_assert_null (file);
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

static void
test_nul_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisKeyfile) file = genesis_keyfile_parse ("demo.ini", "[a]\0b=1", 7, &error);

  g_assert_null (file);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
}

static void
test_missing_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisKeyfile) file = genesis_keyfile_load ("/nonexistent/demo.ini", &error);

  g_assert_null (file);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND);
}

static void
test_folder_is_no_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisKeyfile) file = genesis_keyfile_load ("/", &error);

  g_assert_null (file);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
}

/* What never ends and what may never answer. */
static void
test_special_files (void)
{
  static const char *const paths[] = { "/dev/zero", "/dev/null" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisKeyfile) file = genesis_keyfile_load (paths[i], &error);

      g_assert_null (file);
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
      g_assert_nonnull (strstr (error->message, "not a plain file"));
    }
}

static void
check_path (const char *file_path, const char *value, const char *expected)
{
  g_autoptr (GenesisKeyfile) file = genesis_keyfile_parse (file_path, "", 0, NULL);
  g_autofree char *path = genesis_keyfile_resolve_path (file, value);

  g_assert_cmpstr (path, ==, expected);
}

static void
test_paths (void)
{
  check_path ("demo.ini", "data/a.csv", "data/a.csv");
  check_path ("demo.ini", "/data/a.csv", "/data/a.csv");
  check_path ("there/demo.ini", "a.csv", "there/a.csv");
  check_path ("/etc/demo.ini", "a.csv", "/etc/a.csv");
  /* a folder that is none stays in the path; a real one is left */
  check_path ("there/demo.ini", "../a.csv", "there/../a.csv");
  check_path ("/usr/share/demo.ini", "../../a.csv", "/a.csv");
  check_path ("/demo.ini", "../a.csv", "/../a.csv");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keyfile/lines/comments-escapes-and-numbers", test_lines);
  g_test_add_func ("/keyfile/refuses/with-file-and-line", test_refusals);
  g_test_add_func ("/keyfile/refuses/nul-bytes", test_nul_is_refused);
  g_test_add_func ("/keyfile/load/missing-file-is-not-found", test_missing_file);
  g_test_add_func ("/keyfile/load/folder-is-an-input-error", test_folder_is_no_file);
  g_test_add_func ("/keyfile/load/devices-are-not-read", test_special_files);
  g_test_add_func ("/keyfile/paths/begin-at-its-folder", test_paths);
  return g_test_run ();
}
