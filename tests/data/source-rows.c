/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-error.h>

#include "source-rows.h"

#include <string.h>

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
join_record (GenesisRecords *records, guint n)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = genesis_records_dup_text (records, i);

      g_string_append_printf (line, "%s%s", i > 0 ? "|" : "", text);
    }
  return g_string_free (line, FALSE);
}

GPtrArray *
source_rows_read (GenesisSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisRecords) records = genesis_source_open (source, NULL, cancellable, error);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  guint n;
  int got;

  if (records == NULL)
    return NULL;
  n = g_strv_length ((char **)genesis_records_get_columns (records));
  while ((got = genesis_records_next (records, error)) > 0)
    g_ptr_array_add (rows, join_record (records, n));
  g_ptr_array_sort (rows, compare_texts);
  return got == 0 ? g_steal_pointer (&rows) : NULL;
}

GenesisSchema *
source_rows_draft (GenesisSource *source, const char *const *markers, GError **error)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (markers);

  if (!genesis_source_draft (source, draft, NULL, error))
    return NULL;
  return genesis_schema_draft_conclude (draft, error);
}

static void
assert_same_columns (GenesisSource *a, GenesisSource *b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisRecords) x = genesis_source_open (a, NULL, NULL, &error);
  g_autoptr (GenesisRecords) y = NULL;
  g_autofree char *names_of_x = NULL;
  g_autofree char *names_of_y = NULL;

  g_assert_no_error (error);
  y = genesis_source_open (b, NULL, NULL, &error);
  g_assert_no_error (error);
  names_of_x = g_strjoinv ("|", (char **)genesis_records_get_columns (x));
  names_of_y = g_strjoinv ("|", (char **)genesis_records_get_columns (y));
  g_assert_cmpstr (names_of_x, ==, names_of_y);
}

static void
assert_same_rows (GenesisSource *a, GenesisSource *b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) x = source_rows_read (a, NULL, &error);
  g_autoptr (GPtrArray) y = NULL;

  g_assert_no_error (error);
  y = source_rows_read (b, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (x->len, ==, y->len);
  for (guint i = 0; i < x->len; i++)
    g_assert_cmpstr (g_ptr_array_index (x, i), ==, g_ptr_array_index (y, i));
}

void
source_rows_assert_equal (GenesisSource *a, GenesisSource *b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema_of_a = NULL;
  g_autoptr (GenesisSchema) schema_of_b = NULL;
  g_autofree char *json_of_a = NULL;
  g_autofree char *json_of_b = NULL;
  g_autofree char *print_of_a = NULL;
  g_autofree char *print_of_b = NULL;

  assert_same_columns (a, b);
  assert_same_rows (a, b);
  schema_of_a = source_rows_draft (a, NULL, &error);
  g_assert_no_error (error);
  schema_of_b = source_rows_draft (b, NULL, &error);
  g_assert_no_error (error);
  json_of_a = genesis_schema_to_json (schema_of_a);
  json_of_b = genesis_schema_to_json (schema_of_b);
  g_assert_cmpstr (json_of_a, ==, json_of_b);
  print_of_a = genesis_source_dup_fingerprint (a, NULL, &error);
  g_assert_no_error (error);
  print_of_b = genesis_source_dup_fingerprint (b, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (print_of_a, ==, print_of_b);
}

void
source_rows_assert_refused (GenesisSource *source, int code, const char *part)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = source_rows_read (source, NULL, &error);

  g_assert_null (rows);
  g_assert_error (error, GENESIS_ERROR, code);
  if (strstr (error->message, part) == NULL)
    g_error ("'%s' is not in '%s'", part, error->message);
}

GenesisSource *
source_rows_open_postgres (const char *connection, const char *table)
{
  g_autoptr (GError) error = NULL;
  GenesisSource *source = genesis_source_new_for_postgres (connection, table, &error);

  g_assert_no_error (error);
  return source;
}
