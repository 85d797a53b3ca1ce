/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>

#include "evaluate.h"
#include "printable.h"
#include "report.h"

#define MOST_WORST 5u
#define WIDTH      36u

/* NaN for null, and for a figure that is absent. */
static double
get_number (JsonObject *object, const char *name)
{
  return json_object_get_double_member_with_default (object, name, NAN);
}

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
show (double number)
{
  return isnan (number) ? g_strdup ("-") : g_strdup_printf ("%.3f", number);
}

/* "0.731 (0.70 to 0.76)" */
static char *
show_interval (JsonObject *parent, const char *name)
{
  JsonObject *interval = get_object (parent, name);
  double lo, hi;

  if (interval == NULL)
    return g_strdup ("-");
  lo = get_number (interval, "lo");
  hi = get_number (interval, "hi");
  if (isnan (lo) || isnan (hi))
    return show (get_number (interval, "value"));
  return g_strdup_printf ("%.3f (%.3f to %.3f)", get_number (interval, "value"), lo, hi);
}

static void
add_line (GString *to, const char *label, const char *text)
{
  g_string_append (to, "  ");
  report_pad (to, label, WIDTH - 2);
  g_string_append_printf (to, "%s\n", text);
}

/* -- headline --------------------------------------------------------------- */

static void
add_figures (GString *to, JsonObject *headline)
{
  g_autofree char *fidelity = show_interval (headline, "fidelity");
  g_autofree char *overall = show (get_number (headline, "overall_score"));
  g_autofree char *detection = show (get_number (headline, "detection"));
  g_autofree char *learned = show (get_number (headline, "train_synthetic"));

  add_line (to, "fidelity", fidelity);
  g_string_append (to, "    0: independent columns; 1: as near to the judge as fresh real rows\n");
  if (get_object (headline, "fidelity") == NULL)
    g_string_append (to, "    not known: next to the judge fresh real rows are no nearer than "
                         "independent columns, within what so many rows can tell\n");
  if (!json_object_get_boolean_member (headline, "holdout"))
    g_string_append (to, "    no holdout: the real rows were halved; --holdout FILE judges by rows "
                         "that the generator never saw\n");
  if (!isnan (get_number (headline, "detection")))
    {
      add_line (to, "detection", detection);
      g_string_append (to, "    how well a classifier tells synthetic rows from real ones: 0.5 is "
                           "best, 1 is always\n");
    }
  if (!isnan (get_number (headline, "train_synthetic")))
    add_line (to, "train on synthetic, test on real", learned);
  add_line (to, "overall score", overall);
  g_string_append (to, "    as SDMetrics has it: familiar, but it ranks poorly\n");
}

static void
add_headline (GString *to, JsonObject *root)
{
  JsonObject *headline = get_object (root, "headline");
  JsonArray *alarms = report_get_array (root, "alarms");
  const char *alarm = report_get_text (headline, "alarm");

  g_string_append_c (to, '\n');
  if (*alarm == '\0')
    add_figures (to, headline);
  for (guint i = 0; i < json_array_get_length (alarms); i++)
    g_string_append_printf (to, "  ALARM  %s\n",
                            report_get_text (json_array_get_object_element (alarms, i), "what"));
  if (*alarm != '\0')
    g_string_append (to, "    no headline figures: a copy scores best and is worth nothing\n");
}

/* -- sections --------------------------------------------------------------- */

static void
add_errors (GString *to, JsonObject *workload, const char *member, const char *title)
{
  static const char *const names[] = { "synthetic", "floor", "ceiling" };
  JsonObject *errors = get_object (workload, member);

  g_string_append_printf (to, "  %-14s", title);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *text = show_interval (errors, names[i]);

      g_string_append_printf (to, "%s%-25s", i > 0 ? " " : "", text);
    }
  while (to->str[to->len - 1] == ' ')
    g_string_truncate (to, to->len - 1);
  g_string_append_c (to, '\n');
}

static void
add_workload (GString *to, JsonObject *workload)
{
  g_string_append_printf (to,
                          "\nworkload error: counts over columns against the judge, %s; "
                          "%" G_GINT64_FORMAT " rows of each\n",
                          report_get_text (workload, "judge"), report_get_int (workload, "rows"));
  g_string_append (to, "                synthetic                 independent columns       "
                       "fresh real rows\n");
  add_errors (to, workload, "error", "2 columns");
  add_errors (to, workload, "error_3way", "3 columns");
  if (report_get_int (workload, "triples") < report_get_int (workload, "triples_in_all"))
    g_string_append_printf (to,
                            "    3 columns: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
                            " triples, drawn by the seed\n",
                            report_get_int (workload, "triples"),
                            report_get_int (workload, "triples_in_all"));
}

