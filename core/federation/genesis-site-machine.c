/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation/genesis-site-machine-private.h"

struct _GenesisSiteMachine
{
  char *name;
  GenesisSiteState state;
  /* the question that is being answered, or was answered last */
  guint round, attempt;
  char *plan, *digest;
  guint64 rows;
};

static GenesisRunMessage *
emit (GenesisSiteMachine *self, GenesisRunMessageKind kind, guint round, GPtrArray *actions)
{
  return genesis_run_message_emit (actions, kind, self->name, round);
}

static void
on_invited (GenesisSiteMachine *self, GPtrArray *actions)
{
  if (self->state != GENESIS_SITE_SEEN)
    return;
  self->state = GENESIS_SITE_CHECKED;
  emit (self, GENESIS_RUN_CHECK, 0, actions);
}

static void
on_checked (GenesisSiteMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  GenesisRunMessage *action;

  if (self->state != GENESIS_SITE_CHECKED)
    return;
  if (event->kind == GENESIS_RUN_CHECKED)
    {
      self->state = GENESIS_SITE_CONSENTED;
      action = emit (self, GENESIS_RUN_CONSENT, 0, actions);
      action->rows = event->rows;
      return;
    }
  self->state = GENESIS_SITE_VETOED;
  action = emit (self, GENESIS_RUN_VETO, 0, actions);
  action->code = event->code;
  action->text = g_strdup (event->text);
}

static void
send_partial (GenesisSiteMachine *self, GPtrArray *actions)
{
  GenesisRunMessage *action = emit (self, GENESIS_RUN_SEND, self->round, actions);

  action->attempt = self->attempt;
  action->plan = g_strdup (self->plan);
  action->digest = g_strdup (self->digest);
  action->rows = self->rows;
}

static void
excuse (GenesisSiteMachine *self, guint round, guint attempt, const char *text, GPtrArray *actions)
{
  GenesisRunMessage *action = emit (self, GENESIS_RUN_EXCUSE, round, actions);

  action->attempt = attempt;
  action->text = g_strdup (text);
}

/* The same question again: what was spooled is sent again, not measured again. After a receipt only
   a later attempt counts: the coordinator gave the round up and takes it up anew. */
static gboolean
asked_again (GenesisSiteMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  gboolean is_later = event->attempt > self->attempt;

  if (event->round != self->round || g_strcmp0 (event->plan, self->plan) != 0)
    return FALSE;
  self->attempt = MAX (self->attempt, event->attempt);
  if (self->state == GENESIS_SITE_SPOOLED && self->digest != NULL)
    send_partial (self, actions);
  if (self->state == GENESIS_SITE_RECEIPTED || self->state == GENESIS_SITE_CONSENTED)
    return !is_later;
  return TRUE;
}

static void
on_asked (GenesisSiteMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  GenesisRunMessage *action;

  if (self->state < GENESIS_SITE_CONSENTED || self->state == GENESIS_SITE_DONE)
    return;
  if (self->state == GENESIS_SITE_VETOED)
    {
      excuse (self, event->round, event->attempt, "the site does not take part in this run",
              actions);
      return;
    }
  if (event->round < self->round || asked_again (self, event, actions))
    return;
  if (self->state == GENESIS_SITE_SPOOLED)
    {
      action = emit (self, GENESIS_RUN_DISCARD, self->round, actions);
      action->digest = g_strdup (self->digest);
    }
  self->state = GENESIS_SITE_COMPUTING;
  self->round = event->round;
  self->attempt = event->attempt;
  g_free (self->plan);
  self->plan = g_strdup (event->plan);
  g_clear_pointer (&self->digest, g_free);
  action = emit (self, GENESIS_RUN_MEASURE, self->round, actions);
  action->plan = g_strdup (self->plan);
}

static void
on_measured (GenesisSiteMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  GenesisRunMessage *action;

  if (self->state != GENESIS_SITE_COMPUTING || event->round != self->round)
    return;
  if (g_strcmp0 (event->plan, self->plan) != 0)
    {
      self->state = GENESIS_SITE_CONSENTED;
      excuse (self, self->round, self->attempt,
              "the plan that was asked is not the plan that the site computed: compare plugin "
              "versions and settings",
              actions);
      return;
    }
  self->state = GENESIS_SITE_SPOOLED;
  self->rows = event->rows;
  action = emit (self, GENESIS_RUN_SPOOL, self->round, actions);
  action->digest = g_strdup (event->digest);
}

static void
on_fault (GenesisSiteMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  if (event->round != self->round
      || (self->state != GENESIS_SITE_COMPUTING && self->state != GENESIS_SITE_SPOOLED))
    return;
  self->state = GENESIS_SITE_CONSENTED;
  excuse (self, self->round, self->attempt, event->text, actions);
}

static void
on_spooled (GenesisSiteMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  if (self->state != GENESIS_SITE_SPOOLED || event->round != self->round || self->digest != NULL)
    return;
  self->digest = g_strdup (event->digest);
  send_partial (self, actions);
}

static void
on_answer (GenesisSiteMachine *self, const GenesisRunMessage *event, GPtrArray *actions)
{
  GenesisRunMessage *action;

  if (self->state != GENESIS_SITE_SPOOLED || event->round != self->round
      || g_strcmp0 (event->digest, self->digest) != 0)
    return;
  self->state =
      event->kind == GENESIS_RUN_RECEIPT ? GENESIS_SITE_RECEIPTED : GENESIS_SITE_CONSENTED;
  action = emit (self, GENESIS_RUN_DISCARD, self->round, actions);
  action->digest = g_strdup (self->digest);
}

static void
on_dismiss (GenesisSiteMachine *self, GPtrArray *actions)
{
  if (self->state == GENESIS_SITE_SPOOLED && self->digest != NULL)
    emit (self, GENESIS_RUN_DISCARD, self->round, actions)->digest = g_strdup (self->digest);
  if (self->state != GENESIS_SITE_VETOED)
    self->state = GENESIS_SITE_DONE;
}

void
genesis_site_machine_step (GenesisSiteMachine *self, const GenesisRunMessage *event,
                           GPtrArray *actions)
{
  switch (event->kind)
    {
    case GENESIS_RUN_INVITED:
      on_invited (self, actions);
      break;
    case GENESIS_RUN_CHECKED:
    case GENESIS_RUN_UNFIT:
      on_checked (self, event, actions);
      break;
    case GENESIS_RUN_ASKED:
      on_asked (self, event, actions);
      break;
    case GENESIS_RUN_MEASURED:
      on_measured (self, event, actions);
      break;
    case GENESIS_RUN_FAULT:
      on_fault (self, event, actions);
      break;
    case GENESIS_RUN_SPOOLED:
      on_spooled (self, event, actions);
      break;
    case GENESIS_RUN_RECEIPT:
    case GENESIS_RUN_REFUSE:
      on_answer (self, event, actions);
      break;
    case GENESIS_RUN_DISMISS:
      on_dismiss (self, actions);
      break;
    default:
      break; /* not an event of a site: no effect */
    }
}

GenesisSiteMachine *
genesis_site_machine_new (const char *name)
{
  GenesisSiteMachine *self = g_new0 (GenesisSiteMachine, 1);

  self->name = g_strdup (name);
  return self;
}

void
genesis_site_machine_free (GenesisSiteMachine *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->plan);
  g_free (self->digest);
  g_free (self);
}

GenesisSiteState
genesis_site_machine_get_state (GenesisSiteMachine *self)
{
  return self->state;
}
