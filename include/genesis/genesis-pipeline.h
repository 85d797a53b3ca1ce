/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-federated-generator.h>

G_BEGIN_DECLS

/**
 * GenesisPipeline:
 *
 * A key file turned into objects: sites, schema, generator, aggregator, outputs.
 *
 * Property: "fresh" (forget what the run directory holds and start anew; FALSE).
 *
 * Signals, emitted in the thread that calls genesis_pipeline_run(): "progress" (what is done now, utf8; the share of
 * it that is done, gdouble in [0, 1], or -1 when unknown), "round-finished" (GenesisRoundInfo), "site-dropped" (site
 * name, reason), "warning" (text).
 */
#define GENESIS_TYPE_PIPELINE (genesis_pipeline_get_type ())
GENESIS_API
G_DECLARE_FINAL_TYPE (GenesisPipeline, genesis_pipeline, GENESIS, PIPELINE, GObject)

/* overrides: "group.key" -> value, from the command line; they win over environment and keyfile. NULL: none. */
GENESIS_API GenesisPipeline *genesis_pipeline_load            (const char       *path,
                                                               GHashTable       *overrides,
                                                               GenesisPluginHost *host,
                                                               GError          **error);
/* Everything that can be checked without reading rows. */
GENESIS_API gboolean         genesis_pipeline_check           (GenesisPipeline  *self,
                                                               GError          **error);
/* Effective settings with their origin, as JSON: {"group": {"key": {"value": ..., "origin": ...}}}. */
GENESIS_API char            *genesis_pipeline_dup_effective   (GenesisPipeline  *self);
GENESIS_API gboolean         genesis_pipeline_get_fresh       (GenesisPipeline  *self);
GENESIS_API void             genesis_pipeline_set_fresh       (GenesisPipeline  *self,
                                                               gboolean          fresh);
/* NULL until genesis_pipeline_run() has made it. */
GENESIS_API GenesisFederatedGenerator *
                             genesis_pipeline_get_generator   (GenesisPipeline  *self);
/* What would leave each site, as JSON: round 1 exactly, later rounds "depends on answers". Measures and writes nothing;
   reads rows only to draft a schema when none is declared. */
GENESIS_API char            *genesis_pipeline_preview         (GenesisPipeline  *self,
                                                               GCancellable     *cancellable,
                                                               GError          **error);
/* The whole pipeline: schema, rounds, outputs. Returns the JSON that "genesis run --json" prints. */
GENESIS_API char            *genesis_pipeline_run             (GenesisPipeline  *self,
                                                               GCancellable     *cancellable,
                                                               GError          **error);

G_END_DECLS
