/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-row-constraint.h>

#include "base/genesis-stream-private.h"
#include "data/genesis-schema-rules-private.h"

/* Which rows keep a constraint, and how rows that do not are mended. */

static GenesisSchema *
make_schema (const char *columns, const char *constraints)
{
  g_autofree char *json =
      g_strdup_printf ("{\"format\": \"genesis-schema/1\", \"columns\": [%s], \"constraints\": "
                       "[%s]}",
                       columns, constraints);
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_new_from_json (json, &error);

  g_assert_no_error (error);
  return schema;
}

/* rows: cells separated by ',', rows by ' '; "-" is a missing cell, "_" a blank. */
static GenesisTable *
make_table (GenesisSchema *schema, const char *rows)
{
  g_auto (GStrv) lines = g_strsplit (rows, " ", -1);
  guint n_rows = g_strv_length (lines), n_columns = genesis_schema_get_n_fields (schema);
  GenesisTable *table = genesis_table_new (schema, n_rows);

  for (guint column = 0; column < n_columns; column++)
    {
      g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;

      for (guint row = 0; row < n_rows; row++)
        {
          g_auto (GStrv) texts = g_strsplit (lines[row], ",", -1);

          g_assert_cmpuint (g_strv_length (texts), ==, n_columns);
          g_strdelimit (texts[column], "_", ' ');
          g_ptr_array_add (cells, strcmp (texts[column], "-") == 0 ? g_strdup ("")
                                                                   : g_strdup (texts[column]));
        }
      genesis_table_set_column_text (table, column, (const char *const *)cells->pdata, n_rows,
                                     &error);
      g_assert_no_error (error);
    }
  return table;
}

static char *
dup_rows (GenesisTable *table)
{
  GString *text = g_string_new (NULL);
  guint n_columns = genesis_schema_get_n_fields (genesis_table_get_schema (table));

  for (guint64 row = 0; row < genesis_table_get_n_rows (table); row++)
    for (guint column = 0; column < n_columns; column++)
      {
        g_autofree char *cell = genesis_table_dup_text (table, column, row);

        g_strdelimit (cell, " ", '_');
        g_string_append_printf (text, "%s%s",
                                column > 0 ? ","
                                : row > 0  ? " "
                                           : "",
                                *cell != 0 ? cell : "-");
      }
  return g_string_free (text, FALSE);
}

#define INTEGER(name)                                                                              \
  "{\"name\": \"" name "\", \"type\": \"integer\", \"min\": 0, \"max\": 100, \"missing\": true}"
#define DECIMAL(name)                                                                              \
  "{\"name\": \"" name                                                                             \
  "\", \"type\": \"decimal\", \"decimals\": 2, \"min\": 0, \"max\": 100, \"missing\": true}"
#define REAL(name) "{\"name\": \"" name "\", \"type\": \"real\", \"min\": 0, \"max\": 100}"
#define DAY(name)                                                                                  \
  "{\"name\": \"" name                                                                             \
  "\", \"type\": \"datetime\", \"format\": \"YYYY-MM-DD\", \"min\": \"2020-01-01\", \"max\": "     \
  "\"2020-12-31\"}"
#define TIME(name)                                                                                 \
  "{\"name\": \"" name                                                                             \
  "\", \"type\": \"datetime\", \"format\": \"YYYY-MM-DD hh:mm:ss\", \"min\": \"2020-01-01 "        \
  "00:00:00\", \"max\": \"2020-12-31 00:00:00\"}"
#define LEVEL(name)                                                                                \
  "{\"name\": \"" name                                                                             \
  "\", \"type\": \"category\", \"categories\": [\"x\", \"y\", \"z\"], \"missing\": true}"
#define AT_MOST(a, b)   "{\"column\": \"" a "\", \"at_most\": \"" b "\"}"
#define LESS_THAN(a, b) "{\"column\": \"" a "\", \"less_than\": \"" b "\"}"

