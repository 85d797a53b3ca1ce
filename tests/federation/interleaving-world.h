/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/genesis-stream-private.h"
#include "federation/genesis-coordinator-machine-private.h"
#include "federation/genesis-site-machine-private.h"

#define WORLD_MAX_SITES  6u
#define WORLD_MAX_ROUNDS 4u

/**
 * WorldBug:
 * @WORLD_BUG_ACCEPT_TWICE: a partial that comes again is added again
 * @WORLD_BUG_COUNT_LATE: a partial that comes after its round was closed is added
 * @WORLD_BUG_WRONG_N: the number of rows is that of all sites that take part, answered or not
 * @WORLD_BUG_EARLY_RECEIPT: a site gets its receipt before its partial is added
 * @WORLD_BUG_STALE_DIGEST: the partial of another site is added in a site's place
 * @WORLD_BUG_NO_DEADLINE: deadlines never reach the coordinator
 *
 * Mistakes that the world makes around the machines, to see that the oracle sees them.
 */
typedef enum
{
  WORLD_BUG_NONE,
  WORLD_BUG_ACCEPT_TWICE,
  WORLD_BUG_COUNT_LATE,
  WORLD_BUG_WRONG_N,
  WORLD_BUG_EARLY_RECEIPT,
  WORLD_BUG_STALE_DIGEST,
  WORLD_BUG_NO_DEADLINE,
  WORLD_N_BUGS
} WorldBug;

/* What the coordinator has added up in one round. */
typedef struct
{
  guint tags[WORLD_MAX_SITES]; /* the tag cell of each site: how often its rows are in the total */
  guint64 n_rows;
  gboolean skipped[WORLD_MAX_SITES], receipted[WORLD_MAX_SITES];
  gboolean is_closed;
} WorldTotal;

/**
 * World:
 * @flight: what is on its way: (element-type Envelope)
 * @lost: what a transport that delivers at least once sends again in the end
 * @totals: of round i + 1; begun anew when the round is opened anew
 * @violation: what the oracle saw first, or NULL
 * @trace: every step as a line, when asked for; else NULL
 *
 * Both machines, a network that reorders, repeats, delays and drops, and an oracle. Everything
 * follows from the seed.
 */
typedef struct
{
  guint64 seed;
  GenesisStream stream;
  WorldBug bug;
  gboolean is_faulty;
  guint n_sites, n_seen, min_sites, horizon;
  gboolean takes_part[WORLD_MAX_SITES], consented[WORLD_MAX_SITES];
  GenesisCoordinatorMachine *coordinator;
  GenesisSiteMachine *sites[WORLD_MAX_SITES];
  GPtrArray *flight, *lost;
  WorldTotal totals[WORLD_MAX_ROUNDS + 1]; /* by round, from 1 */
  guint asked_round, asked_attempt;
  guint64 n_steps;
  char *violation;
  GPtrArray *trace;
} World;

World *world_new (guint64 seed, WorldBug bug, gboolean is_traced);
void world_free (World *self);
/* Faults for a while, then none, until the run is over or the oracle has seen something. */
void world_run (World *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/* -- inside -------------------------------------------------------------------- */

typedef struct
{
  int to; /* number of a site, or -1: the coordinator */
  gboolean is_network;
  GenesisRunMessage *message;
} Envelope;

/* TRUE with probability percent / 100. */
gboolean world_chance (World *self, guint percent);
int world_find_site (const char *name);
/* (transfer full) message */
void world_send (World *self, int to, gboolean is_network, GenesisRunMessage *message);
G_GNUC_PRINTF (2, 3) void world_object (World *self, const char *format, ...);
/* Steps the machine that the message is for, and does what it asks. */
void world_deliver (World *self, int to, const GenesisRunMessage *message);

/* interleaving-duties.c */
void world_do_site (World *self, int site, const GenesisRunMessage *action);
void world_do_coordinator (World *self, const GenesisRunMessage *action);
/* What a spoilt world does before the machine sees a partial. */
void world_spoil_partial (World *self, const GenesisRunMessage *partial);
/* The round was absorbed: what is in its total is checked. */
void world_check_closed (World *self, guint round);
guint64 world_rows (int site);
