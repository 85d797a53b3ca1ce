/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-table.h>

G_BEGIN_DECLS

/**
 * GenesisRowConstraintKind:
 * @GENESIS_ROW_CONSTRAINT_KIND_ORDER: one column is at most, or less than, another
 * @GENESIS_ROW_CONSTRAINT_KIND_SUM: columns times small integers add up to another
 * @GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION: a value of one column decides the cell of another
 * @GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH: at most one of two cells is present
 *
 * What a constraint says about every row.
 */
typedef enum
{
  GENESIS_ROW_CONSTRAINT_KIND_ORDER,
  GENESIS_ROW_CONSTRAINT_KIND_SUM,
  GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION,
  GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH
} GenesisRowConstraintKind;

#define GENESIS_TYPE_ROW_CONSTRAINT_KIND (genesis_row_constraint_kind_get_type ())
GENESIS_API GType genesis_row_constraint_kind_get_type (void);

/**
 * GenesisRowConstraint:
 *
 * Something that holds in every row of a table. It names columns and belongs to no schema until
 * genesis_schema_with_constraints() takes it. Immutable; reference counted.
 */
typedef struct _GenesisRowConstraint GenesisRowConstraint;

#define GENESIS_TYPE_ROW_CONSTRAINT (genesis_row_constraint_get_type ())
GENESIS_API GType genesis_row_constraint_get_type (void);

GENESIS_API GenesisRowConstraint *genesis_row_constraint_new_order       (const char         *low,
                                                                          const char         *high,
                                                                          gboolean            strict);
GENESIS_API GenesisRowConstraint *genesis_row_constraint_new_sum         (const char *const  *terms,
                                                                          const gint         *coefficients,
                                                                          gsize               n_coefficients,
                                                                          const char         *total);
GENESIS_API GenesisRowConstraint *genesis_row_constraint_new_implication (const char         *cause,
                                                                          const char         *value,
                                                                          const char         *effect,
                                                                          const char         *effect_value);
GENESIS_API GenesisRowConstraint *genesis_row_constraint_new_dependency  (const char         *cause,
                                                                          const char *const  *values,
                                                                          const char         *effect,
                                                                          const char *const  *effect_values);
GENESIS_API GenesisRowConstraint *genesis_row_constraint_new_not_both    (const char         *first,
                                                                          const char         *second);
GENESIS_API GenesisRowConstraint *genesis_row_constraint_ref             (GenesisRowConstraint *self);
GENESIS_API void                  genesis_row_constraint_unref           (GenesisRowConstraint *self);

GENESIS_API GenesisRowConstraintKind genesis_row_constraint_get_kind     (const GenesisRowConstraint *self);
GENESIS_API const char *const    *genesis_row_constraint_get_columns     (const GenesisRowConstraint *self);
GENESIS_API char                 *genesis_row_constraint_dup_text        (const GenesisRowConstraint *self);
GENESIS_API gboolean              genesis_row_constraint_equal           (const GenesisRowConstraint *self,
                                                                          const GenesisRowConstraint *other);

/* Of a schema. */
GENESIS_API GenesisSchema        *genesis_schema_with_constraints        (GenesisSchema      *self,
                                                                          GenesisRowConstraint *const *constraints,
                                                                          gsize               n_constraints,
                                                                          GError            **error);
GENESIS_API guint                 genesis_schema_get_n_constraints       (GenesisSchema      *self);
GENESIS_API GenesisRowConstraint *genesis_schema_get_constraint          (GenesisSchema      *self,
                                                                          guint               index);
GENESIS_API guint                 genesis_schema_get_n_proposed          (GenesisSchema      *self);
GENESIS_API GenesisRowConstraint *genesis_schema_get_proposed            (GenesisSchema      *self,
                                                                          guint               index);
GENESIS_API GenesisSchema        *genesis_schema_adopt_proposed          (GenesisSchema      *self,
                                                                          GError            **error);

/* Of a table. */
GENESIS_API guint64               genesis_table_count_violations         (GenesisTable       *self,
                                                                          guint               constraint);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisRowConstraint, genesis_row_constraint_unref)

G_END_DECLS
