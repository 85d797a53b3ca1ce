/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-macros.h>

G_BEGIN_DECLS

/**
 * GenesisCsvDialect:
 *
 * How a table of text is written: what separates and quotes its cells, its encoding, its decimal
 * sign. Each setting has a name and a text, as in a key file; what is not set is found in the file
 * or has a default.
 */
typedef struct _GenesisCsvDialect GenesisCsvDialect;

#define GENESIS_TYPE_CSV_DIALECT (genesis_csv_dialect_get_type ())
GENESIS_API GType              genesis_csv_dialect_get_type  (void);

GENESIS_API GenesisCsvDialect *genesis_csv_dialect_new       (void);
GENESIS_API GenesisCsvDialect *genesis_csv_dialect_copy      (const GenesisCsvDialect *self);
GENESIS_API void               genesis_csv_dialect_free      (GenesisCsvDialect       *self);
GENESIS_API gboolean           genesis_csv_dialect_set       (GenesisCsvDialect       *self,
                                                              const char              *name,
                                                              const char              *value,
                                                              GError                 **error);
GENESIS_API char              *genesis_csv_dialect_dup_value (const GenesisCsvDialect *self,
                                                              const char              *name);
GENESIS_API gboolean           genesis_csv_dialect_equal     (const GenesisCsvDialect *self,
                                                              const GenesisCsvDialect *other);
GENESIS_API const char *const *genesis_csv_dialect_get_names (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisCsvDialect, genesis_csv_dialect_free)

G_END_DECLS
