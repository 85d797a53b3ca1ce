/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "draft-fixture.h"

#include <string.h>

#include <genesis/genesis-error.h>
#include <genesis/genesis-schema-draft.h>

#include "data/genesis-field-private.h"
#include "data/genesis-schema-draft-private.h"

#define MARKERS ((const char *const[]){ "?", "NA", NULL })

/* A table whose columns lie near every threshold; row i is a function of i. */
static void
append_row (GString *text, guint i)
{
  guint j = i * 2654435761u;

  g_string_append_printf (
      text, "%u,%u,%u.%u,word%u,%s,2020-01-%02u %02u:00:00,%s,%u.5,name %u of the list of names\n",
      i, j % 97, j % 1000, j / 1000 % 10, j % 40,
      j % 5 == 0 ? "?"
      : j % 2    ? "Yes"
                 : "no",
      1 + j % 28, j % 24, (j >> 11) % 50 == 0 ? "V57" : "250.83", j % 70000, j);
}

#define N_ROWS 600u
#define HEADER "id,small,decimal,word,flag,time,code,half,name\n"

/* Pieces are made of rows that lie far apart, and merged in a tree. */
static GenesisSchemaDraft *
draft_in_pieces (guint n_pieces)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  for (guint piece = 0; piece < n_pieces; piece++)
    {
      g_autoptr (GString) text = g_string_new (HEADER);
      g_autofree char *name = g_strdup_printf ("piece-%u.csv", piece);
      GenesisSchemaDraft *draft = genesis_schema_draft_new (MARKERS);

      for (guint i = piece; i < N_ROWS; i += n_pieces)
        append_row (text, i);
      g_assert_true (draft_add_text (draft, name, text->str, &error));
      g_ptr_array_add (drafts, draft);
    }
  while (drafts->len > 1)
    {
      g_autoptr (GenesisSchemaDraft) last = g_ptr_array_steal_index (drafts, drafts->len - 1);

      g_assert_true (
          genesis_schema_draft_merge (g_ptr_array_index (drafts, drafts->len / 3), last, &error));
    }
  g_assert_no_error (error);
  return g_object_ref (g_ptr_array_index (drafts, 0));
}

static void
test_any_partition (void)
{
  static const guint n_pieces[] = { 7, 200, N_ROWS };
  g_autoptr (GenesisSchemaDraft) whole = draft_in_pieces (1);
  g_autofree char *expected = draft_conclude_json (whole);

  for (gsize i = 0; i < G_N_ELEMENTS (n_pieces); i++)
    {
      g_autoptr (GenesisSchemaDraft) draft = draft_in_pieces (n_pieces[i]);
      g_autofree char *json = draft_conclude_json (draft);

      g_assert_cmpstr (json, ==, expected);
      g_assert_true (g_strv_equal (genesis_schema_draft_get_findings (draft),
                                   genesis_schema_draft_get_findings (whole)));
    }
  g_assert_true (draft_has_finding (whole, "column 'id': excluded"));
  g_assert_true (draft_has_finding (whole, "column 'name': excluded"));
}

/* One column beyond the number of texts that a draft holds, in pieces that stay below it. */
static char *
conclude_many_texts (guint n_pieces, gboolean backwards, gboolean words)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < n_pieces; k++)
    {
      guint piece = backwards ? n_pieces - 1 - k : k;
      g_autoptr (GString) text = g_string_new ("v,w\n");

      for (guint i = piece; i < 140000; i += n_pieces)
        {
          char row[32];

          g_snprintf (row, sizeof row, "%s%u,%u\n", words ? "x" : "", i * 11 % 70000, i % 2);
          g_string_append (text, row);
        }
      g_assert_true (draft_add_text (draft, "a.csv", text->str, &error));
    }
  g_assert_no_error (error);
  return draft_conclude_json (draft);
}

static void
test_many_texts (void)
{
  for (int words = 0; words < 2; words++)
    {
      g_autofree char *whole = conclude_many_texts (1, FALSE, words);
      g_autofree char *three = conclude_many_texts (3, FALSE, words);
      g_autofree char *back = conclude_many_texts (3, TRUE, words);

      g_assert_cmpstr (three, ==, whole);
      g_assert_cmpstr (back, ==, whole);
      /* Each value twice: no identifier; as numbers a column, as words too many for a vocabulary.
         */
      g_assert_cmpint (strstr (whole, "\"min\" : 0") != NULL && strstr (whole, "69999") == NULL, ==,
                       TRUE);
      g_assert_cmpint (strstr (whole, "\"excluded\" : []") != NULL, ==, !words);
    }
}

