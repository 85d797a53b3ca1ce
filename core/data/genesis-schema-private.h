/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema.h>

#include "base/genesis-encoder-private.h"
#include "data/genesis-field-private.h"

G_BEGIN_DECLS

/* Takes the excluded columns ("name", kept in the file so that a reader skips them) and missing markers as well. */
GenesisSchema *genesis_schema_new_full (GenesisField *const *fields, gsize n_fields,
                                        const char *const *excluded, const char *const *missing_markers,
                                        GError **error);
void           genesis_schema_encode   (GenesisSchema *self, GenesisEncoder *to);
GenesisSchema *genesis_schema_decode   (GenesisDecoder *from, GError **error);

G_END_DECLS
