/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-data-summary-private.h"

#include <genesis/genesis-error.h>

#include "base/genesis-json-member-private.h"
#include "base/genesis-json-text-private.h"
#include "data/genesis-csv-setting-private.h"
#include "data/genesis-disagreement-private.h"
#include "data/genesis-field-private.h"

/* Categories that are listed; the others are counted. */
#define MOST_LEVELS 100u

static void
add_flag (JsonBuilder *to, const char *name, gboolean value)
{
  json_builder_set_member_name (to, name);
  json_builder_add_boolean_value (to, value);
}

static void
begin_object (JsonBuilder *to, const char *name)
{
  json_builder_set_member_name (to, name);
  json_builder_begin_object (to);
}

static void
begin_list (JsonBuilder *to, const char *name)
{
  json_builder_set_member_name (to, name);
  json_builder_begin_array (to);
}

/* -- columns ---------------------------------------------------------------- */

static void
add_missing (JsonBuilder *to, const GenesisTableSummary *table, const GenesisColumnSummary *column)
{
  begin_list (to, "missing");
  for (guint i = 0; i <= column->n_markers; i++)
    {
      if (column->n_missing[i] == 0)
        continue;
      json_builder_begin_object (to);
      genesis_json_add_text (to, "marker", i == 0 ? "" : table->markers[i - 1]);
      genesis_json_add_count (to, "cells", column->n_missing[i]);
      json_builder_end_object (to);
    }
  json_builder_end_array (to);
}

static void
add_levels (JsonBuilder *to, const GenesisColumnSummary *column)
{
  begin_object (to, "categories");
  begin_list (to, "common");
  for (guint i = 0; i < MIN (column->levels->len, MOST_LEVELS); i++)
    {
      const GenesisLevel *level = &g_array_index (column->levels, GenesisLevel, i);

      json_builder_begin_object (to);
      genesis_json_add_text (to, "text", level->text);
      genesis_json_add_count (to, "cells", level->count);
      json_builder_end_object (to);
    }
  json_builder_end_array (to);
  genesis_json_add_count (to, "unlisted",
                          column->levels->len - MIN (column->levels->len, MOST_LEVELS));
  genesis_json_add_count (to, "rare", column->n_rare);
  genesis_json_add_count (to, "rare_cells", column->n_rare_cells);
  json_builder_end_object (to);
}

static void
add_range (JsonBuilder *to, const GenesisColumnSummary *column)
{
  const GenesisHistogram *histogram = &column->histogram;

  begin_object (to, "range");
  genesis_json_add_text (to, "from", column->from);
  genesis_json_add_text (to, "to", column->to);
  genesis_json_add_count (to, "beyond", column->n_beyond);
  json_builder_end_object (to);
  begin_object (to, "histogram");
  genesis_json_add_text (to, "steps", histogram->is_log ? "asinh" : "equal");
  add_flag (to, "sample", histogram->is_sample);
  begin_list (to, "counts");
  for (guint i = 0; i < histogram->n_bins; i++)
    json_builder_add_int_value (to, (gint64)histogram->counts[i]);
  json_builder_end_array (to);
  json_builder_end_object (to);
}

static void
add_column (JsonBuilder *to, const GenesisTableSummary *table, const GenesisColumnSummary *column)
{
  json_builder_begin_object (to);
  genesis_json_add_text (to, "name", column->name);
  genesis_json_add_count (to, "place", column->place);
  genesis_json_add_text (to, "type", column->type);
  genesis_json_add_text (to, "found", column->found);
  genesis_json_add_count (to, "values", column->n);
  genesis_json_add_count (to, "missing_cells", column->n_missing_cells);
  add_missing (to, table, column);
  begin_object (to, "distinct");
  genesis_json_add_text (to, "class", column->distinct);
  genesis_json_add_count (to, "about", column->n_different);
  add_flag (to, "exact", column->is_exact);
  json_builder_end_object (to);
  if (column->from != NULL)
    add_range (to, column);
  if (column->field != NULL && column->field->categories != NULL)
    add_levels (to, column);
  json_builder_end_object (to);
}

/* -- tables ----------------------------------------------------------------- */

static void
add_number (JsonBuilder *to, const GenesisTableSummary *table, guint64 number)
{
  if (number > 0)
    genesis_json_add_count (to, table->has_lines ? "line" : "row", number);
}

