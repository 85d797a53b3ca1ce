/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-generator-private.h"

#include "data/genesis-table-private.h"

#include "plugin-fixture.h"

typedef struct
{
  GenesisPluginHost *host;
  GenesisSchema *schema;
  genesis_abi_session session;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->host = genesis_plugin_host_new ();
  f->schema = make_schema ();
  f->session = make_session ();
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  GenesisPlugin *plugin =
      load_plugin (f->host, "tally", "org.example.tally"); /* usable whatever was before */
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisGenerator) generator =
      genesis_generator_new (plugin, &f->session, f->schema, NULL, 1, &error);

  g_assert_no_error (error);
  g_object_unref (f->host);
  g_object_unref (f->schema);
}

static GenesisGenerator *
create (Fixture *f, const char *file, const char *id, guint threads)
{
  g_autoptr (GError) error = NULL;
  GenesisGenerator *generator = genesis_generator_new (load_plugin (f->host, file, id), &f->session,
                                                       f->schema, NULL, threads, &error);

  g_assert_no_error (error);
  return generator;
}

static GenesisGenerator *
create_tally (Fixture *f)
{
  return create (f, "tally", "org.example.tally", 2);
}

static GenesisPlan *
plan_next (GenesisGenerator *generator, GenesisBlocks *state)
{
  g_autoptr (GError) error = NULL;
  gboolean finished;
  GenesisPlan *plan = genesis_generator_plan (generator, state, &finished, &error);

  g_assert_no_error (error);
  g_assert_true (finished == (plan == NULL));
  return plan;
}

/* The sums of rows [first, first + n) */
static GenesisBlocks *
measure (GenesisGenerator *generator, GenesisBlocks *state, GenesisPlan *plan, GenesisTable *table,
         guint64 first, guint64 n, GenesisBlocks *into)
{
  g_autoptr (GenesisTable) chunk = genesis_table_slice (table, first, n);
  g_autoptr (GError) error = NULL;

  if (into == NULL)
    into = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  genesis_generator_measure (generator, state, plan, chunk, into, NULL, &error);
  g_assert_no_error (error);
  return into;
}

static GenesisBlocks *
absorb (GenesisGenerator *generator, GenesisBlocks *state, GenesisPlan *plan, GenesisBlocks *total)
{
  g_autoptr (GError) error = NULL;
  GenesisBlocks *next =
      genesis_generator_absorb (generator, state, state, plan, total, NULL, &error);

  g_assert_no_error (error);
  return next;
}

static GenesisBlocks *
train (GenesisGenerator *generator, GenesisTable *table)
{
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();

  for (;;)
    {
      g_autoptr (GenesisPlan) plan = plan_next (generator, state);
      g_autoptr (GenesisBlocks) total = NULL;
      GenesisBlocks *next;

      if (plan == NULL)
        return g_steal_pointer (&state);
      total = measure (generator, state, plan, table, 0, genesis_table_get_n_rows (table), NULL);
      next = absorb (generator, state, plan, total);
      genesis_blocks_unref (state);
      state = next;
    }
}

static GenesisTable *
sample (Fixture *f, GenesisGenerator *generator, GenesisBlocks *state, guint64 seed, guint64 n)
{
  GenesisTable *table = genesis_table_new (f->schema, n);
  g_autoptr (GError) error = NULL;
  GenesisStream stream;

  genesis_stream_init_chunk (&stream, seed, "org.example.tally", NULL, 0);
  genesis_generator_sample (generator, state, &stream, 0, table, NULL, &error);
  g_assert_no_error (error);
  return table;
}

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
  g_assert_true (genesis_generator_is_reentrant (generator));
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
  /* a fifth is missing: binomial (5000, .2) has sd 28.3; 5 sd on each side, false alarm below 1e-6 */
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
assert_not_created (Fixture *f, const char *file, const char *id, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  GenesisGenerator *generator = genesis_generator_new (load_plugin (f->host, file, id), &f->session,
                                                       f->schema, NULL, 1, &error);

  g_assert_null (generator);
  assert_message (error, GENESIS_ERROR, code, part);
}

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

/* -- broken plugins ------------------------------------------------------------------------------ */

static void
test_failing_create (Fixture *f, gconstpointer unused)
{
  assert_not_created (f, "broken-failing-create", "org.example.broken",
                      GENESIS_ERROR_INVALID_CONFIG,
                      "plugin org.example.broken, call create: needs at least 1000 columns");
}

static void
test_empty_create (Fixture *f, gconstpointer unused)
{
  assert_not_created (f, "broken-empty-create", "org.example.broken", GENESIS_ERROR_PLUGIN,
                      "call create: succeeded without an instance");
}

static void
assert_plan_refused (Fixture *f, const char *file, const char *part)
{
  g_autoptr (GenesisGenerator) generator = create (f, file, "org.example.broken", 1);
  g_autoptr (GError) error = NULL;
  gboolean finished;

  g_assert_null (genesis_generator_plan (generator, NULL, &finished, &error));
  g_assert_false (finished);
  g_assert_nonnull (error);
  assert_message (error, GENESIS_ERROR, error->code, part);
  g_assert_true (g_str_has_prefix (error->message, "plugin org.example.broken, call plan: "));
}

static void
test_large_block (Fixture *f, gconstpointer unused)
{
  assert_plan_refused (f, "broken-large-block", "block 'large': has more than 67108864 cells");
}

static void
test_first_block (Fixture *f, gconstpointer unused)
{
  assert_plan_refused (f, "broken-first-block",
                       "block 'count': is the first block of the plan; that must be 'rows'");
}

