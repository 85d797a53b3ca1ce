/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-datetime-private.h"
#include "data/genesis-row-parser-private.h"
#include "data/genesis-schema-private.h"

/* Columns with rules: how values outside, absent columns and further markers are read. */
static const char schema_json[] =
    "{\"format\": \"genesis-schema/1\", \"missing\": [\"?\"], \"columns\": ["
    "{\"name\": \"age\", \"type\": \"integer\", \"min\": 0, \"max\": 120, \"outside\": \"clamp\"},"
    "{\"name\": \"dose\", \"type\": \"decimal\", \"decimals\": 1, \"min\": \"0.0\", \"max\": "
    "\"9.9\","
    " \"missing\": [\"NA\", \"-9\", \"none\"], \"outside\": \"missing\"},"
    "{\"name\": \"bmi\", \"type\": \"real\", \"min\": 10, \"max\": 60, \"outside\": \"clamp\","
    " \"missing\": true, \"absent\": \"missing\"},"
    "{\"name\": \"born\", \"type\": \"datetime\", \"format\": \"YYYY-MM-DD\", \"min\": "
    "\"1900-01-01\","
    " \"max\": \"2020-12-31\", \"outside\": \"clamp\"},"
    "{\"name\": \"cp\", \"type\": \"category\", \"categories\": [\"<other>\", \"a\", \"b\"]},"
    "{\"name\": \"site\", \"type\": \"category\", \"categories\": [\"<other>\", \"n\", \"s\"],"
    " \"other\": \"refuse\"},"
    "{\"name\": \"smoker\", \"type\": \"boolean\", \"categories\": [\"no\", \"yes\"],"
    " \"missing\": \"-\", \"other\": \"missing\"}], \"excluded\": [\"id\"]}";

static GenesisSchema *
make_schema (void)
{
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_new_from_json (schema_json, &error);

  g_assert_no_error (error);
  return schema;
}

static GenesisTable *
parse (const char *text, char ***notices, GError **error)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_new_for_bytes (bytes, "t.csv", error);
  g_autoptr (GenesisRowParser) parser = NULL;
  GenesisTable *table = NULL;

  g_assert_nonnull (reader);
  parser = genesis_row_parser_new (reader, schema, error);
  if (parser != NULL)
    genesis_row_parser_read_chunk (parser, &table, error);
  if (parser != NULL && notices != NULL)
    *notices = genesis_row_parser_dup_notices (parser);
  return table;
}

#define HEADER "age,dose,bmi,born,cp,site,smoker\n"

static void
test_bounds (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_auto (GStrv) notices = NULL;
  gint64 first, last;

  table = parse (HEADER "-5,12.5,5.5,1800-01-01,a,n,yes\n130,9.9,61,2030-05-05,b,s,no\n"
                        "120,10,60,2020-12-31,b,s,no\n",
                 &notices, &error);
  g_assert_no_error (error);
  g_assert_cmpint (genesis_table_get_integer (table, 0, 0), ==, 0);
  g_assert_cmpint (genesis_table_get_integer (table, 0, 1), ==, 120);
  g_assert_true (genesis_table_is_missing (table, 1, 0));
  g_assert_false (genesis_table_is_missing (table, 1, 1));
  g_assert_true (genesis_table_is_missing (table, 1, 2));
  g_assert_cmpfloat (genesis_table_get_real (table, 2, 0), ==, 10);
  g_assert_cmpfloat (genesis_table_get_real (table, 2, 1), ==, 60);
  first = genesis_table_get_integer (table, 3, 0);
  last = genesis_table_get_integer (table, 3, 1);
  g_assert_cmpint (first, ==, -25567); /* 1900-01-01 */
  g_assert_cmpint (last, ==, genesis_table_get_integer (table, 3, 2));
  g_assert_cmpuint (g_strv_length (notices), ==, 4);
  g_assert_cmpstr (notices[0], ==,
                   "column 'age': 2 values outside the bounds are read as the nearest bound, as "
                   "the schema says");
  g_assert_cmpstr (notices[1], ==,
                   "column 'dose': 2 values outside the bounds are read as missing, as the schema "
                   "says");
}

static void
test_vocabularies (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_auto (GStrv) notices = NULL;

  table = parse (HEADER "1,1,20,2000-01-01,zzz,<other>,maybe\n1,1,20,2000-01-01,b,s,-\n", &notices,
                 &error);
  g_assert_no_error (error);
  g_assert_cmpint (genesis_table_get_integer (table, 4, 0), ==, 0);
  g_assert_cmpint (genesis_table_get_integer (table, 5, 0), ==, 0);
  g_assert_true (genesis_table_is_missing (table, 6, 0));
  g_assert_true (genesis_table_is_missing (table, 6, 1));
  g_assert_cmpuint (g_strv_length (notices), ==, 2);
  g_assert_cmpstr (
      notices[0], ==,
      "column 'cp': 1 values outside the vocabulary are read as <other>, as the schema says");
  g_assert_nonnull (strstr (notices[1], "'smoker': 1 values outside the vocabulary are read as "
                                        "missing"));
  g_clear_object (&table);
  table = parse (HEADER "1,1,20,2000-01-01,a,SECRET,no\n", NULL, &error);
  g_assert_null (table);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  g_assert_nonnull (strstr (error->message, "column 'site'"));
  g_assert_null (strstr (error->message, "SECRET"));
}

