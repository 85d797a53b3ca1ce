/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-federated-training-simulator.h>

/* Rows of the federation fixture's population that the sites share. */
#define SIMULATOR_FIXTURE_ROWS 1000u

/* tally under sum; min_sites as a setting, or NULL. */
GenesisFederatedTrainingSimulator *simulator_fixture_new (guint n_sites, const char *min_sites);
/* The same, set up iid. */
GenesisFederatedTrainingSimulator *simulator_fixture_iid (guint n_sites, const char *min_sites);
/* All rounds; must succeed. */
GenesisSimulationResult *simulator_fixture_simulate (GenesisFederatedTrainingSimulator *simulator,
                                                     double failure, double straggler,
                                                     double delay);
