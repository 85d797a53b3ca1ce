/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include <glib/gstdio.h>

#include <genesis/genesis-csv-writer.h>
#include <genesis/genesis-error.h>

#include "data/genesis-schema-private.h"
#include "data/genesis-table-private.h"

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

static char *
place_read (Place *self)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (self->path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static guint
place_count_files (Place *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
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

static GenesisSchema *
make_schema (GenesisField **fields, gsize n)
{
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_new (fields, n, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    genesis_field_unref (fields[i]);
  return schema;
}

static GenesisField *
with_gaps (GenesisField *field, const char *spelling)
{
  GenesisField *gaps = genesis_field_with_missing (field, spelling);

  genesis_field_unref (field);
  return gaps;
}

static const char *const odd_texts[] = { "plain",      "a,b",      "say \"hi\"",
                                         "two\nlines", "cr\rhere", " before",
                                         "after ",     "in side",  NULL };
static const char odd_file[] = "n,\"t,x\"\n"
                               "-0.50,plain\n"
                               "0.00,\"a,b\"\n"
                               "12.34,\"say \"\"hi\"\"\"\n"
                               "?,\"two\nlines\"\n"
                               "0.07,\"cr\rhere\"\n"
                               "1.00,\" before\"\n"
                               "100.00,\"after \"\n"
                               "?,in side\n";

static GenesisTable *
make_odd_table (void)
{
  static const gint64 units[] = { -50, 0, 1234, 0, 7, 100, 10000, 0 };
  GenesisField *fields[] = { with_gaps (genesis_field_new_integer ("n", 2, -100, 10000), "?"),
                             genesis_field_new_category ("t,x", odd_texts) };
  g_autoptr (GenesisSchema) schema = make_schema (fields, G_N_ELEMENTS (fields));
  GenesisTable *table = genesis_table_new (schema, G_N_ELEMENTS (units));
  g_autoptr (GError) error = NULL;

  genesis_table_set_column_integers (table, 0, units, G_N_ELEMENTS (units), &error);
  g_assert_no_error (error);
  genesis_table_set_column_text (table, 1, odd_texts, G_N_ELEMENTS (units), &error);
  g_assert_no_error (error);
  genesis_table_set_missing (table, 0, 3);
  genesis_table_set_missing (table, 0, 7);
  return table;
}

static void
test_spelling (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (GenesisTable) table = make_odd_table ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  place_init (&place);
  g_assert_true (genesis_table_save_csv (table, place.path, &error));
  g_assert_no_error (error);
  text = place_read (&place);
  g_assert_cmpstr (text, ==, odd_file);
  g_assert_cmpuint (place_count_files (&place), ==, 1);
}

static void
test_round_trip (void)
{
  g_auto (Place) place = { 0 };
  g_autoptr (GenesisTable) table = make_odd_table ();
  g_autoptr (GenesisTable) again = NULL;
  g_autoptr (GError) error = NULL;

  place_init (&place);
  g_assert_true (genesis_table_save_csv (table, place.path, &error));
  again = genesis_table_load_csv (place.path, genesis_table_get_schema (table), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (again), ==, genesis_table_get_n_rows (table));
  for (guint64 row = 0; row < genesis_table_get_n_rows (table); row++)
    for (guint column = 0; column < 2; column++)
      {
        g_assert_cmpint (genesis_table_is_missing (again, column, row), ==,
                         genesis_table_is_missing (table, column, row));
        if (!genesis_table_is_missing (table, column, row))
          g_assert_cmpint (genesis_table_get_integer (again, column, row), ==,
                           genesis_table_get_integer (table, column, row));
      }
}

static void
test_other_kinds (void)
{
  GenesisField *fields[] = { with_gaps (genesis_field_new_real ("x", -10, 10), ""),
                             genesis_field_new_boolean ("ok", "False", "True"),
                             genesis_field_new_datetime ("day", "YYYY-MM-DD", 0, 30000),
                             genesis_field_new_datetime ("t", "YYYY-MM-DD hh:mm:ss", 0,
                                                         G_GINT64_CONSTANT (4000000000)) };
  g_autoptr (GenesisSchema) schema = make_schema (fields, G_N_ELEMENTS (fields));
  g_autoptr (GenesisTable) table = genesis_table_new (schema, 2);
  g_auto (Place) place = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  ((double *)genesis_table_get_column (table, 0)->values)[1] = .1;
  ((gint32 *)genesis_table_get_column (table, 1)->values)[1] = 1;
  ((gint64 *)genesis_table_get_column (table, 2)->values)[1] = 366;
  ((gint64 *)genesis_table_get_column (table, 3)->values)[1] = 86461;
  genesis_table_set_missing (table, 0, 0);
  place_init (&place);
  g_assert_true (genesis_table_save_csv (table, place.path, &error));
  g_assert_no_error (error);
  text = place_read (&place);
  g_assert_cmpstr (text, ==,
                   "x,ok,day,t\n"
                   ",False,1970-01-01,1970-01-01 00:00:00\n"
                   "0.1,True,1971-01-02,1970-01-02 00:01:01\n");
}

static void
test_lone_empty_cell (void)
{
  GenesisField *fields[] = { with_gaps (genesis_field_new_integer ("n", 0, 0, 9), "") };
  g_autoptr (GenesisSchema) schema = make_schema (fields, 1);
  g_autoptr (GenesisTable) table = genesis_table_new (schema, 3);
  g_autoptr (GenesisTable) again = NULL;
  g_auto (Place) place = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  genesis_table_set_missing (table, 0, 0);
  genesis_table_set_missing (table, 0, 2);
  place_init (&place);
  g_assert_true (genesis_table_save_csv (table, place.path, &error));
  text = place_read (&place);
  g_assert_cmpstr (text, ==, "n\n\"\"\n0\n\"\"\n");
  again = genesis_table_load_csv (place.path, schema, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (again), ==, 3);
  g_assert_true (genesis_table_is_missing (again, 0, 2));
}

static void
test_extra_column (void)
{
  static const char *const names[] = { "north", "a,b", NULL, "" };
  GenesisField *fields[] = { genesis_field_new_integer ("n", 0, 0, 9) };
  g_autoptr (GenesisSchema) schema = make_schema (fields, 1);
  g_autoptr (GenesisTable) table = genesis_table_new (schema, G_N_ELEMENTS (names));
  g_auto (Place) place = { 0 };
  g_autoptr (GenesisCsvWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  place_init (&place);
  writer = genesis_csv_writer_new (place.path, schema, "source", &error);
  g_assert_no_error (error);
  g_assert_true (genesis_csv_writer_write (writer, table, names, &error));
  g_assert_true (genesis_csv_writer_write (writer, table, names, &error));
  g_assert_true (genesis_csv_writer_close (writer, &error));
  g_assert_no_error (error);
  text = place_read (&place);
  g_assert_cmpstr (text, ==, "n,source\n0,north\n0,\"a,b\"\n0,\n0,\n0,north\n0,\"a,b\"\n0,\n0,\n");
}

static void
test_extra_name_taken (void)
{
  GenesisField *fields[] = { genesis_field_new_integer ("n", 0, 0, 9) };
  g_autoptr (GenesisSchema) schema = make_schema (fields, 1);
  g_auto (Place) place = { 0 };
  g_autoptr (GenesisCsvWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  place_init (&place);
  writer = genesis_csv_writer_new (place.path, schema, "n", &error);
  g_assert_null (writer);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_cmpuint (place_count_files (&place), ==, 0);
}

static void
test_unclosed_leaves_nothing (void)
{
  g_autoptr (GenesisTable) table = make_odd_table ();
  g_auto (Place) place = { 0 };
  g_autoptr (GError) error = NULL;
  GenesisCsvWriter *writer;

  place_init (&place);
  g_assert_true (g_file_set_contents (place.path, "old", -1, &error));
  writer = genesis_csv_writer_new (place.path, genesis_table_get_schema (table), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_csv_writer_write (writer, table, NULL, &error));
  g_object_unref (writer);
  {
    g_autofree char *text = place_read (&place);

    g_assert_cmpstr (text, ==, "old");
  }
  g_assert_cmpuint (place_count_files (&place), ==, 1);
}

static void
test_other_schema (void)
{
  GenesisField *fields[] = { genesis_field_new_integer ("n", 0, 0, 9) };
  g_autoptr (GenesisSchema) schema = make_schema (fields, 1);
  g_autoptr (GenesisTable) table = make_odd_table ();
  g_auto (Place) place = { 0 };
  g_autoptr (GenesisCsvWriter) writer = NULL;
  g_autoptr (GError) error = NULL;

  place_init (&place);
  writer = genesis_csv_writer_new (place.path, schema, NULL, &error);
  g_assert_false (genesis_csv_writer_write (writer, table, NULL, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
}

/* A generator may hand over what no column can hold; it must not become a cell. */
static void
test_impossible_values (void)
{
  GenesisField *fields[] = { genesis_field_new_real ("x", 0, 1),
                             genesis_field_new_boolean ("b", "no", "yes") };
  g_autoptr (GenesisSchema) schema = make_schema (fields, G_N_ELEMENTS (fields));

  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GenesisTable) table = genesis_table_new (schema, 2);
      g_auto (Place) place = { 0 };
      g_autoptr (GError) error = NULL;

      if (i == 0)
        ((double *)genesis_table_get_column (table, 0)->values)[1] = NAN;
      else
        ((gint32 *)genesis_table_get_column (table, 1)->values)[1] = i == 1 ? 2 : -1;
      place_init (&place);
      g_assert_false (genesis_table_save_csv (table, place.path, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
      g_assert_nonnull (
          strstr (error->message, i == 0 ? "column 'x', row 2" : "column 'b', row 2"));
      g_assert_cmpuint (place_count_files (&place), ==, 0);
    }
}

static void
test_no_folder (void)
{
  g_autoptr (GenesisTable) table = make_odd_table ();
  g_autoptr (GError) error = NULL;

  g_assert_false (genesis_table_save_csv (table, "/nowhere/at/all.csv", &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "/nowhere/at"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-writer/quotes-only-where-needed", test_spelling);
  g_test_add_func ("/csv-writer/reads-back-as-written", test_round_trip);
  g_test_add_func ("/csv-writer/spells-every-kind", test_other_kinds);
  g_test_add_func ("/csv-writer/lone-empty-cell-survives", test_lone_empty_cell);
  g_test_add_func ("/csv-writer/extra-column", test_extra_column);
  g_test_add_func ("/csv-writer/refuses-an-extra-column-of-a-taken-name", test_extra_name_taken);
  g_test_add_func ("/csv-writer/unclosed-leaves-the-old-file", test_unclosed_leaves_nothing);
  g_test_add_func ("/csv-writer/refuses-another-schema", test_other_schema);
  g_test_add_func ("/csv-writer/refuses-impossible-values", test_impossible_values);
  g_test_add_func ("/csv-writer/names-a-folder-that-is-not-there", test_no_folder);
  return g_test_run ();
}
