/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-quality-evaluator.h>
#include <json-glib/json-glib.h>

#include "quality/genesis-detection-private.h"
#include "quality/genesis-nearest-records-private.h"
#include "quality/genesis-row-copies-private.h"
#include "quality/genesis-row-validity-private.h"
#include "quality/genesis-similarity-private.h"
#include "quality/genesis-utility-private.h"
#include "quality/genesis-workload-private.h"

G_BEGIN_DECLS

/* Words that every form of the result carries. */
#define GENESIS_QUALITY_STAMP                                                                      \
  "contains statistics of real rows, not differentially private, not for release"
#define GENESIS_QUALITY_FORMAT "genesis-quality/1"

/**
 * GenesisQualityRole:
 *
 * The tables of an evaluation.
 */
typedef enum
{
  GENESIS_QUALITY_REAL,
  GENESIS_QUALITY_SYNTHETIC,
  GENESIS_QUALITY_HOLDOUT,
  GENESIS_QUALITY_N_ROLES
} GenesisQualityRole;

/**
 * GenesisQualityResult:
 * @validity: of the synthetic and the holdout rows; those of the real rows where a schema is the
 * rule
 *
 * @detection: of the synthetic rows among the judge's; NULL: not asked for, or too few rows
 * @utility: for the target; NULL: there is none
 *
 * What was measured beside the similarity scores.
 */
typedef struct
{
  GenesisWorkload *workload;
  GenesisRowCopies copies;
  GenesisNearestRecords nearest;
  GenesisRowValidity validity[GENESIS_QUALITY_N_ROLES];
  GenesisDetection *detection;
  GenesisUtility *utility;
} GenesisQualityResult;

struct _GenesisQualityEvaluator
{
  GObject parent_instance;

  GenesisTable *tables[GENESIS_QUALITY_N_ROLES]; /* the holdout may be NULL */
  GenesisSchema *schema;                         /* or NULL */
  guint64 seed;
  gboolean detection;
  char *target; /* or NULL */

  /* made when they are first needed */
  GenesisQualityShape *shape;
  GenesisQualityFrame *frames[GENESIS_QUALITY_N_ROLES];
  GenesisValidityRules *rules;
  GenesisSimilarity *similarity;
  GenesisQualityResult *result;
};

/* Frames and the similarity scores. */
gboolean genesis_quality_evaluator_compare (GenesisQualityEvaluator *self, GError **error);
/* Forgets what was made. */
void genesis_quality_evaluator_reset (GenesisQualityEvaluator *self);

/* The members "detection" and "target" of the JSON, and their figures of its headline. */
void genesis_quality_learning_add (const GenesisQualityEvaluator *self, JsonBuilder *to);
void genesis_quality_learning_add_headline (const GenesisQualityEvaluator *self, gboolean is_copy,
                                            JsonBuilder *to);
/* null when there is no figure; ends are null when there is no interval. */
void genesis_quality_add_interval (JsonBuilder *to, const char *name, GenesisInterval interval);

/* "code" and "what" of each alarm. (element-type GenesisQualityAlarm) */
typedef struct
{
  const char *code;
  char *what;
} GenesisQualityAlarm;

/* (transfer full) */
GPtrArray *genesis_quality_alarms_new (const GenesisQualityEvaluator *self);
/* The members "columns" and "pairs" of the JSON. */
void genesis_quality_detail_add (const GenesisQualityEvaluator *self, JsonBuilder *to);

G_END_DECLS
