/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A file that is complete or absent: written beside the target, fsync, rename, fsync of the folder.
   A target that is a pipe, a terminal or /dev/stdout is written directly. */
typedef struct _GenesisFileWriter GenesisFileWriter;

GenesisFileWriter *genesis_file_writer_new (const char *path, GError **error);
gboolean genesis_file_writer_write (GenesisFileWriter *self, gconstpointer data, gsize n,
                                    GError **error);
gboolean genesis_file_writer_commit (GenesisFileWriter *self, GError **error);
void genesis_file_writer_free (GenesisFileWriter *self); /* not committed: leaves nothing */
gboolean genesis_file_save (const char *path, gconstpointer data, gsize n, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisFileWriter, genesis_file_writer_free)

G_END_DECLS
