/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-plugin-host.h>
#include <genesis/plugin-abi.h>

G_BEGIN_DECLS

/* No run holds more rows; sums are judged by it (2^29 records of 2^33 each stay in int64). */
#define GENESIS_SESSION_N_MAX (G_GUINT64_CONSTANT (1) << 29)
/* A record's weight of 1. */
#define GENESIS_SESSION_WEIGHT_ONE (G_GUINT64_CONSTANT (1) << 20)
/* The generator's own horizon when it says nothing. */
#define GENESIS_SESSION_DEFAULT_ROUNDS 5u

/* A session without privacy, unit RECORD, weights of 1, run id zero. */
void genesis_session_init (genesis_abi_session *session, guint n_sites, guint min_sites,
                           guint rounds);
/* What the plugin says with its feature "rounds=N", else GENESIS_SESSION_DEFAULT_ROUNDS. */
guint genesis_session_get_default_rounds (GenesisPlugin *plugin);
/* A plugin of the right kind, or an error that says which kind the id is. */
GenesisPlugin *genesis_session_lookup_plugin (GenesisPluginHost *host, const char *id,
                                              GenesisPluginKind kind, GError **error);
/* weight in units of 2^-20, rounded; 0 when it is not a number above 0, or leaves [2^-20, 2^20]. */
guint64 genesis_session_weight_q20 (double weight);

G_END_DECLS
