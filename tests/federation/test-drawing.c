/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-drawing-chunk-private.h"

#include "drawing-fixture.h"

typedef struct
{
  const char *path;
  const SiteSpec *sites;
  guint n_sites;
  GenesisStrategy strategy;
  guint64 n_rows;
  const char *origin;
  guint64 from[5];
} Case;

static const SiteSpec weighted_sites[] = { { 100, 3, TRUE }, { 300, 1, TRUE } };
static const SiteSpec idle_site[] = { { 0, 1, FALSE }, { 10, 1, TRUE }, { 30, 1, TRUE } };

static const Case cases[] = {
  { "/drawing/proportional/rows",
    three_sites,
    3,
    GENESIS_STRATEGY_PROPORTIONAL,
    6000,
    "site-models",
    { 1000, 2000, 3000 } },
  { "/drawing/proportional/largest-remainder",
    three_sites,
    3,
    GENESIS_STRATEGY_PROPORTIONAL,
    100,
    "site-models",
    { 17, 33, 50 } },
  { "/drawing/proportional/times-weight",
    weighted_sites,
    2,
    GENESIS_STRATEGY_PROPORTIONAL,
    1000,
    "site-models",
    { 500, 500 } },
  { "/drawing/proportional/pooled-without-site-models",
    no_states,
    2,
    GENESIS_STRATEGY_PROPORTIONAL,
    500,
    "pooled",
    { 0, 0, 0, 0, 500 } },
  { "/drawing/proportional/one-site",
    three_sites,
    1,
    GENESIS_STRATEGY_PROPORTIONAL,
    70000,
    "site-models",
    { 70000 } },
  { "/drawing/uniform/rows",
    three_sites,
    3,
    GENESIS_STRATEGY_UNIFORM,
    100000,
    "site-models",
    { 33334, 33333, 33333 } },
  { "/drawing/uniform/idle-site-has-no-part",
    idle_site,
    3,
    GENESIS_STRATEGY_UNIFORM,
    11,
    "site-models",
    { 0, 6, 5 } },
  { "/drawing/aggregated/pooled",
    three_sites,
    3,
    GENESIS_STRATEGY_AGGREGATED,
    65537,
    "pooled",
    { 0, 0, 0, 0, 65537 } },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GenesisModel) model = make_model (test->sites, test->n_sites);
  g_autoptr (GenesisDrawing) drawing =
      make_drawing (model, test->n_rows, test->strategy, NULL, 42, 1);
  g_auto (Seen) seen = { 0 };

  g_assert_cmpstr (genesis_drawing_get_origin (drawing), ==, test->origin);
  draw (drawing, &seen);
  g_assert_cmpuint (seen.n_rows, ==, test->n_rows);
  g_assert_cmpuint (seen.n_calls, ==, (test->n_rows + CHUNK - 1) / CHUNK);
  g_assert_cmpuint (drawing->n_chunks, ==, seen.n_calls);
  g_assert_true (seen.with_names == g_str_equal (test->origin, "site-models"));
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (seen.from[i], ==, test->from[i]);
}

static void
test_weighted (void)
{
  g_autoptr (GenesisModel) model = make_model (three_sites, 3);
  g_autoptr (GHashTable) weights = make_weights ("c", .5, "a", 1.5, NULL);
  g_autoptr (GHashTable) all_on_one = make_weights ("b", 1e-9, "a", 0., NULL);
  g_autoptr (GenesisDrawing) drawing =
      make_drawing (model, 1000, GENESIS_STRATEGY_WEIGHTED, weights, 1, 2);
  g_autoptr (GenesisDrawing) one =
      make_drawing (model, 1000, GENESIS_STRATEGY_WEIGHTED, all_on_one, 1, 2);
  g_auto (Seen) seen = { 0 };
  g_auto (Seen) seen_one = { 0 };

  draw (drawing, &seen);
  g_assert_cmpuint (seen.from[0], ==, 750);
  g_assert_cmpuint (seen.from[1], ==, 0);
  g_assert_cmpuint (seen.from[2], ==, 250);
  draw (one, &seen_one);
  g_assert_cmpuint (seen_one.from[1], ==, 1000);
}

