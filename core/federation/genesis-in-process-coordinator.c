/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-in-process-duties-private.h"

#include <genesis/genesis-error.h>

/* What the coordinator's machine asks for, and what came of it. */

/* Parts that are made durable together; a site has its receipt only afterwards. */
#define GROUP_COMMIT 64u

static gboolean
is_sealed_before (GenesisInProcessDriver *self)
{
  GenesisRunJournal *journal = genesis_coordination_get_journal (self->coordination);

  return journal != NULL && genesis_run_journal_get_sealed (journal) != NULL
         && genesis_coordination_get_rounds (self->coordination)->len == 0;
}

static void
do_plan (GenesisInProcessDriver *self, guint round)
{
  g_autoptr (GError) error = NULL;
  gboolean finished = FALSE;
  const char *digest;

  if (!genesis_coordination_has_begun (self->coordination))
    {
      const GenesisRunSpec *spec = genesis_coordination_get_spec (self->coordination);
      const GenesisRowBounds bounds = genesis_run_spec_get_row_bounds (spec);

      if (!genesis_coordination_begin (self->coordination, self->participants, &error))
        {
          genesis_driver_tell_broken (self, g_steal_pointer (&error));
          return;
        }
      genesis_site_pool_prepare (self->pool, spec->generator,
                                 genesis_coordination_get_session (self->coordination),
                                 spec->schema, spec->generator_settings, &bounds);
    }
  if (is_sealed_before (self))
    {
      genesis_driver_tell_coordinator (self, GENESIS_RUN_PLANNED, NULL, round);
      return;
    }
  digest = genesis_coordination_plan (self->coordination, &finished, &error);
  if (digest == NULL && !finished)
    {
      genesis_driver_tell_broken (self, g_steal_pointer (&error));
      return;
    }
  genesis_driver_tell_coordinator (self, GENESIS_RUN_PLANNED, NULL, round)->plan =
      g_strdup (digest);
}

static void
do_open_round (GenesisInProcessDriver *self, guint round)
{
  g_autoptr (GError) error = NULL;

  if (genesis_coordination_open_round (self->coordination, round, self->progress, &error))
    genesis_driver_tell_coordinator (self, GENESIS_RUN_OPENED, NULL, round);
  else
    genesis_driver_tell_broken (self, g_steal_pointer (&error));
}

static void
tell_accepted (GenesisInProcessDriver *self, GenesisParticipant *participant, guint round)
{
  const char *name = genesis_participant_get_name (participant);

  genesis_driver_tell_coordinator (self, GENESIS_RUN_ACCEPTED, name, round)->digest =
      g_strdup (participant->digest);
}

/* Receipts wait until the parts are durable. */
void
genesis_driver_commit_group (GenesisInProcessDriver *self)
{
  g_autoptr (GError) error = NULL;
  GenesisParticipant *participant;
  const guint round = genesis_coordinator_machine_get_closed (self->machine) + 1;

  if (g_queue_is_empty (&self->unsynced))
    return;
  if (!genesis_coordination_sync (self->coordination, &error))
    {
      g_queue_clear (&self->unsynced);
      genesis_driver_tell_broken (self, g_steal_pointer (&error));
      return;
    }
  while ((participant = g_queue_pop_head (&self->unsynced)) != NULL)
    tell_accepted (self, participant, round);
}

static void
do_accept (GenesisInProcessDriver *self, GenesisParticipant *participant,
           const GenesisRunMessage *action)
{
  g_autoptr (GError) error = NULL;
  gboolean is_own_fault = FALSE;
  GenesisRunMessage *message;

  if (genesis_coordination_accept (self->coordination, participant, &is_own_fault, &error))
    {
      g_queue_push_tail (&self->unsynced, participant);
      if (self->carrier.accepted != NULL)
        self->carrier.accepted (participant, action->round, g_bytes_get_size (participant->bytes),
                                self->carrier.user_data);
      if (genesis_coordination_get_journal (self->coordination) == NULL
          || g_queue_get_length (&self->unsynced) >= GROUP_COMMIT)
        genesis_driver_commit_group (self);
      /* It is in the total: what remains is the receipt. */
      g_clear_pointer (&participant->partial, genesis_blocks_unref);
      g_clear_pointer (&participant->bytes, g_bytes_unref);
      return;
    }
  if (is_own_fault)
    {
      genesis_driver_tell_broken (self, g_steal_pointer (&error));
      return;
    }
  message =
      genesis_driver_tell_coordinator (self, GENESIS_RUN_REJECTED, action->site, action->round);
  message->digest = g_strdup (action->digest);
  message->text = g_strdup (error->message);
}

