/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "draft-fixture.h"

#include "schema-sides.h"

#include <json-glib/json-glib.h>

static char *
to_json (GenesisSchemaDraft *draft, guint min_cell)
{
  g_autoptr (GError) error = NULL;
  char *json = genesis_schema_draft_to_json (draft, min_cell, &error);

  g_assert_no_error (error);
  return json;
}

static GenesisSchemaDraft *
from_json (const char *json)
{
  g_autoptr (GError) error = NULL;
  GenesisSchemaDraft *draft = genesis_schema_draft_new_from_json (json, &error);

  g_assert_no_error (error);
  return draft;
}

/* Columns of every kind that a draft knows; row i is a function of i. */
#define HEADER "id,small,half,word,flag,day,open,pay,code,wide\n"

static void
append_row (GString *text, guint i)
{
  guint j = i * 2654435761u;

  g_string_append_printf (text, "%u,%u,%u.%02u,word%u,%s,2020-01-%02u %02u:00:00,%02u/%02u/2024,",
                          i, j % 97, j % 900, j / 1000 % 100, j % 30,
                          j % 5 == 0 ? "?"
                          : j % 2    ? "Yes"
                                     : "no",
                          1 + j % 28, j % 24, 1 + (j >> 5) % 12, 1 + j % 28);
  g_string_append_printf (text, "\"$%u,%03u.50\",%s,%ue-20\n", 1 + j % 9, j % 1000,
                          (j >> 11) % 7 == 0 ? "V57" : "250.83", 1 + j % 1000);
}

#define N_ROWS 420u

static GenesisSchemaDraft *
draft_piece (guint piece, guint n_pieces)
{
  g_autoptr (GString) text = g_string_new (HEADER);
  g_autofree char *site = g_strdup_printf ("site-%03u", piece);

  for (guint i = piece; i < N_ROWS; i += n_pieces)
    append_row (text, i);
  return draft_of_site (site, text->str);
}

/* Through files or not, in pieces or not, nothing held back: the same schema. */
static void
test_exact_files (void)
{
  static const guint n_pieces[] = { 1, 7, 60 };
  g_autoptr (GenesisSchemaDraft) whole = draft_piece (0, 1);
  g_autofree char *expected = draft_conclude_json (whole);

  for (gsize k = 0; k < G_N_ELEMENTS (n_pieces); k++)
    {
      g_autoptr (GenesisSchemaDraft) all = NULL;
      g_autofree char *json = NULL;

      for (guint piece = n_pieces[k]; piece-- > 0;)
        {
          g_autoptr (GenesisSchemaDraft) own = draft_piece (piece, n_pieces[k]);
          g_autofree char *file = to_json (own, 1);
          g_autoptr (GenesisSchemaDraft) back = from_json (file);
          g_autofree char *again = to_json (back, 0);
          g_autoptr (GError) error = NULL;

          g_assert_cmpstr (file, ==, again);
          if (all == NULL)
            all = g_steal_pointer (&back);
          else
            g_assert_true (genesis_schema_draft_merge (all, back, &error));
        }
      json = draft_conclude_json (all);
      g_assert_cmpstr (json, ==, expected);
    }
}

/* Merged drafts are the same bytes whatever the order and the grouping, also when sites hold
   something back. */
static void
test_any_order_and_grouping (void)
{
  static const guint orders[][4] = { { 0, 1, 2, 3 }, { 3, 1, 0, 2 }, { 2, 3, 1, 0 } };

  for (guint min_cell = 1; min_cell <= 5; min_cell += 4)
    {
      g_autofree char *expected = NULL;

      for (gsize k = 0; k < 2 * G_N_ELEMENTS (orders); k++)
        {
          const guint *order = orders[k / 2];
          g_autoptr (GenesisSchemaDraft) a = draft_piece (order[0], 4);
          g_autoptr (GenesisSchemaDraft) b = draft_piece (order[1], 4);
          g_autoptr (GenesisSchemaDraft) c = draft_piece (order[2], 4);
          g_autoptr (GenesisSchemaDraft) d = draft_piece (order[3], 4);
          GenesisSchemaDraft **all[] = { &a, &b, &c, &d };
          g_autofree char *json = NULL;

          for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
            {
              g_autofree char *file = to_json (*all[i], min_cell);

              g_object_unref (*all[i]);
              *all[i] = from_json (file);
            }
          g_assert_true (genesis_schema_draft_merge (a, b, NULL));
          if (k % 2 == 0)
            {
              g_assert_true (genesis_schema_draft_merge (c, d, NULL));
              g_assert_true (genesis_schema_draft_merge (a, c, NULL));
            }
          else
            {
              g_assert_true (genesis_schema_draft_merge (a, c, NULL));
              g_assert_true (genesis_schema_draft_merge (a, d, NULL));
            }
          json = to_json (a, 0);
          if (expected == NULL)
            expected = g_strdup (json);
          g_assert_cmpstr (json, ==, expected);
        }
    }
}

