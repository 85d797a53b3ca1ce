/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "base/genesis-ledger-private.h"

G_BEGIN_DECLS

/* The one name in the folder that is not the run directory's own and that a fresh start removes as
   well. */
#define GENESIS_RUN_MODEL_NAME "model.genesis"

/**
 * GenesisRunDirectory:
 *
 * The durable memory of a run: an exclusive lock with an epoch, an append-only hash-chained
 * ledger.log (length, type, sequence, previous hash, body, CRC), parts/<round>-<site> written
 * beside, fsynced and renamed. A torn last frame is dropped when opened; a bad frame followed by a
 * good one is an error. Not thread safe: one writer. After a failed fsync everything fails with IO:
 * end the run and open it again.
 */
typedef struct _GenesisRunDirectory GenesisRunDirectory;

typedef enum
{
  GENESIS_RUN_RECORD_OPENED = 1,    /* body: run id, name, session, settings (canonical) */
  GENESIS_RUN_RECORD_ROUND_OPENED,  /* body: round, plan digest */
  GENESIS_RUN_RECORD_PART_ACCEPTED, /* body: round, site, n_rows, digest of the part file */
  GENESIS_RUN_RECORD_SITE_SKIPPED,  /* body: round, site, reason */
  GENESIS_RUN_RECORD_COST,          /* body: round, mu2, rho, flags */
  GENESIS_RUN_RECORD_ROUND_CLOSED, /* body: round, sorted sites with digests, digest of the total */
  GENESIS_RUN_RECORD_SEALED,       /* body: model digest */
  GENESIS_RUN_RECORD_NOISE         /* body: round, cells that were given noise, least deviation */
} GenesisRunRecordType;

/* type: GenesisRunRecordType */
typedef GenesisLedgerRecord GenesisRunRecord;

/* Makes the folder and its parents. BUSY: another coordinator holds it. fresh: removes the ledger,
   the parts and the model of an earlier run, and nothing else; the epoch goes on counting. */
GenesisRunDirectory *genesis_run_directory_open (const char *path, gboolean fresh, GError **error);
void genesis_run_directory_free (GenesisRunDirectory *self);
/* How many times the folder was opened, this one included; made durable before anything else
   happens. */
guint64 genesis_run_directory_get_epoch (GenesisRunDirectory *self);
/* What the ledger held when it was opened; (element-type GenesisRunRecord), borrowed. */
GPtrArray *genesis_run_directory_get_records (GenesisRunDirectory *self);
/* NOT_FOUND when there is none. The caller compares the digest with the ledger's. */
GBytes *genesis_run_directory_load_part (GenesisRunDirectory *self, guint round, const char *site,
                                         GError **error);
/* <path>/<name>, for the model and whatever else lies in the folder. */
char *genesis_run_directory_dup_path (GenesisRunDirectory *self, const char *name);

/* Durable only after genesis_run_directory_sync(): that makes the parts durable first, under their
   names, then the records. So a record that survives a power loss never names a part that did not.
   For a thousand sites: a handful of syncs a round, not thousands. A part saved but not synced
   cannot be loaded yet; it replaces one of the same round and site. */
gboolean genesis_run_directory_append_buffered (GenesisRunDirectory *self,
                                                GenesisRunRecordType type, GBytes *body,
                                                GError **error);
gboolean genesis_run_directory_save_part_buffered (GenesisRunDirectory *self, guint round,
                                                   const char *site, GBytes *bytes, GError **error);
gboolean genesis_run_directory_sync (GenesisRunDirectory *self, GError **error);
/* All parts: of a run that is over and that nobody will ask for again. */
gboolean genesis_run_directory_remove_parts (GenesisRunDirectory *self, GError **error);

/* For tests: the next n_steps durable steps succeed, the one after is killed as kind says, and so
   are all later ones. A step is one save of a part (or of several that waited), one write of the
   ledger. n_steps taken so far: get_n_steps. */
void genesis_run_directory_fail_after (GenesisRunDirectory *self, guint64 n_steps,
                                       GenesisStepFaultKind kind);
guint64 genesis_run_directory_get_n_steps (GenesisRunDirectory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRunDirectory, genesis_run_directory_free)

G_END_DECLS
