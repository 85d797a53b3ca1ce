/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "summary-fixture.h"

/* -- what is held back ------------------------------------------------------ */

static void
assert_nowhere (Fixture *fixture, const char *text)
{
  g_autofree char *json = genesis_data_summary_to_json (fixture->summary);
  g_autofree char *page = genesis_data_summary_to_html (fixture->summary);

  g_assert_null (strstr (json, text));
  g_assert_null (strstr (page, text));
}

/* The exact ends of 400 numbers and times, and one that lies alone. */
static void
test_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("n,t\n");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *table, *range;

  for (guint i = 0; i < 400; i++)
    {
      if (i == 200)
        g_string_append (text, "98765432,2031-05-06\n");
      g_string_append_printf (text, "%u,20%02u-0%u-1%u\n", 1237 + i * 7, i % 20 + 1, i % 9 + 1,
                              i % 10);
    }
  g_assert_true (add_text (fixture, "a.csv", text->str, NULL));
  assert_nowhere (fixture, "98765432");
  assert_nowhere (fixture, "1237");
  assert_nowhere (fixture, "4030");
  assert_nowhere (fixture, "2031-05-06");
  table = get_table (parse (fixture, &node), 0);
  range = json_object_get_object_member (get_column (table, 0), "range");
  g_assert_cmpint (json_object_get_int_member (range, "beyond"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (find_remark (table, "lone-values"), "line"), ==,
                   202);
  g_assert_cmpstr (json_object_get_string_member (range, "to"), ==, "4095");
}

static void
test_rare (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("x\n");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *categories;

  for (guint i = 0; i < 300; i++)
    g_string_append (text, i % 3 == 0 ? "ordinary\n" : "frequent\n");
  g_string_append (text,
                   "singular\nseldom\nseldom\nseldom\nseldom\nfifth\nfifth\nfifth\nfifth\nfifth\n");
  g_assert_true (add_text (fixture, "a.csv", text->str, NULL));
  assert_nowhere (fixture, "singular");
  assert_nowhere (fixture, "seldom");
  categories = json_object_get_object_member (get_column (get_table (parse (fixture, &node), 0), 0),
                                              "categories");
  g_assert_cmpint (json_object_get_int_member (categories, "rare"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (categories, "rare_cells"), ==, 5);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (categories, "common")), ==,
                    3);
}

/* Every value of a histogram is counted once. */
static void
test_histogram (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("n\n");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *histogram;
  JsonArray *counts;
  gint64 sum = 0;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "%u\n", 1 + i % 10);
  g_assert_true (add_text (fixture, "a.csv", text->str, NULL));
  histogram = json_object_get_object_member (get_column (get_table (parse (fixture, &node), 0), 0),
                                             "histogram");
  counts = json_object_get_array_member (histogram, "counts");
  g_assert_false (json_object_get_boolean_member (histogram, "sample"));
  g_assert_cmpuint (json_array_get_length (counts), ==, 10);
  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpint (json_array_get_int_element (counts, i), ==, 100);
      sum += json_array_get_int_element (counts, i);
    }
  g_assert_cmpint (sum, ==, 1000);
}

/* Whole numbers with a point have a bin each, though the ends have tenths. */
static void
test_decimal_histogram (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("n\n");
  g_autoptr (JsonNode) node = NULL;
  JsonArray *counts;

  for (guint i = 0; i < 600; i++)
    g_string_append (text, i % 6 < 3 ? "0.0\n" : i % 6 < 5 ? "1.0\n" : "2.0\n");
  g_assert_true (add_text (fixture, "a.csv", text->str, NULL));
  counts = json_object_get_array_member (
      json_object_get_object_member (get_column (get_table (parse (fixture, &node), 0), 0),
                                     "histogram"),
      "counts");
  g_assert_cmpuint (json_array_get_length (counts), ==, 3);
  g_assert_cmpint (json_array_get_int_element (counts, 0), ==, 300);
  g_assert_cmpint (json_array_get_int_element (counts, 1), ==, 200);
  g_assert_cmpint (json_array_get_int_element (counts, 2), ==, 100);
}

/* More different values than a draft holds: the picture is of a sample. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("n\n");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *column, *histogram;
  JsonArray *counts;
  gint64 sum = 0;

  for (guint i = 0; i < 70000; i++)
    g_string_append_printf (text, "%u.5\n", i);
  g_assert_true (add_text (fixture, "a.csv", text->str, NULL));
  column = get_column (get_table (parse (fixture, &node), 0), 0);
  histogram = json_object_get_object_member (column, "histogram");
  counts = json_object_get_array_member (histogram, "counts");
  g_assert_true (json_object_get_boolean_member (histogram, "sample"));
  g_assert_false (
      json_object_get_boolean_member (json_object_get_object_member (column, "distinct"), "exact"));
  for (guint i = 0; i < json_array_get_length (counts); i++)
    sum += json_array_get_int_element (counts, i);
  g_assert_cmpint (sum, >, 4000);
  g_assert_cmpint (sum, <=, 16384);
}

/* -- several tables --------------------------------------------------------- */

