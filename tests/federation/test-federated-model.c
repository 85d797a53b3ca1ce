/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib/gstdio.h>

#include "federation-fixture.h"

#include <genesis/genesis-error.h>

typedef struct
{
  char *folder, *model, *csv;
} Files;

static void
set_up (Files *files, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  files->folder = g_dir_make_tmp ("genesis-XXXXXX", &error);
  g_assert_no_error (error);
  files->model = g_build_filename (files->folder, "a.genesis", NULL);
  files->csv = g_build_filename (files->folder, "a.csv", NULL);
}

static void
tear_down (Files *files, gconstpointer data)
{
  g_unlink (files->model);
  g_unlink (files->csv);
  g_assert_cmpint (g_rmdir (files->folder), ==, 0); /* nothing half-written is left */
  g_free (files->folder);
  g_free (files->model);
  g_free (files->csv);
}

static void
save_trained (const Files *files, guint rounds)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 300);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (generator, rounds, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (result);
  genesis_federated_generator_save_model (generator, files->model, &error);
  g_assert_no_error (error);
}

static gboolean
tables_equal (GenesisTable *a, GenesisTable *b)
{
  const guint64 n_rows = genesis_table_get_n_rows (a);

  if (genesis_table_get_n_rows (b) != n_rows)
    return FALSE;
  for (guint column = 0; column < 3; column++)
    for (guint64 row = 0; row < n_rows; row++)
      {
        g_autofree char *left = genesis_table_dup_text (a, column, row);
        g_autofree char *right = genesis_table_dup_text (b, column, row);

        if (g_strcmp0 (left, right) != 0)
          return FALSE;
      }
  return TRUE;
}

static GenesisTable *
draw (GenesisFederatedGenerator *generator, guint64 n_rows, GenesisStrategy strategy)
{
  g_autoptr (GError) error = NULL;
  GenesisTable *table =
      genesis_federated_generator_generate (generator, n_rows, strategy, NULL, NULL, &error);

  g_assert_no_error (error);
  return table;
}

static void
test_same_rows (Files *files, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) trained = federation_fixture_partition (2, 300);
  g_autoptr (GenesisFederatedGenerator) loaded = federation_fixture_generator ();
  g_autofree char *digest = federation_fixture_train (trained);
  g_autofree char *loaded_digest = NULL;
  g_autoptr (GError) error = NULL;

  g_object_set (trained, "seed", G_GUINT64_CONSTANT (7), NULL);
  g_object_set (loaded, "seed", G_GUINT64_CONSTANT (7), "threads", 3, NULL);
  genesis_federated_generator_save_model (trained, files->model, &error);
  g_assert_no_error (error);
  genesis_federated_generator_load_model (loaded, files->model, &error);
  g_assert_no_error (error);
  loaded_digest = genesis_federated_generator_dup_model_digest (loaded);
  g_assert_cmpstr (loaded_digest, ==, digest);
  for (guint strategy = GENESIS_STRATEGY_PROPORTIONAL; strategy <= GENESIS_STRATEGY_AGGREGATED;
       strategy++)
    {
      g_autoptr (GenesisTable) left = NULL;
      g_autoptr (GenesisTable) right = NULL;

      if (strategy == GENESIS_STRATEGY_WEIGHTED)
        continue;
      left = draw (trained, 500, strategy);
      right = draw (loaded, 500, strategy);
      g_assert_true (tables_equal (left, right));
    }
  {
    g_autoptr (GenesisTable) left = draw (trained, 500, GENESIS_STRATEGY_AGGREGATED);
    g_autoptr (GenesisTable) right = NULL;

    g_object_set (loaded, "seed", G_GUINT64_CONSTANT (8), NULL);
    right = draw (loaded, 500, GENESIS_STRATEGY_AGGREGATED);
    g_assert_false (tables_equal (left, right));
  }
}

/* Loaded after round 1, a new run asks what is left: the same state in the end, under the same
   horizon. */