/* -- what is held back ------------------------------------------------------ */

/* 40 rows: ages from 21 to 60, one of 97; a word that one row has; a spelling that two have. */
static GenesisSchemaDraft *
draft_of_secrets (void)
{
  g_autoptr (GString) text = g_string_new ("age,word,when,note,few\n");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "%u,%s,2021-03-%02u,%s,%s\n", i == 7 ? 97 : 21 + i,
                            i == 3  ? "SECRET"
                            : i % 2 ? "plain"
                                    : "other",
                            1 + i % 28, i < 2 ? "RARE" : "", i == 9 ? "17.125" : "");
  return draft_of_site ("north", text->str);
}

static void
test_held_back (void)
{
  static const char *const secrets[] = { "SECRET", "RARE", "97", "17.125", "\"60\"", "1616889600" };
  g_autoptr (GenesisSchemaDraft) draft = draft_of_secrets ();
  g_autofree char *file = to_json (draft, 5);
  g_autofree char *exact = to_json (draft, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    g_assert_null (strstr (file, secrets[i]));
  assert_says (file, "\"plain\"");
  assert_says (file, "It does not contain");
  assert_says (exact, "\"SECRET\"");
  assert_says (exact, "Not for release");
}

/* Every count that leaves is a multiple of the minimum cell. */
static void
check_counts (JsonNode *node, const char *member)
{
  static const char *const no_counts[] = {
    "min_cell",        "files",         "longest",         "min_decimals",      "max_decimals",
    "needed_decimals", "min_fraction",  "max_fraction",    "decimals",          "longest_trailing",
    "exponent_letter", "exponent_plus", "exponent_digits", "exponent_decimals", NULL
  };

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *child;

      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &child))
        check_counts (child, name);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *list = json_node_get_array (node);
      gboolean is_cell = g_strcmp0 (member, "grid of cells") == 0;

      for (guint i = is_cell ? 1 : 0; i < json_array_get_length (list); i++)
        check_counts (json_array_get_element (list, i),
                      g_strcmp0 (member, "grid") == 0 ? "grid of cells" : member);
    }
  else if (json_node_get_value_type (node) == G_TYPE_INT64
           && !g_strv_contains (no_counts, member != NULL ? member : ""))
    g_assert_cmpint (json_node_get_int (node) % 5, ==, 0);
}

static void
test_counts_are_rounded (void)
{
  for (guint piece = 0; piece < 3; piece++)
    {
      g_autoptr (GenesisSchemaDraft) draft = draft_piece (piece, 3);
      g_autofree char *file = to_json (draft, 5);
      g_autoptr (JsonNode) root = json_from_string (file, NULL);

      check_counts (root, NULL);
    }
}

static void
test_schema_of_held_back (void)
{
  g_autoptr (GenesisSchemaDraft) draft = draft_of_secrets ();
  g_autofree char *file = to_json (draft, 5);
  g_autoptr (GenesisSchemaDraft) back = from_json (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchema) schema = genesis_schema_draft_conclude (back, &error);
  GenesisField *age, *word;

  g_assert_no_error (error);
  age = genesis_schema_get_field (schema, 0);
  g_assert_cmpint (age->ilo, <=, 21);
  g_assert_cmpint (age->ilo, >=, 0);
  g_assert_cmpint (age->ihi, >=, 97);
  g_assert_cmpint (age->ihi, <=, 127); /* the octave's edge */
  word = genesis_schema_get_field (schema, 1);
  g_assert_true (g_strv_equal ((const char *const *)word->categories,
                               (const char *const[]){ "<other>", "other", "plain", NULL }));
  g_assert_cmpint (genesis_schema_find_field (schema, "few"), ==, -1);
  g_assert_true (g_strv_contains (genesis_schema_get_excluded (schema), "few"));
}

/* A value far beyond the others is not told at all. */
static void
test_lone_value_far_away (void)
{
  g_autoptr (GString) text = g_string_new ("v\n");
  g_autoptr (GenesisSchemaDraft) draft = NULL;
  g_autoptr (GenesisSchemaDraft) back = NULL;
  g_autofree char *file = NULL;
  g_autofree char *json = NULL;

  for (guint i = 0; i < 50; i++)
    g_string_append_printf (text, "%u\n", i == 20 ? 9999999 : 1 + i);
  draft = draft_of_site ("north", text->str);
  file = to_json (draft, 5);
  back = from_json (file);
  json = draft_conclude_json (back);
  assert_says (json, "\"max\" : 63"); /* the octave of 50 */
  assert_says (genesis_schema_draft_get_findings (back)[0], "far beyond");
}

