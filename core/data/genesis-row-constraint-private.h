/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-row-constraint.h>
#include <json-glib/json-glib.h>

#include "base/genesis-encoder-private.h"

G_BEGIN_DECLS

#define GENESIS_ROW_CONSTRAINT_MAX_COEFFICIENT 1000
#define GENESIS_ROW_CONSTRAINT_MAX_TERMS       64u
#define GENESIS_ROW_CONSTRAINT_MAX_ENTRIES     65536u
#define GENESIS_SCHEMA_MAX_CONSTRAINTS         4096u

/* A value of the cause and what the effect then is, as texts; NULL is a missing cell. */
typedef struct
{
  char *value, *effect;
} GenesisImpliedCell;

/**
 * GenesisRowConstraint: see the public header.
 * @columns: ORDER: low, high; SUM: the terms, then the total; IMPLICATION: cause, effect; NOT_BOTH:
 *   the two
 * @coefficients: SUM: one a term
 * @implied: IMPLICATION: in order of value, missing first
 */
struct _GenesisRowConstraint
{
  gatomicrefcount ref_count;
  GenesisRowConstraintKind kind;
  gboolean strict;
  char **columns;
  guint n_columns;
  gint *coefficients;
  GenesisImpliedCell *implied;
  guint n_implied;
};

/* IMPLICATION from n pairs, NULL being a missing cell; of pairs alike but for the effect both stay,
   for whoever checks. */
GenesisRowConstraint *genesis_row_constraint_new_implied (const char *cause, const char *effect,
                                                          const GenesisImpliedCell *implied,
                                                          gsize n_implied);
/* Whether all values imply the same cell. */
gboolean genesis_row_constraint_is_uniform (const GenesisRowConstraint *self);

/* The list of member ("constraints" or "proposed") of a schema file: GenesisRowConstraint. */
GPtrArray *genesis_row_constraints_new_from_json (JsonNode *node, const char *member,
                                                  GError **error);
/* Adds the list under member, nothing when it is empty. */
void genesis_row_constraints_to_json (GPtrArray *constraints, const char *member,
                                      JsonBuilder *builder);

void genesis_row_constraints_encode (GPtrArray *constraints, GenesisEncoder *to);
/* Fails the decoder when the bytes are damaged. */
GPtrArray *genesis_row_constraints_decode (GenesisDecoder *from);

G_END_DECLS
