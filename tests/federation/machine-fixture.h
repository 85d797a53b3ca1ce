/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-coordinator-machine-private.h"
#include "federation/genesis-site-machine-private.h"

/* A step of a table: an event, and the actions that it must have, both as text, actions joined with
   "; ". */
typedef struct
{
  const char *event;
  const char *actions;
} MachineStep;

/* The end of a table. */
#define MACHINE_STEPS_END                                                                          \
  {                                                                                                \
    NULL, NULL                                                                                     \
  }

void machine_fixture_run_coordinator (GenesisCoordinatorMachine *machine, const MachineStep *steps);
void machine_fixture_run_site (GenesisSiteMachine *machine, const MachineStep *steps);
