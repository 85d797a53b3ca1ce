/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "federation/genesis-ledger-frame-private.h"
#include "federation/genesis-run-fault-private.h"

G_BEGIN_DECLS

/**
 * GenesisLedger:
 *
 * The append-only file of a run. Frames wait in memory until genesis_ledger_sync() writes them in
 * one go and syncs the file; nothing is true before that. Not thread safe. The caller holds the
 * lock of the folder.
 */
typedef struct _GenesisLedger GenesisLedger;

/* Creates the file when it is absent; drops a torn tail. fault: borrowed, outlives the ledger. */
GenesisLedger *genesis_ledger_open (const char *path, GenesisRunFault *fault, GError **error);
void genesis_ledger_free (GenesisLedger *self); /* what was not synced is gone */
/* (element-type GenesisRunRecord): what was in the file when it was opened, borrowed. */
GPtrArray *genesis_ledger_get_records (GenesisLedger *self);
gboolean genesis_ledger_append (GenesisLedger *self, GenesisRunRecordType type, GBytes *body,
                                GError **error);
/* No room on the disk: the file is as before, the frames still wait, and it may be tried again.
   Anything worse, a failed fsync above all, breaks the ledger for good: the kernel may have dropped
   the pages, so only a new open tells the truth. */
gboolean genesis_ledger_sync (GenesisLedger *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisLedger, genesis_ledger_free)

G_END_DECLS
