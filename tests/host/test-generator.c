/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-table-private.h"

#include "generator-fixture.h"

/* -- an honest plugin ----------------------------------------------------------------------- */

static void
test_two_rounds_and_done (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisGenerator) generator = create_tally (f);
  g_autoptr (GenesisTable) table = make_table (f->schema, 1000);
  g_autoptr (GenesisPlan) first = plan_next (generator, NULL);
  g_autoptr (GenesisBlocks) partial = measure (generator, NULL, first, table, 0, 1000, NULL);
  g_autoptr (GenesisBlocks) state = absorb (generator, NULL, first, partial);
  g_autoptr (GenesisPlan) second = plan_next (generator, state);
  g_autoptr (GenesisBlocks) counts = measure (generator, state, second, table, 0, 1000, NULL);
  g_autoptr (GenesisBlocks) done = absorb (generator, state, second, counts);
  g_autoptr (GError) error = NULL;
  const genesis_abi_block *colours = genesis_blocks_find (counts, "hist:colour");
  const genesis_abi_block *doses = genesis_blocks_find (counts, "hist:dose");

  g_assert_cmpstr (genesis_plan_get_title (first), ==, "sums");
  g_assert_cmpstr (genesis_plan_get_title (second), ==, "histograms");
  g_assert_cmpint (genesis_blocks_get_rows (partial), ==, 1000);
  g_assert_true (genesis_blocks_check_partial (partial, first, 1000, &error));
  g_assert_no_error (error);
  g_assert_true (genesis_blocks_check_partial (counts, second, 1000, &error));
  g_assert_no_error (error);
  g_assert_cmpint (((const gint64 *)colours->data)[0], ==, 500); /* red */
  g_assert_cmpint (((const gint64 *)colours->data)[1], ==, 0);   /* green */
  g_assert_cmpint (((const gint64 *)colours->data)[2], ==, 500); /* blue */
  g_assert_cmpint (((const gint64 *)doses->data)[16], ==, 200);  /* missing */
  g_assert_null (plan_next (generator, done));
  g_assert_true (genesis_generator_has_site_models (generator));
}

static void
test_chunks_add_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisGenerator) generator = create_tally (f);
  g_autoptr (GenesisTable) table = make_table (f->schema, 1000);
  g_autoptr (GenesisBlocks) state = NULL;
  g_autoptr (GenesisPlan) plan = NULL;
  g_autoptr (GenesisBlocks) whole = NULL;
  g_autoptr (GenesisBlocks) pieces = NULL;
  g_autoptr (GenesisPlan) first = plan_next (generator, NULL);
  g_autoptr (GenesisBlocks) sums = measure (generator, NULL, first, table, 0, 1000, NULL);

  state = absorb (generator, NULL, first, sums);
  plan = plan_next (generator, state);
  whole = measure (generator, state, plan, table, 0, 1000, NULL);
  /* odd places, so that masks begin in the middle of a byte */
  for (guint64 at = 0, n = 1; at < 1000; at += n, n = MIN (n * 2 + 1, 1000 - at))
    pieces = measure (generator, state, plan, table, at, n, pieces);
  g_assert_true (genesis_blocks_equal (whole, pieces));
}

static void
test_amnesia_changes_nothing (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 300);
  g_autoptr (GenesisGenerator) one = create_tally (f);
  g_autoptr (GenesisBlocks) state = train (one, table);
  g_autoptr (GenesisBlocks) other = genesis_blocks_new_state ();

  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GenesisGenerator) planner = create_tally (f);
      g_autoptr (GenesisGenerator) measurer = create_tally (f);
      g_autoptr (GenesisGenerator) absorber = create_tally (f);
      g_autoptr (GenesisPlan) plan = plan_next (planner, other);
      g_autoptr (GenesisBlocks) total = measure (measurer, other, plan, table, 0, 300, NULL);
      GenesisBlocks *next = absorb (absorber, other, plan, total);

      genesis_blocks_unref (other);
      other = next;
    }
  g_assert_true (genesis_blocks_equal (state, other));
}

