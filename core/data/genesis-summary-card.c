/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-summary-page-private.h"

#include "base/genesis-markup-private.h"
#include "base/genesis-svg-private.h"
#include "data/genesis-field-private.h"

/* Categories that a card shows. */
#define MOST_LEVELS 6u

#define WIDTH  320.0
#define HEIGHT 64.0

char *
genesis_summary_format_count (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  GString *to = g_string_new (digits);

  for (gssize at = (gssize)to->len - 3; at > 0; at -= 3)
    g_string_insert_c (to, at, ',');
  return g_string_free (to, FALSE);
}

char *
genesis_summary_format_share (guint64 part, guint64 whole)
{
  double share = whole > 0 ? 100 * ((double)part / (double)whole) : 0;

  if (part == 0)
    return g_strdup ("0 %");
  if (share < 1)
    return g_strdup ("<1 %");
  if (share > 99 && part < whole)
    return g_strdup (">99 %");
  return g_strdup_printf ("%.0f %%", share);
}

/* -- pictures --------------------------------------------------------------- */

/* The ends, and what the eye might miss. */
static void
append_axis (GString *to, const GenesisColumnSummary *column, gboolean is_broken)
{
  const GenesisHistogram *histogram = &column->histogram;
  guint64 most = 0, all = 0;

  for (guint i = 0; i < histogram->n_bins; i++)
    {
      most = MAX (most, histogram->counts[i]);
      all += histogram->counts[i];
    }
  genesis_markup_open (to, "div", "class=\"axis\"");
  genesis_markup_element (to, "span", NULL, column->from);
  genesis_markup_element (to, "span", NULL, column->to);
  genesis_markup_close (to, "div");
  if (is_broken)
    {
      g_autofree char *share = genesis_summary_format_share (most, all);

      genesis_markup_elementf (to, "div", "class=\"hint\"", "%s in one column%s", share,
                               histogram->is_log ? "; logarithmic steps" : "");
    }
  else if (histogram->is_log)
    genesis_markup_element (to, "div", "class=\"hint\"", "logarithmic steps");
}

static void
append_histogram (GString *to, const GenesisColumnSummary *column)
{
  const GenesisHistogram *histogram = &column->histogram;
  g_autofree char *title =
      g_strdup_printf ("Histogram of %s from %s to %s", column->name, column->from, column->to);
  g_auto (GStrv) titles = g_new0 (char *, histogram->n_bins + 1);
  gboolean is_broken;

  for (guint i = 0; i < histogram->n_bins; i++)
    {
      g_autofree char *count = genesis_summary_format_count (histogram->counts[i]);

      titles[i] = g_strdup_printf ("%s%s values", count, histogram->is_sample ? " sampled" : "");
    }
  genesis_svg_begin (to, "histogram", WIDTH, HEIGHT, title);
  is_broken = genesis_svg_columns (to, "column", histogram->counts, histogram->n_bins, WIDTH,
                                   HEIGHT - 1, titles);
  genesis_svg_line (to, "base", 0, HEIGHT - .5, WIDTH, HEIGHT - .5);
  genesis_svg_end (to);
  append_axis (to, column, is_broken);
}

static void
append_level (GString *to, const GenesisLevel *level, guint64 n, guint64 most)
{
  g_autofree char *share = genesis_summary_format_share (level->count, n);
  g_autofree char *safe = genesis_markup_escape (level->text);
  g_autofree char *attributes = g_strdup_printf ("class=\"text\" title=\"%s\"", safe);

  genesis_markup_element (to, "span", attributes, level->text);
  genesis_svg_begin (to, "bar", 100, 10, share);
  genesis_svg_rect (to, "track", 0, 0, 100, 10, 0, NULL);
  g_string_append (to, "<g class=\"fill\">");
  genesis_svg_bar (to, "fill", (double)level->count / (double)most, 100, 10);
  genesis_markup_close (to, "g");
  genesis_svg_end (to);
  genesis_markup_element (to, "span", "class=\"count\"", share);
}

