/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-table-summary-private.h"

#include <genesis/genesis-field.h>
#include <genesis/genesis-row-constraint.h>

#include "data/genesis-csv-records-private.h"
#include "data/genesis-table-watch-private.h"

/* min_samples of a site, unless its key file says otherwise. */
#define USUAL_MIN_SAMPLES 100u
/* Columns that one remark names. */
#define MOST_NAMES 6u

static void
clear_gap (gpointer data)
{
  g_array_unref (((GenesisGapPattern *)data)->columns);
}

void
genesis_table_summary_free (GenesisTableSummary *self)
{
  if (self == NULL)
    return;
  g_clear_error (&self->error);
  g_clear_pointer (&self->dialect, genesis_csv_dialect_free);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->remarks);
  g_ptr_array_unref (self->constraints);
  g_array_unref (self->gaps);
  g_strfreev (self->markers);
  g_free (self->name);
  g_free (self->description);
  g_free (self);
}

static GenesisTableSummary *
summary_new (const char *name, GenesisSource *source, const GenesisSummarySettings *settings)
{
  GenesisTableSummary *self = g_new0 (GenesisTableSummary, 1);

  self->name = g_strdup (name);
  self->description = genesis_source_dup_description (source);
  self->markers = g_strdupv (settings->markers);
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_column_summary_free);
  self->remarks = genesis_summary_remarks_new ();
  self->constraints = g_ptr_array_new_with_free_func (g_free);
  self->gaps = g_array_new (FALSE, FALSE, sizeof (GenesisGapPattern));
  g_array_set_clear_func (self->gaps, clear_gap);
  return self;
}

/* -- the table as a whole --------------------------------------------------- */

static void
take_repeats (GenesisTableSummary *self, const GenesisRowRepeats *repeats)
{
  const char *unit = self->has_lines ? "line" : "row";

  self->n_repeats = genesis_row_repeats_count (repeats, &self->repeats_are_exact);
  self->first_repeat = repeats->first;
  self->first_twin = repeats->twin;
  if (self->n_repeats == 0)
    return;
  genesis_summary_remarks_add (self->remarks, GENESIS_REMARK_NOTE, "duplicate-rows",
                               self->first_repeat, "look whether the export wrote them twice",
                               "%s%" G_GUINT64_FORMAT
                               " row%s the same as one before; %s %" G_GUINT64_FORMAT
                               " repeats %s %" G_GUINT64_FORMAT,
                               self->repeats_are_exact ? "" : "about ", self->n_repeats,
                               self->n_repeats == 1 ? " is" : "s are", unit, self->first_repeat,
                               unit, self->first_twin);
}

static void
take_gap (GenesisTableSummary *self, const GenesisMissingPattern *pattern)
{
  GenesisGapPattern gap = { g_array_new (FALSE, FALSE, sizeof (guint)), pattern->count };

  for (guint i = 0; i < self->columns->len; i++)
    if (genesis_missing_pattern_has (pattern, i))
      g_array_append_val (gap.columns, i);
  g_array_append_val (self->gaps, gap);
}

static void
take_gaps (GenesisTableSummary *self, const GenesisMissingPatterns *patterns)
{
  g_autoptr (GArray) list = genesis_missing_patterns_list (patterns);

  self->n_complete_rows = patterns->n_complete;
  self->n_other_gaps = patterns->n_other;
  for (guint i = 0; i < list->len; i++)
    {
      const GenesisMissingPattern *pattern = &g_array_index (list, GenesisMissingPattern, i);

      if (self->gaps->len < GENESIS_TABLE_SUMMARY_PATTERNS)
        take_gap (self, pattern);
      else
        self->n_other_gaps += pattern->count;
    }
}

static void
remark_size (GenesisTableSummary *self)
{
  if (self->n_rows == 0)
    genesis_summary_remarks_add (self->remarks, GENESIS_REMARK_REFUSED, "no-rows", 0,
                                 "look whether the export went wrong", "the table has no rows");
  else if (self->n_rows < USUAL_MIN_SAMPLES)
    genesis_summary_remarks_add (self->remarks, GENESIS_REMARK_NOTE, "few-rows", 0,
                                 "nothing, when the site's min_samples is lower",
                                 "%" G_GUINT64_FORMAT
                                 " rows are fewer than the %u that a site needs by default",
                                 self->n_rows, USUAL_MIN_SAMPLES);
}

/* -- columns ---------------------------------------------------------------- */

static guint64 *
count_missing (const GenesisTableWatch *watch, GPtrArray *drafts, guint n_markers)
{
  guint64 *n_missing = g_new0 (guint64, n_markers + 1);

  for (guint i = 0; i < watch->n; i++)
    for (guint j = 0; j <= n_markers; j++)
      n_missing[j] += ((const GenesisColumnDraft *)g_ptr_array_index (drafts, i))->n_missing[j];
  return n_missing;
}

