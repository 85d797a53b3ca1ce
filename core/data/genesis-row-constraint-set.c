/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-constraint-set-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-nearest-private.h"
#include "data/genesis-number-private.h"

/* Constraints are bound to a schema: names become places, texts become stored values, units become
   factors. */

/* One constraint while it is bound. */
typedef struct
{
  GenesisRowConstraintSet *set;
  GenesisSchema *schema;
  guint index;
  GError **error;
} Binding;

char *
genesis_row_constraint_set_dup_label (const GenesisRowConstraintSet *self, guint index)
{
  g_autofree char *text =
      genesis_row_constraint_dup_text (g_ptr_array_index (self->constraints, index));

  return g_strdup_printf ("constraint %u (%s)", index + 1, text);
}

static gboolean G_GNUC_PRINTF (2, 3) refuse (const Binding *binding, const char *format, ...)
{
  g_autofree char *label = genesis_row_constraint_set_dup_label (binding->set, binding->index);
  g_autofree char *why = NULL;
  va_list args;

  va_start (args, format);
  why = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (binding->error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "%s: %s", label, why);
  return FALSE;
}

static const GenesisField *
get_field (const Binding *binding, const GenesisBoundConstraint *bound, guint i)
{
  return genesis_schema_get_field (binding->schema, bound->columns[i]);
}

static gboolean
refuse_unknown (const Binding *binding, const char *name)
{
  guint n = genesis_schema_get_n_fields (binding->schema);
  g_autofree const char **names = g_new0 (const char *, n + 1);
  const char *nearest;

  if (g_strv_contains (genesis_schema_get_excluded (binding->schema), name))
    return refuse (binding, "column '%s' is excluded; remove the constraint or include the column",
                   name);
  for (guint i = 0; i < n; i++)
    names[i] = genesis_field_get_name (genesis_schema_get_field (binding->schema, i));
  nearest = genesis_nearest_name (name, names);
  return refuse (binding, "there is no column '%s'; %s%s%s", name,
                 nearest != NULL ? "did you mean '" : "correct the name",
                 nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
}

static gboolean
bind_columns (const Binding *binding, GenesisBoundConstraint *bound)
{
  const GenesisRowConstraint *constraint = bound->constraint;

  bound->n_columns = constraint->n_columns;
  bound->columns = g_new0 (guint, constraint->n_columns);
  for (guint i = 0; i < constraint->n_columns; i++)
    {
      int place = genesis_schema_find_field (binding->schema, constraint->columns[i]);

      if (place < 0)
        return refuse_unknown (binding, constraint->columns[i]);
      for (guint j = 0; j < i; j++)
        if (bound->columns[j] == (guint)place)
          return refuse (binding, "column '%s' is there twice; name different columns",
                         constraint->columns[i]);
      bound->columns[i] = (guint)place;
    }
  return TRUE;
}

static gboolean
is_number (const GenesisField *field)
{
  return field->kind == GENESIS_FIELD_KIND_INTEGER || field->kind == GENESIS_FIELD_KIND_REAL;
}

static gboolean
check_units (const Binding *binding, const GenesisBoundConstraint *bound)
{
  const GenesisField *first = get_field (binding, bound, 0);

  for (guint i = 1; i < bound->n_columns; i++)
    {
      const GenesisField *field = get_field (binding, bound, i);

      if (strcmp (first->unit, field->unit) != 0)
        return refuse (binding,
                       "columns '%s' and '%s' have different units, '%s' and '%s'; constraints "
                       "convert none",
                       first->name, field->name, first->unit, field->unit);
    }
  return TRUE;
}

/* -- orders ---------------------------------------------------------------- */

static gboolean
bind_order (const Binding *binding, GenesisBoundConstraint *bound)
{
  const GenesisField *low = get_field (binding, bound, 0), *high = get_field (binding, bound, 1);
  gboolean are_times =
      low->kind == GENESIS_FIELD_KIND_DATETIME && high->kind == GENESIS_FIELD_KIND_DATETIME;
  int decimals = MAX (low->decimals, high->decimals);

  if (!are_times && (!is_number (low) || !is_number (high)))
    return refuse (binding,
                   "column '%s' is of type %s and '%s' of type %s; two numbers or two times can "
                   "be compared",
                   low->name, genesis_field_get_type_name (low), high->name,
                   genesis_field_get_type_name (high));
  bound->is_real = low->kind == GENESIS_FIELD_KIND_REAL || high->kind == GENESIS_FIELD_KIND_REAL;
  bound->factors = g_new (gint64, 2);
  bound->factors[0] = genesis_number_power_of_ten (decimals - low->decimals);
  bound->factors[1] = genesis_number_power_of_ten (decimals - high->decimals);
  bound->ticks[0] = low->tick_us;
  bound->ticks[1] = high->tick_us;
  bound->tick = are_times ? MAX (low->tick_us, high->tick_us) : 0;
  return check_units (binding, bound);
}

/* -- sums ------------------------------------------------------------------ */

static gboolean
bind_sum (const Binding *binding, GenesisBoundConstraint *bound)
{
  const GenesisField *total = get_field (binding, bound, bound->n_columns - 1);

  bound->factors = g_new (gint64, bound->n_columns);
  for (guint i = 0; i < bound->n_columns; i++)
    {
      const GenesisField *field = get_field (binding, bound, i);

      if (field->kind != GENESIS_FIELD_KIND_INTEGER)
        return refuse (binding,
                       "column '%s' is of type %s, and sums are exact; make it an integer or a "
                       "decimal",
                       field->name, genesis_field_get_type_name (field));
      if (field->decimals > total->decimals)
        return refuse (binding,
                       "column '%s' has %d decimals and the total '%s' only %d; give the total as "
                       "many",
                       field->name, field->decimals, total->name, total->decimals);
      bound->factors[i] = bound->constraint->coefficients[i]
                          * genesis_number_power_of_ten (total->decimals - field->decimals);
      if (bound->factors[i] == 0)
        return refuse (binding, "the coefficient of column '%s' is 0; leave the column out",
                       field->name);
    }
  return check_units (binding, bound);
}

/* -- implications ---------------------------------------------------------- */

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const GenesisBoundCell *x = a, *y = b;

  if (x->value_missing != y->value_missing)
    return x->value_missing ? -1 : 1;
  return (x->value > y->value) - (x->value < y->value);
}

