/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema.h>

G_BEGIN_DECLS

/**
 * GenesisModel:
 *
 * Schema + settings + state, with the sites' own states and the provenance: what a model file holds.
 * Immutable; reference counted.
 */
typedef struct _GenesisModel GenesisModel;

#define GENESIS_TYPE_MODEL (genesis_model_get_type ())
GENESIS_API GType genesis_model_get_type (void);

GENESIS_API GenesisModel  *genesis_model_ref            (GenesisModel   *self);
GENESIS_API void           genesis_model_unref          (GenesisModel   *self);
GENESIS_API GenesisModel  *genesis_model_load           (const char     *path,
                                                         GError        **error);
GENESIS_API GenesisModel  *genesis_model_new_from_bytes (GBytes         *bytes,
                                                         GError        **error);
GENESIS_API GBytes        *genesis_model_to_bytes       (GenesisModel   *self);
GENESIS_API gboolean       genesis_model_save           (GenesisModel   *self,
                                                         const char     *path,
                                                         GError        **error);
/* SHA-256 of the pooled section, hexadecimal. */
GENESIS_API const char    *genesis_model_get_digest     (GenesisModel   *self);
GENESIS_API GenesisSchema *genesis_model_get_schema     (GenesisModel   *self);
GENESIS_API const char    *genesis_model_get_generator  (GenesisModel   *self);
/* What "genesis model show" prints, as JSON: schema summary, settings, blocks, sites, provenance. */
GENESIS_API char          *genesis_model_describe       (GenesisModel   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisModel, genesis_model_unref)

G_END_DECLS
