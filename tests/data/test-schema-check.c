/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "schema-sides.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

static const char schema_json[] =
    "{\"format\": \"genesis-schema/1\", \"missing\": [\"?\"], \"columns\": ["
    "{\"name\": \"age\", \"type\": \"integer\", \"min\": 0, \"max\": 120},"
    "{\"name\": \"dose\", \"type\": \"decimal\", \"decimals\": 1, \"min\": \"0.0\", \"max\": "
    "\"9.9\", \"missing\": true, \"outside\": \"clamp\", \"absent\": \"missing\"},"
    "{\"name\": \"sex\", \"type\": \"category\", \"categories\": [\"f\", \"m\"]}], "
    "\"excluded\": [\"id\"]}";

static JsonNode *
check (const char *csv, gboolean *fits)
{
  g_autoptr (GenesisSchema) schema = schema_of (schema_json);
  g_autofree char *folder = g_dir_make_tmp ("genesis-check-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "t.csv", NULL);
  g_autoptr (GenesisSource) source = genesis_source_new_for_csv (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  g_assert_true (g_file_set_contents (path, csv, -1, NULL));
  answer = genesis_schema_check_source (schema, source, NULL, fits, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_null (strstr (answer, "SECRET"));
  return json_from_string (answer, NULL);
}

static gint64
count (JsonNode *answer, guint column, const char *member)
{
  JsonArray *columns = json_object_get_array_member (json_node_get_object (answer), "columns");

  return json_object_get_int_member (json_array_get_object_element (columns, column), member);
}

static void
test_counts (void)
{
  gboolean fits = TRUE;
  g_autoptr (JsonNode) answer = check ("age,dose,sex\n130,1,f\n-1,12.5,SECRET\nSECRET,1.25,m\n"
                                       "?,,?\n40,3.5,f\n1.5,9.9,f\n",
                                       &fits);

  g_assert_false (fits);
  g_assert_cmpint (count (answer, 0, "values"), ==, 5);
  g_assert_cmpint (count (answer, 0, "missing"), ==, 1);
  g_assert_cmpint (count (answer, 0, "outside"), ==, 2);
  g_assert_cmpint (count (answer, 0, "unreadable"), ==, 2);
  g_assert_cmpint (count (answer, 1, "outside"), ==, 1);
  g_assert_cmpint (count (answer, 1, "unreadable"), ==, 1);
  g_assert_cmpint (count (answer, 2, "outside"), ==, 1);
  g_assert_cmpint (count (answer, 2, "missing"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (answer), "rows"), ==, 6);
}

/* What a rule says how to read fits. */
static void
test_rules_fit (void)
{
  gboolean fits = FALSE;
  g_autoptr (JsonNode) answer = check ("age,dose,sex\n30,99.9,f\n", &fits);
  g_autoptr (JsonNode) absent = NULL;

  g_assert_true (fits);
  g_assert_cmpint (count (answer, 1, "outside"), ==, 1);
  absent = check ("age,sex\n30,f\n", &fits);
  g_assert_true (fits);
  absent = (json_node_unref (absent), check ("age,dose\n30,1\n", &fits));
  g_assert_false (fits);
}

static void
test_columns (void)
{
  gboolean fits = FALSE;
  g_autoptr (JsonNode) answer = check ("sex,id,age,note,dose\nf,1,30,x,1\n", &fits);
  JsonObject *root = json_node_get_object (answer);
  JsonArray *extra = json_object_get_array_member (root, "extra_columns");

  g_assert_true (fits);
  g_assert_cmpstr (json_object_get_string_member (root, "column_order"), ==, "other");
  g_assert_cmpuint (json_array_get_length (extra), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (extra, 0), ==, "note");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "missing_columns")),
                    ==, 0);
}

/* A table fits exactly when it can be read. */
static void
test_as_reading_does (void)
{
  static const char *const tables[] = {
    "age,dose,sex\n30,99.9,f\n", "age,dose,sex\n130,9,f\n", "age,dose,sex\n?,9,f\n",
    "age,dose,sex\n30,x,f\n",    "age,dose,sex\n30,9,q\n",  "age,sex\n30,f\n",
    "age,dose\n30,1\n",          "sex,age,dose\nm,1,\n",    "age,dose,sex\n30,1.25,f\n",
  };
  g_autoptr (GenesisSchema) schema = schema_of (schema_json);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      gboolean fits = FALSE;
      g_autoptr (JsonNode) answer = check (tables[i], &fits);
      g_autofree char *folder = g_dir_make_tmp ("genesis-check-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "t.csv", NULL);
      g_autoptr (GenesisTable) table = NULL;

      g_assert_nonnull (answer);
      g_assert_true (g_file_set_contents (path, tables[i], -1, NULL));
      table = genesis_table_load_csv (path, schema, NULL);
      g_assert_true (fits == (table != NULL));
      g_unlink (path);
      g_rmdir (folder);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/schema-check/counts-and-never-tells-which", test_counts);
  g_test_add_func ("/schema-check/what-a-rule-reads-fits", test_rules_fit);
  g_test_add_func ("/schema-check/order-and-extra-columns-fit", test_columns);
  g_test_add_func ("/schema-check/a-table-fits-exactly-when-it-can-be-read", test_as_reading_does);
  return g_test_run ();
}
