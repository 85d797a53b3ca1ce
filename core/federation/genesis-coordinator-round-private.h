/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-coordinator-machine-private.h"
#include "federation/genesis-seats-private.h"

G_BEGIN_DECLS

/* The inside of the coordinator's machine: what it knows, and its steps while a round is open. */

/**
 * GenesisCoordinatorMachine:
 * @closed: the last closed round
 * @asked: the last round that was opened
 * @attempt: counts on when a round is taken up again, so that no two questions look alike
 * @first_attempt: of this opening of the round
 * @remaining: rounds that TRAIN still allows
 * @plan: of round @closed + 1, once known
 */
struct _GenesisCoordinatorMachine
{
  guint min_sites, max_retries, horizon;
  GenesisCoordinatorState state;
  guint closed, asked, attempt, first_attempt;
  guint64 remaining;
  gboolean is_planning;
  char *plan;
  GenesisSeats *seats;
  GPtrArray *refusals;
};

/* Opens round closed + 1 as soon as nothing stands in its way; else waits for the event that clears
   it. */
void genesis_coordinator_begin_round (GenesisCoordinatorMachine *self, GPtrArray *actions);
void genesis_coordinator_abort (GenesisCoordinatorMachine *self, GenesisCoordinatorState state,
                                int code, const char *text, GPtrArray *actions);
/* Refused and remembered. */
void genesis_coordinator_refuse (GenesisCoordinatorMachine *self, const GenesisRunMessage *event,
                                 const char *text, GPtrArray *actions);

void genesis_coordinator_on_opened (GenesisCoordinatorMachine *self, const GenesisRunMessage *event,
                                    GPtrArray *actions);
void genesis_coordinator_on_partial (GenesisCoordinatorMachine *self,
                                     const GenesisRunMessage *event, GPtrArray *actions);
void genesis_coordinator_on_absent (GenesisCoordinatorMachine *self, const GenesisRunMessage *event,
                                    GPtrArray *actions);
void genesis_coordinator_on_verdict (GenesisCoordinatorMachine *self,
                                     const GenesisRunMessage *event, GPtrArray *actions);
void genesis_coordinator_on_deadline (GenesisCoordinatorMachine *self,
                                      const GenesisRunMessage *event, GPtrArray *actions);

G_END_DECLS
