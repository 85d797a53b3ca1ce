/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "report.h"

#include "printable.h"

#define LABEL_WIDTH   12
#define MOST_FINDINGS 5

JsonObject *
report_parse (const char *json, JsonNode **node)
{
  g_autofree char *valid = g_utf8_make_valid (json, -1);
  g_autoptr (JsonNode) raw = json_from_string (valid, NULL);

  g_assert (raw != NULL && JSON_NODE_HOLDS_OBJECT (raw));
  *node = printable_node (raw);
  return json_node_get_object (*node);
}

const char *
report_get_text (JsonObject *object, const char *name)
{
  const char *text = json_object_get_string_member_with_default (object, name, "");

  return text != NULL ? text : "";
}

gint64
report_get_int (JsonObject *object, const char *name)
{
  return json_object_get_int_member_with_default (object, name, 0);
}

JsonArray *
report_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

char *
report_join (JsonObject *object, const char *name, const char *separator)
{
  JsonArray *array = report_get_array (object, name);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? separator : "",
                            json_array_get_string_element (array, i));
  return g_string_free (joined, FALSE);
}

void
report_pad (GString *to, const char *text, guint width)
{
  glong length = g_utf8_strlen (text, -1);

  g_string_append (to, text);
  for (glong i = length; i < (glong)width; i++)
    g_string_append_c (to, ' ');
}

void
report_add_line (GString *to, const char *label, const char *text)
{
  report_pad (to, label, LABEL_WIDTH);
  g_string_append_printf (to, "%s\n", text);
}

static const char *
get_plural (gint64 n)
{
  return n == 1 ? "" : "s";
}

/* -- rounds ----------------------------------------------------------------- */

static guint
measure_phases (JsonArray *rounds)
{
  glong width = 5;

  for (guint i = 0; i < json_array_get_length (rounds); i++)
    {
      const char *phase = report_get_text (json_array_get_object_element (rounds, i), "phase");

      width = MAX (width, g_utf8_strlen (phase, -1));
    }
  return (guint)width;
}

void
report_add_rounds (GString *to, JsonArray *rounds)
{
  guint width = measure_phases (rounds);

  g_string_append (to, "round  ");
  report_pad (to, "phase", width);
  g_string_append (to, "  sites     samples       bytes\n");
  for (guint i = 0; i < json_array_get_length (rounds); i++)
    {
      JsonObject *round = json_array_get_object_element (rounds, i);
      JsonArray *sites = report_get_array (round, "sites");

      g_string_append_printf (to, "%5" G_GINT64_FORMAT "  ", report_get_int (round, "round"));
      report_pad (to, report_get_text (round, "phase"), width);
      g_string_append_printf (to, "  %5u  %10" G_GINT64_FORMAT "  %10" G_GINT64_FORMAT "\n",
                              sites != NULL ? json_array_get_length (sites) : 0,
                              report_get_int (round, "samples_aggregated"),
                              report_get_int (round, "bytes"));
    }
}

/* A site is usually skipped in every round for the same reason: say it once. */
static void
add_skipped (GString *to, JsonArray *rounds)
{
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < json_array_get_length (rounds); i++)
    {
      JsonObject *round = json_array_get_object_element (rounds, i);
      JsonArray *skipped = report_get_array (round, "skipped");

      for (guint j = 0; skipped != NULL && j < json_array_get_length (skipped); j++)
        {
          const char *reason = json_array_get_string_element (skipped, j);
          g_autofree char *label = NULL;

          if (!g_hash_table_add (said, g_strdup (reason)))
            continue;
          label = g_strdup_printf ("%s (from round %" G_GINT64_FORMAT ")", reason,
                                   report_get_int (round, "round"));
          report_add_line (to, "skipped", label);
        }
    }
}

/* -- the rest of a run ------------------------------------------------------ */

static void
add_schema (GString *to, JsonObject *schema)
{
  g_autofree char *excluded = report_join (schema, "excluded", ", ");
  gint64 columns = report_get_int (schema, "columns");
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " column%s (%s)%s%s", columns,
                                           get_plural (columns), report_get_text (schema, "origin"),
                                           *excluded != '\0' ? "; left out: " : "", excluded);

  report_add_line (to, "schema", text);
}

static void
add_findings (GString *to, JsonObject *schema)
{
  JsonArray *findings = report_get_array (schema, "findings");
  guint n = findings != NULL ? json_array_get_length (findings) : 0;

  for (guint i = 0; i < n && (i < MOST_FINDINGS || n == MOST_FINDINGS + 1); i++)
    report_add_line (to, "  finding", json_array_get_string_element (findings, i));
  if (n > MOST_FINDINGS + 1)
    {
      g_autofree char *more =
          g_strdup_printf ("and %u more; --json prints them all", n - MOST_FINDINGS);

      report_add_line (to, "", more);
    }
}

