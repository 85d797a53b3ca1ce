/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "real-table.h"

#include <string.h>

#include <glib/gstdio.h>

/* What drafts of real tables propose, and what it costs the margins to keep all of it. With -m slow
   of the whole tables and 20,000 drawn rows, else of about THINNED rows of each, from all over it,
   and 4,000 drawn ones: the same proposals, and the same bar. Seeds are fixed, so that there is no
   false alarm; the largest growth of a distance is then .016. */

#define THINNED 1500u

static guint
get_n_drawn (void)
{
  return g_test_slow () ? 20000 : 4000;
}

/* A table whose rows lie at hand as lines: the header, then the rows that are used. */
static GStrv
read_lines (const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  guint n, step;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  n = g_strv_length (lines) - 1;
  step = g_test_slow () ? 1 : MAX (1, n / THINNED);
  g_ptr_array_add (kept, g_strdup (lines[0]));
  for (guint row = 1; row <= n; row += step)
    g_ptr_array_add (kept, g_strdup (lines[row]));
  g_ptr_array_add (kept, NULL);
  return (GStrv)g_ptr_array_steal (kept, NULL);
}

/* Some of them, from first on, as a file. */
static void
write_lines (const char *path, GStrv lines, guint first, guint step)
{
  g_autoptr (GString) rows = g_string_new (lines[0]);
  guint n = g_strv_length (lines);

  for (guint row = 1 + first; row < n; row += step)
    g_string_append_printf (rows, "\n%s", lines[row]);
  g_remove (path); /* a file that is there is replaced safely, which waits for the disk */
  g_assert_true (g_file_set_contents (path, rows->str, -1, NULL));
}

static GenesisSchema *
draft (const char *path, const char *marker)
{
  const char *markers[] = { marker, NULL };
  g_autoptr (GenesisSchemaDraft) draft = genesis_schema_draft_new (markers);
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema;

  genesis_schema_draft_set_find_constraints (draft, TRUE);
  genesis_schema_draft_add_csv (draft, path, &error);
  g_assert_no_error (error);
  schema = genesis_schema_draft_conclude (draft, &error);
  g_assert_no_error (error);
  return schema;
}

/* Rows that a model of the table draws under the schema. */
static GenesisTable *
draw (const char *path, GenesisSchema *schema, GenesisTable **real)
{
  g_autoptr (GenesisPluginHost) host = real_table_plugins ();
  g_autoptr (GenesisFederatedGenerator) generator = real_table_generator (host, 2);
  g_autoptr (GError) error = NULL;
  g_autofree char *metadata = NULL;
  GenesisTable *rows;

  *real = genesis_table_load_csv (path, schema, &error);
  g_assert_no_error (error);
  real_table_add_site (generator, *real, "all", NULL, 0, genesis_table_get_n_rows (*real));
  g_free (real_table_train (generator));
  rows = genesis_federated_generator_generate (generator, get_n_drawn (),
                                               GENESIS_STRATEGY_AGGREGATED, NULL, NULL, &error);
  g_assert_no_error (error);
  metadata = genesis_federated_generator_dup_metadata (generator, &error);
  g_assert_no_error (error);
  g_assert_true ((strstr (metadata, "rows_redrawn") != NULL)
                 == (genesis_schema_get_n_constraints (schema) > 0));
  return rows;
}

static double
get_distance (GenesisTable *real, GenesisTable *rows, guint column)
{
  GenesisField *field = genesis_schema_get_field (genesis_table_get_schema (real), column);
  double missing =
      real_table_missing_share (real, column) - real_table_missing_share (rows, column);
  double distance = genesis_field_get_categories (field) != NULL
                        ? real_table_total_variation (real, rows, column)
                        : real_table_kolmogorov (real, rows, column);

  return MAX (distance, ABS (missing));
}

typedef struct
{
  const char *path, *marker;
  const char *proposed[4];
  double most; /* that a column's distance from the real one grows by, of all columns */
} Case;

static void
check_proposed (GenesisSchema *schema, const Case *a_case)
{
  for (guint i = 0; a_case->proposed[i] != NULL; i++)
    {
      gboolean is_there = FALSE;

      for (guint k = 0; k < genesis_schema_get_n_proposed (schema); k++)
        {
          g_autofree char *text =
              genesis_row_constraint_dup_text (genesis_schema_get_proposed (schema, k));

          is_there |= g_str_equal (text, a_case->proposed[i]);
        }
      g_test_message ("%s", a_case->proposed[i]);
      g_assert_true (is_there);
    }
}

/* Every real row keeps what is proposed, and so does every drawn one; a column's distance from the
   real one (Kolmogorov, or total variation, or the difference in missing cells) grows by less than
   stated. */
