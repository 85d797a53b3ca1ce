/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-coordinator-round-private.h"

#include <genesis/genesis-error.h>

void
genesis_coordinator_abort (GenesisCoordinatorMachine *self, GenesisCoordinatorState state, int code,
                           const char *text, GPtrArray *actions)
{
  GenesisRunMessage *action = genesis_run_message_emit (actions, GENESIS_RUN_ABORT, NULL, 0);

  self->state = state;
  self->remaining = 0;
  self->is_planning = FALSE;
  action->code = code;
  action->text = g_strdup (text);
}

/* The seats that is_veto() says are vetoed, and the code of the last of them. */
static guint
count_vetoes (GenesisSeats *seats, gboolean (*is_veto) (const GenesisSeat *seat), int *code)
{
  guint n = 0;

  for (guint i = 0; i < seats->list->len; i++)
    {
      const GenesisSeat *seat = g_ptr_array_index (seats->list, i);

      if (!is_veto (seat))
        continue;
      *code = seat->veto_code;
      n++;
    }
  return n;
}

/* Everybody who is missing is named with the reason: an operator must be able to mend it from this
   line alone. The code is that of the vetoes without which there would be a quorum. */
static void
fail_quorum (GenesisCoordinatorMachine *self, guint n_present, GPtrArray *actions)
{
  g_autoptr (GString) text = g_string_new (NULL);
  GenesisCoordinatorState state = GENESIS_COORDINATOR_FAILED_QUORUM;
  int policy = 0, data = 0, code = GENESIS_ERROR_TOO_FEW_SITES;
  const guint n_policy = count_vetoes (self->seats, genesis_seat_is_policy_veto, &policy);
  const guint n_data = count_vetoes (self->seats, genesis_seat_is_data_veto, &data);

  g_string_append_printf (text, "round %u: %u of %u sites, fewer than min_sites %u",
                          self->closed + 1, n_present, self->seats->list->len, self->min_sites);
  for (guint i = 0; i < self->seats->list->len; i++)
    {
      const GenesisSeat *seat = g_ptr_array_index (self->seats->list, i);

      if (genesis_seat_get_absence (seat) != NULL)
        g_string_append_printf (text, "; site '%s': %s", seat->name,
                                genesis_seat_get_absence (seat));
    }
  if (n_policy > 0 && n_present + n_policy >= self->min_sites)
    {
      state = GENESIS_COORDINATOR_FAILED_BUDGET;
      code = policy;
    }
  else if (n_data > 0 && n_present + n_data >= self->min_sites)
    code = data;
  genesis_coordinator_abort (self, state, code, text->str, actions);
}

void
genesis_coordinator_begin_round (GenesisCoordinatorMachine *self, GPtrArray *actions)
{
  GenesisRunMessage *action;

  if (self->state != GENESIS_COORDINATOR_ENROLLING || self->remaining == 0
      || self->seats->n_invited > 0 || self->is_planning)
    return;
  if (self->seats->n_consented < self->min_sites)
    {
      fail_quorum (self, self->seats->n_consented, actions);
      return;
    }
  if (self->plan == NULL)
    {
      self->is_planning = TRUE;
      genesis_run_message_emit (actions, GENESIS_RUN_PLAN, NULL, self->closed + 1);
      return;
    }
  self->state = GENESIS_COORDINATOR_OPEN;
  self->attempt = self->asked == self->closed + 1 ? self->attempt + 1 : 0;
  self->first_attempt = self->attempt;
  self->asked = self->closed + 1;
  genesis_seats_clear_answers (self->seats, self->closed + 1);
  action = genesis_run_message_emit (actions, GENESIS_RUN_OPEN_ROUND, NULL, self->closed + 1);
  action->plan = g_strdup (self->plan);
}

static void
ask (GenesisCoordinatorMachine *self, GenesisSeat *seat, GPtrArray *actions)
{
  GenesisRunMessage *action =
      genesis_run_message_emit (actions, GENESIS_RUN_ASK, seat->name, self->closed + 1);

  action->attempt = self->attempt;
  action->plan = g_strdup (self->plan);
  genesis_seats_set_answer (self->seats, seat, GENESIS_ANSWER_WAITING);
}