/* What the bars do not show. */
static void
append_rest (GString *to, const GenesisColumnSummary *column)
{
  guint n_more = column->levels->len - MIN (column->levels->len, MOST_LEVELS);
  g_autofree char *rare = genesis_summary_format_count (column->n_rare);

  if (n_more > 0 && column->n_rare > 0)
    genesis_markup_elementf (to, "span", "class=\"rest\"", "%u more, and %s rare", n_more, rare);
  else if (n_more > 0)
    genesis_markup_elementf (to, "span", "class=\"rest\"", "%u more", n_more);
  else if (column->n_rare > 0)
    genesis_markup_elementf (to, "span", "class=\"rest\"", "%s%s rare",
                             column->levels->len > 0 ? "and " : "", rare);
}

static void
append_levels (GString *to, const GenesisColumnSummary *column)
{
  guint64 most =
      column->levels->len > 0 ? g_array_index (column->levels, GenesisLevel, 0).count : 1;

  genesis_markup_open (to, "div", "class=\"levels\"");
  for (guint i = 0; i < MIN (column->levels->len, MOST_LEVELS); i++)
    append_level (to, &g_array_index (column->levels, GenesisLevel, i), column->n, most);
  append_rest (to, column);
  genesis_markup_close (to, "div");
}

static void
append_picture (GString *to, const GenesisColumnSummary *column)
{
  genesis_markup_open (to, "div", "class=\"picture\"");
  if (column->from != NULL)
    append_histogram (to, column);
  else if (column->field != NULL && column->field->categories != NULL)
    append_levels (to, column);
  else
    genesis_markup_element (to, "p", "class=\"empty\"",
                            column->n == 0 ? "no values" : "nothing that may be shown");
  genesis_markup_close (to, "div");
}

/* -- the card --------------------------------------------------------------- */

static void
append_facts (GString *to, const GenesisColumnSummary *column)
{
  guint64 n_rows = column->n + column->n_missing_cells;
  g_autofree char *missing = genesis_summary_format_count (column->n_missing_cells);
  g_autofree char *share = genesis_summary_format_share (column->n_missing_cells, n_rows);
  g_autofree char *different = genesis_summary_format_count (column->n_different);

  genesis_markup_open (to, "div", "class=\"facts\"");
  if (column->n_missing_cells > 0)
    genesis_markup_elementf (to, "span", NULL, "%s missing (%s)", share, missing);
  else
    genesis_markup_element (to, "span", NULL, "complete");
  genesis_markup_elementf (to, "span", NULL, "%s%s different", column->is_exact ? "" : "about ",
                           different);
  genesis_markup_close (to, "div");
  if (column->n_missing_cells == 0)
    return;
  genesis_svg_begin (to, "gapbar", 100, 4, share);
  genesis_svg_rect (to, "track", 0, 0, 100, 4, 0, NULL);
  genesis_svg_bar (to, "fill", (double)column->n_missing_cells / (double)n_rows, 100, 4);
  genesis_svg_end (to);
}

void
genesis_summary_card_append (GString *to, const GenesisTableSummary *table,
                             const GenesisColumnSummary *column)
{
  const char *chip =
      g_str_equal (column->type, "refused") ? "class=\"chip refused\"" : "class=\"chip type\"";

  genesis_markup_open (to, "article", "class=\"card\"");
  genesis_markup_open (to, "h4", NULL);
  genesis_markup_append (to, column->name);
  genesis_markup_elementf (to, "span", NULL, "%u", column->place);
  genesis_markup_close (to, "h4");
  genesis_markup_open (to, "div", "class=\"kind\"");
  genesis_markup_element (to, "span", chip, column->type);
  genesis_markup_element (to, "span", NULL, column->found);
  genesis_markup_close (to, "div");
  append_picture (to, column);
  append_facts (to, column);
  genesis_markup_close (to, "article");
}
