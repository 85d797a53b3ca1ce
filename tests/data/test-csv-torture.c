/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <json-glib/json-glib.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-reader-private.h"
#include "data/genesis-schema-draft-private.h"

#include "round-trip.h"

/* Claims about the shared folder of malformed tables, file by file as csv-torture.txt lists them.
   */

#define N_FILES 550

static const struct
{
  const char *name, *text;
} reasons[] = {
  { "ragged", "cells where the header names" },
  { "nul", "a NUL byte" },
  { "not-utf-8", "the text is not UTF-8" },
  { "empty", "the file is empty" },
  { "blank-first-line", "the first line is blank" },
  { "blank-line", "a blank line inside the table" },
  { "unnamed-column", "the header names no column here" },
  { "repeated-name", "the header names this column twice" },
  { "open-quote", "a quote is opened here and never closed" },
  { "text-after-quote", "text follows a closing quote" },
  { "long-record", "longer than 8 MiB" },
  { "long-name", "longer than 4,096 bytes" },
  { "other-packing", "does not begin as" },
  { "nothing-to-learn", "no column to learn from" },
  { "mixed-dates", "mixes several patterns of date" },
  { "date-order", "day and month cannot be told apart" },
};

/* One line of the list. */
typedef struct
{
  char *reason; /* NULL: loads */
  char *file;
  GenesisCsvDialect *dialect; /* NULL: as it is */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->reason);
  g_free (entry->file);
  genesis_csv_dialect_free (entry->dialect);
  g_free (entry);
}

static void
set (Entry *entry, const char *setting)
{
  g_auto (GStrv) parts = g_strsplit (setting, "=", 2);
  g_autoptr (GError) error = NULL;

  if (entry->dialect == NULL)
    entry->dialect = genesis_csv_dialect_new ();
  genesis_csv_dialect_set (entry->dialect, parts[0], parts[1], &error);
  g_assert_no_error (error);
}

static Entry *
read_entry (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  Entry *entry = g_new0 (Entry, 1);

  if (g_str_has_prefix (words[0], "refuse:"))
    entry->reason = g_strdup (words[0] + strlen ("refuse:"));
  else
    g_assert_cmpstr (words[0], ==, "load");
  entry->file = g_strdup (words[1]);
  for (guint i = 2; words[i] != NULL; i++)
    set (entry, words[i]);
  return entry;
}

static char **
read_lines (const char *folder, const char *first, const char *second, const char *third)
{
  g_autofree char *path = g_build_filename (folder, first, second, third, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

static GPtrArray *
read_list (void)
{
  g_auto (GStrv) lines =
      read_lines (g_getenv ("GENESIS_TEST_SOURCE_DIR"), "tests", "data", "csv-torture.txt");
  GPtrArray *list = g_ptr_array_new_with_free_func (entry_free);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0' && lines[i][0] != '#')
      g_ptr_array_add (list, read_entry (lines[i]));
  return list;
}

/* The features that the manifest tells of a file, by file. */
static GHashTable *
read_manifest (void)
{
  g_auto (GStrv) lines =
      read_lines (g_getenv ("GENESIS_TEST_DATA"), "csv_torture", "MANIFEST.tsv", NULL);
  GHashTable *features = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);

      if (g_strv_length (columns) > 3)
        g_hash_table_insert (features, g_strdup (columns[0]), g_strdup (columns[3]));
    }
  return features;
}

static gboolean
is_ready (void)
{
  if (g_getenv ("GENESIS_TEST_DATA") == NULL)
    g_test_skip ("GENESIS_TEST_DATA is not set");
  else if (g_getenv ("GENESIS_TEST_SOURCE_DIR") == NULL)
    g_test_skip ("GENESIS_TEST_SOURCE_DIR is not set");
  else
    return TRUE;
  return FALSE;
}

static char *
find_file (const char *name)
{
  return g_build_filename (g_getenv ("GENESIS_TEST_DATA"), "csv_torture", name, NULL);
}

static void
test_all_listed (void)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GHashTable) manifest = NULL;
  guint n_plain = 0;

  if (!is_ready ())
    return;
  list = read_list ();
  manifest = read_manifest ();
  g_assert_cmpuint (g_hash_table_size (manifest), ==, N_FILES);
  for (guint i = 0; i < list->len; i++)
    {
      const Entry *entry = list->pdata[i];

      if (entry->dialect != NULL)
        continue;
      n_plain++;
      if (!g_hash_table_remove (manifest, entry->file))
        g_error ("'%s' is listed twice, or is no file of the folder", entry->file);
    }
  g_assert_cmpuint (n_plain, ==, N_FILES);
}