/* 150 rows of one column: a digit from 1 to 9 between two texts. */
static char *
repeat (const char *name, const char *before, const char *behind)
{
  GString *text = g_string_new (name);

  g_string_append_c (text, '\n');
  for (guint i = 0; i < 150; i++)
    g_string_append_printf (text, "%s%u%s\n", before, i % 9 + 1, behind);
  return g_string_free (text, FALSE);
}

static void
test_between (Fixture *fixture, gconstpointer data)
{
  g_autofree char *whole = repeat ("age", "6", "");
  g_autofree char *with_point = repeat ("age", "6", ".0");
  g_autoptr (JsonNode) node = NULL;
  JsonArray *between;
  const char *detail;

  g_assert_true (add_text (fixture, "north", whole, NULL));
  g_assert_true (add_text (fixture, "south", with_point, NULL));
  between = json_object_get_array_member (parse (fixture, &node), "between_tables");
  g_assert_cmpuint (json_array_get_length (between), ==, 1);
  detail = json_object_get_string_member (json_array_get_object_element (between, 0), "detail");
  g_assert_nonnull (strstr (detail, "'north'"));
  g_assert_nonnull (strstr (detail, "'south'"));
}

static void
test_other_columns (Fixture *fixture, gconstpointer data)
{
  g_autofree char *ages = repeat ("age", "6", "");
  g_autofree char *sizes = repeat ("size", "6", "");

  g_assert_true (add_text (fixture, "north", ages, NULL));
  g_assert_cmpuint (genesis_data_summary_get_n_refused (fixture->summary), ==, 0);
  g_assert_true (add_text (fixture, "south", sizes, NULL));
  g_assert_cmpuint (genesis_data_summary_get_n_refused (fixture->summary), ==, 2);
}

static void
test_unreadable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *good = repeat ("age", "6", "");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *root;

  g_assert_false (add_text (fixture, "ragged.csv", "a,b\n1,2\n3\n", &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_true (add_text (fixture, "good.csv", good, NULL));
  root = parse (fixture, &node);
  g_assert_cmpstr (json_object_get_string_member (get_table (root, 0), "error"), ==,
                   error->message);
  g_assert_nonnull (strstr (error->message, "line 3"));
  g_assert_cmpint (json_object_get_int_member (get_table (root, 1), "rows"), ==, 150);
  g_assert_cmpint (json_object_get_int_member (root, "refused"), ==, 1);
}

static void
test_date_order (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dates = repeat ("day", "0", "/04/2024");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *column;

  g_assert_false (genesis_data_summary_set_date_order (fixture->summary, "DDMM", &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_clear_error (&error);
  g_assert_true (genesis_data_summary_set_date_order (fixture->summary, "DMY", &error));
  g_assert_true (add_text (fixture, "a.csv", dates, &error));
  column = get_column (get_table (parse (fixture, &node), 0), 0);
  g_assert_cmpstr (json_object_get_string_member (column, "type"), ==, "datetime");
  g_assert_cmpstr (json_object_get_string_member (column, "found"), ==, "DD/MM/YYYY");
  g_assert_cmpuint (genesis_data_summary_get_n_refused (fixture->summary), ==, 0);
}

static void
test_no_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;

  g_assert_true (add_text (fixture, "a.csv", "a,b\n", NULL));
  g_assert_nonnull (find_remark (get_table (parse (fixture, &node), 0), "no-rows"));
  g_assert_cmpuint (genesis_data_summary_get_n_refused (fixture->summary), ==, 1);
}

/* -- the page --------------------------------------------------------------- */

static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = repeat ("age", "6", "");
  g_autofree char *path = g_build_filename (fixture->folder, "page.html", NULL);
  g_autofree char *below = g_build_filename (path, "page.html", NULL);
  g_autofree char *page = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (add_text (fixture, "a.csv", text, NULL));
  g_assert_true (genesis_data_summary_save_html (fixture->summary, path, &error));
  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  expected = genesis_data_summary_to_html (fixture->summary);
  g_assert_cmpstr (page, ==, expected);
  g_assert_nonnull (strstr (page, "Not for release"));
  g_assert_false (genesis_data_summary_save_html (fixture->summary, below, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
}

#define ADD(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/data-summary/held-back/exact-ends", NULL, test_ends);
  ADD ("/data-summary/held-back/rare-categories", NULL, test_rare);
  ADD ("/data-summary/histogram/counts-every-value", NULL, test_histogram);
  ADD ("/data-summary/histogram/a-bin-for-each-whole-number", NULL, test_decimal_histogram);
  ADD ("/data-summary/histogram/of-a-sample-when-values-are-many", NULL, test_many);
  ADD ("/data-summary/tables/what-they-have-not-alike-names-both", NULL, test_between);
  ADD ("/data-summary/tables/with-other-columns-are-refused", NULL, test_other_columns);
  ADD ("/data-summary/tables/one-that-cannot-be-read-does-not-hide-others", NULL, test_unreadable);
  ADD ("/data-summary/tables/without-rows-are-refused", NULL, test_no_rows);
  ADD ("/data-summary/date-order/settles", NULL, test_date_order);
  ADD ("/data-summary/page/saved-complete-or-refused", NULL, test_save);
  return g_test_run ();
}
