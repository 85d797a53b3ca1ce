/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <math.h>
#include <string.h>

#include "made-table.h"
#include "training.h"

#define ROWS  20000u
#define DRAWN 60000u
/* Dvoretzky-Kiefer-Wolfowitz and Hoeffding: the distance of an empirical distribution of m draws,
   or of a share, passes 2.69 / sqrt m with probability 1e-6. */
#define BOUND 2.69

typedef struct
{
  GenesisTable *table, *drawn;
  Training *training;
  GenesisBlocks *state;
} Fixture;

static void
fixture_init (Fixture *self, GenesisTable *table, const char *cells, guint n_drawn)
{
  self->table = table;
  self->training = training_new_for ("histogram", genesis_table_get_schema (table), 1);
  if (cells != NULL)
    training_set (self->training, "cells", cells);
  self->state = training_fit (self->training, &table, 1, NULL);
  self->drawn = training_sample (self->training, self->state, 17, n_drawn);
}

static void
fixture_clear (Fixture *self)
{
  g_object_unref (self->drawn);
  g_object_unref (self->table);
  genesis_blocks_unref (self->state);
  training_free (self->training);
}

/* Where a present cell lies, in units of the column. */
static double
get_value (GenesisTable *table, guint c, guint64 row)
{
  GenesisColumn *column = genesis_table_get_column (table, c);

  if (column->field->kind == GENESIS_FIELD_KIND_REAL)
    return ((double *)column->values)[row];
  if (column->field->categories != NULL)
    return ((gint32 *)column->values)[row];
  return (double)((gint64 *)column->values)[row];
}

static double
find_share_below (GenesisTable *table, guint c, double edge)
{
  guint64 n = genesis_table_get_n_rows (table), below = 0, present = 0;

  for (guint64 row = 0; row < n; row++)
    {
      if (genesis_table_is_missing (table, c, row))
        continue;
      present++;
      below += get_value (table, c, row) < edge;
    }
  return (double)below / (double)present;
}

static double
find_missing_share (GenesisTable *table, guint c)
{
  guint64 n = genesis_table_get_n_rows (table), missing = 0;

  for (guint64 row = 0; row < n; row++)
    missing += genesis_table_is_missing (table, c, row);
  return (double)missing / (double)n;
}

/* At every edge between two cells the shares agree, whatever happens inside one: n = 60,000 draws a
   column, false-alarm rate 1e-6 each. Edges: every 50th of a column's cells; codes: all. */
static void
assert_margin (Fixture *self, guint c)
{
  GenesisField *field = genesis_schema_get_field (self->training->schema, c);
  g_autofree char *name = g_strdup_printf ("cells:%s", field->name);
  guint64 n = 10;
  const gint64 *starts = training_integers (self->state, name, &n);
  double bound = BOUND / sqrt (DRAWN * (1.0 - find_missing_share (self->drawn, c)));

  if (starts != NULL)
    n /= 2;
  for (guint64 i = 1; i<n; i += n> 100 ? n / 50 : 1)
    {
      double edge = starts != NULL ? (double)starts[i] : (double)i;

      if (field->kind == GENESIS_FIELD_KIND_REAL)
        edge = -1.0 + edge * 0x1p-32 * 4.0;
      g_assert_cmpfloat (fabs (find_share_below (self->table, c, edge)
                               - find_share_below (self->drawn, c, edge)),
                         <, bound);
    }
  g_assert_cmpfloat (fabs (find_missing_share (self->table, c)
                           - find_missing_share (self->drawn, c)),
                     <, BOUND / sqrt (DRAWN));
}

static void
test_margins (void)
{
  Fixture self;

  fixture_init (&self, made_mixed_table (1, ROWS), NULL, DRAWN);
  for (guint c = 0; c < genesis_schema_get_n_fields (self.training->schema); c++)
    assert_margin (&self, c);
  fixture_clear (&self);
}

/* Correlated columns come out unrelated: of 60,000 rows the correlation passes 4.9 / sqrt n with
   probability 1e-6. */
