/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-source.h>

#include "data/genesis-field-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-number-shape-private.h"
#include "data/genesis-schema-draft-private.h"

/* Claims about the shared tables, whose folder GENESIS_TEST_DATA names. */

static char *
find_table (const char *name)
{
  const char *folder = g_getenv ("GENESIS_TEST_DATA");

  if (folder != NULL)
    return g_build_filename (folder, name, NULL);
  g_test_skip ("GENESIS_TEST_DATA is not set");
  return NULL;
}

static GenesisSchemaDraft *
draft_tables (const char *const *names, const char *marker, GError **error)
{
  const char *const markers[] = { marker, NULL };
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (markers);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = find_table (names[i]);

      if (!genesis_schema_draft_add_csv (draft, path, error))
        return NULL;
    }
  return g_steal_pointer (&draft);
}

/* Exact, but for numbers of more digits than a double has, which a real column rounds. */
static gboolean
cells_equal (const GenesisCsvCell *a, const GenesisCsvCell *b)
{
  GenesisNumberShape x, y;
  double u, v;

  if (a->length == b->length && memcmp (a->text, b->text, a->length) == 0)
    return TRUE;
  if (!genesis_number_shape_read (&x, a->text, a->length)
      || !genesis_number_shape_read (&y, b->text, b->length))
    return FALSE;
  if (x.mantissa == y.mantissa && x.exponent == y.exponent && x.negative == y.negative)
    return TRUE;
  return x.mantissa >= G_GUINT64_CONSTANT (1000000000000000)
         && genesis_number_parse_real (a->text, a->length, &u)
         && genesis_number_parse_real (b->text, b->length, &v) && u == v;
}

static int
find_name (GenesisCsvReader *reader, const char *name)
{
  const char *const *header = genesis_csv_reader_get_header (reader);

  for (int i = 0; header[i] != NULL; i++)
    if (g_str_equal (header[i], name))
      return i;
  return -1;
}

/* Every cell that was written, commas between them, is the one that was read: byte for byte, or the
   same number. */
static void
compare_files (const char *original, const char *written)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvReader) a = genesis_csv_reader_open (original, &error);
  g_autoptr (GenesisCsvDialect) commas = genesis_csv_dialect_new ();
  g_autoptr (GenesisCsvReader) b = NULL;
  const GenesisCsvCell *x, *y;
  gsize n_a, n_b;

  genesis_csv_dialect_set (commas, "delimiter", "comma", &error);
  b = genesis_csv_reader_open_with_dialect (written, commas, &error);
  while (genesis_csv_reader_next (b, &y, &n_b, &error) > 0)
    {
      g_assert_cmpint (genesis_csv_reader_next (a, &x, &n_a, &error), ==, 1);
      for (gsize i = 0; i < n_b; i++)
        {
          int from = find_name (a, genesis_csv_reader_get_header (b)[i]);

          g_assert_cmpint (from, >=, 0);
          if (!cells_equal (&x[from], &y[i]))
            g_error ("file '%s', line %" G_GUINT64_FORMAT ", column %" G_GSIZE_FORMAT
                     " came back otherwise",
                     original, genesis_csv_reader_get_line (a), i);
        }
    }
  g_assert_no_error (error);
  g_assert_cmpint (genesis_csv_reader_next (a, &x, &n_a, &error), ==, 0);
}

static void
check_round_trip (const char *path, GenesisSchema *schema, guint64 n_rows)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTable) table = genesis_table_load_csv (path, schema, &error);
  g_autofree char *folder = NULL;
  g_autofree char *written = NULL;

  g_assert_no_error (error);
  if (n_rows > 0)
    g_assert_cmpuint (genesis_table_get_n_rows (table), ==, n_rows);
  folder = g_dir_make_tmp ("genesis-tables-XXXXXX", &error);
  g_assert_no_error (error);
  written = g_build_filename (folder, "t.csv", NULL);
  genesis_table_save_csv (table, written, &error);
  g_assert_no_error (error);
  compare_files (path, written);
  g_unlink (written);
  g_rmdir (folder);
}