static void
test_no_rows (void)
{
  g_autoptr (GenesisModel) model = make_model (three_sites, 3);

  for (int strategy = 0; strategy <= GENESIS_STRATEGY_AGGREGATED; strategy++)
    {
      g_autoptr (GHashTable) weights =
          strategy == GENESIS_STRATEGY_WEIGHTED ? make_weights ("a", 1., NULL) : NULL;
      g_autoptr (GenesisDrawing) drawing =
          make_drawing (model, 0, (GenesisStrategy)strategy, weights, 1, 7);
      g_auto (Seen) seen = { 0 };

      draw (drawing, &seen);
      g_assert_cmpuint (seen.n_calls, ==, 0);
      g_assert_cmpuint (drawing->n_chunks, ==, 0);
    }
}

static void
assert_same_chunks (const Seen *a, const Seen *b)
{
  g_assert_cmpuint (a->chunk_digests->len, ==, b->chunk_digests->len);
  for (guint i = 0; i < a->chunk_digests->len; i++)
    g_assert_cmpstr (g_ptr_array_index (a->chunk_digests, i), ==,
                     g_ptr_array_index (b->chunk_digests, i));
}

/* One seed, one table: for 1, 2 and 7 threads, for every chunk alone and out of order, and for a
   model that went through its bytes. Another seed, another table. */
static void
test_same_rows (gconstpointer data)
{
  GenesisStrategy strategy = (GenesisStrategy)GPOINTER_TO_INT (data);
  const guint64 n_rows = 4 * CHUNK + 1234;
  g_autoptr (GenesisModel) model = make_model (three_sites, 3);
  g_autoptr (GBytes) bytes = genesis_model_to_bytes (model);
  g_autoptr (GenesisModel) loaded = genesis_model_new_from_bytes (bytes, NULL);
  g_autoptr (GenesisDrawing) one = make_drawing (model, n_rows, strategy, NULL, 42, 1);
  g_autoptr (GenesisDrawing) two = make_drawing (loaded, n_rows, strategy, NULL, 42, 2);
  g_autoptr (GenesisDrawing) seven = make_drawing (model, n_rows, strategy, NULL, 42, 7);
  g_autoptr (GenesisDrawing) other = make_drawing (model, n_rows, strategy, NULL, 43, 2);
  g_auto (Seen) by_one = { 0 };
  g_auto (Seen) by_two = { 0 };
  g_auto (Seen) by_seven = { 0 };
  g_auto (Seen) by_other = { 0 };

  draw (one, &by_one);
  draw (two, &by_two);
  draw (seven, &by_seven);
  draw (other, &by_other);
  g_assert_cmpuint (by_one.n_calls, ==, 5);
  assert_same_chunks (&by_one, &by_two);
  assert_same_chunks (&by_one, &by_seven);
  for (guint64 k = 5; k > 0; k--)
    {
      g_autofree const char **site_of_row = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisTable) chunk =
          genesis_drawing_make_chunk (seven, k - 1, NULL, &site_of_row, &error);
      g_autofree char *digest = NULL;

      g_assert_no_error (error);
      digest = digest_chunk (chunk, site_of_row);
      g_assert_cmpstr (digest, ==, g_ptr_array_index (by_one.chunk_digests, k - 1));
      g_assert_cmpstr (digest, !=, g_ptr_array_index (by_other.chunk_digests, k - 1));
    }
}

/* Fewer rows of a table are not the first rows of a longer one when sites give them (other shares,
   other permutation), but they are for the pooled model: whole chunks stay as they are. */
static void
test_longer_table (void)
{
  g_autoptr (GenesisModel) model = make_model (three_sites, 3);
  g_autoptr (GenesisDrawing) brief =
      make_drawing (model, 2 * CHUNK, GENESIS_STRATEGY_AGGREGATED, NULL, 42, 2);
  g_autoptr (GenesisDrawing) longer =
      make_drawing (model, 3 * CHUNK, GENESIS_STRATEGY_AGGREGATED, NULL, 42, 2);
  g_auto (Seen) by_brief = { 0 };
  g_auto (Seen) by_longer = { 0 };

  draw (brief, &by_brief);
  draw (longer, &by_longer);
  for (guint k = 0; k < 2; k++)
    g_assert_cmpstr (g_ptr_array_index (by_brief.chunk_digests, k), ==,
                     g_ptr_array_index (by_longer.chunk_digests, k));
}

