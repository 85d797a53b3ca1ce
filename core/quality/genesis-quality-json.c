/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "base/genesis-file-private.h"
#include "base/genesis-json-member-private.h"
#include "base/genesis-json-text-private.h"
#include "quality/genesis-quality-evaluator-private.h"

/* The result as JSON; docs/schema/genesis-quality-1.schema.json describes it. */

static void
begin_object (JsonBuilder *to, const char *name)
{
  json_builder_set_member_name (to, name);
  json_builder_begin_object (to);
}

static void
add_flag (JsonBuilder *to, const char *name, gboolean value)
{
  json_builder_set_member_name (to, name);
  json_builder_add_boolean_value (to, value);
}

void
genesis_quality_add_interval (JsonBuilder *to, const char *name, GenesisInterval interval)
{
  if (isnan (interval.value))
    {
      genesis_json_add_number (to, name, NAN);
      return;
    }
  begin_object (to, name);
  genesis_json_add_number (to, "value", interval.value);
  genesis_json_add_number (to, "lo", interval.lo);
  genesis_json_add_number (to, "hi", interval.hi);
  json_builder_end_object (to);
}

static void
add_share (JsonBuilder *to, const char *name, const GenesisGroupValues *values)
{
  genesis_quality_add_interval (to, name, genesis_group_values_get_share (values));
}

/* -- sections --------------------------------------------------------------- */

static void
add_rows (const GenesisQualityEvaluator *self, JsonBuilder *to)
{
  const GenesisQualityFrame *holdout = self->frames[GENESIS_QUALITY_HOLDOUT];

  begin_object (to, "rows");
  genesis_json_add_count (to, "real", self->frames[GENESIS_QUALITY_REAL]->n_rows);
  genesis_json_add_count (to, "synthetic", self->frames[GENESIS_QUALITY_SYNTHETIC]->n_rows);
  if (holdout != NULL)
    genesis_json_add_count (to, "holdout", holdout->n_rows);
  else
    genesis_json_add_number (to, "holdout", NAN);
  json_builder_end_object (to);
}

/* While training rows are copied the figures are not worth reading: copies score best. */
static void
add_headline (const GenesisQualityEvaluator *self, const GPtrArray *alarms, JsonBuilder *to)
{
  gboolean is_copy = self->result->copies.alarm;

  begin_object (to, "headline");
  json_builder_set_member_name (to, "alarm");
  if (is_copy)
    json_builder_add_string_value (
        to, ((const GenesisQualityAlarm *)g_ptr_array_index (alarms, 0))->what);
  else
    json_builder_add_null_value (to);
  if (is_copy)
    genesis_json_add_number (to, "fidelity", NAN);
  else
    add_share (to, "fidelity", &self->result->workload->fidelity);
  genesis_quality_learning_add_headline (self, is_copy, to);
  genesis_json_add_number (to, "overall_score", is_copy ? NAN : self->similarity->overall);
  add_flag (to, "holdout", self->result->workload->has_holdout);
  json_builder_end_object (to);
}

static void
add_alarms (const GPtrArray *alarms, JsonBuilder *to)
{
  json_builder_set_member_name (to, "alarms");
  json_builder_begin_array (to);
  for (guint i = 0; i < alarms->len; i++)
    {
      const GenesisQualityAlarm *alarm = g_ptr_array_index (alarms, i);

      json_builder_begin_object (to);
      genesis_json_add_text (to, "code", alarm->code);
      genesis_json_add_text (to, "what", alarm->what);
      json_builder_end_object (to);
    }
  json_builder_end_array (to);
}

static void
add_similarity (const GenesisSimilarity *similarity, JsonBuilder *to)
{
  begin_object (to, "similarity");
  genesis_json_add_number (to, "overall_score", similarity->overall);
  genesis_json_add_number (to, "overall_thresholded", similarity->overall_thresholded);
  genesis_json_add_number (to, "column_shapes", similarity->shapes);
  genesis_json_add_number (to, "pairs_all", similarity->pairs_all);
  genesis_json_add_number (to, "pairs_thresholded", similarity->pairs_thresholded);
  genesis_json_add_number (to, "coverage", similarity->coverage);
  genesis_json_add_number (to, "boundary_adherence", similarity->boundary);
  genesis_json_add_number (to, "data_validity", similarity->validity);
  json_builder_end_object (to);
}

static void
add_errors (JsonBuilder *to, const char *name, const GenesisGroupValues *errors)
{
  begin_object (to, name);
  add_share (to, "synthetic", &errors[GENESIS_WORKLOAD_SYNTHETIC]);
  add_share (to, "floor", &errors[GENESIS_WORKLOAD_FLOOR]);
  add_share (to, "ceiling", &errors[GENESIS_WORKLOAD_CEILING]);
  json_builder_end_object (to);
}

static void
add_workload (const GenesisWorkload *workload, JsonBuilder *to)
{
  begin_object (to, "workload");
  genesis_json_add_text (to, "judge", workload->has_holdout ? "holdout" : "half of the real rows");
  genesis_json_add_count (to, "rows", workload->n_rows);
  genesis_json_add_count (to, "pairs", workload->n_pairs);
  genesis_json_add_count (to, "triples", workload->n_triples);
  genesis_json_add_count (to, "triples_in_all", workload->n_triples_in_all);
  add_errors (to, "error", workload->pairs);
  add_errors (to, "error_3way", workload->triples);
  add_share (to, "fidelity", &workload->fidelity);
  json_builder_end_object (to);
}

