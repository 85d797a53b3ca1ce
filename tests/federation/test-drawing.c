/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-drawing-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"
#include "data/genesis-table-private.h"
#include "federation/genesis-permutation-private.h"
#include "host/genesis-generator-private.h"

#define CHUNK ((guint64)GENESIS_CHUNK_ROWS)

enum
{
  COLUMN_WHO, /* the site whose model drew the row; "pool" for the pooled one */
  COLUMN_AGE
};

static const char *const codes[] = { "a", "b", "c", "d", "pool", NULL };

static GenesisPlugin *
load_plugin (const char *folder_variable, const char *sub_folder, const char *file, const char *id)
{
  static GenesisPluginHost *host;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  GenesisPlugin *plugin;

  if (host == NULL)
    host = genesis_plugin_host_new ();
  plugin = genesis_plugin_host_lookup (host, id, NULL);
  if (plugin != NULL)
    return plugin;

  path = g_build_filename (g_getenv (folder_variable), sub_folder, file, NULL);
  genesis_plugin_host_load_file (host, path, &error);
  g_assert_no_error (error);

  return genesis_plugin_host_lookup (host, id, NULL);
}

static GenesisPlugin *
load_tally (void)
{
  return load_plugin ("GENESIS_TEST_BROKEN_DIR", ".", "tally.so", "org.example.tally");
}

static GenesisSchema *
make_schema (void)
{
  g_autoptr (GenesisField) who = genesis_field_new_category ("who", codes);
  g_autoptr (GenesisField) whole = genesis_field_new_integer ("age", 0, 0, 159);
  g_autoptr (GenesisField) age = genesis_field_with_missing (whole, "?");
  GenesisField *fields[] = { who, age };
  GenesisSchema *schema = genesis_schema_new (fields, G_N_ELEMENTS (fields), NULL);

  g_assert_nonnull (schema);
  return schema;
}

/* A state of tally that draws always the same "who", and ages around ten times its code, some missing. */
static GenesisBlocks *
make_state (guint code)
{
  GenesisBlocks *state = genesis_blocks_new_state ();
  gint64 who[6] = { 0 }, age[17] = { 0 };
  const gint64 phase = 2;

  who[code] = 100;
  age[code] = 50;
  age[code + 1] = 30;
  age[16] = 20;
  genesis_blocks_put (state, "phase", GENESIS_ABI_I64, 1, &phase);
  genesis_blocks_put (state, "hist:who", GENESIS_ABI_I64, 6, who);
  genesis_blocks_put (state, "hist:age", GENESIS_ABI_I64, 17, age);

  return state;
}

typedef struct
{
  guint64 n_rows;
  double weight;
  gboolean has_state;
} SiteSpec;

/* Sites a, b, ... of a model of tally. */
static GenesisModel *
make_model (const SiteSpec *specs, guint n_sites)
{
  static const char *const settings[] = { "cells=16", "draw=histogram", NULL };
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GenesisBlocks) pooled = make_state (4);
  g_autoptr (GPtrArray) sites =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_model_site_free);

  for (guint i = 0; i < n_sites; i++)
    {
      g_autoptr (GenesisBlocks) state = specs[i].has_state ? make_state (i) : NULL;

      g_ptr_array_add (sites,
                       genesis_model_site_new (codes[i], specs[i].n_rows, specs[i].weight, state));
    }

  return genesis_model_new (schema, "org.example.tally", 1, settings, 5, 1u << 29, pooled, sites,
                            NULL);
}

static const SiteSpec three_sites[] = { { 100, 1, TRUE }, { 200, 1, TRUE }, { 300, 1, TRUE } };
static const SiteSpec no_states[] = { { 100, 1, FALSE }, { 200, 1, FALSE } };

static GHashTable *
make_weights (const char *first, ...)
{
  GHashTable *weights = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  va_list arguments;

  va_start (arguments, first);
  for (const char *name = first; name != NULL; name = va_arg (arguments, const char *))
    {
      double weight = va_arg (arguments, double);

      g_hash_table_insert (weights, g_strdup (name), g_memdup2 (&weight, sizeof weight));
    }
  va_end (arguments);

  return weights;
}

