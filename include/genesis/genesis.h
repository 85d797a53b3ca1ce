/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-aggregator.h>
#include <genesis/genesis-csv-dialect.h>
#include <genesis/genesis-csv-writer.h>
#include <genesis/genesis-data-site.h>
#include <genesis/genesis-data-summary.h>
#include <genesis/genesis-error.h>
#include <genesis/genesis-federated-generator.h>
#include <genesis/genesis-federated-training-simulator.h>
#include <genesis/genesis-field.h>
#include <genesis/genesis-macros.h>
#include <genesis/genesis-model.h>
#include <genesis/genesis-pipeline.h>
#include <genesis/genesis-plugin-host.h>
#include <genesis/genesis-privacy.h>
#include <genesis/genesis-quality-evaluator.h>
#include <genesis/genesis-records.h>
#include <genesis/genesis-rehearsal.h>
#include <genesis/genesis-row-constraint.h>
#include <genesis/genesis-schema-compare.h>
#include <genesis/genesis-schema-draft.h>
#include <genesis/genesis-schema.h>
#include <genesis/genesis-simulation-result.h>
#include <genesis/genesis-site-config.h>
#include <genesis/genesis-site-list.h>
#include <genesis/genesis-site-policy.h>
#include <genesis/genesis-source.h>
#include <genesis/genesis-table.h>
#include <genesis/genesis-training-result.h>
#include <genesis/genesis-version.h>