static void
test_independence (void)
{
  Fixture self;
  double sums[5] = { 0.0 }, rho;

  fixture_init (&self, made_mixed_table (2, ROWS), NULL, DRAWN);
  for (guint i = 0; i < DRAWN; i++)
    {
      double x = (double)(made_integers (self.drawn, 1)[i] > 0);
      double y = (double)made_codes (self.drawn, 3)[i];

      sums[0] += x;
      sums[1] += y;
      sums[2] += x * y;
    }
  for (guint k = 0; k < 3; k++)
    sums[k] /= DRAWN;
  rho =
      (sums[2] - sums[0] * sums[1]) / sqrt (sums[0] * (1.0 - sums[0]) * sums[1] * (1.0 - sums[1]));
  g_assert_cmpfloat (fabs (rho), <, 4.9 / sqrt (DRAWN));
  fixture_clear (&self);
}

/* One unit a cell: only values that were seen come back, decimals on their grid, dates as dates. */
static void
test_values (void)
{
  GenesisField *fields[] = {
    genesis_field_new_integer ("price", 2, 995, 1495),
    genesis_field_new_datetime ("day", "YYYY-MM-DD", 19000, 19900),
    genesis_field_new_integer ("far", 0, -(G_GINT64_CONSTANT (1) << 62),
                               (G_GINT64_CONSTANT (1) << 62) - 1),
    genesis_field_new_real ("share", 0.25, 0.5),
  };
  g_autoptr (GenesisSchema) schema = made_schema (fields, 4);
  GenesisTable *table = genesis_table_new (schema, 1000);
  Fixture self;

  for (guint i = 0; i < 1000; i++)
    {
      made_integers (table, 0)[i] = 995 + 25 * (i % 21);
      made_integers (table, 1)[i] = 19000 + 100 * (i % 10);
      made_integers (table, 2)[i] =
          i % 2 == 0 ? -(G_GINT64_CONSTANT (1) << 62) : (G_GINT64_CONSTANT (1) << 62) - 1;
      made_reals (table, 3)[i] = i % 2 == 0 ? 0.25 : 0.5;
    }
  fixture_init (&self, table, NULL, 5000);
  for (guint i = 0; i < 5000; i++)
    {
      g_assert_cmpint ((made_integers (self.drawn, 0)[i] - 995) % 25, ==, 0);
      g_assert_cmpint ((made_integers (self.drawn, 1)[i] - 19000) % 100, ==, 0);
      g_assert_cmpfloat (made_reals (self.drawn, 3)[i], >=, 0.25);
      g_assert_cmpfloat (made_reals (self.drawn, 3)[i], <=, 0.5);
    }
  fixture_clear (&self);
}

static guint
count_value (GenesisTable *table, guint c, double value)
{
  guint n = 0;

  for (guint64 row = 0; row < genesis_table_get_n_rows (table); row++)
    n += get_value (table, c, row) == value;
  return n;
}

/* Of 256 cells 0 has one, and so have both bounds: each of these three holds a quarter of the rows,
   exactly as drawn, though the cells beside them are wider than a unit. A share of 60,000 draws is
   off by 2.69 / sqrt n with probability 1e-6. */
static void
test_spikes (void)
{
  static const double spikes[] = { -5000.0, 0.0, 99999.0 };
  GenesisField *fields[] = { genesis_field_new_integer ("a", 0, -5000, 99999),
                             genesis_field_new_real ("b", -5000.0, 99999.0) };
  g_autoptr (GenesisSchema) schema = made_schema (fields, 2);
  GenesisTable *table = genesis_table_new (schema, 4000);
  Fixture self;

  for (guint i = 0; i < 4000; i++)
    {
      double value = i % 4 < 3 ? spikes[i % 4] : -4000.0 + 25.0 * i;

      made_integers (table, 0)[i] = (gint64)value;
      made_reals (table, 1)[i] = value;
    }
  fixture_init (&self, table, "256", DRAWN);
  for (guint c = 0; c < 2; c++)
    for (guint k = 0; k < 3; k++)
      g_assert_cmpfloat (fabs (count_value (self.drawn, c, spikes[k]) / (double)DRAWN
                               - count_value (self.table, c, spikes[k]) / 4000.0),
                         <, BOUND / sqrt (DRAWN));
  fixture_clear (&self);
}

