/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include <genesis/genesis-plugin-host.h>
#include <genesis/genesis-schema.h>
#include <genesis/genesis-table.h>

#include "base/genesis-stream-private.h"
#include "host/genesis-blocks-private.h"
#include "host/genesis-call-private.h"
#include "host/genesis-row-bounds-private.h"

G_BEGIN_DECLS

/**
 * GenesisGenerator:
 *
 * One instance of a generator plugin with what the host lends it. One thread at a time, but
 * measure of a reentrant one may overlap itself, each call with sums of its own. Errors come back
 * as GError with "plugin ID, call NAME, round N" in front. Keeps copies of session, schema and
 * settings. A state may be NULL: empty.
 */
typedef struct _GenesisGenerator GenesisGenerator;

/* threads: width of host->parallel, at least 1. */
GenesisGenerator *genesis_generator_new (GenesisPlugin *plugin, const genesis_abi_session *session,
                                         GenesisSchema *schema, GHashTable *settings, guint threads,
                                         GError **error);
void genesis_generator_free (GenesisGenerator *self);
gboolean genesis_generator_has_site_models (GenesisGenerator *self);
/* Allocations of the plugin that are alive; 0 is expected only after genesis_generator_free(),
   which logs the rest. */
guint genesis_generator_get_n_alive (GenesisGenerator *self);
/* What the plugin tells during measure, absorb and sample; NULL drops it. Not while a call is
   running. */
void genesis_generator_set_progress (GenesisGenerator *self, GenesisCallProgressFunc func,
                                     gpointer user_data);
/* A quiet instance's log lines all count as DEBUG. For one that repeats what another instance
   says already: a plan computed again at every site, a site model absorbed beside the pooled
   one. */
void genesis_generator_set_quiet (GenesisGenerator *self, gboolean is_quiet);
/* What the instance warned of since the last call, beside the log: at most 64 lines of 1 KiB, none
   while it was quiet. (transfer full) (element-type utf8) */
GPtrArray *genesis_generator_steal_warnings (GenesisGenerator *self);
/* NULL without error and *finished set: nothing left to ask. */
GenesisPlan *genesis_generator_plan (GenesisGenerator *self, GenesisBlocks *state,
                                     gboolean *finished, GError **error);
/* The same in a run, which knows what round comes next: a plan of another phase is refused, so
   that no round is left out or asked twice. */
GenesisPlan *genesis_generator_plan_round (GenesisGenerator *self, GenesisBlocks *state,
                                           guint round, gboolean *finished, GError **error);
/* From now on no row moves the sums further; at first every row counts in full. */
void genesis_generator_set_row_bounds (GenesisGenerator *self, const GenesisRowBounds *bounds);
/* Adds the rows of chunk into sums (made by genesis_blocks_new_for_plan). A failure may have
   added. */
gboolean genesis_generator_measure (GenesisGenerator *self, GenesisBlocks *state, GenesisPlan *plan,
                                    GenesisTable *chunk, GenesisBlocks *sums,
                                    GCancellable *cancellable, GError **error);
/* The next state: a copy of own changed by the plugin's put_block calls. */
GenesisBlocks *genesis_generator_absorb (GenesisGenerator *self, GenesisBlocks *asked,
                                         GenesisBlocks *own, GenesisPlan *plan,
                                         GenesisBlocks *total, GCancellable *cancellable,
                                         GError **error);
/* Fills all n_rows of table (at most 65,536), which are rows of the chunk that starts at
   first_row. */
gboolean genesis_generator_sample (GenesisGenerator *self, GenesisBlocks *state,
                                   GenesisStream *stream, guint64 first_row, GenesisTable *table,
                                   GCancellable *cancellable, GError **error);
/* The declared settings with the values in force, as canonical "name=value" text sorted by
   name; secret ones left out. */
char **genesis_generator_dup_settings (GenesisGenerator *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisGenerator, genesis_generator_free)

G_END_DECLS