static gboolean
bind_cell (const Binding *binding, const GenesisField *field, const char *text, gboolean *missing,
           gint64 *stored)
{
  gint32 code = 0;
  GenesisFieldText what;

  *missing = text == NULL;
  *stored = 0;
  if (text == NULL)
    {
      if (field->may_be_missing)
        return TRUE;
      return refuse (binding,
                     "column '%s' is never missing; write \"missing\": true in it, or a "
                     "value instead of null",
                     field->name);
    }
  what = genesis_field_parse (field, text, strlen (text),
                              field->categories != NULL ? (gpointer)&code : (gpointer)stored);
  if (what != GENESIS_FIELD_TEXT_VALUE)
    return refuse (binding, "a value of column '%s' is %s; spell it as the table does", field->name,
                   what == GENESIS_FIELD_TEXT_OUTSIDE ? "outside its bounds"
                                                      : "none that the column can hold");
  if (field->categories != NULL)
    *stored = code;
  return TRUE;
}

static gboolean
bind_implication (const Binding *binding, GenesisBoundConstraint *bound)
{
  const GenesisField *cause = get_field (binding, bound, 0);
  const GenesisField *effect = get_field (binding, bound, 1);
  const GenesisRowConstraint *constraint = bound->constraint;

  if (cause->kind == GENESIS_FIELD_KIND_REAL || effect->kind == GENESIS_FIELD_KIND_REAL)
    return refuse (binding, "column '%s' is real; values that are exact can be implied",
                   cause->kind == GENESIS_FIELD_KIND_REAL ? cause->name : effect->name);
  bound->implied = g_new0 (GenesisBoundCell, constraint->n_implied + 1);
  bound->n_implied = constraint->n_implied;
  bound->is_presence = TRUE;
  for (guint i = 0; i < constraint->n_implied; i++)
    {
      GenesisBoundCell *cell = &bound->implied[i];

      if (!bind_cell (binding, cause, constraint->implied[i].value, &cell->value_missing,
                      &cell->value)
          || !bind_cell (binding, effect, constraint->implied[i].effect, &cell->effect_missing,
                         &cell->effect))
        return FALSE;
      bound->is_presence &= cell->effect_missing;
    }
  qsort (bound->implied, bound->n_implied, sizeof *bound->implied, compare_cells);
  for (guint i = 1; i < bound->n_implied; i++)
    if (compare_cells (&bound->implied[i - 1], &bound->implied[i]) == 0)
      return refuse (binding, "a value of column '%s' is there twice; keep one", cause->name);
  return TRUE;
}

static gboolean
bind_not_both (const Binding *binding, GenesisBoundConstraint *bound)
{
  for (guint i = 0; i < 2; i++)
    if (!get_field (binding, bound, i)->may_be_missing)
      return refuse (binding, "column '%s' is never missing; write \"missing\": true in it",
                     get_field (binding, bound, i)->name);
  return TRUE;
}

static gboolean
bind (const Binding *binding)
{
  GenesisBoundConstraint *bound = &binding->set->bound[binding->index];

  bound->constraint = g_ptr_array_index (binding->set->constraints, binding->index);
  if (!bind_columns (binding, bound))
    return FALSE;
  switch (bound->constraint->kind)
    {
    case GENESIS_ROW_CONSTRAINT_KIND_ORDER:
      return bind_order (binding, bound);
    case GENESIS_ROW_CONSTRAINT_KIND_SUM:
      return bind_sum (binding, bound);
    case GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION:
      return bind_implication (binding, bound);
    case GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH:
    default:
      return bind_not_both (binding, bound);
    }
}

GenesisRowConstraintSet *
genesis_row_constraint_set_new (GenesisSchema *schema, GPtrArray *constraints, GError **error)
{
  g_autoptr (GenesisRowConstraintSet) self = g_new0 (GenesisRowConstraintSet, 1);
  Binding binding = { self, schema, 0, error };

  self->constraints = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_row_constraint_unref);
  for (guint i = 0; i < constraints->len; i++)
    g_ptr_array_add (self->constraints,
                     genesis_row_constraint_ref (g_ptr_array_index (constraints, i)));
  self->n = constraints->len;
  self->bound = g_new0 (GenesisBoundConstraint, self->n + 1);
  self->order = g_new0 (guint, self->n + 1);
  if (self->n > GENESIS_SCHEMA_MAX_CONSTRAINTS)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "schema: %u constraints are more than %u; remove some", self->n,
                   GENESIS_SCHEMA_MAX_CONSTRAINTS);
      return NULL;
    }
  for (binding.index = 0; binding.index < self->n; binding.index++)
    if (!bind (&binding))
      return NULL;
  if (!genesis_row_constraint_set_agree (self, schema, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
genesis_row_constraint_set_free (GenesisRowConstraintSet *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    {
      g_free (self->bound[i].columns);
      g_free (self->bound[i].factors);
      g_free (self->bound[i].implied);
    }
  g_free (self->bound);
  g_free (self->order);
  g_ptr_array_unref (self->constraints);
  g_free (self);
}
