/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A run killed at every one of its steps. */
#include "config.h"

#include "run-directory-fixture.h"

static gboolean
append_durably (GenesisRunDirectory *run, GenesisRunRecordType type, GBytes *body)
{
  return genesis_run_directory_append_buffered (run, type, body, NULL)
         && genesis_run_directory_sync (run, NULL);
}

/* What a small run does: opens, takes three parts one by one and two together, closes. TRUE when it
   came to its end. */
static gboolean
play_run (GenesisRunDirectory *run)
{
  static const char *const sites[] = { "a", "b", "c", "d", "e" };
  GPtrArray *records = genesis_run_directory_get_records (run);
  g_autoptr (GBytes) opened = bytes_of ("opened"), closed = bytes_of ("closed");

  if (records->len < 1 && !append_durably (run, GENESIS_RUN_RECORD_OPENED, opened))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sites); i++)
    {
      g_autoptr (GBytes) bytes = bytes_of (sites[i]);

      if (records->len > i + 1)
        continue;
      if (!genesis_run_directory_save_part_buffered (run, 1, sites[i], bytes, NULL)
          || !genesis_run_directory_append_buffered (run, GENESIS_RUN_RECORD_PART_ACCEPTED, bytes,
                                                     NULL)
          || (i != 3 && !genesis_run_directory_sync (run, NULL)))
        return FALSE;
    }

  return records->len > 6 || append_durably (run, GENESIS_RUN_RECORD_ROUND_CLOSED, closed);
}

/* Every record that is there names a part that is there, whole. */
static void
assert_consistent (GenesisRunDirectory *run)
{
  GPtrArray *records = genesis_run_directory_get_records (run);

  for (guint i = 0; i < records->len; i++)
    {
      const GenesisRunRecord *record = g_ptr_array_index (records, i);
      g_autofree char *site =
          g_strndup (g_bytes_get_data (record->body, NULL), g_bytes_get_size (record->body));

      if (record->type == GENESIS_RUN_RECORD_PART_ACCEPTED)
        assert_part (run, 1, site, site);
    }
}

/* The run killed at every one of its steps, before it and in the middle of it, and continued:
   always the same end. */
static void
test_killed_at_every_step (Fixture *fixture, gconstpointer data)
{
  GenesisStepFaultKind kind = (GenesisStepFaultKind)GPOINTER_TO_INT (data);
  gboolean done = FALSE;
  guint64 n_kills = 0;

  for (guint64 step = 0; !done; step++)
    {
      GenesisRunDirectory *run = open_run (fixture, TRUE);

      genesis_run_directory_fail_after (run, step, kind);
      done = play_run (run);
      n_kills += !done;
      genesis_run_directory_free (run);

      run = open_run (fixture, FALSE);
      assert_consistent (run);
      g_assert_true (play_run (run));
      genesis_run_directory_free (run);

      run = open_run (fixture, FALSE);
      g_assert_cmpuint (genesis_run_directory_get_records (run)->len, ==, 7);
      assert_record (run, 0, GENESIS_RUN_RECORD_OPENED, "opened");
      assert_record (run, 4, GENESIS_RUN_RECORD_PART_ACCEPTED, "d");
      assert_record (run, 6, GENESIS_RUN_RECORD_ROUND_CLOSED, "closed");
      assert_consistent (run);
      genesis_run_directory_free (run);
    }
  /* opened; part and record of a, b, c; d and e together; closed */
  g_assert_cmpuint (n_kills, ==, 1 + 2 * 3 + 2 + 1);
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
  add ("/run-directory/killed/before-every-step", GINT_TO_POINTER (GENESIS_STEP_FAULT_BEFORE),
       test_killed_at_every_step);
  add ("/run-directory/killed/within-every-step", GINT_TO_POINTER (GENESIS_STEP_FAULT_TORN),
       test_killed_at_every_step);

  return g_test_run ();
}