static const char *
find_reason (const char *message)
{
  for (gsize i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (strstr (message, reasons[i].text) != NULL)
      return reasons[i].name;
  return message;
}

static GenesisSchema *
draft (const char *path, const GenesisCsvDialect *dialect, GError **error)
{
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_open_with_dialect (path, dialect, error);
  g_autoptr (GenesisSchemaDraft) drafted = genesis_schema_draft_new (NULL);

  if (reader == NULL || !genesis_schema_draft_add_reader (drafted, reader, NULL, error))
    return NULL;
  return genesis_schema_draft_conclude (drafted, error);
}

/* Loaded tables come back as they were; refusals say what is wrong, and with what file. */
static void
check_entry (const Entry *entry)
{
  g_autofree char *path = find_file (entry->file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = draft (path, entry->dialect, &error);
  const char *reason = schema != NULL ? NULL : find_reason (error->message);

  if (g_strcmp0 (reason, entry->reason) != 0)
    g_error ("'%s': expected '%s', got '%s'", entry->file,
             entry->reason != NULL ? entry->reason : "load", reason != NULL ? reason : "load");
  if (schema != NULL)
    {
      g_auto (RoundTrip) trip = { 0 };

      round_trip_check (&trip, path, entry->dialect, schema);
      return;
    }
  g_assert_true (error->domain == GENESIS_ERROR);
  g_assert_true (error->code == GENESIS_ERROR_INVALID_DATA
                 || error->code == GENESIS_ERROR_SCHEMA_MISMATCH
                 || error->code == GENESIS_ERROR_INVALID_CONFIG);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_classes (void)
{
  g_autoptr (GPtrArray) list = NULL;

  if (!is_ready ())
    return;
  list = read_list ();
  for (guint i = 0; i < list->len; i++)
    check_entry (list->pdata[i]);
}

/* The value of "name:value" among words. */
static char *
find_feature (const char *features, const char *name)
{
  g_auto (GStrv) words = g_strsplit (features, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], name) && words[i][strlen (name)] == ':')
      return g_strdup (words[i] + strlen (name) + 1);
  return NULL;
}

static guint64
count_rows (GenesisCsvReader *reader)
{
  g_autoptr (GError) error = NULL;
  const GenesisCsvCell *cells;
  guint64 n_rows = 0;
  gsize n;

  while (genesis_csv_reader_next (reader, &cells, &n, &error) > 0)
    n_rows++;
  g_assert_no_error (error);
  return n_rows;
}

/* Rows and columns as the manifest counts them; it counts a blank line at the end of one file. */
static void
test_w3c (void)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GHashTable) manifest = NULL;
  guint n = 0;

  if (!is_ready ())
    return;
  list = read_list ();
  manifest = read_manifest ();
  for (guint i = 0; i < list->len; i++)
    {
      const Entry *entry = list->pdata[i];
      const char *features = g_hash_table_lookup (manifest, entry->file);
      g_autofree char *path = find_file (entry->file);
      g_autofree char *rows = find_feature (features, "pyrows");
      g_autofree char *width = find_feature (features, "widths");
      g_autoptr (GenesisCsvReader) reader = NULL;

      if (!g_str_has_prefix (entry->file, "w3c-csvw/") || entry->reason != NULL)
        continue;
      reader = genesis_csv_reader_open (path, NULL);
      g_assert_cmpuint (genesis_csv_reader_get_n_columns (reader), ==,
                        g_ascii_strtoull (width, NULL, 10));
      g_assert_cmpuint (count_rows (reader) + 1
                            + (g_str_equal (entry->file, "w3c-csvw/test055.csv") ? 1 : 0),
                        ==, g_ascii_strtoull (rows, NULL, 10));
      n++;
    }
  g_assert_cmpuint (n, >, 180);
}

/* Two published answers are those of other files: one column has another value, and one file CRLF
   where it has LF. */
static gboolean
is_answered (const char *file, const char *column)
{
  return !g_str_equal (file, "location_coordinates.csv")
         || !g_str_equal (column, "Contact Phone Number");
}

static char *
correct_answer (const char *file, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);

  return g_strjoinv (g_str_equal (file, "newlines_crlf.csv") ? "\n" : "\r\n", lines);
}

static void
check_record (const char *file, JsonObject *expected, const char *const *header,
              const GenesisCsvCell *cells, gsize n)
{
  g_assert_cmpuint (json_object_get_size (expected), ==, n);
  for (gsize i = 0; i < n; i++)
    {
      const char *answer = json_object_get_string_member (expected, header[i]);
      g_autofree char *text = NULL;

      g_assert_nonnull (answer);
      text = correct_answer (file, answer);
      if (is_answered (file, header[i]))
        g_assert_cmpmem (cells[i].text, cells[i].length, text, strlen (text));
    }
}

/* A file of one record is answered by an object. */
static JsonArray *
dup_records (JsonNode *root)
{
  JsonArray *records;

  if (JSON_NODE_HOLDS_ARRAY (root))
    return json_array_ref (json_node_get_array (root));
  records = json_array_new ();
  json_array_add_object_element (records, json_node_dup_object (root));
  return records;
}

static void
check_answers (const char *csv, const char *json)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvReader) reader = NULL;
  const GenesisCsvCell *cells;
  g_autoptr (JsonArray) answers = NULL;
  g_autofree char *file = g_path_get_basename (csv);
  guint i = 0;
  gsize n;

  json_parser_load_from_file (parser, json, &error);
  g_assert_no_error (error);
  answers = dup_records (json_parser_get_root (parser));
  reader = genesis_csv_reader_open (csv, &error);
  g_assert_no_error (error);
  for (; genesis_csv_reader_next (reader, &cells, &n, &error) > 0; i++)
    check_record (file, json_array_get_object_element (answers, i),
                  genesis_csv_reader_get_header (reader), cells, n);
  g_assert_no_error (error);
  g_assert_cmpuint (i, ==, json_array_get_length (answers));
}

static void
test_spectrum (void)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;
  guint n = 0;

  if (!is_ready ())
    return;
  folder = find_file ("csv-spectrum/csvs");
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  for (; (name = g_dir_read_name (dir)) != NULL; n++)
    {
      g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".csv"));
      g_autofree char *csv = g_build_filename (folder, name, NULL);
      g_autofree char *answers = g_strconcat ("csv-spectrum/json/", stem, ".json", NULL);
      g_autofree char *json = find_file (answers);

      check_answers (csv, json);
    }
  g_assert_cmpuint (n, ==, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/torture/every-file-is-listed-once", test_all_listed);
  g_test_add_func ("/torture/every-file-is-loaded-or-refused-as-listed", test_classes);
  g_test_add_func ("/torture/w3c-rows-and-columns-as-the-manifest-counts-them", test_w3c);
  g_test_add_func ("/torture/csv-spectrum-answers-are-reproduced", test_spectrum);
  return g_test_run ();
}