static void
add_similarity (GString *to, JsonObject *similarity)
{
  static const char *const lines[][2] = {
    { "column_shapes", "column shapes" },
    { "pairs_all", "column pair trends, all pairs" },
    { "pairs_thresholded", "  those that depend on each other" },
    { "coverage", "range and category coverage" },
  };

  g_string_append (to, "\nscores of SDMetrics, 1 is best\n");
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = show (get_number (similarity, lines[i][0]));

      add_line (to, lines[i][1], text);
    }
}

static void
add_outside (GString *to, JsonObject *validity, const char *member, const char *label)
{
  JsonObject *rows = get_object (validity, member);
  g_autofree char *share = NULL;
  g_autofree char *text = NULL;

  if (rows == NULL)
    return;
  share = show_interval (rows, "share");
  text = g_strdup_printf ("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT ", %s",
                          report_get_int (rows, "outside"), report_get_int (rows, "rows"), share);
  add_line (to, label, text);
}

static void
add_detection (GString *to, JsonObject *detection)
{
  g_autofree char *logistic = show_interval (detection, "logistic");
  g_autofree char *trees = show_interval (detection, "trees");

  g_string_append_printf (to,
                          "\ndetection: area under the curve against the %s, %" G_GINT64_FORMAT
                          " rows of each, five folds\n",
                          report_get_text (detection, "against"),
                          report_get_int (detection, "rows_of_each"));
  add_line (to, "logistic regression", logistic);
  add_line (to, "boosted trees", trees);
}

/* The column's name is the user's own word. */
static void
add_target (GString *to, JsonObject *target)
{
  g_autofree char *column = printable_text (report_get_text (target, "column"));
  g_autofree char *synthetic = show_interval (target, "synthetic");
  g_autofree char *real = show_interval (target, "real");
  gboolean is_area = g_str_equal (report_get_text (target, "figure"), "area");

  g_string_append_printf (to,
                          "\ntarget %s: %s on the holdout, learned from %" G_GINT64_FORMAT
                          " rows of each\n",
                          column,
                          is_area ? "area under the curve" : "share of the variance explained",
                          report_get_int (target, "rows_of_each"));
  add_line (to, "from synthetic rows", synthetic);
  add_line (to, "from real rows", real);
}

static void
add_learning (GString *to, JsonObject *root)
{
  JsonObject *detection = get_object (root, "detection");
  JsonObject *target = get_object (root, "target");

  if (detection != NULL)
    add_detection (to, detection);
  if (target != NULL)
    add_target (to, target);
}

static void
add_validity (GString *to, JsonObject *validity)
{
  gboolean is_schema = g_str_equal (report_get_text (validity, "rule"), "schema");

  g_string_append_printf (to, "\nrows outside %s\n",
                          is_schema ? "the schema" : "what the real rows show");
  add_outside (to, validity, "synthetic", "synthetic");
  if (is_schema)
    add_outside (to, validity, "real", "real");
  add_outside (to, validity, "holdout", "holdout");
}

static void
add_privacy (GString *to, JsonObject *privacy)
{
  JsonObject *copies = get_object (privacy, "copies"), *nearest = get_object (privacy, "nearest");
  g_autofree char *closer = show_interval (nearest, "closer_to_training");
  g_autofree char *advantage = show (get_number (nearest, "membership_advantage"));
  g_autofree char *limit = show (get_number (nearest, "closer_limit"));
  g_autofree char *most = show (get_number (nearest, "membership_limit"));
  g_autofree char *equal =
      g_strdup_printf ("%" G_GINT64_FORMAT, report_get_int (copies, "of_training"));
  g_autofree char *met =
      g_strdup_printf ("%" G_GINT64_FORMAT, report_get_int (copies, "of_holdout"));
  g_autofree char *itself =
      g_strdup_printf ("%" G_GINT64_FORMAT, report_get_int (copies, "training_repeated"));

  g_string_append (to, "\nprivacy: alarms of a regression, no guarantee\n");
  add_line (to, "rows equal to a real row", equal);
  add_line (to, "real rows equal to another one", itself);
  if (isnan (get_number (nearest, "closer_limit")))
    {
      g_string_append (to,
                       "    without a holdout it is not known whether synthetic rows are nearer "
                       "to training rows\n");
      return;
    }
  add_line (to, "rows equal to a holdout row", met);
  add_line (to, "closer to training than holdout", closer);
  g_string_append_printf (to, "    one half is expected; alarm above %s\n", limit);
  add_line (to, "membership advantage", advantage);
  g_string_append_printf (to, "    0 is expected; alarm above %s\n", most);
}

