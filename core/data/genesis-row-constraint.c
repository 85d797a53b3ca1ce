/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-constraint-private.h"

#include <string.h>

G_DEFINE_ENUM_TYPE (GenesisRowConstraintKind, genesis_row_constraint_kind,
                    G_DEFINE_ENUM_VALUE (GENESIS_ROW_CONSTRAINT_KIND_ORDER, "order"),
                    G_DEFINE_ENUM_VALUE (GENESIS_ROW_CONSTRAINT_KIND_SUM, "sum"),
                    G_DEFINE_ENUM_VALUE (GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION, "implication"),
                    G_DEFINE_ENUM_VALUE (GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH, "not-both"))
G_DEFINE_BOXED_TYPE (GenesisRowConstraint, genesis_row_constraint, genesis_row_constraint_ref,
                     genesis_row_constraint_unref)

static GenesisRowConstraint *
constraint_new (GenesisRowConstraintKind kind, guint n_columns)
{
  GenesisRowConstraint *self = g_new0 (GenesisRowConstraint, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->columns = g_new0 (char *, n_columns + 1);
  self->n_columns = n_columns;
  return self;
}

static GenesisRowConstraint *
pair_new (GenesisRowConstraintKind kind, const char *first, const char *second)
{
  GenesisRowConstraint *self = constraint_new (kind, 2);

  self->columns[0] = g_strdup (first);
  self->columns[1] = g_strdup (second);
  return self;
}

/**
 * genesis_row_constraint_new_order:
 * @low: name of a column
 * @high: name of another, of the same kind and unit
 * @strict: whether the two must differ
 *
 * @low is at most @high, or less. Decimals of any number of places are compared exactly; times of
 * different ticks in the coarser one, since what was not recorded cannot be violated. Rows in which
 * either cell is missing keep it.
 *
 * Returns: (transfer full): a constraint
 */
GenesisRowConstraint *
genesis_row_constraint_new_order (const char *low, const char *high, gboolean strict)
{
  GenesisRowConstraint *self;

  g_return_val_if_fail (low != NULL && high != NULL, NULL);

  self = pair_new (GENESIS_ROW_CONSTRAINT_KIND_ORDER, low, high);
  self->strict = strict != FALSE;
  return self;
}

/**
 * genesis_row_constraint_new_sum:
 * @terms: (array zero-terminated=1): names of columns, integer or decimal
 * @coefficients: (nullable) (array length=n_coefficients): of each term, not 0 and at most 1,000
 *   either way; %NULL: all 1
 * @n_coefficients: as many as there are terms, or 0
 * @total: name of the column that they add up to
 *
 * Exact, in units of the most decimals. Rows in which a cell is missing keep it.
 *
 * Returns: (transfer full): a constraint
 */
GenesisRowConstraint *
genesis_row_constraint_new_sum (const char *const *terms, const gint *coefficients,
                                gsize n_coefficients, const char *total)
{
  GenesisRowConstraint *self;
  guint n_terms;

  g_return_val_if_fail (terms != NULL && total != NULL, NULL);
  n_terms = g_strv_length ((char **)terms);
  g_return_val_if_fail (coefficients == NULL || n_coefficients == n_terms, NULL);

  self = constraint_new (GENESIS_ROW_CONSTRAINT_KIND_SUM, n_terms + 1);
  self->coefficients = g_new (gint, n_terms + 1);
  for (guint i = 0; i < n_terms; i++)
    {
      self->columns[i] = g_strdup (terms[i]);
      self->coefficients[i] = coefficients != NULL ? coefficients[i] : 1;
    }
  self->columns[n_terms] = g_strdup (total);
  self->coefficients[n_terms] = -1;
  return self;
}

static int
compare_implied (gconstpointer a, gconstpointer b)
{
  const GenesisImpliedCell *x = a, *y = b;
  int order = g_strcmp0 (x->value, y->value);

  return order != 0 ? order : g_strcmp0 (x->effect, y->effect);
}

GenesisRowConstraint *
genesis_row_constraint_new_implied (const char *cause, const char *effect,
                                    const GenesisImpliedCell *implied, gsize n_implied)
{
  GenesisRowConstraint *self = pair_new (GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION, cause, effect);

  self->implied = g_new (GenesisImpliedCell, n_implied + 1);
  self->n_implied = n_implied;
  for (gsize i = 0; i < n_implied; i++)
    {
      self->implied[i].value = g_strdup (implied[i].value);
      self->implied[i].effect = g_strdup (implied[i].effect);
    }
  if (n_implied > 1)
    qsort (self->implied, n_implied, sizeof *self->implied, compare_implied);
  return self;
}

/**
 * genesis_row_constraint_new_implication:
 * @cause: name of a column that is not real
 * @value: (nullable): a value of it as it is written, or %NULL for a missing cell
 * @effect: name of another column that is not real
 * @effect_value: (nullable): what @effect then is, or %NULL for a missing cell
 *
 * Whoever has @value in @cause has @effect_value in @effect. A missing cell keeps the constraint
 * unless it is about missing cells: an empty @effect is fine where a value is implied.
 *
 * Returns: (transfer full): a constraint
 */
GenesisRowConstraint *
genesis_row_constraint_new_implication (const char *cause, const char *value, const char *effect,
                                        const char *effect_value)
{
  const GenesisImpliedCell one = { (char *)value, (char *)effect_value };

  g_return_val_if_fail (cause != NULL && effect != NULL, NULL);

  return genesis_row_constraint_new_implied (cause, effect, &one, 1);
}

/**
 * genesis_row_constraint_new_dependency:
 * @cause: name of a column that is not real
 * @values: (array zero-terminated=1): values of it as they are written
 * @effect: name of another column that is not real
 * @effect_values: (array zero-terminated=1): what @effect then is, one for each of @values
 *
 * Many implications at once: @effect is a function of @cause. A value that is not listed implies
 * nothing.
 *
 * Returns: (transfer full): a constraint
 */
GenesisRowConstraint *
genesis_row_constraint_new_dependency (const char *cause, const char *const *values,
                                       const char *effect, const char *const *effect_values)
{
  g_autofree GenesisImpliedCell *implied = NULL;
  guint n;

  g_return_val_if_fail (cause != NULL && effect != NULL, NULL);
  g_return_val_if_fail (values != NULL && effect_values != NULL, NULL);
  n = g_strv_length ((char **)values);
  g_return_val_if_fail (g_strv_length ((char **)effect_values) == n, NULL);

  implied = g_new (GenesisImpliedCell, n + 1);
  for (guint i = 0; i < n; i++)
    implied[i] = (GenesisImpliedCell){ (char *)values[i], (char *)effect_values[i] };
  return genesis_row_constraint_new_implied (cause, effect, implied, n);
}

/**
 * genesis_row_constraint_new_not_both:
 * @first: name of a column
 * @second: name of another
 *
 * In no row are both present.
 *
 * Returns: (transfer full): a constraint
 */
GenesisRowConstraint *
genesis_row_constraint_new_not_both (const char *first, const char *second)
{
  g_return_val_if_fail (first != NULL && second != NULL, NULL);

  return pair_new (GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH, first, second);
}

/**
 * genesis_row_constraint_ref:
 * @self: a constraint
 *
 * Returns: (transfer full): @self
 */
GenesisRowConstraint *
genesis_row_constraint_ref (GenesisRowConstraint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * genesis_row_constraint_unref:
 * @self: (transfer full): a constraint
 */
void
genesis_row_constraint_unref (GenesisRowConstraint *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_implied; i++)
    {
      g_free (self->implied[i].value);
      g_free (self->implied[i].effect);
    }
  g_free (self->implied);
  g_free (self->coefficients);
  g_strfreev (self->columns);
  g_free (self);
}

/**
 * genesis_row_constraint_get_kind:
 * @self: a constraint
 *
 * Returns: what it says
 */
GenesisRowConstraintKind
genesis_row_constraint_get_kind (const GenesisRowConstraint *self)
{
  g_return_val_if_fail (self != NULL, GENESIS_ROW_CONSTRAINT_KIND_ORDER);

  return self->kind;
}

/**
 * genesis_row_constraint_get_columns:
 * @self: a constraint
 *
 * Returns: (transfer none) (array zero-terminated=1): the columns that it is about: the lower and
 *   the higher; the terms and the total; cause and effect; the two
 */
const char *const *
genesis_row_constraint_get_columns (const GenesisRowConstraint *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *)self->columns;
}

