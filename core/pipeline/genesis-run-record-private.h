/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "pipeline/genesis-pipeline-private.h"

G_BEGIN_DECLS

typedef enum
{
  GENESIS_RUN_STATE_NEW,
  GENESIS_RUN_STATE_OPEN,  /* rounds were begun: goes on */
  GENESIS_RUN_STATE_SEALED /* trained to the end: outputs are drawn again */
} GenesisRunState;

/* Beside the ledger in the run's folder: settings.ini (what the run was begun with, so that a
   change can be named), schema.json and findings.txt (what was agreed before round 1). */

/* Opens the folder, forgets it when the pipeline is fresh, and refuses changed settings, plugins
   and tables. */
gboolean genesis_run_record_open (GenesisPipeline *pipeline, GenesisRunState *state,
                                  GError **error);
/* Before round 1 of a new run. */
gboolean genesis_run_record_save (GenesisPipeline *pipeline, GenesisPipelineSchema *schema,
                                  GError **error);
/* The schema of a run that goes on. */
gboolean genesis_run_record_load_schema (GenesisPipeline *pipeline, GenesisPipelineSchema *schema,
                                         GError **error);
const char *genesis_run_state_get_text (GenesisRunState state);

/* genesis-pipeline-result.c: what "genesis run --json" prints. rows: of the synthetic table. */
JsonNode *genesis_pipeline_describe_result (GenesisPipeline *pipeline,
                                            const GenesisTrainingResult *training,
                                            GenesisPipelineSchema *schema, GenesisRunState state,
                                            guint64 rows);

G_END_DECLS
