/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-source.h>

#include "federation/genesis-progress-private.h"
#include "host/genesis-generator-private.h"

G_BEGIN_DECLS

/**
 * GenesisSiteRows:
 *
 * The rows of one site, read anew for each round, and the same in every pass: the first one says
 * which they are, and a pass that gave others, in number or in any value, is INVALID_DATA. Their
 * order is free, as a database may give another each time and no answer depends on it. From any
 * thread.
 */
typedef struct _GenesisSiteRows GenesisSiteRows;

GenesisSiteRows *genesis_site_rows_new (GenesisSource *source, GenesisSchema *schema);
void genesis_site_rows_free (GenesisSiteRows *self);
/* At the first call a pass of its own; -1 with an error. */
gint64 genesis_site_rows_count (GenesisSiteRows *self, GCancellable *cancellable, GError **error);
/* The rows themselves, for judging what was made of them. */
gboolean genesis_site_rows_foreach_chunk (GenesisSiteRows *self, GenesisChunkFunc func,
                                          gpointer user_data, GCancellable *cancellable,
                                          GError **error);
/* What the source read otherwise than it is written, and how many of the rows that were counted
   break each constraint of the schema, one line each. (transfer full) */
char **genesis_site_rows_dup_notices (GenesisSiteRows *self);
/* One pass, chunk by chunk, summed into a fresh partial. n_rows may be NULL. part: reaches the rows
   that were measured. */
GenesisBlocks *genesis_site_rows_measure (GenesisSiteRows *self, GenesisGenerator *generator,
                                          GenesisBlocks *state, GenesisPlan *plan, guint64 *n_rows,
                                          GenesisProgressPart *part, GCancellable *cancellable,
                                          GError **error);

G_END_DECLS
