/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "made-table.h"
#include "training.h"

#define ROWS  20000u
#define DRAWN 60000u
/* Dvoretzky-Kiefer-Wolfowitz: the distance of an empirical distribution of m draws passes 2.69 /
   sqrt m with probability 1e-6. */
#define DKW 2.69

typedef struct
{
  GenesisTable *table, *drawn;
  Training *training;
  GenesisBlocks *state;
} Fixture;

static void
draw_from (Fixture *self, GenesisTable *table, guint rounds)
{
  self->table = table;
  self->training = training_new (genesis_table_get_schema (table), rounds);
  self->state = training_fit (self->training, &table, 1, NULL);
  self->drawn = training_sample (self->training, self->state, 17, DRAWN);
}

static void
fixture_clear (Fixture *self)
{
  g_object_unref (self->drawn);
  g_object_unref (self->table);
  genesis_blocks_unref (self->state);
  training_free (self->training);
}

static int
compare_doubles (const void *a, const void *b)
{
  const double *x = a, *y = b;

  return *x < *y ? -1 : *x > *y;
}

/* The present values of a column, sorted. */
static GArray *
sort_column (GenesisTable *table, guint column)
{
  GenesisColumn *cells = genesis_table_get_column (table, column);
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint64 i = 0; i < genesis_table_get_n_rows (table); i++)
    {
      double value;

      if (!genesis_column_is_present (cells, i))
        continue;
      if (cells->field->kind == GENESIS_FIELD_KIND_REAL)
        value = ((double *)cells->values)[i];
      else if (cells->field->categories != NULL)
        value = ((gint32 *)cells->values)[i];
      else
        value = (double)((gint64 *)cells->values)[i];
      g_array_append_val (values, value);
    }
  g_array_sort (values, compare_doubles);
  return values;
}

static guint
count_below (GArray *sorted, double value)
{
  guint lo = 0, hi = sorted->len;

  while (lo < hi)
    {
      guint middle = (lo + hi) / 2;

      if (g_array_index (sorted, double, middle) <= value)
        lo = middle + 1;
      else
        hi = middle;
    }
  return lo;
}

static double
find_distance (GArray *a, GArray *b)
{
  double distance = 0.0;

  for (guint i = 0; i < a->len + b->len; i++)
    {
      double value =
          i < a->len ? g_array_index (a, double, i) : g_array_index (b, double, i - a->len);

      distance = fmax (distance, fabs ((double)count_below (a, value) / a->len
                                       - (double)count_below (b, value) / b->len));
    }
  return distance;
}

static double
find_missing_share (GenesisTable *table, guint column)
{
  guint64 n = genesis_table_get_n_rows (table), missing = 0;

  for (guint64 i = 0; i < n; i++)
    missing += genesis_table_is_missing (table, column, i);
  return (double)missing / (double)n;
}

static void
assert_margins (Fixture *self, guint n_columns, double slack)
{
  for (guint c = 0; c < n_columns; c++)
    {
      g_autoptr (GArray) real = sort_column (self->table, c), drawn = sort_column (self->drawn, c);

      g_assert_cmpfloat (find_distance (real, drawn), <, DKW / sqrt (drawn->len) + slack);
      /* Hoeffding at 1e-6: sqrt (log (2e6) / 2 m) = 2.69 / sqrt m */
      g_assert_cmpfloat (fabs (find_missing_share (self->table, c)
                               - find_missing_share (self->drawn, c)),
                         <, DKW / sqrt (DRAWN));
    }
}

static void
test_margins (void)
{
  Fixture self;

  draw_from (&self, made_mixed_table (1, ROWS), 5);
  g_assert_nonnull (training_doubles (self.state, "correlation", NULL));
  assert_margins (&self, genesis_schema_get_n_fields (self.training->schema), 0.0);
  fixture_clear (&self);
}

/* Slack: what a margin can be off inside a cell that was not split. Column f has a spike inside
   such a cell and needs the second round; the cells of the others hold less than 1/256. */
static void
test_margins_of_one_round (void)
{
  Fixture self;

  draw_from (&self, made_mixed_table (2, ROWS), 1);
  assert_margins (&self, 5, 1.0 / 256.0);
  fixture_clear (&self);
}

static void
test_bounds (void)
{
  Fixture self;

  draw_from (&self, made_mixed_table (3, ROWS), 5);
  for (guint i = 0; i < DRAWN; i++)
    {
      g_assert_cmpint (made_integers (self.drawn, 0)[i], >=, 0);
      g_assert_cmpint (made_integers (self.drawn, 0)[i], <=, 2000000);
      g_assert_cmpint (made_codes (self.drawn, 2)[i], >=, 0);
      g_assert_cmpint (made_codes (self.drawn, 2)[i], <, 5);
      g_assert_cmpfloat (made_reals (self.drawn, 5)[i], >=, -1.0);
      g_assert_cmpfloat (made_reals (self.drawn, 5)[i], <=, 3.0);
    }
  fixture_clear (&self);
}

