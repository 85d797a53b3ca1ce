/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "base/genesis-json-member-private.h"
#include "quality/genesis-quality-evaluator-private.h"

/* What classifiers found, as JSON. */

static void
add_null (JsonBuilder *to, const char *name)
{
  json_builder_set_member_name (to, name);
  json_builder_add_null_value (to);
}

static void
add_detection (const GenesisQualityEvaluator *self, JsonBuilder *to)
{
  const GenesisDetection *detection = self->result->detection;

  if (detection == NULL)
    {
      add_null (to, "detection");
      return;
    }
  json_builder_set_member_name (to, "detection");
  json_builder_begin_object (to);
  genesis_json_add_text (to, "against",
                         self->frames[GENESIS_QUALITY_HOLDOUT] != NULL ? "holdout" : "real rows");
  genesis_json_add_count (to, "rows_of_each", detection->n_each);
  genesis_quality_add_interval (to, "logistic", detection->logistic);
  genesis_quality_add_interval (to, "trees", detection->trees);
  json_builder_end_object (to);
}

static void
add_utility (const GenesisQualityEvaluator *self, JsonBuilder *to)
{
  const GenesisUtility *utility = self->result->utility;

  if (utility == NULL)
    {
      add_null (to, "target");
      return;
    }
  json_builder_set_member_name (to, "target");
  json_builder_begin_object (to);
  genesis_json_add_text (to, "column", self->target);
  genesis_json_add_text (to, "figure", utility->is_area ? "area" : "explained");
  genesis_json_add_count (to, "rows_of_each", utility->n_each);
  genesis_quality_add_interval (to, "synthetic", utility->synthetic);
  genesis_quality_add_interval (to, "real", utility->real);
  json_builder_end_object (to);
}

void
genesis_quality_learning_add (const GenesisQualityEvaluator *self, JsonBuilder *to)
{
  add_detection (self, to);
  add_utility (self, to);
}

/* The stronger classifier; synthetic rows are credited with no more than real rows teach. */
void
genesis_quality_learning_add_headline (const GenesisQualityEvaluator *self, gboolean is_copy,
                                       JsonBuilder *to)
{
  const GenesisDetection *detection = self->result->detection;
  const GenesisUtility *utility = self->result->utility;
  double strongest = NAN, learned = NAN;

  if (detection != NULL && !is_copy)
    strongest = MAX (detection->logistic.value, detection->trees.value);
  if (utility != NULL && !is_copy)
    learned = MIN (utility->synthetic.value, utility->real.value);
  genesis_json_add_number (to, "detection", strongest);
  genesis_json_add_number (to, "train_synthetic", learned);
}
