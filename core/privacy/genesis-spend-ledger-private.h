/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "privacy/genesis-spend-private.h"

G_BEGIN_DECLS

/**
 * GenesisSpendLedger:
 *
 * What the releases of one data set have cost it, for good: an append-only, hash-chained file that
 * is synced before any noise is drawn. Nothing is ever taken back. One process at a time holds it.
 * Not thread safe.
 *
 * The order of events of a release that no crash can break:
 *
 *   1. genesis_spend_ledger_admit()    before round 1: is there enough for the whole run?
 *   2. genesis_spend_ledger_reserve()  the cost of one total is on disk
 *   3. the noise is drawn, and the noisy total is made durable where only its owner reads it
 *   4. genesis_spend_ledger_commit()   the digest of its bytes is on disk
 *   5. only now may anything that was computed from the total leave
 *
 * A crash before 4 released nothing: the round is %GENESIS_SPEND_RESERVED, is paid for, and fresh
 * noise may be drawn for it. After 4 it is %GENESIS_SPEND_COMMITTED: those very bytes may be sent
 * again, any other noise is a new spend, which genesis_spend_ledger_reserve_again() records.
 */
typedef struct _GenesisSpendLedger GenesisSpendLedger;

/* dataset: whose ledger it is, any text that stays the same while the rows are the same people's.
   The file and its folder (mode 0700) are made when absent; a torn last record is dropped. BUSY:
   another run holds it. INVALID_DATA: damage, or the ledger of another data set. */
GenesisSpendLedger *genesis_spend_ledger_open (const char *path, const char *dataset,
                                               GError **error);
/* Forgotten with the process. */
GenesisSpendLedger *genesis_spend_ledger_new_in_memory (const char *dataset);
GenesisSpendLedger *genesis_spend_ledger_ref (GenesisSpendLedger *self);
void genesis_spend_ledger_unref (GenesisSpendLedger *self); /* the last one lets go of the file */
/* FOLDER/NAME-DIGEST.spends, from the data set alone. */
char *genesis_spend_ledger_dup_path (const char *folder, const char *dataset);
/* NULL: in memory only. */
const char *genesis_spend_ledger_get_path (GenesisSpendLedger *self);

/* In units of GENESIS_PRIVACY_BUDGET_UNIT; of all runs, or of one. */
guint64 genesis_spend_ledger_get_spent (GenesisSpendLedger *self);
guint64 genesis_spend_ledger_get_spent_by (GenesisSpendLedger *self, const char *run);

/* Whether a run that will cost units in all, what it spent so far among them, fits below
   limit (NULL: none) next to what other runs spent. BUDGET_EXHAUSTED, with every number, when
   it does not. Records nothing. */
gboolean genesis_spend_ledger_admit (GenesisSpendLedger *self, const char *run, guint64 units,
                                     const GenesisSpendLimit *limit, GError **error);
/* The cost of the spend is on disk when this returns. A spend of the same run, round, plan and
   cost that is there already costs nothing more: *state (may be NULL) says what became of it, and
   *digest (may be NULL, transfer full) what was sent. Whatever differs in one of them is another
   spend. limit: NULL for none. Above it: BUDGET_EXHAUSTED, and nothing is recorded. */
gboolean genesis_spend_ledger_reserve (GenesisSpendLedger *self, const GenesisSpend *spend,
                                       const GenesisSpendLimit *limit, GenesisSpendState *state,
                                       char **digest, GError **error);
/* Fresh noise for a round that was committed, when its bytes are lost: paid for once more. */
gboolean genesis_spend_ledger_reserve_again (GenesisSpendLedger *self, const GenesisSpend *spend,
                                             const GenesisSpendLimit *limit, GError **error);
/* digest: SHA-256 in hexadecimal of the bytes that leave. The same digest again changes nothing;
   another one is refused with INVALID_DATA. */
gboolean genesis_spend_ledger_commit (GenesisSpendLedger *self, const GenesisSpend *spend,
                                      const char *digest, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisSpendLedger, genesis_spend_ledger_unref)

G_END_DECLS
