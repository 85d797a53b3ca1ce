/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include <genesis/genesis-row-constraint.h>
#include <genesis/genesis-schema-draft.h>

#include "base/genesis-stream-private.h"
#include "data/genesis-schema-draft-private.h"

/* What is proposed: found in rows that are made here, the same for any partition of them. */

static void
add_text (GenesisSchemaDraft *draft, const char *text, const char *name)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvReader) reader = genesis_csv_reader_new_for_bytes (bytes, name, &error);

  g_assert_no_error (error);
  genesis_schema_draft_add_reader (draft, reader, NULL, &error);
  g_assert_no_error (error);
}

static GenesisSchemaDraft *
new_draft (void)
{
  GenesisSchemaDraft *draft = genesis_schema_draft_new (NULL);

  genesis_schema_draft_set_find_constraints (draft, TRUE);
  return draft;
}

static GenesisSchema *
conclude (GenesisSchemaDraft *draft)
{
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema = genesis_schema_draft_conclude (draft, &error);

  g_assert_no_error (error);
  return schema;
}

static char *
dup_proposed (GenesisSchema *schema)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < genesis_schema_get_n_proposed (schema); i++)
    {
      g_autofree char *text =
          genesis_row_constraint_dup_text (genesis_schema_get_proposed (schema, i));

      g_string_append_printf (all, "%s%s", i > 0 ? "; " : "", text);
    }
  return g_string_free (all, FALSE);
}

/* -- made rows ------------------------------------------------------------- */

/* Dates of months of 28 days. */
static void
append_day (GString *to, guint day)
{
  g_string_append_printf (to, ",2020-%02u-%02u", day / 28 + 1, day % 28 + 1);
}

/* A row that keeps: casual + registered = total, admitted <= left, grade -> points, placed No ->
   salary and start missing, in which they are missing together, phone and fax never both. Columns
   loud and calm have nothing to do with anything. */
static const char header[] =
    "casual,registered,total,admitted,left,grade,points,placed,salary,start,phone,fax,loud,calm\n";

static void
append_row (GString *to, GenesisStream *stream)
{
  static const char *const grades[] = { "good", "fair", "poor", "none" };
  guint casual = (guint)genesis_stream_below (stream, 60);
  guint registered = (guint)genesis_stream_below (stream, 300);
  guint day = (guint)genesis_stream_below (stream, 300);
  guint grade = (guint)genesis_stream_below (stream, 4);
  gboolean is_placed = genesis_stream_below (stream, 3) > 0;
  guint call = (guint)genesis_stream_below (stream, 3);

  g_string_append_printf (to, "%u,%u,%u", casual, registered, casual + registered);
  append_day (to, day);
  append_day (to, day + (guint)genesis_stream_below (stream, 20));
  g_string_append_printf (to, ",%s,%u.50,%s", grades[grade], 9 - 2 * grade,
                          is_placed ? "Yes" : "No");
  if (is_placed)
    g_string_append_printf (to, ",%u,%u", 20000 + (guint)genesis_stream_below (stream, 9000),
                            (guint)genesis_stream_below (stream, 12) + 1);
  else
    g_string_append (to, ",,");
  g_string_append_printf (to, ",%s,%s", call == 0 ? "yes" : "", call == 1 ? "yes" : "");
  g_string_append_printf (to, ",%u,%u\n", (guint)genesis_stream_below (stream, 50),
                          (guint)genesis_stream_below (stream, 50));
}

static char *
make_rows (guint n_rows, guint site, guint n_sites)
{
  GString *text = g_string_new (header);
  GenesisStream stream;

  for (guint row = site; row < n_rows; row += n_sites)
    {
      genesis_stream_init (&stream, 11, "made rows", row);
      append_row (text, &stream);
    }
  return g_string_free (text, FALSE);
}

#define EXPECTED                                                                                   \
  "'casual' + 'registered' = 'total'; 'points' is determined by 'grade'; when 'salary' is "        \
  "missing then 'start' is missing; when 'start' is missing then 'salary' is missing; when "       \
  "'placed' is 'No' then 'salary' is missing; when 'salary' is missing then 'placed' is 'No'; "    \
  "not both 'phone' and 'fax'; 'admitted' <= 'left'"