/**
 * TableCase:
 * @fields: "name type decimals", for some columns
 */
typedef struct
{
  const char *path, *file, *marker;
  guint64 n_rows;
  guint n_fields;
  const char *excluded[4];
  const char *fields[8];
} TableCase;

static const TableCase tables[] = {
  { "/tables/adult-train",
    "adult_train.csv",
    "?",
    32561,
    15,
    { NULL },
    { "age integer 0", "workclass category 0 ?", "sex category 0", "income category 0",
      "native-country category 0 ?" } },
  { "/tables/metro",
    "metro_traffic.csv",
    NULL,
    48204,
    9,
    { NULL },
    { "holiday category 0", "date_time datetime 0", "temp decimal 3",
      "traffic_volume integer 0" } },
  { "/tables/bike",
    "bike_sharing_hour.csv",
    NULL,
    17379,
    16,
    { "instant" },
    { "dteday datetime 0", "hum decimal 2", "atemp decimal 4", "holiday integer 0" } },
  { "/tables/taxis",
    "taxis.csv",
    NULL,
    6433,
    14,
    { NULL },
    { "pickup datetime 0", "fare decimal 2", "payment category 0 ", "passengers integer 0" } },
  { "/tables/penguins",
    "penguins.csv",
    NULL,
    344,
    7,
    { NULL },
    { "bill_length_mm decimal 1 ", "body_mass_g integer 0 ", "sex category 0 " } },
  { "/tables/titanic",
    "titanic.csv",
    NULL,
    891,
    15,
    { NULL },
    { "survived integer 0", "age decimal 2 ", "alive boolean 0", "adult_male boolean 0",
      "deck category 0 " } },
  { "/tables/student-placements",
    "sdmetrics_demo/single_table/student_placements_real.csv",
    NULL,
    215,
    16,
    { "student_id" },
    { "placed boolean 0", "start_date datetime 0 ", "salary decimal 1 ", "mba_perc decimal 2" } },
  { "/tables/diabetes",
    "diabetes130.csv.gz",
    "?",
    101766,
    50,
    { NULL },
    { "diag_1 category 0 ?", "encounter_id integer 0", "max_glu_serum category 0",
      "examide category 0", "change category 0" } },
};

static void
check_fields (const TableCase *c, GenesisSchema *schema)
{
  const char *const *excluded = genesis_schema_get_excluded (schema);

  g_assert_cmpuint (genesis_schema_get_n_fields (schema), ==, c->n_fields);
  g_assert_true (g_strv_equal (excluded, c->excluded));
  for (gsize i = 0; c->fields[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (c->fields[i], " ", 2);
      int at = genesis_schema_find_field (schema, words[0]);
      const GenesisField *field;
      g_autofree char *is = NULL;

      g_assert_cmpint (at, >=, 0);
      field = genesis_schema_get_field (schema, (guint)at);
      is = g_strdup_printf ("%s %d%s%s", genesis_field_get_type_name (field), field->decimals,
                            field->may_be_missing ? " " : "",
                            field->may_be_missing ? field->missing : "");
      g_assert_cmpstr (is, ==, words[1]);
    }
}

static void
test_table (gconstpointer data)
{
  const TableCase *c = data;
  g_autofree char *path = find_table (c->file);
  g_autoptr (GenesisSchemaDraft) draft = NULL;
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  draft = draft_tables ((const char *const[]){ c->file, NULL }, c->marker, &error);
  g_assert_no_error (error);
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  check_fields (c, schema);
  check_round_trip (path, schema, c->n_rows);
}

#define HEARTS                                                                                     \
  ((const char *const[]){                                                                          \
      "heart_disease/heart_cleveland.csv", "heart_disease/heart_hungarian.csv",                    \
      "heart_disease/heart_switzerland.csv", "heart_disease/heart_va.csv", NULL })

/* Cleveland writes 63.0 where the others write 63, and .7 beside 2.3; each file fits the schema of
   all. */
static void
test_four_hearts (void)
{
  g_autofree char *path = find_table (HEARTS[0]);
  g_autoptr (GenesisSchemaDraft) draft = NULL;
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  draft = draft_tables (HEARTS, "?", &error);
  g_assert_no_error (error);
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_schema_get_n_fields (schema), ==, 14);
  for (guint i = 0; i < 14; i++)
    {
      const GenesisField *field = genesis_schema_get_field (schema, i);

      g_assert_cmpint (field->kind, ==, GENESIS_FIELD_KIND_INTEGER);
      g_assert_cmpint (field->decimals, ==, g_str_equal (field->name, "oldpeak"));
    }
  for (gsize i = 0; HEARTS[i] != NULL; i++)
    {
      g_autofree char *heart = find_table (HEARTS[i]);

      check_round_trip (heart, schema, 0);
    }
}