static void
skip_absent (GenesisCoordinatorMachine *self, GPtrArray *actions)
{
  for (guint i = 0; i < self->seats->list->len; i++)
    {
      const GenesisSeat *seat = g_ptr_array_index (self->seats->list, i);
      GenesisRunMessage *action;

      if (genesis_seat_get_absence (seat) == NULL)
        continue;
      action = genesis_run_message_emit (actions, GENESIS_RUN_SKIP, seat->name, self->closed + 1);
      action->text = g_strdup (genesis_seat_get_absence (seat));
    }
}

/* Ends the attempt when nobody is waited for: asks the absent again, closes, or gives the round
   up. */
static void
conclude_attempt (GenesisCoordinatorMachine *self, GPtrArray *actions)
{
  if (self->state != GENESIS_COORDINATOR_OPEN || self->seats->n_waiting > 0
      || self->seats->n_pending > 0)
    return;
  if (self->seats->n_absent > 0 && self->attempt - self->first_attempt < self->max_retries)
    {
      self->attempt++;
      for (guint i = 0; i < self->seats->list->len; i++)
        {
          GenesisSeat *seat = g_ptr_array_index (self->seats->list, i);

          if (seat->answer == GENESIS_ANSWER_ABSENT)
            ask (self, seat, actions);
        }
      return;
    }
  skip_absent (self, actions);
  if (self->seats->n_accepted < self->min_sites)
    {
      fail_quorum (self, self->seats->n_accepted, actions);
      return;
    }
  self->state = GENESIS_COORDINATOR_CLOSING;
  genesis_run_message_emit (actions, GENESIS_RUN_CLOSE_ROUND, NULL, self->closed + 1);
}

/* -- what comes while a round is open ---------------------------------------- */

void
genesis_coordinator_refuse (GenesisCoordinatorMachine *self, const GenesisRunMessage *event,
                            const char *text, GPtrArray *actions)
{
  GenesisRunMessage *action =
      genesis_run_message_emit (actions, GENESIS_RUN_REFUSE, event->site, event->round);

  action->digest = g_strdup (event->digest);
  action->text = g_strdup (text);
  g_ptr_array_add (self->refusals,
                   g_strdup_printf ("round %u, %s: %s", event->round,
                                    event->site != NULL ? event->site : "nobody", text));
}

static void
receipt (const GenesisRunMessage *event, GPtrArray *actions)
{
  GenesisRunMessage *action =
      genesis_run_message_emit (actions, GENESIS_RUN_RECEIPT, event->site, event->round);

  action->digest = g_strdup (event->digest);
}

void
genesis_coordinator_on_opened (GenesisCoordinatorMachine *self, const GenesisRunMessage *event,
                               GPtrArray *actions)
{
  if (self->state != GENESIS_COORDINATOR_OPEN || event->round != self->closed + 1
      || self->seats->n_waiting + self->seats->n_pending + self->seats->n_accepted > 0)
    return;
  for (guint i = 0; i < self->seats->list->len; i++)
    {
      GenesisSeat *seat = g_ptr_array_index (self->seats->list, i);

      if (seat->enrolment == GENESIS_ENROLMENT_CONSENTED)
        ask (self, seat, actions);
    }
}

/* A partial of a round that is closed: the receipt again when it is the accepted one, else late. */
static void
on_old_partial (GenesisCoordinatorMachine *self, GenesisSeat *seat, const GenesisRunMessage *event,
                GPtrArray *actions)
{
  const char *accepted = NULL;

  if (event->round >= 1 && event->round <= seat->receipts->len)
    accepted = g_ptr_array_index (seat->receipts, event->round - 1);
  if (accepted != NULL && g_strcmp0 (accepted, event->digest) == 0)
    receipt (event, actions);
  else if (accepted != NULL)
    genesis_coordinator_refuse (self, event,
                                "another partial of this site was accepted in this round", actions);
  else
    genesis_coordinator_refuse (self, event, "late: the round is closed; wait for the next one",
                                actions);
}

/* What is wrong with a partial before anybody looks into it, or NULL. */
static const char *
partial_fault (GenesisCoordinatorMachine *self, const GenesisSeat *seat,
               const GenesisRunMessage *event)
{
  if (self->state != GENESIS_COORDINATOR_OPEN || event->round != self->closed + 1)
    return "this round is not open: wait until it is asked";
  if (g_strcmp0 (event->plan, self->plan) != 0)
    return "it answers another plan: check that the site runs the same plugin and settings";
  if (event->digest == NULL)
    return "it carries no digest";
  if (seat->answer == GENESIS_ANSWER_NONE)
    return "the site was not asked in this round";
  if (seat->answer == GENESIS_ANSWER_REJECTED)
    return "a partial of this site was rejected in this round";
  return NULL;
}

