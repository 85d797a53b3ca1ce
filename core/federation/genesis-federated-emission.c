/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-federated-generator-private.h"

/* The generator's signals, brought to the thread of whoever called for the work. */

enum
{
  SIGNAL_ROUND_FINISHED,
  SIGNAL_SITE_DROPPED,
  SIGNAL_WARNING,
  SIGNAL_PROGRESS,
  N_SIGNALS,
  NOTIFY_FINISHED = N_SIGNALS
};

static guint signals[N_SIGNALS];

void
genesis_federated_generator_install_signals (GObjectClass *object_class)
{
  const GType type = G_OBJECT_CLASS_TYPE (object_class);

  /**
   * GenesisFederatedGenerator::round-finished:
   * @self: the generator
   * @round: what the round did
   *
   * A round was closed and absorbed; the model is that after the round.
   */
  signals[SIGNAL_ROUND_FINISHED] =
      g_signal_new ("round-finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                    GENESIS_TYPE_ROUND_INFO);
  /**
   * GenesisFederatedGenerator::site-dropped:
   * @self: the generator
   * @site: its name
   * @reason: why
   *
   * A site does not take part: once when it is skipped at enrolment, else for each round that
   * closes without it.
   */
  signals[SIGNAL_SITE_DROPPED] =
      g_signal_new ("site-dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_STRING, G_TYPE_STRING);
  /**
   * GenesisFederatedGenerator::warning:
   * @self: the generator
   * @text: what to know about the model
   *
   * The generator plugin warned when it absorbed a round's total: the model is made, and less is in
   * it than one might think. Once for each text of a run; what plugins say about sites' own models
   * is not among them. The metadata holds them by round.
   */
  signals[SIGNAL_WARNING] = g_signal_new ("warning", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);
  /**
   * GenesisFederatedGenerator::progress:
   * @self: the generator
   * @what: what is done now, such as "round 2: dependence" or "drawing rows"
   * @share: how much of it is done, in [0, 1], or -1 when that is not known
   *
   * For people who wait. Of train: rows that the sites have read. Of generate: rows that are drawn.
   * Told when something else begins and then once a percent at most; @share never goes back while
   * @what is the same. What is told may depend on threads, results never do.
   */
  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_DOUBLE);
}

/* -- one emission ---------------------------------------------------------- */

typedef struct
{
  GenesisFederatedGenerator *self;
  guint kind;
  GenesisRoundInfo *info;
  char *site, *text;
  double share;
} Emission;

static Emission *
emission_new (GenesisFederatedGenerator *self, guint kind, const char *text)
{
  Emission *emission = g_new0 (Emission, 1);

  emission->self = g_object_ref (self);
  emission->kind = kind;
  emission->text = g_strdup (text);
  return emission;
}

static void
emission_free (gpointer data)
{
  Emission *emission = data;

  g_object_unref (emission->self);
  g_clear_pointer (&emission->info, genesis_round_info_unref);
  g_free (emission->site);
  g_free (emission->text);
  g_free (emission);
}

static gboolean
emit (gpointer data)
{
  Emission *emission = data;

  switch (emission->kind)
    {
    case SIGNAL_ROUND_FINISHED:
      g_signal_emit (emission->self, signals[SIGNAL_ROUND_FINISHED], 0, emission->info);
      break;
    case SIGNAL_SITE_DROPPED:
      g_signal_emit (emission->self, signals[SIGNAL_SITE_DROPPED], 0, emission->site,
                     emission->text);
      break;
    case SIGNAL_WARNING:
      g_signal_emit (emission->self, signals[SIGNAL_WARNING], 0, emission->text);
      break;
    case SIGNAL_PROGRESS:
      g_signal_emit (emission->self, signals[SIGNAL_PROGRESS], 0, emission->text, emission->share);
      break;
    default:
      g_object_notify (G_OBJECT (emission->self), "finished");
    }
  return G_SOURCE_REMOVE;
}

/* At once, or in the context of the caller of an asynchronous call, before its callback. Not
   g_main_context_invoke (): that may run the handler on the working thread when the context happens
   to be idle. (transfer full) emission */
static void
post (Emission *emission, GMainContext *context)
{
  g_autoptr (GSource) source = NULL;

  if (context == NULL)
    {
      emit (emission);
      emission_free (emission);
      return;
    }
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit, emission, emission_free);
  g_source_attach (source, context);
}

void
genesis_federated_generator_emit_round (GenesisFederatedGenerator *self, GenesisRoundInfo *info)
{
  Emission *emission = emission_new (self, SIGNAL_ROUND_FINISHED, NULL);

  emission->info = genesis_round_info_ref (info);
  post (emission, self->context);
}

void
genesis_federated_generator_emit_dropped (GenesisFederatedGenerator *self, const char *site,
                                          const char *reason)
{
  Emission *emission = emission_new (self, SIGNAL_SITE_DROPPED, reason);

  emission->site = g_strdup (site);
  post (emission, self->context);
}

void
genesis_federated_generator_emit_warning (GenesisFederatedGenerator *self, const char *text)
{
  post (emission_new (self, SIGNAL_WARNING, text), self->context);
}

void
genesis_federated_generator_emit_progress (GenesisFederatedGenerator *self, const char *what,
                                           double share, GMainContext *context)
{
  Emission *emission = emission_new (self, SIGNAL_PROGRESS, what);

  emission->share = share;
  post (emission, context);
}

void
genesis_federated_generator_set_finished (GenesisFederatedGenerator *self, gboolean finished)
{
  gboolean changed;

  g_mutex_lock (&self->lock);
  changed = self->finished != finished;
  self->finished = finished;
  g_mutex_unlock (&self->lock);
  if (changed)
    post (emission_new (self, NOTIFY_FINISHED, NULL), self->context);
}
