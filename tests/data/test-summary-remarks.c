/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "summary-fixture.h"

/* A table of two columns: id-like numbers of no interest, and @odd rows among @rows usual ones. */
typedef struct
{
  const char *code, *grade, *usual, *odd, *other;
  gint64 line; /* 0: none */
} RemarkCase;

static const RemarkCase remark_cases[] = {
  { "undecided-date-order", "refused", "03/04/2024", "05/04/2024", "01/01/2023", 2 },
  { "mixed-date-patterns", "refused", "2024-01-31", "31/12/2024", "2024-02-01", 42 },
  { "mixed-kinds", "warning", "17", "unclear", "18", 42 },
  { "undeclared-missing", "warning", "17", "?", "18", 42 },
  { "undeclared-missing", "note", "red", "\\N", "blue", 42 },

  { "mixed-decimals", "note", "63", "63.0", "64", 42 },
  { "lost-digits", "warning", "0.5", "0.1234567890123456789", "1.5", 42 },
  { "zero-decimals", "note", "63.0", "61.0", "64.0", 0 },
  { "leading-zeros", "note", "17", "007", "18", 42 },
  { "blanks-at-ends", "warning", "red", "green ", "blue", 42 },
  { "spelling-variants", "warning", "red", "Red", "blue", 42 },
  { "high-missingness", "note", "", "1", "", 2 },
  { "all-missing", "warning", "", "", "", 2 },
  { "constant", "warning", "7", "7", "7", 0 },
  { "duplicate-rows", "note", "red", "red", "red", 3 },
};

static char *
compose (const RemarkCase *remark)
{
  GString *text = g_string_new ("n,x\n");

  /* Line 42 is the first with what is odd. */
  for (guint i = 2; i <= 141; i++)
    g_string_append_printf (text, "%u,%s\n", i * i % 7,
                            i == 42 || i == 99 ? remark->odd
                            : i % 2 == 0       ? remark->usual
                                               : remark->other);
  if (!g_str_equal (remark->code, "duplicate-rows"))
    {
      g_auto (GStrv) lines = g_strsplit (text->str, "\n", -1);

      g_string_assign (text, "n,x\n");
      for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
        g_string_append_printf (text, "%u.%03u%s\n", i % 5, i, strchr (lines[i], ','));
    }
  else
    g_string_assign (text, "n,x\n1,red\n1,red\n2,red\n");
  return g_string_free (text, FALSE);
}

static void
test_remark (Fixture *fixture, gconstpointer data)
{
  const RemarkCase *expected = data;
  g_autofree char *text = compose (expected);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *root, *remark;

  g_assert_true (add_text (fixture, "a.csv", text, &error));
  g_assert_no_error (error);
  root = parse (fixture, &node);
  remark = find_remark (get_table (root, 0), expected->code);
  g_assert_nonnull (remark);
  g_assert_cmpstr (json_object_get_string_member (remark, "grade"), ==, expected->grade);
  g_assert_cmpint (json_object_get_int_member_with_default (remark, "line", 0), ==, expected->line);
  g_assert_cmpint (json_object_get_int_member (root, "refused"), ==,
                   g_str_equal (expected->grade, "refused"));
  if (json_object_has_member (remark, "column"))
    {
      g_assert_cmpstr (json_object_get_string_member (remark, "column"), ==, "x");
      g_assert_cmpint (json_object_get_int_member (remark, "place"), ==, 2);
    }
}

/* A table of which nothing is odd. */
static void
test_silence (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("n,x\n");
  g_autoptr (JsonNode) node = NULL;
  JsonObject *table;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, "%u.%02u,%s\n", i % 7, i % 90 + 10, i % 3 == 0 ? "red" : "blue");
  g_assert_true (add_text (fixture, "a.csv", text->str, NULL));
  table = get_table (parse (fixture, &node), 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (table, "remarks")), ==, 0);
  g_assert_cmpint (json_object_get_int_member (table, "rows"), ==, 200);
  g_assert_cmpint (json_object_get_int_member (table, "complete_rows"), ==, 200);
}

#define ADD(path, data, test) g_test_add (path, Fixture, data, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (remark_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/data-summary/remarks/%s-as-%s",
                                               remark_cases[i].code, remark_cases[i].grade);

      ADD (path, &remark_cases[i], test_remark);
    }
  ADD ("/data-summary/remarks/none-where-nothing-is-odd", NULL, test_silence);
  return g_test_run ();
}
