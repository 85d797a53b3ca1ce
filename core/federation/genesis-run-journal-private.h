/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

#include "federation/genesis-run-history-private.h"

G_BEGIN_DECLS

/**
 * GenesisRunJournal:
 *
 * What a durable run has done so far, read from its directory, and the way in which it writes down
 * what it does next. A run that is taken up again goes through the same steps as the first time:
 * what the journal knows already is compared and not written again, and whatever differs stops the
 * run.
 */
typedef struct _GenesisRunJournal GenesisRunJournal;

GenesisRunJournal *genesis_run_journal_open (const char *path, gboolean fresh, GError **error);
void genesis_run_journal_free (GenesisRunJournal *self);
GenesisRunDirectory *genesis_run_journal_get_directory (GenesisRunJournal *self);

/* -- what is known: NULL or 0 in a new directory */
const char *genesis_run_journal_get_run_id (GenesisRunJournal *self);
const char *genesis_run_journal_get_name (GenesisRunJournal *self);
const char *const *genesis_run_journal_get_facts (GenesisRunJournal *self);
const char *const *genesis_run_journal_get_sites (GenesisRunJournal *self);
guint genesis_run_journal_get_n_closed (GenesisRunJournal *self);
const char *genesis_run_journal_get_sealed (GenesisRunJournal *self);
/* Of the last closed round; the rows of a noisy total are what it says. */
guint genesis_run_journal_get_last (GenesisRunJournal *self, guint64 *n_rows);
/* Why the site has no part in a closed round; NULL when it has one, or the round is not closed. */
const char *genesis_run_journal_get_absence (GenesisRunJournal *self, guint round,
                                             const char *site);
/* The part that was accepted, its digest compared. NULL without error: none was. */
GBytes *genesis_run_journal_load_part (GenesisRunJournal *self, guint round, const char *site,
                                       guint64 *n_rows, GError **error);

/* The noisy total of a closed round and what its noise was: noise is drawn once. NULL without
   error: the round is not closed, or its total has no noise and follows from the parts. */
GBytes *genesis_run_journal_load_total (GenesisRunJournal *self, guint round,
                                        GenesisRunNoise *noise, GError **error);

/* -- what happens; durable after the next sync, which begin, close_round and seal do themselves */
gboolean genesis_run_journal_begin (GenesisRunJournal *self, const char *run_id, const char *name,
                                    const char *const *facts, const char *const *sites,
                                    GError **error);
gboolean genesis_run_journal_open_round (GenesisRunJournal *self, guint round, const char *plan,
                                         const genesis_abi_cost *cost, GError **error);
gboolean genesis_run_journal_accept (GenesisRunJournal *self, guint round, const char *site,
                                     guint64 n_rows, const char *digest, GBytes *bytes,
                                     GError **error);
gboolean genesis_run_journal_skip (GenesisRunJournal *self, guint round, const char *site,
                                   const char *reason, GError **error);
gboolean genesis_run_journal_sync (GenesisRunJournal *self, GError **error);
/* A noisy total, durable together with the record that closes its round. */
gboolean genesis_run_journal_save_total (GenesisRunJournal *self, guint round, GBytes *total,
                                         const GenesisRunNoise *noise, GError **error);
/* The parts of the round are those that were accepted since. */
gboolean genesis_run_journal_close_round (GenesisRunJournal *self, guint round,
                                          const char *const *sites, const char *total,
                                          GError **error);
gboolean genesis_run_journal_seal (GenesisRunJournal *self, const char *model_digest,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRunJournal, genesis_run_journal_free)

G_END_DECLS
