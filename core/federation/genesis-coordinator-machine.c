/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-coordinator-machine-private.h"

#include <genesis/genesis-error.h>

typedef enum
{
  ENROLMENT_INVITED,
  ENROLMENT_CONSENTED,
  ENROLMENT_VETOED
} Enrolment;

typedef enum
{
  ANSWER_NONE,    /* not asked in this round */
  ANSWER_WAITING, /* asked */
  ANSWER_PENDING, /* a partial is being checked and added */
  ANSWER_ACCEPTED,
  ANSWER_ABSENT,  /* said that it cannot, or was silent at the deadline: may be asked again */
  ANSWER_REJECTED /* its partial was not what it should be: is not asked again */
} Answer;

typedef struct
{
  char *name;
  Enrolment enrolment;
  int veto_code;
  char *veto;
  Answer answer;
  char *digest;        /* of the partial that is pending or accepted in this round */
  char *reason;        /* why absent or rejected */
  GPtrArray *receipts; /* digest accepted in round i + 1, or NULL */
} Seat;

struct _GenesisCoordinatorMachine
{
  guint min_sites, max_retries, horizon;
  GenesisCoordinatorState state;
  guint closed;  /* last closed round */
  guint asked;   /* last round that was opened */
  guint attempt; /* counts on when a round is taken up again, so that no two questions look alike */
  guint first_attempt; /* of this opening of the round */
  guint64 remaining;   /* rounds that TRAIN still allows */
  gboolean is_planning;
  char *plan;          /* of round closed + 1, once known */
  GPtrArray *seats;    /* Seat, in the order in which they were seen */
  GHashTable *by_name; /* name -> Seat, borrowed from seats */
  guint n_invited, n_consented, n_waiting, n_pending, n_accepted, n_absent;
  GPtrArray *refusals;
};

static void
seat_free (Seat *seat)
{
  g_free (seat->name);
  g_free (seat->veto);
  g_free (seat->digest);
  g_free (seat->reason);
  g_ptr_array_unref (seat->receipts);
  g_free (seat);
}

static guint *
answer_counter (GenesisCoordinatorMachine *self, Answer answer)
{
  switch (answer)
    {
    case ANSWER_WAITING:
      return &self->n_waiting;
    case ANSWER_PENDING:
      return &self->n_pending;
    case ANSWER_ACCEPTED:
      return &self->n_accepted;
    case ANSWER_ABSENT:
      return &self->n_absent;
    case ANSWER_NONE:
    case ANSWER_REJECTED:
    default:
      return NULL;
    }
}

static void
set_answer (GenesisCoordinatorMachine *self, Seat *seat, Answer answer)
{
  guint *from = answer_counter (self, seat->answer);
  guint *to = answer_counter (self, answer);

  if (from != NULL)
    *from -= 1;
  if (to != NULL)
    *to += 1;
  seat->answer = answer;
}

static void
set_reason (Seat *seat, const char *reason)
{
  g_free (seat->reason);
  seat->reason = g_strdup (reason != NULL ? reason : "no reason given");
}

static Seat *
find_seat (GenesisCoordinatorMachine *self, const GenesisRunMessage *event)
{
  return event->site != NULL ? g_hash_table_lookup (self->by_name, event->site) : NULL;
}

static gboolean
is_over (GenesisCoordinatorMachine *self)
{
  return self->state >= GENESIS_COORDINATOR_SEALED;
}

static void
abort_run (GenesisCoordinatorMachine *self, GenesisCoordinatorState state, int code,
           const char *text, GPtrArray *actions)
{
  GenesisRunMessage *action = genesis_run_message_emit (actions, GENESIS_RUN_ABORT, NULL, 0);

  self->state = state;
  self->remaining = 0;
  self->is_planning = FALSE;
  action->code = code;
  action->text = g_strdup (text);
}

/* -- quorum ---------------------------------------------------------------- */

static const char *
absence_of (const Seat *seat)
{
  if (seat->enrolment == ENROLMENT_VETOED)
    return seat->veto;
  if (seat->answer == ANSWER_ABSENT || seat->answer == ANSWER_REJECTED)
    return seat->reason;
  return NULL;
}

