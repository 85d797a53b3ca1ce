/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "simulate.h"

#include "report.h"

#define LABEL_WIDTH  22
#define NUMBER_WIDTH 14

static double
get_number (JsonObject *object, const char *name)
{
  return json_object_get_double_member_with_default (object, name, 0);
}

static gboolean
has_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node);
}

/* How many items the lists of all rounds have together. */
static guint
count_all (JsonObject *result, const char *name)
{
  JsonArray *rounds = report_get_array (result, "rounds");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (rounds); i++)
    n += json_array_get_length (report_get_array (json_array_get_object_element (rounds, i), name));
  return n;
}

static gint64
get_size (JsonObject *result, gboolean largest)
{
  JsonArray *sizes = report_get_array (result, "site_rows");
  gint64 size = json_array_get_int_element (sizes, 0);

  for (guint i = 1; i < json_array_get_length (sizes); i++)
    {
      const gint64 other = json_array_get_int_element (sizes, i);

      size = largest ? MAX (size, other) : MIN (size, other);
    }
  return size;
}

static gint64
add_bytes (JsonObject *result)
{
  JsonArray *rounds = report_get_array (result, "rounds");
  gint64 bytes = 0;

  for (guint i = 0; i < json_array_get_length (rounds); i++)
    bytes += report_get_int (json_array_get_object_element (rounds, i), "bytes");
  return bytes;
}

/* -- one rehearsal ---------------------------------------------------------- */

static void
add_faults (GString *to, JsonObject *result)
{
  JsonArray *rounds = report_get_array (result, "rounds");

  g_string_append (to, "\nround  attempts  failed  slow  late  skipped  virtual s\n");
  for (guint i = 0; i < json_array_get_length (rounds); i++)
    {
      JsonObject *round = json_array_get_object_element (rounds, i);

      g_string_append_printf (to, "%5u  %8u  %6u  %4u  %4u  %7u  %9.2f\n", i + 1,
                              json_array_get_length (report_get_array (round, "attempts")),
                              json_array_get_length (report_get_array (round, "failed")),
                              json_array_get_length (report_get_array (round, "stragglers")),
                              json_array_get_length (report_get_array (round, "late")),
                              json_array_get_length (report_get_array (round, "skipped")),
                              get_number (round, "virtual_seconds"));
    }
  g_string_append_c (to, '\n');
}

static char *
report_one (JsonObject *result)
{
  GString *to = g_string_new (NULL);
  JsonObject *settings = json_object_get_object_member (result, "simulation");
  JsonObject *outputs = json_object_has_member (result, "outputs")
                            ? json_object_get_object_member (result, "outputs")
                            : NULL;

  g_string_append_printf (to,
                          "%" G_GINT64_FORMAT " sites, %s%s%s: %" G_GINT64_FORMAT
                          " to %" G_GINT64_FORMAT " rows; %s\n",
                          report_get_int (settings, "sites"),
                          report_get_text (settings, "partition"),
                          *report_get_text (settings, "column") != '\0' ? " by " : "",
                          report_get_text (settings, "column"), get_size (result, FALSE),
                          get_size (result, TRUE), report_get_text (result, "reason"));
  report_add_rounds (to, report_get_array (result, "rounds"));
  add_faults (to, result);
  report_add_line (to, "digest", report_get_text (result, "model_digest"));
  if (has_number (result, "final_quality"))
    {
      g_autofree char *text =
          g_strdup_printf ("%.3f overall score of a table that was drawn%s%s",
                           get_number (result, "final_quality"),
                           json_object_has_member (result, "final_quality_note") ? "; " : "",
                           report_get_text (result, "final_quality_note"));

      report_add_line (to, "quality", text);
    }
  if (outputs != NULL)
    report_add_line (to, "synthetic", report_get_text (outputs, "synthetic"));
  return g_string_free (to, FALSE);
}

/* -- side by side ----------------------------------------------------------- */

static const char *const names[] = { "iid", "non_iid", "pooled" };

static char *
dup_cell (JsonObject *result, JsonObject *pooled, guint line)
{
  switch (line)
    {
    case 0:
      return g_strdup_printf ("%u", json_array_get_length (report_get_array (result, "site_rows")));
    case 1:
      return g_strdup_printf ("%" G_GINT64_FORMAT, get_size (result, FALSE));
    case 2:
      return g_strdup_printf ("%" G_GINT64_FORMAT, get_size (result, TRUE));
    case 3:
      return g_strdup_printf ("%u", json_array_get_length (report_get_array (result, "rounds")));
    case 4:
      return g_strdup_printf ("%" G_GINT64_FORMAT, report_get_int (result, "total_samples"));
    case 5:
      return g_strdup_printf ("%u", count_all (result, "failed"));
    case 6:
      return g_strdup_printf ("%u", count_all (result, "stragglers"));
    case 7:
      return g_strdup_printf ("%u", count_all (result, "late"));
    case 8:
      return g_strdup_printf ("%u", count_all (result, "skipped"));
    case 9:
      return g_strdup_printf ("%.2f", get_number (result, "virtual_seconds"));
    case 10:
      return g_strdup_printf ("%" G_GINT64_FORMAT, add_bytes (result));
    case 11:
      return has_number (result, "final_quality")
                 ? g_strdup_printf ("%.3f", get_number (result, "final_quality"))
                 : g_strdup ("-");
    default:
      return g_strdup (g_str_equal (report_get_text (result, "model_digest"),
                                    report_get_text (pooled, "model_digest"))
                           ? "yes"
                           : "no");
    }
}

static char *
report_comparison (JsonObject *all)
{
  static const char *const labels[] = {
    "sites",
    "rows, smallest site",
    "rows, largest site",
    "rounds",
    "rows, last round",
    "answers failed",
    "answers slow",
    "answers late",
    "skipped",
    "virtual seconds",
    "bytes received",
    "quality",
    "model is the pooled",
  };
  GString *to = g_string_new (NULL);
  JsonObject *pooled = json_object_get_object_member (all, "pooled");

  report_pad (to, "", LABEL_WIDTH);
  g_string_append_printf (to, "%*s%*s%*s\n", NUMBER_WIDTH, "iid", NUMBER_WIDTH, "non-iid",
                          NUMBER_WIDTH, "pooled");
  for (guint line = 0; line < G_N_ELEMENTS (labels); line++)
    {
      report_pad (to, labels[line], LABEL_WIDTH);
      for (guint i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_autofree char *cell =
              dup_cell (json_object_get_object_member (all, names[i]), pooled, line);

          g_string_append_printf (to, "%*s", NUMBER_WIDTH, cell);
        }
      g_string_append_c (to, '\n');
    }
  return g_string_free (to, FALSE);
}

char *
simulate_report (JsonObject *result)
{
  if (json_object_has_member (result, "comparison"))
    return report_comparison (json_object_get_object_member (result, "comparison"));
  return report_one (result);
}
