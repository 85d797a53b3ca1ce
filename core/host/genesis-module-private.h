/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

#include "host/genesis-plugin-descriptor-private.h"

G_BEGIN_DECLS

/**
 * GenesisModule:
 * @path: absolute, without links: the identity of the file
 * @sha256: of its bytes, hex
 * @plugins: what the entry returned; n_plugins entries, not yet validated
 *
 * A plugin file in this process. The file itself is never unloaded.
 */
typedef struct
{
  char *path;
  char *sha256;
  guint32 abi_minor_built, abi_minor_needed;
  guint32 n_plugins;
  const genesis_abi_plugin *const *plugins;
} GenesisModule;

GenesisModule *genesis_module_open (const char *path, GError **error);
void genesis_module_free (GenesisModule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisModule, genesis_module_free)

G_END_DECLS
