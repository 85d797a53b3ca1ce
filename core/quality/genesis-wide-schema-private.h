/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-source.h>

G_BEGIN_DECLS

/* The columns of schema with everything that sources hold inside: bounds as far apart as may be,
   the categories that come up added behind those of the schema, missing cells allowed. Values keep
   their codes and units. For counting afterwards what lies outside, instead of being refused. */
GenesisSchema *genesis_wide_schema_new (GenesisSchema *schema, GenesisSource *const *sources,
                                        guint n_sources, GCancellable *cancellable, GError **error);

G_END_DECLS
