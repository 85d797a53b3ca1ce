/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-summary-page-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-markup-private.h"
#include "data/genesis-csv-setting-private.h"
#include "data/genesis-data-summary-private.h"
#include "data/genesis-disagreement-private.h"

/* Remarks and constraints that the page shows. */
#define MOST_LINES 200u

static void
append_figure (GString *to, const char *label, const char *value, const char *detail)
{
  genesis_markup_open (to, "div", NULL);
  genesis_markup_element (to, "dt", NULL, label);
  genesis_markup_open (to, "dd", NULL);
  genesis_markup_append (to, value);
  if (detail != NULL)
    genesis_markup_element (to, "small", NULL, detail);
  genesis_markup_close (to, "dd");
  genesis_markup_close (to, "div");
}

static void
append_figures (GString *to, const GenesisTableSummary *table)
{
  guint64 n_cells = table->n_rows * table->columns->len;
  g_autofree char *rows = genesis_summary_format_count (table->n_rows);
  g_autofree char *columns = genesis_summary_format_count (table->columns->len);
  g_autofree char *missing = genesis_summary_format_share (table->n_missing_cells, n_cells);
  g_autofree char *cells = genesis_summary_format_count (table->n_missing_cells);
  g_autofree char *complete = genesis_summary_format_share (table->n_complete_rows, table->n_rows);
  g_autofree char *complete_rows = genesis_summary_format_count (table->n_complete_rows);
  g_autofree char *repeats = genesis_summary_format_count (table->n_repeats);
  g_autofree char *cells_detail = g_strconcat (cells, " cells", NULL);
  g_autofree char *complete_detail =
      g_strconcat (complete_rows, table->n_complete_rows == 1 ? " row" : " rows", NULL);

  genesis_markup_open (to, "dl", "class=\"figures\"");
  append_figure (to, "rows", rows, NULL);
  append_figure (to, "columns", columns, NULL);
  append_figure (to, "missing", missing, cells_detail);
  append_figure (to, "complete rows", complete, complete_detail);
  append_figure (to, "repeated rows", repeats, table->repeats_are_exact ? NULL : "estimated");
  genesis_markup_close (to, "dl");
}

/* -- remarks ---------------------------------------------------------------- */

static void
append_remark (GString *to, const char *grade, const char *subject, const char *place,
               const char *what, const char *todo)
{
  g_autofree char *chip = g_strdup_printf ("class=\"chip %s\"", grade);

  genesis_markup_open (to, "li", NULL);
  genesis_markup_element (to, "span", chip, grade);
  genesis_markup_open (to, "div", NULL);
  genesis_markup_element (to, "b", NULL, subject);
  if (place != NULL)
    genesis_markup_element (to, "small", NULL, place);
  genesis_markup_close (to, "div");
  genesis_markup_open (to, "p", NULL);
  genesis_markup_append (to, what);
  if (todo != NULL)
    {
      g_string_append_c (to, ' ');
      genesis_markup_elementf (to, "span", "class=\"todo\"", "\342\206\222 %s", todo);
    }
  genesis_markup_close (to, "p");
  genesis_markup_close (to, "li");
}

/* "column 3, line 17". */
static char *
name_place (const GenesisTableSummary *table, const GenesisSummaryRemark *remark)
{
  GString *place = g_string_new (NULL);

  if (remark->place > 0)
    g_string_append_printf (place, "column %u", remark->place);
  if (remark->number > 0)
    g_string_append_printf (place, "%s%s %" G_GUINT64_FORMAT, place->len > 0 ? ", " : "",
                            table->has_lines ? "line" : "row", remark->number);
  if (place->len == 0)
    return g_string_free (place, TRUE);
  return g_string_free (place, FALSE);
}

static void
append_more (GString *to, guint n)
{
  if (n > MOST_LINES)
    genesis_markup_elementf (to, "p", "class=\"soft\"", "and %u more; --json tells all",
                             n - MOST_LINES);
}

static void
append_remarks (GString *to, const GenesisTableSummary *table)
{
  genesis_markup_element (to, "h3", NULL, "What to look at");
  if (table->remarks->len == 0)
    {
      genesis_markup_element (to, "p", "class=\"soft\"", "Nothing is odd.");
      return;
    }
  genesis_markup_open (to, "ul", "class=\"remarks\"");
  for (guint i = 0; i < MIN (table->remarks->len, MOST_LINES); i++)
    {
      const GenesisSummaryRemark *remark = g_ptr_array_index (table->remarks, i);
      g_autofree char *place = name_place (table, remark);

      append_remark (to, genesis_remark_grade_get_word (remark->grade),
                     remark->column != NULL ? remark->column : "the table", place, remark->what,
                     remark->todo);
    }
  genesis_markup_close (to, "ul");
  append_more (to, table->remarks->len);
}

/* All that is said alike of other columns is said once. */
static gboolean
is_alike (const GenesisDisagreement *a, const GenesisDisagreement *b)
{
  return a->column != NULL && b->column != NULL && g_str_equal (a->aspect, b->aspect)
         && g_strcmp0 (a->rule, b->rule) == 0 && g_str_equal (a->detail, b->detail);
}

/* The columns of those from first on that are like it, or NULL when an earlier one is. */
static char *
join_alike (GPtrArray *between, guint first)
{
  const GenesisDisagreement *one = g_ptr_array_index (between, first);
  GString *names;

  if (one->column == NULL)
    return g_strdup ("the tables");
  for (guint i = 0; i < first; i++)
    if (is_alike (g_ptr_array_index (between, i), one))
      return NULL;
  names = g_string_new (one->column);
  for (guint i = first + 1; i < between->len; i++)
    {
      const GenesisDisagreement *other = g_ptr_array_index (between, i);

      if (is_alike (other, one))
        g_string_append_printf (names, ", %s", other->column);
    }
  return g_string_free (names, FALSE);
}