static GenesisDrawing *
make_drawing (GenesisModel *model, guint64 n_rows, GenesisStrategy strategy, GHashTable *weights,
              guint64 seed, guint threads)
{
  GenesisPlugin *tally = load_tally ();
  g_autoptr (GError) error = NULL;
  GenesisDrawing *drawing =
      genesis_drawing_new (model, tally, n_rows, strategy, weights, seed, threads, &error);

  g_assert_no_error (error);
  return drawing;
}

/* What foreach gave: where the rows came from, and every cell. */
typedef struct
{
  guint64 n_rows, n_calls, from[5];
  gboolean with_names;
  GPtrArray *chunk_digests;
} Seen;

static void
seen_clear (Seen *seen)
{
  g_clear_pointer (&seen->chunk_digests, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static char *
digest_chunk (GenesisTable *chunk, const char *const *site_of_row)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint64 row = 0; row < genesis_table_get_n_rows (chunk); row++)
    {
      gint64 cells[3] = { genesis_table_get_integer (chunk, COLUMN_WHO, row),
                          genesis_table_is_missing (chunk, COLUMN_AGE, row), 0 };

      cells[2] = cells[1] ? -1 : genesis_table_get_integer (chunk, COLUMN_AGE, row);
      g_checksum_update (digest, (const guchar *)cells, sizeof cells);
      if (site_of_row != NULL)
        g_checksum_update (digest, (const guchar *)site_of_row[row], -1);
    }

  return g_strdup (g_checksum_get_string (digest));
}

static gboolean
see (GenesisTable *chunk, const char *const *site_of_row, gpointer user_data, GError **error)
{
  Seen *seen = user_data;
  guint64 n_rows = genesis_table_get_n_rows (chunk);

  if (seen->chunk_digests == NULL)
    seen->chunk_digests = g_ptr_array_new_with_free_func (g_free);
  seen->n_calls++;
  seen->n_rows += n_rows;
  seen->with_names = site_of_row != NULL;
  for (guint64 row = 0; row < n_rows; row++)
    {
      gint64 who = genesis_table_get_integer (chunk, COLUMN_WHO, row);

      seen->from[who]++;
      if (site_of_row != NULL)
        g_assert_cmpstr (site_of_row[row], ==, codes[who]);
    }
  g_ptr_array_add (seen->chunk_digests, digest_chunk (chunk, site_of_row));

  return TRUE;
}

static void
draw (GenesisDrawing *drawing, Seen *seen)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_drawing_foreach (drawing, see, seen, NULL, &error));
  g_assert_no_error (error);
}

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
static const SiteSpec partly[] = { { 100, 1, TRUE }, { 200, 1, FALSE } };

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
  g_assert_cmpuint (genesis_drawing_get_n_chunks (drawing), ==, seen.n_calls);
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
      g_assert_cmpuint (genesis_drawing_get_n_chunks (drawing), ==, 0);
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

/* One seed, one table: for 1, 2 and 7 threads, for every chunk alone and out of order, and for a model that went through
   its bytes. Another seed, another table. */
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

/* Fewer rows of a table are not the first rows of a longer one when sites give them (other shares, other permutation), but
   they are for the pooled model: whole chunks stay as they are. */
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

/* Rule 14 to the letter: the rows of site "b" in chunk 1 are, in order, what one call of sample () with the stream of
   (seed, generator, "b", 1) gives; and they lie where the permutation puts b's share. */
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

typedef struct
{
  const char *path;
  const SiteSpec *sites;
  guint n_sites;
  GenesisStrategy strategy;
  const char *name; /* of one weight */
  double weight;
  guint64 n_rows;
  const char *phrase;
} Refusal;

static const SiteSpec zero_weights[] = { { 100, 0, TRUE }, { 200, 0, TRUE } };

