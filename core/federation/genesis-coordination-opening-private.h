/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-coordination-private.h"
#include "privacy/genesis-noise-stream-private.h"

G_BEGIN_DECLS

/* The inside of a coordination: filled in when the run is opened, used round by round. */
struct _GenesisCoordination
{
  GenesisRunSpec spec;
  GenesisRunJournal *journal; /* NULL: not durable */
  GPtrArray *participants;    /* borrowed; of the run, in the order of their index */
  GPtrArray *initial;         /* borrowed; those that the run was opened with */
  double weight_unit;         /* the weight that counts a record once */
  GenesisRunIdentity *identity;
  char *name; /* under which the run pays */
  GenesisGenerator *generator;
  GenesisAggregation *aggregation;
  char **generator_settings, **aggregator_settings;
  GenesisPrivacyAccount account;
  GenesisNoiseStream *noise; /* NULL without privacy */
  double mu2;                /* that the open round costs */
  GenesisBlocks *total;      /* noisy, of round total_round; NULL without privacy */
  guint total_round;
  guint8 *shifts; /* of the open round's blocks: partials of clipped rows are in finer units */

  GenesisBlocks *state;
  GenesisPlan *plan;
  guint first_phase; /* of the plan of round 1: a loaded model knows some already; 0: not known */
  guint round;       /* that is open, or was opened last */
  gboolean has_site_models;
  GenesisRoundInfo *info; /* of the open round */
  GPtrArray *rounds;
};

/* Tells the aggregator of the open round in what units the partials come. */
void genesis_coordination_note_shifts (GenesisCoordination *self);
/* Whether a site's answer can be one. */
gboolean genesis_coordination_check_partial (const GenesisCoordination *self,
                                             const GenesisParticipant *participant, GError **error);
/* The total of the open round. */
GenesisBlocks *genesis_coordination_make_total (GenesisCoordination *self, GError **error);
/* That the round is closed is in the journal, if there is one. */
gboolean genesis_coordination_write_close (GenesisCoordination *self, const char *digest,
                                           GError **error);
/* Before anything is made of a noisy total: it is durable, and its digest is in the ledgers of the
   sites that it holds. */
gboolean genesis_coordination_settle (GenesisCoordination *self, const char *digest,
                                      GError **error);
/* What the round's information says of it. */
void genesis_coordination_note_total (GenesisCoordination *self, GenesisBlocks *total);
GBytes *genesis_coordination_encode (GenesisBlocks *blocks);

G_END_DECLS