/* -- what is refused -------------------------------------------------------- */

static void
test_changed_file (void)
{
  g_autoptr (GenesisSchemaDraft) draft = draft_of_secrets ();
  g_autofree char *file = to_json (draft, 5);
  gsize n = strlen (file), n_accepted = 0;

  for (gsize at = 0; at < n; at += 1 + n / 400)
    {
      g_autofree char *changed = g_strdup (file);
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisSchemaDraft) back = NULL;

      changed[at] = changed[at] == '5' ? '6' : '5';
      back = genesis_schema_draft_new_from_json (changed, &error);
      if (back == NULL)
        g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
      n_accepted += back != NULL;
    }
  g_assert_cmpuint (n_accepted, ==, 0);
}

/* A promise is checked, not believed. */
static void
test_false_promise (void)
{
  g_autoptr (GenesisSchemaDraft) draft = draft_of_secrets ();
  g_autofree char *file = to_json (draft, 1);
  g_auto (GStrv) parts = g_strsplit (file, "\"min_cell\" : 1,", 2);
  g_autofree char *forged = g_strjoinv ("\"min_cell\" : 5,", parts);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchemaDraft) back = genesis_schema_draft_new_from_json (forged, &error);

  g_assert_null (back);
  assert_says (error->message, "promises a minimum cell and holds exact values");
}

/* A column that no file has would have nobody to name. */
static void
test_column_in_no_order (void)
{
  g_autoptr (GenesisSchemaDraft) draft = draft_of_site ("north", "v,w\n1,2\n3,4\n");
  g_autofree char *file = to_json (draft, 1);
  g_autoptr (GRegex) order = g_regex_new ("\"v\",\\s*\"w\"", 0, 0, NULL);
  g_autofree char *forged = g_regex_replace_literal (order, file, -1, 0, "\"v\"", 0, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisSchemaDraft) back = genesis_schema_draft_new_from_json (forged, &error);

  g_assert_cmpstr (forged, !=, file);
  g_assert_null (back);
  assert_says (error->message, "a column is in no order");
}

static void
test_refuses_to_write (void)
{
  g_autoptr (GenesisSchemaDraft) none = genesis_schema_draft_new (NULL);
  g_autoptr (GenesisSchemaDraft) north = draft_piece (0, 2);
  g_autoptr (GenesisSchemaDraft) south = draft_piece (1, 2);
  g_autoptr (GError) error = NULL;

  g_assert_null (genesis_schema_draft_to_json (none, 1, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_true (genesis_schema_draft_merge (north, south, &error));
  g_assert_null (genesis_schema_draft_to_json (north, 5, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG);
  assert_says (error->message, "applied at each site");
}

static void
test_site_twice (void)
{
  g_autoptr (GenesisSchemaDraft) draft = draft_piece (0, 2);
  g_autoptr (GenesisSchemaDraft) again = draft_piece (0, 2);
  g_autoptr (GError) error = NULL;

  g_assert_false (genesis_schema_draft_merge (draft, again, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH);
  assert_says (error->message, "two drafts are of site 'site-000'");
}

static void
test_other_version (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      genesis_schema_draft_new_from_json ("{\"format\": \"genesis-schema-draft/9\"}", &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  assert_says (error->message, "genesis-schema-draft/1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draft-file/exact/same-schema-for-any-partition", test_exact_files);
  g_test_add_func ("/draft-file/merge/any-order-and-grouping-gives-the-same-bytes",
                   test_any_order_and_grouping);
  g_test_add_func ("/draft-file/held-back/values-below-the-minimum-cell", test_held_back);
  g_test_add_func ("/draft-file/held-back/counts-are-multiples", test_counts_are_rounded);
  g_test_add_func ("/draft-file/held-back/schema-covers-what-is-told", test_schema_of_held_back);
  g_test_add_func ("/draft-file/held-back/lone-value-far-away", test_lone_value_far_away);
  g_test_add_func ("/draft-file/refuses/any-changed-byte", test_changed_file);
  g_test_add_func ("/draft-file/refuses/a-false-promise", test_false_promise);
  g_test_add_func ("/draft-file/refuses/a-column-in-no-order", test_column_in_no_order);
  g_test_add_func ("/draft-file/refuses/a-minimum-cell-after-merging", test_refuses_to_write);
  g_test_add_func ("/draft-file/refuses/one-site-twice", test_site_twice);
  g_test_add_func ("/draft-file/refuses/another-version", test_other_version);
  return g_test_run ();
}
