/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema.h>

#include "base/genesis-encoder-private.h"
#include "data/genesis-field-private.h"

G_BEGIN_DECLS

#define GENESIS_SCHEMA_FORMAT         "genesis-schema/1"
#define GENESIS_SCHEMA_MAX_FIELDS     5000u
#define GENESIS_SCHEMA_MAX_CATEGORIES 65536u
#define GENESIS_SCHEMA_MAX_MARKERS    64u

/* Takes the excluded columns ("name", kept in the file so that a reader skips them) and missing
   markers as well. */
GenesisSchema *genesis_schema_new_full (GenesisField *const *fields, gsize n_fields,
                                        const char *const *excluded,
                                        const char *const *missing_markers, GError **error);
/* Takes both: what the schema excludes, and which of that is made anew (GenesisIdentifier). */
void genesis_schema_set_identifiers (GenesisSchema *self, GStrv excluded, GPtrArray *identifiers);
/* Whether text stands for a missing cell of that column: empty, a marker of the schema, or the
   column's own spelling. */
gboolean genesis_schema_is_missing_text (GenesisSchema *self, guint column, const char *text,
                                         gsize n);
void genesis_schema_encode_parts (GenesisSchema *self, GenesisEncoder *to);
void genesis_schema_encode (GenesisSchema *self, GenesisEncoder *to);
GenesisSchema *genesis_schema_decode (GenesisDecoder *from, GError **error);

G_END_DECLS
