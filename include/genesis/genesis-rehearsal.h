/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-federated-training-simulator.h>

G_BEGIN_DECLS

/**
 * GenesisRehearsal:
 *
 * The group [simulation] of a key file turned into a simulator, and its outcome into JSON: "genesis simulate".
 *
 * Signals, emitted in the thread that calls genesis_rehearsal_run(): "progress" (what is done now, utf8; the share of
 * it that is done, gdouble, or -1), "warning" (text).
 */
#define GENESIS_TYPE_REHEARSAL (genesis_rehearsal_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisRehearsal, genesis_rehearsal, GENESIS, REHEARSAL, GObject)

/* path NULL: no key file, everything comes from overrides ("group.key" -> value). */
GENESIS_API GenesisRehearsal *genesis_rehearsal_load (const char         *path,
                                                      GHashTable         *overrides,
                                                      GenesisPluginHost  *host,
                                                      GError            **error);
GENESIS_API char             *genesis_rehearsal_run  (GenesisRehearsal   *self,
                                                      gboolean            compare_partitions,
                                                      GCancellable       *cancellable,
                                                      GError            **error);

G_END_DECLS
