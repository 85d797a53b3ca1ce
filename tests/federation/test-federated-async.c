/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation-fixture.h"

#include <genesis/genesis-error.h>

/* What happened, in order, and on which thread. */
typedef struct
{
  GThread *thread;
  GMainLoop *loop;
  GString *seen;
  GenesisTrainingResult *result;
  GenesisTable *table;
  GError *error;
} Watch;

static void
watch_init (Watch *watch, GMainContext *context)
{
  watch->thread = g_thread_self ();
  watch->loop = g_main_loop_new (context, FALSE);
  watch->seen = g_string_new (NULL);
  watch->result = NULL;
  watch->table = NULL;
  watch->error = NULL;
}

static void
watch_clear (Watch *watch)
{
  g_main_loop_unref (watch->loop);
  g_string_free (watch->seen, TRUE);
  g_clear_pointer (&watch->result, genesis_training_result_unref);
  g_clear_object (&watch->table);
  g_clear_error (&watch->error);
}

static void
note_round (GenesisFederatedGenerator *generator, const GenesisRoundInfo *info, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_true (g_thread_self () == watch->thread);
  g_string_append_printf (watch->seen, "round %u ", genesis_round_info_get_number (info));
}

static void
note_dropped (GenesisFederatedGenerator *generator, const char *site, const char *reason,
              gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_true (g_thread_self () == watch->thread);
  g_string_append_printf (watch->seen, "dropped %s ", site);
}

static void
note_finished (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_true (g_thread_self () == watch->thread);
  g_string_append (watch->seen, "finished ");
}

static void
on_trained (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;

  g_assert_true (g_thread_self () == watch->thread);
  watch->result = genesis_federated_generator_train_finish (GENESIS_FEDERATED_GENERATOR (source),
                                                            result, &watch->error);
  g_string_append (watch->seen, "done");
  g_main_loop_quit (watch->loop);
}

static void
on_generated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;

  watch->table = genesis_federated_generator_generate_finish (GENESIS_FEDERATED_GENERATOR (source),
                                                              result, &watch->error);
  g_main_loop_quit (watch->loop);
}

static void
watch_signals (GenesisFederatedGenerator *generator, Watch *watch)
{
  g_signal_connect (generator, "round-finished", G_CALLBACK (note_round), watch);
  g_signal_connect (generator, "site-dropped", G_CALLBACK (note_dropped), watch);
  g_signal_connect (generator, "notify::finished", G_CALLBACK (note_finished), watch);
}

static void
train_and_watch (void)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, 300);
  g_autoptr (GenesisFederatedGenerator) pooled = federation_fixture_partition (1, 300);
  g_autoptr (GenesisTable) few = federation_fixture_rows (0, 1, 5);
  g_autofree char *digest = NULL;
  g_autofree char *pooled_digest = federation_fixture_train (pooled);
  Watch watch;

  watch_init (&watch, context);
  g_object_set (generator, "threads", 3, NULL);
  federation_fixture_add (generator, genesis_data_site_new ("few", few, NULL));
  watch_signals (generator, &watch);
  genesis_federated_generator_train_async (generator, 0, NULL, on_trained, &watch);
  g_main_loop_run (watch.loop);
  g_assert_no_error (watch.error);
  g_assert_cmpstr (watch.seen->str, ==, "dropped few round 1 round 2 finished done");
  g_assert_cmpuint (genesis_training_result_get_n_rounds (watch.result), ==, 2);
  digest = genesis_federated_generator_dup_model_digest (generator);
  g_assert_cmpstr (digest, ==, pooled_digest);
  genesis_federated_generator_generate_async (generator, 70000, GENESIS_STRATEGY_PROPORTIONAL, NULL,
                                              NULL, on_generated, &watch);
  g_main_loop_run (watch.loop);
  g_assert_no_error (watch.error);
  g_assert_cmpuint (genesis_table_get_n_rows (watch.table), ==, 70000);
  watch_clear (&watch);
}

static void
test_default_context (void)
{
  train_and_watch ();
}

static void
test_own_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  train_and_watch ();
  g_main_context_pop_thread_default (context);
}

/* While a call is under way there is no other; afterwards there is. */
static void
test_busy (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, 300);
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 1, 5);
  g_autoptr (GenesisDataSite) site = federation_fixture_site ("another", rows, 0);
  g_autoptr (GError) error = NULL;
  Watch watch;

  watch_init (&watch, NULL);
  g_object_set (generator, "threads", 2, NULL);
  genesis_federated_generator_train_async (generator, 1, NULL, on_trained, &watch);
  /* The task's callback has not run: whether its thread is done or not, the result is not taken
     yet. */
  if (!genesis_federated_generator_add_site (generator, site, &error))
    g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_BUSY);
  g_clear_error (&error);
  g_main_loop_run (watch.loop);
  g_assert_no_error (watch.error);
  g_free (federation_fixture_train (generator));
  watch_clear (&watch);
}

static void
test_cancelled_before (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, 300);
  g_autoptr (GenesisFederatedGenerator) other = federation_fixture_partition (3, 300);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *digest = NULL;
  g_autofree char *other_digest = federation_fixture_train (other);
  Watch watch;

  watch_init (&watch, NULL);
  g_cancellable_cancel (cancellable);
  genesis_federated_generator_train_async (generator, 0, cancellable, on_trained, &watch);
  g_main_loop_run (watch.loop);
  g_assert_error (watch.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (watch.result);
  /* and it can be taken up */
  digest = federation_fixture_train (generator);
  g_assert_cmpstr (digest, ==, other_digest);
  watch_clear (&watch);
}

