/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-generator-private.h"

#include "plugin-fixture.h"

/* Rows that are held to what the plan declares. The tally declares sqrt (columns) for one count a
   column, which every row uses up: honest rows are not clipped, and a clip below 1 clips them all.
   */

#define N_ROWS 500u

typedef struct
{
  GenesisPluginHost *host;
  genesis_abi_session session;
  GenesisSchema *schema;
  GenesisTable *table;
  GenesisGenerator *generator;
  GenesisPlan *plan;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gboolean finished;

  f->host = genesis_plugin_host_new ();
  f->session = make_session ();
  f->schema = make_schema ();
  f->table = make_table (f->schema, N_ROWS);
  f->generator = genesis_generator_new (load_plugin (f->host, "tally", "org.example.tally"),
                                        &f->session, f->schema, NULL, 1, &error);
  g_assert_no_error (error);
  f->plan = genesis_generator_plan (f->generator, NULL, &finished, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  genesis_plan_unref (f->plan);
  genesis_generator_free (f->generator);
  g_object_unref (f->table);
  g_object_unref (f->schema);
  g_object_unref (f->host);
}

static GenesisBlocks *
measure (Fixture *f, double clip, gboolean is_enforced)
{
  GenesisBlocks *sums = genesis_blocks_new_for_plan (f->plan, GENESIS_BUFFER_BACKING_HEAP);
  const GenesisRowBounds bounds = { clip, is_enforced };
  g_autoptr (GError) error = NULL;

  genesis_generator_set_row_bounds (f->generator, &bounds);
  genesis_generator_measure (f->generator, NULL, f->plan, f->table, sums, NULL, &error);
  g_assert_no_error (error);
  return sums;
}

static void
test_honest_rows_are_whole (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisBlocks) plain = measure (f, 1, FALSE);
  g_autoptr (GenesisBlocks) bounded = measure (f, 1, TRUE);
  g_autoptr (GenesisBlocks) wide = measure (f, 8, TRUE);

  g_assert_true (genesis_blocks_equal (plain, bounded));
  g_assert_true (genesis_blocks_equal (plain, wide));
}

/* Half of the bound: the row counts half, in units of 2^-16, and no cell rounds up. */
static void
test_clipped_rows (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisBlocks) plain = measure (f, 1, FALSE);
  g_autoptr (GenesisBlocks) clipped = measure (f, .5, FALSE);
  const genesis_abi_blocks *whole = genesis_blocks_get_abi (plain);
  const genesis_abi_blocks *parts = genesis_blocks_get_abi (clipped);

  g_assert_cmpint (genesis_blocks_get_rows (clipped), <=, N_ROWS << 15);
  g_assert_cmpint (genesis_blocks_get_rows (clipped), >=, (N_ROWS << 15) - N_ROWS);
  for (guint32 i = 0; i < whole->n; i++)
    {
      const GenesisRowBounds bounds = { .5, FALSE };
      const guint shift =
          genesis_row_bounds_get_shift (&bounds, genesis_plan_get_abi (f->plan)->specs[i],
                                        &f->session);
      const gint64 *from = whole->items[i]->data, *to = parts->items[i]->data;

      g_assert_cmpuint (shift, <=, 16);
      for (guint64 k = 0; k < whole->items[i]->n; k++)
        {
          g_assert_cmpint (to[k], >=, 0);
          g_assert_cmpint (to[k], <=, from[k] << shift);
        }
    }
}

/* -- a clipper by hand: two cells a row, in a group of two blocks ------------------ */

static void
test_norms (Fixture *f, gconstpointer unused)
{
  g_autoptr (GenesisBlocks) sums =
      genesis_blocks_new_for_plan (f->plan, GENESIS_BUFFER_BACKING_HEAP);
  const GenesisRowBounds bounds = { 1, TRUE };
  g_autoptr (GenesisRowClipper) clipper =
      genesis_row_clipper_new (&bounds, f->plan, &f->session, sums);
  const double limit = genesis_plan_get_abi (f->plan)->specs[1]->sensitivity;
  const gint64 far = 1000000;
  double norm = 0;

  genesis_row_clipper_get_sums (clipper)->data[0][0] = 1;
  for (guint64 k = 0; k < genesis_blocks_get_sums (sums)->cells[1]; k++)
    genesis_row_clipper_get_sums (clipper)->data[1][k] = k % 2 == 0 ? far : -far;
  g_assert_true (genesis_row_clipper_end_row (clipper, FALSE));
  for (guint64 k = 0; k < genesis_blocks_get_sums (sums)->cells[1]; k++)
    norm += pow ((double)genesis_blocks_get_sums (sums)->data[1][k], 2);
  g_assert_cmpfloat (sqrt (norm), <=, limit);
  g_assert_cmpint (genesis_blocks_get_rows (sums), ==, 1);
  /* what is told cell by cell is the same, in any order and in parts */
  for (guint i = 0; i < 4; i++)
    g_assert_true (genesis_row_clipper_add (clipper, 1, 0, far));
  g_assert_true (genesis_row_clipper_add (clipper, 0, 0, 1));
  g_assert_false (genesis_row_clipper_add (clipper, 99, 0, 1));
  g_assert_false (genesis_row_clipper_add (clipper, 1, 1 << 20, 1));
  g_assert_true (genesis_row_clipper_end_row (clipper, TRUE));
  g_assert_cmpint (genesis_blocks_get_rows (sums), ==, 2);
  /* a row that is not counted, or counted twice, is none */
  g_assert_false (genesis_row_clipper_end_row (clipper, TRUE));
  genesis_row_clipper_get_sums (clipper)->data[0][0] = 2;
  g_assert_false (genesis_row_clipper_end_row (clipper, FALSE));
}

