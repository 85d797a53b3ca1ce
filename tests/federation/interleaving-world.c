/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "interleaving-world.h"

#include <stdlib.h>

#define FAULTY_STEPS 150u
/* A run whose network delivers everything ends far below that. */
#define PATIENCE 5000u

static void
envelope_free (Envelope *envelope)
{
  genesis_run_message_free (envelope->message);
  g_free (envelope);
}

gboolean
world_chance (World *self, guint percent)
{
  return genesis_stream_below (&self->stream, 100) < percent;
}

int
world_find_site (const char *name)
{
  return atoi (name + strlen ("site-"));
}

void
world_object (World *self, const char *format, ...)
{
  va_list arguments;

  if (self->violation != NULL)
    return;
  va_start (arguments, format);
  self->violation = g_strdup_vprintf (format, arguments);
  va_end (arguments);
}

void
world_send (World *self, int to, gboolean is_network, GenesisRunMessage *message)
{
  Envelope *envelope = g_new (Envelope, 1);

  envelope->to = to;
  envelope->is_network = is_network;
  envelope->message = message;
  g_ptr_array_add (self->flight, envelope);
}

static void
tell (World *self, GenesisRunMessageKind kind, int site, guint round, guint attempt, guint64 rows)
{
  g_autofree char *name = site >= 0 ? g_strdup_printf ("site-%d", site) : NULL;
  g_autoptr (GenesisRunMessage) event = genesis_run_message_new (kind, name, round);

  event->attempt = attempt;
  event->rows = rows;
  world_deliver (self, -1, event);
}

/* -- one step ------------------------------------------------------------------ */

static void
trace (World *self, const char *what, int to, const GenesisRunMessage *message)
{
  g_autofree char *text = NULL;

  if (self->trace == NULL)
    return;
  text = genesis_run_message_to_text (message);
  g_ptr_array_add (self->trace,
                   g_strdup_printf ("%s %s%.0d: %s", what, to < 0 ? "coordinator" : "site ",
                                    to < 0 ? 0 : to, text));
}

void
world_deliver (World *self, int to, const GenesisRunMessage *message)
{
  g_autoptr (GPtrArray) actions = genesis_run_messages_new ();
  const guint closed = genesis_coordinator_machine_get_closed (self->coordinator);

  self->n_steps++;
  trace (self, "->", to, message);
  if (to < 0 && message->kind == GENESIS_RUN_PARTIAL)
    world_spoil_partial (self, message);
  if (to < 0 && message->kind == GENESIS_RUN_DEADLINE && self->bug == WORLD_BUG_NO_DEADLINE)
    return;
  if (to < 0)
    genesis_coordinator_machine_step (self->coordinator, message, actions);
  else
    genesis_site_machine_step (self->sites[to], message, actions);
  if (genesis_coordinator_machine_get_closed (self->coordinator) != closed)
    world_check_closed (self, closed + 1);
  for (guint i = 0; i < actions->len; i++)
    {
      trace (self, "  asks", to, g_ptr_array_index (actions, i));
      if (to < 0)
        world_do_coordinator (self, g_ptr_array_index (actions, i));
      else
        world_do_site (self, to, g_ptr_array_index (actions, i));
    }
}

static gboolean
is_sealed (World *self)
{
  return genesis_coordinator_machine_get_state (self->coordinator) == GENESIS_COORDINATOR_SEALED;
}

/* -- faults -------------------------------------------------------------------- */

static Envelope *
take (World *self)
{
  return g_ptr_array_steal_index_fast (self->flight,
                                       (guint)genesis_stream_below (&self->stream,
                                                                    self->flight->len));
}

/* Questions and answers that are lost are asked for again by the machines; the rest is for the
   transport to send again. */
static gboolean
is_mended_by_machines (const GenesisRunMessage *message)
{
  return message->kind == GENESIS_RUN_ASKED || message->kind == GENESIS_RUN_PARTIAL
         || message->kind == GENESIS_RUN_ABSENT;
}

static void
step_faulty (World *self)
{
  Envelope *envelope;

  if (self->flight->len == 0)
    return;
  envelope = take (self);
  if (envelope->is_network && world_chance (self, 15))
    {
      if (is_mended_by_machines (envelope->message))
        envelope_free (envelope);
      else
        g_ptr_array_add (self->lost, envelope);
      return;
    }
  world_deliver (self, envelope->to, envelope->message);
  if (envelope->is_network && world_chance (self, 25))
    g_ptr_array_add (self->flight, envelope); /* and once more, some time */
  else
    envelope_free (envelope);
}

static void
interfere (World *self)
{
  const guint64 what = genesis_stream_below (&self->stream, 100);

  if (what < 6)
    tell (self, GENESIS_RUN_DEADLINE, -1, self->asked_round, self->asked_attempt, 0);
  else if (what < 8)
    tell (self, GENESIS_RUN_DEADLINE, -1, self->asked_round, self->asked_attempt - 1, 0);
  else if (what < 9)
    tell (self, GENESIS_RUN_CANCEL, -1, 0, 0, 0);
  else if (what < 14)
    tell (self, GENESIS_RUN_TRAIN, -1, 0, 0, 1 + genesis_stream_below (&self->stream, 4));
  else if (what < 17 && self->n_seen < self->n_sites && !is_sealed (self))
    tell (self, GENESIS_RUN_SITE_SEEN, (int)self->n_seen++, 0, 0, 0);
}

