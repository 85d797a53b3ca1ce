/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-data-site-private.h"
#include "federation/genesis-site-machine-private.h"
#include "privacy/genesis-spend-ledger-private.h"

G_BEGIN_DECLS

/**
 * GenesisParticipant:
 * @index: its number in the run, in the order in which sites were added
 * @n_rows: rows at enrolment
 * @weight: what one record counts: the site's weight, or what its explicit share makes of it
 * @weight_q20: the same in units of 2^-20; 0 before it is fixed
 * @own: state of the site's own model, or %NULL
 * @last_round: the last closed round that holds its answer; 0 for none
 * @last_rows: rows of that answer
 * @partial, @bytes, @digest, @rows, @next_own: the answer that is on its way; dropped after the
 * receipt, but for
 *   @rows and @next_own, which wait for the round to close
 * @ledger: of its data set, while it is held, or %NULL
 *
 * One site's part of a run, as the in-process driver keeps it.
 */
typedef struct
{
  GenesisDataSite *site;
  GenesisSiteMachine *machine;
  guint index;
  gboolean is_vetoed, is_counting;
  guint64 n_rows;
  double weight;
  guint64 weight_q20;
  GenesisBlocks *own;
  guint last_round;
  guint64 last_rows;
  GenesisBlocks *partial;
  GBytes *bytes;
  char *digest;
  guint64 rows;
  GenesisBlocks *next_own;
  gboolean is_accepted; /* in the round that is open */
  GenesisSpendLedger *ledger;
} GenesisParticipant;

GenesisParticipant *genesis_participant_new (GenesisDataSite *site, guint index);
void genesis_participant_free (GenesisParticipant *self);
const char *genesis_participant_get_name (GenesisParticipant *self);
void genesis_participant_discard (GenesisParticipant *self);

G_END_DECLS
