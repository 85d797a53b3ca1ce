/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-federated-generator-private.h"

/* Signals of training, brought to the thread of whoever called for it. */

typedef struct
{
  GenesisFederatedGenerator *self;
  GenesisRoundInfo *info;
  char *site, *text; /* site without info: it was dropped, and why; text alone: a warning */
} Emission;

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

  if (emission->info != NULL)
    g_signal_emit_by_name (emission->self, "round-finished", emission->info);
  else if (emission->site != NULL)
    g_signal_emit_by_name (emission->self, "site-dropped", emission->site, emission->text);
  else if (emission->text != NULL)
    g_signal_emit_by_name (emission->self, "warning", emission->text);
  else
    g_object_notify (G_OBJECT (emission->self), "finished");
  return G_SOURCE_REMOVE;
}

/* At once, or in the context of the caller of an asynchronous train, before its callback. Not
   g_main_context_invoke (): that may run the handler on the training thread when the context
   happens to be idle. */
static void
post (GenesisFederatedGenerator *self, GenesisRoundInfo *info, const char *site, const char *text)
{
  Emission *emission = g_new0 (Emission, 1);
  g_autoptr (GSource) source = NULL;

  emission->self = g_object_ref (self);
  emission->info = info != NULL ? genesis_round_info_ref (info) : NULL;
  emission->site = g_strdup (site);
  emission->text = g_strdup (text);
  if (self->context == NULL)
    {
      emit (emission);
      emission_free (emission);
      return;
    }
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit, emission, emission_free);
  g_source_attach (source, self->context);
}

void
genesis_federated_generator_emit_round (GenesisFederatedGenerator *self, GenesisRoundInfo *info)
{
  post (self, info, NULL, NULL);
}

void
genesis_federated_generator_emit_dropped (GenesisFederatedGenerator *self, const char *site,
                                          const char *reason)
{
  post (self, NULL, site, reason);
}

void
genesis_federated_generator_emit_warning (GenesisFederatedGenerator *self, const char *text)
{
  post (self, NULL, NULL, text);
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
    post (self, NULL, NULL, NULL);
}