static void
test_found (void)
{
  g_autoptr (GenesisSchemaDraft) draft = new_draft ();
  g_autofree char *rows = make_rows (2000, 0, 1);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autofree char *proposed = NULL;

  add_text (draft, rows, "a.csv");
  schema = conclude (draft);
  proposed = dup_proposed (schema);
  for (guint i = 0; genesis_schema_draft_get_findings (draft)[i] != NULL; i++)
    g_test_message ("%s", genesis_schema_draft_get_findings (draft)[i]);
  g_assert_cmpstr (proposed, ==, EXPECTED);
  g_assert_cmpuint (genesis_schema_get_n_constraints (schema), ==, 0);
}

/* The same bytes for 1, 7 and 1,000 sites, merged in any order, columns as they come. */
static void
test_partitions (void)
{
  static const guint sites[] = { 1, 7, 1000 };
  g_autofree char *first = NULL;

  for (gsize s = 0; s < G_N_ELEMENTS (sites); s++)
    {
      g_autoptr (GenesisSchemaDraft) merged = new_draft ();
      g_autoptr (GenesisSchema) schema = NULL;
      g_autofree char *json = NULL;

      for (guint i = sites[s]; i-- > 0;)
        {
          g_autoptr (GenesisSchemaDraft) own = new_draft ();
          g_autofree char *rows = make_rows (2000, i, sites[s]);
          g_autofree char *name = g_strdup_printf ("%u.csv", i);
          g_autoptr (GError) error = NULL;

          add_text (own, rows, name);
          genesis_schema_draft_merge (merged, own, &error);
          g_assert_no_error (error);
        }
      schema = conclude (merged);
      json = genesis_schema_to_json (schema);
      g_assert_nonnull (strstr (json, "\"proposed\""));
      if (first == NULL)
        first = g_steal_pointer (&json);
      else
        g_assert_cmpstr (json, ==, first);
    }
}

/* One row of a thousand that breaks it, at another site, ends a proposal. */
static void
test_broken_by_one (void)
{
  static const struct
  {
    const char *row, *gone;
  } cases[] = {
    { "1,2,4,2020-01-01,2020-01-29,good,9.50,Yes,20000,1,,,1,1\n", "'casual' + " },
    { "1,2,3,2020-01-02,2020-01-01,good,9.50,Yes,20000,1,,,1,1\n", "'admitted' <= " },
    { "1,2,3,2020-01-01,2020-01-29,good,7.50,Yes,20000,1,,,1,1\n", "'points' is det" },
    { "1,2,3,2020-01-01,2020-01-29,good,9.50,Yes,,1,,,1,1\n", "when 'salary' is missing then 'st" },
    { "1,2,3,2020-01-01,2020-01-29,good,9.50,No,20000,1,,,1,1\n", "when 'placed' is" },
    { "1,2,3,2020-01-01,2020-01-29,good,9.50,Yes,,,,,1,1\n", "when 'salary' is missing then 'pl" },
    { "1,2,3,2020-01-01,2020-01-29,good,9.50,Yes,20000,1,yes,yes,1,1\n", "not both" },
  };
  g_autofree char *rows = make_rows (1000, 0, 1);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GenesisSchemaDraft) draft = new_draft ();
      g_autofree char *other = g_strconcat (header, cases[i].row, NULL);
      g_autoptr (GenesisSchema) schema = NULL;
      g_autofree char *proposed = NULL;

      g_assert_nonnull (strstr (EXPECTED, cases[i].gone));
      add_text (draft, i % 2 ? rows : other, "a.csv");
      add_text (draft, i % 2 ? other : rows, "b.csv");
      schema = conclude (draft);
      proposed = dup_proposed (schema);
      g_test_message ("%s: %s", cases[i].gone, proposed);
      g_assert_null (strstr (proposed, cases[i].gone));
    }
}

