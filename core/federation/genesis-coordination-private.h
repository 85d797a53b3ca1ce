/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-privacy-account-private.h"
#include "federation/genesis-run-journal-private.h"
#include "federation/genesis-run-spec-private.h"
#include "federation/genesis-training-result-private.h"

G_BEGIN_DECLS

/**
 * GenesisCoordination:
 *
 * The coordinator's side of a run: the public state, the plugin calls that move it, and the journal
 * of a durable run. It does what the coordinator's machine asks for, one step a call, and knows
 * nothing of when and why.
 */
typedef struct _GenesisCoordination GenesisCoordination;

/* Opens the run directory when there is one. The spec is copied. */
GenesisCoordination *genesis_coordination_new (const GenesisRunSpec *spec, GError **error);
void genesis_coordination_free (GenesisCoordination *self);

/* Fixes weights, session and run id; what the directory holds must be the same run. */
gboolean genesis_coordination_begin (GenesisCoordination *self, GPtrArray *participants,
                                     GError **error);
/* Whether begin was successful. */
gboolean genesis_coordination_has_begun (GenesisCoordination *self);
/* Weighs a site that joins a run that has begun. */
gboolean genesis_coordination_enrol_late (GenesisCoordination *self,
                                          GenesisParticipant *participant, GError **error);
/* The run id and facts of spec against those of this run. */
gboolean genesis_coordination_check_spec (GenesisCoordination *self, const GenesisRunSpec *spec,
                                          GError **error);
/* Digest of the plan that follows from the state; NULL with *finished: nothing left to ask. */
const char *genesis_coordination_plan (GenesisCoordination *self, gboolean *finished,
                                       GError **error);
/* progress, here and in close_round: begins anew. */
gboolean genesis_coordination_open_round (GenesisCoordination *self, guint round,
                                          GenesisProgress *progress, GError **error);
/* *is_own_fault: the coordinator's step failed and not the partial. Durable after the next sync. */
gboolean genesis_coordination_accept (GenesisCoordination *self, GenesisParticipant *participant,
                                      gboolean *is_own_fault, GError **error);
gboolean genesis_coordination_sync (GenesisCoordination *self, GError **error);
gboolean genesis_coordination_skip (GenesisCoordination *self, GenesisParticipant *participant,
                                    const char *reason, GError **error);
/* The total is made, absorbed and made durable; then the states move on, global and sites' own.
   Digest of the total. */
char *genesis_coordination_close_round (GenesisCoordination *self, GenesisProgress *progress,
                                        GCancellable *cancellable, GError **error);
/* Saves the model into the directory of a durable run. */
gboolean genesis_coordination_seal (GenesisCoordination *self, GenesisModel *model, GError **error);

/* The state that the next plan follows from; borrowed until the next close_round. */
GenesisBlocks *genesis_coordination_get_state (GenesisCoordination *self);
/* Whether the sites' own models are kept: known once a round was opened. */
gboolean genesis_coordination_has_site_models (GenesisCoordination *self);
const genesis_abi_session *genesis_coordination_get_session (GenesisCoordination *self);
const GenesisRunSpec *genesis_coordination_get_spec (GenesisCoordination *self);
/* Under which the run pays; no other run has it. */
const char *genesis_coordination_get_name (GenesisCoordination *self);
const char *genesis_coordination_get_run_id (GenesisCoordination *self);
GenesisRunJournal *genesis_coordination_get_journal (GenesisCoordination *self);
/* Rounds that were closed in this object, (element-type GenesisRoundInfo), borrowed. */
GPtrArray *genesis_coordination_get_rounds (GenesisCoordination *self);
/* What the rounds so far have promised and spent. */
const GenesisPrivacyAccount *genesis_coordination_get_account (GenesisCoordination *self);
/* "name=value" in force, sorted; NULL before begin. */
char **genesis_coordination_get_generator_settings (GenesisCoordination *self);
char **genesis_coordination_get_aggregator_settings (GenesisCoordination *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCoordination, genesis_coordination_free)

G_END_DECLS