static void
test_adult_in_pieces (void)
{
  static const guint n_pieces[] = { 1, 7, 1000 };
  g_autofree char *path = find_table ("adult_train.csv");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    return;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (gsize k = 0; k < G_N_ELEMENTS (n_pieces); k++)
    {
      g_autoptr (GenesisSchemaDraft) draft =
          genesis_schema_draft_new ((const char *const[]){ "?", NULL });
      g_autoptr (GenesisSchema) schema = NULL;
      g_autofree char *json = NULL;

      for (guint piece = n_pieces[k]; piece-- > 0;)
        {
          g_autoptr (GString) part = g_string_new (lines[0]);
          g_autofree char *name = g_strdup_printf ("piece-%u", piece);
          g_autoptr (GenesisCsvReader) reader = NULL;
          g_autoptr (GBytes) bytes = NULL;

          for (guint i = 1 + piece; i <= 32561; i += n_pieces[k])
            g_string_append_printf (part, "\n%s", lines[i]);
          bytes = g_bytes_new (part->str, part->len);
          reader = genesis_csv_reader_new_for_bytes (bytes, name, &error);
          g_assert_no_error (error);
          g_assert_true (genesis_schema_draft_add_reader (draft, reader, NULL, &error));
        }
      schema = genesis_schema_draft_conclude (draft, &error);
      g_assert_no_error (error);
      json = genesis_schema_to_json (schema);
      if (expected == NULL)
        expected = g_steal_pointer (&json);
      else
        g_assert_cmpstr (json, ==, expected);
    }
}

/* Whatever a file holds, it is refused with an error that says where, or becomes a table that comes
   back as it was. */
static void
check_torture_file (const char *path, guint *n_read, guint *n_refused)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  if (genesis_schema_draft_add_csv (draft, path, &error))
    schema = genesis_schema_draft_conclude (draft, &error);
  if (schema != NULL)
    {
      check_round_trip (path, schema, 0);
      ++*n_read;
      return;
    }
  g_assert_nonnull (error);
  g_assert_true (error->domain == GENESIS_ERROR);
  g_assert_true (error->code == GENESIS_ERROR_INVALID_DATA
                 || error->code == GENESIS_ERROR_SCHEMA_MISMATCH
                 || error->code == GENESIS_ERROR_INVALID_CONFIG);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  ++*n_refused;
}

static void
check_torture_folder (const char *folder, guint *n_read, guint *n_refused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        check_torture_folder (path, n_read, n_refused);
      else if (!g_str_has_suffix (name, ".json"))
        check_torture_file (path, n_read, n_refused);
    }
}

static void
test_torture (void)
{
  g_autofree char *folder = find_table ("csv_torture");
  guint n_read = 0, n_refused = 0;

  if (folder == NULL)
    return;
  check_torture_folder (folder, &n_read, &n_refused);
  g_test_message ("%u files read and written back, %u refused", n_read, n_refused);
  g_assert_cmpuint (n_read, >, 300);
  g_assert_cmpuint (n_refused, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    g_test_add_data_func (tables[i].path, &tables[i], test_table);
  g_test_add_func ("/tables/four-hearts-share-one-schema", test_four_hearts);
  g_test_add_func ("/tables/adult-drafted-in-1-7-1000-pieces-is-the-same", test_adult_in_pieces);
  g_test_add_func ("/tables/torture-is-refused-or-comes-back", test_torture);
  return g_test_run ();
}
