/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation-fixture.h"

/* What a listener was told: "what" once, when it began, with how it went on. */
typedef struct
{
  GThread *thread;
  GString *phases; /* each once, ';' behind it */
  char *what;
  double share; /* of what, last */
  guint n_told; /* of what */
  double stop_at;
  GCancellable *cancellable;
  GMainLoop *loop;
  GenesisTable *table;
  GenesisTrainingResult *result;
  GError *error;
} Listener;

static void
listener_init (Listener *self, GenesisFederatedGenerator *generator, GCallback note)
{
  *self = (Listener){ .thread = g_thread_self (), .phases = g_string_new (NULL), .stop_at = 2 };
  self->cancellable = g_cancellable_new ();
  self->loop = g_main_loop_new (g_main_context_get_thread_default (), FALSE);
  g_signal_connect (generator, "progress", note, self);
}

static void
listener_clear (Listener *self)
{
  g_string_free (self->phases, TRUE);
  g_free (self->what);
  g_object_unref (self->cancellable);
  g_main_loop_unref (self->loop);
  g_clear_object (&self->table);
  g_clear_pointer (&self->result, genesis_training_result_unref);
  g_clear_error (&self->error);
}

/* Only absorb () may begin without a share: the test plugin does not tell. */
static void
begin_phase (Listener *self, const char *what, double share)
{
  if (self->what != NULL && !g_str_has_suffix (self->what, "absorbing the answers"))
    g_assert_cmpfloat (self->share, ==, 1);
  g_string_append_printf (self->phases, "%s;", what);
  g_free (self->what);
  self->what = g_strdup (what);
  self->n_told = 0;
  if (g_str_has_suffix (what, "absorbing the answers"))
    g_assert_cmpfloat (share, ==, -1);
  else
    g_assert_cmpfloat (share, >=, 0);
}

static void
note_progress (GenesisFederatedGenerator *generator, const char *what, double share,
               gpointer user_data)
{
  Listener *self = user_data;

  g_assert_true (g_thread_self () == self->thread);
  g_assert_cmpfloat (share, <=, 1);
  if (g_strcmp0 (what, self->what) != 0)
    begin_phase (self, what, share);
  else
    g_assert_cmpfloat (share, >, self->share);
  self->share = share;
  g_assert_cmpuint (++self->n_told, <=, 101);
  if (share >= self->stop_at)
    g_cancellable_cancel (self->cancellable);
}

static const char training_phases[] =
    "counting rows;round 1: sums;round 1: absorbing the answers;round 2: histograms;"
    "round 2: absorbing the answers;";

static void
test_training (gconstpointer threads)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (7, 3000);
  g_autoptr (GenesisFederatedGenerator) unheard = federation_fixture_partition (7, 3000);
  g_autofree char *expected = federation_fixture_train (unheard);
  g_autofree char *digest = NULL;
  Listener listener;

  listener_init (&listener, generator, G_CALLBACK (note_progress));
  g_object_set (generator, "threads", GPOINTER_TO_UINT (threads), NULL);
  digest = federation_fixture_train (generator);
  g_assert_cmpstr (listener.phases->str, ==, training_phases);
  g_assert_cmpstr (digest, ==, expected);
  listener_clear (&listener);
}

/* A thousand sites, and a hundred steps. */
static void
test_many_sites (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (1000, 3000);
  Listener listener;

  listener_init (&listener, generator, G_CALLBACK (note_progress));
  g_free (federation_fixture_train (generator));
  g_assert_cmpstr (listener.phases->str, ==, training_phases);
  listener_clear (&listener);
}

/* Ten calls of one round count the rows once. */
static void
test_call_by_call (void)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, 300);
  g_autoptr (GError) error = NULL;
  Listener listener;

  listener_init (&listener, generator, G_CALLBACK (note_progress));
  for (guint i = 0; i < 10; i++)
    {
      genesis_training_result_unref (
          genesis_federated_generator_train (generator, 1, NULL, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpstr (listener.phases->str, ==, training_phases);
  listener_clear (&listener);
}

static void
on_trained (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listener *self = user_data;

  self->result = genesis_federated_generator_train_finish (GENESIS_FEDERATED_GENERATOR (source),
                                                           result, &self->error);
  g_main_loop_quit (self->loop);
}

static void
on_drawn (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Listener *self = user_data;

  self->table = genesis_federated_generator_generate_finish (GENESIS_FEDERATED_GENERATOR (source),
                                                             result, &self->error);
  g_main_loop_quit (self->loop);
}

static void
test_in_callers_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, 300);
  Listener listener;

  g_main_context_push_thread_default (context);
  listener_init (&listener, generator, G_CALLBACK (note_progress));
  g_object_set (generator, "threads", 2, NULL);
  genesis_federated_generator_train_async (generator, 0, NULL, on_trained, &listener);
  g_main_loop_run (listener.loop);
  g_assert_no_error (listener.error);
  g_assert_cmpstr (listener.phases->str, ==, training_phases);
  genesis_federated_generator_generate_async (generator, 200000, GENESIS_STRATEGY_PROPORTIONAL,
                                              NULL, NULL, on_drawn, &listener);
  g_main_loop_run (listener.loop);
  g_assert_no_error (listener.error);
  g_assert_true (g_str_has_suffix (listener.phases->str, ";drawing rows;"));
  g_assert_cmpfloat (listener.share, ==, 1);
  g_main_context_pop_thread_default (context);
  listener_clear (&listener);
}