static void
cancel_at_round_1 (GenesisFederatedGenerator *generator, const GenesisRoundInfo *info,
                   gpointer user_data)
{
  if (genesis_round_info_get_number (info) == 1)
    g_cancellable_cancel (user_data);
}

/* Cancelled between rounds, from a handler: what was closed stays. */
static void
test_cancelled_within (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (40, 300);
  g_autoptr (GenesisFederatedGenerator) other = federation_fixture_partition (1, 300);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *other_digest = federation_fixture_train (other);

  g_object_set (generator, "threads", 2, NULL);
  g_signal_connect (generator, "round-finished", G_CALLBACK (cancel_at_round_1), cancellable);
  g_assert_null (genesis_federated_generator_train (generator, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  result = genesis_federated_generator_train (generator, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, 1);
  digest = genesis_federated_generator_dup_model_digest (generator);
  g_assert_cmpstr (digest, ==, other_digest);
}

/* Cancelled at any moment of a run, from another thread: an error or a result, and the same model
   in the end. */
static gpointer
cancel_soon (gpointer data)
{
  GCancellable *cancellable = data;

  g_thread_yield ();
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
test_cancelled_anywhere (void)
{
  g_autoptr (GenesisFederatedGenerator) other = federation_fixture_partition (1, 300);
  g_autofree char *other_digest = federation_fixture_train (other);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (5, 300);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisTrainingResult) result = NULL;
      g_autofree char *digest = NULL;
      GThread *thread;

      g_object_set (generator, "threads", 2, NULL);
      thread = g_thread_new ("cancel", cancel_soon, cancellable);
      result = genesis_federated_generator_train (generator, 0, cancellable, &error);
      g_thread_join (thread);
      if (result == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      digest = federation_fixture_train (generator);
      g_assert_cmpstr (digest, ==, other_digest);
    }
}

static void
test_no_sites (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
  Watch watch;

  watch_init (&watch, NULL);
  genesis_federated_generator_train_async (generator, 1, NULL, on_trained, &watch);
  g_main_loop_run (watch.loop);
  g_assert_error (watch.error, GENESIS_ERROR, GENESIS_ERROR_TOO_FEW_SITES);
  g_clear_error (&watch.error);
  genesis_federated_generator_generate_async (generator, 1, GENESIS_STRATEGY_AGGREGATED, NULL, NULL,
                                              on_generated, &watch);
  g_main_loop_run (watch.loop);
  g_assert_error (watch.error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  watch_clear (&watch);
}

typedef struct
{
  GenesisFederatedGenerator *generator;
  gint is_over; /* atomic */
  guint n_drawn;
} Drawer;

static gpointer
draw_meanwhile (gpointer data)
{
  Drawer *drawer = data;

  while (!g_atomic_int_get (&drawer->is_over) || drawer->n_drawn == 0)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisTable) table =
          genesis_federated_generator_generate (drawer->generator, 50, GENESIS_STRATEGY_WEIGHTED,
                                                NULL, NULL, &error);

      g_free (genesis_federated_generator_dup_metadata (drawer->generator, NULL));
      if (table == NULL)
        g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG); /* before round 1 */
      else
        drawer->n_drawn++;
    }
  return NULL;
}

/* The model is that of some closed round, and the run is none the wiser. */
static void
test_draws_while_training (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, 3000);
  g_autoptr (GVariant) weights =
      federation_fixture_weights ("site-0000", 1.0, "site-0001", 1.0, "site-0002", 1.0, NULL);
  g_autoptr (GenesisFederatedGenerator) pooled = federation_fixture_partition (1, 3000);
  g_autofree char *expected = federation_fixture_train (pooled);
  g_autofree char *digest = NULL;
  g_autoptr (GError) error = NULL;
  Drawer drawer = { generator, 0, 0 };
  GThread *thread;

  genesis_federated_generator_set_site_weights (generator, weights, &error);
  g_assert_no_error (error);
  g_object_set (generator, "threads", 2, NULL);
  thread = g_thread_new ("drawer", draw_meanwhile, &drawer);
  digest = federation_fixture_train (generator);
  genesis_federated_generator_set_site_weights (generator, weights, &error);
  g_assert_no_error (error);
  g_atomic_int_set (&drawer.is_over, 1);
  g_thread_join (thread);
  g_assert_cmpstr (digest, ==, expected);
  g_assert_cmpuint (drawer.n_drawn, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/async/train/signals-in-the-default-context", test_default_context);
  g_test_add_func ("/async/train/signals-in-the-callers-context", test_own_context);
  g_test_add_func ("/async/train/is-alone", test_busy);
  g_test_add_func ("/async/train/is-cancelled-before-it-begins", test_cancelled_before);
  g_test_add_func ("/async/train/is-cancelled-between-rounds", test_cancelled_within);
  g_test_add_func ("/async/train/is-cancelled-anywhere", test_cancelled_anywhere);
  g_test_add_func ("/async/errors/come-through-the-callback", test_no_sites);
  g_test_add_func ("/async/generate/while-another-thread-trains", test_draws_while_training);
  return g_test_run ();
}
