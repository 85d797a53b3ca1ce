/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-constraint-private.h"

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

static void
write_order (const GenesisRowConstraint *self, JsonBuilder *builder)
{
  add_text (builder, "column", self->columns[0]);
  add_text (builder, self->strict ? "less_than" : "at_most", self->columns[1]);
}

static gboolean
is_plain_sum (const GenesisRowConstraint *self)
{
  for (guint i = 0; i + 1 < self->n_columns; i++)
    if (self->coefficients[i] != 1)
      return FALSE;
  return TRUE;
}

static void
write_sum (const GenesisRowConstraint *self, JsonBuilder *builder)
{
  gboolean is_plain = is_plain_sum (self);

  json_builder_set_member_name (builder, "sum");
  if (is_plain)
    json_builder_begin_array (builder);
  else
    json_builder_begin_object (builder);
  for (guint i = 0; i + 1 < self->n_columns; i++)
    if (is_plain)
      json_builder_add_string_value (builder, self->columns[i]);
    else
      {
        json_builder_set_member_name (builder, self->columns[i]);
        json_builder_add_int_value (builder, self->coefficients[i]);
      }
  if (is_plain)
    json_builder_end_array (builder);
  else
    json_builder_end_object (builder);
  add_text (builder, "equals", self->columns[self->n_columns - 1]);
}

static void
write_dependency (const GenesisRowConstraint *self, JsonBuilder *builder)
{
  add_text (builder, "column", self->columns[1]);
  add_text (builder, "determined_by", self->columns[0]);
  json_builder_set_member_name (builder, "values");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->n_implied; i++)
    add_text (builder, self->implied[i].value, self->implied[i].effect);
  json_builder_end_object (builder);
}

static void
write_implication (const GenesisRowConstraint *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "when");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, self->columns[0]);
  if (self->n_implied > 1)
    json_builder_begin_array (builder);
  for (guint i = 0; i < self->n_implied; i++)
    if (self->implied[i].value != NULL)
      json_builder_add_string_value (builder, self->implied[i].value);
    else
      json_builder_add_null_value (builder);
  if (self->n_implied > 1)
    json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "then");
  json_builder_begin_object (builder);
  add_text (builder, self->columns[1], self->implied[0].effect);
  json_builder_end_object (builder);
}

static void
write_not_both (const GenesisRowConstraint *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "not_both");
  json_builder_begin_array (builder);
  json_builder_add_string_value (builder, self->columns[0]);
  json_builder_add_string_value (builder, self->columns[1]);
  json_builder_end_array (builder);
}

static void
write_constraint (const GenesisRowConstraint *self, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  if (self->kind == GENESIS_ROW_CONSTRAINT_KIND_ORDER)
    write_order (self, builder);
  else if (self->kind == GENESIS_ROW_CONSTRAINT_KIND_SUM)
    write_sum (self, builder);
  else if (self->kind == GENESIS_ROW_CONSTRAINT_KIND_NOT_BOTH)
    write_not_both (self, builder);
  else if (genesis_row_constraint_is_uniform (self))
    write_implication (self, builder);
  else
    write_dependency (self, builder);
  json_builder_end_object (builder);
}

void
genesis_row_constraints_to_json (GPtrArray *constraints, const char *member, JsonBuilder *builder)
{
  if (constraints->len == 0)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (guint i = 0; i < constraints->len; i++)
    write_constraint (g_ptr_array_index (constraints, i), builder);
  json_builder_end_array (builder);
}