static void
add_validity_of (JsonBuilder *to, const char *name, const GenesisRowValidity *validity)
{
  if (validity->n_rows == 0)
    {
      genesis_json_add_number (to, name, NAN);
      return;
    }
  begin_object (to, name);
  genesis_json_add_count (to, "rows", validity->n_rows);
  genesis_json_add_count (to, "outside", validity->n_bad);
  genesis_json_add_count (to, "breaking_constraints", validity->n_broken);
  add_share (to, "share", &validity->share);
  json_builder_end_object (to);
}

static void
add_validity (const GenesisQualityEvaluator *self, JsonBuilder *to)
{
  const GenesisRowValidity *validity = self->result->validity;

  begin_object (to, "validity");
  genesis_json_add_text (to, "rule", self->schema != NULL ? "schema" : "real rows");
  add_validity_of (to, "synthetic", &validity[GENESIS_QUALITY_SYNTHETIC]);
  add_validity_of (to, "real", &validity[GENESIS_QUALITY_REAL]);
  add_validity_of (to, "holdout", &validity[GENESIS_QUALITY_HOLDOUT]);
  json_builder_end_object (to);
}

static void
add_copies (const GenesisRowCopies *copies, JsonBuilder *to)
{
  begin_object (to, "copies");
  genesis_json_add_count (to, "of_training", copies->training);
  if (copies->has_holdout)
    genesis_json_add_count (to, "of_holdout", copies->holdout);
  else
    genesis_json_add_number (to, "of_holdout", NAN);
  genesis_json_add_count (to, "training_repeated", copies->repeated);
  genesis_json_add_count (to, "sample", copies->n_fair);
  genesis_json_add_count (to, "only_in_training_sample", copies->only_training);
  genesis_json_add_count (to, "only_in_holdout_sample", copies->only_holdout);
  add_flag (to, "alarm", copies->alarm);
  json_builder_end_object (to);
}

static void
add_nearest (const GenesisNearestRecords *nearest, JsonBuilder *to)
{
  begin_object (to, "nearest");
  genesis_json_add_count (to, "synthetic_rows", nearest->n_synthetic);
  genesis_json_add_count (to, "rows_of_each", nearest->n_real);
  genesis_json_add_number (to, "distance_to_training", nearest->median_training);
  genesis_json_add_number (to, "distance_to_holdout", nearest->median_holdout);
  genesis_json_add_number (to, "ratio_to_training", nearest->ratio_training);
  genesis_json_add_number (to, "ratio_to_holdout", nearest->ratio_holdout);
  add_share (to, "closer_to_training", &nearest->closer);
  genesis_json_add_number (to, "closer_limit", nearest->closer_limit);
  add_flag (to, "closer_alarm", nearest->closer_alarm);
  genesis_json_add_number (to, "membership_advantage", nearest->advantage);
  genesis_json_add_number (to, "membership_limit", nearest->advantage_limit);
  add_flag (to, "membership_alarm", nearest->advantage_alarm);
  json_builder_end_object (to);
}

static void
add_privacy (const GenesisQualityResult *result, JsonBuilder *to)
{
  begin_object (to, "privacy");
  genesis_json_add_text (to, "note", "alarms of a regression, no guarantee");
  add_copies (&result->copies, to);
  add_nearest (&result->nearest, to);
  json_builder_end_object (to);
}

/**
 * genesis_quality_evaluator_to_json:
 * @self: an evaluator
 * @error: as genesis_quality_evaluator_evaluate()
 *
 * All figures as an object of the format "genesis-quality/1", whose JSON Schema is installed beside
 * those of the schema files. What is not known is null.
 *
 * Returns: (transfer full) (nullable): JSON
 */
char *
genesis_quality_evaluator_to_json (GenesisQualityEvaluator *self, GError **error)
{
  g_autoptr (JsonBuilder) to = NULL;
  g_autoptr (GPtrArray) alarms = NULL;
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (GENESIS_IS_QUALITY_EVALUATOR (self), NULL);

  if (!genesis_quality_evaluator_evaluate (self, NULL, error))
    return NULL;
  to = json_builder_new ();
  alarms = genesis_quality_alarms_new (self);
  json_builder_begin_object (to);
  genesis_json_add_text (to, "format", GENESIS_QUALITY_FORMAT);
  add_flag (to, "for_release", FALSE);
  genesis_json_add_text (to, "stamp", GENESIS_QUALITY_STAMP);
  genesis_json_add_count (to, "seed", self->seed);
  add_rows (self, to);
  genesis_json_add_texts (to, "excluded",
                          genesis_schema_get_excluded (
                              genesis_table_get_schema (self->tables[GENESIS_QUALITY_REAL])));
  add_headline (self, alarms, to);
  add_alarms (alarms, to);
  add_similarity (self->similarity, to);
  add_workload (self->result->workload, to);
  genesis_quality_learning_add (self, to);
  add_validity (self, to);
  add_privacy (self->result, to);
  genesis_quality_detail_add (self, to);
  json_builder_end_object (to);
  root = json_builder_get_root (to);
  return genesis_json_text_print (root);
}

/**
 * genesis_quality_evaluator_save_json:
 * @self: an evaluator
 * @path: (type filename): a file, complete or absent
 * @error: as genesis_quality_evaluator_evaluate(), and of writing
 *
 * Writes genesis_quality_evaluator_to_json() to a file.
 *
 * Returns: whether it was written
 */
gboolean
genesis_quality_evaluator_save_json (GenesisQualityEvaluator *self, const char *path,
                                     GError **error)
{
  g_autofree char *json = NULL;

  g_return_val_if_fail (GENESIS_IS_QUALITY_EVALUATOR (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  json = genesis_quality_evaluator_to_json (self, error);
  return json != NULL && genesis_file_save (path, json, strlen (json), error);
}
