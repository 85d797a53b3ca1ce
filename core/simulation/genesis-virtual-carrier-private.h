/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-in-process-driver-private.h"
#include "simulation/genesis-communication-log-private.h"
#include "simulation/genesis-partition-private.h"
#include "simulation/genesis-simulated-fault-private.h"
#include "simulation/genesis-simulated-round-private.h"

G_BEGIN_DECLS

/**
 * GenesisVirtualCarrier:
 * @now: virtual seconds since the first question of the run
 * @rounds: (element-type GenesisSimulatedRound): in order
 *
 * Carries the questions and answers of a run in virtual time: what becomes of each is drawn from
 * the seed, and noted.
 */
typedef struct
{
  GenesisFaultRates rates;
  GenesisPartition *partition;
  double now;
  GPtrArray *rounds;
  GenesisCommunicationLog *log;
  GArray *answers; /* those of the attempt that are on their way, in order of time */
  guint n_taken;   /* of them */
  double asked_at; /* of the attempt */
  guint attempt;
} GenesisVirtualCarrier;

GenesisVirtualCarrier *genesis_virtual_carrier_new (const GenesisFaultRates *rates,
                                                    GenesisPartition *partition);
void genesis_virtual_carrier_free (GenesisVirtualCarrier *self);
/* Its address is needed as long as the driver runs. */
GenesisInProcessCarrier genesis_virtual_carrier_get (GenesisVirtualCarrier *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisVirtualCarrier, genesis_virtual_carrier_free)

G_END_DECLS