static void
add_outputs (GString *to, JsonObject *result)
{
  JsonObject *outputs = json_object_get_object_member (result, "outputs");
  JsonObject *run = json_object_get_object_member (result, "run");
  const char *synthetic = report_get_text (outputs, "synthetic");
  gint64 rows = report_get_int (outputs, "rows");
  g_autofree char *text =
      g_strdup_printf ("%s (%" G_GINT64_FORMAT " row%s)", synthetic, rows, get_plural (rows));

  if (*synthetic != '\0')
    report_add_line (to, "synthetic", text);
  if (json_object_has_member (outputs, "model"))
    report_add_line (to, "model", report_get_text (outputs, "model"));
  if (json_object_has_member (outputs, "metadata"))
    report_add_line (to, "metadata", report_get_text (outputs, "metadata"));
  report_add_line (to, "run", report_get_text (run, "directory"));
}

static void
add_warnings (GString *to, JsonObject *result)
{
  JsonArray *warnings = report_get_array (result, "warnings");

  for (guint i = 0; warnings != NULL && i < json_array_get_length (warnings); i++)
    report_add_line (to, "warning:", json_array_get_string_element (warnings, i));
}

static void
add_notes (GString *to, JsonObject *result)
{
  JsonArray *notes = report_get_array (result, "notes");

  for (guint i = 0; notes != NULL && i < json_array_get_length (notes); i++)
    report_add_line (to, "note", json_array_get_string_element (notes, i));
}

static void
add_head (GString *to, JsonObject *result)
{
  gint64 sites = report_get_int (result, "n_sites");
  gint64 samples = report_get_int (result, "total_samples");
  const char *reason = report_get_text (result, "reason");
  JsonObject *run = json_object_get_object_member (result, "run");

  g_string_append_printf (to,
                          "%s with %s: %" G_GINT64_FORMAT " site%s, %" G_GINT64_FORMAT
                          " row%s, %s%s%s\n",
                          report_get_text (run, "generator"), report_get_text (run, "aggregator"),
                          sites, get_plural (sites), samples, get_plural (samples),
                          json_object_get_boolean_member (result, "finished") ? "finished"
                                                                              : "not finished",
                          *reason != '\0' ? ": " : "", reason);
}

char *
report_run (JsonObject *result)
{
  GString *to = g_string_new (NULL);
  JsonArray *rounds = report_get_array (result, "rounds");
  JsonObject *schema = json_object_get_object_member (result, "schema");
  JsonObject *privacy = json_object_get_object_member (result, "privacy");

  add_head (to, result);
  if (json_array_get_length (rounds) > 0)
    report_add_rounds (to, rounds);
  add_skipped (to, rounds);
  add_warnings (to, result);
  add_schema (to, schema);
  add_findings (to, schema);
  report_add_line (to, "digest", report_get_text (result, "model_digest"));
  add_outputs (to, result);
  report_add_line (to, "privacy", report_get_text (privacy, "statement"));
  add_notes (to, result);
  return g_string_free (to, FALSE);
}

/* -- preview ---------------------------------------------------------------- */

static void
add_blocks (GString *to, JsonObject *round)
{
  JsonArray *blocks = report_get_array (round, "blocks");

  g_string_append (to, "       cells  block\n");
  for (guint i = 0; blocks != NULL && i < json_array_get_length (blocks); i++)
    {
      JsonObject *block = json_array_get_object_element (blocks, i);

      g_string_append_printf (to, "  %10" G_GINT64_FORMAT "  %s\n", report_get_int (block, "cells"),
                              report_get_text (block, "name"));
    }
}

char *
report_preview (JsonObject *preview)
{
  GString *to = g_string_new (NULL);
  JsonArray *rounds = report_get_array (preview, "rounds");
  JsonObject *first = json_array_get_object_element (rounds, 0);
  JsonObject *schema = json_object_get_object_member (preview, "schema");
  g_autofree char *sites = report_join (preview, "sites", ", ");

  g_string_append_printf (to, "Nothing was trained. From each site (%s) would leave:\n\n", sites);
  g_string_append_printf (to,
                          "round 1, %s: %" G_GINT64_FORMAT " integer sums in %" G_GINT64_FORMAT
                          " blocks, %" G_GINT64_FORMAT " bytes\n",
                          report_get_text (first, "phase"), report_get_int (first, "cells"),
                          report_get_int (first, "n_blocks"), report_get_int (first, "bytes"));
  add_blocks (to, first);
  for (guint i = 1; i < json_array_get_length (rounds); i++)
    {
      JsonObject *round = json_array_get_object_element (rounds, i);

      g_string_append_printf (to, "round %" G_GINT64_FORMAT ": %s\n",
                              report_get_int (round, "round"), report_get_text (round, "asks"));
    }
  g_string_append_c (to, '\n');
  add_schema (to, schema);
  add_findings (to, schema);
  report_add_line (to, "privacy",
                   report_get_text (json_object_get_object_member (preview, "privacy"),
                                    "statement"));
  add_notes (to, preview);
  return g_string_free (to, FALSE);
}