/* -- drawing --------------------------------------------------------------- */

static void
test_drawing (gconstpointer threads)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, 300);
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GError) error = NULL;
  Listener listener;

  g_free (federation_fixture_train (generator));
  listener_init (&listener, generator, G_CALLBACK (note_progress));
  g_object_set (generator, "threads", GPOINTER_TO_UINT (threads), NULL);
  table = genesis_federated_generator_generate (generator, 400000, GENESIS_STRATEGY_AGGREGATED,
                                                NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (listener.phases->str, ==, "drawing rows;");
  g_assert_cmpfloat (listener.share, ==, 1);
  g_assert_cmpuint (listener.n_told, >=, 2);
  listener_clear (&listener);
}

/* Stopped from the handler when a part of the rows is drawn, alone and as the async twin. */
static void
test_drawing_is_stopped (gconstpointer threads)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, 300);
  g_autoptr (GError) error = NULL;
  Listener listener;

  g_free (federation_fixture_train (generator));
  listener_init (&listener, generator, G_CALLBACK (note_progress));
  g_object_set (generator, "threads", GPOINTER_TO_UINT (threads), NULL);
  listener.stop_at = .01;
  g_assert_null (genesis_federated_generator_generate (generator, 1000000,
                                                       GENESIS_STRATEGY_PROPORTIONAL, NULL,
                                                       listener.cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  listener_clear (&listener);
}

static void
test_async_drawing_is_stopped (gconstpointer threads)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (3, 300);
  Listener listener;

  g_free (federation_fixture_train (generator));
  listener_init (&listener, generator, G_CALLBACK (note_progress));
  g_object_set (generator, "threads", GPOINTER_TO_UINT (threads), NULL);
  listener.stop_at = .001;
  genesis_federated_generator_generate_async (generator, 20000000, GENESIS_STRATEGY_AGGREGATED,
                                              NULL, listener.cancellable, on_drawn, &listener);
  g_main_loop_run (listener.loop);
  g_assert_error (listener.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (listener.table);
  g_assert_cmpfloat (listener.share, <, 1);
  g_clear_error (&listener.error);
  /* and rows can be drawn again, from the first on */
  g_clear_pointer (&listener.what, g_free);
  listener.stop_at = 2;
  genesis_federated_generator_generate_async (generator, 10, GENESIS_STRATEGY_AGGREGATED, NULL,
                                              NULL, on_drawn, &listener);
  g_main_loop_run (listener.loop);
  g_assert_no_error (listener.error);
  g_assert_cmpuint (genesis_table_get_n_rows (listener.table), ==, 10);
  listener_clear (&listener);
}

/* -- while sites measure --------------------------------------------------- */

static void
stop_in_round_2 (GenesisFederatedGenerator *generator, const char *what, double share,
                 gpointer user_data)
{
  Listener *self = user_data;

  if (g_str_equal (what, "round 2: histograms") && share >= .3)
    g_cancellable_cancel (self->cancellable);
}

static void
test_training_is_stopped (gconstpointer threads)
{
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_partition (50, 3000);
  g_autoptr (GenesisFederatedGenerator) other = federation_fixture_partition (1, 3000);
  g_autofree char *expected = federation_fixture_train (other);
  g_autofree char *digest = NULL;
  g_autoptr (GError) error = NULL;
  Listener listener;

  listener_init (&listener, generator, G_CALLBACK (stop_in_round_2));
  g_object_set (generator, "threads", GPOINTER_TO_UINT (threads), NULL);
  g_assert_null (genesis_federated_generator_train (generator, 0, listener.cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  digest = federation_fixture_train (generator);
  g_assert_cmpstr (digest, ==, expected);
  listener_clear (&listener);
}

int
main (int argc, char **argv)
{
  const guint threads[] = { 1, 2, 64 };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      const struct
      {
        const char *path;
        GTestDataFunc test;
      } cases[] = {
        { "/progress/train/counts-up-on-the-callers-thread/", test_training },
        { "/progress/train/can-be-stopped-within-a-round/", test_training_is_stopped },
        { "/progress/generate/counts-up-on-the-callers-thread/", test_drawing },
        { "/progress/generate/can-be-stopped-midway/", test_drawing_is_stopped },
        { "/progress/generate-async/can-be-stopped-midway/", test_async_drawing_is_stopped },
      };

      for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
        {
          g_autofree char *path = g_strdup_printf ("%s%u-threads", cases[k].path, threads[i]);

          g_test_add_data_func (path, GUINT_TO_POINTER (threads[i]), cases[k].test);
        }
    }
  g_test_add_func ("/progress/train/a-thousand-sites-in-a-hundred-steps", test_many_sites);
  g_test_add_func ("/progress/train/call-by-call", test_call_by_call);
  g_test_add_func ("/progress/async/in-the-callers-context", test_in_callers_context);
  return g_test_run ();
}