/* Of two rows, one in place of the other, each moves by half of what both may differ in; that the
   number of rows stays the same is known to all, and no row counts less for it. */
static void
test_replaced (Fixture *f, gconstpointer unused)
{
  static const GenesisRowBounds bounds = { 1, TRUE };
  const double limit = genesis_plan_get_abi (f->plan)->specs[1]->sensitivity;
  double norms[2];

  for (guint i = 0; i < 2; i++)
    {
      genesis_abi_session session = f->session;
      g_autoptr (GenesisBlocks) sums =
          genesis_blocks_new_for_plan (f->plan, GENESIS_BUFFER_BACKING_HEAP);
      g_autoptr (GenesisRowClipper) clipper = NULL;

      session.neighbours = i;
      clipper = genesis_row_clipper_new (&bounds, f->plan, &session, sums);
      genesis_row_clipper_get_sums (clipper)->data[0][0] = 1;
      genesis_row_clipper_get_sums (clipper)->data[1][0] = 1 << 20;
      genesis_row_clipper_end_row (clipper, FALSE);
      norms[i] = (double)genesis_blocks_get_sums (sums)->data[1][0];
    }
  g_assert_cmpfloat (norms[0], ==, floor (limit));
  g_assert_cmpfloat (norms[1], ==, floor (limit / 2));
}

/* -- plugins that tell rows cell by cell --------------------------------------- */

static gboolean
measure_hostile (Fixture *f, const char *deed, GenesisBlocks **sums, GError **error)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GenesisGenerator) generator = NULL;
  g_autoptr (GenesisPlan) plan = NULL;
  const GenesisRowBounds bounds = { 1, TRUE };
  gboolean finished;

  set_setting (settings, "deed", deed);
  generator = genesis_generator_new (load_plugin (f->host, "hostile", "org.example.hostile"),
                                     &f->session, f->schema, settings, 1, error);
  plan = genesis_generator_plan (generator, NULL, &finished, error);
  g_assert_nonnull (plan);
  genesis_generator_set_row_bounds (generator, &bounds);
  *sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  return genesis_generator_measure (generator, NULL, plan, f->table, *sums, NULL, error);
}

static void
test_sparse (Fixture *f, gconstpointer unused)
{
  static const char *const deeds[] = { "sparse-backwards", "sparse-far-row", "sparse-far-cell",
                                       "sparse-forgets-row", "sparse-counts-twice" };
  g_autoptr (GenesisBlocks) honest = NULL;
  g_autoptr (GError) none = NULL;

  g_assert_true (measure_hostile (f, "none", &honest, &none));
  g_assert_no_error (none);
  g_assert_cmpint (genesis_blocks_get_rows (honest), ==, N_ROWS);
  for (guint i = 0; i < G_N_ELEMENTS (deeds); i++)
    {
      g_autoptr (GenesisBlocks) sums = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_false (measure_hostile (f, deeds[i], &sums, &error));
      assert_message (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, "block 'rows': did not grow");
    }
}

/* Too many cells to look at for each row, and a plugin that cannot tell which it moved. */
static void
test_large_plans (Fixture *f, gconstpointer unused)
{
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GenesisGenerator) generator = NULL;
  g_autoptr (GenesisBlocks) first = measure (f, 1, FALSE);
  g_autoptr (GenesisBlocks) state = NULL;
  g_autoptr (GenesisBlocks) sums = NULL;
  g_autoptr (GenesisPlan) plan = NULL;
  const GenesisRowBounds bounds = { 1, TRUE };
  g_autoptr (GError) error = NULL;
  gboolean finished;

  set_setting (settings, "cells", "4096");
  generator = genesis_generator_new (load_plugin (f->host, "tally", "org.example.tally"),
                                     &f->session, f->schema, settings, 1, &error);
  g_assert_no_error (error);
  state = genesis_generator_absorb (generator, NULL, NULL, f->plan, first, NULL, &error);
  g_assert_no_error (error);
  plan = genesis_generator_plan (generator, state, &finished, &error);
  g_assert_no_error (error);
  genesis_generator_set_row_bounds (generator, &bounds);
  sums = genesis_blocks_new_for_plan (plan, GENESIS_BUFFER_BACKING_HEAP);
  g_assert_false (genesis_generator_measure (generator, state, plan, f->table, sums, NULL, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_REFUSED,
                  "pin the plugin, or let it offer genesis.sparse/1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/row-bounds/honest-rows-are-whole", test_honest_rows_are_whole);
  ADD ("/row-bounds/clip-below-one-takes-parts", test_clipped_rows);
  ADD ("/row-bounds/no-row-moves-further", test_norms);
  ADD ("/row-bounds/a-replaced-row-moves-half-as-far", test_replaced);
  ADD ("/row-bounds/rows-told-cell-by-cell", test_sparse);
  ADD ("/row-bounds/large-plans-need-them", test_large_plans);
#undef ADD
  return g_test_run ();
}