/* A constant column, one with nothing in it, levels that no row has. */
static void
test_degenerate_columns (void)
{
  static const char *const levels[] = { "never", "always", "nor this", NULL };
  GenesisField *fields[] = { genesis_field_new_integer ("constant", 0, 7, 7),
                             genesis_field_new_integer ("nothing", 0, 100, 200),
                             genesis_field_new_category ("levels", levels),
                             genesis_field_new_real ("point", 2.5, 2.5) };
  g_autoptr (GenesisSchema) schema = NULL;
  GenesisTable *table;
  Fixture self;

  fields[1]->may_be_missing = TRUE;
  schema = made_schema (fields, 4);
  table = genesis_table_new (schema, 50);
  genesis_table_ensure_validity (table, 1);
  for (guint i = 0; i < 50; i++)
    {
      made_integers (table, 0)[i] = 7;
      genesis_table_set_missing (table, 1, i);
      made_codes (table, 2)[i] = 1;
      made_reals (table, 3)[i] = 2.5;
    }
  fixture_init (&self, table, NULL, 2000);
  for (guint i = 0; i < 2000; i++)
    {
      g_assert_cmpint (made_integers (self.drawn, 0)[i], ==, 7);
      g_assert_true (genesis_table_is_missing (self.drawn, 1, i));
      g_assert_cmpint (made_codes (self.drawn, 2)[i], ==, 1);
      g_assert_cmpfloat (made_reals (self.drawn, 3)[i], ==, 2.5);
    }
  fixture_clear (&self);
}

static guint64
count_cells (Fixture *self, const char *name)
{
  guint64 n = 0;

  training_integers (self->state, name, &n);
  return n;
}

/* cells: 1 forgets the shape of numeric columns and leaves categories alone; 16 keeps at most
   16. */
static void
test_cells_setting (void)
{
  static const char *const settings[] = { "1", "16", "0" };
  guint64 wide[3], codes[3];

  for (guint i = 0; i < 3; i++)
    {
      Fixture self;

      fixture_init (&self, made_mixed_table (5, 2000), settings[i], 2000);
      wide[i] = count_cells (&self, "counts:b") - 1;
      codes[i] = count_cells (&self, "counts:c") - 1;
      fixture_clear (&self);
    }
  g_assert_cmpuint (wide[0], ==, 1);
  g_assert_cmpuint (wide[1], >, 1);
  g_assert_cmpuint (wide[1], <=, 16);
  g_assert_cmpuint (wide[2], >, 500);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (codes[i], ==, 5);
}

/* No column's draws depend on how many rows are asked for or on another column. */
static void
test_prefix (void)
{
  Fixture self;
  g_autoptr (GenesisTable) fewer = NULL;

  fixture_init (&self, made_mixed_table (6, 3000), NULL, 5000);
  fewer = training_sample (self.training, self.state, 17, 3000);
  for (guint c = 0; c < genesis_schema_get_n_fields (self.training->schema); c++)
    for (guint i = 0; i < 3000; i++)
      {
        g_autofree char *one = genesis_table_dup_text (self.drawn, c, i);
        g_autofree char *other = genesis_table_dup_text (fewer, c, i);

        g_assert_cmpstr (one, ==, other);
      }
  fixture_clear (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/histogram/margins/within-sampling-error", test_margins);
  g_test_add_func ("/histogram/columns/are-independent", test_independence);
  g_test_add_func ("/histogram/values/only-seen-ones-on-their-grid", test_values);
  g_test_add_func ("/histogram/values/zero-and-bounds-are-not-smeared", test_spikes);
  g_test_add_func ("/histogram/columns/constant-missing-and-empty-levels", test_degenerate_columns);
  g_test_add_func ("/histogram/settings/cells", test_cells_setting);
  g_test_add_func ("/histogram/rows/do-not-depend-on-how-many", test_prefix);
  return g_test_run ();
}