static void
add_remarks (JsonBuilder *to, const GenesisTableSummary *table)
{
  begin_list (to, "remarks");
  for (guint i = 0; i < table->remarks->len; i++)
    {
      const GenesisSummaryRemark *remark = g_ptr_array_index (table->remarks, i);

      json_builder_begin_object (to);
      genesis_json_add_text (to, "grade", genesis_remark_grade_get_word (remark->grade));
      genesis_json_add_text (to, "code", remark->code);
      if (remark->column != NULL)
        {
          genesis_json_add_text (to, "column", remark->column);
          genesis_json_add_count (to, "place", remark->place);
        }
      add_number (to, table, remark->number);
      genesis_json_add_text (to, "what", remark->what);
      if (remark->todo != NULL)
        genesis_json_add_text (to, "todo", remark->todo);
      json_builder_end_object (to);
    }
  json_builder_end_array (to);
}

static void
add_dialect (JsonBuilder *to, const GenesisCsvDialect *dialect)
{
  static const char *const names[] = { "delimiter", "quote",       "encoding",
                                       "decimal",   "compression", "header" };

  begin_object (to, "dialect");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = genesis_csv_setting_spell (dialect, names[i]);

      genesis_json_add_text (to, names[i], value);
    }
  json_builder_end_object (to);
}

static void
add_gaps (JsonBuilder *to, const GenesisTableSummary *table)
{
  begin_list (to, "missing_together");
  for (guint i = 0; i < table->gaps->len; i++)
    {
      const GenesisGapPattern *gap = &g_array_index (table->gaps, GenesisGapPattern, i);

      json_builder_begin_object (to);
      begin_list (to, "columns");
      for (guint j = 0; j < gap->columns->len; j++)
        {
          guint place = g_array_index (gap->columns, guint, j);

          json_builder_add_string_value (
              to, ((const GenesisColumnSummary *)g_ptr_array_index (table->columns, place))->name);
        }
      json_builder_end_array (to);
      genesis_json_add_count (to, "rows", gap->n_rows);
      json_builder_end_object (to);
    }
  json_builder_end_array (to);
  genesis_json_add_count (to, "missing_otherwise", table->n_other_gaps);
}

static void
add_whole (JsonBuilder *to, const GenesisTableSummary *table)
{
  genesis_json_add_count (to, "rows", table->n_rows);
  if (table->dialect != NULL)
    add_dialect (to, table->dialect);
  genesis_json_add_count (to, "missing_cells", table->n_missing_cells);
  genesis_json_add_count (to, "complete_rows", table->n_complete_rows);
  begin_object (to, "duplicate_rows");
  genesis_json_add_count (to, "rows", table->n_repeats);
  add_flag (to, "exact", table->repeats_are_exact);
  json_builder_end_object (to);
}

static void
add_table (JsonBuilder *to, const GenesisTableSummary *table)
{
  json_builder_begin_object (to);
  genesis_json_add_text (to, "table", table->name);
  genesis_json_add_text (to, "source", table->description);
  if (table->error != NULL)
    genesis_json_add_text (to, "error", table->error->message);
  else
    {
      add_whole (to, table);
      add_remarks (to, table);
      begin_list (to, "columns");
      for (guint i = 0; i < table->columns->len; i++)
        add_column (to, table, g_ptr_array_index (table->columns, i));
      json_builder_end_array (to);
      begin_list (to, "constraints");
      for (guint i = 0; i < table->constraints->len; i++)
        json_builder_add_string_value (to, g_ptr_array_index (table->constraints, i));
      json_builder_end_array (to);
      add_gaps (to, table);
    }
  json_builder_end_object (to);
}

/**
 * genesis_data_summary_to_json:
 * @self: a summary
 *
 * The summary as an object with the members that genesis(1) lists under "genesis data summary".
 *
 * Returns: (transfer full): JSON
 */
char *
genesis_data_summary_to_json (GenesisDataSummary *self)
{
  g_autoptr (JsonBuilder) to = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  GPtrArray *between;

  g_return_val_if_fail (GENESIS_IS_DATA_SUMMARY (self), NULL);

  between = genesis_data_summary_compare_tables (self);
  json_builder_begin_object (to);
  add_flag (to, "for_release", FALSE);
  genesis_json_add_count (to, "min_cell", self->settings.min_cell);
  genesis_json_add_count (to, "refused", genesis_data_summary_get_n_refused (self));
  begin_list (to, "tables");
  for (guint i = 0; i < self->tables->len; i++)
    add_table (to, g_ptr_array_index (self->tables, i));
  json_builder_end_array (to);
  json_builder_set_member_name (to, "between_tables");
  json_builder_add_value (to, genesis_disagreements_to_json (between));
  json_builder_end_object (to);
  root = json_builder_get_root (to);
  return genesis_json_text_print (root);
}