/* Beyond the texts that are held, uniqueness is an estimate, and still said. */
static void
test_many_unique_numbers (void)
{
  g_autoptr (GenesisSchemaDraft) draft = NULL;
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GString) text = g_string_new ("id,w\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 70000; i++)
    g_string_append_printf (text, "%u,%u\n", i * 13 + i % 3, i % 2);
  draft = draft_of_text (text->str, MARKERS);
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  g_assert_cmpint (genesis_schema_find_field (schema, "id"), >=, 0);
  g_assert_true (draft_has_finding (draft, "column 'id': nearly every value differs"));
}

/* A large file does not keep a person who wants to stop. */
static void
test_cancelled (void)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GenesisCsvReader) reader = NULL;
  g_autoptr (GString) text = g_string_new ("v\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "%u\n", i);
  bytes = g_bytes_new (text->str, text->len);
  reader = genesis_csv_reader_new_for_bytes (bytes, "a.csv", &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_false (genesis_schema_draft_add_reader (draft, reader, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (genesis_csv_reader_get_line (reader), <, 5000);
}

static void
test_column_order (void)
{
  static const char *const texts[] = { "b,a\n1,2\n", "a,b\n1,2\n", "b,a\n3,4\n" };
  static const guint orders[][3] = { { 0, 1, 2 }, { 1, 0, 2 }, { 2, 0, 1 } };

  for (gsize k = 0; k < G_N_ELEMENTS (orders); k++)
    {
      g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
      g_autoptr (GenesisSchema) schema = NULL;
      g_autoptr (GError) error = NULL;

      for (int i = 0; i < 2; i++)
        g_assert_true (draft_add_text (draft, "f.csv", texts[orders[k][i]], &error));
      /* Tied, or agreed: by bytes "a,b" comes first, unless both say "b,a". */
      schema = genesis_schema_draft_conclude (draft, &error);
      g_assert_no_error (error);
      g_assert_cmpint (genesis_schema_find_field (schema, "a"), ==, k == 2 ? 1 : 0);
      g_clear_object (&schema);
      g_assert_true (draft_add_text (draft, "f.csv", texts[orders[k][2]], &error));
      schema = genesis_schema_draft_conclude (draft, &error);
      g_assert_no_error (error);
      g_assert_cmpint (genesis_schema_find_field (schema, "b"), ==, 0);
      g_assert_true (draft_has_finding (draft, "order"));
    }
}

typedef struct
{
  const char *path, *a, *b, *column, *reason;
} ContradictionCase;

static const ContradictionCase contradictions[] = {
  { "/draft/contradiction/missing-column", "v,w\n1,2\n", "v\n1\n", "column 'w'", "not in" },
  { "/draft/contradiction/additional-column", "v\n1\n", "v,w\n1,2\n", "column 'w'", "not in" },
  { "/draft/contradiction/numbers-and-words", "v\n1\n2\n", "v\nmale\nfemale\n", "column 'v'",
    "number" },
  { "/draft/contradiction/date-patterns", "v\n2020-01-02\n2020-01-03\n",
    "v\n2020-01-02 00:00:00\n2020-01-03 00:00:00\n", "column 'v'", "YYYY-MM-DD hh:mm:ss" },
  { "/draft/contradiction/dates-and-numbers", "v\n2020-01-02\n2020-01-03\n",
    "v\n20200102\n20200103\n", "column 'v'", "number" },
};

static void
test_contradiction (gconstpointer data)
{
  const ContradictionCase *c = data;

  for (int swapped = 0; swapped < 2; swapped++)
    {
      g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
      g_autoptr (GenesisSchema) schema = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (
          draft_add_text (draft, swapped ? "b.csv" : "a.csv", swapped ? c->b : c->a, &error));
      if (draft_add_text (draft, swapped ? "a.csv" : "b.csv", swapped ? c->a : c->b, &error))
        schema = genesis_schema_draft_conclude (draft, &error);
      g_assert_null (schema);
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
      g_assert_nonnull (strstr (error->message, c->column));
      g_assert_nonnull (strstr (error->message, "'a.csv'"));
      g_assert_nonnull (strstr (error->message, "'b.csv'"));
      g_assert_nonnull (strstr (error->message, c->reason));
    }
}

static void
test_refused_file_changes_nothing (void)
{
  g_autoptr (GenesisSchemaDraft) draft = draft_of_text ("v\n1\n2\n", MARKERS);
  g_autofree char *before = draft_conclude_json (draft);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (draft_add_text (draft, "b.csv", "v\n100\n200,3\n", &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_false (draft_add_text (draft, "b.csv", "w\n100\n", &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  after = draft_conclude_json (draft);
  g_assert_cmpstr (after, ==, before);
}

static void
test_other_markers (void)
{
  g_autoptr (GenesisSchemaDraft) draft = draft_of_text ("v\n1\n", MARKERS);
  g_autoptr (GenesisSchemaDraft) other = genesis_schema_draft_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (genesis_schema_draft_merge (draft, other, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
}

static void
test_nothing_known (void)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_true (draft_add_text (draft, "a.csv", "v,w\n,\n", &error));
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "'a.csv'"));
}

/* One system writes "?", another nothing. Columns that have both are written as most of the table;
   a column that has one spelling keeps it. */
static void
test_missing_spellings (void)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (MARKERS);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (draft_add_text (draft, "a.csv", "u,v,w\n?,1,NA\n?,?,2\n?,2,3\n4,?,1\n", &error));
  g_assert_true (draft_add_text (draft, "b.csv", "u,v,w\n,,NA\n1,,2\n2,,3\n4,1,4\n", &error));
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (genesis_schema_get_field (schema, 0)->missing, ==, "?");
  g_assert_cmpstr (genesis_schema_get_field (schema, 1)->missing, ==, "?");
  g_assert_cmpstr (genesis_schema_get_field (schema, 2)->missing, ==, "NA");
}

/* One site writes "63,0" and another 28: a format without decimals would forget the comma. */
static void
test_comma_before_zeros (void)
{
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = NULL;
  gint64 value;

  g_assert_true (draft_add_text (draft, "a.csv", "v;w\n63,0;x\n7,00;y\n", &error));
  g_assert_true (draft_add_text (draft, "b.csv", "v;w\n28;x\n7;y\n", &error));
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (genesis_schema_get_field (schema, 0)->format, ==, "0,0");
  g_assert_cmpint (genesis_field_parse (genesis_schema_get_field (schema, 0), "63,0", 4, &value),
                   ==, GENESIS_FIELD_TEXT_VALUE);
  g_assert_cmpint (value, ==, 630);
}

/* Told with their number, by whatever files. */
static void
test_lost_digits (void)
{
  g_autoptr (GenesisSchemaDraft) draft =
      draft_of_text ("v,w\n-9223372036854775808,1.0000000001\n0,2\n", NULL);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (draft_add_text (draft, "b.csv", "v,w\n9223372036854775807,1\n1,3\n", &error));
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  g_assert_true (draft_has_finding (draft, "column 'v': 2 numbers have more digits than a real"));
  g_assert_true (draft_has_finding (draft, "column 'v': numbers too large, or too far apart"));
  g_assert_true (draft_has_finding (draft, "column 'w': more than 9 decimals; read as real"));
  g_assert_false (draft_has_finding (draft, "column 'w': 1 numbers"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft/merge/any-partition-gives-the-same-bytes", test_any_partition);
  g_test_add_func ("/draft/merge/more-texts-than-are-held", test_many_texts);
  g_test_add_func ("/draft/unique/estimate-is-said", test_many_unique_numbers);
  g_test_add_func ("/draft/cancelled/stops-inside-a-file", test_cancelled);
  g_test_add_func ("/draft/merge/column-order-of-most-files", test_column_order);
  g_test_add_func ("/draft/merge/refused-file-changes-nothing", test_refused_file_changes_nothing);
  g_test_add_func ("/draft/merge/refuses-other-markers", test_other_markers);
  for (gsize i = 0; i < G_N_ELEMENTS (contradictions); i++)
    g_test_add_data_func (contradictions[i].path, &contradictions[i], test_contradiction);
  g_test_add_func ("/draft/missing/one-spelling-where-a-column-has-several",
                   test_missing_spellings);
  g_test_add_func ("/draft/numbers/comma-before-zeros", test_comma_before_zeros);
  g_test_add_func ("/draft/refuses/nothing-known", test_nothing_known);
  g_test_add_func ("/draft/number/lost-digits-are-told", test_lost_digits);
  return g_test_run ();
}