static void
test_markers_of_a_column (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTable) table = NULL;

  table = parse (HEADER "1,-9,20,2000-01-01,a,n,no\n1,none,,2000-01-01,a,n,no\n"
                        "1,NA,?,2000-01-01,a,n,no\n1,,20,2000-01-01,a,n,no\n",
                 NULL, &error);
  g_assert_no_error (error);
  for (guint row = 0; row < 4; row++)
    g_assert_true (genesis_table_is_missing (table, 1, row));
  g_assert_true (genesis_table_is_missing (table, 2, 1));
  g_assert_true (genesis_table_is_missing (table, 2, 2));
  g_clear_object (&table);
  table = parse (HEADER "-9,1,20,2000-01-01,a,n,no\n1,1,none,2000-01-01,a,n,no\n", NULL, &error);
  g_assert_null (table); /* markers of one column are values in another */
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  g_assert_nonnull (strstr (error->message, "column 'bmi'"));
}

static void
test_columns_that_differ (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTable) table = NULL;
  g_auto (GStrv) notices = NULL;
  g_autoptr (GString) text = g_string_new ("smoker,x,site,cp,id,born,dose,age,y\n");

  for (guint i = 0; i < 1030; i++)
    g_string_append_printf (text, "no,q,n,a,%u,2000-01-01,1,%u,r\n", i, i % 100);
  table = parse (text->str, &notices, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (table), ==, 1030);
  for (guint row = 0; row < 1030; row++)
    {
      g_assert_cmpint (genesis_table_get_integer (table, 0, row), ==, row % 100);
      g_assert_true (genesis_table_is_missing (table, 2, row));
    }
  g_assert_cmpuint (g_strv_length (notices), ==, 2);
  g_assert_cmpstr (notices[0], ==, "columns that the schema does not know are ignored: 'x', 'y'");
  g_assert_cmpstr (notices[1], ==,
                   "columns that the table does not have are read as missing, as the schema says: "
                   "'bmi'");
}

/* Both spellings of a schema keep the rules, and the rules tell schemas apart. */
static void
test_round_trip (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autofree char *json = genesis_schema_to_json (schema);
  g_autofree char *changed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) back = genesis_schema_new_from_json (json, &error);
  g_autoptr (GenesisSchema) other = NULL;
  g_auto (GenesisEncoder) encoder = { NULL };
  GenesisDecoder decoder;
  g_autoptr (GenesisSchema) decoded = NULL;
  g_auto (GStrv) parts = NULL;

  g_assert_no_error (error);
  g_assert_true (genesis_schema_equal (schema, back));
  genesis_encoder_init (&encoder);
  genesis_schema_encode (schema, &encoder);
  genesis_decoder_init (&decoder, encoder.bytes->data, encoder.bytes->len);
  decoded = genesis_schema_decode (&decoder, &error);
  g_assert_no_error (error);
  g_assert_true (genesis_schema_equal (schema, decoded));
  parts = g_strsplit (json, "\"absent\" : \"missing\"", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  changed = g_strjoinv ("\"absent\" : \"refuse\"", parts);
  other = genesis_schema_new_from_json (changed, &error);
  g_assert_no_error (error);
  g_assert_false (genesis_schema_equal (schema, other));
}

/* json-glib leaves the last of the control characters as it is, which is not JSON. */
static void
test_control_characters (void)
{
  static const char *const words[] = { "a\x1f"
                                       "b",
                                       "\x1f\x1f", "\x01\x1e\x7f\t", NULL };
  GenesisField *field = genesis_field_new_category ("v\x1f", words);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new (&field, 1, &error);
  g_autofree char *json = genesis_schema_to_json (schema);
  g_autoptr (GenesisSchema) back = genesis_schema_new_from_json (json, &error);

  g_assert_no_error (error);
  g_assert_true (genesis_schema_equal (schema, back));
  genesis_field_unref (field);
}

