/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data.h"
#include "report.h"
#include "schema.h"

/* Longer names are cut: --json has them whole. */
#define NAME_MAX_WIDTH  24
#define FOUND_MAX_WIDTH 20
#define MOST_LEVELS     4u
#define LEVEL_MAX_WIDTH 18
#define MOST_RULES      12u

/* Shortened in the end when it is wider. */
static char *
cut (const char *text, glong width)
{
  if (g_utf8_strlen (text, -1) <= width)
    return g_strdup (text);
  return g_strdup_printf ("%.*s~", (int)(g_utf8_offset_to_pointer (text, width - 1) - text), text);
}

static char *
share_of (gint64 part, gint64 whole)
{
  double share = whole > 0 ? 100 * ((double)part / (double)whole) : 0;

  if (part == 0)
    return g_strdup ("-");
  if (share < 1)
    return g_strdup ("<1 %");
  if (share > 99 && part < whole)
    return g_strdup (">99 %");
  return g_strdup_printf ("%.0f %%", share);
}

/* -- remarks ---------------------------------------------------------------- */

static void
add_place (GString *to, JsonObject *remark)
{
  if (json_object_has_member (remark, "column"))
    g_string_append_printf (to, "column %" G_GINT64_FORMAT " '%s'",
                            report_get_int (remark, "place"), report_get_text (remark, "column"));
  else
    g_string_append (to, "the table");
  for (int i = 0; i < 2; i++)
    {
      static const char *const units[] = { "line", "row" };

      if (json_object_has_member (remark, units[i]))
        g_string_append_printf (to, ", %s %" G_GINT64_FORMAT, units[i],
                                report_get_int (remark, units[i]));
    }
}

static void
add_remark (GString *to, JsonObject *remark)
{
  const char *todo = report_get_text (remark, "todo");
  const char *grade = report_get_text (remark, "grade");
  g_autofree char *loud = g_ascii_strup (grade, -1);

  g_string_append (to, "  ");
  report_pad (to, g_str_equal (grade, "refused") ? loud : grade, 9);
  add_place (to, remark);
  g_string_append_printf (to, ": %s\n", report_get_text (remark, "what"));
  if (*todo != '\0')
    g_string_append_printf (to, "           -> %s\n", todo);
}

/* -- columns ---------------------------------------------------------------- */

static void
add_levels (GString *to, JsonObject *categories, gint64 n)
{
  JsonArray *common = json_object_get_array_member (categories, "common");
  guint shown = MIN (json_array_get_length (common), MOST_LEVELS);
  gint64 more = json_array_get_length (common) - shown + report_get_int (categories, "unlisted");
  gint64 rare = report_get_int (categories, "rare");

  for (guint i = 0; i < shown; i++)
    {
      JsonObject *level = json_array_get_object_element (common, i);
      g_autofree char *text = cut (report_get_text (level, "text"), LEVEL_MAX_WIDTH);
      g_autofree char *share = share_of (report_get_int (level, "cells"), n);

      g_string_append_printf (to, "%s%s %s", i > 0 ? ", " : "  ", text, share);
    }
  if (more > 0)
    g_string_append_printf (to, ", %" G_GINT64_FORMAT " more", more);
  if (rare > 0)
    g_string_append_printf (to, "%s%" G_GINT64_FORMAT " rare", shown > 0 ? ", " : "  ", rare);
}

static void
add_values (GString *to, JsonObject *column)
{
  if (json_object_has_member (column, "range"))
    {
      JsonObject *range = json_object_get_object_member (column, "range");
      gint64 beyond = report_get_int (range, "beyond");

      g_string_append_printf (to, "  %s .. %s", report_get_text (range, "from"),
                              report_get_text (range, "to"));
      if (beyond > 0)
        g_string_append_printf (to, ", %" G_GINT64_FORMAT " beyond", beyond);
    }
  else if (json_object_has_member (column, "categories"))
    add_levels (to, json_object_get_object_member (column, "categories"),
                report_get_int (column, "values"));
}

/* Where a column of text begins. */
static guint
measure (JsonArray *columns, const char *member, glong most)
{
  glong width = 6;

  for (guint i = 0; i < json_array_get_length (columns); i++)
    width =
        MAX (width,
             g_utf8_strlen (report_get_text (json_array_get_object_element (columns, i), member),
                            -1));
  return (guint)MIN (width, most) + 2;
}

static void
add_cell (GString *to, const char *text, guint width)
{
  g_autofree char *shown = cut (text, (glong)width - 2);

  report_pad (to, shown, width);
}

