/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-coordinator-machine-private.h"

#include <genesis/genesis-error.h>

#include "federation/genesis-coordinator-round-private.h"

static gboolean
is_over (GenesisCoordinatorMachine *self)
{
  return self->state >= GENESIS_COORDINATOR_SEALED;
}

static void
seal (GenesisCoordinatorMachine *self, const char *text, GPtrArray *actions)
{
  GenesisRunMessage *action =
      genesis_run_message_emit (actions, GENESIS_RUN_SEAL, NULL, self->closed);

  action->text = g_strdup (text);
  self->state = GENESIS_COORDINATOR_SEALED;
  for (guint i = 0; i < self->seats->list->len; i++)
    {
      const GenesisSeat *seat = g_ptr_array_index (self->seats->list, i);

      genesis_run_message_emit (actions, GENESIS_RUN_DISMISS, seat->name, 0);
    }
}

static void
on_site_seen (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  GenesisSeat *seat;

  if (event->site == NULL || self->state == GENESIS_COORDINATOR_SEALED)
    {
      genesis_coordinator_refuse (self, event, "the run is sealed: start a new run", actions);
      return;
    }
  if (genesis_seats_find (self->seats, event->site) != NULL)
    {
      genesis_coordinator_refuse (self, event,
                                  "a site of this name takes part already: choose another name",
                                  actions);
      return;
    }
  seat = genesis_seats_add (self->seats, event->site);
  if (self->state == GENESIS_COORDINATOR_DRAFT)
    self->state = GENESIS_COORDINATOR_ENROLLING;
  genesis_run_message_emit (actions, GENESIS_RUN_INVITE, seat->name, 0);
}

static void
on_enrolment (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  GenesisSeat *seat = genesis_seats_find (self->seats, event->site);

  if (seat == NULL || seat->enrolment != GENESIS_ENROLMENT_INVITED)
    return;
  self->seats->n_invited--;
  if (event->kind == GENESIS_RUN_CONSENTED)
    {
      seat->enrolment = GENESIS_ENROLMENT_CONSENTED;
      self->seats->n_consented++;
    }
  else
    {
      seat->enrolment = GENESIS_ENROLMENT_VETOED;
      seat->veto_code = event->code;
      seat->veto = g_strdup (event->text != NULL ? event->text : "no reason given");
    }
  genesis_coordinator_begin_round (self, actions);
}

static void
on_train (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  switch (self->state)
    {
    case GENESIS_COORDINATOR_DRAFT:
      genesis_coordinator_abort (self, GENESIS_COORDINATOR_DRAFT, GENESIS_ERROR_TOO_FEW_SITES,
                                 "there are no sites: add a site first", actions);
      break;
    case GENESIS_COORDINATOR_CANCELLED:
    case GENESIS_COORDINATOR_FAILED_QUORUM:
    case GENESIS_COORDINATOR_FAILED_BUDGET:
    case GENESIS_COORDINATOR_FAILED:
      self->state = GENESIS_COORDINATOR_ENROLLING;
      G_GNUC_FALLTHROUGH;
    case GENESIS_COORDINATOR_ENROLLING:
    case GENESIS_COORDINATOR_OPEN:
    case GENESIS_COORDINATOR_CLOSING:
      self->remaining = event->rows;
      genesis_coordinator_begin_round (self, actions);
      break;
    case GENESIS_COORDINATOR_SEALED:
    default:
      break;
    }
}

static void
on_planned (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  if (!self->is_planning || event->round != self->closed + 1)
    return;
  self->is_planning = FALSE;
  if (event->plan == NULL)
    {
      seal (self, "the generator has nothing left to ask", actions);
      return;
    }
  self->plan = g_strdup (event->plan);
  genesis_coordinator_begin_round (self, actions);
}

