/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "simulation/genesis-communication-log-private.h"
#include "simulation/genesis-partition-private.h"
#include "simulation/genesis-simulated-fault-private.h"
#include "simulation/genesis-simulated-round-private.h"

G_BEGIN_DECLS

/**
 * GenesisSimulationPlan:
 * @column: whose values make the sites differ; %NULL: iid
 * @alpha: of the Dirichlet shares; 0: whole values are dealt
 *
 * How the rows of the table came to the sites.
 */
typedef struct
{
  char *column;
  double alpha;
  guint64 seed;
  GenesisPartition *partition;
} GenesisSimulationPlan;

struct _GenesisSimulationResult
{
  gatomicrefcount ref_count;
  GenesisTrainingResult *training;
  GenesisSimulationPlan plan;
  GenesisFaultRates rates;
  guint max_retries;
  GPtrArray *rounds; /* GenesisSimulatedRound */
  GenesisCommunicationLog *log;
  double virtual_seconds, final_quality;
  char *model_digest;
};

/* All but the plan's partition, which is referenced, is to be filled in. */
GenesisSimulationResult *genesis_simulation_result_new (const GenesisSimulationPlan *plan);

G_END_DECLS
