/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-training-result.h>

G_BEGIN_DECLS

/**
 * GenesisSimulationResult:
 *
 * What a rehearsal came to. Immutable; reference counted.
 */
typedef struct _GenesisSimulationResult GenesisSimulationResult;

/**
 * GenesisSimulatedRound:
 *
 * One round of a rehearsal: what a real run says of it, who failed, was slow or late in which attempt, and how long it
 * took in virtual time. Borrowed from its result.
 */
typedef struct _GenesisSimulatedRound GenesisSimulatedRound;

#define GENESIS_TYPE_SIMULATION_RESULT (genesis_simulation_result_get_type ())
GENESIS_API GType genesis_simulation_result_get_type (void);
#define GENESIS_TYPE_SIMULATED_ROUND (genesis_simulated_round_get_type ())
GENESIS_API GType genesis_simulated_round_get_type (void);

GENESIS_API GenesisSimulationResult *
genesis_simulation_result_ref                 (GenesisSimulationResult       *self);
GENESIS_API void
genesis_simulation_result_unref               (GenesisSimulationResult       *self);
/* Rounds as a real run tells them, who answered in the last one, why they end. */
GENESIS_API GenesisTrainingResult *
genesis_simulation_result_get_training        (const GenesisSimulationResult *self);
GENESIS_API guint
genesis_simulation_result_get_n_sites         (const GenesisSimulationResult *self);
GENESIS_API guint
genesis_simulation_result_get_n_rounds        (const GenesisSimulationResult *self);
GENESIS_API const GenesisSimulatedRound *
genesis_simulation_result_get_round           (const GenesisSimulationResult *self,
                                               guint                          index);
GENESIS_API double
genesis_simulation_result_get_virtual_seconds (const GenesisSimulationResult *self);
GENESIS_API double
genesis_simulation_result_get_final_quality   (const GenesisSimulationResult *self);
GENESIS_API const char *
genesis_simulation_result_get_model_digest    (const GenesisSimulationResult *self);
GENESIS_API char **
genesis_simulation_result_dup_log             (const GenesisSimulationResult *self);
GENESIS_API char *
genesis_simulation_result_to_json             (const GenesisSimulationResult *self);

GENESIS_API const GenesisRoundInfo *
genesis_simulated_round_get_info              (const GenesisSimulatedRound   *self);
GENESIS_API guint
genesis_simulated_round_get_n_attempts        (const GenesisSimulatedRound   *self);
GENESIS_API const char *const *
genesis_simulated_round_get_failed            (const GenesisSimulatedRound   *self);
GENESIS_API const char *const *
genesis_simulated_round_get_stragglers        (const GenesisSimulatedRound   *self);
GENESIS_API const char *const *
genesis_simulated_round_get_late              (const GenesisSimulatedRound   *self);
GENESIS_API double
genesis_simulated_round_get_virtual_seconds   (const GenesisSimulatedRound   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisSimulationResult, genesis_simulation_result_unref)

G_END_DECLS
