/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-field-private.h"
#include "data/genesis-schema-draft-private.h"

#include "round-trip.h"

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
  g_auto (RoundTrip) trip = { 0 };

  if (path == NULL)
    return;
  draft = draft_tables ((const char *const[]){ c->file, NULL }, c->marker, &error);
  g_assert_no_error (error);
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  check_fields (c, schema);
  round_trip_check (&trip, path, NULL, schema);
  g_assert_cmpuint (trip.n_rows, ==, c->n_rows);
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

      g_auto (RoundTrip) trip = { 0 };

      round_trip_check (&trip, heart, NULL, schema);
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

/**
 * WholeTable:
 * @marker: what missing cells look like; NULL: only empty
 * @excluded: columns that are not written, being identifiers
 * @respelled: columns that come back in other bytes, and why
 */
typedef struct
{
  const char *file, *marker;
  const char *excluded, *respelled, *why;
} WholeTable;

#define EXP   "a few numbers have an exponent in the file"
#define MIXED "some rows have decimals and others none"

static const WholeTable wholes[] = {
  { "adult_train.csv", "?" },
  { "adult_test.csv", "?" },
  { "heart_disease/heart_all_sites.csv", "?", NULL,
    "age ca chol cp exang fbs oldpeak restecg sex slope thal thalach trestbps", MIXED },
  { "heart_disease/heart_cleveland.csv", "?" },
  { "heart_disease/heart_hungarian.csv", "?" },
  { "heart_disease/heart_switzerland.csv", "?" },
  { "heart_disease/heart_va.csv", "?" },
  { "diabetes130.csv.gz", "?" },
  { "metro_traffic.csv" },
  { "bike_sharing_hour.csv", NULL, "instant" },
  { "sgemm_gpu.csv.gz" },
  { "kddcup99_10pct.csv.gz" },
  { "wholesale_customers.csv" },
  { "taxis.csv" },
  { "penguins.csv" },
  { "titanic.csv" },
  { "breast_cancer_wdbc.csv" },
  { "randhie.csv" },
  { "dp_reference/nist_acs_ma2019.csv" },
  { "dp_reference/PUMS.csv", NULL, NULL, "income", EXP },
  { "dp_reference/PUMS_pid.csv", NULL, "pid" },
  { "dp_reference/PUMS_null.csv" },
  { "dp_reference/private_pgm_adult_discretised.csv.gz" },
  { "sdmetrics_demo/single_table/student_placements_real.csv", NULL, "student_id" },
  { "sdmetrics_demo/single_table/student_placements_synthetic.csv", NULL, "student_id" },
  { "sdmetrics_demo/timeseries/timeseries_real.csv" },
  { "sdmetrics_demo/timeseries/timeseries_synthetic.csv" },
  { "sdmetrics_demo/multi_table/sessions_real.csv" },
  { "sdmetrics_demo/multi_table/sessions_synthetic.csv" },
  { "sdmetrics_demo/multi_table/transactions_real.csv" },
  { "sdmetrics_demo/multi_table/transactions_synthetic.csv" },
  { "sdmetrics_demo/multi_table/users_real.csv" },
  { "sdmetrics_demo/multi_table/users_synthetic.csv" },
};

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
join_sorted (GPtrArray *names)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (names, NULL, NULL);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_names);
  g_ptr_array_add (sorted, NULL);
  return g_strjoinv (" ", (char **)sorted->pdata);
}

/* Byte for byte where the file is written as this library writes, which the tables say. */
static void
test_whole (gconstpointer data)
{
  const WholeTable *whole = data;
  g_autofree char *path = find_table (whole->file);
  g_autoptr (GenesisSchemaDraft) draft = NULL;
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (RoundTrip) trip = { 0 };
  g_autofree char *respelled = NULL;
  g_autofree char *excluded = NULL;

  if (path == NULL)
    return;
  draft = draft_tables ((const char *const[]){ whole->file, NULL }, whole->marker, &error);
  g_assert_no_error (error);
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  round_trip_check (&trip, path, NULL, schema);
  respelled = join_sorted (trip.respelled);
  excluded = g_strjoinv (" ", (char **)genesis_schema_get_excluded (schema));
  g_assert_cmpstr (excluded, ==, whole->excluded != NULL ? whole->excluded : "");
  if (whole->why != NULL)
    g_test_message ("%s: not the same bytes: %s", whole->file, whole->why);
  g_assert_cmpstr (respelled, ==, whole->respelled != NULL ? whole->respelled : "");
  g_assert_cmpint (trip.same_bytes, ==, *respelled == '\0' && *excluded == '\0');
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    g_test_add_data_func (tables[i].path, &tables[i], test_table);
  g_test_add_func ("/tables/four-hearts-share-one-schema", test_four_hearts);
  g_test_add_func ("/tables/adult-drafted-in-1-7-1000-pieces-is-the-same", test_adult_in_pieces);
  for (gsize i = 0; i < G_N_ELEMENTS (wholes); i++)
    {
      g_autofree char *name = g_strconcat ("/tables/comes-back/", wholes[i].file, NULL);

      g_test_add_data_func (name, &wholes[i], test_whole);
    }
  return g_test_run ();
}
