/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "base/genesis-json-member-private.h"
#include "quality/genesis-quality-evaluator-private.h"

/* Column by column and pair by pair. */

static void
add_flag (JsonBuilder *to, const char *name, gboolean value)
{
  json_builder_set_member_name (to, name);
  json_builder_add_boolean_value (to, value);
}

static double
get_missing_share (const GenesisQualityEvaluator *self, GenesisQualityRole role, guint column)
{
  return (double)self->similarity->columns[column].n_missing[role]
         / (double)self->frames[role]->n_rows;
}

static void
add_column (const GenesisQualityEvaluator *self, JsonBuilder *to, guint i)
{
  static const char *const kinds[] = { "number", "time", "category" };
  const GenesisColumnScores *scores = &self->similarity->columns[i];
  const GenesisRowValidity *validity = &self->result->validity[GENESIS_QUALITY_SYNTHETIC];

  json_builder_begin_object (to);
  genesis_json_add_text (to, "name", self->shape->names[i]);
  genesis_json_add_text (to, "kind", kinds[self->shape->kinds[i]]);
  genesis_json_add_number (to, "shape", scores->shape);
  genesis_json_add_number (to, "coverage", scores->coverage);
  genesis_json_add_number (to, "adherence", scores->adherence);
  genesis_json_add_number (to, "missing_real", get_missing_share (self, GENESIS_QUALITY_REAL, i));
  genesis_json_add_number (to, "missing_synthetic",
                           get_missing_share (self, GENESIS_QUALITY_SYNTHETIC, i));
  genesis_json_add_count (to, "outside", validity->n_outside[i]);
  genesis_json_add_count (to, "gaps", validity->n_gaps[i]);
  json_builder_end_object (to);
}

static void
add_pair (const GenesisQualityEvaluator *self, JsonBuilder *to, guint i)
{
  const GenesisPairScore *pair = &g_array_index (self->similarity->pairs, GenesisPairScore, i);
  const GenesisWorkload *workload = self->result->workload;

  json_builder_begin_object (to);
  genesis_json_add_text (to, "a", self->shape->names[pair->a]);
  genesis_json_add_text (to, "b", self->shape->names[pair->b]);
  genesis_json_add_text (to, "metric", pair->is_correlation ? "correlation" : "contingency");
  genesis_json_add_number (to, "score", pair->score);
  if (pair->is_correlation)
    {
      genesis_json_add_number (to, "real_correlation", pair->correlations[0]);
      genesis_json_add_number (to, "synthetic_correlation", pair->correlations[1]);
    }
  genesis_json_add_number (to, "strength", pair->strength);
  add_flag (to, "strong", pair->is_strong);
  genesis_json_add_number (to, "workload_error",
                           i < workload->n_pairs ? workload->pair_errors[i] : NAN);
  json_builder_end_object (to);
}

void
genesis_quality_detail_add (const GenesisQualityEvaluator *self, JsonBuilder *to)
{
  json_builder_set_member_name (to, "columns");
  json_builder_begin_array (to);
  for (guint i = 0; i < self->shape->n_columns; i++)
    add_column (self, to, i);
  json_builder_end_array (to);
  json_builder_set_member_name (to, "pairs");
  json_builder_begin_array (to);
  for (guint i = 0; i < self->similarity->pairs->len; i++)
    add_pair (self, to, i);
  json_builder_end_array (to);
}