static void
test_kept (void)
{
  static const struct
  {
    const char *columns, *constraint, *keep, *breaking;
  } cases[] = {
    { INTEGER ("a") "," DECIMAL ("b"), AT_MOST ("a", "b"), "3,3.00 3,3.01 -,0.00 3,- -,-",
      "3,2.99 100,0.00" },
    { INTEGER ("a") "," DECIMAL ("b"), LESS_THAN ("a", "b"), "3,3.01 -,0.00", "3,3.00 4,3.01" },
    { REAL ("a") "," DECIMAL ("b"), AT_MOST ("a", "b"), "2.5,2.50 0.3,0.30", "2.51,2.50" },
    { DAY ("a") "," TIME ("b"), AT_MOST ("a", "b"),
      "2020-02-03,2020-02-03_00:00:00 2020-02-03,2020-02-03_10:00:00",
      "2020-02-03,2020-02-02_23:59:59" },
    { TIME ("a") "," DAY ("b"), AT_MOST ("a", "b"), "2020-02-03_10:00:00,2020-02-03",
      "2020-02-03_10:00:00,2020-02-02" },
    { TIME ("a") "," DAY ("b"), LESS_THAN ("a", "b"), "2020-02-03_10:00:00,2020-02-04",
      "2020-02-03_10:00:00,2020-02-03" },
    { INTEGER ("a") "," DECIMAL ("b") "," DECIMAL ("c"),
      "{\"sum\": [\"a\", \"b\"], \"equals\": \"c\"}", "1,2.50,3.50 -,2.50,9.00 1,-,9.00 1,2.50,-",
      "1,2.50,3.51 1,0.00,0.00" },
    { INTEGER ("a") "," DECIMAL ("b") "," DECIMAL ("c"),
      "{\"sum\": {\"a\": 3, \"b\": -2}, \"equals\": \"c\"}", "3,2.50,4.00", "3,2.50,5.50" },
    { LEVEL ("g") "," INTEGER ("a"),
      "{\"column\": \"a\", \"determined_by\": \"g\", \"values\": {\"x\": 1, \"y\": null}}",
      "x,1 x,- y,- z,7 -,7", "x,2 y,1" },
    { LEVEL ("g") "," INTEGER ("a"), "{\"when\": {\"g\": null}, \"then\": {\"a\": null}}",
      "x,1 -,-", "-,1" },
    { INTEGER ("g") "," INTEGER ("a"), "{\"when\": {\"g\": [5, 7]}, \"then\": {\"a\": 0}}",
      "5,0 6,1 7,0 5,-", "5,1 7,2" },
    { LEVEL ("g") "," INTEGER ("a"), "{\"not_both\": [\"g\", \"a\"]}", "x,- -,1 -,-", "x,1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisSchema) schema = make_schema (cases[i].columns, cases[i].constraint);
      g_autoptr (GenesisTable) keep = make_table (schema, cases[i].keep);
      g_autoptr (GenesisTable) breaking = make_table (schema, cases[i].breaking);

      g_test_message ("%s", cases[i].constraint);
      g_assert_cmpuint (genesis_table_count_violations (keep, 0), ==, 0);
      g_assert_cmpuint (genesis_table_count_violations (breaking, 0), ==,
                        genesis_table_get_n_rows (breaking));
    }
}

static void
test_mended (void)
{
  static const struct
  {
    const char *columns, *constraints, *rows, *mended;
    guint64 left; /* rows that must be drawn anew */
  } cases[] = {
    /* the two cells change places; not when one cannot hold the other */
    { INTEGER ("a") "," INTEGER ("b"), AT_MOST ("a", "b"), "5,3 3,5 -,2", "3,5 3,5 -,2", 0 },
    { INTEGER ("a") "," INTEGER ("b"), LESS_THAN ("a", "b"), "5,3 5,5", "3,5 5,5", 1 },
    { INTEGER ("a") "," DECIMAL ("b"), AT_MOST ("a", "b"), "5,3.00 5,2.50", "3,5.00 5,2.50", 1 },
    { DAY ("a") "," TIME ("b"), AT_MOST ("a", "b"),
      "2020-03-02,2020-02-01_00:00:00 2020-03-02,2020-02-01_10:00:00",
      "2020-02-01,2020-03-02_00:00:00 2020-03-02,2020-02-01_10:00:00", 1 },
    { REAL ("a") "," REAL ("b"), AT_MOST ("a", "b"), "2.5,1.5", "1.5,2.5", 0 },
    { INTEGER ("a") "," INTEGER ("b") "," INTEGER ("c"), AT_MOST ("b", "c") "," AT_MOST ("a", "b"),
      "9,5,1 2,1,3", "1,5,9 1,2,3", 0 },
    /* the total follows from the terms; a row whose total leaves the bounds is left */
    { INTEGER ("a") "," INTEGER ("b") "," INTEGER ("c"),
      "{\"sum\": [\"a\", \"b\"], \"equals\": \"c\"}", "1,2,9 60,70,50 1,-,9",
      "1,2,3 60,70,50 1,-,9", 1 },
    /* an order in which the total takes part is not sorted, and one of the terms is */
    { INTEGER ("a") "," INTEGER ("b") "," INTEGER ("c"),
      AT_MOST ("c", "a") ",{\"sum\": [\"a\", \"b\"], \"equals\": \"c\"}," AT_MOST ("b", "a"),
      "1,2,0 7,0,9", "2,1,3 7,0,7", 1 },
    /* two sums of one total: the second computes its last term */
    { INTEGER ("a") "," INTEGER ("b") "," INTEGER ("c") "," INTEGER ("d") "," INTEGER ("e"),
      "{\"sum\": [\"a\", \"b\"], \"equals\": \"c\"},{\"sum\": [\"d\", \"e\"], \"equals\": \"c\"}",
      "1,2,9,1,9 1,2,9,4,0", "1,2,3,1,2 1,2,3,4,0", 1 },
    /* a function */
    { LEVEL ("g") "," INTEGER ("a"),
      "{\"column\": \"a\", \"determined_by\": \"g\", \"values\": {\"x\": 1, \"y\": 2, \"z\": "
      "null}}",
      "x,5 y,5 z,5 x,-", "x,1 y,2 z,- x,-", 0 },
    /* the cell goes where it may be, the column keeps its cells; the last finds no place */
    { LEVEL ("g") "," INTEGER ("a"), "{\"when\": {\"g\": \"x\"}, \"then\": {\"a\": null}}",
      "x,5 y,- z,4 x,6 x,7 z,-", "x,- y,5 z,4 x,- x,- z,6", 0 },
    { LEVEL ("g") "," LEVEL ("h"), "{\"when\": {\"g\": \"x\"}, \"then\": {\"h\": \"x\"}}",
      "x,y y,x x,z z,y", "x,x y,y x,x z,y", 0 },
    { LEVEL ("g") "," INTEGER ("a"), "{\"not_both\": [\"g\", \"a\"]}", "x,5 -,- y,6 z,7",
      "-,5 x,- y,- -,7", 0 },
    /* missing exactly when: each of the two has a row of the other kind to give to */
    { LEVEL ("g") "," INTEGER ("a"),
      "{\"when\": {\"g\": \"x\"}, \"then\": {\"a\": null}},"
      "{\"when\": {\"a\": null}, \"then\": {\"g\": \"x\"}}",
      "x,5 y,- y,3 x,- y,-", "x,- y,5 y,3 x,- x,-", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisSchema) schema = make_schema (cases[i].columns, cases[i].constraints);
      g_autoptr (GenesisTable) table = make_table (schema, cases[i].rows);
      const GenesisRowConstraintSet *set = genesis_schema_get_constraint_set (schema);
      g_autofree guint64 *changed = g_new0 (guint64, set->n);
      g_autofree char *mended = NULL;

      g_test_message ("%s: %s", cases[i].constraints, cases[i].rows);
      genesis_row_constraint_set_mend (set, table, changed);
      mended = dup_rows (table);
      g_assert_cmpstr (mended, ==, cases[i].mended);
      g_assert_cmpuint (genesis_row_constraint_set_check (set, table, NULL, NULL), ==,
                        cases[i].left);
    }
}

/* Equal cells under a strict order stay as they are and count as nothing that was done. */
static void
test_strict_ties (void)
{
  g_autoptr (GenesisSchema) schema =
      make_schema (INTEGER ("a") "," INTEGER ("b"), LESS_THAN ("a", "b"));
  g_autoptr (GenesisTable) table = make_table (schema, "5,5 7,3");
  g_autofree char *mended = NULL;
  guint64 changed = 0;

  genesis_row_constraint_set_mend (genesis_schema_get_constraint_set (schema), table, &changed);
  mended = dup_rows (table);
  g_assert_cmpstr (mended, ==, "5,5 3,7");
  g_assert_cmpuint (changed, ==, 2);
}

#define CHAIN 30u

/* Thirty columns that must ascend, given descending: every row is sorted, none is drawn anew. */
static void
test_long_chain (void)
{
  g_autoptr (GString) columns = g_string_new (NULL), orders = g_string_new (NULL);
  g_autoptr (GString) given = g_string_new (NULL), sorted = g_string_new (NULL);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_autofree guint64 *changed = g_new0 (guint64, CHAIN);
  g_autofree char *mended = NULL;

  for (guint i = 0; i < CHAIN; i++)
    {
      const char *comma = i > 0 ? "," : "";

      g_string_append_printf (columns, "%s" INTEGER ("c%u"), comma, i);
      g_string_append_printf (given, "%s%u", comma, CHAIN - i);
      g_string_append_printf (sorted, "%s%u", comma, i + 1);
      if (i > 0)
        g_string_append_printf (orders, "%s" AT_MOST ("c%u", "c%u"), i > 1 ? "," : "", i - 1, i);
    }
  schema = make_schema (columns->str, orders->str);
  table = make_table (schema, given->str);
  genesis_row_constraint_set_mend (genesis_schema_get_constraint_set (schema), table, changed);
  mended = dup_rows (table);
  g_assert_cmpstr (mended, ==, sorted->str);
}

/* Whatever the rows were: what is not left breaks nothing, and every cell is one that its column
   can hold. Random rows under constraints that touch each other. */
static void
test_mended_random (void)
{
  static const char columns[] = INTEGER ("a") "," INTEGER ("b") "," INTEGER ("c") "," INTEGER (
      "d") "," LEVEL ("g") "," LEVEL ("h");
  static const char constraints[] = AT_MOST ("a", "b") "," AT_MOST (
      "a", "d") ",{\"sum\": [\"a\", \"b\"], \"equals\": \"c\"},"
                "{\"when\": {\"g\": \"x\"}, \"then\": {\"b\": null, \"h\": \"y\"}},"
                "{\"not_both\": [\"h\", \"d\"]}";
  g_autoptr (GenesisSchema) schema = make_schema (columns, constraints);
  const GenesisRowConstraintSet *set = genesis_schema_get_constraint_set (schema);
  g_autofree guint64 *changed = g_new0 (guint64, set->n);
  g_autoptr (GenesisTable) table = genesis_table_new (schema, 2000);
  g_autoptr (GError) error = NULL;
  GenesisStream stream;
  guint64 before, left;

  genesis_stream_init (&stream, 7, "rows", 0);
  for (guint i = 0; i < 6; i++)
    for (guint64 row = 0; row < 2000; row++)
      {
        GenesisColumn *column = genesis_table_get_column (table, i);

        if (i < 4)
          ((gint64 *)column->values)[row] = (gint64)genesis_stream_below (&stream, 101);
        else
          ((gint32 *)column->values)[row] = (gint32)genesis_stream_below (&stream, 3);
        if (genesis_stream_below (&stream, 3) == 0)
          genesis_table_set_missing (table, i, row);
      }
  before = genesis_row_constraint_set_check (set, table, NULL, NULL);
  genesis_row_constraint_set_mend (set, table, changed);
  left = genesis_row_constraint_set_check (set, table, NULL, NULL);
  g_test_message ("%" G_GUINT64_FORMAT " of 2000 rows broke something, %" G_GUINT64_FORMAT
                  " are left",
                  before, left);
  g_assert_true (genesis_table_validate (table, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (before, >, 1000);
  g_assert_cmpuint (left, <, 500); /* a + b leaves the bounds */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-constraint/rows/which-keep-it", test_kept);
  g_test_add_func ("/row-constraint/rows/mended-by-construction", test_mended);
  g_test_add_func ("/row-constraint/rows/leaves-ties-under-a-strict-order", test_strict_ties);
  g_test_add_func ("/row-constraint/rows/sorts-a-chain-of-thirty", test_long_chain);
  g_test_add_func ("/row-constraint/rows/mended-cells-are-valid", test_mended_random);
  return g_test_run ();
}
