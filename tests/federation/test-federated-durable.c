/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "federation-fixture.h"

#include <genesis/genesis-error.h>

/* A run in a folder: killed anywhere it continues to the same model. */

#define N_ROWS 300

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_assert_cmpint (g_unlink (child), ==, 0);
    }
  g_rmdir (path);
}

typedef struct
{
  char *base, *run;
} Folder;

/* In memory where that is: these runs sync hundreds of times, and no power fails meanwhile. */
static void
set_up (Folder *folder, gconstpointer data)
{
  g_autofree char *in_memory = g_strdup ("/dev/shm/genesis-XXXXXX");
  g_autoptr (GError) error = NULL;

  if (g_mkdtemp (in_memory) != NULL)
    folder->base = g_steal_pointer (&in_memory);
  else
    folder->base = g_dir_make_tmp ("genesis-XXXXXX", &error);
  g_assert_no_error (error);
  folder->run = g_build_filename (folder->base, "run", NULL);
}

static void
tear_down (Folder *folder, gconstpointer data)
{
  remove_folder (folder->base);
  g_free (folder->base);
  g_free (folder->run);
}

static GenesisFederatedGenerator *
make (const Folder *folder)
{
  GenesisFederatedGenerator *generator = federation_fixture_partition (3, N_ROWS);

  g_object_set (generator, "run-directory", folder->run, NULL);
  return generator;
}

static char *
pooled_digest (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (1, N_ROWS);

  return federation_fixture_train (generator);
}

static char *
sealed_digest (const Folder *folder)
{
  g_autofree char *path = g_build_filename (folder->run, "model.genesis", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisModel) model = genesis_model_load (path, &error);

  g_assert_no_error (error);
  return g_strdup (genesis_model_get_digest (model));
}

static void
test_plain (Folder *folder, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) generator = make (folder);
  g_autofree char *digest = federation_fixture_train (generator);
  g_autofree char *pooled = pooled_digest ();
  g_autofree char *sealed = sealed_digest (folder);

  g_assert_cmpstr (digest, ==, pooled);
  g_assert_cmpstr (sealed, ==, pooled);
}

/* Trains until the directory fails at its step after n_steps; TRUE: it did not come to that. */
static gboolean
train_and_die (const Folder *folder, guint64 n_steps, GenesisStepFaultKind kind)
{
  g_autoptr (GenesisFederatedGenerator) generator = make (folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;

  genesis_federated_generator_fail_after (generator, n_steps, kind);
  result = genesis_federated_generator_train (generator, 0, NULL, &error);
  if (result != NULL)
    return TRUE;
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
  return FALSE;
}

static void
kill_everywhere (const Folder *folder, GenesisStepFaultKind kind)
{
  g_autofree char *pooled = pooled_digest ();
  guint n_killed = 0;

  for (guint64 n_steps = 0;; n_steps++)
    {
      const gboolean lived = train_and_die (folder, n_steps, kind);
      g_autoptr (GenesisFederatedGenerator) generator = make (folder);
      g_autofree char *digest = federation_fixture_train (generator);
      g_autofree char *sealed = sealed_digest (folder);

      g_assert_cmpstr (digest, ==, pooled);
      g_assert_cmpstr (sealed, ==, pooled);
      remove_folder (folder->run);
      if (lived)
        break;
      n_killed++;
    }
  /* opened; twice parts, records, closed; sealed */
  g_assert_cmpuint (n_killed, >=, 8);
  g_test_message ("killed at each of %u steps", n_killed);
}

static void
test_killed_before (Folder *folder, gconstpointer data)
{
  kill_everywhere (folder, GENESIS_STEP_FAULT_BEFORE);
}

static void
test_killed_within (Folder *folder, gconstpointer data)
{
  kill_everywhere (folder, GENESIS_STEP_FAULT_TORN);
}

/* Killed again and again: two steps, a part and its record, are progress enough. */
static void
test_killed_repeatedly (Folder *folder, gconstpointer data)
{
  g_autofree char *pooled = pooled_digest ();
  g_autoptr (GenesisFederatedGenerator) generator = NULL;
  g_autofree char *digest = NULL;
  guint n_killed = 0;

  while (!train_and_die (folder, 2, GENESIS_STEP_FAULT_TORN))
    g_assert_cmpuint (++n_killed, <, 100);
  g_assert_cmpuint (n_killed, >=, 3);
  generator = make (folder);
  digest = federation_fixture_train (generator);
  g_assert_cmpstr (digest, ==, pooled);
}

/* What was accepted is not measured again: the sites' sources fail at every pass after the first
   rounds. */
static void
test_parts_are_kept (Folder *folder, gconstpointer data)
{
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, N_ROWS);
  g_autofree char *pooled = pooled_digest ();

  {
    g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
    g_autoptr (GenesisTrainingResult) result = NULL;
    g_autoptr (GError) error = NULL;

    g_object_set (generator, "run-directory", folder->run, NULL);
    federation_fixture_add (generator, federation_fixture_site ("a", rows, 0));
    result = genesis_federated_generator_train (generator, 1, NULL, &error);
    g_assert_no_error (error);
  }
  {
    g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
    g_autofree char *digest = NULL;

    g_object_set (generator, "run-directory", folder->run, NULL);
    /* one pass to count, one for round 2; round 1 comes from the folder */
    federation_fixture_add (generator, federation_fixture_failing_site ("a", rows, 2));
    digest = federation_fixture_train (generator);
    g_assert_cmpstr (digest, ==, pooled);
  }
}

