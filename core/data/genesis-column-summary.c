/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-column-summary-private.h"

#include <string.h>

#include "data/genesis-field-private.h"

/* Text of that many values is a handful. */
#define FEW    20u
#define SOME   256u
#define UNIQUE 100u

static void
clear_level (gpointer data)
{
  g_free (((GenesisLevel *)data)->text);
}

void
genesis_column_summary_free (GenesisColumnSummary *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->field, genesis_field_unref);
  g_clear_pointer (&self->levels, g_array_unref);
  g_free (self->name);
  g_free (self->found);
  g_free (self->from);
  g_free (self->to);
  g_free (self->n_missing);
  g_free (self);
}

static const char *
classify_distinct (guint64 n_different, guint64 n)
{
  if (n == 0)
    return "none";
  if (n_different <= 1)
    return "constant";
  if (n > UNIQUE && n_different >= n)
    return "unique";
  if (n > UNIQUE && (double)n_different > .9 * (double)n)
    return "nearly unique";
  if (n_different <= 2)
    return "two";
  return n_different <= FEW ? "few" : n_different <= SOME ? "some" : "many";
}

/* How the values are written. */
static char *
describe_field (const GenesisField *field)
{
  switch (field->kind)
    {
    case GENESIS_FIELD_KIND_DATETIME:
      return g_strdup (field->format);
    case GENESIS_FIELD_KIND_BOOLEAN:
      return g_strdup_printf ("%s / %s", field->categories[0], field->categories[1]);
    case GENESIS_FIELD_KIND_INTEGER:
      if (field->format != NULL)
        return g_strdup_printf ("written as %s", field->format);
      return field->decimals > 0 ? g_strdup_printf ("%d decimal%s", field->decimals,
                                                    field->decimals == 1 ? "" : "s")
                                 : g_strdup ("whole numbers");
    case GENESIS_FIELD_KIND_REAL:
      return field->format != NULL ? g_strdup_printf ("written as %s", field->format)
                                   : g_strdup ("as many digits as needed");
    case GENESIS_FIELD_KIND_CATEGORY:
    default:
      return g_strdup ("text");
    }
}

/* The reason of an exclusion, of "column 'name': excluded: reason; what to do". */
static char *
find_reason (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const char *reason = strstr (g_ptr_array_index (findings, i), "excluded: ");

      if (reason != NULL)
        {
          reason += strlen ("excluded: ");
          return g_strndup (reason, strcspn (reason, ";"));
        }
    }
  return g_strdup ("nothing to learn from");
}

static void
describe (GenesisColumnSummary *self, GPtrArray *findings, const GError *refusal)
{
  if (self->field != NULL)
    {
      self->type = genesis_field_get_type_name (self->field);
      self->found = describe_field (self->field);
      return;
    }
  self->type = refusal != NULL ? "refused" : "excluded";
  self->found = refusal != NULL ? g_strdup ("no type fits") : find_reason (findings);
}

static void
count (GenesisColumnSummary *self, const GenesisColumnInquiry *inquiry,
       const GenesisColumnFacts *facts)
{
  const GenesisColumnDraft *draft = inquiry->draft;
  const GenesisColumnWatch *watch = &inquiry->watch->columns[inquiry->place];
  guint64 n_typed = facts->n_numbers + facts->n_dates + facts->n_amounts;

  self->n = facts->n;
  self->n_different = MIN (genesis_column_draft_get_n_texts (draft), facts->n);
  self->is_exact = draft->texts != NULL;
  self->distinct = classify_distinct (self->n_different, facts->n);
  self->n_markers = draft->n_markers;
  self->n_missing = g_memdup2 (draft->n_missing, sizeof (guint64) * (draft->n_markers + 1));
  for (guint i = 0; i <= draft->n_markers; i++)
    self->n_missing_cells += draft->n_missing[i];
  for (guint i = 0; i < GENESIS_COLUMN_WATCH_WORDS; i++)
    self->n_words += watch->words[i].n;
  self->is_blocked = self->n_words > 0 && n_typed > 0 && n_typed + self->n_words == facts->n;
}

GenesisColumnSummary *
genesis_column_summary_new (const GenesisColumnInquiry *inquiry, GPtrArray *remarks)
{
  GenesisColumnSummary *self = g_new0 (GenesisColumnSummary, 1);
  g_autoptr (GenesisColumnFacts) facts = genesis_column_draft_dup_facts (inquiry->draft);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) refusal = NULL;

  self->name = g_strdup (inquiry->name);
  self->place = inquiry->place + 1;
  self->field = genesis_column_draft_conclude (inquiry->draft, inquiry->name,
                                               inquiry->watch->markers, inquiry->n_missing_of_table,
                                               inquiry->date_order, findings, &refusal);
  self->levels = g_array_new (FALSE, FALSE, sizeof (GenesisLevel));
  g_array_set_clear_func (self->levels, clear_level);
  count (self, inquiry, facts);
  describe (self, findings, refusal);
  if (self->field != NULL)
    self->n_digits =
        facts->n_numbers == facts->n ? facts->needed_max : genesis_field_get_decimals (self->field);
  if (self->field != NULL)
    genesis_column_summary_add_shape (self, inquiry);
  genesis_column_summary_remark (self, inquiry, facts, refusal, findings, remarks);
  return self;
}
