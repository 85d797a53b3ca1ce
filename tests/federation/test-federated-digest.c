/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation-fixture.h"

/* However the rows lie, whoever adds them up: one model. */

#define N_ROWS 3000

static char *
digest_of (guint n_sites, guint threads)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (n_sites, N_ROWS);

  g_object_set (generator, "threads", threads, NULL);
  return federation_fixture_train (generator);
}

static void
test_partitions (void)
{
  static const guint n_sites[] = { 3, 7, 1000 };
  g_autofree char *pooled = digest_of (1, 1);

  g_assert_cmpuint (strlen (pooled), ==, 64);
  for (guint i = 0; i < G_N_ELEMENTS (n_sites); i++)
    {
      g_autofree char *digest = digest_of (n_sites[i], 2);

      g_assert_cmpstr (digest, ==, pooled);
    }
}

static void
test_threads (void)
{
  static const guint threads[] = { 2, 7 };
  g_autofree char *one = digest_of (7, 1);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autofree char *digest = digest_of (7, threads[i]);

      g_assert_cmpstr (digest, ==, one);
    }
}

static void
test_other_rows (void)
{
  g_autofree char *digest = digest_of (3, 1);
  g_autoptr (GenesisFederatedGenerator) other = federation_fixture_partition (3, N_ROWS - 1);
  g_autofree char *other_digest = federation_fixture_train (other);

  g_assert_cmpstr (digest, !=, other_digest);
}

/* The same rows in another order, under other names, beside a site that holds none. */
static void
test_permuted (void)
{
  g_autofree char *pooled = digest_of (1, 1);
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, N_ROWS);
  g_autofree guint64 *order = g_new (guint64, N_ROWS);
  g_autofree char *digest = NULL;

  for (guint64 i = 0; i < N_ROWS; i++)
    order[i] = (i * 1009 + 17) % N_ROWS; /* 1009 and 3000 have no common factor */
  for (guint i = 0; i < 3; i++)
    {
      static const char *const names[] = { "zeta", "alpha", "mu" };
      const guint64 *begin = order + i * N_ROWS / 3;
      g_autoptr (GenesisTable) part = genesis_table_take_rows (rows, begin, N_ROWS / 3);

      federation_fixture_add (generator, federation_fixture_site (names[i], part, 0));
    }
  {
    g_autoptr (GenesisTable) none = federation_fixture_rows (0, 1, 0);

    federation_fixture_add (generator, federation_fixture_site ("empty", none, 0));
  }
  digest = federation_fixture_train (generator);
  g_assert_cmpstr (digest, ==, pooled);
}

static void
test_resumed (void)
{
  g_autofree char *at_once = digest_of (3, 1);
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, N_ROWS);
  g_autofree char *digest = NULL;
  guint n_rounds = 0;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisTrainingResult) result =
          genesis_federated_generator_train (generator, 1, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, i < 2);
      g_assert_cmpint (genesis_training_result_get_finished (result), ==, i >= 1);
      g_assert_cmpuint (genesis_training_result_get_total_samples (result), ==, N_ROWS);
      g_assert_cmpuint (genesis_training_result_get_n_sites (result), ==, 3);
      n_rounds += genesis_training_result_get_n_rounds (result);
    }
  g_assert_cmpuint (n_rounds, ==, 2);
  digest = genesis_federated_generator_dup_model_digest (generator);
  g_assert_cmpstr (digest, ==, at_once);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/federation/digest/does-not-depend-on-the-partition", test_partitions);
  g_test_add_func ("/federation/digest/does-not-depend-on-threads", test_threads);
  g_test_add_func ("/federation/digest/depends-on-the-rows", test_other_rows);
  g_test_add_func ("/federation/digest/does-not-depend-on-order-names-or-empty-sites",
                   test_permuted);
  g_test_add_func ("/federation/digest/ten-calls-of-one-round-equal-one-call", test_resumed);
  return g_test_run ();
}
