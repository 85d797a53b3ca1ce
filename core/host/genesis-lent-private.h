/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "host/genesis-blocks-private.h"
#include "host/genesis-plugin-log-private.h"

G_BEGIN_DECLS

/**
 * GenesisLent:
 *
 * What the host lends to one instance of a plugin: the genesis_abi_host whose ctx this is, counted
 * memory and the width of parallel. Lives a little longer than the instance.
 */
typedef struct _GenesisLent GenesisLent;

GenesisLent *genesis_lent_new (const char *plugin_id, GenesisPluginLog *log, guint threads);
/* After the plugin's destroy (). Returns how many allocations the plugin left alive, which it
   also logs. */
guint genesis_lent_free (GenesisLent *self);
const genesis_abi_host *genesis_lent_get_host (GenesisLent *self);
const char *genesis_lent_get_plugin_id (GenesisLent *self);
guint genesis_lent_get_threads (GenesisLent *self);
guint genesis_lent_get_n_alive (GenesisLent *self);
/* Before create (): the extension GENESIS_ABI_NOISE; borrowed. */
void genesis_lent_set_noise (GenesisLent *self, const genesis_abi_noise *noise);
/* Whether all that the plugin logs counts as DEBUG. Any thread. */
void genesis_lent_set_quiet (GenesisLent *self, gboolean is_quiet);
/* The lines of level WARN since the last call, texts that can be shown; at most 64 of 1 KiB. Those
   of a quiet instance are not among them. (transfer full) (element-type utf8) */
GPtrArray *genesis_lent_steal_warnings (GenesisLent *self);
/* Threads of the instance's own that help a caller with jobs; NULL when the width is 1. */
GThreadPool *genesis_lent_get_helpers (GenesisLent *self);

G_END_DECLS
