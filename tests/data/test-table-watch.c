/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "data/genesis-csv-records-private.h"
#include "data/genesis-table-watch-private.h"

/* What is seen of a table beside its draft: sampled rows, gaps, first places. */

static void
add_row (GenesisRowSample *sample, guint i)
{
  char text[16], longer[GENESIS_ROW_SAMPLE_TEXT + 2];
  GenesisCell cells[2] = { { text, 0, FALSE, FALSE }, { longer, sizeof longer, FALSE, FALSE } };

  memset (longer, 'x', sizeof longer);
  cells[0].length = (gsize)g_snprintf (text, sizeof text, "%u", i);
  genesis_row_sample_add (sample, cells);
}

static GenesisRowSample *
sample_rows (guint n)
{
  GenesisRowSample *sample = genesis_row_sample_new (2);

  for (guint i = 0; i < n; i++)
    add_row (sample, i);
  return sample;
}

static void
test_sample_small (void)
{
  g_autoptr (GenesisRowSample) sample = sample_rows (1000);
  gsize n;

  g_assert_cmpuint (genesis_row_sample_get_n_rows (sample), ==, 1000);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *expected = g_strdup_printf ("%u", i);
      const char *text = genesis_row_sample_get (sample, i, 0, &n);

      g_assert_cmpmem (text, n, expected, strlen (expected));
      genesis_row_sample_get (sample, i, 1, &n);
      g_assert_cmpuint (n, ==, 0);
    }
}

/* Of n = 10^6 rows m = 7,000 to 16,384 are kept, evenly: the mean of their numbers has a standard
   error below n / sqrt (12 m) = .0035 n; the bound of .02 n is more than five of them, a false
   alarm below 1e-6 for another hash, and none for this one. */
static void
test_sample_large (void)
{
  const guint n = 1000000;
  g_autoptr (GenesisRowSample) sample = sample_rows (n);
  g_autoptr (GenesisRowSample) again = sample_rows (n);
  guint m = genesis_row_sample_get_n_rows (sample);
  double sum = 0;

  g_assert_cmpuint (m, <=, GENESIS_ROW_SAMPLE_ROWS);
  g_assert_cmpuint (m, >=, 7000);
  g_assert_cmpuint (m, ==, genesis_row_sample_get_n_rows (again));
  for (guint i = 0; i < m; i++)
    {
      g_assert_cmpuint (g_array_index (sample->numbers, guint64, i), ==,
                        g_array_index (again->numbers, guint64, i));
      sum += (double)g_array_index (sample->numbers, guint64, i);
    }
  g_assert_cmpfloat_with_epsilon (sum / m / n, .5, .02);
}

static void
mark (GenesisMissingPatterns *patterns, guint a, guint b)
{
  genesis_missing_patterns_mark (patterns, a);
  genesis_missing_patterns_mark (patterns, b);
  genesis_missing_patterns_add (patterns);
}

static void
test_patterns (void)
{
  g_autoptr (GenesisMissingPatterns) patterns = genesis_missing_patterns_new (20);
  g_autoptr (GArray) list = NULL;
  const GenesisMissingPattern *first;

  genesis_missing_patterns_add (patterns);
  mark (patterns, 0, 19);
  mark (patterns, 3, 4);
  mark (patterns, 0, 19);
  list = genesis_missing_patterns_list (patterns);
  g_assert_cmpuint (patterns->n_complete, ==, 1);
  g_assert_cmpuint (list->len, ==, 2);
  first = &g_array_index (list, GenesisMissingPattern, 0);
  g_assert_cmpuint (first->count, ==, 2);
  for (guint i = 0; i < 20; i++)
    g_assert_cmpint (genesis_missing_pattern_has (first, i), ==, i == 0 || i == 19);
}

static void
test_patterns_full (void)
{
  g_autoptr (GenesisMissingPatterns) patterns = genesis_missing_patterns_new (200);

  for (guint i = 0; i < 100; i++)
    for (guint j = 100; j < 200; j++)
      mark (patterns, i, j);
  g_assert_cmpuint (g_hash_table_size (patterns->counts), ==, GENESIS_MISSING_PATTERNS_MAX);
  g_assert_cmpuint (patterns->n_other, ==, 10000 - GENESIS_MISSING_PATTERNS_MAX);
}

static GenesisTableWatch *
watch_text (const char *text, GenesisRecords **records)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
  g_autoptr (GError) error = NULL;
  GenesisTableWatch *watch;

  *records = genesis_csv_records_new (genesis_csv_reader_new_for_bytes (bytes, "a.csv", &error));
  watch = genesis_table_watch_run (draft, *records, NULL, &error);
  g_assert_no_error (error);
  /* What it borrowed of the draft. */
  watch->markers = NULL;
  return watch;
}

/* A quoted line break moves the lines on; a blank cell is missing. */
static void
test_places (void)
{
  g_autoptr (GenesisRecords) records = NULL;
  g_autoptr (GenesisTableWatch) watch =
      watch_text ("a,b\n1,\"x\ny\"\n007, z\n2.50,?\n01/02/2024,\n$5.00,?\nword,v\n", &records);
  const guint64 *kinds = watch->columns[0].kinds;

  g_assert_true (watch->has_lines);
  g_assert_cmpuint (kinds[GENESIS_CELL_KIND_NUMBER], ==, 2);
  g_assert_cmpuint (kinds[GENESIS_CELL_KIND_CODE], ==, 4);
  g_assert_cmpuint (watch->columns[0].printed[2], ==, 5);
  g_assert_cmpuint (kinds[GENESIS_CELL_KIND_DATE], ==, 6);
  g_assert_cmpuint (genesis_column_watch_get_pattern (&watch->columns[0], "MM/DD/YYYY"), ==, 6);
  g_assert_cmpuint (genesis_column_watch_get_pattern (&watch->columns[0], "YYYY-MM-DD"), ==, 0);
  g_assert_cmpuint (kinds[GENESIS_CELL_KIND_AMOUNT], ==, 7);
  g_assert_cmpuint (kinds[GENESIS_CELL_KIND_TEXT], ==, 8);
  g_assert_cmpuint (watch->columns[1].edged.n, ==, 1);
  g_assert_cmpuint (watch->columns[1].edged.first, ==, 4);
  g_assert_cmpuint (watch->columns[1].missing.first, ==, 6);
  g_assert_cmpstr (genesis_column_watch_get_word (0), ==, "?");
  g_assert_cmpuint (watch->columns[1].words[0].n, ==, 2);
  g_assert_cmpuint (watch->columns[1].words[0].first, ==, 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-sample/small/is-all-rows", test_sample_small);
  g_test_add_func ("/row-sample/large/is-even-bounded-and-the-same-again", test_sample_large);
  g_test_add_func ("/missing-patterns/counted-most-frequent-first", test_patterns);
  g_test_add_func ("/missing-patterns/others-counted-together-when-full", test_patterns_full);
  g_test_add_func ("/table-watch/first-places-of-what-is-odd", test_places);
  return g_test_run ();
}
