/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-macros.h>

G_BEGIN_DECLS

/**
 * GenesisFieldKind:
 * @GENESIS_FIELD_KIND_INTEGER: int64 in units of 10^-decimals (integers and decimals, exact as printed)
 * @GENESIS_FIELD_KIND_REAL: double
 * @GENESIS_FIELD_KIND_CATEGORY: one of a public vocabulary, stored as an int32 code
 * @GENESIS_FIELD_KIND_BOOLEAN: two categories with their spelling kept
 * @GENESIS_FIELD_KIND_DATETIME: int64 ticks since 1970 in the granularity that the data show
 *
 * What a column holds.
 */
typedef enum
{
  GENESIS_FIELD_KIND_INTEGER,
  GENESIS_FIELD_KIND_REAL,
  GENESIS_FIELD_KIND_CATEGORY,
  GENESIS_FIELD_KIND_BOOLEAN,
  GENESIS_FIELD_KIND_DATETIME
} GenesisFieldKind;

#define GENESIS_TYPE_FIELD_KIND (genesis_field_kind_get_type ())
GENESIS_API GType genesis_field_kind_get_type (void);

/**
 * GenesisField:
 *
 * The public shape of one column: name, kind, bounds or vocabulary. Immutable; reference counted.
 */
typedef struct _GenesisField GenesisField;

#define GENESIS_TYPE_FIELD (genesis_field_get_type ())
GENESIS_API GType genesis_field_get_type (void);

GENESIS_API GenesisField *genesis_field_new_integer  (const char         *name,
                                                      int                 decimals,
                                                      gint64              lo,
                                                      gint64              hi);
GENESIS_API GenesisField *genesis_field_new_real     (const char         *name,
                                                      double              lo,
                                                      double              hi);
GENESIS_API GenesisField *genesis_field_new_category (const char         *name,
                                                      const char *const  *categories);
GENESIS_API GenesisField *genesis_field_new_boolean  (const char         *name,
                                                      const char         *no,
                                                      const char         *yes);
GENESIS_API GenesisField *genesis_field_new_datetime (const char         *name,
                                                      const char         *format,
                                                      gint64              lo,
                                                      gint64              hi);
GENESIS_API GenesisField *genesis_field_with_missing (const GenesisField *self,
                                                      const char         *spelling);
GENESIS_API GenesisField *genesis_field_with_unit    (const GenesisField *self,
                                                      const char         *unit);
GENESIS_API GenesisField *genesis_field_with_format  (const GenesisField *self,
                                                      const char         *format);
GENESIS_API GenesisField *genesis_field_ref          (GenesisField       *self);
GENESIS_API void          genesis_field_unref        (GenesisField       *self);

GENESIS_API const char        *genesis_field_get_name         (const GenesisField *self);
GENESIS_API GenesisFieldKind   genesis_field_get_kind         (const GenesisField *self);
GENESIS_API const char        *genesis_field_get_unit         (const GenesisField *self);
GENESIS_API int                genesis_field_get_decimals     (const GenesisField *self);
GENESIS_API const char        *genesis_field_get_format       (const GenesisField *self);
GENESIS_API gboolean           genesis_field_get_may_be_missing (const GenesisField *self);
GENESIS_API const char *const *genesis_field_get_categories   (const GenesisField *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisField, genesis_field_unref)

G_END_DECLS
