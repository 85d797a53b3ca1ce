/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-linear-relations-private.h"

#include "base/genesis-stream-private.h"

/* Rows with two relations, x2 = x0 + x1 and 2 x3 = x0 - 3 x4, and a column that is always 0. */

enum
{
  N = 6,
  ROWS = 400
};

static void
make_row (GenesisStream *stream, gint64 *row)
{
  row[0] = (gint64)genesis_stream_below (stream, 1000000) * 2 - 1000000;
  row[1] = (gint64)genesis_stream_below (stream, G_GUINT64_CONSTANT (1) << 44);
  row[4] = (gint64)genesis_stream_below (stream, 1000) * 2;
  row[2] = row[0] + row[1];
  row[3] = (row[0] - 3 * row[4]) / 2;
  row[5] = 0;
}

static char *
conclude (const GenesisLinearRelations *relations, const gboolean *wanted)
{
  static const guint ranks[N] = { 0, 1, 2, 3, 4, 5 };
  g_autoptr (GPtrArray) found = genesis_linear_relations_conclude (relations, wanted, ranks);
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < found->len; k++)
    for (guint i = 0; i < N; i++)
      g_string_append_printf (text, "%s%d",
                              i > 0   ? " "
                              : k > 0 ? "; "
                                      : "",
                              ((gint *)g_ptr_array_index (found, k))[i]);
  return g_string_free (text, FALSE);
}

static const gboolean all[N] = { TRUE, TRUE, TRUE, TRUE, TRUE, TRUE };

static void
test_found (void)
{
  static const gboolean without_total[N] = { TRUE, TRUE, FALSE, TRUE, TRUE, TRUE };
  g_autoptr (GenesisLinearRelations) relations = genesis_linear_relations_new (N);
  g_autofree char *found = NULL, *fewer = NULL, *rest = NULL;
  GenesisStream stream;
  gint64 row[N], odd[N] = { 1, 0, 0, 0, 0, 0 };

  genesis_stream_init (&stream, 1, "relations", 0);
  for (guint i = 0; i < ROWS; i++)
    {
      make_row (&stream, row);
      genesis_linear_relations_add (relations, row);
    }
  found = conclude (relations, all);
  g_assert_cmpstr (found, ==, "1 0 0 -2 -3 0; 0 1 -1 2 3 0");
  fewer = conclude (relations, without_total);
  g_assert_cmpstr (fewer, ==, "1 0 0 -2 -3 0");
  genesis_linear_relations_add (relations, odd);
  rest = conclude (relations, all);
  g_assert_cmpstr (rest, ==, "0 1 -1 2 3 0");
}

/* However the rows are dealt to sites, whatever the order in which these are merged. */
static void
test_merged (void)
{
  static const guint sites[] = { 1, 2, 7, 400 };

  for (gsize s = 0; s < G_N_ELEMENTS (sites); s++)
    {
      g_autoptr (GPtrArray) parts =
          g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_linear_relations_free);
      g_autoptr (GenesisLinearRelations) merged = genesis_linear_relations_new (N);
      g_autofree char *found = NULL;
      GenesisStream stream;
      gint64 row[N];

      for (guint i = 0; i < sites[s]; i++)
        g_ptr_array_add (parts, genesis_linear_relations_new (N));
      genesis_stream_init (&stream, 2, "relations", 0);
      for (guint i = 0; i < ROWS; i++)
        {
          make_row (&stream, row);
          genesis_linear_relations_add (g_ptr_array_index (parts, i % sites[s]), row);
        }
      for (guint i = sites[s]; i-- > 0;)
        genesis_linear_relations_merge (merged, g_ptr_array_index (parts, i));
      found = conclude (merged, all);
      g_assert_cmpstr (found, ==, "1 0 0 -2 -3 0; 0 1 -1 2 3 0");
    }
}

/* A column that one site cannot read leaves the relations of all. */
static void
test_dropped (void)
{
  g_autoptr (GenesisLinearRelations) one = genesis_linear_relations_new (N);
  g_autoptr (GenesisLinearRelations) two = genesis_linear_relations_new (N);
  g_autofree char *found = NULL;
  GenesisStream stream;
  gint64 row[N];

  genesis_stream_init (&stream, 3, "relations", 0);
  for (guint i = 0; i < ROWS; i++)
    {
      make_row (&stream, row);
      genesis_linear_relations_add (i % 2 ? one : two, row);
    }
  genesis_linear_relations_drop (two, 3);
  genesis_linear_relations_merge (one, two);
  found = conclude (one, all);
  g_assert_cmpstr (found, ==, "1 1 -1 0 0 0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/linear-relations/found-until-a-row-breaks-them", test_found);
  g_test_add_func ("/linear-relations/any-partition-gives-the-same", test_merged);
  g_test_add_func ("/linear-relations/a-dropped-column-leaves-all", test_dropped);
  return g_test_run ();
}
