/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "hospitals-fixture.h"

#include <genesis/genesis-error.h>

#include "data/genesis-table-private.h"

/* The promises of the federation, kept by the plugins that a user has. */

static char *
train (GenesisFederatedGenerator *generator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (generator, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (genesis_training_result_get_finished (result));
  return genesis_federated_generator_dup_model_digest (generator);
}

/* Every n-th row, from the last to the first when reversed. */
static GenesisTable *
take_rows (GenesisTable *table, guint first, guint stride, gboolean is_reversed)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint64 row = first; row < genesis_table_get_n_rows (table); row += stride)
    if (is_reversed)
      g_array_prepend_val (rows, row);
    else
      g_array_append_val (rows, row);
  return genesis_table_take_rows (table, (const guint64 *)(gpointer)rows->data, rows->len);
}

static GenesisFederatedGenerator *
deal (const Hospitals *self, GenesisTable *table, guint n_sites, guint threads)
{
  GenesisFederatedGenerator *generator = hospitals_generator (self);

  g_object_set (generator, "threads", threads, NULL);
  for (guint i = 0; i < n_sites; i++)
    {
      g_autofree char *name = g_strdup_printf ("site-%03u", n_sites - i);
      g_autoptr (GenesisTable) rows = take_rows (table, i, n_sites, TRUE);

      hospitals_add (generator, name, rows);
    }
  return generator;
}

static void
test_partitions (Hospitals *self, gconstpointer data)
{
  static const guint n_sites[] = { 1, 3, 7, 100 };
  static const guint threads[] = { 7, 2, 1, 2 };
  g_autoptr (GenesisFederatedGenerator) federation = hospitals_federation (self);
  g_autoptr (GenesisTable) pool = hospitals_pool (self);
  g_autofree char *expected = train (federation);

  for (guint i = 0; i < G_N_ELEMENTS (n_sites); i++)
    {
      g_autoptr (GenesisFederatedGenerator) generator = deal (self, pool, n_sites[i], threads[i]);
      g_autofree char *digest = train (generator);

      g_assert_cmpstr (digest, ==, expected);
    }
}

/* Small enough for a run that is killed after each of its steps. */
static GenesisFederatedGenerator *
make_durable (const Hospitals *self, GenesisTable *few, const char *path, guint threads)
{
  GenesisFederatedGenerator *generator = deal (self, few, 3, threads);

  g_object_set (generator, "run-directory", path, NULL);
  return generator;
}

static gboolean
train_and_die (const Hospitals *self, GenesisTable *few, const char *path, guint64 n_steps)
{
  g_autoptr (GenesisFederatedGenerator) generator = make_durable (self, few, path, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;

  genesis_federated_generator_fail_after (generator, n_steps, GENESIS_STEP_FAULT_BEFORE);
  result = genesis_federated_generator_train (generator, 0, NULL, &error);
  if (result != NULL)
    return TRUE;
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
  return FALSE;
}

/* With another number of threads than the one that died. */
static void
test_resume (Hospitals *self, gconstpointer data)
{
  g_autoptr (GenesisTable) pool = hospitals_pool (self);
  g_autoptr (GenesisTable) few = take_rows (pool, 0, 40, FALSE);
  g_autoptr (GenesisFederatedGenerator) plain = deal (self, few, 3, 1);
  g_autofree char *expected = train (plain);
  gboolean is_over = FALSE;
  guint64 n_steps = 0;

  for (; !is_over; n_steps++)
    {
      g_autofree char *name = g_strdup_printf ("run-%" G_GUINT64_FORMAT, n_steps);
      g_autofree char *path = hospitals_path (self, name);
      g_autoptr (GenesisFederatedGenerator) generator = NULL;
      g_autofree char *digest = NULL;

      is_over = train_and_die (self, few, path, n_steps);
      generator = make_durable (self, few, path, 1);
      digest = train (generator);
      g_assert_cmpstr (digest, ==, expected);
    }
  g_assert_cmpuint (n_steps, >=, 10);
}

static GenesisTable *
draw (GenesisFederatedGenerator *generator, GenesisStrategy strategy)
{
  g_autoptr (GError) error = NULL;
  GenesisTable *table = NULL;

  g_object_set (generator, "seed", G_GUINT64_CONSTANT (7), NULL);
  table = genesis_federated_generator_generate (generator, 500, strategy, NULL, NULL, &error);
  g_assert_no_error (error);
  return table;
}

static void
assert_same_rows (GenesisTable *a, GenesisTable *b)
{
  const guint n_columns = genesis_schema_get_n_fields (genesis_table_get_schema (a));

  g_assert_cmpuint (genesis_table_get_n_rows (a), ==, genesis_table_get_n_rows (b));
  for (guint column = 0; column < n_columns; column++)
    for (guint64 row = 0; row < genesis_table_get_n_rows (a); row++)
      {
        g_autofree char *one = genesis_table_dup_text (a, column, row);
        g_autofree char *other = genesis_table_dup_text (b, column, row);

        g_assert_cmpstr (one, ==, other);
      }
}

/* Elsewhere: another object with other threads that has never seen a row. */
static void
test_saved_model (Hospitals *self, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) here = hospitals_federation (self);
  g_autoptr (GenesisFederatedGenerator) elsewhere = hospitals_generator (self);
  g_autofree char *path = hospitals_path (self, "model.genesis");
  g_autoptr (GError) error = NULL;

  g_free (train (here));
  genesis_federated_generator_save_model (here, path, &error);
  g_assert_no_error (error);
  g_object_set (elsewhere, "threads", 3, NULL);
  genesis_federated_generator_load_model (elsewhere, path, &error);
  g_assert_no_error (error);
  for (GenesisStrategy strategy = GENESIS_STRATEGY_PROPORTIONAL;
       strategy <= GENESIS_STRATEGY_AGGREGATED; strategy++)
    {
      g_autoptr (GenesisTable) one = NULL;
      g_autoptr (GenesisTable) other = NULL;

      if (strategy == GENESIS_STRATEGY_WEIGHTED)
        continue;
      one = draw (here, strategy);
      other = draw (elsewhere, strategy);
      assert_same_rows (one, other);
    }
}

