/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-run-message-private.h"

G_BEGIN_DECLS

/**
 * GenesisCoordinatorState:
 * @GENESIS_COORDINATOR_DRAFT: no site was seen yet
 * @GENESIS_COORDINATOR_ENROLLING: between rounds; sites are invited and nothing is asked
 * @GENESIS_COORDINATOR_OPEN: a round's question is with the sites
 * @GENESIS_COORDINATOR_CLOSING: the round's total is being made and absorbed; nothing more is taken
 * @GENESIS_COORDINATOR_SEALED: nothing left to ask, the model is final
 * @GENESIS_COORDINATOR_CANCELLED: stopped by the caller
 * @GENESIS_COORDINATOR_FAILED_QUORUM: fewer than min_sites answered; nothing was released
 * @GENESIS_COORDINATOR_FAILED_BUDGET: refusals by policy or privacy budget made the quorum fall
 * @GENESIS_COORDINATOR_FAILED: a step of the coordinator itself failed (plugin, disk)
 *
 * TRAIN takes up a cancelled or failed run again at the round that was not closed.
 */
typedef enum
{
  GENESIS_COORDINATOR_DRAFT,
  GENESIS_COORDINATOR_ENROLLING,
  GENESIS_COORDINATOR_OPEN,
  GENESIS_COORDINATOR_CLOSING,
  GENESIS_COORDINATOR_SEALED,
  GENESIS_COORDINATOR_CANCELLED,
  GENESIS_COORDINATOR_FAILED_QUORUM,
  GENESIS_COORDINATOR_FAILED_BUDGET,
  GENESIS_COORDINATOR_FAILED
} GenesisCoordinatorState;

/**
 * GenesisCoordinatorMachine:
 *
 * The coordinator of one run as step (event) -> actions. It knows no thread, file, clock or random
 * device: each step is a function of the events so far. What it asks for is carried out by a
 * driver, whose outcomes come back as events.
 *
 * A round closes when every site that was asked has answered, or, after the attempts, with at least
 * min_sites of them. Sites that failed or were silent at the deadline are asked again, max_retries
 * times; a partial that was rejected is not asked for again. A partial that was accepted gets the
 * same receipt however often it comes.
 */
typedef struct _GenesisCoordinatorMachine GenesisCoordinatorMachine;

GenesisCoordinatorMachine *genesis_coordinator_machine_new (guint min_sites, guint max_retries,
                                                            guint horizon);
void genesis_coordinator_machine_free (GenesisCoordinatorMachine *self);
/* Appends to actions (see genesis_run_messages_new). */
void genesis_coordinator_machine_step (GenesisCoordinatorMachine *self,
                                       const GenesisRunMessage *event, GPtrArray *actions);
GenesisCoordinatorState genesis_coordinator_machine_get_state (GenesisCoordinatorMachine *self);
/* The last round that was closed; 0 before the first. */
guint genesis_coordinator_machine_get_closed (GenesisCoordinatorMachine *self);
/* Partials that were refused, in order of arrival: "round R, site: reason". */
GPtrArray *genesis_coordinator_machine_get_refusals (GenesisCoordinatorMachine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCoordinatorMachine, genesis_coordinator_machine_free)

G_END_DECLS
