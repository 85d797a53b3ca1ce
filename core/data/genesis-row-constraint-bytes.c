/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-constraint-private.h"

/* Canonical bytes: a u32 length, then of each constraint its kind, whether it is strict, its
   columns, its coefficients (SUM, one a term) and what it implies (IMPLICATION). */

static void
put_constraint (GenesisEncoder *to, const GenesisRowConstraint *self)
{
  genesis_encoder_put_u8 (to, (guint8)self->kind);
  genesis_encoder_put_u8 (to, self->strict ? 1 : 0);
  genesis_encoder_put_u32 (to, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    genesis_encoder_put_text (to, self->columns[i]);
  for (guint i = 0; self->coefficients != NULL && i + 1 < self->n_columns; i++)
    genesis_encoder_put_i64 (to, self->coefficients[i]);
  genesis_encoder_put_u32 (to, self->n_implied);
  for (guint i = 0; i < self->n_implied; i++)
    {
      genesis_encoder_put_text (to, self->implied[i].value);
      genesis_encoder_put_text (to, self->implied[i].effect);
    }
}

void
genesis_row_constraints_encode (GPtrArray *constraints, GenesisEncoder *to)
{
  genesis_encoder_put_u32 (to, constraints->len);
  for (guint i = 0; i < constraints->len; i++)
    put_constraint (to, g_ptr_array_index (constraints, i));
}

typedef struct
{
  guint8 kind, strict;
  GPtrArray *columns;
  gint coefficients[GENESIS_ROW_CONSTRAINT_MAX_TERMS];
  GArray *implied;
} Parts;

static void
clear_implied (gpointer data)
{
  GenesisImpliedCell *cell = data;

  g_free (cell->value);
  g_free (cell->effect);
}

static void
parts_init (Parts *parts)
{
  parts->columns = g_ptr_array_new_with_free_func (g_free);
  parts->implied = g_array_new (FALSE, FALSE, sizeof (GenesisImpliedCell));
  g_array_set_clear_func (parts->implied, clear_implied);
}

static void
parts_clear (Parts *parts)
{
  g_ptr_array_unref (parts->columns);
  g_array_unref (parts->implied);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Parts, parts_clear)

static void
get_columns (GenesisDecoder *from, Parts *parts)
{
  guint32 n = genesis_decoder_get_u32 (from);

  if (n < 2 || n > GENESIS_ROW_CONSTRAINT_MAX_TERMS + 1)
    genesis_decoder_fail (from);
  for (guint32 i = 0; i < n && !genesis_decoder_failed (from); i++)
    {
      char *name = genesis_decoder_get_text (from);

      if (name == NULL)
        genesis_decoder_fail (from);
      else
        g_ptr_array_add (parts->columns, name);
    }
  if (parts->kind != GENESIS_ROW_CONSTRAINT_KIND_SUM && n != 2)
    genesis_decoder_fail (from);
}

static void
get_coefficients (GenesisDecoder *from, Parts *parts)
{
  for (guint i = 0; i + 1 < parts->columns->len && !genesis_decoder_failed (from); i++)
    {
      gint64 coefficient = genesis_decoder_get_i64 (from);

      if (coefficient < -GENESIS_ROW_CONSTRAINT_MAX_COEFFICIENT
          || coefficient > GENESIS_ROW_CONSTRAINT_MAX_COEFFICIENT)
        genesis_decoder_fail (from);
      else
        parts->coefficients[i] = (gint)coefficient;
    }
}

static void
get_implied (GenesisDecoder *from, Parts *parts)
{
  guint32 n = genesis_decoder_get_u32 (from);
  gboolean is_implication = parts->kind == GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION;

  if (n > GENESIS_ROW_CONSTRAINT_MAX_ENTRIES || (n > 0) != is_implication)
    genesis_decoder_fail (from);
  for (guint32 i = 0; i < n && !genesis_decoder_failed (from); i++)
    {
      GenesisImpliedCell cell = { genesis_decoder_get_text (from), NULL };

      cell.effect = genesis_decoder_get_text (from);
      g_array_append_val (parts->implied, cell);
    }
}

static GenesisRowConstraint *
make_constraint (Parts *parts)
{
  const char *const *columns;
  const char *first, *last;

  g_ptr_array_add (parts->columns, NULL);
  columns = (const char *const *)parts->columns->pdata;
  first = columns[0];
  last = columns[parts->columns->len - 2];
  switch ((GenesisRowConstraintKind)parts->kind)
    {
    case GENESIS_ROW_CONSTRAINT_KIND_ORDER:
      return genesis_row_constraint_new_order (first, last, parts->strict);
    case GENESIS_ROW_CONSTRAINT_KIND_IMPLICATION:
      return genesis_row_constraint_new_implied (
          first, last, (const GenesisImpliedCell *)(gpointer)parts->implied->data,
          parts->implied->len);
    case GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH:
      return genesis_row_constraint_new_not_both (first, last);
    case GENESIS_ROW_CONSTRAINT_KIND_SUM:
    default:
      {
        gsize n_terms = parts->columns->len - 2;
        g_autofree const char **terms = g_new0 (const char *, n_terms + 1);

        for (gsize i = 0; i < n_terms; i++)
          terms[i] = columns[i];
        return genesis_row_constraint_new_sum (terms, parts->coefficients, n_terms, last);
      }
    }
}

static GenesisRowConstraint *
get_constraint (GenesisDecoder *from)
{
  g_auto (Parts) parts = { 0 };

  parts_init (&parts);
  parts.kind = genesis_decoder_get_u8 (from);
  parts.strict = genesis_decoder_get_u8 (from);
  if (parts.kind > GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH || parts.strict > 1
      || (parts.strict == 1 && parts.kind != GENESIS_ROW_CONSTRAINT_KIND_ORDER))
    genesis_decoder_fail (from);
  get_columns (from, &parts);
  if (parts.kind == GENESIS_ROW_CONSTRAINT_KIND_SUM)
    get_coefficients (from, &parts);
  get_implied (from, &parts);
  return genesis_decoder_failed (from) ? NULL : make_constraint (&parts);
}

GPtrArray *
genesis_row_constraints_decode (GenesisDecoder *from)
{
  g_autoptr (GPtrArray) constraints =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_row_constraint_unref);
  guint32 n = genesis_decoder_get_u32 (from);

  if (n > GENESIS_SCHEMA_MAX_CONSTRAINTS)
    genesis_decoder_fail (from);
  for (guint32 i = 0; i < n && !genesis_decoder_failed (from); i++)
    {
      GenesisRowConstraint *constraint = get_constraint (from);

      if (constraint != NULL)
        g_ptr_array_add (constraints, constraint);
    }
  return g_steal_pointer (&constraints);
}