/* Rule 14 to the letter: the rows of site "b" in chunk 1 are, in order, what one call of sample ()
   with the stream of (seed, generator, "b", 1) gives; and they lie where the permutation puts b's
   share. */
static void
test_streams (void)
{
  const guint64 n_rows = 2 * CHUNK, seed = 9;
  GenesisPlugin *tally = load_tally ();
  g_autoptr (GenesisModel) model = make_model (three_sites, 3);
  g_autoptr (GenesisDrawing) drawing =
      make_drawing (model, n_rows, GENESIS_STRATEGY_PROPORTIONAL, NULL, seed, 1);
  g_autoptr (GHashTable) settings = g_hash_table_new (g_str_hash, g_str_equal);
  genesis_abi_session session = { .struct_size = sizeof session,
                                  .n_sites = 3,
                                  .min_sites = 1,
                                  .unit = GENESIS_ABI_UNIT_RECORD,
                                  .rounds = 5,
                                  .n_max = 1u << 29,
                                  .max_weight_q20 = 1u << 20,
                                  .budget_mu2 = INFINITY };
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisGenerator) generator =
      genesis_generator_new (tally, &session, model->schema, settings, 1, &error);
  const GenesisModelSite *b = g_ptr_array_index (model->sites, 1);
  g_autoptr (GenesisTable) chunk = genesis_drawing_make_chunk (drawing, 1, NULL, NULL, &error);
  g_autoptr (GenesisTable) expected = NULL;
  g_autofree guint64 *rows = g_new (guint64, CHUNK);
  GenesisPermutation permutation;
  GenesisStream stream;
  guint64 n = 0;

  g_assert_no_error (error);
  genesis_permutation_init (&permutation, seed, n_rows);
  for (guint64 row = 0; row < CHUNK; row++)
    {
      guint64 place = genesis_permutation_apply (&permutation, CHUNK + row);

      /* 131,072 rows in the proportion 1 : 2 : 3, by largest remainder: 21,845; 43,691; 65,536 */
      if (place >= 21845 && place < 21845 + 43691)
        rows[n++] = row;
    }
  g_assert_cmpuint (n, >, CHUNK / 4);
  expected = genesis_table_new (model->schema, n);
  genesis_stream_init_chunk (&stream, seed, "org.example.tally", "b", 1);
  g_assert_true (
      genesis_generator_sample (generator, b->state, &stream, CHUNK, expected, NULL, &error));
  g_assert_no_error (error);
  for (guint64 i = 0; i < n; i++)
    {
      gboolean missing = genesis_table_is_missing (expected, COLUMN_AGE, i);

      g_assert_cmpint (genesis_table_get_integer (chunk, COLUMN_WHO, rows[i]), ==, 1);
      g_assert_true (genesis_table_is_missing (chunk, COLUMN_AGE, rows[i]) == missing);
      if (!missing)
        g_assert_cmpint (genesis_table_get_integer (chunk, COLUMN_AGE, rows[i]), ==,
                         genesis_table_get_integer (expected, COLUMN_AGE, i));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_case);
  g_test_add_func ("/drawing/weighted/rows", test_weighted);
  g_test_add_func ("/drawing/no-rows/no-chunks", test_no_rows);
  g_test_add_data_func ("/drawing/same-rows/site-models",
                        GINT_TO_POINTER (GENESIS_STRATEGY_PROPORTIONAL), test_same_rows);
  g_test_add_data_func ("/drawing/same-rows/pooled", GINT_TO_POINTER (GENESIS_STRATEGY_AGGREGATED),
                        test_same_rows);
  g_test_add_func ("/drawing/same-rows/longer-pooled-table", test_longer_table);
  g_test_add_func ("/drawing/streams/one-a-site-and-chunk", test_streams);

  return g_test_run ();
}
