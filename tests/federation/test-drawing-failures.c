/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is not drawn, and what stops a drawing. */
#include "config.h"

#include "drawing-fixture.h"

static const SiteSpec partly[] = { { 100, 1, TRUE }, { 200, 1, FALSE } };
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

/* A plugin that fails in chunk 3 and in all later ones: whoever is first, chunk 3 is what the
   caller hears of. */
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
