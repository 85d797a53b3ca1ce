/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/genesis-ledger-frame-private.h"
#include "base/genesis-step-fault-private.h"

G_BEGIN_DECLS

/**
 * GenesisLedger:
 *
 * An append-only, hash-chained file. Frames wait in memory until genesis_ledger_sync() writes them
 * in one go and syncs the file; nothing is true before that. Not thread safe. The caller holds a
 * lock.
 */
typedef struct _GenesisLedger GenesisLedger;

/* Creates the file when it is absent; drops a torn tail. format: static. fault: borrowed, outlives
   the ledger, or NULL. */
GenesisLedger *genesis_ledger_open (const char *path, const GenesisLedgerFormat *format,
                                    GenesisStepFault *fault, GError **error);
void genesis_ledger_free (GenesisLedger *self); /* what was not synced is gone */
/* (element-type GenesisLedgerRecord): what was in the file when it was opened, borrowed. */
GPtrArray *genesis_ledger_get_records (GenesisLedger *self);
gboolean genesis_ledger_append (GenesisLedger *self, guint32 type, GBytes *body, GError **error);
/* No room on the disk: the file is as before, the frames still wait, and it may be tried again.
   Anything worse, a failed fsync above all, breaks the ledger for good: the kernel may have dropped
   the pages, so only a new open tells the truth. */
gboolean genesis_ledger_sync (GenesisLedger *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisLedger, genesis_ledger_free)

G_END_DECLS