/* Changed copies keep what can be kept. */
static void
test_copies (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  GenesisField *dose = genesis_schema_get_field (schema, 1);
  g_autoptr (GenesisField) unit = genesis_field_with_unit (dose, "mg");
  g_autoptr (GenesisField) spelled = genesis_field_with_missing (dose, "none");
  g_autoptr (GenesisField) full = genesis_field_with_missing (dose, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (g_strv_length (unit->reading.markers), ==, 2);
  g_assert_cmpint (unit->reading.outside, ==, GENESIS_OUTSIDE_MISSING);
  g_assert_cmpuint (g_strv_length (spelled->reading.markers), ==, 1);
  g_assert_cmpstr (spelled->reading.markers[0], ==, "-9");
  g_assert_null (full->reading.markers);
  g_assert_cmpint (full->reading.outside, ==, GENESIS_OUTSIDE_REFUSE);
  g_assert_true (genesis_field_validate (full, &error));
  g_assert_true (genesis_field_validate (spelled, &error));
}

typedef struct
{
  const char *path, *column, *message;
} BadCase;

#define NUMBER "\"name\": \"v\", \"type\": \"integer\", \"min\": 0, \"max\": 9, "
#define WORDS  "\"name\": \"v\", \"type\": \"category\", \"categories\": [\"a\", \"b\"], "

static const BadCase bad[] = {
  { "/field/rules/refuses/unknown-word", NUMBER "\"outside\": \"clmap\"",
    "column 'v': 'outside' is \"clmap\"; did you mean \"clamp\"?" },
  { "/field/rules/refuses/no-word", NUMBER "\"outside\": 7", "'outside' is not a text" },
  { "/field/rules/refuses/far-word", NUMBER "\"absent\": \"whatever\"",
    "write one of \"refuse\", \"missing\"" },
  { "/field/rules/refuses/other-of-a-number", NUMBER "\"other\": \"refuse\"",
    "unknown member 'other'" },
  { "/field/rules/refuses/outside-of-a-category", WORDS "\"outside\": \"clamp\"",
    "unknown member 'outside'" },
  { "/field/rules/refuses/other-without-the-category", WORDS "\"other\": \"other\"",
    "there is no category \"<other>\"; add it" },
  { "/field/rules/refuses/outside-missing-without-gaps", NUMBER "\"outside\": \"missing\"",
    "no cell may be missing" },
  { "/field/rules/refuses/absent-without-gaps", NUMBER "\"absent\": \"missing\"",
    "no cell may be missing" },
  { "/field/rules/refuses/marker-that-is-a-category", WORDS "\"missing\": [\"\", \"b\"]",
    "a category is spelled as a missing cell is" },
  { "/field/rules/refuses/empty-list-of-markers", NUMBER "\"missing\": []",
    "neither true, false, a spelling nor a list" },
  { "/field/rules/refuses/number-as-marker", NUMBER "\"missing\": [\"\", -9]",
    "'missing' is not a text" },
};

static void
test_bad (gconstpointer data)
{
  const BadCase *c = data;
  g_autofree char *json =
      g_strdup_printf ("{\"format\": \"genesis-schema/1\", \"columns\": [{%s}]}", c->column);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new_from_json (json, &error);

  g_assert_null (schema);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  g_assert_cmpstr (strstr (error->message, "column 'v'"), !=, NULL);
  if (strstr (error->message, c->message) == NULL)
    g_error ("'%s' does not say '%s'", error->message, c->message);
}

/* What one system pads another does not; digits side by side are never taken apart so. */
static void
test_padding (void)
{
  static const struct
  {
    const char *pattern, *text, *written;
  } cases[] = {
    { "DD/MM/YYYY", "1/2/2020", "01/02/2020" },
    { "D/M/YYYY", "01/02/2020", "1/2/2020" },
    { "DD/MM/YYYY", "1/02/2020", "01/02/2020" },
    { "YYYY-MM-DD hh:mm", "2020-1-2 9:05", "2020-01-02 09:05" },
    { "DD Mon YYYY", "5 Jan 2020", "05 Jan 2020" },
    { "DDMonYYYY", "5Jan2020", "05Jan2020" },
    { "hh:mm AM", "9:05 AM", "09:05 AM" },
    { "YYYYMMDDThhmm", "2020012T0900", NULL },
    { "YYYYMMDDThhmm", "20200102T900", NULL },
    { "DD/MM/YYYY", "001/02/2020", NULL },
    { "DD/MM/YYYY", "/02/2020", NULL },
    { "DD/MM/YYYY", "0/02/2020", NULL },
    { "hh:mm", "9:5", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char text[GENESIS_DATETIME_TEXT_MAX + 1] = "";
      gint64 us = 0;
      gboolean is_read = genesis_datetime_parse_cell (cases[i].pattern, cases[i].text,
                                                      strlen (cases[i].text), &us);

      g_test_message ("%s as %s", cases[i].text, cases[i].pattern);
      g_assert_true (is_read == (cases[i].written != NULL));
      if (!is_read)
        continue;
      genesis_datetime_format (cases[i].pattern, us, text);
      g_assert_cmpstr (text, ==, cases[i].written);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field/rules/values-outside-bounds", test_bounds);
  g_test_add_func ("/field/rules/spellings-outside-vocabularies", test_vocabularies);
  g_test_add_func ("/field/rules/markers-of-one-column", test_markers_of_a_column);
  g_test_add_func ("/field/rules/extra-columns-are-ignored-and-absent-ones-missing",
                   test_columns_that_differ);
  g_test_add_func ("/field/rules/come-back-from-json-and-bytes", test_round_trip);
  g_test_add_func ("/field/rules/are-kept-by-copies", test_copies);
  g_test_add_func ("/field/json/control-characters-come-back", test_control_characters);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_test_add_data_func (bad[i].path, &bad[i], test_bad);
  g_test_add_func ("/field/leading-zeros-of-dates-do-not-matter", test_padding);
  return g_test_run ();
}
