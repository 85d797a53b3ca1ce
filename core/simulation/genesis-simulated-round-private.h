/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include <genesis/genesis-simulation-result.h>

G_BEGIN_DECLS

/* One asking of the sites that had not answered yet. */
typedef struct
{
  guint n_asked, n_answered, n_failed, n_stragglers, n_late;
  double virtual_seconds;
} GenesisSimulatedAttempt;

struct _GenesisSimulatedRound
{
  gatomicrefcount ref_count;
  guint number;
  GenesisRoundInfo *info; /* what a real run would say; NULL before the round is closed */
  GArray *attempts;       /* GenesisSimulatedAttempt */
  /* Names, NULL-terminated once closed: of every attempt, in order. */
  GPtrArray *failed, *stragglers, *late;
  double virtual_seconds;
};

GenesisSimulatedRound *genesis_simulated_round_new (guint number);
GenesisSimulatedRound *genesis_simulated_round_ref (GenesisSimulatedRound *self);
void genesis_simulated_round_unref (GenesisSimulatedRound *self);
/* The round is closed: nothing is added any more. */
void genesis_simulated_round_close (GenesisSimulatedRound *self, const GenesisRoundInfo *info);
/* Adds what a rehearsal knows to the object of the round. */
void genesis_simulated_round_write (const GenesisSimulatedRound *self, JsonObject *to);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisSimulatedRound, genesis_simulated_round_unref)

G_END_DECLS