/* -- the worst -------------------------------------------------------------- */

typedef struct
{
  JsonObject *object;
  double badness;
} Ranked;

static int
compare_ranked (gconstpointer a, gconstpointer b)
{
  double x = ((const Ranked *)a)->badness, y = ((const Ranked *)b)->badness;

  return x < y ? 1 : x > y ? -1 : 0;
}

/* The elements that have the member, worst first. sign: 1 when much is bad, -1 when little is. */
static GArray *
rank (JsonArray *elements, const char *member, double sign)
{
  GArray *ranked = g_array_new (FALSE, FALSE, sizeof (Ranked));

  for (guint i = 0; i < json_array_get_length (elements); i++)
    {
      JsonObject *object = json_array_get_object_element (elements, i);
      Ranked entry = { object, sign * get_number (object, member) };

      if (!isnan (entry.badness))
        g_array_append_val (ranked, entry);
    }
  g_array_sort (ranked, compare_ranked);
  g_array_set_size (ranked, MIN (ranked->len, MOST_WORST));
  return ranked;
}

static void
add_worst (GString *to, JsonObject *root)
{
  g_autoptr (GArray) columns = rank (report_get_array (root, "columns"), "shape", -1);
  g_autoptr (GArray) pairs = rank (report_get_array (root, "pairs"), "workload_error", 1);

  g_string_append (to, "\nworst columns                       shape  missing: real, synthetic\n");
  for (guint i = 0; i < columns->len; i++)
    {
      JsonObject *column = g_array_index (columns, Ranked, i).object;

      g_string_append (to, "  ");
      report_pad (to, report_get_text (column, "name"), WIDTH - 2);
      g_string_append_printf (to, "%.3f  %.1f %%, %.1f %%\n", get_number (column, "shape"),
                              100 * get_number (column, "missing_real"),
                              100 * get_number (column, "missing_synthetic"));
    }
  if (pairs->len > 0)
    g_string_append (to, "\nworst pairs                         workload error\n");
  for (guint i = 0; i < pairs->len; i++)
    {
      JsonObject *pair = g_array_index (pairs, Ranked, i).object;
      g_autofree char *names =
          g_strdup_printf ("%s, %s", report_get_text (pair, "a"), report_get_text (pair, "b"));

      g_string_append (to, "  ");
      report_pad (to, names, WIDTH - 2);
      g_string_append_printf (to, "%.3f\n", get_number (pair, "workload_error"));
    }
}

static void
add_names (GString *to, JsonObject *rows, const char *member, const char *role, const char *name)
{
  g_autofree char *safe = printable_text (name);

  g_string_append_printf (to, "%-10s %s, %" G_GINT64_FORMAT " rows\n", role, safe,
                          report_get_int (rows, member));
}

char *
evaluate_report (const char *json, const char *real, const char *synthetic, const char *holdout)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *root = report_parse (json, &node);
  JsonObject *rows = get_object (root, "rows");
  g_autofree char *excluded = report_join (root, "excluded", ", ");
  GString *to = g_string_new (NULL);

  add_names (to, rows, "synthetic", "synthetic", synthetic);
  add_names (to, rows, "real", "real", real);
  if (holdout != NULL)
    add_names (to, rows, "holdout", "holdout", holdout);
  if (*excluded != '\0')
    g_string_append_printf (to, "not compared: %s\n", excluded);
  add_headline (to, root);
  add_workload (to, get_object (root, "workload"));
  add_similarity (to, get_object (root, "similarity"));
  add_learning (to, root);
  add_validity (to, get_object (root, "validity"));
  add_privacy (to, get_object (root, "privacy"));
  add_worst (to, root);
  g_string_append_printf (to, "\n%s\n", report_get_text (root, "stamp"));
  return g_string_free (to, FALSE);
}