/* Two rounds, a file, and the rest by somebody else: the model of one run. */
static void
test_continued_model (Hospitals *self, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) first = hospitals_federation (self);
  g_autoptr (GenesisFederatedGenerator) second = hospitals_federation (self);
  g_autofree char *path = hospitals_path (self, "model.genesis");
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (first, 2, NULL, &error);
  g_autofree char *expected = NULL;
  g_autofree char *digest = NULL;

  g_assert_no_error (error);
  g_assert_false (genesis_training_result_get_finished (result));
  genesis_federated_generator_save_model (first, path, &error);
  g_assert_no_error (error);
  expected = train (first);
  genesis_federated_generator_load_model (second, path, &error);
  g_assert_no_error (error);
  digest = train (second);
  g_assert_cmpstr (digest, ==, expected);
}

/* Records that count .3 and 7.5 times: the same model for any threads and any order of sites. */
static void
test_record_weights (Hospitals *self, gconstpointer data)
{
  static const double weights[N_HOSPITALS] = { .3, 7.5, 1.0, 7.5 };
  g_autofree char *expected = NULL;

  for (guint pass = 0; pass < 3; pass++)
    {
      g_autoptr (GenesisFederatedGenerator) generator = hospitals_generator (self);
      g_autofree char *digest = NULL;

      g_object_set (generator, "threads", 1 + 3 * pass, NULL);
      for (guint j = 0; j < N_HOSPITALS; j++)
        {
          const guint i = pass == 1 ? N_HOSPITALS - 1 - j : j;
          g_autoptr (GenesisSiteConfig) config = genesis_site_config_new (self->names[i]);
          g_autoptr (GenesisDataSite) site = NULL;
          g_autoptr (GError) error = NULL;

          genesis_site_config_set_weight (config, weights[i]);
          site = genesis_data_site_new (self->names[i], self->tables[i], config);
          genesis_federated_generator_add_site (generator, site, &error);
          g_assert_no_error (error);
        }
      digest = train (generator);
      if (pass == 0)
        expected = g_strdup (digest);
      g_assert_cmpstr (digest, ==, expected);
    }
}

/* A hospital that comes after two rounds counts from round 3 on, and rows can be drawn of it. */
static void
test_late_site (Hospitals *self, gconstpointer data)
{
  g_autoptr (GenesisFederatedGenerator) generator = hospitals_generator (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) early = NULL;
  g_autoptr (GenesisTrainingResult) rest = NULL;
  g_autoptr (GenesisTable) drawn = NULL;

  for (guint i = 0; i + 1 < N_HOSPITALS; i++)
    hospitals_add (generator, self->names[i], self->tables[i]);
  early = genesis_federated_generator_train (generator, 2, NULL, &error);
  g_assert_no_error (error);
  hospitals_add (generator, self->names[3], self->tables[3]);
  rest = genesis_federated_generator_train (generator, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_training_result_get_finished (rest));
  g_assert_cmpuint (genesis_training_result_get_total_samples (early), ==,
                    self->n_rows - genesis_table_get_n_rows (self->tables[3]));
  g_assert_cmpuint (genesis_training_result_get_total_samples (rest), ==, self->n_rows);
  drawn = genesis_federated_generator_generate (generator, 200, GENESIS_STRATEGY_WEIGHTED,
                                                g_variant_new_parsed ("{'riverside': 1.0}"), NULL,
                                                &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (drawn), ==, 200);
}

#define ADD(path, function)                                                                        \
  g_test_add (path, Hospitals, NULL, hospitals_set_up, function, hospitals_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/federated-copula/digest/is-one-for-any-partition", test_partitions);
  ADD ("/federated-copula/resume/after-every-step", test_resume);
  ADD ("/federated-copula/model/draws-the-same-elsewhere", test_saved_model);
  ADD ("/federated-copula/model/goes-on-elsewhere", test_continued_model);
  ADD ("/federated-copula/weights/are-exact-in-any-order", test_record_weights);
  ADD ("/federated-copula/late-site/counts-from-its-round-on", test_late_site);
  return g_test_run ();
}
