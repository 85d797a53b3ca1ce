/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-source.h>

#include "simulation/genesis-partition-private.h"

G_BEGIN_DECLS

/* The rows of one part of a table. They are copied chunk by chunk when they are read, and kept by
   nobody. */
GenesisSource *genesis_part_source_new (GenesisTable *table, GenesisPartition *partition,
                                        guint part);

G_END_DECLS