static void
take_columns (GenesisTableSummary *self, GenesisSchemaDraft *draft, const GenesisTableWatch *watch,
              const GenesisSummarySettings *settings)
{
  const char *const *names = genesis_records_get_columns (watch->records);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new ();
  g_autofree guint64 *n_missing = NULL;

  for (guint i = 0; i < watch->n; i++)
    g_ptr_array_add (drafts, g_hash_table_lookup (draft->columns, names[i]));
  n_missing = count_missing (watch, drafts, g_strv_length (draft->markers));
  for (guint i = 0; i < watch->n; i++)
    {
      const GenesisColumnInquiry inquiry = { .draft = g_ptr_array_index (drafts, i),
                                             .name = names[i],
                                             .watch = watch,
                                             .place = i,
                                             .n_missing_of_table = n_missing,
                                             .date_order = settings->date_order,
                                             .min_cell = settings->min_cell,
                                             .site = self->name };
      GenesisColumnSummary *column = genesis_column_summary_new (&inquiry, self->remarks);

      self->n_missing_cells += column->n_missing_cells;
      g_ptr_array_add (self->columns, column);
    }
}

/* 63.0 throughout. */
static void
remark_zero_decimals (GenesisTableSummary *self)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < self->columns->len; i++)
    {
      const GenesisColumnSummary *column = g_ptr_array_index (self->columns, i);

      if (column->field == NULL || genesis_field_get_decimals (column->field) == 0
          || column->n_digits > 0)
        continue;
      if (n++ < MOST_NAMES)
        g_string_append_printf (names, "%s'%s'", n > 1 ? ", " : "", column->name);
    }
  if (n > MOST_NAMES)
    g_string_append_printf (names, " and %u more", n - MOST_NAMES);
  if (n > 0)
    genesis_summary_remarks_add (
        self->remarks, GENESIS_REMARK_NOTE, "zero-decimals", 0,
        "nothing, when other sites write 63: merged drafts keep whole numbers",
        "%s %s: whole numbers are written with a point and zeros, as 63.0",
        n == 1 ? "column" : "columns", names->str);
}

/* What holds in every row; it needs a schema, which a refused column does not allow. */
static void
take_constraints (GenesisTableSummary *self, GenesisSchemaDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = NULL;

  if (genesis_summary_remarks_count (self->remarks, GENESIS_REMARK_REFUSED) > 0)
    return;
  schema = genesis_schema_draft_conclude (draft, &error);
  if (schema == NULL)
    {
      genesis_summary_remarks_add (self->remarks, GENESIS_REMARK_REFUSED, "no-schema", 0, NULL,
                                   "%s", error->message);
      return;
    }
  for (guint i = 0; i < genesis_schema_get_n_proposed (schema); i++)
    g_ptr_array_add (self->constraints,
                     genesis_row_constraint_dup_text (genesis_schema_get_proposed (schema, i)));
}

static void
conclude (GenesisTableSummary *self, GenesisSchemaDraft *draft, const GenesisTableWatch *watch,
          const GenesisSummarySettings *settings)
{
  const GenesisCsvOddities *oddities = genesis_csv_records_get_oddities (watch->records);

  self->n_rows = watch->n_rows;
  self->has_lines = watch->has_lines;
  self->dialect = genesis_csv_records_dup_dialect (watch->records);
  remark_size (self);
  if (oddities != NULL)
    genesis_csv_oddities_remark (oddities, self->remarks);
  take_columns (self, draft, watch, settings);
  genesis_missing_words_remark (self, watch);
  remark_zero_decimals (self);
  take_repeats (self, watch->repeats);
  take_gaps (self, watch->patterns);
  if (self->n_rows > 0)
    take_constraints (self, draft);
  genesis_summary_remarks_sort (self->remarks);
}

GenesisTableSummary *
genesis_table_summary_new (const char *name, GenesisSource *source,
                           const GenesisSummarySettings *settings, GenesisSchemaDraft **draft,
                           GCancellable *cancellable)
{
  GenesisTableSummary *self = summary_new (name, source, settings);
  g_autoptr (GenesisSchemaDraft) own =
      genesis_schema_draft_new ((const char *const *)settings->markers);
  g_autoptr (GenesisRecords) records =
      genesis_source_open (source, NULL, cancellable, &self->error);
  g_autoptr (GenesisTableWatch) watch = NULL;

  *draft = NULL;
  genesis_schema_draft_set_find_constraints (own, TRUE);
  if (records == NULL
      || (settings->date_order != NULL
          && !genesis_schema_draft_set_date_order (own, settings->date_order, &self->error)))
    return self;
  watch = genesis_table_watch_run (own, records, cancellable, &self->error);
  if (watch == NULL)
    return self;
  conclude (self, own, watch, settings);
  *draft = g_steal_pointer (&own);
  return self;
}
