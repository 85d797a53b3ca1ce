/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-constraint-proposals-private.h"

/* Sums among integers and decimals. Where a term is not 0 the relation holds by chance with a
   probability of at most a half a row; with twenty such rows that is one in a million. */

static gboolean
is_wanted (const GenesisConstraintProposals *self, guint column)
{
  const GenesisConstraintColumn *facts = self->draft->columns[column];

  return self->fields[column] >= 0
         && genesis_field_get_kind (
                genesis_schema_get_field (self->schema, (guint)self->fields[column]))
                == GENESIS_FIELD_KIND_INTEGER
         && genesis_constraint_column_is_only (facts, GENESIS_CONSTRAINT_CELL_NUMBER)
         && facts->n_nonzero >= GENESIS_CONSTRAINT_MIN_CASES
         && genesis_constraint_column_get_n_levels (facts) != 1;
}

/* A column that can be all the others' sum: its coefficient is one, the others' have the other
   sign; else the last whose coefficient is one. -1: none. */
static int
choose_total (const GenesisConstraintProposals *self, const gint *relation)
{
  int best = -1, any = -1;

  for (guint field = 0; field < self->n_fields; field++)
    {
      gint own = relation[self->columns[field]];
      guint n_same = 0;

      if (ABS (own) != 1)
        continue;
      for (guint i = 0; i < self->draft->n; i++)
        n_same += relation[i] != 0 && (relation[i] > 0) == (own > 0);
      any = (int)field;
      if (n_same == 1)
        best = (int)field;
    }
  return best >= 0 ? best : any;
}

static void
propose (GenesisConstraintProposals *self, const gint *relation)
{
  int total = choose_total (self, relation);
  g_autoptr (GPtrArray) terms = g_ptr_array_new ();
  g_autoptr (GArray) coefficients = g_array_new (FALSE, FALSE, sizeof (gint));

  for (guint field = 0; total >= 0 && field < self->n_fields; field++)
    {
      gint coefficient = -relation[self->columns[field]] * relation[self->columns[total]];

      if (coefficient == 0 || field == (guint)total)
        continue;
      g_ptr_array_add (terms, (gpointer)genesis_constraint_proposals_get_name (self, field));
      g_array_append_val (coefficients, coefficient);
    }
  if (terms->len == 0)
    return;
  g_ptr_array_add (terms, NULL);
  genesis_constraint_proposals_accept (
      self,
      genesis_row_constraint_new_sum ((const char *const *)terms->pdata,
                                      (const gint *)(gpointer)coefficients->data, coefficients->len,
                                      genesis_constraint_proposals_get_name (self, (guint)total)),
      self->draft->n_rows);
}

void
genesis_constraint_proposals_add_sums (GenesisConstraintProposals *self)
{
  guint n = self->draft->n, rest = self->n_fields;
  g_autofree gboolean *wanted = g_new0 (gboolean, n + 1);
  g_autofree guint *ranks = g_new0 (guint, n + 1);
  g_autoptr (GPtrArray) relations = NULL;

  for (guint i = 0; i < n; i++)
    {
      wanted[i] = is_wanted (self, i);
      ranks[i] = self->fields[i] >= 0 ? (guint)self->fields[i] : rest++;
    }
  relations = genesis_linear_relations_conclude (self->draft->relations, wanted, ranks);
  for (guint k = 0; k < relations->len; k++)
    propose (self, g_ptr_array_index (relations, k));
}
