/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-in-process-duties-private.h"

#include <genesis/genesis-error.h>

#include "federation/genesis-spending-private.h"

/* An event on its way to a machine: the coordinator's, or that of one participant. */
typedef struct
{
  GenesisParticipant *to; /* NULL: the coordinator */
  GenesisRunMessage *message;
} Delivery;

static void
delivery_free (Delivery *delivery)
{
  genesis_run_message_free (delivery->message);
  g_free (delivery);
}

/* (transfer full) message */
void
genesis_driver_deliver (GenesisInProcessDriver *self, GenesisParticipant *to,
                        GenesisRunMessage *message)
{
  Delivery *delivery = g_new (Delivery, 1);

  delivery->to = to;
  delivery->message = message;
  g_queue_push_tail (&self->deliveries, delivery);
}

GenesisRunMessage *
genesis_driver_tell_coordinator (GenesisInProcessDriver *self, GenesisRunMessageKind kind,
                                 const char *site, guint round)
{
  GenesisRunMessage *message = genesis_run_message_new (kind, site, round);

  genesis_driver_deliver (self, NULL, message);
  return message;
}

GenesisRunMessage *
genesis_driver_tell_site (GenesisInProcessDriver *self, GenesisParticipant *to,
                          GenesisRunMessageKind kind, guint round)
{
  GenesisRunMessage *message =
      genesis_run_message_new (kind, genesis_participant_get_name (to), round);

  genesis_driver_deliver (self, to, message);
  return message;
}

/* (transfer full) error: the coordinator's own step failed. */
void
genesis_driver_tell_broken (GenesisInProcessDriver *self, GError *error)
{
  GenesisRunMessage *message = genesis_driver_tell_coordinator (self, GENESIS_RUN_BROKEN, NULL, 0);

  message->code = error->domain == GENESIS_ERROR ? error->code : GENESIS_ERROR_FAILED;
  message->text = g_strdup (error->message);
  if (self->broken == NULL)
    self->broken = error;
  else
    g_error_free (error);
}

/* -- steps ----------------------------------------------------------------- */

static void
record (GenesisInProcessDriver *self, const char *what, const Delivery *delivery,
        const GenesisRunMessage *message)
{
  g_autofree char *text = NULL;

  if (self->recording == NULL)
    return;
  text = genesis_run_message_to_text (message);
  g_ptr_array_add (self->recording,
                   g_strdup_printf ("%s %s %s", what, delivery->to != NULL ? "site" : "coordinator",
                                    text));
}

static void
step (GenesisInProcessDriver *self, const Delivery *delivery, GCancellable *cancellable)
{
  g_autoptr (GPtrArray) actions = genesis_run_messages_new ();

  record (self, "event", delivery, delivery->message);
  if (delivery->to != NULL)
    genesis_site_machine_step (delivery->to->machine, delivery->message, actions);
  else
    genesis_coordinator_machine_step (self->machine, delivery->message, actions);
  for (guint i = 0; i < actions->len; i++)
    record (self, "action", delivery, g_ptr_array_index (actions, i));
  for (guint i = 0; i < actions->len; i++)
    {
      const GenesisRunMessage *action = g_ptr_array_index (actions, i);

      if (delivery->to != NULL)
        genesis_driver_do_site_action (self, delivery->to, action);
      else
        genesis_driver_do_coordinator_action (self, action, cancellable);
    }
}

/* -- the run --------------------------------------------------------------- */

static void
step_deliveries (GenesisInProcessDriver *self, GCancellable *cancellable)
{
  Delivery *delivery;

  while ((delivery = g_queue_pop_head (&self->deliveries)) != NULL)
    {
      step (self, delivery, cancellable);
      delivery_free (delivery);
    }
}

static void
cancel_pool (GCancellable *cancellable, gpointer pool)
{
  genesis_site_pool_cancel (pool);
}

/* What is still on the threads is stopped and told to the sites, so that they are ready when the
   run is taken up. */
static void
drain (GenesisInProcessDriver *self, GCancellable *cancellable)
{
  GenesisSiteTask *task;

  g_ptr_array_set_size (self->questions, 0);
  self->is_carried = FALSE;
  genesis_site_pool_cancel (self->pool);
  while ((task = genesis_site_pool_pop (self->pool)) != NULL)
    {
      genesis_driver_forget_task (self, task);
      genesis_site_task_free (task);
    }
  g_queue_clear (&self->unsynced);
  step_deliveries (self, cancellable);
}

static void
pump (GenesisInProcessDriver *self, GCancellable *cancellable)
{
  while (TRUE)
    {
      GenesisSiteTask *task;

      step_deliveries (self, cancellable);
      if (!self->is_running)
        return;
      if (!self->is_cancelled && g_cancellable_is_cancelled (cancellable))
        {
          self->is_cancelled = TRUE;
          genesis_driver_tell_coordinator (self, GENESIS_RUN_CANCEL, NULL, 0);
          continue;
        }
      if (genesis_driver_carry_questions (self))
        continue;
      task = genesis_site_pool_pop (self->pool);
      if (task == NULL)
        {
          genesis_driver_commit_group (self);
          if (g_queue_is_empty (&self->deliveries) && !genesis_driver_end_attempt (self))
            g_assert_not_reached (); /* nobody would ever go on */
          continue;
        }
      if (!g_cancellable_is_cancelled (cancellable))
        genesis_driver_finish_task (self, task);
      else
        genesis_driver_forget_task (self, task);
      genesis_site_task_free (task);
    }
}

