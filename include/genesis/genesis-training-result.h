/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-macros.h>

G_BEGIN_DECLS

/**
 * GenesisTrainingResult:
 *
 * What one call of train did. Immutable; reference counted.
 */
typedef struct _GenesisTrainingResult GenesisTrainingResult;

/**
 * GenesisRoundInfo:
 *
 * One round: number, phase title, who answered, samples aggregated, who was skipped and why, bytes received,
 * warnings of the generator.
 * Borrowed from its result.
 */
typedef struct _GenesisRoundInfo GenesisRoundInfo;

#define GENESIS_TYPE_TRAINING_RESULT (genesis_training_result_get_type ())
GENESIS_API GType genesis_training_result_get_type (void);
#define GENESIS_TYPE_ROUND_INFO (genesis_round_info_get_type ())
GENESIS_API GType genesis_round_info_get_type (void);

GENESIS_API GenesisTrainingResult  *genesis_training_result_ref               (GenesisTrainingResult       *self);
GENESIS_API void                    genesis_training_result_unref             (GenesisTrainingResult       *self);
GENESIS_API guint                   genesis_training_result_get_n_sites       (const GenesisTrainingResult *self);
GENESIS_API guint64                 genesis_training_result_get_total_samples (const GenesisTrainingResult *self);
GENESIS_API gboolean                genesis_training_result_get_finished      (const GenesisTrainingResult *self);
GENESIS_API const char             *genesis_training_result_get_reason        (const GenesisTrainingResult *self);
GENESIS_API guint                   genesis_training_result_get_n_rounds      (const GenesisTrainingResult *self);
GENESIS_API const GenesisRoundInfo *genesis_training_result_get_round         (const GenesisTrainingResult *self,
                                                                               guint                        index);
GENESIS_API double                  genesis_training_result_get_epsilon       (const GenesisTrainingResult *self,
                                                                               double                      *delta);
GENESIS_API char                   *genesis_training_result_to_json           (const GenesisTrainingResult *self);

GENESIS_API guint              genesis_round_info_get_number             (const GenesisRoundInfo *self);
GENESIS_API const char        *genesis_round_info_get_phase              (const GenesisRoundInfo *self);
GENESIS_API const char *const *genesis_round_info_get_sites              (const GenesisRoundInfo *self);
/* "name: reason" a site. */
GENESIS_API const char *const *genesis_round_info_get_skipped            (const GenesisRoundInfo *self);
/* What the generator plugin warned of. */
GENESIS_API const char *const *genesis_round_info_get_warnings           (const GenesisRoundInfo *self);
GENESIS_API guint64            genesis_round_info_get_samples_aggregated (const GenesisRoundInfo *self);
GENESIS_API guint64            genesis_round_info_get_bytes              (const GenesisRoundInfo *self);
GENESIS_API double             genesis_round_info_get_mu2                (const GenesisRoundInfo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisTrainingResult, genesis_training_result_unref)

G_END_DECLS
