/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-in-process-driver-private.h"
#include "federation/genesis-site-pool-private.h"

G_BEGIN_DECLS

/* The inside of the in-process driver: its queue of events, and the duties that the machines ask
   for. */

struct _GenesisInProcessDriver
{
  GenesisInProcessObserver observer;
  GenesisCoordination *coordination;
  GenesisCoordinatorMachine *machine;
  GPtrArray *participants; /* GenesisParticipant */
  GHashTable *by_name;     /* name -> GenesisParticipant, borrowed */
  guint n_invited;         /* the first ones of participants that the machine has seen */
  GenesisSitePool *pool;   /* during run */
  GenesisProgress *progress;
  GQueue deliveries; /* Delivery */
  GQueue unsynced;   /* GenesisParticipant whose part is accepted and not durable yet */
  gboolean is_running, is_cancelled;
  GenesisInProcessCarrier carrier; /* carry NULL: none */
  GPtrArray *questions; /* GenesisRunMessage: ASK of an attempt that is not carried yet */
  guint carried_round, carried_attempt;
  gboolean is_carried; /* the deadline of that attempt was not told yet */
  char *reason;
  GError *broken;  /* what the coordinator's own step said */
  GError *outcome; /* of ABORT */
  GPtrArray *recording;
};

/* An event for a machine: the coordinator's when to is NULL. (transfer full) message */
void genesis_driver_deliver (GenesisInProcessDriver *self, GenesisParticipant *to,
                             GenesisRunMessage *message);
/* The same; the message is handed back to be filled in. */
GenesisRunMessage *genesis_driver_tell_coordinator (GenesisInProcessDriver *self,
                                                    GenesisRunMessageKind kind, const char *site,
                                                    guint round);
GenesisRunMessage *genesis_driver_tell_site (GenesisInProcessDriver *self, GenesisParticipant *to,
                                             GenesisRunMessageKind kind, guint round);
/* The coordinator's own step failed. (transfer full) error */
void genesis_driver_tell_broken (GenesisInProcessDriver *self, GError *error);

/* -- duties of a site */
void genesis_driver_do_site_action (GenesisInProcessDriver *self, GenesisParticipant *participant,
                                    const GenesisRunMessage *action);
void genesis_driver_start_count (GenesisInProcessDriver *self, GenesisParticipant *participant);
void genesis_driver_finish_task (GenesisInProcessDriver *self, GenesisSiteTask *task);
void genesis_driver_forget_task (GenesisInProcessDriver *self, GenesisSiteTask *task);

/* -- duties of the coordinator */
void genesis_driver_do_coordinator_action (GenesisInProcessDriver *self,
                                           const GenesisRunMessage *action,
                                           GCancellable *cancellable);
/* Receipts wait until the parts are durable. */
void genesis_driver_commit_group (GenesisInProcessDriver *self);

/* -- with a carrier */
/* Keeps an ASK until the whole attempt is asked. */
void genesis_driver_hold_question (GenesisInProcessDriver *self, const GenesisRunMessage *action);
/* Whether a whole attempt was asked and its questions are with the sites now. */
gboolean genesis_driver_carry_questions (GenesisInProcessDriver *self);
/* Nothing more comes in the attempt: TRUE when its deadline is told to the coordinator. */
gboolean genesis_driver_end_attempt (GenesisInProcessDriver *self);

G_END_DECLS
