/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "interleaving-world.h"

#include <genesis/genesis-error.h>

/* What the machines ask for is done here as a driver would do it, with outcomes that come later,
   and looked at by the oracle. */

guint64
world_rows (int site)
{
  return G_GUINT64_CONSTANT (1) << (8 * site); /* a sum of rows tells whose they are */
}

static char *
dup_digest (int site, guint round)
{
  return g_strdup_printf ("partial-%d-%u", site, round);
}

static char *
dup_plan (guint round)
{
  return g_strdup_printf ("plan-%u", round);
}

static GenesisRunMessage *
make (GenesisRunMessageKind kind, const GenesisRunMessage *action)
{
  return genesis_run_message_new (kind, action->site, action->round);
}

/* -- a site's ------------------------------------------------------------------ */

static void
check_rows (World *self, int site, const GenesisRunMessage *action)
{
  GenesisRunMessage *outcome =
      make (self->takes_part[site] ? GENESIS_RUN_CHECKED : GENESIS_RUN_UNFIT, action);

  outcome->rows = world_rows (site);
  outcome->code = GENESIS_ERROR_TOO_FEW_SITES;
  outcome->text = g_strdup ("too few rows");
  world_send (self, site, FALSE, outcome);
}

static void
measure (World *self, int site, const GenesisRunMessage *action)
{
  GenesisRunMessage *outcome;

  if (self->is_faulty && world_chance (self, 8))
    {
      outcome = make (GENESIS_RUN_FAULT, action);
      outcome->text = g_strdup ("the disk is gone");
      world_send (self, site, FALSE, outcome);
      return;
    }
  outcome = make (GENESIS_RUN_MEASURED, action);
  outcome->plan =
      self->is_faulty && world_chance (self, 3) ? g_strdup ("another") : dup_plan (action->round);
  outcome->digest = dup_digest (site, action->round);
  outcome->rows = world_rows (site);
  world_send (self, site, FALSE, outcome);
}

void
world_do_site (World *self, int site, const GenesisRunMessage *action)
{
  GenesisRunMessage *outcome;

  switch (action->kind)
    {
    case GENESIS_RUN_CHECK:
      check_rows (self, site, action);
      break;
    case GENESIS_RUN_MEASURE:
      measure (self, site, action);
      break;
    case GENESIS_RUN_SPOOL:
      outcome = make (GENESIS_RUN_SPOOLED, action);
      outcome->digest = g_strdup (action->digest);
      world_send (self, site, FALSE, outcome);
      break;
    case GENESIS_RUN_CONSENT:
      self->consented[site] = TRUE;
      G_GNUC_FALLTHROUGH;
    case GENESIS_RUN_VETO:
    case GENESIS_RUN_SEND:
    case GENESIS_RUN_EXCUSE:
      world_send (self, -1, TRUE, genesis_run_message_new_twin (action));
      break;
    case GENESIS_RUN_DISCARD:
      break;
    default:
      world_object (self, "a site asks for what is no action of a site");
    }
}

/* -- the coordinator's --------------------------------------------------------- */

/* Adds the rows of a site, each with its tag cell, to the total of the round. */
static void
add (World *self, const GenesisRunMessage *action)
{
  const int site = world_find_site (action->site);
  WorldTotal *total = &self->totals[action->round];
  g_autofree char *digest = dup_digest (site, action->round);
  int tag = site;

  if (total->is_closed)
    world_object (self, "round %u: rows of %s are added after it was closed", action->round,
                  action->site);
  if (g_strcmp0 (action->digest, digest) != 0)
    world_object (self, "round %u: what is added for %s is not its partial", action->round,
                  action->site);
  if (self->bug == WORLD_BUG_STALE_DIGEST && world_chance (self, 20))
    tag = (site + 1) % (int)self->n_sites;
  total->tags[tag]++;
  total->n_rows += action->rows;
  if (total->tags[tag] > 1)
    world_object (self, "round %u: rows of site-%d are in the total %u times", action->round, tag,
                  total->tags[tag]);
}

static void
accept_partial (World *self, const GenesisRunMessage *action)
{
  GenesisRunMessage *verdict;

  if (self->is_faulty && world_chance (self, 4))
    {
      verdict = make (GENESIS_RUN_REJECTED, action);
      verdict->text = g_strdup ("counts are negative");
    }
  else
    {
      add (self, action);
      verdict = make (GENESIS_RUN_ACCEPTED, action);
    }
  verdict->digest = g_strdup (action->digest);
  world_send (self, -1, FALSE, verdict);
}

/* Whoever has a receipt may forget its rows. */
static void
hand_out_receipt (World *self, const GenesisRunMessage *action)
{
  const int site = world_find_site (action->site);
  WorldTotal *total = &self->totals[action->round];

  total->receipted[site] = TRUE;
  if (total->tags[site] != 1)
    world_object (self, "round %u: %s has a receipt and its rows are in the total %u times",
                  action->round, action->site, total->tags[site]);
  world_send (self, site, TRUE, genesis_run_message_new_twin (action));
}