static void
run_faulty (World *self)
{
  self->is_faulty = TRUE;
  for (guint i = 0; i < FAULTY_STEPS && self->violation == NULL; i++)
    {
      interfere (self);
      step_faulty (self);
    }
  self->is_faulty = FALSE;
}

/* -- and then none ------------------------------------------------------------- */

static void
bring_back (World *self)
{
  while (self->lost->len > 0)
    g_ptr_array_add (self->flight, g_ptr_array_steal_index (self->lost, 0));
  while (self->n_seen < self->n_sites && !is_sealed (self))
    tell (self, GENESIS_RUN_SITE_SEEN, (int)self->n_seen++, 0, 0, 0);
}

static gboolean
has_quorum (World *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_sites; i++)
    n += self->takes_part[i];
  return n >= self->min_sites;
}

/* What a driver does when nothing is on its way; FALSE: the run is over. */
static gboolean
push_on (World *self)
{
  switch (genesis_coordinator_machine_get_state (self->coordinator))
    {
    case GENESIS_COORDINATOR_SEALED:
      return FALSE;
    case GENESIS_COORDINATOR_OPEN:
      tell (self, GENESIS_RUN_DEADLINE, -1, self->asked_round, self->asked_attempt, 0);
      return TRUE;
    case GENESIS_COORDINATOR_FAILED_QUORUM:
      if (!has_quorum (self))
        return FALSE;
      G_GNUC_FALLTHROUGH;
    case GENESIS_COORDINATOR_ENROLLING:
    case GENESIS_COORDINATOR_CANCELLED:
      tell (self, GENESIS_RUN_TRAIN, -1, 0, 0, WORLD_MAX_ROUNDS);
      return TRUE;
    case GENESIS_COORDINATOR_DRAFT:
    case GENESIS_COORDINATOR_CLOSING:
    case GENESIS_COORDINATOR_FAILED_BUDGET:
    case GENESIS_COORDINATOR_FAILED:
    default:
      world_object (self, "nothing is on its way and the coordinator waits");
      return FALSE;
    }
}

static void
check_end (World *self)
{
  const guint closed = genesis_coordinator_machine_get_closed (self->coordinator);

  if (!is_sealed (self))
    return;
  if (closed != self->horizon)
    world_object (self, "sealed after %u of %u rounds", closed, self->horizon);
  for (guint i = 0; i < self->n_seen; i++)
    {
      const GenesisSiteState state = genesis_site_machine_get_state (self->sites[i]);

      if (state != GENESIS_SITE_DONE && state != GENESIS_SITE_VETOED)
        world_object (self, "the run is over and site-%u does not know", i);
    }
}

void
world_run (World *self)
{
  run_faulty (self);
  bring_back (self);
  for (guint i = 0; self->violation == NULL; i++)
    {
      if (i == PATIENCE)
        world_object (self, "no end after %u steps without faults", PATIENCE);
      if (self->flight->len > 0)
        {
          Envelope *envelope = take (self);

          world_deliver (self, envelope->to, envelope->message);
          envelope_free (envelope);
        }
      else if (!push_on (self))
        break;
    }
  check_end (self);
}

World *
world_new (guint64 seed, WorldBug bug, gboolean is_traced)
{
  World *self = g_new0 (World, 1);

  genesis_stream_init (&self->stream, seed, "interleavings", 0);
  self->seed = seed;
  self->bug = bug;
  self->n_sites = 1 + (guint)genesis_stream_below (&self->stream, WORLD_MAX_SITES);
  self->min_sites = 1 + (guint)genesis_stream_below (&self->stream, self->n_sites);
  self->horizon = 1 + (guint)genesis_stream_below (&self->stream, WORLD_MAX_ROUNDS);
  self->coordinator =
      genesis_coordinator_machine_new (self->min_sites,
                                       (guint)genesis_stream_below (&self->stream, 4),
                                       self->horizon);
  self->flight = g_ptr_array_new_with_free_func ((GDestroyNotify)envelope_free);
  self->lost = g_ptr_array_new_with_free_func ((GDestroyNotify)envelope_free);
  self->trace = is_traced ? g_ptr_array_new_with_free_func (g_free) : NULL;
  for (guint i = 0; i < self->n_sites; i++)
    {
      g_autofree char *name = g_strdup_printf ("site-%u", i);

      self->sites[i] = genesis_site_machine_new (name);
      self->takes_part[i] = !world_chance (self, 10);
    }
  while (self->n_seen < MAX (self->n_sites / 2, 1))
    tell (self, GENESIS_RUN_SITE_SEEN, (int)self->n_seen++, 0, 0, 0);
  tell (self, GENESIS_RUN_TRAIN, -1, 0, 0, WORLD_MAX_ROUNDS);
  return self;
}

void
world_free (World *self)
{
  for (guint i = 0; i < self->n_sites; i++)
    genesis_site_machine_free (self->sites[i]);
  genesis_coordinator_machine_free (self->coordinator);
  g_ptr_array_unref (self->flight);
  g_ptr_array_unref (self->lost);
  g_clear_pointer (&self->trace, g_ptr_array_unref);
  g_free (self->violation);
  g_free (self);
}
