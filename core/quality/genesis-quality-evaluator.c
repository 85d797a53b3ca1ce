/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-quality-evaluator-private.h"

#include <math.h>

enum
{
  PROP_0,
  PROP_REAL,
  PROP_SYNTHETIC,
  PROP_HOLDOUT,
  PROP_SCHEMA,
  PROP_SEED,
  PROP_DETECTION,
  PROP_TARGET,
  PROP_OVERALL_SCORE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (GenesisQualityEvaluator, genesis_quality_evaluator, G_TYPE_OBJECT)

static void
genesis_quality_evaluator_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GenesisQualityEvaluator *self = GENESIS_QUALITY_EVALUATOR (object);

  switch (id)
    {
    case PROP_REAL:
    case PROP_SYNTHETIC:
    case PROP_HOLDOUT:
      g_value_set_object (value, self->tables[id - PROP_REAL]);
      break;
    case PROP_SCHEMA:
      g_value_set_object (value, self->schema);
      break;
    case PROP_SEED:
      g_value_set_uint64 (value, self->seed);
      break;
    case PROP_DETECTION:
      g_value_set_boolean (value, self->detection);
      break;
    case PROP_TARGET:
      g_value_set_string (value, self->target);
      break;
    case PROP_OVERALL_SCORE:
      g_value_set_double (value, genesis_quality_evaluator_get_overall_score (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
genesis_quality_evaluator_set_property (GObject *object, guint id, const GValue *value,
                                        GParamSpec *pspec)
{
  GenesisQualityEvaluator *self = GENESIS_QUALITY_EVALUATOR (object);

  switch (id)
    {
    case PROP_REAL:
    case PROP_SYNTHETIC:
      self->tables[id - PROP_REAL] = g_value_dup_object (value);
      break;
    case PROP_HOLDOUT:
      genesis_quality_evaluator_set_holdout (self, g_value_get_object (value));
      break;
    case PROP_SCHEMA:
      genesis_quality_evaluator_set_schema (self, g_value_get_object (value));
      break;
    case PROP_SEED:
      genesis_quality_evaluator_set_seed (self, g_value_get_uint64 (value));
      break;
    case PROP_DETECTION:
      genesis_quality_evaluator_set_detection (self, g_value_get_boolean (value));
      break;
    case PROP_TARGET:
      genesis_quality_evaluator_set_target (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
genesis_quality_evaluator_finalize (GObject *object)
{
  GenesisQualityEvaluator *self = GENESIS_QUALITY_EVALUATOR (object);

  genesis_quality_evaluator_reset (self);
  for (int role = 0; role < GENESIS_QUALITY_N_ROLES; role++)
    g_clear_object (&self->tables[role]);
  g_clear_object (&self->schema);
  g_free (self->target);
  G_OBJECT_CLASS (genesis_quality_evaluator_parent_class)->finalize (object);
}

static void
install_tables (void)
{
  const GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags free = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * GenesisQualityEvaluator:real:
   *
   * The rows that the generator was trained on.
   */
  properties[PROP_REAL] = g_param_spec_object ("real", NULL, NULL, GENESIS_TYPE_TABLE, fixed);
  /**
   * GenesisQualityEvaluator:synthetic:
   *
   * The rows that are judged.
   */
  properties[PROP_SYNTHETIC] =
      g_param_spec_object ("synthetic", NULL, NULL, GENESIS_TYPE_TABLE, fixed);
  /**
   * GenesisQualityEvaluator:holdout:
   *
   * Real rows that the generator has never seen, or %NULL.
   */
  properties[PROP_HOLDOUT] = g_param_spec_object ("holdout", NULL, NULL, GENESIS_TYPE_TABLE, free);
}

static void
genesis_quality_evaluator_class_init (GenesisQualityEvaluatorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags free = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = genesis_quality_evaluator_get_property;
  object_class->set_property = genesis_quality_evaluator_set_property;
  object_class->finalize = genesis_quality_evaluator_finalize;

  install_tables ();
  /**
   * GenesisQualityEvaluator:schema:
   *
   * What a row must be; %NULL: within what the real rows show.
   */
  properties[PROP_SCHEMA] = g_param_spec_object ("schema", NULL, NULL, GENESIS_TYPE_SCHEMA, free);
  /**
   * GenesisQualityEvaluator:seed:
   *
   * Which rows a subsample has. The same tables and seed give the same figures.
   */
  properties[PROP_SEED] = g_param_spec_uint64 ("seed", NULL, NULL, 0, G_MAXUINT64, 0, free);
  /**
   * GenesisQualityEvaluator:detection:
   *
   * Whether classifiers try to tell the synthetic rows from real ones: most of the time it takes.
   */
  properties[PROP_DETECTION] = g_param_spec_boolean ("detection", NULL, NULL, TRUE, free);
  /**
   * GenesisQualityEvaluator:target:
   *
   * A column that is learned from the others, or %NULL.
   */
  properties[PROP_TARGET] = g_param_spec_string ("target", NULL, NULL, NULL, free);
  /**
   * GenesisQualityEvaluator:overall-score:
   *
   * See genesis_quality_evaluator_get_overall_score().
   */
  properties[PROP_OVERALL_SCORE] =
      g_param_spec_double ("overall-score", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                           G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
genesis_quality_evaluator_init (GenesisQualityEvaluator *self)
{
  self->detection = TRUE;
}

/**
 * genesis_quality_evaluator_new:
 * @real: the rows that the generator was trained on
 * @synthetic: the rows that are judged, with the same columns in any order
 *
 * Nothing is computed before it is asked for. The tables must not change as long as the evaluator
 * lives.
 *
 * Returns: (transfer full): an evaluator
 */
GenesisQualityEvaluator *
genesis_quality_evaluator_new (GenesisTable *real, GenesisTable *synthetic)
{
  g_return_val_if_fail (GENESIS_IS_TABLE (real), NULL);
  g_return_val_if_fail (GENESIS_IS_TABLE (synthetic), NULL);

  return g_object_new (GENESIS_TYPE_QUALITY_EVALUATOR, "real", real, "synthetic", synthetic, NULL);
}

/**
 * genesis_quality_evaluator_set_holdout:
 * @self: an evaluator
 * @holdout: (nullable): real rows that the generator has never seen; %NULL: there are none
 *
 * Without a holdout the real rows are halved to have a judge, and what tells memory from learning
 * is not known.
 */
void
genesis_quality_evaluator_set_holdout (GenesisQualityEvaluator *self, GenesisTable *holdout)
{
  g_return_if_fail (GENESIS_IS_QUALITY_EVALUATOR (self));
  g_return_if_fail (holdout == NULL || GENESIS_IS_TABLE (holdout));

  if (!g_set_object (&self->tables[GENESIS_QUALITY_HOLDOUT], holdout))
    return;
  genesis_quality_evaluator_reset (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOLDOUT]);
}

/**
 * genesis_quality_evaluator_set_schema:
 * @self: an evaluator
 * @schema: (nullable): what a row must be; %NULL: within what the real rows show
 *
 * Says which rows count as outside.
 */
void
genesis_quality_evaluator_set_schema (GenesisQualityEvaluator *self, GenesisSchema *schema)
{
  g_return_if_fail (GENESIS_IS_QUALITY_EVALUATOR (self));
  g_return_if_fail (schema == NULL || GENESIS_IS_SCHEMA (schema));

  if (!g_set_object (&self->schema, schema))
    return;
  genesis_quality_evaluator_reset (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SCHEMA]);
}

/**
 * genesis_quality_evaluator_set_seed:
 * @self: an evaluator
 * @seed: any number
 *
 * Chooses other subsamples and groups.
 */
void
genesis_quality_evaluator_set_seed (GenesisQualityEvaluator *self, guint64 seed)
{
  g_return_if_fail (GENESIS_IS_QUALITY_EVALUATOR (self));

  if (self->seed == seed)
    return;
  self->seed = seed;
  genesis_quality_evaluator_reset (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEED]);
}

/**
 * genesis_quality_evaluator_set_detection:
 * @self: an evaluator
 * @detection: whether classifiers try to tell the synthetic rows from real ones
 *
 * They take most of the time of an evaluation; at first they are tried.
 */
void
genesis_quality_evaluator_set_detection (GenesisQualityEvaluator *self, gboolean detection)
{
  g_return_if_fail (GENESIS_IS_QUALITY_EVALUATOR (self));

  if (self->detection == !!detection)
    return;
  self->detection = !!detection;
  genesis_quality_evaluator_reset (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETECTION]);
}

/**
 * genesis_quality_evaluator_set_target:
 * @self: an evaluator
 * @column: (nullable): a column of two to twenty categories, or of numbers; %NULL: none
 *
 * Asks what the synthetic rows are worth to who learns this column from the others, next to the
 * real rows, both judged by the holdout.
 */
void
genesis_quality_evaluator_set_target (GenesisQualityEvaluator *self, const char *column)
{
  g_return_if_fail (GENESIS_IS_QUALITY_EVALUATOR (self));

  if (g_strcmp0 (self->target, column) == 0)
    return;
  g_free (self->target);
  self->target = g_strdup (column);
  genesis_quality_evaluator_reset (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TARGET]);
}
