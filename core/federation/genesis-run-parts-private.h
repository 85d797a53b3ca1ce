/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "base/genesis-step-fault-private.h"

G_BEGIN_DECLS

/**
 * GenesisRunParts:
 *
 * The folder of the partials of a run: one file a round and site, readable by the owner alone. A
 * file is written under a name of its own and gets its final name in genesis_run_parts_sync(), when
 * it is durable. Not thread safe.
 */
typedef struct _GenesisRunParts GenesisRunParts;

/* Makes the folder when it is absent; removes half-written parts of a run that was killed. fault:
   borrowed. */
GenesisRunParts *genesis_run_parts_open (const char *folder, GenesisStepFault *fault,
                                         GError **error);
void genesis_run_parts_free (GenesisRunParts *self);
/* Not durable, and not there to be loaded, before the next sync. */
gboolean genesis_run_parts_save (GenesisRunParts *self, guint round, const char *site,
                                 GBytes *bytes, GError **error);
gboolean genesis_run_parts_sync (GenesisRunParts *self, GError **error);
GBytes *genesis_run_parts_load (GenesisRunParts *self, guint round, const char *site,
                                GError **error);
/* Removes the parts of all rounds and nothing else. */
gboolean genesis_run_parts_clear (GenesisRunParts *self, GError **error);
/* A file name for any site name: letters, digits, '_', '-' and '.' stay, other bytes become %XX,
   and what gets longer than a file name may be is cut and closed with "%-" and the SHA-256 of the
   name. Different sites have different names. */
char *genesis_run_parts_dup_name (guint round, const char *site);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRunParts, genesis_run_parts_free)

G_END_DECLS
