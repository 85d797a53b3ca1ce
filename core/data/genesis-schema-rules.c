/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-rules-private.h"

#include <string.h>

#include "data/genesis-schema-identifiers-private.h"
#include "data/genesis-schema-private.h"

/* Followed by the constraints and the columns that are made anew, behind all else; a schema without
   any keeps its bytes. */
#define WITH_RULES       " with constraints"
#define WITH_IDENTIFIERS " with identifiers"

void
genesis_schema_rules_clear (GenesisSchemaRules *self)
{
  g_clear_pointer (&self->in_force, genesis_row_constraint_set_free);
  g_clear_pointer (&self->proposed, g_ptr_array_unref);
}

const GenesisRowConstraintSet *
genesis_schema_get_constraint_set (GenesisSchema *self)
{
  return genesis_schema_get_rules (self)->in_force;
}

/* Each must be one that could be put in force; together they need not agree. */
static gboolean
check_proposed (GenesisSchema *self, GPtrArray *proposed, GError **error)
{
  for (guint i = 0; proposed != NULL && i < proposed->len; i++)
    {
      g_autoptr (GPtrArray) one = g_ptr_array_new ();
      g_autoptr (GenesisRowConstraintSet) set = NULL;

      g_ptr_array_add (one, g_ptr_array_index (proposed, i));
      set = genesis_row_constraint_set_new (self, one, error);
      if (set == NULL)
        {
          g_prefix_error (error, "proposed constraint %u: ", i + 1);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
genesis_schema_take_rules (GenesisSchema *self, GPtrArray *constraints, GPtrArray *proposed,
                           GError **error)
{
  GenesisSchemaRules *rules = genesis_schema_get_rules (self);
  g_autoptr (GenesisRowConstraintSet) set = NULL;

  if (!check_proposed (self, proposed, error))
    return FALSE;
  if (constraints != NULL && constraints->len > 0)
    {
      set = genesis_row_constraint_set_new (self, constraints, error);
      if (set == NULL)
        return FALSE;
    }
  genesis_schema_rules_clear (rules);
  rules->in_force = g_steal_pointer (&set);
  rules->proposed = proposed != NULL ? g_ptr_array_ref (proposed) : NULL;
  genesis_schema_renew_canonical (self);
  return TRUE;
}

gboolean
genesis_schema_inherit_rules (GenesisSchema *self, GenesisSchema *from, GError **error)
{
  const GenesisSchemaRules *rules = genesis_schema_get_rules (from);

  return genesis_schema_take_identifiers (self, genesis_schema_get_identifier_list (from), error)
         && genesis_schema_take_rules (self,
                                       rules->in_force != NULL ? rules->in_force->constraints
                                                               : NULL,
                                       rules->proposed, error);
}

static gboolean
read_member (JsonObject *root, const char *member, GPtrArray **constraints, GError **error)
{
  if (!json_object_has_member (root, member))
    return TRUE;
  *constraints =
      genesis_row_constraints_new_from_json (json_object_get_member (root, member), member, error);
  return *constraints != NULL;
}

gboolean
genesis_schema_read_rules (GenesisSchema *self, JsonObject *root, GError **error)
{
  g_autoptr (GPtrArray) constraints = NULL;
  g_autoptr (GPtrArray) proposed = NULL;

  return read_member (root, "constraints", &constraints, error)
         && read_member (root, "proposed", &proposed, error)
         && genesis_schema_take_rules (self, constraints, proposed, error);
}

void
genesis_schema_write_rules (GenesisSchema *self, JsonBuilder *builder)
{
  const GenesisSchemaRules *rules = genesis_schema_get_rules (self);

  if (rules->in_force != NULL)
    genesis_row_constraints_to_json (rules->in_force->constraints, "constraints", builder);
  if (rules->proposed != NULL)
    genesis_row_constraints_to_json (rules->proposed, "proposed", builder);
}

const char *
genesis_schema_get_format (GenesisSchema *self)
{
  static const char *const formats[2][2] = {
    { GENESIS_SCHEMA_FORMAT, GENESIS_SCHEMA_FORMAT WITH_IDENTIFIERS },
    { GENESIS_SCHEMA_FORMAT WITH_RULES, GENESIS_SCHEMA_FORMAT WITH_RULES WITH_IDENTIFIERS }
  };

  return formats[genesis_schema_get_constraint_set (self) != NULL]
                [genesis_schema_get_identifier_list (self) != NULL];
}

gboolean
genesis_schema_check_format (const char *format, gboolean *has_rules, gboolean *has_identifiers)
{
  const char *rest;

  if (format == NULL || !g_str_has_prefix (format, GENESIS_SCHEMA_FORMAT))
    return FALSE;
  rest = format + strlen (GENESIS_SCHEMA_FORMAT);
  *has_rules = g_str_has_prefix (rest, WITH_RULES);
  rest += *has_rules ? strlen (WITH_RULES) : 0;
  *has_identifiers = g_str_equal (rest, WITH_IDENTIFIERS);
  return *has_identifiers || *rest == 0;
}

void
genesis_schema_encode_rules (GenesisSchema *self, GenesisEncoder *to)
{
  const GenesisRowConstraintSet *set = genesis_schema_get_constraint_set (self);

  if (set != NULL)
    genesis_row_constraints_encode (set->constraints, to);
  if (genesis_schema_get_identifier_list (self) != NULL)
    genesis_identifiers_encode (genesis_schema_get_identifier_list (self), to);
}

GenesisSchema *
genesis_schema_copy (GenesisSchema *self)
{
  g_auto (GenesisEncoder) encoder = { NULL };
  GenesisSchemaRules *rules = genesis_schema_get_rules (self);
  GenesisDecoder decoder;
  GenesisSchema *copy;

  genesis_encoder_init (&encoder);
  genesis_schema_encode (self, &encoder);
  genesis_decoder_init (&decoder, encoder.bytes->data, encoder.bytes->len);
  copy = genesis_schema_decode (&decoder, NULL);
  g_assert (copy != NULL);
  if (rules->proposed != NULL)
    genesis_schema_get_rules (copy)->proposed = g_ptr_array_ref (rules->proposed);
  return copy;
}

/**
 * genesis_schema_with_constraints:
 * @self: a schema
 * @constraints: (array length=n_constraints): what holds in every row
 * @n_constraints: how many, at most 4,096
 * @error: return location
 *
 * A copy of the schema with these constraints instead of its own. %GENESIS_ERROR_INVALID_CONFIG
 * names the constraint and the column that it does not fit, or two constraints that contradict each
 * other or run in a circle. Synthetic rows keep all of them; rows that are learnt from need not,
 * they are counted.
 *
 * Returns: (transfer full) (nullable): a schema
 */
GenesisSchema *
genesis_schema_with_constraints (GenesisSchema *self, GenesisRowConstraint *const *constraints,
                                 gsize n_constraints, GError **error)
{
  g_autoptr (GenesisSchema) copy = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), NULL);
  g_return_val_if_fail (constraints != NULL || n_constraints == 0, NULL);

  for (gsize i = 0; i < n_constraints; i++)
    g_ptr_array_add (list, constraints[i]);
  copy = genesis_schema_copy (self);
  if (!genesis_schema_take_rules (copy, list, genesis_schema_get_rules (self)->proposed, error))
    return NULL;
  return g_steal_pointer (&copy);
}

/**
 * genesis_schema_get_n_constraints:
 * @self: a schema
 *
 * Returns: how many constraints every row keeps
 */
guint
genesis_schema_get_n_constraints (GenesisSchema *self)
{
  const GenesisRowConstraintSet *set;

  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), 0);

  set = genesis_schema_get_constraint_set (self);
  return set != NULL ? set->n : 0;
}