static const Refusal refusals[] = {
  { "/drawing/refused/weighted-without-weights", three_sites, 3, GENESIS_STRATEGY_WEIGHTED, NULL, 0,
    10, "needs weights" },
  { "/drawing/refused/unknown-site", three_sites, 3, GENESIS_STRATEGY_WEIGHTED, "q", 1, 10,
    "no site 'q'" },
  { "/drawing/refused/negative-weight", three_sites, 3, GENESIS_STRATEGY_WEIGHTED, "a", -1, 10,
    "'a' is negative" },
  { "/drawing/refused/nan-weight", three_sites, 3, GENESIS_STRATEGY_WEIGHTED, "a", NAN, 10,
    "'a' is not finite" },
  { "/drawing/refused/infinite-weight", three_sites, 3, GENESIS_STRATEGY_WEIGHTED, "a", INFINITY,
    10, "'a' is not finite" },
  { "/drawing/refused/all-weights-zero", three_sites, 3, GENESIS_STRATEGY_WEIGHTED, "a", 0, 10,
    "no site has a share" },
  { "/drawing/refused/weights-for-another-strategy", three_sites, 3, GENESIS_STRATEGY_PROPORTIONAL,
    "a", 1, 10, "'weighted' alone" },
  { "/drawing/refused/uniform-without-site-models", no_states, 2, GENESIS_STRATEGY_UNIFORM, NULL, 0,
    10, "no single partials" },
  { "/drawing/refused/weighted-without-site-models", no_states, 2, GENESIS_STRATEGY_WEIGHTED, "a",
    1, 10, "no single partials" },
  { "/drawing/refused/site-without-model", partly, 2, GENESIS_STRATEGY_UNIFORM, NULL, 0, 10,
    "site 'b'" },
  { "/drawing/refused/weights-of-sites-zero", zero_weights, 2, GENESIS_STRATEGY_PROPORTIONAL, NULL,
    0, 10, "no site has a share" },
  { "/drawing/refused/too-many-rows", three_sites, 3, GENESIS_STRATEGY_AGGREGATED, NULL, 0,
    G_MAXUINT64, "2^60" },
};

static void
test_refused (gconstpointer data)
{
  const Refusal *test = data;
  GenesisPlugin *tally = load_tally ();
  g_autoptr (GenesisModel) model = make_model (test->sites, test->n_sites);
  g_autoptr (GHashTable) weights =
      test->name != NULL ? make_weights (test->name, test->weight, NULL) : NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (
      genesis_drawing_new (model, tally, test->n_rows, test->strategy, weights, 1, 1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  if (strstr (error->message, test->phrase) == NULL)
    g_error ("\"%s\" is not in: %s", test->phrase, error->message);
}

static void
test_nearest_name (void)
{
  GenesisPlugin *tally = load_tally ();
  g_autoptr (GenesisModel) plain = make_model (three_sites, 3);
  g_autoptr (GenesisModel) model = NULL;
  g_autoptr (GPtrArray) sites =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_model_site_free);
  g_autoptr (GHashTable) weights = make_weights ("clevland", 1., "zzz", 1., NULL);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (sites, genesis_model_site_new ("cleveland", 5, 1, plain->state));
  model = genesis_model_new (plain->schema, plain->generator, 1, NULL, 5, 100, plain->state, sites,
                             NULL);
  g_assert_null (
      genesis_drawing_new (model, tally, 5, GENESIS_STRATEGY_WEIGHTED, weights, 1, 1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "did you mean 'cleveland'?"));
}

/* More sites than keep their own models: the reason names both numbers. */
static void
test_many_sites (void)
{
  GenesisPlugin *tally = load_tally ();
  g_autoptr (GenesisModel) plain = make_model (three_sites, 3);
  g_autoptr (GenesisModel) model = NULL;
  g_autoptr (GPtrArray) sites =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_model_site_free);
  g_autoptr (GenesisDrawing) drawing = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("site %u", i);

      g_ptr_array_add (sites, genesis_model_site_new (name, 5, 1, NULL));
    }
  model =
      genesis_model_new (plain->schema, plain->generator, 1, (const char *const *)plain->settings,
                         5, 10000, plain->state, sites, NULL);
  g_assert_null (
      genesis_drawing_new (model, tally, 5, GENESIS_STRATEGY_UNIFORM, NULL, 1, 1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "300"));
  g_assert_nonnull (strstr (error->message, "256"));
  drawing = make_drawing (model, 5, GENESIS_STRATEGY_PROPORTIONAL, NULL, 1, 1);
  g_assert_cmpstr (genesis_drawing_get_origin (drawing), ==, "pooled");
}

