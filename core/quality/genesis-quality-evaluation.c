/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-quality-evaluator-private.h"

#include <math.h>

#include <genesis/genesis-error.h>

#include "data/genesis-schema-rules-private.h"

/* What an evaluator computes, in the order in which one thing needs another. */

static const char *const role_names[] = { "the real table", "the synthetic table", "the holdout" };

static void
result_free (GenesisQualityResult *self)
{
  g_clear_pointer (&self->workload, genesis_workload_free);
  g_free (self->detection);
  g_free (self->utility);
  for (int role = 0; role < GENESIS_QUALITY_N_ROLES; role++)
    genesis_row_validity_clear (&self->validity[role]);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisQualityResult, result_free)

void
genesis_quality_evaluator_reset (GenesisQualityEvaluator *self)
{
  g_clear_pointer (&self->result, result_free);
  g_clear_pointer (&self->similarity, genesis_similarity_free);
  g_clear_pointer (&self->rules, genesis_validity_rules_free);
  for (int role = 0; role < GENESIS_QUALITY_N_ROLES; role++)
    g_clear_pointer (&self->frames[role], genesis_quality_frame_free);
  g_clear_pointer (&self->shape, genesis_quality_shape_free);
}

static gboolean
make_frame (GenesisQualityEvaluator *self, GenesisQualityRole role, GError **error)
{
  GenesisTable *table = self->tables[role];

  if (table == NULL)
    return TRUE;
  if (genesis_table_get_n_rows (table) == 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA, "%s has no rows; give it some",
                   role_names[role]);
      return FALSE;
    }
  self->frames[role] = genesis_quality_frame_new (self->shape, table, role_names[role], error);
  return self->frames[role] != NULL;
}

/* Every table, and the schema, before anything is cut into cells: each may bring categories. */
static gboolean
make_frames (GenesisQualityEvaluator *self, GError **error)
{
  self->shape =
      genesis_quality_shape_new (genesis_table_get_schema (self->tables[GENESIS_QUALITY_REAL]));
  for (int role = 0; role < GENESIS_QUALITY_N_ROLES; role++)
    if (!make_frame (self, role, error))
      return FALSE;
  self->rules = self->schema != NULL
                    ? genesis_validity_rules_new_for_schema (self->shape, self->schema, error)
                    : genesis_validity_rules_new_for_frame (self->frames[GENESIS_QUALITY_REAL]);
  return self->rules != NULL;
}

gboolean
genesis_quality_evaluator_compare (GenesisQualityEvaluator *self, GError **error)
{
  if (self->similarity != NULL)
    return TRUE;
  genesis_quality_evaluator_reset (self);
  if (!make_frames (self, error))
    {
      genesis_quality_evaluator_reset (self);
      return FALSE;
    }
  self->similarity = genesis_similarity_new (self->frames[GENESIS_QUALITY_REAL],
                                             self->frames[GENESIS_QUALITY_SYNTHETIC]);
  return TRUE;
}

/* Which rows break a constraint of the schema, whatever schema the table was read with; *broken is
   NULL when the schema has none. */
static gboolean
check_constraints (GenesisQualityEvaluator *self, GenesisTable *table, guint8 **broken,
                   GError **error)
{
  const GenesisRowConstraintSet *declared =
      self->schema != NULL ? genesis_schema_get_constraint_set (self->schema) : NULL;
  g_autoptr (GenesisRowConstraintSet) bound = NULL;
  g_autofree guint64 *counts = NULL;

  *broken = NULL;
  if (declared == NULL)
    return TRUE;
  bound = genesis_row_constraint_set_new (genesis_table_get_schema (table), declared->constraints,
                                          error);
  if (bound == NULL)
    return FALSE;
  counts = g_new0 (guint64, bound->n + 1);
  *broken = g_new0 (guint8, genesis_table_get_n_rows (table));
  genesis_row_constraint_set_check (bound, table, *broken, counts);
  return TRUE;
}

static gboolean
validate (GenesisQualityEvaluator *self, GenesisQualityResult *result, GError **error)
{
  for (int role = 0; role < GENESIS_QUALITY_N_ROLES; role++)
    {
      g_autofree guint8 *broken = NULL;

      if (self->frames[role] == NULL)
        continue;
      if (!check_constraints (self, self->tables[role], &broken, error))
        return FALSE;
      genesis_row_validity_init (&result->validity[role], self->frames[role], self->rules, broken,
                                 self->seed);
    }
  return TRUE;
}

/* As good as real rows is as hard to tell from the holdout; without one, from the training rows. */
static gboolean
detect (GenesisQualityEvaluator *self, GenesisQualityResult *result, GCancellable *cancellable,
        GError **error)
{
  const GenesisQualityFrame *holdout = self->frames[GENESIS_QUALITY_HOLDOUT];
  const GenesisQualityFrame *judge = holdout != NULL ? holdout : self->frames[GENESIS_QUALITY_REAL];
  g_autofree GenesisDetection *detection = g_new0 (GenesisDetection, 1);

  if (!self->detection
      || MIN (judge->n_rows, self->frames[GENESIS_QUALITY_SYNTHETIC]->n_rows)
             < GENESIS_DETECTION_MIN_ROWS)
    return TRUE;
  if (!genesis_detection_measure (judge, self->frames[GENESIS_QUALITY_SYNTHETIC], self->seed,
                                  cancellable, detection, error))
    return FALSE;
  result->detection = g_steal_pointer (&detection);
  return TRUE;
}