static void
do_skip (GenesisInProcessDriver *self, GenesisParticipant *participant,
         const GenesisRunMessage *action)
{
  g_autoptr (GError) error = NULL;

  if (!genesis_coordination_skip (self->coordination, participant, action->text, &error))
    genesis_driver_tell_broken (self, g_steal_pointer (&error));
  if (!participant->is_vetoed)
    self->observer.site_dropped (self, action->site, action->text, self->observer.user_data);
}

static void
do_close_round (GenesisInProcessDriver *self, guint round, GCancellable *cancellable)
{
  GPtrArray *rounds = genesis_coordination_get_rounds (self->coordination);
  g_autoptr (GError) error = NULL;
  g_autofree char *total =
      genesis_coordination_close_round (self->coordination, self->progress, cancellable, &error);
  gboolean finished = FALSE;
  const char *plan;
  GenesisRunMessage *message;

  if (total == NULL)
    {
      genesis_driver_tell_broken (self, g_steal_pointer (&error));
      return;
    }
  plan = genesis_coordination_plan (self->coordination, &finished, &error);
  self->observer.round_closed (self, g_ptr_array_index (rounds, rounds->len - 1),
                               self->observer.user_data);
  message = genesis_driver_tell_coordinator (self, GENESIS_RUN_ABSORBED, NULL, round);
  message->digest = g_strdup (total);
  /* The round stands even where planning the next one failed: it is asked for again, and fails
     then. */
  message->plan = g_strdup (plan != NULL || finished ? plan : "");
}

static void
do_seal (GenesisInProcessDriver *self, const GenesisRunMessage *action)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisModel) model = NULL;

  self->is_running = FALSE;
  g_free (self->reason);
  self->reason = g_strdup (action->text);
  if (is_sealed_before (self))
    {
      g_free (self->reason);
      self->reason =
          g_strdup ("the run directory holds this run, sealed; its model is used as it is");
      return;
    }
  if (genesis_coordination_get_journal (self->coordination) == NULL)
    return;
  model = self->observer.build_model (self, self->observer.user_data);
  if (!genesis_coordination_seal (self->coordination, model, &error))
    self->outcome = g_steal_pointer (&error);
}

static void
do_abort (GenesisInProcessDriver *self, const GenesisRunMessage *action)
{
  self->is_running = FALSE;
  if (self->outcome != NULL)
    return;
  if (self->broken != NULL)
    self->outcome = g_steal_pointer (&self->broken);
  else if (self->is_cancelled)
    self->outcome =
        g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "training was cancelled");
  else
    self->outcome = g_error_new_literal (GENESIS_ERROR, action->code, action->text);
}

static GenesisParticipant *
find_participant (GenesisInProcessDriver *self, const GenesisRunMessage *action)
{
  return action->site != NULL ? g_hash_table_lookup (self->by_name, action->site) : NULL;
}

void
genesis_driver_do_coordinator_action (GenesisInProcessDriver *self, const GenesisRunMessage *action,
                                      GCancellable *cancellable)
{
  GenesisParticipant *participant = find_participant (self, action);

  switch (action->kind)
    {
    case GENESIS_RUN_ASK:
      if (self->carrier.carry != NULL)
        {
          genesis_driver_hold_question (self, action);
          break;
        }
      G_GNUC_FALLTHROUGH;
    case GENESIS_RUN_INVITE:
    case GENESIS_RUN_RECEIPT:
    case GENESIS_RUN_REFUSE:
    case GENESIS_RUN_DISMISS:
      if (participant != NULL)
        genesis_driver_deliver (self, participant, genesis_run_message_new_twin (action));
      break;
    case GENESIS_RUN_PLAN:
      do_plan (self, action->round);
      break;
    case GENESIS_RUN_OPEN_ROUND:
      do_open_round (self, action->round);
      break;
    case GENESIS_RUN_ACCEPT:
      do_accept (self, participant, action);
      break;
    case GENESIS_RUN_SKIP:
      do_skip (self, participant, action);
      break;
    case GENESIS_RUN_CLOSE_ROUND:
      do_close_round (self, action->round, cancellable);
      break;
    case GENESIS_RUN_PAUSE:
      self->is_running = FALSE;
      g_free (self->reason);
      self->reason = g_strdup ("the rounds that this call may ask are used up");
      break;
    case GENESIS_RUN_SEAL:
      do_seal (self, action);
      break;
    case GENESIS_RUN_ABORT:
      do_abort (self, action);
      break;
    default:
      g_assert_not_reached ();
    }
}
