/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a plugin can do wrong while it is called: a distinct error or no effect, and the host is
   usable afterwards (tear_down). */
#include "config.h"

#include "data/genesis-table-private.h"

#include "generator-fixture.h"

#define HOSTILE "org.example.hostile"

static GenesisGenerator *
create_hostile (Fixture *f, const char *deed)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  GenesisGenerator *generator;

  set_setting (settings, "deed", deed);
  generator = genesis_generator_new (load_plugin (f->host, "hostile", HOSTILE), &f->session,
                                     f->schema, settings, 3, &error);
  g_assert_no_error (error);
  return generator;
}

static void
test_plan (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *deed, *part;
  } cases[] = {
    { "plan-puts-block", "call plan: put_block () works in absorb () only" },
    { "plan-title", "call plan: the plan's title is not UTF-8, holds control characters" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisGenerator) generator = create_hostile (f, cases[i].deed);
      g_autoptr (GError) error = NULL;
      gboolean finished;

      g_assert_null (genesis_generator_plan (generator, NULL, &finished, &error));
      g_assert_false (finished);
      assert_message (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, cases[i].part);
    }
}

static void
test_plan_round (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 3);
  g_autoptr (GenesisGenerator) generator = create_hostile (f, "plan-round-twice");
  g_autoptr (GError) error = NULL;
  gboolean finished = TRUE;
  g_autoptr (GenesisPlan) plan =
      genesis_generator_plan_round (generator, NULL, 1, &finished, &error);
  g_autoptr (GenesisBlocks) total = NULL;
  g_autoptr (GenesisBlocks) state = NULL;

  g_assert_no_error (error);
  g_assert_false (finished);
  total = measure (generator, NULL, plan, table, 0, 3, NULL);
  state = absorb (generator, NULL, plan, total);
  g_assert_null (genesis_generator_plan_round (generator, state, 2, &finished, &error));
  assert_message (
      error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
      "plugin org.example.hostile, call plan: asks for round 1 where round 2 comes next");
  g_assert_false (finished);
}

static void
test_plan_round_finished (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisGenerator) generator = create_hostile (f, "none");
  g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
  g_autoptr (GError) error = NULL;
  gint64 n = 1;
  gboolean finished = FALSE;

  genesis_blocks_put (state, "rows", GENESIS_ABI_I64, 1, &n);
  g_assert_null (genesis_generator_plan_round (generator, state, 2, &finished, &error));
  g_assert_no_error (error);
  g_assert_true (finished);
}

static void
test_measure_refused (Fixture *f, gconstpointer unused)
{
  static const struct
  {
    const char *deed, *part;
  } cases[] = {
    { "measure-least-rows", "round 1: block 'rows': did not grow by the number of rows" },
    { "measure-huge-scratch", "round 1: no memory for 2^60 bytes" },
    { "measure-no-job", "round 1: parallel () was given no job" },
    { "measure-jobs-fail", "round 1, block 'rows': job 3" },
    { "measure-job-puts-block", "round 1: put_block () works in absorb () only" },
    { "measure-place", "xx': what is wrong" },
  };
  g_autoptr (GenesisTable) table = make_table (f->schema, 3);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisGenerator) generator = create_hostile (f, cases[i].deed);
      g_autoptr (GenesisPlan) plan = plan_next (generator, NULL);
      g_autoptr (GenesisBlocks) sums =
          genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
      g_autoptr (GError) error = NULL;

      genesis_blocks_get_sums (sums)->data[0][0] = 10;
      g_assert_false (genesis_generator_measure (generator, NULL, plan, table, sums, NULL, &error));
      g_assert_nonnull (error);
      assert_message (error, GENESIS_ERROR, error->code, cases[i].part);
      g_assert_true (
          g_str_has_prefix (error->message, "plugin " HOSTILE ", call measure, round 1"));
      g_assert_cmpuint (strlen (error->message), <=, 512 + 100);
    }
}

