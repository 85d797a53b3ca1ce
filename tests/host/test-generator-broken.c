/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-table-private.h"

#include "generator-fixture.h"

/* -- broken plugins
   ------------------------------------------------------------------------------ */

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
