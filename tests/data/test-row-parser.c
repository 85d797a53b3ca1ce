/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-row-parser-private.h"
#include "data/genesis-schema-private.h"

/* All rows of a text, fewer than a chunk. */
static GenesisTable *
parse (const char *text, GenesisSchema *schema, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_new_for_bytes (bytes, "t.csv", error);
  g_autoptr (GenesisRowParser) parser = NULL;
  GenesisTable *table = NULL;

  g_assert_nonnull (reader);
  parser = genesis_row_parser_new (reader, schema, error);
  if (parser != NULL)
    genesis_row_parser_read_chunk (parser, &table, error);
  return table;
}

#define SITES    ((const char *const[]){ "north", "south", NULL })
#define LEVELS   ((const char *const[]){ "<other>", "a", NULL })
#define MARKERS  ((const char *const[]){ "?", "NA", NULL })
#define EXCLUDED ((const char *const[]){ "id", NULL })

static GenesisField *
with_gaps (GenesisField *field)
{
  GenesisField *gaps = genesis_field_with_missing (field, "?");

  genesis_field_unref (field);
  return gaps;
}

/* One column of each kind; n and x may be missing. */
static GenesisSchema *
make_schema (void)
{
  GenesisField *fields[] = {
    with_gaps (genesis_field_new_integer ("n", 0, 0, 100)),
    genesis_field_new_integer ("d", 2, -100, 99999),
    with_gaps (genesis_field_new_real ("x", -1e3, 1e3)),
    genesis_field_new_category ("site", SITES),
    genesis_field_new_category ("level", LEVELS),
    genesis_field_new_boolean ("ok", "no", "yes"),
    genesis_field_new_datetime ("t", "YYYY-MM-DD hh:mm:ss", 0, G_GINT64_CONSTANT (4000000000)),
  };
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema =
      genesis_schema_new_full (fields, G_N_ELEMENTS (fields), EXCLUDED, MARKERS, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    genesis_field_unref (fields[i]);
  return schema;
}

#define HEADER "n,d,x,site,level,ok,t\n"
#define ROW    "1,2.50,.5,north,a,yes,1970-01-01 00:00:07\n"

static void
test_every_kind (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GError) error = NULL;

  table = parse (HEADER ROW "?,-1,NA,south,b,no,1970-01-02 00:00:00\n", schema, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_table_get_n_rows (table), ==, 2);
  g_assert_cmpint (genesis_table_get_integer (table, 0, 0), ==, 1);
  g_assert_cmpint (genesis_table_get_integer (table, 1, 0), ==, 250);
  g_assert_cmpfloat (genesis_table_get_real (table, 2, 0), ==, .5);
  g_assert_cmpint (genesis_table_get_integer (table, 3, 0), ==, 0);
  g_assert_cmpint (genesis_table_get_integer (table, 5, 0), ==, 1);
  g_assert_cmpint (genesis_table_get_integer (table, 6, 0), ==, 7);
  g_assert_true (genesis_table_is_missing (table, 0, 1));
  g_assert_cmpint (genesis_table_get_integer (table, 1, 1), ==, -100);
  g_assert_true (genesis_table_is_missing (table, 2, 1));
  g_assert_cmpint (genesis_table_get_integer (table, 3, 1), ==, 1);
  g_assert_cmpint (genesis_table_get_integer (table, 4, 1), ==, 0); /* unknown: <other> */
  g_assert_cmpint (genesis_table_get_integer (table, 6, 1), ==, 86400);
}

static void
test_order_and_exclusion (void)
{
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GError) error = NULL;

  table = parse ("t,id,ok,level,site,x,d,n\n1970-01-01 00:00:09,not a number,no,a,south,1,3,4\n",
                 schema, &error);
  g_assert_no_error (error);
  g_assert_cmpint (genesis_table_get_integer (table, 0, 0), ==, 4);
  g_assert_cmpint (genesis_table_get_integer (table, 1, 0), ==, 300);
  g_assert_cmpint (genesis_table_get_integer (table, 6, 0), ==, 9);
}

typedef struct
{
  const char *text;
  gint64 units;
} DecimalCase;

static const DecimalCase decimals[] = {
  { "63", 6300 },      { "63.0", 6300 }, { "63.000000", 6300 }, { ".7", 70 },
  { "-0.5", -50 },     { "+1", 100 },    { "2.50E-01", 25 },    { "1e2", 10000 },
  { "007", 700 },      { "-0", 0 },      { "0.50000", 50 },     { "5.", 500 },
  { "\"12\"", 1200 },  { "00.10", 10 },  { "1E+1", 1000 },      { "12345e-2", 12345 },
  { "999.99", 99999 }, { "-1", -100 },   { "0e999", 0 },
};

static void
test_decimals_exact (void)
{
  g_autoptr (GenesisField) field = genesis_field_new_integer ("d", 2, -100, 99999);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new (&field, 1, &error);
  g_autoptr (GString) text = g_string_new ("d\n");
  g_autoptr (GenesisTable) table = NULL;

  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (decimals); i++)
    g_string_append_printf (text, "%s\n", decimals[i].text);
  table = parse (text->str, schema, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (decimals); i++)
    g_assert_cmpint (genesis_table_get_integer (table, 0, i), ==, decimals[i].units);
}

