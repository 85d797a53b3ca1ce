/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-data-summary-private.h"

#include <string.h>

#include "base/genesis-file-private.h"
#include "data/genesis-disagreement-private.h"
#include "data/genesis-missing-markers-private.h"

G_DEFINE_FINAL_TYPE (GenesisDataSummary, genesis_data_summary, G_TYPE_OBJECT)

static void
genesis_data_summary_finalize (GObject *object)
{
  GenesisDataSummary *self = GENESIS_DATA_SUMMARY (object);

  g_ptr_array_unref (self->tables);
  g_clear_pointer (&self->between, g_ptr_array_unref);
  g_clear_object (&self->merged);
  g_strfreev (self->settings.markers);
  g_free (self->settings.date_order);

  G_OBJECT_CLASS (genesis_data_summary_parent_class)->finalize (object);
}

static void
genesis_data_summary_class_init (GenesisDataSummaryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_data_summary_finalize;
}

static void
genesis_data_summary_init (GenesisDataSummary *self)
{
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_table_summary_free);
}

/**
 * genesis_data_summary_new:
 * @missing_markers: (nullable) (array zero-terminated=1): spellings of a missing cell, as "?"; the
 *   empty cell always is one
 * @min_cell: how many rows must share a category, or lie about an end of a range, before it is
 *   shown; 1 holds nothing back
 *
 * Begins a summary that knows no table yet.
 *
 * Returns: (transfer full): a summary
 */
GenesisDataSummary *
genesis_data_summary_new (const char *const *missing_markers, guint min_cell)
{
  GenesisDataSummary *self;

  g_return_val_if_fail (min_cell > 0, NULL);

  self = g_object_new (GENESIS_TYPE_DATA_SUMMARY, NULL);
  self->settings.markers = genesis_missing_markers_sort (missing_markers);
  self->settings.min_cell = min_cell;
  self->merged = genesis_schema_draft_new (missing_markers);
  genesis_schema_draft_set_absent_rule (self->merged, GENESIS_ABSENT_RULE_REFUSE);
  return self;
}

/**
 * genesis_data_summary_set_date_order:
 * @self: a summary of no table yet
 * @order: "DMY", "MDY" or "YMD"
 * @error: %GENESIS_ERROR_INVALID_CONFIG for anything else
 *
 * As genesis_schema_draft_set_date_order().
 *
 * Returns: whether it could be set
 */
gboolean
genesis_data_summary_set_date_order (GenesisDataSummary *self, const char *order, GError **error)
{
  g_return_val_if_fail (GENESIS_IS_DATA_SUMMARY (self), FALSE);
  g_return_val_if_fail (self->tables->len == 0, FALSE);

  if (!genesis_schema_draft_set_date_order (self->merged, order, error))
    return FALSE;
  g_free (self->settings.date_order);
  self->settings.date_order = g_strdup (order);
  return TRUE;
}

/**
 * genesis_data_summary_add_source:
 * @self: a summary
 * @name: (nullable): what the table is called, as the site's name; %NULL for the source's own
 * @source: where its rows are; read once, in bounded memory
 * @cancellable: (nullable): to stop between rows
 * @error: as the source's
 *
 * Looks at all rows of a table. One that cannot be read is part of the summary too, with the
 * reason.
 *
 * Returns: whether it could be read
 */
gboolean
genesis_data_summary_add_source (GenesisDataSummary *self, const char *name, GenesisSource *source,
                                 GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisSchemaDraft) draft = NULL;
  GenesisTableSummary *table;

  g_return_val_if_fail (GENESIS_IS_DATA_SUMMARY (self), FALSE);
  g_return_val_if_fail (GENESIS_IS_SOURCE (source), FALSE);

  table = genesis_table_summary_new (name != NULL ? name : genesis_source_get_name (source), source,
                                     &self->settings, &draft, cancellable);
  g_ptr_array_add (self->tables, table);
  g_clear_pointer (&self->between, g_ptr_array_unref);
  if (draft == NULL)
    {
      g_propagate_error (error, g_error_copy (table->error));
      return FALSE;
    }
  if (name != NULL)
    genesis_schema_draft_set_site (draft, name);
  return genesis_schema_draft_merge (self->merged, draft, error);
}

/* What a table alone is refused for stands with that table. */
static gboolean
is_said (GenesisDataSummary *self, const GenesisDisagreement *one)
{
  if (one->column == NULL || one->rule != NULL || !g_str_equal (one->aspect, "values"))
    return FALSE;
  for (guint i = 0; i < self->tables->len; i++)
    {
      GPtrArray *remarks =
          ((const GenesisTableSummary *)g_ptr_array_index (self->tables, i))->remarks;

      for (guint j = 0; j < remarks->len; j++)
        {
          const GenesisSummaryRemark *remark = g_ptr_array_index (remarks, j);

          if (remark->grade == GENESIS_REMARK_REFUSED
              && g_strcmp0 (remark->column, one->column) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

static GPtrArray *
compare_tables (GenesisDataSummary *self)
{
  GPtrArray *between = g_ptr_array_new ();
  g_autoptr (GenesisSchema) schema = NULL;
  guint n_read = 0;

  for (guint i = 0; i < self->tables->len; i++)
    n_read += ((const GenesisTableSummary *)g_ptr_array_index (self->tables, i))->error == NULL;
  if (n_read < 2)
    return between;
  schema = genesis_schema_draft_conclude (self->merged, NULL);
  for (guint i = 0; i < self->merged->report->len; i++)
    if (!is_said (self, g_ptr_array_index (self->merged->report, i)))
      g_ptr_array_add (between, g_ptr_array_index (self->merged->report, i));
  return between;
}

GPtrArray *
genesis_data_summary_compare_tables (GenesisDataSummary *self)
{
  if (self->between == NULL)
    self->between = compare_tables (self);
  return self->between;
}

/**
 * genesis_data_summary_get_n_refused:
 * @self: a summary
 *
 * Returns: what has to be mended before a schema can be concluded: tables that cannot be read,
 *   columns that are refused, and what two tables contradict each other in
 */
guint
genesis_data_summary_get_n_refused (GenesisDataSummary *self)
{
  guint n;

  g_return_val_if_fail (GENESIS_IS_DATA_SUMMARY (self), 0);

  n = genesis_disagreements_count_refused (genesis_data_summary_compare_tables (self));
  for (guint i = 0; i < self->tables->len; i++)
    {
      const GenesisTableSummary *table = g_ptr_array_index (self->tables, i);

      n += table->error != NULL;
      n += genesis_summary_remarks_count (table->remarks, GENESIS_REMARK_REFUSED);
    }
  return n;
}

/**
 * genesis_data_summary_save_html:
 * @self: a summary
 * @path: (type filename): a file, complete or absent
 * @error: return location
 *
 * Writes genesis_data_summary_to_html() to a file.
 *
 * Returns: whether it was written
 */
gboolean
genesis_data_summary_save_html (GenesisDataSummary *self, const char *path, GError **error)
{
  g_autofree char *page = NULL;

  g_return_val_if_fail (GENESIS_IS_DATA_SUMMARY (self), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  page = genesis_data_summary_to_html (self);
  return genesis_file_save (path, page, strlen (page), error);
}