static void
test_continue (Files *files, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) whole = federation_fixture_partition (2, 300);
  g_autoptr (GenesisFederatedGenerator) loaded = federation_fixture_partition (2, 300);
  g_autofree char *digest = federation_fixture_train (whole);
  g_autofree char *loaded_digest = NULL;
  g_autofree char *metadata = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GError) error = NULL;

  save_trained (files, 1);
  genesis_federated_generator_load_model (loaded, files->model, &error);
  g_assert_no_error (error);
  result = genesis_federated_generator_train (loaded, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, 1);
  g_assert_cmpstr (genesis_round_info_get_phase (genesis_training_result_get_round (result, 0)), ==,
                   "histograms");
  g_assert_true (genesis_training_result_get_finished (result));
  loaded_digest = genesis_federated_generator_dup_model_digest (loaded);
  g_assert_cmpstr (loaded_digest, ==, digest);
  metadata = genesis_federated_generator_dup_metadata (loaded, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (metadata, "\"continues\""));
  {
    g_autoptr (GenesisModel) model = genesis_federated_generator_ref_model (loaded, "", NULL);
    g_autoptr (GenesisModel) other = genesis_federated_generator_ref_model (whole, "", NULL);

    for (guint i = 0; i < 2; i++)
      g_assert_true (
          genesis_blocks_equal (((GenesisModelSite *)g_ptr_array_index (model->sites, i))->state,
                                ((GenesisModelSite *)g_ptr_array_index (other->sites, i))->state));
  }
}

/* A model with nothing left to ask: no rounds, and the model stays. */
static void
test_continue_finished (Files *files, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) loaded = federation_fixture_partition (2, 300);
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  save_trained (files, 0);
  genesis_federated_generator_load_model (loaded, files->model, &error);
  g_assert_no_error (error);
  before = genesis_federated_generator_dup_model_digest (loaded);
  result = genesis_federated_generator_train (loaded, 3, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, 0);
  g_assert_true (genesis_training_result_get_finished (result));
  after = genesis_federated_generator_dup_model_digest (loaded);
  g_assert_cmpstr (after, ==, before);
}

static void
test_other_settings (Files *files, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) same = federation_fixture_partition (2, 300);
  g_autoptr (GenesisFederatedGenerator) other = federation_fixture_partition (2, 300);
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autoptr (GError) error = NULL;

  save_trained (files, 1);
  genesis_federated_generator_set_setting (other, "cells", "8");
  genesis_federated_generator_load_model (other, files->model, &error);
  g_assert_no_error (error);
  g_assert_null (genesis_federated_generator_train (other, 0, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "'cells'"));
  g_clear_error (&error);
  genesis_federated_generator_set_setting (same, "cells", "16");
  genesis_federated_generator_load_model (same, files->model, &error);
  g_assert_no_error (error);
  result = genesis_federated_generator_train (same, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (result);
}