void
genesis_coordinator_on_partial (GenesisCoordinatorMachine *self, const GenesisRunMessage *event,
                                GPtrArray *actions)
{
  GenesisSeat *seat = genesis_seats_find (self->seats, event->site);
  GenesisRunMessage *action;

  if (seat == NULL)
    {
      genesis_coordinator_refuse (self, event, "no such site takes part", actions);
      return;
    }
  if (event->round <= self->closed
      || (self->state == GENESIS_COORDINATOR_CLOSING && event->round == self->closed + 1))
    {
      on_old_partial (self, seat, event, actions);
      return;
    }
  if (partial_fault (self, seat, event) != NULL)
    {
      genesis_coordinator_refuse (self, event, partial_fault (self, seat, event), actions);
      return;
    }
  if (seat->answer == GENESIS_ANSWER_PENDING || seat->answer == GENESIS_ANSWER_ACCEPTED)
    {
      if (g_strcmp0 (seat->digest, event->digest) != 0)
        genesis_coordinator_refuse (self, event,
                                    "another partial of this site was accepted in this round",
                                    actions);
      else if (seat->answer == GENESIS_ANSWER_ACCEPTED)
        receipt (event, actions);
      return;
    }
  genesis_seats_set_answer (self->seats, seat, GENESIS_ANSWER_PENDING);
  seat->digest = g_strdup (event->digest);
  action = genesis_run_message_emit (actions, GENESIS_RUN_ACCEPT, seat->name, event->round);
  action->digest = g_strdup (event->digest);
  action->rows = event->rows;
}

void
genesis_coordinator_on_absent (GenesisCoordinatorMachine *self, const GenesisRunMessage *event,
                               GPtrArray *actions)
{
  GenesisSeat *seat = genesis_seats_find (self->seats, event->site);

  if (self->state != GENESIS_COORDINATOR_OPEN || seat == NULL || event->round != self->closed + 1
      || event->attempt != self->attempt || seat->answer != GENESIS_ANSWER_WAITING)
    return;
  genesis_seats_set_answer (self->seats, seat, GENESIS_ANSWER_ABSENT);
  genesis_seat_set_reason (seat, event->text);
  conclude_attempt (self, actions);
}

void
genesis_coordinator_on_verdict (GenesisCoordinatorMachine *self, const GenesisRunMessage *event,
                                GPtrArray *actions)
{
  GenesisSeat *seat = genesis_seats_find (self->seats, event->site);

  if (self->state != GENESIS_COORDINATOR_OPEN || seat == NULL || event->round != self->closed + 1
      || seat->answer != GENESIS_ANSWER_PENDING || g_strcmp0 (seat->digest, event->digest) != 0)
    return;
  if (event->kind == GENESIS_RUN_ACCEPTED)
    {
      genesis_seats_set_answer (self->seats, seat, GENESIS_ANSWER_ACCEPTED);
      genesis_seat_remember_receipt (seat, event->round);
      receipt (event, actions);
    }
  else
    {
      genesis_seats_set_answer (self->seats, seat, GENESIS_ANSWER_REJECTED);
      genesis_seat_set_reason (seat, event->text);
      genesis_coordinator_refuse (self, event, seat->reason, actions);
    }
  conclude_attempt (self, actions);
}

void
genesis_coordinator_on_deadline (GenesisCoordinatorMachine *self, const GenesisRunMessage *event,
                                 GPtrArray *actions)
{
  if (self->state != GENESIS_COORDINATOR_OPEN || event->round != self->closed + 1
      || event->attempt != self->attempt)
    return;
  for (guint i = 0; i < self->seats->list->len; i++)
    {
      GenesisSeat *seat = g_ptr_array_index (self->seats->list, i);

      if (seat->answer != GENESIS_ANSWER_WAITING)
        continue;
      genesis_seats_set_answer (self->seats, seat, GENESIS_ANSWER_ABSENT);
      genesis_seat_set_reason (seat, event->text != NULL ? event->text
                                                         : "did not answer by the deadline");
    }
  conclude_attempt (self, actions);
}