static void
test_null_plan (Fixture *f, gconstpointer unused)
{
  assert_plan_refused (f, "broken-null-plan", "the plan is a null pointer");
}

static void
test_endless_plan (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 3);
  g_autoptr (GenesisGenerator) generator = NULL;
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  g_autoptr (GError) error = NULL;
  guint n_rounds = 0;
  gboolean finished;

  f->session.rounds = 64;
  generator = create (f, "broken-endless-plan", "org.example.broken", 1);
  for (; n_rounds < 1000; n_rounds++)
    {
      g_autoptr (GenesisPlan) plan = genesis_generator_plan (generator, state, &finished, &error);
      g_autoptr (GenesisBlocks) total = NULL;
      GenesisBlocks *next;

      if (plan == NULL)
        break;
      total = measure (generator, state, plan, table, 0, 3, NULL);
      next = absorb (generator, state, plan, total);
      genesis_blocks_unref (state);
      state = next;
    }
  g_assert_cmpuint (n_rounds, ==, 64);
  assert_message (
      error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
      "plugin org.example.broken, call plan: asks for round 65 although the run has at most 64");
}

static GError *
fail_to_measure (Fixture *f, const char *file)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 3);
  g_autoptr (GenesisGenerator) generator = create (f, file, "org.example.broken", 1);
  g_autoptr (GenesisPlan) plan = plan_next (generator, NULL);
  g_autoptr (GenesisBlocks) sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  GError *error = NULL;

  g_assert_false (genesis_generator_measure (generator, NULL, plan, table, sums, NULL, &error));
  return error;
}

static void
test_measure_with_text (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = fail_to_measure (f, "broken-measure-text");

  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                  "plugin org.example.broken, call measure, round 1, block 'rows': these rows are "
                  "not to my liking: xxx");
  g_assert_cmpuint (strlen (error->message), <, 600);
}

static void
test_measure_without_text (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = fail_to_measure (f, "broken-measure-silent");

  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
                  "plugin org.example.broken, call measure, round 1: failed with status -1 "
                  "(internal fault) and gave "
                  "no reason");
}

static void
test_measure_without_rows (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = fail_to_measure (f, "broken-measure-rows");

  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
                  "call measure, round 1: block 'rows': did not grow by the number of rows");
}

static void
test_measure_writes_state (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = fail_to_measure (f, "broken-measure-put");

  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
                  "put_block () works in absorb () only");
}

static void
assert_sample_refused (Fixture *f, const char *file, GenesisSchema *schema, const char *part)
{
  g_autoptr (GenesisPluginHost) host = genesis_plugin_host_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisGenerator) generator =
      genesis_generator_new (load_plugin (host, file, "org.example.broken"), &f->session, schema,
                             NULL, 1, &error);
  g_autoptr (GenesisTable) table = genesis_table_new (schema, 4);
  GenesisStream stream;

  g_assert_no_error (error);
  genesis_stream_init (&stream, 1, "test", 0);
  g_assert_false (genesis_generator_sample (generator, NULL, &stream, 0, table, NULL, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, part);
  g_assert_true (g_str_has_prefix (error->message, "plugin org.example.broken, call sample: "));
}

/* One column alone, of every kind. */
static void
test_samples_out_of_bounds (Fixture *f, gconstpointer unused)
{
  static const char *const parts[] = {
    "column 'age': a value lies outside the schema's bounds",
    "column 'dose': a value lies outside the schema's bounds",
    "column 'colour': a code is none of the schema's categories",
    "column 'smoker': a code is none of the schema's categories",
    "column 'visit': a value lies outside the schema's bounds",
  };

  for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
    {
      GenesisField *field = genesis_schema_get_field (f->schema, j);
      g_autoptr (GenesisSchema) schema = genesis_schema_new (&field, 1, NULL);

      assert_sample_refused (f, "broken-sample-bounds", schema, parts[j]);
    }
}

static void
test_samples_not_finite (Fixture *f, gconstpointer unused)
{
  assert_sample_refused (f, "broken-sample-nan", f->schema, "column 'dose': a value is not finite");
}

static void
collect (const char *plugin_id, GLogLevelFlags level, const char *text, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup (text));
}

static void
test_leak_is_noticed (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GenesisGenerator *generator = create (f, "broken-leak", "org.example.broken", 1);

  genesis_plugin_host_set_log_func (f->host, collect, lines, NULL);
  genesis_generator_free (generator);
  genesis_plugin_host_set_log_func (f->host, NULL, NULL, NULL);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_nonnull (strstr (lines->pdata[0], "left 1 allocations behind"));
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
  ADD ("/generator/broken/failing-create", test_failing_create);
  ADD ("/generator/broken/empty-create", test_empty_create);
  ADD ("/generator/broken/large-block", test_large_block);
  ADD ("/generator/broken/first-block-is-not-rows", test_first_block);
  ADD ("/generator/broken/null-plan", test_null_plan);
  ADD ("/generator/broken/plan-never-finishes", test_endless_plan);
  ADD ("/generator/broken/measure-fails-with-text", test_measure_with_text);
  ADD ("/generator/broken/measure-fails-without-text", test_measure_without_text);
  ADD ("/generator/broken/measure-forgets-rows", test_measure_without_rows);
  ADD ("/generator/broken/measure-writes-state", test_measure_writes_state);
  ADD ("/generator/broken/sample-out-of-bounds", test_samples_out_of_bounds);
  ADD ("/generator/broken/sample-not-finite", test_samples_not_finite);
  ADD ("/generator/broken/leak-is-noticed", test_leak_is_noticed);
#undef ADD
  return g_test_run ();
}
