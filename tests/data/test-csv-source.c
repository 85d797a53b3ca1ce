/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-source.h>

#include "data/genesis-schema-private.h"
#include "data/genesis-table-private.h"

/* A folder with one file. */
typedef struct
{
  char *folder, *path;
} Place;

static void
place_init (Place *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("genesis-csv-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "t.csv", NULL);
}

static void
place_write (Place *self, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->path, text, -1, &error);
  g_assert_no_error (error);
}

static void
place_clear (Place *self)
{
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

#define MARKERS ((const char *const[]){ "?", "NA", NULL })

static GenesisField *
with_gaps (GenesisField *field)
{
  GenesisField *gaps = genesis_field_with_missing (field, "?");

  genesis_field_unref (field);
  return gaps;
}

typedef struct
{
  guint64 n_rows;
  guint n_chunks;
  gint64 sum;
  guint n_missing;
} Tally;

static gboolean
tally_chunk (GenesisTable *chunk, gpointer user_data, GError **error)
{
  Tally *tally = user_data;

  g_assert_cmpuint (genesis_table_get_n_rows (chunk), <=, GENESIS_CHUNK_ROWS);
  for (guint64 row = 0; row < genesis_table_get_n_rows (chunk); row++)
    if (genesis_table_is_missing (chunk, 0, row))
      tally->n_missing++;
    else
      tally->sum += genesis_table_get_integer (chunk, 0, row);
  tally->n_rows += genesis_table_get_n_rows (chunk);
  tally->n_chunks++;
  return TRUE;
}

static GenesisSchema *
make_number_schema (void)
{
  g_autoptr (GenesisField) field = with_gaps (genesis_field_new_integer ("n", 0, 0, 1000000));
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_new_full (&field, 1, NULL, MARKERS, &error);

  g_assert_no_error (error);
  return schema;
}

static void
test_chunks (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (GString) text = g_string_new ("n\n");
  g_autoptr (GenesisSchema) schema = make_number_schema ();
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GError) error = NULL;
  const guint n = 2 * GENESIS_CHUNK_ROWS + 5;

  for (guint i = 0; i < n; i++)
    {
      char row[16];

      g_snprintf (row, sizeof row, "%u\n", i);
      g_string_append (text, i % 1000 == 999 ? "?\n" : row);
    }
  place_init (&place);
  place_write (&place, text->str);
  source = genesis_source_new_for_csv (place.path);
  g_assert_cmpstr (genesis_source_get_name (source), ==, place.path);
  g_assert_cmpint (genesis_source_count_rows (source, schema, NULL, &error), ==, n);
  for (int pass = 0; pass < 2; pass++)
    {
      Tally tally = { 0 };

      g_assert_true (
          genesis_source_foreach_chunk (source, schema, tally_chunk, &tally, NULL, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (tally.n_rows, ==, n);
      g_assert_cmpuint (tally.n_chunks, ==, 3);
      g_assert_cmpuint (tally.n_missing, ==, n / 1000);
    }
  table = genesis_table_load_csv (place.path, schema, &error);
  g_assert_no_error (error);
  g_assert_cmpint (genesis_table_get_integer (table, 0, n - 1), ==, n - 1);
  g_assert_true (genesis_table_is_missing (table, 0, 65999));
  g_assert_false (genesis_table_is_missing (table, 0, 65998));
}

static void
test_changed_file (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (GenesisSchema) schema = make_number_schema ();
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GError) error = NULL;
  Tally tally = { 0 };

  place_init (&place);
  place_write (&place, "n\n1\n2\n");
  source = genesis_source_new_for_csv (place.path);
  g_assert_true (genesis_source_foreach_chunk (source, schema, tally_chunk, &tally, NULL, &error));
  g_assert_no_error (error);
  place_write (&place, "n\n1\n2\n3\n");
  g_assert_false (genesis_source_foreach_chunk (source, schema, tally_chunk, &tally, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "changed"));
  g_assert_nonnull (strstr (error->message, place.path));
}

/* A writer that grows the file while its rows are handed out. */
static gboolean
append_row (GenesisTable *chunk, gpointer user_data, GError **error)
{
  const char *path = user_data;
  FILE *file = fopen (path, "a");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs ("4\n", file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
  return TRUE;
}

static void
test_changed_during_pass (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (GenesisSchema) schema = make_number_schema ();
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GError) error = NULL;

  place_init (&place);
  place_write (&place, "n\n1\n2\n");
  source = genesis_source_new_for_csv (place.path);
  g_assert_false (
      genesis_source_foreach_chunk (source, schema, append_row, place.path, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
}

static void
test_absent_file (void)
{
  g_autoptr (GenesisSchema) schema = make_number_schema ();
  g_autoptr (GenesisSource) source = genesis_source_new_for_csv ("/nowhere/t.csv");
  g_autoptr (GError) error = NULL;

  g_assert_false (genesis_source_foreach_chunk (source, schema, tally_chunk, NULL, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nowhere/t.csv"));
}

static void
test_cancelled (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (GenesisSchema) schema = make_number_schema ();
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  place_init (&place);
  place_write (&place, "n\n1\n");
  source = genesis_source_new_for_csv (place.path);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      genesis_source_foreach_chunk (source, schema, tally_chunk, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_without_schema (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GError) error = NULL;

  place_init (&place);
  place_write (&place, "n,b\n1,yes\n,no\n3,yes\n");
  table = genesis_table_load_csv (place.path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (table), ==, 3);
  g_assert_true (genesis_table_is_missing (table, 0, 1));
  g_assert_cmpint (genesis_table_get_integer (table, 1, 2), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/source/chunks-of-65536-in-every-pass", test_chunks);
  g_test_add_func ("/csv/source/refuses-a-changed-file", test_changed_file);
  g_test_add_func ("/csv/source/refuses-a-file-that-grows-meanwhile", test_changed_during_pass);
  g_test_add_func ("/csv/source/names-an-absent-file", test_absent_file);
  g_test_add_func ("/csv/source/stops-when-cancelled", test_cancelled);
  g_test_add_func ("/csv/load/drafts-a-schema-when-none-is-given", test_without_schema);
  return g_test_run ();
}
