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
/* Fails unless reading the rows does, with this code and a message that says part. */
void source_rows_assert_refused (GenesisSource *source, int code, const char *part);
/* Nothing is asked of the server yet. */
GenesisSource *source_rows_open_postgres (const char *connection, const char *table);