static void
test_plans_outlive_the_instance (Fixture *f, gconstpointer unused)
{
  GenesisGenerator *generator = create_tally (f);
  g_autoptr (GenesisPlan) plan = plan_next (generator, NULL);
  g_autofree char *digest = g_strdup (genesis_plan_get_digest (plan));
  g_autoptr (GenesisGenerator) other = create_tally (f);
  g_autoptr (GenesisPlan) again = plan_next (other, NULL);

  genesis_generator_free (generator);
  g_assert_cmpstr (genesis_plan_get_abi (plan)->specs[1]->name, ==, "present");
  g_assert_cmpstr (genesis_plan_get_digest (plan), ==, digest);
  g_assert_cmpstr (genesis_plan_get_digest (again), ==, digest);
}

static void
test_rows_follow_the_seed (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 1000);
  g_autoptr (GenesisGenerator) generator = create_tally (f);
  g_autoptr (GenesisBlocks) state = train (generator, table);
  g_autoptr (GenesisTable) a = sample (f, generator, state, 1, 5000);
  g_autoptr (GenesisTable) b = sample (f, generator, state, 1, 5000);
  g_autoptr (GenesisTable) c = sample (f, generator, state, 2, 5000);
  guint n_missing = 0, n_green = 0, n_other = 0;

  for (guint64 i = 0; i < 5000; i++)
    {
      for (guint j = 0; j < 5; j++)
        {
          g_autofree char *x = genesis_table_dup_text (a, j, i);
          g_autofree char *y = genesis_table_dup_text (b, j, i);
          g_autofree char *z = genesis_table_dup_text (c, j, i);

          g_assert_cmpstr (x, ==, y);
          n_other += strcmp (x, z) != 0;
        }
      n_missing += genesis_table_is_missing (a, 1, i);
      n_green += genesis_table_get_integer (a, 2, i) == 1;
    }
  g_assert_cmpuint (n_other, >, 1000);
  g_assert_cmpuint (n_green, ==, 0); /* was never seen */
  /* a fifth is missing: binomial (5000, .2) has sd 28.3; 5 sd on each side, false alarm below
     1e-6 */
  g_assert_cmpuint (n_missing, >, 858);
  g_assert_cmpuint (n_missing, <, 1142);
}

static void
test_no_rows_are_fine (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 10);
  g_autoptr (GenesisGenerator) generator = create_tally (f);
  g_autoptr (GenesisPlan) plan = plan_next (generator, NULL);
  g_autoptr (GenesisBlocks) partial = measure (generator, NULL, plan, table, 0, 0, NULL);
  g_autoptr (GenesisBlocks) state = train (generator, table);
  g_autoptr (GenesisTable) none = sample (f, generator, state, 1, 0);

  g_assert_cmpint (genesis_blocks_get_rows (partial), ==, 0);
  g_assert_cmpuint (genesis_table_get_n_rows (none), ==, 0);
}

static void
test_settings_reach_the_plugin (Fixture *f, gconstpointer unused)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GenesisGenerator) generator = NULL;
  g_autoptr (GenesisPlan) first = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) list = NULL;
  const char *const expected[] = { "cells=33", "draw=uniform", NULL };

  set_setting (settings, "cells", "33");
  set_setting (settings, "draw", "uniform");
  generator = genesis_generator_new (load_plugin (f->host, "tally", "org.example.tally"),
                                     &f->session, f->schema, settings, 1, &error);
  g_assert_no_error (error);
  list = genesis_generator_dup_settings (generator);
  g_assert_cmpstrv (list, expected);
  first = plan_next (generator, NULL);
  g_assert_cmpfloat (genesis_plan_get_abi (first)->specs[2]->hi, ==, 33);
}

static void
test_horizon_is_kept (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 10);
  g_autoptr (GenesisGenerator) generator = NULL;
  g_autoptr (GenesisBlocks) state = NULL;

  f->session.rounds = 1;
  generator = create_tally (f);
  state = train (generator, table);
  g_assert_null (genesis_blocks_find (state, "hist:age"));
  g_assert_nonnull (genesis_blocks_find (state, "sums"));
}

static void
test_all_memory_comes_back (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 100);
  GenesisGenerator *generator = create_tally (f);
  g_autoptr (GenesisBlocks) state = train (generator, table);
  guint before = genesis_generator_get_n_alive (generator);
  g_autoptr (GenesisTable) rows = sample (f, generator, state, 3, 100);

  g_assert_cmpuint (before, >, 0);
  g_assert_cmpuint (genesis_table_get_n_rows (rows), ==, 100);
  g_assert_cmpuint (genesis_generator_get_n_alive (generator), ==, before);
  genesis_generator_free (generator);
}