gboolean
genesis_row_constraint_is_uniform (const GenesisRowConstraint *self)
{
  for (guint i = 1; i < self->n_implied; i++)
    if (g_strcmp0 (self->implied[i].effect, self->implied[0].effect) != 0)
      return FALSE;
  return TRUE;
}

static void
append_cell (GString *text, const char *column, const char *value)
{
  g_string_append_printf (text, "'%s' is %s%s%s", column, value != NULL ? "'" : "",
                          value != NULL ? value : "missing", value != NULL ? "'" : "");
}

static void
append_sum (GString *text, const GenesisRowConstraint *self)
{
  for (guint i = 0; i + 1 < self->n_columns; i++)
    {
      int coefficient = self->coefficients[i];

      if (i > 0)
        g_string_append (text, coefficient < 0 ? " - " : " + ");
      else if (coefficient < 0)
        g_string_append (text, "- ");
      if (ABS (coefficient) != 1)
        g_string_append_printf (text, "%d ", ABS (coefficient));
      g_string_append_printf (text, "'%s'", self->columns[i]);
    }
  g_string_append_printf (text, " = '%s'", self->columns[self->n_columns - 1]);
}

static void
append_implication (GString *text, const GenesisRowConstraint *self)
{
  if (self->n_implied != 1)
    {
      g_string_append_printf (text, "'%s' is determined by '%s'", self->columns[1],
                              self->columns[0]);
      return;
    }
  g_string_append (text, "when ");
  append_cell (text, self->columns[0], self->implied[0].value);
  g_string_append (text, " then ");
  append_cell (text, self->columns[1], self->implied[0].effect);
}