static void
invite_sites (GenesisInProcessDriver *self)
{
  genesis_progress_begin (self->progress, "counting rows", 0);
  for (guint i = 0; i < self->n_invited; i++)
    {
      GenesisParticipant *participant = g_ptr_array_index (self->participants, i);

      if (participant->is_counting)
        genesis_driver_start_count (self, participant);
    }
  for (; self->n_invited < self->participants->len; self->n_invited++)
    genesis_driver_tell_coordinator (self, GENESIS_RUN_SITE_SEEN,
                                     genesis_participant_get_name (
                                         g_ptr_array_index (self->participants, self->n_invited)),
                                     0);
}

gboolean
genesis_in_process_driver_run (GenesisInProcessDriver *self, guint rounds, guint threads,
                               GCancellable *cancellable, GError **error)
{
  const GenesisRunSpec *spec = genesis_coordination_get_spec (self->coordination);
  GenesisRunJournal *journal = genesis_coordination_get_journal (self->coordination);
  const GenesisRowBounds bounds = genesis_run_spec_get_row_bounds (spec);
  guint64 allowed = rounds;
  gulong handler = 0;

  if (journal != NULL
      && genesis_run_journal_get_n_closed (journal)
             > genesis_coordinator_machine_get_closed (self->machine))
    allowed += genesis_run_journal_get_n_closed (journal)
               - genesis_coordinator_machine_get_closed (self->machine);
  self->pool = genesis_site_pool_new (threads, self->participants->len, self->progress);
  if (genesis_coordination_has_begun (self->coordination))
    genesis_site_pool_prepare (self->pool, spec->generator,
                               genesis_coordination_get_session (self->coordination), spec->schema,
                               spec->generator_settings, &bounds);
  self->is_running = TRUE;
  self->is_cancelled = FALSE;
  invite_sites (self);
  genesis_driver_tell_coordinator (self, GENESIS_RUN_TRAIN, NULL, 0)->rows = allowed;
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancel_pool), self->pool, NULL);
  pump (self, cancellable);
  g_cancellable_disconnect (cancellable, handler);
  drain (self, cancellable);
  genesis_spending_release (self->participants);
  g_clear_pointer (&self->pool, genesis_site_pool_free);
  g_clear_error (&self->broken);
  if (self->outcome == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->outcome));
  return FALSE;
}

void
genesis_in_process_driver_add_site (GenesisInProcessDriver *self, GenesisDataSite *site)
{
  GenesisParticipant *participant = genesis_participant_new (site, self->participants->len);
  const GenesisModel *base = genesis_coordination_get_spec (self->coordination)->base;

  g_ptr_array_add (self->participants, participant);
  g_hash_table_insert (self->by_name, (char *)genesis_data_site_get_name (site), participant);
  for (guint i = 0; base != NULL && i < base->sites->len; i++)
    {
      const GenesisModelSite *known = g_ptr_array_index (base->sites, i);

      if (known->state != NULL && g_str_equal (known->name, genesis_data_site_get_name (site)))
        participant->own = genesis_blocks_ref (known->state);
    }
}

static void
tell_progress (const char *what, double share, gpointer user_data)
{
  GenesisInProcessDriver *self = user_data;

  self->observer.progress (self, what, share, self->observer.user_data);
}

GenesisInProcessDriver *
genesis_in_process_driver_new (const GenesisRunSpec *spec, const GenesisInProcessObserver *observer,
                               GError **error)
{
  g_autoptr (GenesisCoordination) coordination = genesis_coordination_new (spec, error);
  GenesisInProcessDriver *self;

  if (coordination == NULL)
    return NULL;
  self = g_new0 (GenesisInProcessDriver, 1);
  self->observer = *observer;
  self->coordination = g_steal_pointer (&coordination);
  self->machine =
      genesis_coordinator_machine_new (spec->min_sites, spec->max_retries, spec->rounds);
  self->participants = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_participant_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->deliveries);
  g_queue_init (&self->unsynced);
  self->questions = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_run_message_free);
  self->progress = genesis_progress_new (tell_progress, self);
  return self;
}

void
genesis_in_process_driver_free (GenesisInProcessDriver *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->deliveries, (GDestroyNotify)delivery_free);
  g_queue_clear (&self->unsynced);
  g_clear_pointer (&self->questions, g_ptr_array_unref);
  g_clear_pointer (&self->coordination, genesis_coordination_free);
  g_clear_pointer (&self->machine, genesis_coordinator_machine_free);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
  g_clear_pointer (&self->participants, g_ptr_array_unref);
  g_clear_pointer (&self->recording, g_ptr_array_unref);
  g_clear_pointer (&self->progress, genesis_progress_free);
  g_clear_error (&self->broken);
  g_clear_error (&self->outcome);
  g_free (self->reason);
  g_free (self);
}

gboolean
genesis_in_process_driver_is_sealed (GenesisInProcessDriver *self)
{
  return genesis_coordinator_machine_get_state (self->machine) == GENESIS_COORDINATOR_SEALED;
}

const char *
genesis_in_process_driver_get_reason (GenesisInProcessDriver *self)
{
  return self->reason;
}

GPtrArray *
genesis_in_process_driver_get_participants (GenesisInProcessDriver *self)
{
  return self->participants;
}

GenesisCoordination *
genesis_in_process_driver_get_coordination (GenesisInProcessDriver *self)
{
  return self->coordination;
}

void
genesis_in_process_driver_record (GenesisInProcessDriver *self, GPtrArray *lines)
{
  g_clear_pointer (&self->recording, g_ptr_array_unref);
  self->recording = g_ptr_array_ref (lines);
}