static gboolean
is_policy_veto (const Seat *seat)
{
  return seat->enrolment == ENROLMENT_VETOED
         && (seat->veto_code == GENESIS_ERROR_REFUSED
             || seat->veto_code == GENESIS_ERROR_BUDGET_EXHAUSTED);
}

/* Everybody who is missing is named with the reason: an operator must be able to mend it from this line alone. */
static void
fail_quorum (GenesisCoordinatorMachine *self, guint n_present, GPtrArray *actions)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_policy = 0;
  int policy_code = GENESIS_ERROR_REFUSED;
  gboolean is_policy;

  g_string_append_printf (text, "round %u: %u of %u sites, fewer than min_sites %u",
                          self->closed + 1, n_present, self->seats->len, self->min_sites);
  for (guint i = 0; i < self->seats->len; i++)
    {
      const Seat *seat = g_ptr_array_index (self->seats, i);

      if (absence_of (seat) != NULL)
        g_string_append_printf (text, "; site '%s': %s", seat->name, absence_of (seat));
      if (!is_policy_veto (seat))
        continue;
      n_policy++;
      policy_code = seat->veto_code;
    }
  is_policy = n_present + n_policy >= self->min_sites;
  abort_run (self,
             is_policy ? GENESIS_COORDINATOR_FAILED_BUDGET : GENESIS_COORDINATOR_FAILED_QUORUM,
             is_policy ? policy_code : GENESIS_ERROR_TOO_FEW_SITES, text->str, actions);
}

/* -- rounds ---------------------------------------------------------------- */

static void
seal (GenesisCoordinatorMachine *self, const char *text, GPtrArray *actions)
{
  GenesisRunMessage *action =
      genesis_run_message_emit (actions, GENESIS_RUN_SEAL, NULL, self->closed);

  action->text = g_strdup (text);
  self->state = GENESIS_COORDINATOR_SEALED;
  for (guint i = 0; i < self->seats->len; i++)
    {
      const Seat *seat = g_ptr_array_index (self->seats, i);

      genesis_run_message_emit (actions, GENESIS_RUN_DISMISS, seat->name, 0);
    }
}

/* Opens round closed + 1 as soon as nothing stands in its way; else waits for the event that clears it. */
static void
begin_round (GenesisCoordinatorMachine *self, GPtrArray *actions)
{
  GenesisRunMessage *action;

  if (self->state != GENESIS_COORDINATOR_ENROLLING || self->remaining == 0 || self->n_invited > 0
      || self->is_planning)
    return;
  if (self->n_consented < self->min_sites)
    {
      fail_quorum (self, self->n_consented, actions);
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
  for (guint i = 0; i < self->seats->len; i++)
    {
      Seat *seat = g_ptr_array_index (self->seats, i);

      set_answer (self, seat, ANSWER_NONE);
      g_clear_pointer (&seat->digest, g_free);
      g_clear_pointer (&seat->reason, g_free);
    }
  action = genesis_run_message_emit (actions, GENESIS_RUN_OPEN_ROUND, NULL, self->closed + 1);
  action->plan = g_strdup (self->plan);
}

static void
ask (GenesisCoordinatorMachine *self, Seat *seat, GPtrArray *actions)
{
  GenesisRunMessage *action =
      genesis_run_message_emit (actions, GENESIS_RUN_ASK, seat->name, self->closed + 1);

  action->attempt = self->attempt;
  action->plan = g_strdup (self->plan);
  set_answer (self, seat, ANSWER_WAITING);
}

static void
skip_absent (GenesisCoordinatorMachine *self, GPtrArray *actions)
{
  for (guint i = 0; i < self->seats->len; i++)
    {
      const Seat *seat = g_ptr_array_index (self->seats, i);
      GenesisRunMessage *action;

      if (absence_of (seat) == NULL)
        continue;
      action = genesis_run_message_emit (actions, GENESIS_RUN_SKIP, seat->name, self->closed + 1);
      action->text = g_strdup (absence_of (seat));
    }
}

/* Ends the attempt when nobody is waited for: asks the absent again, closes, or gives the round up. */
static void
conclude_attempt (GenesisCoordinatorMachine *self, GPtrArray *actions)
{
  if (self->state != GENESIS_COORDINATOR_OPEN || self->n_waiting > 0 || self->n_pending > 0)
    return;
  if (self->n_absent > 0 && self->attempt - self->first_attempt < self->max_retries)
    {
      self->attempt++;
      for (guint i = 0; i < self->seats->len; i++)
        {
          Seat *seat = g_ptr_array_index (self->seats, i);

          if (seat->answer == ANSWER_ABSENT)
            ask (self, seat, actions);
        }
      return;
    }
  skip_absent (self, actions);
  if (self->n_accepted < self->min_sites)
    {
      fail_quorum (self, self->n_accepted, actions);
      return;
    }
  self->state = GENESIS_COORDINATOR_CLOSING;
  genesis_run_message_emit (actions, GENESIS_RUN_CLOSE_ROUND, NULL, self->closed + 1);
}

/* -- events ---------------------------------------------------------------- */

static void
refuse (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, const char *text,
        GPtrArray *actions)
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

static void
on_site_seen (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  Seat *seat;

  if (event->site == NULL || self->state == GENESIS_COORDINATOR_SEALED)
    {
      refuse (self, event, "the run is sealed: start a new run", actions);
      return;
    }
  if (find_seat (self, event) != NULL)
    {
      refuse (self, event, "a site of this name takes part already: choose another name", actions);
      return;
    }
  seat = g_new0 (Seat, 1);
  seat->name = g_strdup (event->site);
  seat->receipts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->seats, seat);
  g_hash_table_insert (self->by_name, seat->name, seat);
  self->n_invited++;
  if (self->state == GENESIS_COORDINATOR_DRAFT)
    self->state = GENESIS_COORDINATOR_ENROLLING;
  genesis_run_message_emit (actions, GENESIS_RUN_INVITE, seat->name, 0);
}