/**
 * genesis_row_constraint_dup_text:
 * @self: a constraint
 *
 * Returns: (transfer full): the constraint in a line for people, as `'pickup' <= 'dropoff'`
 */
char *
genesis_row_constraint_dup_text (const GenesisRowConstraint *self)
{
  GString *text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (text, FALSE));

  switch (self->kind)
    {
    case GENESIS_ROW_CONSTRAINT_KIND_ORDER:
      g_string_append_printf (text, "'%s' %s '%s'", self->columns[0],
                              self->strict ? "<" : "<=", self->columns[1]);
      break;
    case GENESIS_ROW_CONSTRAINT_KIND_SUM:
      append_sum (text, self);
      break;
    case GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION:
      append_implication (text, self);
      break;
    case GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH:
    default:
      g_string_append_printf (text, "not both '%s' and '%s'", self->columns[0], self->columns[1]);
    }
  return g_string_free (text, FALSE);
}

/**
 * genesis_row_constraint_equal:
 * @self: a constraint
 * @other: another
 *
 * Returns: whether the two are written the same way
 */
gboolean
genesis_row_constraint_equal (const GenesisRowConstraint *self, const GenesisRowConstraint *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  if (self->kind != other->kind || self->strict != other->strict
      || self->n_implied != other->n_implied
      || !g_strv_equal ((const char *const *)self->columns, (const char *const *)other->columns))
    return FALSE;
  for (guint i = 0; i < self->n_implied; i++)
    if (compare_implied (&self->implied[i], &other->implied[i]) != 0)
      return FALSE;
  return self->coefficients == NULL
         || memcmp (self->coefficients, other->coefficients, self->n_columns * sizeof (gint)) == 0;
}
