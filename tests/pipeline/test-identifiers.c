/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "pipeline-demo.h"

/* Columns that are made anew where rows are written, from the command. */

#define SCHEMA                                                                                     \
  "{\"format\": \"genesis-schema/1\", \"columns\": ["                                              \
  "{\"name\": \"pid\", \"id\": \"keep-format\", \"shape\": \"\\\\P-%s\"}, "                        \
  "{\"name\": \"x\", \"type\": \"integer\", \"min\": 0, \"max\": 99}, "                            \
  "{\"name\": \"row\", \"id\": \"sequence\"}], \"excluded\": []}"

static void
write_site (Fixture *fixture, const char *name, guint first)
{
  g_autoptr (GString) text = g_string_new ("pid,x,row\n");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "Q-%04u,%u,%u\n", first + i, i * 2, first + i);
  fixture_write (fixture, name, text->str);
}

static void
write_demo (Fixture *fixture, const char *digits)
{
  g_autofree char *schema = g_strdup_printf (SCHEMA, digits);

  write_site (fixture, "north.csv", 1000);
  write_site (fixture, "south.csv", 5000);
  fixture_write (fixture, "s.json", schema);
  fixture_write (fixture, "demo.ini", DEMO_KEYS "[schema]\nfile=s.json\n" DEMO_SITES DEMO_OUTPUTS);
}

static void
check_rows (const char *text, guint n)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (g_strv_length (lines), ==, n + 2); /* header, and nothing behind the last */
  g_assert_cmpstr (lines[0], ==, "pid,x,row");
  for (guint i = 1; i <= n; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
      g_autofree char *row = g_strdup_printf ("%u", i);

      g_assert_cmpuint (g_strv_length (cells), ==, 3);
      g_assert_true (strlen (cells[0]) == 6 && g_str_has_prefix (cells[0], "P-"));
      g_assert_cmpstr (cells[2], ==, row);
      g_assert_true (g_hash_table_add (seen, (gpointer)g_intern_string (cells[0])));
    }
}

/* Never learnt from, in their places, alike for a saved model and the same seed. */
static void
test_run (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) run = { 0 };
  g_auto (Outcome) again = { 0 };
  g_auto (Outcome) other = { 0 };
  g_autofree char *rows = NULL;
  g_autofree char *same = NULL;
  g_autofree char *others = NULL;

  write_demo (fixture, "9999");
  fixture_run (fixture, &run, "run demo.ini");
  g_assert_cmpint (run.code, ==, 0);
  rows = fixture_read (fixture, "out/s.csv");
  check_rows (rows, 50);
  g_assert_null (strstr (rows, "Q-"));
  fixture_run (fixture, &again,
               "generate --model out/m.genesis --rows 50 --seed 4 --out again.csv");
  g_assert_cmpint (again.code, ==, 0);
  same = fixture_read (fixture, "again.csv");
  g_assert_cmpstr (same, ==, rows);
  fixture_run (fixture, &other,
               "generate --model out/m.genesis --rows 50 --seed 5 --out other.csv");
  g_assert_cmpint (other.code, ==, 0);
  others = fixture_read (fixture, "other.csv");
  check_rows (others, 50);
  g_assert_cmpstr (others, !=, rows);
}

static void
test_small_shape (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) run = { 0 };

  write_demo (fixture, "9");
  fixture_run (fixture, &run, "run demo.ini");
  g_assert_cmpint (run.code, ==, 78);
  g_assert_nonnull (strstr (run.err, "column 'pid': its shape has 10 identifiers"));
  g_assert_false (fixture_has (fixture, "out/s.csv"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/identifiers/run/made-anew-in-their-places", Fixture, NULL, fixture_set_up, test_run,
              fixture_tear_down);
  g_test_add ("/identifiers/run/refuses-a-small-shape", Fixture, NULL, fixture_set_up,
              test_small_shape, fixture_tear_down);
  return g_test_run ();
}