/* Zero inflation, a cap and heaped values come back with their shares, and nothing appears
   between sparse values: 40 values spread over [0, 99999] as in a column of gains. A real
   column's spike prints as it was. */
static void
test_spikes (void)
{
  GenesisField *fields[] = { genesis_field_new_integer ("a", 0, 0, 99999),
                             genesis_field_new_real ("b", -1.0, 3.0) };
  g_autoptr (GenesisSchema) schema = made_schema (fields, 2);
  GenesisTable *table = genesis_table_new (schema, ROWS);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  gint64 *values = made_integers (table, 0);
  guint zeros = 0, caps = 0, quarters = 0;
  GenesisStream stream;
  Fixture self;

  genesis_stream_init (&stream, 4, "spikes", 0);
  for (guint i = 0; i < ROWS; i++)
    {
      double u[2];

      genesis_stream_fill_uniform (&stream, u, 2);
      values[i] = u[0] < 0.9 ? 0 : u[0] < 0.92 ? 99999 : 137 + 971 * (gint64)(38.0 * u[1]);
      made_reals (table, 1)[i] = u[1] < 0.25 ? 0.1 : -1.0 + 4.0 * u[0];
      g_hash_table_add (seen, &values[i]);
    }
  draw_from (&self, table, 5);
  for (guint i = 0; i < DRAWN; i++)
    {
      g_assert_true (g_hash_table_contains (seen, &made_integers (self.drawn, 0)[i]));
      zeros += made_integers (self.drawn, 0)[i] == 0;
      caps += made_integers (self.drawn, 0)[i] == 99999;
      quarters += made_reals (self.drawn, 1)[i] == 0.1;
    }
  /* binomial shares of .9, .02 and .25, DRAWN draws and ROWS rows: 4.9 sd */
  g_assert_cmpfloat (fabs ((double)zeros / DRAWN - 0.9), <, 0.013);
  g_assert_cmpfloat (fabs ((double)caps / DRAWN - 0.02), <, 0.006);
  g_assert_cmpfloat (fabs ((double)quarters / DRAWN - 0.25), <, 0.018);
  fixture_clear (&self);
}

/* Four columns that are empty exactly when a fifth is False. */
static void
test_tied_patterns (void)
{
  GenesisField *fields[] = {
    genesis_field_new_boolean ("placed", "False", "True"),
    genesis_field_new_integer ("salary", 0, 0, 90000),
    genesis_field_new_integer ("start", 0, 0, 400),
    genesis_field_new_integer ("end", 0, 0, 900),
    genesis_field_new_integer ("duration", 0, 0, 12),
    genesis_field_new_integer ("score", 0, 0, 100),
  };
  g_autoptr (GenesisSchema) schema = NULL;
  GenesisTable *table;
  GenesisStream stream;
  Fixture self;

  for (guint c = 1; c < 5; c++)
    fields[c]->may_be_missing = TRUE;
  schema = made_schema (fields, G_N_ELEMENTS (fields));
  table = genesis_table_new (schema, 3000);
  genesis_stream_init (&stream, 5, "placements", 0);
  for (guint i = 0; i < 3000; i++)
    {
      double z[6];

      genesis_stream_fill_normal (&stream, z, 6);
      made_codes (table, 0)[i] = z[0] > -0.5;
      for (guint c = 1; c < 5; c++)
        {
          made_integers (table, c)[i] =
              CLAMP ((gint64)(c == 1 ? 30000 + 9000 * z[c] : 6 + 2 * z[c]), 0,
                     12 + 89988 * (c == 1));
          if (z[0] <= -0.5)
            genesis_table_set_missing (table, c, i);
        }
      made_integers (table, 5)[i] = CLAMP ((gint64)(60 + 10 * z[5] + 10 * z[0]), 0, 100);
    }
  draw_from (&self, table, 5);
  for (guint i = 0; i < DRAWN; i++)
    for (guint c = 1; c < 5; c++)
      g_assert_cmpint (genesis_table_is_missing (self.drawn, c, i), ==,
                       !made_codes (self.drawn, 0)[i]);
  assert_margins (&self, genesis_schema_get_n_fields (self.training->schema), 0.0);
  fixture_clear (&self);
}