static int
find_target (const GenesisQualityEvaluator *self, GError **error)
{
  for (guint i = 0; i < self->shape->n_columns; i++)
    if (g_str_equal (self->shape->names[i], self->target))
      return (int)i;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "target '%s': the tables have no such column; name one that they have",
               self->target);
  return -1;
}

static gboolean
learn_target (GenesisQualityEvaluator *self, GenesisQualityResult *result,
              GCancellable *cancellable, GError **error)
{
  g_autofree GenesisUtility *utility = g_new0 (GenesisUtility, 1);
  int target;

  if (self->target == NULL)
    return TRUE;
  target = find_target (self, error);
  if (target < 0)
    return FALSE;
  if (self->frames[GENESIS_QUALITY_HOLDOUT] == NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "target '%s': what was learned is judged by real rows that nobody learned "
                   "from, and there is no holdout; give one, or leave the target out",
                   self->target);
      return FALSE;
    }
  if (!genesis_utility_measure (self->frames[GENESIS_QUALITY_REAL],
                                self->frames[GENESIS_QUALITY_SYNTHETIC],
                                self->frames[GENESIS_QUALITY_HOLDOUT], (guint)target, self->seed,
                                cancellable, utility, error))
    return FALSE;
  result->utility = g_steal_pointer (&utility);
  return TRUE;
}

/**
 * genesis_quality_evaluator_evaluate:
 * @self: an evaluator
 * @cancellable: (nullable): to stop early
 * @error: %GENESIS_ERROR_SCHEMA_MISMATCH when the tables have not the same columns,
 *   %GENESIS_ERROR_INVALID_DATA when one has no rows, %GENESIS_ERROR_INVALID_CONFIG when there is
 *   no such target, or no holdout to judge it by
 *
 * Computes everything there is. A second call has nothing to do.
 *
 * Returns: whether it was computed
 */
gboolean
genesis_quality_evaluator_evaluate (GenesisQualityEvaluator *self, GCancellable *cancellable,
                                    GError **error)
{
  g_autoptr (GenesisQualityResult) result = NULL;
  const GenesisQualityFrame *real, *synthetic, *holdout;

  g_return_val_if_fail (GENESIS_IS_QUALITY_EVALUATOR (self), FALSE);

  if (self->result != NULL)
    return TRUE;
  if (!genesis_quality_evaluator_compare (self, error))
    return FALSE;
  real = self->frames[GENESIS_QUALITY_REAL];
  synthetic = self->frames[GENESIS_QUALITY_SYNTHETIC];
  holdout = self->frames[GENESIS_QUALITY_HOLDOUT];
  result = g_new0 (GenesisQualityResult, 1);
  result->workload =
      genesis_workload_new (real, synthetic, holdout, self->seed, cancellable, error);
  if (result->workload == NULL || !validate (self, result, error))
    return FALSE;
  genesis_row_copies_init (&result->copies, real, synthetic, holdout, self->seed);
  if (!genesis_nearest_records_init (&result->nearest, real, synthetic, holdout, self->seed,
                                     cancellable, error)
      || !detect (self, result, cancellable, error)
      || !learn_target (self, result, cancellable, error))
    return FALSE;
  self->result = g_steal_pointer (&result);
  return TRUE;
}

/**
 * genesis_quality_evaluator_get_overall_score:
 * @self: an evaluator
 *
 * The mean of Column Shapes and Column Pair Trends over all pairs, as SDMetrics defines them. It is
 * familiar, and ranks generators poorly: independent columns reach .96 on a table on which fresh
 * real rows reach .99. Computed at the first call.
 *
 * Returns: in [0, 1]; NaN when the tables cannot be compared, and
 *   genesis_quality_evaluator_evaluate() says why
 */
double
genesis_quality_evaluator_get_overall_score (GenesisQualityEvaluator *self)
{
  g_return_val_if_fail (GENESIS_IS_QUALITY_EVALUATOR (self), NAN);

  return genesis_quality_evaluator_compare (self, NULL) ? self->similarity->overall : NAN;
}

/**
 * genesis_quality_evaluator_get_fidelity:
 * @self: an evaluator
 *
 * How much of the dependence between two columns was learned: 0 is what independent columns reach,
 * 1 what fresh real rows reach. Everything is computed at the first call.
 *
 * Returns: in [0, 1]; NaN when the tables cannot be compared or the real rows show no dependence
 */
double
genesis_quality_evaluator_get_fidelity (GenesisQualityEvaluator *self)
{
  g_return_val_if_fail (GENESIS_IS_QUALITY_EVALUATOR (self), NAN);

  if (!genesis_quality_evaluator_evaluate (self, NULL, NULL))
    return NAN;
  return genesis_group_values_get_share (&self->result->workload->fidelity).value;
}
