/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-constraint-proposals-private.h"

#include <math.h>

#include "data/genesis-row-constraint-set-private.h"

/* From evidence to proposals: what no row contradicts, and what would hardly hold by chance. */

GenesisConstraintColumn *
genesis_constraint_proposals_get_column (const GenesisConstraintProposals *self, guint field)
{
  return self->draft->columns[self->columns[field]];
}

const char *
genesis_constraint_proposals_get_name (const GenesisConstraintProposals *self, guint field)
{
  return genesis_constraint_proposals_get_column (self, field)->name;
}

double
genesis_constraint_proposals_get_bar (const GenesisConstraintProposals *self, guint n_kinds)
{
  return log ((double)self->n_fields * self->n_fields * n_kinds / GENESIS_CONSTRAINT_FALSE_ALARM);
}

static gboolean
agrees (const GenesisConstraintProposals *self, GenesisRowConstraint *constraint)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autoptr (GenesisRowConstraintSet) set = NULL;

  for (guint i = 0; i < self->accepted->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (self->accepted, i));
  g_ptr_array_add (all, constraint);
  set = genesis_row_constraint_set_new (self->schema, all, NULL);
  return set != NULL;
}

void
genesis_constraint_proposals_accept (GenesisConstraintProposals *self,
                                     GenesisRowConstraint *constraint, guint64 n_rows)
{
  g_autoptr (GenesisRowConstraint) own = constraint;
  g_autofree char *text = NULL;

  if (self->accepted->len >= GENESIS_CONSTRAINT_MAX_PROPOSALS)
    {
      self->n_left_out++;
      return;
    }
  if (!agrees (self, own))
    return;
  text = genesis_row_constraint_dup_text (own);
  g_ptr_array_add (self->findings,
                   g_strdup_printf ("proposed constraint: %s, as in all %" G_GUINT64_FORMAT
                                    " rows that it is about",
                                    text, n_rows));
  g_ptr_array_add (self->accepted, g_steal_pointer (&own));
}

static void
find_fields (GenesisConstraintProposals *self)
{
  self->n_fields = genesis_schema_get_n_fields (self->schema);
  self->columns = g_new0 (guint, self->n_fields + 1);
  self->fields = g_new0 (int, self->draft->n + 1);
  for (guint i = 0; i < self->draft->n; i++)
    {
      self->fields[i] = genesis_schema_find_field (self->schema, self->draft->columns[i]->name);
      if (self->fields[i] >= 0)
        self->columns[self->fields[i]] = i;
    }
}

GPtrArray *
genesis_constraint_draft_propose (const GenesisConstraintDraft *self, GenesisSchema *schema,
                                  GPtrArray *findings)
{
  GenesisConstraintProposals proposals = {
    .draft = self,
    .schema = schema,
    .accepted = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_row_constraint_unref),
    .findings = findings,
  };

  find_fields (&proposals);
  if (self->n_rows >= GENESIS_CONSTRAINT_MIN_ROWS)
    {
      genesis_constraint_proposals_add_sums (&proposals);
      genesis_constraint_proposals_add_functions (&proposals);
      genesis_constraint_proposals_add_gaps (&proposals);
      genesis_constraint_proposals_add_orders (&proposals);
    }
  if (proposals.n_left_out > 0)
    g_ptr_array_add (findings,
                     g_strdup_printf ("%u more constraints hold in all rows than the %u "
                                      "that are proposed",
                                      proposals.n_left_out, GENESIS_CONSTRAINT_MAX_PROPOSALS));
  g_free (proposals.columns);
  g_free (proposals.fields);
  return proposals.accepted;
}