/* Patterns of 20 columns through the hash: the drawn patterns are patterns that occurred. */
static void
test_hashed_patterns (void)
{
  GenesisField *fields[20];
  g_autoptr (GenesisSchema) schema = NULL;
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GenesisTable *table;
  GenesisStream stream;
  Fixture self;

  for (guint c = 0; c < 20; c++)
    {
      char name[2] = { 'a' + c, 0 };

      fields[c] = genesis_field_new_integer (name, 0, 0, 9);
      fields[c]->may_be_missing = TRUE;
    }
  schema = made_schema (fields, 20);
  table = genesis_table_new (schema, ROWS);
  genesis_stream_init (&stream, 6, "many gaps", 0);
  for (guint i = 0; i < ROWS; i++)
    {
      guint pattern = genesis_stream_below (&stream, 7), mask = 0;

      for (guint c = 0; c < 20; c++)
        {
          made_integers (table, c)[i] = (gint64)genesis_stream_below (&stream, 10);
          if ((c * 7 + pattern * pattern) % 5 == pattern % 5 && pattern > 0)
            {
              mask |= 1u << c;
              genesis_table_set_missing (table, c, i);
            }
        }
      g_hash_table_add (seen, GUINT_TO_POINTER (mask + 1));
    }
  draw_from (&self, table, 5);
  for (guint i = 0; i < DRAWN; i++)
    {
      guint mask = 0;

      for (guint c = 0; c < 20; c++)
        mask |= (guint)genesis_table_is_missing (self.drawn, c, i) << c;
      g_assert_true (g_hash_table_contains (seen, GUINT_TO_POINTER (mask + 1)));
    }
  assert_margins (&self, genesis_schema_get_n_fields (self.training->schema), 0.0);
  fixture_clear (&self);
}

/* missing = independent: each column keeps its own share, and two indicators their correlation. */
static void
test_independent_indicators (void)
{
  Fixture self;

  self.table = made_mixed_table (7, ROWS);
  self.training = training_new (genesis_table_get_schema (self.table), 5);
  training_set (self.training, "missing", "independent");
  self.state = training_fit (self.training, &self.table, 1, NULL);
  self.drawn = training_sample (self.training, self.state, 17, DRAWN);
  assert_margins (&self, genesis_schema_get_n_fields (self.training->schema), 0.0);
  fixture_clear (&self);
}

/* The gaps of e in the mixed table depend on d: 30 % where it is true, 5 % elsewhere. */
static void
test_indicator_follows_its_cause (void)
{
  guint n[2] = { 0 }, missing[2] = { 0 };
  Fixture self;

  draw_from (&self, made_mixed_table (8, ROWS), 5);
  for (guint i = 0; i < DRAWN; i++)
    {
      gint32 cause = made_codes (self.drawn, 3)[i];

      n[cause]++;
      missing[cause] += genesis_table_is_missing (self.drawn, 4, i);
    }
  g_assert_cmpfloat ((double)missing[1] / n[1], >, 0.27);
  g_assert_cmpfloat ((double)missing[0] / n[0], <, 0.075);
  fixture_clear (&self);
}

static void
test_seeds (void)
{
  Fixture self;
  g_autoptr (GenesisTable) same = NULL, other = NULL, none = NULL;

  draw_from (&self, made_mixed_table (9, 3000), 5);
  same = training_sample (self.training, self.state, 17, DRAWN);
  other = training_sample (self.training, self.state, 18, DRAWN);
  none = training_sample (self.training, self.state, 18, 0);
  g_assert_cmpmem (made_integers (self.drawn, 0), DRAWN * 8, made_integers (same, 0), DRAWN * 8);
  g_assert_cmpmem (made_reals (self.drawn, 5), DRAWN * 8, made_reals (same, 5), DRAWN * 8);
  g_assert_cmpint (memcmp (made_reals (self.drawn, 5), made_reals (other, 5), DRAWN * 8), !=, 0);
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sampling/margins/within-dkw", test_margins);
  g_test_add_func ("/sampling/margins/after-one-round", test_margins_of_one_round);
  g_test_add_func ("/sampling/bounds/never-left", test_bounds);
  g_test_add_func ("/sampling/atoms/spikes-come-back", test_spikes);
  g_test_add_func ("/sampling/missing/tied-patterns-wrong-in-no-row", test_tied_patterns);
  g_test_add_func ("/sampling/missing/hashed-patterns-are-real-ones", test_hashed_patterns);
  g_test_add_func ("/sampling/missing/independent-keeps-shares", test_independent_indicators);
  g_test_add_func ("/sampling/missing/indicator-follows-its-cause",
                   test_indicator_follows_its_cause);
  g_test_add_func ("/sampling/seed/decides-all", test_seeds);
  return g_test_run ();
}
