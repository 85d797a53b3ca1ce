/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "run-directory-fixture.h"

static void
test_resume (Fixture *fixture, gconstpointer data)
{
  GenesisRunDirectory *run = open_run (fixture, FALSE);

  g_assert_cmpuint (genesis_run_directory_get_records (run)->len, ==, 0);
  append (run, GENESIS_RUN_RECORD_OPENED, "session");
  save_part (run, 1, "north", "sums of north");
  append (run, GENESIS_RUN_RECORD_PART_ACCEPTED, "1 north");
  save_part (run, 1, "north", "sums of north, again");
  save_part (run, 2, "north", "");
  genesis_run_directory_free (run);

  run = open_run (fixture, FALSE);
  g_assert_cmpuint (genesis_run_directory_get_records (run)->len, ==, 2);
  assert_record (run, 0, GENESIS_RUN_RECORD_OPENED, "session");
  assert_record (run, 1, GENESIS_RUN_RECORD_PART_ACCEPTED, "1 north");
  assert_part (run, 1, "north", "sums of north, again");
  assert_part (run, 2, "north", "");
  assert_no_part (run, 3, "north");
  assert_no_part (run, 1, "south");
  genesis_run_directory_free (run);
}

static void
test_two_openers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GenesisRunDirectory) first = open_run (fixture, FALSE);
  g_autoptr (GenesisRunDirectory) second = NULL;
  g_autoptr (GError) error = NULL;

  append (first, GENESIS_RUN_RECORD_OPENED, "mine");
  second = genesis_run_directory_open (fixture->path, TRUE, &error);
  g_assert_null (second);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUSY);
  g_assert_nonnull (strstr (error->message, fixture->path));

  /* the refused one did no harm, not even with fresh */
  append (first, GENESIS_RUN_RECORD_ROUND_OPENED, "still mine");
  g_clear_pointer (&first, genesis_run_directory_free);
  second = open_run (fixture, FALSE);
  g_assert_cmpuint (genesis_run_directory_get_records (second)->len, ==, 2);
  g_assert_cmpuint (genesis_run_directory_get_epoch (second), ==, 2);
}

static void
test_epoch (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "epoch", NULL);
  g_autoptr (GError) error = NULL;

  for (guint64 i = 1; i <= 4; i++)
    {
      g_autoptr (GenesisRunDirectory) run = open_run (fixture, i == 3);

      g_assert_cmpuint (genesis_run_directory_get_epoch (run), ==, i);
    }

  for (gsize i = 0; i < 4; i++)
    {
      static const char *const wrong[] = { "", "four\n", "4", "-1\n" };

      g_assert_true (g_file_set_contents (path, wrong[i], -1, NULL));
      g_assert_null (genesis_run_directory_open (fixture->path, FALSE, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, path));
      g_clear_error (&error);
    }
}

static void
test_fresh (Fixture *fixture, gconstpointer data)
{
  static const char *const foreign[] = { "notes.txt", "parts/notes.txt", "parts/7notes.part" };
  GenesisRunDirectory *run = open_run (fixture, FALSE);
  g_autofree char *model = genesis_run_directory_dup_path (run, GENESIS_RUN_MODEL_NAME);

  append (run, GENESIS_RUN_RECORD_OPENED, "old");
  save_part (run, 1, "north", "old");
  g_assert_true (g_file_set_contents (model, "old", -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autofree char *path = genesis_run_directory_dup_path (run, foreign[i]);

      g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
    }
  genesis_run_directory_free (run);

  run = open_run (fixture, TRUE);
  g_assert_cmpuint (genesis_run_directory_get_records (run)->len, ==, 0);
  assert_no_part (run, 1, "north");
  g_assert_false (g_file_test (model, G_FILE_TEST_EXISTS));
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    {
      g_autofree char *path = genesis_run_directory_dup_path (run, foreign[i]);

      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  append (run, GENESIS_RUN_RECORD_OPENED, "new");
  genesis_run_directory_free (run);

  run = open_run (fixture, FALSE);
  assert_record (run, 0, GENESIS_RUN_RECORD_OPENED, "new");
  genesis_run_directory_free (run);
}

/* fresh in a folder named by mistake: a ledger.log that is none of ours is not removed. */
static void
test_fresh_foreign (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "ledger.log", NULL);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "the accounts of the tennis club", -1, NULL));
  g_assert_null (genesis_run_directory_open (fixture->path, TRUE, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "the accounts of the tennis club");
}