/* Few rows prove nothing, and nothing is looked for that was not asked for. */
static void
test_not_proposed (void)
{
  g_autoptr (GenesisSchemaDraft) few = new_draft ();
  g_autoptr (GenesisSchemaDraft) unasked = genesis_schema_draft_new (NULL);
  g_autoptr (GenesisSchemaDraft) mixed = new_draft ();
  g_autofree char *some = make_rows (99, 0, 1);
  g_autofree char *many = make_rows (2000, 0, 1);
  g_autoptr (GenesisSchema) a = NULL, b = NULL, c = NULL;
  g_autoptr (GError) error = NULL;

  add_text (few, some, "a.csv");
  a = conclude (few);
  g_assert_cmpuint (genesis_schema_get_n_proposed (a), ==, 0);
  add_text (unasked, many, "a.csv");
  b = conclude (unasked);
  g_assert_cmpuint (genesis_schema_get_n_proposed (b), ==, 0);
  add_text (mixed, many, "b.csv");
  genesis_schema_draft_merge (mixed, unasked, &error);
  g_assert_no_error (error);
  c = conclude (mixed);
  g_assert_cmpuint (genesis_schema_get_n_proposed (c), ==, 0);
}

/* Columns that are independent of each other: 60 tables of 6, of numbers, levels and gaps. Were the
   bars a thousand times lower than they say, one proposal would be expected in all of them. */
static void
test_false_alarms (void)
{
  for (guint table = 0; table < 60; table++)
    {
      g_autoptr (GenesisSchemaDraft) draft = new_draft ();
      g_autoptr (GString) text = g_string_new ("a,b,c,d,e,f\n");
      g_autoptr (GenesisSchema) schema = NULL;
      g_autofree char *proposed = NULL;
      GenesisStream stream;

      genesis_stream_init (&stream, 5, "false alarms", table);
      for (guint row = 0; row < 150; row++)
        {
          g_string_append_printf (text, "%u,%u", (guint)genesis_stream_below (&stream, 2),
                                  (guint)genesis_stream_below (&stream, 20));
          g_string_append_printf (text, ",%u", (guint)genesis_stream_below (&stream, 20));
          g_string_append (text, genesis_stream_below (&stream, 10) ? ",x" : ",y");
          g_string_append (text, genesis_stream_below (&stream, 4) ? ",x" : ",");
          g_string_append (text, genesis_stream_below (&stream, 5) ? ",\n" : ",7.5\n");
        }
      add_text (draft, text->str, "a.csv");
      schema = conclude (draft);
      proposed = dup_proposed (schema);
      g_assert_cmpstr (proposed, ==, "");
    }
}

static void
test_wide (void)
{
  g_autoptr (GenesisSchemaDraft) draft = new_draft ();
  g_autoptr (GString) text = g_string_new ("c0");
  g_autoptr (GenesisSchema) schema = NULL;
  gboolean is_told = FALSE;

  for (guint i = 1; i < 300; i++)
    g_string_append_printf (text, ",c%u", i);
  for (guint row = 0; row < 3; row++)
    for (guint i = 0; i < 300; i++)
      g_string_append_printf (text, "%s%u", i > 0 ? "," : "\n", row);
  add_text (draft, text->str, "a.csv");
  schema = conclude (draft);
  for (guint i = 0; genesis_schema_draft_get_findings (draft)[i] != NULL; i++)
    is_told |=
        strstr (genesis_schema_draft_get_findings (draft)[i], "300 columns are more than 256")
        != NULL;
  g_assert_true (is_told);
}

static void
test_adopted (void)
{
  g_autoptr (GenesisSchemaDraft) draft = new_draft ();
  g_autofree char *rows = make_rows (500, 0, 1);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GenesisSchema) adopted = NULL;
  g_autoptr (GError) error = NULL;

  add_text (draft, rows, "a.csv");
  schema = conclude (draft);
  adopted = genesis_schema_adopt_proposed (schema, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (genesis_schema_get_n_proposed (adopted), ==, 0);
  g_assert_cmpuint (genesis_schema_get_n_constraints (adopted), ==,
                    genesis_schema_get_n_proposed (schema));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/constraint-draft/proposes/what-no-row-contradicts", test_found);
  g_test_add_func ("/constraint-draft/proposes/the-same-for-any-partition", test_partitions);
  g_test_add_func ("/constraint-draft/proposes/nothing-that-one-row-breaks", test_broken_by_one);
  g_test_add_func ("/constraint-draft/proposes/nothing-without-support", test_not_proposed);
  g_test_add_func ("/constraint-draft/proposes/nothing-among-independent-columns",
                   test_false_alarms);
  g_test_add_func ("/constraint-draft/wide-tables-are-not-searched", test_wide);
  g_test_add_func ("/constraint-draft/adopted-is-in-force", test_adopted);
  return g_test_run ();
}