static void
test_other_schema (Files *files, gconstpointer data)
{
  g_autoptr (GenesisField) field = genesis_field_new_real ("level", 0.0, 2.0);
  g_autoptr (GenesisSchema) schema = genesis_schema_new (&field, 1, NULL);
  g_autoptr (GenesisTable) table = genesis_table_new (schema, 0);
  g_autoptr (GenesisFederatedGenerator) before = federation_fixture_generator ();
  g_autoptr (GenesisFederatedGenerator) after = federation_fixture_generator ();
  g_autoptr (GenesisDataSite) site = federation_fixture_site ("odd", table, 0);
  g_autoptr (GError) error = NULL;

  save_trained (files, 1);
  g_assert_true (genesis_federated_generator_add_site (before, site, &error));
  g_assert_false (genesis_federated_generator_load_model (before, files->model, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  g_clear_error (&error);
  g_assert_true (genesis_federated_generator_load_model (after, files->model, &error));
  g_assert_false (genesis_federated_generator_add_site (after, site, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
}

/* The model as a file of another generator, or of a state of another version. */
static void
test_other_generator (Files *files, gconstpointer data)
{
  g_autoptr (GenesisModel) model = NULL;
  g_autoptr (GError) error = NULL;

  save_trained (files, 1);
  model = genesis_model_load (files->model, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
      g_autoptr (GenesisModel) other =
          genesis_model_new (model->schema, i == 0 ? "org.example.other" : model->generator,
                             model->state_version + i, (const char *const *)model->settings,
                             model->rounds, model->n_max, model->state, model->sites,
                             model->provenance);

      genesis_model_save (other, files->model, &error);
      g_assert_no_error (error);
      g_assert_false (genesis_federated_generator_load_model (generator, files->model, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_assert_nonnull (strstr (error->message, i == 0 ? "'org.example.other'" : "version 2"));
      g_assert_null (genesis_federated_generator_dup_model_digest (generator));
      g_clear_error (&error);
    }
}

static void
test_csv (Files *files, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 300);
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GenesisTable) read = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint n_first = 0;
  g_autoptr (GError) error = NULL;

  g_free (federation_fixture_train (generator));
  genesis_federated_generator_generate_csv (generator, 400, GENESIS_STRATEGY_UNIFORM, NULL,
                                            files->csv, NULL, NULL, &error);
  g_assert_no_error (error);
  table = draw (generator, 400, GENESIS_STRATEGY_UNIFORM);
  read = genesis_table_load_csv (files->csv, genesis_table_get_schema (table), &error);
  g_assert_no_error (error);
  g_assert_true (tables_equal (table, read));

  genesis_federated_generator_generate_csv (generator, 400, GENESIS_STRATEGY_UNIFORM, NULL,
                                            files->csv, "hospital", NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (files->csv, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  g_assert_true (g_str_has_prefix (lines[0], "age,ward,level,hospital"));
  for (guint i = 1; i <= 400; i++)
    n_first += strstr (lines[i], ",site-0000") != NULL;
  g_assert_cmpuint (n_first, ==, 200);
}

static void
test_csv_faults (Files *files, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 300);
  static const struct
  {
    GenesisStrategy strategy;
    const char *source_column;
  } cases[] = {
    { GENESIS_STRATEGY_AGGREGATED, "hospital" },
    { GENESIS_STRATEGY_UNIFORM, "ward" },
    { GENESIS_STRATEGY_UNIFORM, "" },
  };

  g_free (federation_fixture_train (generator));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (genesis_federated_generator_generate_csv (generator, 10, cases[i].strategy,
                                                                NULL, files->csv,
                                                                cases[i].source_column, NULL,
                                                                &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_assert_false (g_file_test (files->csv, G_FILE_TEST_EXISTS));
    }
}

static void
test_csv_cancelled (Files *files, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 300);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_free (federation_fixture_train (generator));
  g_cancellable_cancel (cancellable);
  g_assert_false (genesis_federated_generator_generate_csv (generator, 10, GENESIS_STRATEGY_UNIFORM,
                                                            NULL, files->csv, NULL, cancellable,
                                                            &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (files->csv, G_FILE_TEST_EXISTS));
}

static void
test_save_metadata (Files *files, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 300);
  g_autofree char *metadata = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_free (federation_fixture_train (generator));
  metadata = genesis_federated_generator_dup_metadata (generator, &error);
  g_assert_no_error (error);
  genesis_federated_generator_save_metadata (generator, files->csv, &error);
  g_assert_no_error (error);
  g_file_get_contents (files->csv, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, metadata));
}

#define ADD(path, function) g_test_add (path, Files, NULL, set_up, function, tear_down)

static void
test_too_many_rows (void)
{
  static const guint64 n_rows[] = { G_GUINT64_CONSTANT (1) << 44, G_GUINT64_CONSTANT (1) << 60,
                                    G_MAXUINT64 };
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (2, 100);

  g_free (federation_fixture_train (generator));
  for (guint i = 0; i < G_N_ELEMENTS (n_rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (genesis_federated_generator_generate (generator, n_rows[i],
                                                           GENESIS_STRATEGY_AGGREGATED, NULL, NULL,
                                                           &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
      g_test_message ("%s", error->message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/federated-model/loaded/draws-the-same-rows", test_same_rows);
  ADD ("/federated-model/loaded/continues-as-a-new-run", test_continue);
  ADD ("/federated-model/loaded/may-be-finished", test_continue_finished);
  ADD ("/federated-model/loaded/keeps-its-settings", test_other_settings);
  ADD ("/federated-model/loaded/refuses-another-schema", test_other_schema);
  ADD ("/federated-model/loaded/refuses-another-generator-or-version", test_other_generator);
  ADD ("/federated-model/csv/holds-the-rows-and-their-source", test_csv);
  ADD ("/federated-model/csv/source-column-is-judged", test_csv_faults);
  ADD ("/federated-model/csv/leaves-nothing-when-cancelled", test_csv_cancelled);
  ADD ("/federated-model/metadata/is-saved-as-given", test_save_metadata);
  g_test_add_func ("/federated-model/generate/more-rows-than-memory-are-refused",
                   test_too_many_rows);
  return g_test_run ();
}