/* What the plugin does to structs of the host that it was lent reaches nobody. */
static void
test_measure_without_effect (Fixture *f, gconstpointer deed)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 5);
  g_autoptr (GenesisGenerator) generator = create_hostile (f, deed);
  g_autoptr (GenesisPlan) plan = plan_next (generator, NULL);
  g_autofree char *digest = g_strdup (genesis_plan_get_digest (plan));
  g_autoptr (GenesisBlocks) sums = NULL;
  g_autoptr (GenesisPlan) again = NULL;

  sums = measure (generator, NULL, plan, table, 0, 3, NULL);
  measure (generator, NULL, plan, table, 3, 2, sums);
  g_assert_cmpint (genesis_blocks_get_rows (sums), ==, 5);
  g_assert_cmpuint (genesis_blocks_get_sums (sums)->n, ==, 1);
  again = plan_next (generator, NULL);
  g_assert_cmpstr (genesis_plan_get_digest (again), ==, digest);
  g_assert_cmpstr (genesis_plan_get_digest (plan), ==, digest);
}

static void
test_absorb_fails_halfway (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 3);
  g_autoptr (GenesisGenerator) generator = create_hostile (f, "absorb-fails-halfway");
  g_autoptr (GenesisPlan) plan = plan_next (generator, NULL);
  g_autoptr (GenesisBlocks) total = measure (generator, NULL, plan, table, 0, 3, NULL);
  g_autoptr (GenesisBlocks) own = genesis_blocks_new_state ();
  g_autoptr (GError) error = NULL;

  g_assert_null (genesis_generator_absorb (generator, NULL, own, plan, total, NULL, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                  "call absorb, round 1, block 'rows': half of it was put");
  g_assert_cmpuint (genesis_blocks_get_abi (own)->n, ==, 0);
}

static gboolean
try_sample (Fixture *f, GenesisGenerator *generator, GenesisTable *table, GError **error)
{
  GenesisStream stream;

  genesis_stream_init_chunk (&stream, 7, HOSTILE, NULL, 0);
  return genesis_generator_sample (generator, NULL, &stream, 0, table, NULL, error);
}

static void
test_sample_presence (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisGenerator) generator = create_hostile (f, "sample-presence");
  g_autoptr (GenesisTable) table = genesis_table_new (f->schema, 9);
  g_autoptr (GError) error = NULL;

  g_assert_false (try_sample (f, generator, table, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN,
                  "call sample: column 'dose': a byte of present is neither 0 nor 1");
}

static void
test_sample_clobbers_columns (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisGenerator) generator = create_hostile (f, "sample-clobbers-columns");
  g_autoptr (GenesisTable) table = genesis_table_new (f->schema, 9);
  g_autoptr (GError) error = NULL;

  g_assert_true (try_sample (f, generator, table, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (table), ==, 9);
  g_assert_true (genesis_table_validate (table, &error));
  g_assert_no_error (error);
}

/* Children of children, split off in jobs: rows depend on the seed alone, not on which thread came
   first. */
static void
test_sample_splits_in_jobs (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisGenerator) generator = create_hostile (f, "sample-splits-in-jobs");
  g_autoptr (GenesisTable) first = genesis_table_new (f->schema, 64);
  guint n_missing = 0;

  g_assert_true (try_sample (f, generator, first, NULL));
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GenesisTable) table = genesis_table_new (f->schema, 64);

      g_assert_true (try_sample (f, generator, table, NULL));
      for (guint row = 0; row < 64; row++)
        g_assert_true (genesis_table_is_missing (table, 1, row)
                       == genesis_table_is_missing (first, 1, row));
    }
  for (guint row = 0; row < 64; row++)
    n_missing += genesis_table_is_missing (first, 1, row) ? 1 : 0;
  g_assert_cmpuint (n_missing, >, 10);
  g_assert_cmpuint (n_missing, <, 54);
}

/* -- what reaches the user -------------------------------------------------------------------- */