static void
on_absorbed (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  if (self->state != GENESIS_COORDINATOR_CLOSING || event->round != self->closed + 1)
    return;
  self->closed++;
  g_clear_pointer (&self->plan, g_free);
  if (event->plan == NULL)
    {
      seal (self, "the generator has nothing left to ask", actions);
      return;
    }
  if (self->closed >= self->horizon)
    {
      g_autofree char *text =
          g_strdup_printf ("the horizon of %u rounds is reached", self->horizon);

      seal (self, text, actions);
      return;
    }
  if (event->plan[0] != '\0')
    self->plan = g_strdup (event->plan);
  self->state = GENESIS_COORDINATOR_ENROLLING;
  self->remaining -= MIN (self->remaining, 1);
  if (self->remaining == 0)
    genesis_run_message_emit (actions, GENESIS_RUN_PAUSE, NULL, self->closed);
  else
    genesis_coordinator_begin_round (self, actions);
}

static void
on_broken (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  GenesisCoordinatorState state = GENESIS_COORDINATOR_FAILED;

  if (is_over (self))
    return;
  if (event->code == GENESIS_ERROR_BUDGET_EXHAUSTED || event->code == GENESIS_ERROR_REFUSED)
    state = GENESIS_COORDINATOR_FAILED_BUDGET;
  else if (event->code == GENESIS_ERROR_TOO_FEW_SITES)
    state = GENESIS_COORDINATOR_FAILED_QUORUM;
  genesis_coordinator_abort (self, state, event->code, event->text, actions);
}

static void
on_cancel (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  if (is_over (self))
    return;
  genesis_coordinator_abort (self, GENESIS_COORDINATOR_CANCELLED, GENESIS_ERROR_FAILED,
                             event->text != NULL ? event->text : "cancelled", actions);
}

void
genesis_coordinator_machine_step (GenesisCoordinatorMachine *self, const GenesisRunMessage *event,
                                  GPtrArray *actions)
{
  switch (event->kind)
    {
    case GENESIS_RUN_SITE_SEEN:
      on_site_seen (self, event, actions);
      break;
    case GENESIS_RUN_TRAIN:
      on_train (self, event, actions);
      break;
    case GENESIS_RUN_CONSENTED:
    case GENESIS_RUN_VETOED:
      on_enrolment (self, event, actions);
      break;
    case GENESIS_RUN_PLANNED:
      on_planned (self, event, actions);
      break;
    case GENESIS_RUN_OPENED:
      genesis_coordinator_on_opened (self, event, actions);
      break;
    case GENESIS_RUN_PARTIAL:
      genesis_coordinator_on_partial (self, event, actions);
      break;
    case GENESIS_RUN_ABSENT:
      genesis_coordinator_on_absent (self, event, actions);
      break;
    case GENESIS_RUN_ACCEPTED:
    case GENESIS_RUN_REJECTED:
      genesis_coordinator_on_verdict (self, event, actions);
      break;
    case GENESIS_RUN_DEADLINE:
      genesis_coordinator_on_deadline (self, event, actions);
      break;
    case GENESIS_RUN_ABSORBED:
      on_absorbed (self, event, actions);
      break;
    case GENESIS_RUN_BROKEN:
      on_broken (self, event, actions);
      break;
    case GENESIS_RUN_CANCEL:
      on_cancel (self, event, actions);
      break;
    default:
      break; /* not an event of the coordinator: no effect */
    }
}

GenesisCoordinatorMachine *
genesis_coordinator_machine_new (guint min_sites, guint max_retries, guint horizon)
{
  GenesisCoordinatorMachine *self = g_new0 (GenesisCoordinatorMachine, 1);

  g_assert (horizon > 0);
  self->min_sites = MAX (min_sites, 1);
  self->max_retries = max_retries;
  self->horizon = horizon;
  self->seats = genesis_seats_new ();
  self->refusals = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
genesis_coordinator_machine_free (GenesisCoordinatorMachine *self)
{
  if (self == NULL)
    return;
  g_free (self->plan);
  genesis_seats_free (self->seats);
  g_ptr_array_unref (self->refusals);
  g_free (self);
}

GenesisCoordinatorState
genesis_coordinator_machine_get_state (GenesisCoordinatorMachine *self)
{
  return self->state;
}

guint
genesis_coordinator_machine_get_closed (GenesisCoordinatorMachine *self)
{
  return self->closed;
}

GPtrArray *
genesis_coordinator_machine_get_refusals (GenesisCoordinatorMachine *self)
{
  return self->refusals;
}