static void
add_column (GString *to, JsonObject *column, guint name_width, guint found_width)
{
  JsonObject *distinct = json_object_get_object_member (column, "distinct");
  gint64 values = report_get_int (column, "values"),
         missing = report_get_int (column, "missing_cells");
  g_autofree char *share = share_of (missing, values + missing);
  g_autofree char *about =
      g_strdup_printf ("%s%" G_GINT64_FORMAT,
                       json_object_get_boolean_member (distinct, "exact") ? "" : "~",
                       report_get_int (distinct, "about"));

  g_string_append (to, "  ");
  add_cell (to, report_get_text (column, "name"), name_width);
  report_pad (to, report_get_text (column, "type"), 10);
  add_cell (to, report_get_text (column, "found"), found_width);
  g_string_append_printf (to, "%7s  %9s", share, about);
  add_values (to, column);
  g_string_append_c (to, '\n');
}

static void
add_columns (GString *to, JsonArray *columns)
{
  guint name_width = measure (columns, "name", NAME_MAX_WIDTH);
  guint found_width = measure (columns, "found", FOUND_MAX_WIDTH);

  g_string_append (to, "\n  ");
  report_pad (to, "column", name_width);
  report_pad (to, "type", 10);
  report_pad (to, "found", found_width);
  g_string_append (to, "missing  different  range as it would be public, or categories\n");
  for (guint i = 0; i < json_array_get_length (columns); i++)
    add_column (to, json_array_get_object_element (columns, i), name_width, found_width);
}

/* -- tables ----------------------------------------------------------------- */

static void
add_head (GString *to, JsonObject *table)
{
  JsonArray *columns = report_get_array (table, "columns");
  gint64 rows = report_get_int (table, "rows");
  g_autofree char *missing =
      share_of (report_get_int (table, "missing_cells"), rows * json_array_get_length (columns));

  g_string_append_printf (to, "%s: %" G_GINT64_FORMAT " rows, %u columns",
                          report_get_text (table, "table"), rows, json_array_get_length (columns));
  if (report_get_int (table, "missing_cells") > 0)
    g_string_append_printf (to, ", %s of the cells missing, %" G_GINT64_FORMAT " row%s complete",
                            missing, report_get_int (table, "complete_rows"),
                            report_get_int (table, "complete_rows") == 1 ? "" : "s");
  g_string_append_c (to, '\n');
  if (!g_str_equal (report_get_text (table, "table"), report_get_text (table, "source")))
    g_string_append_printf (to, "  %s\n", report_get_text (table, "source"));
  if (json_object_has_member (table, "dialect"))
    {
      JsonObject *dialect = json_object_get_object_member (table, "dialect");
      const char *packing = report_get_text (dialect, "compression");
      gboolean is_packed = !g_str_equal (packing, "none");

      g_string_append_printf (to, "  cells parted by %s, %s%s%s\n",
                              report_get_text (dialect, "delimiter"),
                              report_get_text (dialect, "encoding"),
                              is_packed ? ", packed with " : "", is_packed ? packing : "");
    }
}

static void
add_constraints (GString *to, JsonArray *constraints)
{
  guint n = json_array_get_length (constraints);

  if (n == 0)
    return;
  g_string_append (to,
                   "\n  holds in every row (proposed; 'genesis schema infer --constraints adopt' "
                   "keeps it):\n");
  for (guint i = 0; i < MIN (n, MOST_RULES); i++)
    g_string_append_printf (to, "    %s\n", json_array_get_string_element (constraints, i));
  if (n > MOST_RULES)
    g_string_append_printf (to, "    and %u more\n", n - MOST_RULES);
}

static void
add_table (GString *to, JsonObject *table)
{
  JsonArray *remarks = report_get_array (table, "remarks");

  if (json_object_has_member (table, "error"))
    {
      g_string_append_printf (to, "%s: cannot be read\n  REFUSED  %s\n",
                              report_get_text (table, "table"), report_get_text (table, "error"));
      return;
    }
  add_head (to, table);
  for (guint i = 0; i < json_array_get_length (remarks); i++)
    add_remark (to, json_array_get_object_element (remarks, i));
  add_columns (to, report_get_array (table, "columns"));
  add_constraints (to, report_get_array (table, "constraints"));
}

static void
add_between (GString *to, JsonArray *between)
{
  g_autoptr (GPtrArray) lines = schema_describe_disagreements (between);

  if (lines->len > 0)
    g_string_append (to, "\nbetween the tables\n");
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (to, "  %s\n", (const char *)g_ptr_array_index (lines, i));
}

char *
data_report (const char *json)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *summary = report_parse (json, &node);
  JsonArray *tables = report_get_array (summary, "tables");
  GString *to = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (tables); i++)
    {
      if (i > 0)
        g_string_append_c (to, '\n');
      add_table (to, json_array_get_object_element (tables, i));
    }
  add_between (to, report_get_array (summary, "between_tables"));
  g_string_append (to, "\nnot for release: counts are exact\n");
  return g_string_free (to, FALSE);
}