/* Sites that failed in a round, or joined after it, have no part in it when it is taken up
   again. */
static void
test_history_is_kept (Folder *folder, gconstpointer data)
{
  g_autofree char *in_memory = NULL;
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 2, N_ROWS);
  g_autoptr (GenesisTable) others = federation_fixture_rows (1, 2, N_ROWS);

  for (guint pass = 0; pass < 3; pass++)
    {
      g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
      g_autoptr (GenesisTrainingResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *digest = NULL;

      if (pass > 0)
        g_object_set (generator, "run-directory", folder->run, NULL);
      federation_fixture_add (generator, federation_fixture_site ("steady", rows, 0));
      /* The third pass finds this site in order, and round 1 closed without it. */
      if (pass < 2)
        federation_fixture_add (generator, federation_fixture_failing_site ("fails", others, 1));
      else
        federation_fixture_add (generator, federation_fixture_failing_site ("fails", others, 2));
      if (pass == 2)
        federation_fixture_add (generator, federation_fixture_site ("joins", others, 0));
      result = genesis_federated_generator_train (generator, 1, NULL, &error);
      g_assert_no_error (error);
      if (pass == 0)
        {
          g_autoptr (GenesisTable) more = federation_fixture_rows (1, 2, N_ROWS);

          /* fails is in order again in round 2: as if it joined then */
          federation_fixture_add (generator, federation_fixture_site ("again", more, 0));
          federation_fixture_add (generator, federation_fixture_site ("joins", others, 0));
          in_memory = federation_fixture_train (generator);
          continue;
        }
      if (pass == 1)
        continue;
      digest = genesis_federated_generator_dup_model_digest (generator);
      g_assert_true (genesis_training_result_get_finished (result));
      g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, 2);
      g_assert_cmpuint (genesis_training_result_get_n_sites (result), ==, 3);
      g_assert_cmpstr (digest, ==, in_memory);
    }
}