static void
test_cancelled_before_the_call (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 10);
  g_autoptr (GenesisGenerator) generator = create_tally (f);
  g_autoptr (GenesisPlan) plan = plan_next (generator, NULL);
  g_autoptr (GenesisBlocks) sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (
      genesis_generator_measure (generator, NULL, plan, table, sums, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (genesis_blocks_get_rows (sums), ==, 0);
}

/* -- what the host refuses of its own accord ------------------------------------------------- */

static void
test_wrong_kind_and_session (Fixture *f, gconstpointer unused)
{
  const genesis_abi_session good = f->session;

  assert_not_created (f, "tally", "org.example.sum", GENESIS_ERROR_INVALID_CONFIG,
                      "is an aggregator");
  f->session.rounds = 0;
  assert_not_created (f, "tally", "org.example.tally", GENESIS_ERROR_INVALID_CONFIG,
                      "rounds must be from 1 to 64");
  f->session.rounds = 65;
  assert_not_created (f, "tally", "org.example.tally", GENESIS_ERROR_INVALID_CONFIG,
                      "rounds must be from 1 to 64");
  f->session = good;
  f->session.unit = 0;
  assert_not_created (f, "tally", "org.example.tally", GENESIS_ERROR_INVALID_CONFIG, "unit");
  f->session = good;
}

static void
test_foreign_table (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisGenerator) generator = create_tally (f);
  g_autoptr (GenesisPlan) plan = plan_next (generator, NULL);
  g_autoptr (GenesisBlocks) sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  g_autoptr (GenesisField) field = genesis_field_new_integer ("height", 0, 0, 250);
  g_autoptr (GenesisSchema) other = genesis_schema_new (&field, 1, NULL);
  g_autoptr (GenesisTable) table = genesis_table_new (other, 3);
  g_autoptr (GError) error = NULL;

  g_assert_false (genesis_generator_measure (generator, NULL, plan, table, sums, NULL, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                  "the table has 1 columns, the schema of the run has 5");
}

/* A value outside the schema is the plugin's to refuse; the message must not repeat it. */
static void
test_bad_rows_are_refused_without_their_values (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 10);
  g_autoptr (GenesisGenerator) generator = create_tally (f);
  g_autoptr (GenesisPlan) plan = plan_next (generator, NULL);
  g_autoptr (GenesisBlocks) sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  g_autoptr (GError) error = NULL;

  ((gint64 *)genesis_table_get_column (table, 0)->values)[7] = 31337;
  g_assert_false (genesis_generator_measure (generator, NULL, plan, table, sums, NULL, &error));
  assert_message (
      error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
      "plugin org.example.tally, call measure, round 1, 'age': a value lies outside the schema");
  g_assert_null (strstr (error->message, "31337"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/generator/run/two-rounds-and-done", test_two_rounds_and_done);
  ADD ("/generator/run/chunks-add-up", test_chunks_add_up);
  ADD ("/generator/run/amnesia-changes-nothing", test_amnesia_changes_nothing);
  ADD ("/generator/run/plans-outlive-the-instance", test_plans_outlive_the_instance);
  ADD ("/generator/run/settings-reach-the-plugin", test_settings_reach_the_plugin);
  ADD ("/generator/run/horizon-is-kept", test_horizon_is_kept);
  ADD ("/generator/run/all-memory-comes-back", test_all_memory_comes_back);
  ADD ("/generator/run/cancelled-before-the-call", test_cancelled_before_the_call);
  ADD ("/generator/sample/rows-follow-the-seed", test_rows_follow_the_seed);
  ADD ("/generator/sample/no-rows-are-fine", test_no_rows_are_fine);
  ADD ("/generator/refuses/wrong-kind-and-session", test_wrong_kind_and_session);
  ADD ("/generator/refuses/foreign-table", test_foreign_table);
  ADD ("/generator/refuses/bad-rows-without-their-values",
       test_bad_rows_are_refused_without_their_values);
#undef ADD
  return g_test_run ();
}
