/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-run-directory-private.h"

G_BEGIN_DECLS

/* Of the bodies of all records; a ledger of another version is refused. */
#define GENESIS_RUN_JOURNAL_VERSION 2u

/* A partial that was accepted. */
typedef struct
{
  guint64 n_rows;
  char *digest;
} GenesisRunPart;

/**
 * GenesisRunNoise:
 * @rows: number of records as the noisy total says
 * @n_cells: cells that were given noise; 0: the total has none
 * @least_sigma: least deviation that was drawn
 */
typedef struct
{
  guint64 rows, n_cells, least_sigma;
} GenesisRunNoise;

/**
 * GenesisRunRound:
 * @parts: site -> GenesisRunPart
 * @skipped: site -> reason
 * @total: digest of the total, or %NULL: not closed
 * @closed: set of the sites that the total holds
 * @noise: what the noise of the total was
 */
typedef struct
{
  char *plan;
  GHashTable *parts;
  GHashTable *skipped;
  char *total;
  GHashTable *closed;
  GenesisRunNoise noise;
} GenesisRunRound;

GenesisRunRound *genesis_run_round_new (void);
GenesisRunPart *genesis_run_part_new (guint64 n_rows, const char *digest);

/**
 * GenesisRunHistory:
 * @run_id: %NULL: nothing has happened yet
 * @name: under which it pays, which no other run has, not even the same one begun anew
 * @facts: what the run is, see #GenesisRunIdentity
 * @sites: those that the run was opened with
 * @rounds: GenesisRunRound i + 1
 * @sealed: digest of the model of a run that is over
 *
 * What a ledger says.
 */
typedef struct
{
  char *run_id, *name;
  char **facts, **sites;
  GPtrArray *rounds;
  guint n_closed;
  char *sealed;
} GenesisRunHistory;

void genesis_run_history_init (GenesisRunHistory *self);
void genesis_run_history_clear (GenesisRunHistory *self);
/* INVALID_DATA names the record that cannot be understood. */
gboolean genesis_run_history_read (GenesisRunHistory *self, GPtrArray *records, GError **error);
GenesisRunRound *genesis_run_history_find (GenesisRunHistory *self, guint number);

G_END_DECLS
