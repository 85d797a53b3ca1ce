/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-schema-merge-private.h"

#include <string.h>

#include "data/genesis-disagreement-private.h"

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
has_text (GPtrArray *texts, const char *text)
{
  return g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL);
}

/* Where all agree their order stays. */
static gboolean
keep_exclusions (GenesisSchemaMerge *self)
{
  const char *const *first = genesis_schema_get_excluded (self->sides[0].schema);

  if (self->excluded->len > 0)
    return FALSE;
  for (gsize i = 1; i < self->n; i++)
    if (!g_strv_equal (genesis_schema_get_excluded (self->sides[i].schema), first))
      return FALSE;
  for (gsize i = 0; first[i] != NULL; i++)
    g_ptr_array_add (self->excluded, g_strdup (first[i]));
  g_ptr_array_add (self->excluded, NULL);
  return TRUE;
}

void
genesis_schema_merge_exclusions (GenesisSchemaMerge *self)
{
  if (keep_exclusions (self))
    return;
  for (gsize i = 0; i < self->n; i++)
    {
      const char *const *excluded = genesis_schema_get_excluded (self->sides[i].schema);

      for (gsize k = 0; excluded[k] != NULL; k++)
        if (!has_text (self->excluded, excluded[k]))
          g_ptr_array_add (self->excluded, g_strdup (excluded[k]));
    }
  g_ptr_array_sort (self->excluded, compare_texts);
  g_ptr_array_add (self->excluded, NULL);
}

void
genesis_schema_merge_markers (GenesisSchemaMerge *self)
{
  const char *const *first = genesis_schema_get_missing_markers (self->sides[0].schema);
  const char *other = NULL;

  for (gsize i = 0; i < self->n; i++)
    {
      const char *const *markers = genesis_schema_get_missing_markers (self->sides[i].schema);

      if (!g_strv_equal (markers, first) && other == NULL)
        other = self->sides[i].name;
      for (gsize k = 0; markers[k] != NULL; k++)
        if (!has_text (self->markers, markers[k]))
          g_ptr_array_add (self->markers, g_strdup (markers[k]));
    }
  if (other != NULL)
    genesis_disagreements_add (self->report, NULL, "missing markers", "all markers are read",
                               "'%s' and '%s' have other markers of missing cells",
                               self->sides[0].name, other);
  g_ptr_array_add (self->markers, NULL);
}

static gboolean
has_constraint (GenesisSchema *schema, const GenesisRowConstraint *constraint)
{
  for (guint i = 0; i < genesis_schema_get_n_constraints (schema); i++)
    if (genesis_row_constraint_equal (genesis_schema_get_constraint (schema, i), constraint))
      return TRUE;
  return FALSE;
}

static int
compare_constraints (gconstpointer a, gconstpointer b)
{
  g_autofree char *x = genesis_row_constraint_dup_text (*(GenesisRowConstraint *const *)a);
  g_autofree char *y = genesis_row_constraint_dup_text (*(GenesisRowConstraint *const *)b);

  return strcmp (x, y);
}

/* What not every site vouches for would be kept by rows of sites that break it. */
static gboolean
judge_constraint (GenesisSchemaMerge *self, const GenesisMergeSide *side,
                  const GenesisRowConstraint *constraint)
{
  g_autofree char *text = genesis_row_constraint_dup_text (constraint);

  for (gsize i = 0; i < self->n; i++)
    if (!has_constraint (self->sides[i].schema, constraint))
      {
        genesis_disagreements_add (self->report, NULL, "constraint",
                                   "a constraint stays in force when all schemas have it",
                                   "'%s' is in '%s' but not in '%s'", text, side->name,
                                   self->sides[i].name);
        return FALSE;
      }
  return TRUE;
}

GPtrArray *
genesis_schema_merge_constraints (GenesisSchemaMerge *self)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_row_constraint_unref);
  g_autoptr (GPtrArray) judged = g_ptr_array_new ();

  for (gsize i = 0; i < self->n; i++)
    for (guint k = 0; k < genesis_schema_get_n_constraints (self->sides[i].schema); k++)
      {
        GenesisRowConstraint *own = genesis_schema_get_constraint (self->sides[i].schema, k);
        gboolean is_known = FALSE;

        for (guint j = 0; j < judged->len && !is_known; j++)
          is_known = genesis_row_constraint_equal (g_ptr_array_index (judged, j), own);
        if (is_known)
          continue;
        g_ptr_array_add (judged, own);
        if (judge_constraint (self, &self->sides[i], own))
          g_ptr_array_add (kept, genesis_row_constraint_ref (own));
      }
  g_ptr_array_sort (kept, compare_constraints);
  return kept;
}
