/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-summary-page-private.h"

#include "base/genesis-markup-private.h"
#include "base/genesis-svg-private.h"

/* A strip is as wide as so many. */
#define FEWEST_SQUARES 16u
/* Names that a pattern of missing cells is told with. */
#define MOST_NAMES 6u
static const char *
get_column_name (const GenesisTableSummary *table, guint place)
{
  return ((const GenesisColumnSummary *)g_ptr_array_index (table->columns, place))->name;
}

static char *
name_gap (const GenesisTableSummary *table, const GenesisGapPattern *gap)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < MIN (gap->columns->len, MOST_NAMES); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            get_column_name (table, g_array_index (gap->columns, guint, i)));
  if (gap->columns->len > MOST_NAMES)
    g_string_append_printf (names, " and %u more", gap->columns->len - MOST_NAMES);
  return g_string_free (names, FALSE);
}

/* Columns that have gaps, as places. */
static GArray *
list_gap_columns (const GenesisTableSummary *table)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < table->columns->len; i++)
    if (((const GenesisColumnSummary *)g_ptr_array_index (table->columns, i))->n_missing_cells > 0)
      g_array_append_val (places, i);
  return places;
}

/* A square for each column that has gaps, in the order of the table; filled where it is missing. */
static void
append_strip (GString *to, const GenesisGapPattern *gap, GArray *places, const char *title)
{
  const double step = 10;
  guint next = 0;

  genesis_svg_begin (to, "strip", step * MAX (places->len, FEWEST_SQUARES), step, title);
  for (guint i = 0; i < places->len; i++)
    {
      gboolean gone =
          next < gap->columns->len
          && g_array_index (gap->columns, guint, next) == g_array_index (places, guint, i);

      next += gone;
      genesis_svg_rect (to, gone ? "gone" : "cell", step * i + .8, 0, step - 1.6, step, 0, NULL);
    }
  genesis_svg_end (to);
}

static void
append_gap (GString *to, const GenesisTableSummary *table, const GenesisGapPattern *gap,
            GArray *places)
{
  g_autofree char *names = name_gap (table, gap);
  g_autofree char *count = genesis_summary_format_count (gap->n_rows);
  g_autofree char *share = genesis_summary_format_share (gap->n_rows, table->n_rows);

  append_strip (to, gap, places, names);
  genesis_markup_elementf (to, "span", "class=\"count\"", "%s rows (%s)", count, share);
  genesis_markup_element (to, "span", "class=\"names\"", names);
}

void
genesis_summary_gaps_append (GString *to, const GenesisTableSummary *table)
{
  g_autoptr (GArray) places = list_gap_columns (table);

  if (table->gaps->len == 0)
    return;
  genesis_markup_element (to, "h3", NULL, "Missing together");
  genesis_markup_open (to, "div", "class=\"gaps\"");
  for (guint i = 0; i < table->gaps->len; i++)
    append_gap (to, table, &g_array_index (table->gaps, GenesisGapPattern, i), places);
  genesis_markup_close (to, "div");
  genesis_markup_elementf (to, "p", "class=\"soft\"",
                           "Each strip has a square for each of the %u columns with gaps, in the "
                           "order of the table.",
                           places->len);
  if (table->n_other_gaps > 0)
    {
      g_autofree char *others = genesis_summary_format_count (table->n_other_gaps);

      genesis_markup_elementf (to, "p", "class=\"soft\"",
                               "%s more rows have gaps in other combinations.", others);
    }
}