static void
collect (const char *plugin_id, GLogLevelFlags level, const char *text, gpointer user_data)
{
  g_ptr_array_add (user_data, g_strdup_printf ("%d %s", level, text));
}

static void
test_quiet_instance (Fixture *f, gconstpointer unused)
{
  static const char *const expected[] = {
    "16 from plan",  "64 from measure",  "16 from absorb", /* loud */
    "128 from plan", "128 from measure", "128 from absorb",
  };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GenesisTable) table = make_table (f->schema, 3);

  genesis_plugin_host_set_log_func (f->host, collect, lines, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GenesisGenerator) generator = create_hostile (f, "logs");
      g_autoptr (GenesisPlan) plan = NULL;
      g_autoptr (GenesisBlocks) total = NULL;
      g_autoptr (GenesisBlocks) state = NULL;

      genesis_generator_set_quiet (generator, i == 1);
      plan = plan_next (generator, NULL);
      total = measure (generator, NULL, plan, table, 0, 3, NULL);
      state = absorb (generator, NULL, plan, total);
    }
  g_assert_cmpuint (lines->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < lines->len; i++)
    g_assert_cmpstr (lines->pdata[i], ==, expected[i]);
  genesis_plugin_host_set_log_func (f->host, NULL, NULL, NULL);
}

static void
test_frees_more (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GenesisGenerator *generator = create_hostile (f, "destroy-frees-more");

  genesis_plugin_host_set_log_func (f->host, collect, lines, NULL);
  genesis_generator_set_quiet (generator, TRUE); /* a fault is told all the same */
  genesis_generator_free (generator);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_nonnull (strstr (lines->pdata[0], "16 gave host->free () 1 more pointers than came"));
  genesis_plugin_host_set_log_func (f->host, NULL, NULL, NULL);
}

static void
note_progress (double fraction, const char *what, gpointer user_data)
{
  g_string_append_printf (user_data, "%.2f %s;", fraction, what);
}

static void
test_progress_is_told (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisTable) table = make_table (f->schema, 3);
  g_autoptr (GenesisGenerator) generator = create_hostile (f, "none");
  g_autoptr (GString) told = g_string_new (NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GenesisPlan) plan = plan_next (generator, NULL);
      g_autoptr (GenesisBlocks) total = measure (generator, NULL, plan, table, 0, 3, NULL);
      g_autoptr (GenesisBlocks) state = NULL;

      genesis_generator_set_progress (generator, i == 0 ? note_progress : NULL, told);
      state = absorb (generator, NULL, plan, total);
    }
  g_assert_cmpstr (told->str, ==, "0.50 half way;");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)
  ADD ("/hostile/plan/is-refused", NULL, test_plan);
  ADD ("/hostile/plan/rounds-count-up", NULL, test_plan_round);
  ADD ("/hostile/plan/finished-in-any-round", NULL, test_plan_round_finished);
  ADD ("/hostile/plan/changed-later-has-no-effect", "plan-changes-later",
       test_measure_without_effect);
  ADD ("/hostile/measure/is-refused", NULL, test_measure_refused);
  ADD ("/hostile/measure/clobbered-sums-have-no-effect", "measure-clobbers-sums",
       test_measure_without_effect);
  ADD ("/hostile/absorb/own-state-stays-when-it-fails", NULL, test_absorb_fails_halfway);
  ADD ("/hostile/sample/presence-is-0-or-1", NULL, test_sample_presence);
  ADD ("/hostile/sample/clobbered-columns-have-no-effect", NULL, test_sample_clobbers_columns);
  ADD ("/hostile/sample/streams-split-in-jobs", NULL, test_sample_splits_in_jobs);
  ADD ("/hostile/log/quiet-instance-only-debugs", NULL, test_quiet_instance);
  ADD ("/hostile/memory/freed-more-than-taken", NULL, test_frees_more);
  ADD ("/hostile/progress/is-told-until-taken-back", NULL, test_progress_is_told);
#undef ADD
  return g_test_run ();
}
