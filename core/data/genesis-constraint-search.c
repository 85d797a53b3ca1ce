/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-constraint-search-private.h"

#include "data/genesis-schema-rules-private.h"

void
genesis_constraint_search_clear (GenesisConstraintSearch *self)
{
  g_clear_pointer (&self->evidence, genesis_constraint_draft_free);
  g_clear_pointer (&self->ids, g_free);
}

void
genesis_constraint_search_begin (GenesisConstraintSearch *self, gboolean is_wanted,
                                 const char *const *names)
{
  self->is_wanted = is_wanted;
  self->evidence = is_wanted ? genesis_constraint_draft_new (names) : NULL;
  self->is_partial = self->evidence == NULL;
  self->ids = g_new0 (int, g_strv_length ((char **)names) + 1);
}

void
genesis_constraint_search_add (GenesisConstraintSearch *self, const GenesisCell *cells)
{
  if (self->evidence != NULL)
    genesis_constraint_draft_add (self->evidence, cells, self->ids);
}

void
genesis_constraint_search_end (GenesisConstraintSearch *self)
{
  if (self->evidence != NULL)
    genesis_constraint_draft_settle (self->evidence);
}

static GenesisConstraintDraft *
draft_like (const GenesisConstraintDraft *other)
{
  g_autofree const char **names = g_new0 (const char *, other->n + 1);

  for (guint i = 0; i < other->n; i++)
    names[i] = other->columns[i]->name;
  return genesis_constraint_draft_new (names);
}

static gboolean
has_same_columns (const GenesisConstraintDraft *a, const GenesisConstraintDraft *b)
{
  if (a->n != b->n)
    return FALSE;
  for (guint i = 0; i < a->n; i++)
    if (!g_str_equal (a->columns[i]->name, b->columns[i]->name))
      return FALSE;
  return TRUE;
}

void
genesis_constraint_search_merge (GenesisConstraintSearch *self,
                                 const GenesisConstraintSearch *other)
{
  self->is_partial |= other->is_partial;
  if (self->evidence != NULL && other->evidence != NULL)
    self->is_partial |= !has_same_columns (self->evidence, other->evidence);
  if (self->is_partial)
    {
      g_clear_pointer (&self->evidence, genesis_constraint_draft_free);
      return;
    }
  if (self->evidence == NULL)
    self->evidence = draft_like (other->evidence);
  genesis_constraint_draft_merge (self->evidence, other->evidence);
}

static void
tell_why_not (const GenesisConstraintSearch *self, guint n_columns, GPtrArray *findings)
{
  if (!self->is_wanted)
    return;
  if (n_columns > GENESIS_CONSTRAINT_DRAFT_MAX_COLUMNS)
    g_ptr_array_add (findings,
                     g_strdup_printf ("constraints of rows are not looked for: %u columns are "
                                      "more than %u",
                                      n_columns, GENESIS_CONSTRAINT_DRAFT_MAX_COLUMNS));
  else
    g_ptr_array_add (findings, g_strdup ("constraints of rows are not looked for: the files have "
                                         "different columns, or one was not searched"));
}

void
genesis_constraint_search_conclude (const GenesisConstraintSearch *self, guint n_columns,
                                    GenesisSchema *schema, GPtrArray *findings)
{
  g_autoptr (GPtrArray) proposed = NULL;

  if (self->evidence == NULL)
    {
      tell_why_not (self, n_columns, findings);
      return;
    }
  proposed = genesis_constraint_draft_propose (self->evidence, schema, findings);
  if (proposed->len > 0 && !genesis_schema_take_rules (schema, NULL, proposed, NULL))
    g_assert_not_reached ();
}

/**
 * genesis_schema_draft_set_find_constraints:
 * @self: a draft
 * @find: whether to look for constraints of rows in the files that are added from now on
 *
 * Off in a new draft. The schema that is concluded then proposes what no row of any file
 * contradicts and columns that have nothing to do with each other would hardly keep:
 * genesis_schema_get_proposed(). Nothing is in force before genesis_schema_adopt_proposed() or a
 * person says so. Looked for are orders of numbers and of times written year first, sums of
 * integers and decimals, columns of at most 256 values that are functions of others, cells that are
 * missing because of another; at least 100 rows, at most 256 columns. A draft of files that have
 * different columns, or into which one was merged that did not look, proposes nothing.
 */
void
genesis_schema_draft_set_find_constraints (GenesisSchemaDraft *self, gboolean find)
{
  g_return_if_fail (GENESIS_IS_SCHEMA_DRAFT (self));

  genesis_schema_draft_get_search (self)->is_wanted = find != FALSE;
}