/**
 * genesis_schema_get_constraint:
 * @self: a schema
 * @index: place of the constraint
 *
 * Returns: (transfer none): the constraint
 */
GenesisRowConstraint *
genesis_schema_get_constraint (GenesisSchema *self, guint index)
{
  g_return_val_if_fail (index < genesis_schema_get_n_constraints (self), NULL);

  return g_ptr_array_index (genesis_schema_get_constraint_set (self)->constraints, index);
}

/**
 * genesis_schema_get_n_proposed:
 * @self: a schema
 *
 * Returns: how many constraints were found in the data and wait for somebody to put them in force;
 *   they change nothing until then
 */
guint
genesis_schema_get_n_proposed (GenesisSchema *self)
{
  const GenesisSchemaRules *rules;

  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), 0);

  rules = genesis_schema_get_rules (self);
  return rules->proposed != NULL ? rules->proposed->len : 0;
}

/**
 * genesis_schema_get_proposed:
 * @self: a schema
 * @index: place of the proposal
 *
 * Returns: (transfer none): the constraint that is proposed
 */
GenesisRowConstraint *
genesis_schema_get_proposed (GenesisSchema *self, guint index)
{
  g_return_val_if_fail (index < genesis_schema_get_n_proposed (self), NULL);

  return g_ptr_array_index (genesis_schema_get_rules (self)->proposed, index);
}

/**
 * genesis_schema_adopt_proposed:
 * @self: a schema
 * @error: return location
 *
 * A copy of the schema in which the constraints that it proposes are in force beside its own.
 * %GENESIS_ERROR_INVALID_CONFIG when they contradict each other.
 *
 * Returns: (transfer full) (nullable): a schema that proposes nothing any more
 */
GenesisSchema *
genesis_schema_adopt_proposed (GenesisSchema *self, GError **error)
{
  g_autoptr (GenesisSchema) copy = NULL;
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), NULL);

  for (guint i = 0; i < genesis_schema_get_n_constraints (self); i++)
    g_ptr_array_add (all, genesis_schema_get_constraint (self, i));
  for (guint i = 0; i < genesis_schema_get_n_proposed (self); i++)
    g_ptr_array_add (all, genesis_schema_get_proposed (self, i));
  copy = genesis_schema_copy (self);
  if (!genesis_schema_take_rules (copy, all, NULL, error))
    return NULL;
  return g_steal_pointer (&copy);
}
