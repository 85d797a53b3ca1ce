/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "summary-fixture.h"

#include "data/genesis-csv-reader-private.h"
#include "data/genesis-schema-draft-private.h"

/* What is odd about how a file is written is told to whoever drafts, looks or reads. */

static const char odd_text[] = "sep=;\r\na;b\r\n1; \"x\"\r\n2; \"y\"\r\n3;z\r\n";

static GenesisSchemaDraft *
draft_of (const char *file, const char *text)
{
  GenesisSchemaDraft *draft = genesis_schema_draft_new (NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_new_for_bytes (bytes, file, &error);

  g_assert_no_error (error);
  genesis_schema_draft_add_reader (draft, reader, NULL, &error);
  g_assert_no_error (error);
  return draft;
}

/* The findings that speak of files, one a line. */
static char *
conclude (GenesisSchemaDraft *draft)
{
  g_autoptr (GenesisSchema) schema = genesis_schema_draft_conclude (draft, NULL);
  GString *lines = g_string_new (NULL);

  g_assert_nonnull (schema);
  for (const char *const *line = genesis_schema_draft_get_findings (draft); *line != NULL; line++)
    if (**line == '\'')
      g_string_append_printf (lines, "%s\n", *line);
  return g_string_free (lines, FALSE);
}

#define DECLARED(file)                                                                             \
  "'" file "': the first line, 'sep=' and a sign, declares the delimiter semicolon and is no "     \
  "header\n"
#define QUOTED(file, cells)                                                                        \
  "'" file "', line 3: " cells " a blank before a quote, so the quotes are part of the text; "     \
  "the setting blanks=strip reads them as quoted\n"

static void
test_draft (void)
{
  g_autoptr (GenesisSchemaDraft) draft = draft_of ("b.csv", odd_text);
  g_autoptr (GenesisSchemaDraft) plain = draft_of ("c.csv", "a,b\n4,x\n");
  g_autoptr (GenesisSchemaDraft) other = draft_of ("a.csv", "a;b\n1;x\n2; \"y\"\n");
  g_autofree char *both = NULL;
  g_autofree char *site = NULL;

  g_assert_true (genesis_schema_draft_merge (draft, plain, NULL));
  g_assert_true (genesis_schema_draft_merge (draft, other, NULL));
  both = conclude (draft);
  g_assert_cmpstr (both, ==,
                   QUOTED ("a.csv", "1 cell has") DECLARED ("b.csv")
                       QUOTED ("b.csv", "2 cells have"));
  genesis_schema_draft_set_site (draft, "north");
  site = conclude (draft);
  g_assert_cmpstr (site, ==, DECLARED ("north") QUOTED ("north", "3 cells have"));
}

static void
test_summary (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;
  JsonObject *table, *remark;

  g_assert_true (add_text (fixture, "a.csv", odd_text, NULL));
  table = get_table (parse (fixture, &node), 0);
  remark = find_remark (table, "declared-delimiter");
  g_assert_nonnull (remark);
  g_assert_cmpstr (json_object_get_string_member (remark, "grade"), ==, "note");
  g_assert_cmpint (json_object_get_int_member (remark, "line"), ==, 1);
  remark = find_remark (table, "blank-before-quote");
  g_assert_nonnull (remark);
  g_assert_cmpstr (json_object_get_string_member (remark, "grade"), ==, "warning");
  g_assert_cmpint (json_object_get_int_member (remark, "line"), ==, 3);
}

static gboolean
drop (GenesisTable *chunk, gpointer user_data, GError **error)
{
  return TRUE;
}

/* A pass with a schema tells them too, before what it finds in the cells. */
static void
test_pass (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "a.csv", NULL);
  g_autoptr (GenesisSchemaDraft) draft = draft_of (path, odd_text);
  g_autoptr (GenesisSchema) schema = genesis_schema_draft_conclude (draft, NULL);
  g_autoptr (GenesisSource) source = genesis_source_new_for_csv (path);
  g_auto (GStrv) notices = NULL;

  g_assert_true (g_file_set_contents (path, odd_text, -1, NULL));
  g_assert_true (genesis_source_foreach_chunk (source, schema, drop, NULL, NULL, NULL));
  notices = genesis_source_dup_notices (source);
  g_assert_cmpuint (g_strv_length (notices), ==, 2);
  g_assert_nonnull (strstr (notices[0], "declares the delimiter semicolon"));
  g_assert_nonnull (strstr (notices[1], "line 3: 2 cells have a blank before a quote"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-oddities/drafts-tell-them-by-file-and-by-site", test_draft);
  g_test_add ("/csv-oddities/summaries-remark-them", Fixture, NULL, set_up, test_summary,
              tear_down);
  g_test_add ("/csv-oddities/passes-give-notice-of-them", Fixture, NULL, set_up, test_pass,
              tear_down);
  return g_test_run ();
}