static void
test_other_plugin (void)
{
  GenesisPlugin *tally = load_tally ();
  g_autoptr (GenesisModel) plain = make_model (three_sites, 3);
  g_autoptr (GenesisModel) foreign =
      genesis_model_new (plain->schema, "genesis.other", 1, NULL, 5, 100, plain->state, NULL, NULL);
  g_autoptr (GenesisModel) older = genesis_model_new (plain->schema, plain->generator, 7, NULL, 5,
                                                      100, plain->state, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (
      genesis_drawing_new (foreign, tally, 5, GENESIS_STRATEGY_AGGREGATED, NULL, 1, 1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "genesis.other"));
  g_clear_error (&error);
  g_assert_null (
      genesis_drawing_new (older, tally, 5, GENESIS_STRATEGY_AGGREGATED, NULL, 1, 1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_nonnull (strstr (error->message, "version 7"));
}

typedef struct
{
  guint n_calls, stop_at;
  GCancellable *cancellable;
} Stopper;

static gboolean
stop (GenesisTable *chunk, const char *const *site_of_row, gpointer user_data, GError **error)
{
  Stopper *stopper = user_data;

  if (stopper->n_calls++ < stopper->stop_at)
    return TRUE;
  if (stopper->cancellable != NULL)
    {
      g_cancellable_cancel (stopper->cancellable);
      return TRUE;
    }
  g_set_error_literal (error, GENESIS_ERROR, GENESIS_ERROR_IO, "enough");

  return FALSE;
}

static void
test_stopped (gconstpointer data)
{
  guint threads = GPOINTER_TO_UINT (data);
  g_autoptr (GenesisModel) model = make_model (three_sites, 3);
  g_autoptr (GenesisDrawing) drawing =
      make_drawing (model, 12 * CHUNK, GENESIS_STRATEGY_AGGREGATED, NULL, 1, threads);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Stopper by_error = { 0, 2, NULL }, by_cancel = { 0, 2, cancellable };

  g_assert_false (genesis_drawing_foreach (drawing, stop, &by_error, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
  g_assert_cmpuint (by_error.n_calls, ==, 3);
  g_clear_error (&error);

  g_assert_false (genesis_drawing_foreach (drawing, stop, &by_cancel, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (by_cancel.n_calls, ==, 3);
  g_clear_error (&error);

  /* cancelled from the start */
  by_cancel.n_calls = 0;
  g_assert_false (genesis_drawing_foreach (drawing, stop, &by_cancel, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (by_cancel.n_calls, ==, 0);
}

/* A plugin that fails in chunk 3 and in all later ones: whoever is first, chunk 3 is what the caller hears of. */
static void
test_first_error (gconstpointer data)
{
  guint threads = GPOINTER_TO_UINT (data);
  GenesisPlugin *stumble = load_plugin ("GENESIS_TEST_BUILD_DIR", "tests/federation", "stumble.so",
                                        "org.example.stumble");
  g_autoptr (GenesisModel) plain = make_model (three_sites, 3);
  g_autoptr (GenesisModel) model = genesis_model_new (plain->schema, "org.example.stumble",
                                                      genesis_plugin_get_state_version (stumble),
                                                      NULL, 5, 100, plain->state, NULL, NULL);

  for (guint repeat = 0; repeat < 5; repeat++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisDrawing) drawing =
          genesis_drawing_new (model, stumble, 12 * CHUNK, GENESIS_STRATEGY_AGGREGATED, NULL, 1,
                               threads, &error);
      Stopper counter = { 0, 100, NULL };

      g_assert_no_error (error);
      g_assert_false (genesis_drawing_foreach (drawing, stop, &counter, NULL, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN);
      g_assert_nonnull (strstr (error->message, "stumbled in chunk 3;"));
      g_assert_cmpuint (counter.n_calls, ==, 3);
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
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    g_test_add_data_func (refusals[i].path, &refusals[i], test_refused);
  g_test_add_func ("/drawing/refused/names-the-nearest", test_nearest_name);
  g_test_add_func ("/drawing/refused/more-sites-than-keep-models", test_many_sites);
  g_test_add_func ("/drawing/refused/other-generator-or-state", test_other_plugin);
  g_test_add_data_func ("/drawing/stopped/one-thread", GUINT_TO_POINTER (1), test_stopped);
  g_test_add_data_func ("/drawing/stopped/seven-threads", GUINT_TO_POINTER (7), test_stopped);
  g_test_add_data_func ("/drawing/first-error/one-thread", GUINT_TO_POINTER (1), test_first_error);
  g_test_add_data_func ("/drawing/first-error/seven-threads", GUINT_TO_POINTER (7),
                        test_first_error);

  return g_test_run ();
}
