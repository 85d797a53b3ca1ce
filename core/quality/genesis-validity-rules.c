/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "data/genesis-field-private.h"
#include "data/genesis-number-private.h"
#include "quality/genesis-row-validity-private.h"

#define NS_PER_US 1000.0

static GenesisValidityRules *
rules_new_bare (guint n_columns)
{
  GenesisValidityRules *self = g_new0 (GenesisValidityRules, 1);

  self->n_columns = n_columns;
  self->rules = g_new0 (GenesisValidityRule, n_columns);
  return self;
}

void
genesis_validity_rules_free (GenesisValidityRules *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    g_free (self->rules[i].is_known);
  g_free (self->rules);
  g_free (self);
}

/* -- of a schema ------------------------------------------------------------ */

static void
declare_levels (GenesisValidityRule *rule, GenesisQualityShape *shape, guint column,
                const GenesisField *field)
{
  for (guint i = 0; i < field->n_categories; i++)
    genesis_quality_shape_code (shape, column, field->categories[i]);
  rule->n_known = genesis_quality_shape_count_codes (shape, column);
  rule->is_known = g_new0 (guint8, rule->n_known);
  for (guint i = 0; i < field->n_categories; i++)
    rule->is_known[genesis_quality_shape_code (shape, column, field->categories[i])] = 1;
}

static void
declare_bounds (GenesisValidityRule *rule, const GenesisField *field)
{
  double unit = (double)genesis_number_power_of_ten (field->decimals);

  if (field->kind == GENESIS_FIELD_KIND_REAL)
    {
      rule->lo = field->lo;
      rule->hi = field->hi;
    }
  else if (field->kind == GENESIS_FIELD_KIND_DATETIME)
    {
      rule->lo = (double)(field->ilo * field->tick_us) * NS_PER_US;
      rule->hi = (double)(field->ihi * field->tick_us) * NS_PER_US;
    }
  else
    {
      rule->lo = (double)field->ilo / unit;
      rule->hi = (double)field->ihi / unit;
    }
}

GenesisValidityRules *
genesis_validity_rules_new_for_schema (GenesisQualityShape *shape, GenesisSchema *schema,
                                       GError **error)
{
  g_autofree guint *places = genesis_quality_shape_match (shape, schema, "the schema", error);
  GenesisValidityRules *self;

  if (places == NULL)
    return NULL;
  self = rules_new_bare (shape->n_columns);
  for (guint i = 0; i < shape->n_columns; i++)
    {
      const GenesisField *field = genesis_schema_get_field (schema, places[i]);

      self->rules[i].may_be_missing = field->may_be_missing;
      if (shape->kinds[i] == GENESIS_QUALITY_LEVEL)
        declare_levels (&self->rules[i], shape, i, field);
      else
        declare_bounds (&self->rules[i], field);
    }
  return self;
}

/* -- of real rows ----------------------------------------------------------- */

static void
observe_levels (GenesisValidityRule *rule, const GenesisQualityFrame *real, guint column)
{
  const guint32 *codes = real->columns[column].codes;

  rule->n_known = genesis_quality_shape_count_codes (real->shape, column);
  rule->is_known = g_new0 (guint8, rule->n_known);
  for (guint64 row = 0; row < real->n_rows; row++)
    rule->is_known[codes[row]] = 1;
}

static void
observe_range (GenesisValidityRule *rule, const GenesisQualityFrame *real, guint column)
{
  const double *numbers = real->columns[column].numbers;

  rule->lo = INFINITY;
  rule->hi = -INFINITY;
  for (guint64 row = 0; row < real->n_rows; row++)
    {
      rule->lo = numbers[row] < rule->lo ? numbers[row] : rule->lo;
      rule->hi = numbers[row] > rule->hi ? numbers[row] : rule->hi;
    }
}

GenesisValidityRules *
genesis_validity_rules_new_for_frame (const GenesisQualityFrame *real)
{
  GenesisValidityRules *self = rules_new_bare (real->shape->n_columns);

  for (guint i = 0; i < self->n_columns; i++)
    {
      self->rules[i].may_be_missing = genesis_quality_frame_count_missing (real, i) > 0;
      if (real->columns[i].codes != NULL)
        observe_levels (&self->rules[i], real, i);
      else
        observe_range (&self->rules[i], real, i);
    }
  return self;
}