static void
on_enrolment (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  Seat *seat = find_seat (self, event);

  if (seat == NULL || seat->enrolment != ENROLMENT_INVITED)
    return;
  self->n_invited--;
  if (event->kind == GENESIS_RUN_CONSENTED)
    {
      seat->enrolment = ENROLMENT_CONSENTED;
      self->n_consented++;
    }
  else
    {
      seat->enrolment = ENROLMENT_VETOED;
      seat->veto_code = event->code;
      seat->veto = g_strdup (event->text != NULL ? event->text : "no reason given");
    }
  begin_round (self, actions);
}

static void
on_train (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  switch (self->state)
    {
    case GENESIS_COORDINATOR_DRAFT:
      abort_run (self, GENESIS_COORDINATOR_DRAFT, GENESIS_ERROR_TOO_FEW_SITES,
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
      begin_round (self, actions);
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
  begin_round (self, actions);
}

static void
on_opened (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  if (self->state != GENESIS_COORDINATOR_OPEN || event->round != self->closed + 1
      || self->n_waiting + self->n_pending + self->n_accepted > 0)
    return;
  for (guint i = 0; i < self->seats->len; i++)
    {
      Seat *seat = g_ptr_array_index (self->seats, i);

      if (seat->enrolment == ENROLMENT_CONSENTED)
        ask (self, seat, actions);
    }
}

/* A partial of a round that is closed: the receipt again when it is the accepted one, else late. */
static void
on_old_partial (GenesisCoordinatorMachine *self, Seat *seat, const GenesisRunMessage *event,
                GPtrArray *actions)
{
  const char *accepted = NULL;

  if (event->round >= 1 && event->round <= seat->receipts->len)
    accepted = g_ptr_array_index (seat->receipts, event->round - 1);
  if (accepted != NULL && g_strcmp0 (accepted, event->digest) == 0)
    receipt (event, actions);
  else if (accepted != NULL)
    refuse (self, event, "another partial of this site was accepted in this round", actions);
  else
    refuse (self, event, "late: the round is closed; wait for the next one", actions);
}

/* What is wrong with a partial before anybody looks into it, or NULL. */
static const char *
partial_fault (GenesisCoordinatorMachine *self, const Seat *seat, const GenesisRunMessage *event)
{
  if (self->state != GENESIS_COORDINATOR_OPEN || event->round != self->closed + 1)
    return "this round is not open: wait until it is asked";
  if (g_strcmp0 (event->plan, self->plan) != 0)
    return "it answers another plan: check that the site runs the same plugin and settings";
  if (event->digest == NULL)
    return "it carries no digest";
  if (seat->answer == ANSWER_NONE)
    return "the site was not asked in this round";
  if (seat->answer == ANSWER_REJECTED)
    return "a partial of this site was rejected in this round";
  return NULL;
}

static void
on_partial (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  Seat *seat = find_seat (self, event);
  GenesisRunMessage *action;

  if (seat == NULL)
    {
      refuse (self, event, "no such site takes part", actions);
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
      refuse (self, event, partial_fault (self, seat, event), actions);
      return;
    }
  if (seat->answer == ANSWER_PENDING || seat->answer == ANSWER_ACCEPTED)
    {
      if (g_strcmp0 (seat->digest, event->digest) != 0)
        refuse (self, event, "another partial of this site was accepted in this round", actions);
      else if (seat->answer == ANSWER_ACCEPTED)
        receipt (event, actions);
      return;
    }
  set_answer (self, seat, ANSWER_PENDING);
  seat->digest = g_strdup (event->digest);
  action = genesis_run_message_emit (actions, GENESIS_RUN_ACCEPT, seat->name, event->round);
  action->digest = g_strdup (event->digest);
  action->rows = event->rows;
}

static void
on_absent (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  Seat *seat = find_seat (self, event);

  if (self->state != GENESIS_COORDINATOR_OPEN || seat == NULL || event->round != self->closed + 1
      || event->attempt != self->attempt || seat->answer != ANSWER_WAITING)
    return;
  set_answer (self, seat, ANSWER_ABSENT);
  set_reason (seat, event->text);
  conclude_attempt (self, actions);
}

static void
remember_receipt (Seat *seat, guint round)
{
  if (seat->receipts->len < round)
    g_ptr_array_set_size (seat->receipts, round);
  g_free (seat->receipts->pdata[round - 1]);
  seat->receipts->pdata[round - 1] = g_strdup (seat->digest);
}

static void
on_verdict (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  Seat *seat = find_seat (self, event);

  if (self->state != GENESIS_COORDINATOR_OPEN || seat == NULL || event->round != self->closed + 1
      || seat->answer != ANSWER_PENDING || g_strcmp0 (seat->digest, event->digest) != 0)
    return;
  if (event->kind == GENESIS_RUN_ACCEPTED)
    {
      set_answer (self, seat, ANSWER_ACCEPTED);
      remember_receipt (seat, event->round);
      receipt (event, actions);
    }
  else
    {
      set_answer (self, seat, ANSWER_REJECTED);
      set_reason (seat, event->text);
      refuse (self, event, seat->reason, actions);
    }
  conclude_attempt (self, actions);
}

static void
on_deadline (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  if (self->state != GENESIS_COORDINATOR_OPEN || event->round != self->closed + 1
      || event->attempt != self->attempt)
    return;
  for (guint i = 0; i < self->seats->len; i++)
    {
      Seat *seat = g_ptr_array_index (self->seats, i);

      if (seat->answer != ANSWER_WAITING)
        continue;
      set_answer (self, seat, ANSWER_ABSENT);
      set_reason (seat, "did not answer by the deadline");
    }
  conclude_attempt (self, actions);
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
    begin_round (self, actions);
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
  abort_run (self, state, event->code, event->text, actions);
}

static void
on_cancel (GenesisCoordinatorMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  if (is_over (self))
    return;
  abort_run (self, GENESIS_COORDINATOR_CANCELLED, GENESIS_ERROR_FAILED,
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
      on_opened (self, event, actions);
      break;
    case GENESIS_RUN_PARTIAL:
      on_partial (self, event, actions);
      break;
    case GENESIS_RUN_ABSENT:
      on_absent (self, event, actions);
      break;
    case GENESIS_RUN_ACCEPTED:
    case GENESIS_RUN_REJECTED:
      on_verdict (self, event, actions);
      break;
    case GENESIS_RUN_DEADLINE:
      on_deadline (self, event, actions);
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
  self->seats = g_ptr_array_new_with_free_func ((GDestroyNotify)seat_free);
  self->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  self->refusals = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
genesis_coordinator_machine_free (GenesisCoordinatorMachine *self)
{
  if (self == NULL)
    return;
  g_free (self->plan);
  g_hash_table_unref (self->by_name);
  g_ptr_array_unref (self->seats);
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