static void
close_round (World *self, const GenesisRunMessage *action)
{
  GenesisRunMessage *outcome = make (GENESIS_RUN_ABSORBED, action);

  if (self->bug == WORLD_BUG_WRONG_N)
    {
      self->totals[action->round].n_rows = 0;
      for (guint i = 0; i < self->n_sites; i++)
        self->totals[action->round].n_rows += self->consented[i] ? world_rows ((int)i) : 0;
    }
  outcome->digest = g_strdup ("total");
  outcome->plan = action->round < self->horizon ? dup_plan (action->round + 1) : NULL;
  world_send (self, -1, FALSE, outcome);
}

/* Of a run that stops, nothing that was being closed is closed. */
static void
withdraw_close (World *self)
{
  for (guint i = self->flight->len; i-- > 0;)
    {
      const Envelope *envelope = g_ptr_array_index (self->flight, i);

      if (envelope->message->kind == GENESIS_RUN_ABSORBED)
        g_ptr_array_remove_index_fast (self->flight, i);
    }
}

void
world_do_coordinator (World *self, const GenesisRunMessage *action)
{
  const int site = action->site != NULL ? world_find_site (action->site) : -1;
  GenesisRunMessage *outcome;

  switch (action->kind)
    {
    case GENESIS_RUN_PLAN:
      outcome = make (GENESIS_RUN_PLANNED, action);
      outcome->plan = dup_plan (action->round);
      world_send (self, -1, FALSE, outcome);
      break;
    case GENESIS_RUN_OPEN_ROUND:
      if (self->totals[action->round].is_closed)
        world_object (self, "round %u is opened after it was closed", action->round);
      self->totals[action->round] = (WorldTotal){ { 0 } };
      world_send (self, -1, FALSE, make (GENESIS_RUN_OPENED, action));
      break;
    case GENESIS_RUN_ASK:
      self->asked_round = action->round;
      self->asked_attempt = action->attempt;
      G_GNUC_FALLTHROUGH;
    case GENESIS_RUN_INVITE:
    case GENESIS_RUN_REFUSE:
    case GENESIS_RUN_DISMISS:
      world_send (self, site, TRUE, genesis_run_message_new_twin (action));
      break;
    case GENESIS_RUN_ACCEPT:
      accept_partial (self, action);
      break;
    case GENESIS_RUN_RECEIPT:
      hand_out_receipt (self, action);
      break;
    case GENESIS_RUN_SKIP:
      self->totals[action->round].skipped[site] = TRUE;
      break;
    case GENESIS_RUN_CLOSE_ROUND:
      close_round (self, action);
      break;
    case GENESIS_RUN_ABORT:
      withdraw_close (self);
      break;
    case GENESIS_RUN_PAUSE:
    case GENESIS_RUN_SEAL:
      break;
    default:
      world_object (self, "the coordinator asks for what is no action of a coordinator");
    }
}

void
world_spoil_partial (World *self, const GenesisRunMessage *partial)
{
  WorldTotal *total = &self->totals[partial->round];
  const int site = world_find_site (partial->site);

  if (self->bug == WORLD_BUG_ACCEPT_TWICE && total->tags[site] > 0 && !total->is_closed)
    add (self, partial);
  if (self->bug == WORLD_BUG_COUNT_LATE && total->is_closed && total->tags[site] == 0)
    add (self, partial);
  if (self->bug == WORLD_BUG_EARLY_RECEIPT && !total->is_closed && world_chance (self, 20))
    hand_out_receipt (self, partial);
}

void
world_check_closed (World *self, guint round)
{
  WorldTotal *total = &self->totals[round];
  guint64 n_rows = 0;
  guint n_present = 0;

  total->is_closed = TRUE;
  for (guint i = 0; i < self->n_sites; i++)
    {
      n_present += total->tags[i] == 1;
      n_rows += total->tags[i] == 1 ? world_rows ((int)i) : 0;
      if (total->tags[i] > 1)
        world_object (self, "round %u: site-%u is counted %u times", round, i, total->tags[i]);
      if (total->tags[i] == 1 && total->skipped[i])
        world_object (self, "round %u: site-%u is counted and skipped", round, i);
      if (total->receipted[i] && total->tags[i] != 1)
        world_object (self, "round %u: site-%u has a receipt and is not counted", round, i);
      if (total->tags[i] == 1 && !total->receipted[i])
        world_object (self, "round %u: site-%u is counted and has no receipt", round, i);
    }
  if (total->n_rows != n_rows)
    world_object (self, "round %u: it says %" G_GUINT64_FORMAT " rows and holds %" G_GUINT64_FORMAT,
                  round, total->n_rows, n_rows);
  if (n_present < self->min_sites)
    world_object (self, "round %u: closed with %u sites, fewer than min_sites %u", round, n_present,
                  self->min_sites);
}