static void
test_kept (gconstpointer data)
{
  const Case *a_case = data;
  g_autofree char *whole = real_table_find (a_case->path);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GenesisSchema) plain = NULL, schema = NULL;
  g_autoptr (GenesisTable) real = NULL, real_again = NULL, rows = NULL, free_rows = NULL;
  g_autoptr (GError) error = NULL;

  if (whole == NULL)
    return;
  folder = g_dir_make_tmp ("genesis-table-XXXXXX", NULL);
  path = g_build_filename (folder, "table.csv", NULL);
  lines = read_lines (whole);
  write_lines (path, lines, 0, 1);
  plain = draft (path, a_case->marker);
  check_proposed (plain, a_case);
  schema = genesis_schema_adopt_proposed (plain, &error);
  g_assert_no_error (error);
  rows = draw (path, schema, &real);
  free_rows = draw (path, plain, &real_again);
  g_remove (path);
  g_rmdir (folder);
  for (guint k = 0; k < genesis_schema_get_n_constraints (schema); k++)
    {
      g_assert_cmpuint (genesis_table_count_violations (real, k), ==, 0);
      g_assert_cmpuint (genesis_table_count_violations (rows, k), ==, 0);
    }
  for (guint column = 0; column < genesis_schema_get_n_fields (schema); column++)
    {
      double with = get_distance (real, rows, column);
      double without = get_distance (real, free_rows, column);

      if (ABS (with - without) > .002)
        g_test_message ("%s: %.4f, without constraints %.4f",
                        genesis_field_get_name (genesis_schema_get_field (schema, column)), with,
                        without);
      g_assert_cmpfloat (with - without, <, a_case->most);
    }
}

static const Case cases[] = {
  { "taxis.csv",
    NULL,
    { "'pickup' <= 'dropoff'", "'pickup_borough' is determined by 'pickup_zone'", NULL },
    .03 },
  { "bike_sharing_hour.csv", NULL, { "'casual' + 'registered' = 'cnt'", NULL }, .03 },
  { "adult_train.csv", "?", { "'education-num' is determined by 'education'", NULL }, .03 },
  { "sdmetrics_demo/single_table/student_placements_real.csv",
    NULL,
    { "when 'placed' is 'False' then 'salary' is missing",
      "when 'salary' is missing then 'placed' is 'False'", NULL },
    .03 },
};

static char *
dup_merged (const char *folder, GStrv lines, guint n_sites)
{
  const char *markers[] = { "?", NULL };
  g_autoptr (GenesisSchemaDraft) merged = genesis_schema_draft_new (markers);
  g_autofree char *file = g_build_filename (folder, "site.csv", NULL);
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  for (guint site = 0; site < n_sites; site++)
    {
      g_autoptr (GenesisSchemaDraft) own = genesis_schema_draft_new (markers);

      write_lines (file, lines, site, n_sites);
      genesis_schema_draft_set_find_constraints (own, TRUE);
      genesis_schema_draft_add_csv (own, file, &error);
      g_assert_no_error (error);
      genesis_schema_draft_merge (merged, own, &error);
      g_assert_no_error (error);
    }
  g_remove (file);
  schema = genesis_schema_draft_conclude (merged, &error);
  g_assert_no_error (error);
  return genesis_schema_to_json (schema);
}

/* Adult dealt out to 1, to 7 and to 1,000 sites (100 of the thinned table): the same bytes,
   proposals and all. */
static void
test_sites (void)
{
  const guint n_sites[] = { 1, 7, g_test_slow () ? 1000 : 100 };
  g_autofree char *path = real_table_find ("adult_train.csv");
  g_autofree char *folder = NULL;
  g_autofree char *first = NULL;
  g_auto (GStrv) lines = NULL;

  if (path == NULL)
    return;
  lines = read_lines (path);
  folder = g_dir_make_tmp ("genesis-sites-XXXXXX", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (n_sites); i++)
    {
      g_autofree char *json = dup_merged (folder, lines, n_sites[i]);

      g_assert_nonnull (strstr (json, "\"proposed\""));
      if (first == NULL)
        first = g_steal_pointer (&json);
      else
        g_assert_cmpstr (json, ==, first);
    }
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/constraint-proposals/taxis/kept", &cases[0], test_kept);
  g_test_add_data_func ("/constraint-proposals/bike-sharing/kept", &cases[1], test_kept);
  g_test_add_data_func ("/constraint-proposals/adult/kept", &cases[2], test_kept);
  g_test_add_data_func ("/constraint-proposals/placements/kept", &cases[3], test_kept);
  g_test_add_func ("/constraint-proposals/adult/the-same-for-any-sites", test_sites);
  return g_test_run ();
}