typedef struct
{
  const char *path, *text, *place, *reason;
} BadCase;

static const BadCase bad[] = {
  { "/csv/schema/refuses/missing-column", "n,d,x,site,level,ok\n", "file 't.csv'",
    "no column 't', which the schema names; add it, or let it be absent" },
  { "/csv/schema/refuses/text-for-number",
    HEADER ROW "SECRET,1,1,north,a,yes,1970-01-01 00:00:07\n", "line 3, column 'n'",
    "not a number" },
  { "/csv/schema/refuses/more-decimals", HEADER "1,1.234,1,north,a,yes,1970-01-01 00:00:07\n",
    "line 2, column 'd'", "more decimals" },
  { "/csv/schema/refuses/half-for-integer", HEADER "1.5,1,1,north,a,yes,1970-01-01 00:00:07\n",
    "line 2, column 'n'", "more decimals" },
  { "/csv/schema/refuses/huge-number", HEADER "1e300,1,1,north,a,yes,1970-01-01 00:00:07\n",
    "line 2, column 'n'", "too large" },
  { "/csv/schema/refuses/below-bounds", HEADER "-1,1,1,north,a,yes,1970-01-01 00:00:07\n",
    "line 2, column 'n'", "outside the bounds" },
  { "/csv/schema/refuses/above-bounds", HEADER "1,1,1000.5,north,a,yes,1970-01-01 00:00:07\n",
    "line 2, column 'x'", "outside the bounds" },
  { "/csv/schema/refuses/nan", HEADER "1,1,nan,north,a,yes,1970-01-01 00:00:07\n",
    "line 2, column 'x'", "not a number" },
  { "/csv/schema/refuses/unknown-category", HEADER "1,1,1,SECRET,a,yes,1970-01-01 00:00:07\n",
    "line 2, column 'site'", "vocabulary" },
  { "/csv/schema/refuses/unknown-boolean", HEADER "1,1,1,north,a,SECRET,1970-01-01 00:00:07\n",
    "line 2, column 'ok'", "vocabulary" },
  { "/csv/schema/refuses/other-date-pattern", HEADER "1,1,1,north,a,yes,01/02/1970\n",
    "line 2, column 't'", "pattern" },
  { "/csv/schema/refuses/no-such-day", HEADER "1,1,1,north,a,yes,1970-02-30 00:00:00\n",
    "line 2, column 't'", "pattern" },
  { "/csv/schema/refuses/finer-time", HEADER "1,1,1,north,a,yes,1970-01-01 00:00:07.5\n",
    "line 2, column 't'", "finer" },
  { "/csv/schema/refuses/early-time", HEADER "1,1,1,north,a,yes,1969-12-31 23:59:59\n",
    "line 2, column 't'", "outside the bounds" },
  { "/csv/schema/refuses/missing-where-none-may-be", HEADER "1,1,1,,a,yes,1970-01-01 00:00:07\n",
    "line 2, column 'site'", "missing" },
};

static void
test_bad (gconstpointer data)
{
  const BadCase *c = data;
  g_autoptr (GenesisSchema) schema = make_schema ();
  g_autoptr (GenesisTable) table = NULL;
  g_autoptr (GError) error = NULL;

  table = parse (c->text, schema, &error);
  g_assert_null (table);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  g_assert_nonnull (strstr (error->message, c->place));
  g_assert_nonnull (strstr (error->message, c->reason));
  g_assert_null (strstr (error->message, "SECRET"));
}

/* Half of a second's digits may be absent in one file. */
static void
test_fraction_may_differ (void)
{
  g_autoptr (GenesisField) field =
      genesis_field_new_datetime ("t", "YYYY-MM-DD hh:mm:ss.fff", 0, 10000);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_new (&field, 1, &error);
  g_autoptr (GenesisTable) table = NULL;

  table = parse ("t\n1970-01-01 00:00:01.250\n1970-01-01 00:00:02\n1970-01-01 00:00:03.5\n", schema,
                 &error);
  g_assert_no_error (error);
  g_assert_cmpint (genesis_table_get_integer (table, 0, 0), ==, 1250);
  g_assert_cmpint (genesis_table_get_integer (table, 0, 1), ==, 2000);
  g_assert_cmpint (genesis_table_get_integer (table, 0, 2), ==, 3500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/schema/reads-every-kind", test_every_kind);
  g_test_add_func ("/csv/schema/finds-columns-by-name-and-skips-the-excluded",
                   test_order_and_exclusion);
  g_test_add_func ("/csv/schema/decimals-are-exact", test_decimals_exact);
  g_test_add_func ("/csv/schema/fraction-of-a-second-may-differ", test_fraction_may_differ);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    g_test_add_data_func (bad[i].path, &bad[i], test_bad);
  return g_test_run ();
}
