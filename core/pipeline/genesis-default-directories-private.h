/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-plugin-host.h>

G_BEGIN_DECLS

/* The host that the caller gave, or, for NULL, one that looks in the default directories. */
GenesisPluginHost *genesis_default_directories_ref_host (GenesisPluginHost *host);

G_END_DECLS
