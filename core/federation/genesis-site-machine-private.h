/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-run-message-private.h"

G_BEGIN_DECLS

/**
 * GenesisSiteState:
 * @GENESIS_SITE_SEEN: known by name
 * @GENESIS_SITE_CHECKED: its own duty (rows, budget, schema) is being looked at
 * @GENESIS_SITE_CONSENTED: takes part; nothing to do now
 * @GENESIS_SITE_VETOED: does not take part
 * @GENESIS_SITE_COMPUTING: measures its answer
 * @GENESIS_SITE_SPOOLED: the answer is kept until there is a receipt
 * @GENESIS_SITE_RECEIPTED: the coordinator has the answer
 * @GENESIS_SITE_DONE: the run is over
 */
typedef enum
{
  GENESIS_SITE_SEEN,
  GENESIS_SITE_CHECKED,
  GENESIS_SITE_CONSENTED,
  GENESIS_SITE_VETOED,
  GENESIS_SITE_COMPUTING,
  GENESIS_SITE_SPOOLED,
  GENESIS_SITE_RECEIPTED,
  GENESIS_SITE_DONE
} GenesisSiteState;

/**
 * GenesisSiteMachine:
 *
 * A site's part of one run as step (event) -> actions, free of threads, files and clocks. It
 * measures a question once, sends the same bytes again when asked again, and answers nothing whose
 * plan is not the one that it computed itself.
 */
typedef struct _GenesisSiteMachine GenesisSiteMachine;

GenesisSiteMachine *genesis_site_machine_new (const char *name);
void genesis_site_machine_free (GenesisSiteMachine *self);
void genesis_site_machine_step (GenesisSiteMachine *self, const GenesisRunMessage *event,
                                GPtrArray *actions);
GenesisSiteState genesis_site_machine_get_state (GenesisSiteMachine *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisSiteMachine, genesis_site_machine_free)

G_END_DECLS