static void
test_sealed (Folder *folder, gconstpointer data)
{
  g_autofree char *pooled = pooled_digest ();
  g_autoptr (GenesisFederatedGenerator) first = make (folder);
  g_autofree char *digest = federation_fixture_train (first);
  g_autoptr (GenesisTable) drawn = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&first); /* lets go of the folder */
  {
    g_autoptr (GenesisFederatedGenerator) second = make (folder);
    g_autoptr (GenesisTrainingResult) result =
        genesis_federated_generator_train (second, 5, NULL, &error);
    g_autofree char *again = NULL;

    g_assert_no_error (error);
    g_assert_true (genesis_training_result_get_finished (result));
    g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, 0);
    g_assert_cmpuint (genesis_training_result_get_n_sites (result), ==, 3);
    g_assert_cmpuint (genesis_training_result_get_total_samples (result), ==, N_ROWS);
    g_assert_nonnull (strstr (genesis_training_result_get_reason (result), "sealed"));
    again = genesis_federated_generator_dup_model_digest (second);
    g_assert_cmpstr (again, ==, digest);
    g_assert_cmpstr (again, ==, pooled);
    drawn = genesis_federated_generator_generate (second, 10, GENESIS_STRATEGY_PROPORTIONAL, NULL,
                                                  NULL, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (genesis_table_get_n_rows (drawn), ==, 10);
  }
}

static void
assert_other_run (const Folder *folder, GenesisFederatedGenerator *generator, const char *what)
{
  g_autoptr (GError) error = NULL;

  g_object_set (generator, "run-directory", folder->run, NULL);
  g_assert_null (genesis_federated_generator_train (generator, 0, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, what));
}

/* Sites of the same names, whose only column is called the same and may hold more. */
static GenesisFederatedGenerator *
make_of_another_schema (void)
{
  GenesisFederatedGenerator *generator = federation_fixture_generator ();
  g_autoptr (GenesisField) age = genesis_field_new_integer ("age", 0, 0, 120);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new (&age, 1, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *name = g_strdup_printf ("site-%04u", i);
      g_autoptr (GenesisTable) table = genesis_table_new (schema, N_ROWS / 3);

      federation_fixture_add (generator, federation_fixture_site (name, table, 0));
    }
  return generator;
}

static void
test_another_run (Folder *folder, gconstpointer data)
{
  {
    g_autoptr (GenesisFederatedGenerator) generator = make (folder);

    g_free (federation_fixture_train (generator));
  }
  {
    g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, N_ROWS);

    genesis_federated_generator_set_setting (generator, "cells", "8");
    assert_other_run (folder, generator, "generator.cells");
  }
  {
    g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, N_ROWS);

    assert_other_run (folder, generator, "'site-0002'");
  }
  {
    g_autoptr (GenesisFederatedGenerator) generator = make_of_another_schema ();

    assert_other_run (folder, generator, "differs in: schema;");
  }
  {
    g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, N_ROWS);

    g_object_set (generator, "rounds", 4, NULL);
    assert_other_run (folder, generator, "rounds");
    /* and the same again, as a fresh run */
    g_object_set (generator, "fresh", TRUE, NULL);
    g_free (federation_fixture_train (generator));
  }
}

static void
test_busy (Folder *folder, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) first = make (folder);
  g_autoptr (GenesisFederatedGenerator) second = make (folder);
  g_autoptr (GError) error = NULL;

  g_free (federation_fixture_train (first));
  g_assert_null (genesis_federated_generator_train (second, 0, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUSY);
}

static void
test_many_sites (Folder *folder, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (200, N_ROWS);
  g_autofree char *pooled = pooled_digest ();
  g_autofree char *digest = NULL;

  g_object_set (generator, "run-directory", folder->run, "threads", 2, NULL);
  digest = federation_fixture_train (generator);
  g_assert_cmpstr (digest, ==, pooled);
}

#define ADD(path, function) g_test_add (path, Folder, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/durable-run/model/is-that-of-a-run-in-memory", test_plain);
  ADD ("/durable-run/killed/before-every-step", test_killed_before);
  ADD ("/durable-run/killed/within-every-step", test_killed_within);
  ADD ("/durable-run/killed/again-and-again", test_killed_repeatedly);
  ADD ("/durable-run/parts/are-not-measured-again", test_parts_are_kept);
  ADD ("/durable-run/history/is-kept", test_history_is_kept);
  ADD ("/durable-run/sealed/trains-no-more", test_sealed);
  ADD ("/durable-run/another-run/is-refused-by-key", test_another_run);
  ADD ("/durable-run/folder/has-one-coordinator", test_busy);
  ADD ("/durable-run/many-sites/are-committed-in-groups", test_many_sites);
  return g_test_run ();
}
