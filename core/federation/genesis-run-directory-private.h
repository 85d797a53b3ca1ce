/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * GenesisRunDirectory:
 *
 * The durable memory of a run: an exclusive lock with an epoch, an append-only hash-chained ledger.log (length, type,
 * sequence, previous hash, body, CRC), parts/<round>-<site> written beside, fsynced and renamed.
 * A torn last frame is dropped when opened; a bad frame followed by a good one is an error. Not thread safe: one writer.
 */
typedef struct _GenesisRunDirectory GenesisRunDirectory;

typedef enum
{
  GENESIS_RUN_RECORD_OPENED = 1,     /* body: run id, session, settings (canonical) */
  GENESIS_RUN_RECORD_ROUND_OPENED,   /* body: round, plan digest */
  GENESIS_RUN_RECORD_PART_ACCEPTED,  /* body: round, site, n_rows, digest of the part file */
  GENESIS_RUN_RECORD_SITE_SKIPPED,   /* body: round, site, reason */
  GENESIS_RUN_RECORD_COST,           /* body: round, mu2, rho, flags */
  GENESIS_RUN_RECORD_ROUND_CLOSED,   /* body: round, sorted sites with digests, digest of the total */
  GENESIS_RUN_RECORD_SEALED          /* body: model digest */
} GenesisRunRecordType;

typedef struct
{
  GenesisRunRecordType type;
  guint64 sequence;
  GBytes *body;
} GenesisRunRecord;

GenesisRunDirectory *genesis_run_directory_open   (const char *path, gboolean fresh, GError **error);
void                 genesis_run_directory_free   (GenesisRunDirectory *self);
guint64              genesis_run_directory_get_epoch (GenesisRunDirectory *self);
/* What the ledger held when it was opened; (element-type GenesisRunRecord), borrowed. */
GPtrArray           *genesis_run_directory_get_records (GenesisRunDirectory *self);
/* Durable when it returns. */
gboolean             genesis_run_directory_append (GenesisRunDirectory *self, GenesisRunRecordType type, GBytes *body,
                                                   GError **error);
gboolean             genesis_run_directory_save_part (GenesisRunDirectory *self, guint round, const char *site,
                                                      GBytes *bytes, GError **error);
GBytes              *genesis_run_directory_load_part (GenesisRunDirectory *self, guint round, const char *site,
                                                      GError **error);
/* <path>/<name>, for the model and whatever else lies in the folder. */
char                *genesis_run_directory_dup_path (GenesisRunDirectory *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRunDirectory, genesis_run_directory_free)

G_END_DECLS
