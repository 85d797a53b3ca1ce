/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-plugin-host.h>

G_BEGIN_DECLS

/**
 * GenesisPluginLog:
 *
 * Where the log lines of a host's plugins go; shared by host, plugins and instances. Reference
 * counted; any thread.
 */
typedef struct _GenesisPluginLog GenesisPluginLog;

GenesisPluginLog *genesis_plugin_log_new (void);
GenesisPluginLog *genesis_plugin_log_ref (GenesisPluginLog *self);
void genesis_plugin_log_unref (GenesisPluginLog *self);
void genesis_plugin_log_set (GenesisPluginLog *self, GenesisPluginLogFunc func, gpointer user_data,
                             GDestroyNotify destroy);
void genesis_plugin_log_write (GenesisPluginLog *self, const char *plugin_id, GLogLevelFlags level,
                               const char *text);

/* Text of a plugin made fit for messages: valid UTF-8, no control characters, at most
   max_bytes, cut between letters. */
char *genesis_plugin_text_clean (const char *text, gsize max_bytes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisPluginLog, genesis_plugin_log_unref)

G_END_DECLS
