/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema.h>

#include "data/genesis-identifier-private.h"

G_BEGIN_DECLS

/* The columns that are made anew (GenesisIdentifier), in order; NULL when there are none. Their
   names are among those that the schema excludes. */
GPtrArray *genesis_schema_get_identifier_list (GenesisSchema *self);
/* For the maker of a schema, before anybody else has it; takes copies. Those that are not excluded
   yet are from now on. */
gboolean genesis_schema_take_identifiers (GenesisSchema *self, GPtrArray *identifiers,
                                          GError **error);
/* The place of one in that list, or -1. */
int genesis_schema_find_identifier (GenesisSchema *self, const char *name);
/* Whether there are enough different ones for so many rows. */
gboolean genesis_schema_check_identifiers (GenesisSchema *self, guint64 n_rows, GError **error);

G_END_DECLS
