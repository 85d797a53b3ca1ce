/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-federated-generator.h>

G_BEGIN_DECLS

/**
 * GenesisPipeline:
 *
 * A keyfile turned into objects: sites, schema, generator, aggregator, outputs.
 */
#define GENESIS_TYPE_PIPELINE (genesis_pipeline_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisPipeline, genesis_pipeline, GENESIS, PIPELINE, GObject)

/* overrides: "group.key" -> value, from the command line; they win over environment and keyfile. */
GENESIS_API GenesisPipeline *genesis_pipeline_load            (const char       *path,
                                                               GHashTable       *overrides,
                                                               GenesisPluginHost *host,
                                                               GError          **error);
/* Everything that can be checked without reading rows. */
GENESIS_API gboolean         genesis_pipeline_check           (GenesisPipeline  *self,
                                                               GError          **error);
/* Effective settings with their origin, as JSON: {"group": {"key": {"value": ..., "origin": ...}}}. */
GENESIS_API char            *genesis_pipeline_dup_effective   (GenesisPipeline  *self);
GENESIS_API GenesisFederatedGenerator *
                             genesis_pipeline_get_generator   (GenesisPipeline  *self);
/* The whole pipeline: schema, rounds, outputs. Returns the JSON that "genesis run --json" prints. */
GENESIS_API char            *genesis_pipeline_run             (GenesisPipeline  *self,
                                                               GCancellable     *cancellable,
                                                               GError          **error);

G_END_DECLS