static void
append_between (GString *to, GPtrArray *between)
{
  guint n = MIN (between->len, MOST_LINES);

  if (n == 0)
    return;
  genesis_markup_element (to, "h2", NULL, "What the tables do not have alike");
  genesis_markup_open (to, "ul", "class=\"remarks\"");
  for (guint i = 0; i < n; i++)
    {
      const GenesisDisagreement *one = g_ptr_array_index (between, i);
      g_autofree char *columns = join_alike (between, i);

      if (columns != NULL)
        append_remark (to, one->rule != NULL ? "note" : "refused", columns, one->aspect,
                       one->detail, one->rule);
    }
  genesis_markup_close (to, "ul");
  append_more (to, between->len);
}

/* -- the page --------------------------------------------------------------- */

static void
append_constraints (GString *to, const GenesisTableSummary *table)
{
  if (table->constraints->len == 0)
    return;
  genesis_markup_element (to, "h3", NULL, "What holds in every row");
  genesis_markup_open (to, "ul", "class=\"plain\"");
  for (guint i = 0; i < MIN (table->constraints->len, MOST_LINES); i++)
    genesis_markup_element (to, "li", NULL, g_ptr_array_index (table->constraints, i));
  genesis_markup_close (to, "ul");
  append_more (to, table->constraints->len);
  genesis_markup_element (to, "p", "class=\"soft\"",
                          "Proposals: 'genesis schema infer --constraints adopt' makes synthetic "
                          "rows keep them.");
}

static char *
describe_dialect (const GenesisCsvDialect *dialect)
{
  g_autofree char *delimiter = genesis_csv_setting_spell (dialect, "delimiter");
  g_autofree char *encoding = genesis_csv_setting_spell (dialect, "encoding");
  g_autofree char *packing = genesis_csv_setting_spell (dialect, "compression");

  return g_strdup_printf ("cells parted by %s, %s%s%s", delimiter, encoding,
                          g_str_equal (packing, "none") ? "" : ", packed with ",
                          g_str_equal (packing, "none") ? "" : packing);
}

static void
append_source (GString *to, const GenesisTableSummary *table)
{
  g_autoptr (GString) text = g_string_new (table->description);

  if (table->dialect != NULL)
    {
      g_autofree char *dialect = describe_dialect (table->dialect);

      g_string_append_printf (text, "; %s", dialect);
    }
  genesis_markup_element (to, "p", "class=\"where\"", text->str);
}

static void
append_table (GString *to, const GenesisTableSummary *table)
{
  g_autofree char *heading = g_str_equal (table->name, table->description)
                                 ? g_path_get_basename (table->name)
                                 : g_strdup (table->name);

  genesis_markup_element (to, "h2", NULL, heading);
  append_source (to, table);
  if (table->error != NULL)
    {
      genesis_markup_open (to, "ul", "class=\"remarks\"");
      append_remark (to, "refused", "the table cannot be read", NULL, table->error->message, NULL);
      genesis_markup_close (to, "ul");
      return;
    }
  append_figures (to, table);
  append_remarks (to, table);
  genesis_markup_element (to, "h3", NULL, "Columns");
  genesis_markup_open (to, "div", "class=\"cards\"");
  for (guint i = 0; i < table->columns->len; i++)
    genesis_summary_card_append (to, table, g_ptr_array_index (table->columns, i));
  genesis_markup_close (to, "div");
  genesis_summary_gaps_append (to, table);
  append_constraints (to, table);
}

static void
append_head (GString *to)
{
  g_string_append (
      to, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n"
          "<meta charset=\"utf-8\"/>\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          "style-src 'unsafe-inline'\"/>\n"
          "<meta name=\"robots\" content=\"noindex\"/>\n"
          "<title>Summary of tables, not for release</title>\n<style>\n");
  g_string_append (to, genesis_summary_style_get ());
  g_string_append (to, "</style>\n</head>\n<body>\n");
}

static void
append_intro (GString *to, const GenesisDataSummary *self)
{
  genesis_markup_open (to, "header", NULL);
  genesis_markup_element (to, "div", "class=\"mark\"", "Not for release");
  genesis_markup_element (to, "h1", NULL, "What the tables hold");
  genesis_markup_elementf (
      to, "p", "class=\"soft\"",
      "For the steward at the site. Ends of ranges are those that would be public, never the exact "
      "smallest or largest value; categories that fewer than %" G_GUINT64_FORMAT
      " rows share are only counted. Counts are exact: keep the page where the rows are.",
      self->settings.min_cell);
  genesis_markup_close (to, "header");
}

/**
 * genesis_data_summary_to_html:
 * @self: a summary
 *
 * The summary as one page for people: HTML that is XML too, with small pictures inside. It loads
 * nothing and runs nothing.
 *
 * Returns: (transfer full): the page
 */
char *
genesis_data_summary_to_html (GenesisDataSummary *self)
{
  GPtrArray *between;
  GString *to;

  g_return_val_if_fail (GENESIS_IS_DATA_SUMMARY (self), NULL);

  between = genesis_data_summary_compare_tables (self);
  to = g_string_new (NULL);
  append_head (to);
  append_intro (to, self);
  genesis_markup_open (to, "main", NULL);
  append_between (to, between);
  for (guint i = 0; i < self->tables->len; i++)
    append_table (to, g_ptr_array_index (self->tables, i));
  genesis_markup_close (to, "main");
  genesis_markup_element (to, "footer", NULL, "Made by 'genesis data summary'. Not for release.");
  g_string_append (to, "</body>\n</html>\n");
  return g_string_free (to, FALSE);
}
