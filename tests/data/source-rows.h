/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-source.h>

/* All rows as text, "a|b|c", sorted; NULL with @error set. */
GPtrArray *source_rows_read (GenesisSource *source, GCancellable *cancellable, GError **error);
/* The schema that the rows draft. */
GenesisSchema *source_rows_draft (GenesisSource *source, const char *const *markers,
                                  GError **error);
/* Fails unless both sources hold the same rows under the same columns, draft the same schema, and
   have the same fingerprint. */
void source_rows_assert_equal (GenesisSource *a, GenesisSource *b);