/* A damaged ledger is refused, and fresh gets one out of it. */
static void
test_fresh_after_damage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->path, "ledger.log", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  GenesisRunDirectory *run = open_run (fixture, FALSE);
  gsize size;

  append (run, GENESIS_RUN_RECORD_OPENED, "first");
  append (run, GENESIS_RUN_RECORD_ROUND_OPENED, "second");
  genesis_run_directory_free (run);
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  bytes[80] ^= 1;
  g_assert_true (g_file_set_contents (path, bytes, (gssize)size, NULL));
  g_assert_null (genesis_run_directory_open (fixture->path, FALSE, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);

  run = open_run (fixture, TRUE);
  g_assert_cmpuint (genesis_run_directory_get_records (run)->len, ==, 0);
  genesis_run_directory_free (run);
}

static void
test_folders (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deep = g_build_filename (fixture->top, "a", "b", "c", NULL);
  g_autofree char *file = g_build_filename (fixture->top, "file", NULL);
  g_autofree char *below = g_build_filename (file, "run", NULL);
  g_autoptr (GenesisRunDirectory) run = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  run = genesis_run_directory_open (deep, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (deep, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0700);

  g_assert_true (g_file_set_contents (file, "", -1, NULL));
  g_assert_null (genesis_run_directory_open (below, FALSE, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
  g_assert_nonnull (strstr (error->message, below));
}

static void
test_site_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_a = g_strnfill (400, 'a');
  g_autofree char *long_b = g_strconcat (long_a, "b", NULL);
  const char *const names[] = { ".",     "..",  "../../escape", "a/b", "a%2Fb", "Zürich Süd", "-",
                                "x.tmp", "a b", "a\nb",         " ",   long_a,  long_b,       "A" };
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GenesisRunDirectory *run = open_run (fixture, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char *file = genesis_run_parts_dup_name (1, names[i]);

      g_assert_cmpuint (strlen (file), <, 255);
      g_assert_null (strchr (file, '/'));
      g_assert_true (g_hash_table_add (files, file));
      save_part (run, 1, names[i], names[i]);
    }
  genesis_run_directory_free (run);

  run = open_run (fixture, FALSE);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    assert_part (run, 1, names[i], names[i]);
  genesis_run_directory_free (run);
}

/* Two hundred parts and their records wait and become durable in two steps; before, none of them is
   there. */
static void
test_group_commit (Fixture *fixture, gconstpointer data)
{
  const guint n = 200;
  GenesisRunDirectory *run = NULL;
  g_autoptr (GError) error = NULL;

  for (guint pass = 0; pass < 2; pass++)
    {
      guint64 before;

      run = open_run (fixture, FALSE);
      g_assert_cmpuint (genesis_run_directory_get_records (run)->len, ==, 0);
      assert_no_part (run, 1, "site 3");
      before = genesis_run_directory_get_n_steps (run);
      for (guint i = 0; i < n; i++)
        {
          g_autofree char *site = g_strdup_printf ("site %u", i);
          g_autoptr (GBytes) bytes = bytes_of (site);

          g_assert_true (genesis_run_directory_save_part_buffered (run, 1, site, bytes, &error));
          g_assert_true (genesis_run_directory_append_buffered (run,
                                                                GENESIS_RUN_RECORD_PART_ACCEPTED,
                                                                bytes, &error));
        }
      assert_no_part (run, 1, "site 3");
      if (pass == 1)
        g_assert_true (genesis_run_directory_sync (run, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (genesis_run_directory_get_n_steps (run) - before, ==, pass == 1 ? 2 : 0);
      genesis_run_directory_free (run);
    }

  run = open_run (fixture, FALSE);
  g_assert_cmpuint (genesis_run_directory_get_records (run)->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *site = g_strdup_printf ("site %u", i);

      assert_record (run, i, GENESIS_RUN_RECORD_PART_ACCEPTED, site);
      assert_part (run, 1, site, site);
    }
  genesis_run_directory_free (run);
}

static void
add (const char *path, gconstpointer data, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/run-directory/resume/content-comes-back", NULL, test_resume);
  add ("/run-directory/lock/second-opener-is-refused", NULL, test_two_openers);
  add ("/run-directory/epoch/counts-every-opening", NULL, test_epoch);
  add ("/run-directory/fresh/removes-its-own-and-nothing-else", NULL, test_fresh);
  add ("/run-directory/fresh/keeps-a-foreign-ledger", NULL, test_fresh_foreign);
  add ("/run-directory/fresh/after-damage", NULL, test_fresh_after_damage);
  add ("/run-directory/folder/made-with-parents", NULL, test_folders);
  add ("/run-directory/parts/any-site-name", NULL, test_site_names);
  add ("/run-directory/group-commit/two-steps", NULL, test_group_commit);

  return g_test_run ();
}
