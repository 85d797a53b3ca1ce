/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "golden-pair.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define TOLERANCE 1e-9

/* A column of text, and what columns.tsv says of it. */
typedef struct
{
  char *name, *type, *missing;
  GHashTable *seen;
  GPtrArray *levels;
} GoldenColumn;

static void
golden_column_free (gpointer data)
{
  GoldenColumn *self = data;

  g_free (self->name);
  g_free (self->type);
  g_free (self->missing);
  g_hash_table_unref (self->seen);
  g_ptr_array_unref (self->levels);
  g_free (self);
}

static char *
find_folder (const char *name)
{
  const char *data = g_getenv ("GENESIS_TEST_DATA");
  g_autofree char *folder = NULL;

  if (data == NULL || *data == '\0')
    {
      g_test_skip ("GENESIS_TEST_DATA is not set");
      return NULL;
    }
  folder = g_build_filename (data, "..", "reference", "quality", name, NULL);
  if (g_file_test (folder, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&folder);
  g_test_skip ("there are no golden vectors beside GENESIS_TEST_DATA");
  return NULL;
}

/* -- text ------------------------------------------------------------------- */

/* Cells by column; NULL when there is no such file, plain or packed. */
static GPtrArray *
read_texts (const char *folder, const char *file, guint n_columns)
{
  g_autofree char *plain = g_build_filename (folder, file, NULL);
  g_autofree char *packed = g_strconcat (plain, ".gz", NULL);
  g_autoptr (GPtrArray) columns =
      g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GenesisSource) source = NULL;
  g_autoptr (GenesisRecords) records = NULL;
  g_autoptr (GError) error = NULL;
  const char *path = g_file_test (plain, G_FILE_TEST_EXISTS) ? plain : packed;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  source = genesis_source_new_for_csv (path);
  records = genesis_source_open (source, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n_columns; i++)
    g_ptr_array_add (columns, g_ptr_array_new_with_free_func (g_free));
  while (genesis_records_next (records, &error) > 0)
    for (guint i = 0; i < n_columns; i++)
      g_ptr_array_add (g_ptr_array_index (columns, i), genesis_records_dup_text (records, i));
  g_assert_no_error (error);
  return g_steal_pointer (&columns);
}

static GPtrArray *
read_columns (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "columns.tsv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GPtrArray *columns = g_ptr_array_new_with_free_func (golden_column_free);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], "\t", -1);
      GoldenColumn *column = g_new0 (GoldenColumn, 1);

      g_assert_cmpuint (g_strv_length (parts), ==, 4);
      column->name = g_strdup (parts[0]);
      column->type = g_strdup (parts[1]);
      column->missing = g_strdup (g_str_equal (parts[3], "(empty)") ? "" : parts[3]);
      column->seen = g_hash_table_new (g_str_hash, g_str_equal);
      column->levels = g_ptr_array_new ();
      g_ptr_array_add (columns, column);
    }
  return columns;
}

static void
find_levels (GPtrArray *columns, GPtrArray *texts)
{
  for (guint i = 0; i < columns->len; i++)
    {
      GoldenColumn *column = g_ptr_array_index (columns, i);
      GPtrArray *cells = g_ptr_array_index (texts, i);

      for (guint row = 0; row < cells->len; row++)
        {
          char *cell = g_ptr_array_index (cells, row);

          if (cell != NULL && *cell != '\0' && !g_str_equal (cell, column->missing)
              && g_hash_table_add (column->seen, cell))
            g_ptr_array_add (column->levels, cell);
        }
    }
}

/* -- tables ----------------------------------------------------------------- */

static GenesisField *
make_field (const GoldenColumn *column, gboolean has_clock)
{
  g_autoptr (GenesisField) field = NULL;

  if (g_str_equal (column->type, "numerical"))
    field = genesis_field_new_real (column->name, -DBL_MAX / 4, DBL_MAX / 4);
  else if (g_str_equal (column->type, "datetime"))
    field = has_clock ? genesis_field_new_datetime (column->name, "YYYY-MM-DD hh:mm:ss",
                                                    -62135596800, 253402300799)
                      : genesis_field_new_datetime (column->name, "YYYY-MM-DD", -719162, 2932896);
  else
    {
      /* A vocabulary must have a word. */
      if (column->levels->len == 0)
        g_ptr_array_add (column->levels, (gpointer) "-");
      g_ptr_array_add (column->levels, NULL);
      field = genesis_field_new_category (column->name, (const char *const *)column->levels->pdata);
    }
  return genesis_field_with_missing (field, column->missing);
}

static GenesisSchema *
make_schema (GPtrArray *columns, GPtrArray *texts)
{
  g_autoptr (GPtrArray) fields =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_field_unref);
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema;

  for (guint i = 0; i < columns->len; i++)
    {
      GPtrArray *cells = g_ptr_array_index (texts, i);
      const char *first = g_ptr_array_index (cells, 0);

      g_ptr_array_add (fields, make_field (g_ptr_array_index (columns, i),
                                           first != NULL && strlen (first) > 10));
    }
  schema = genesis_schema_new ((GenesisField *const *)fields->pdata, fields->len, &error);
  g_assert_no_error (error);
  return schema;
}

static GenesisTable *
make_table (GenesisSchema *schema, GPtrArray *texts)
{
  GPtrArray *first = g_ptr_array_index (texts, 0);
  GenesisTable *table = genesis_table_new (schema, first->len);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < texts->len; i++)
    {
      GPtrArray *cells = g_ptr_array_index (texts, i);

      genesis_table_set_column_text (table, i, (const char *const *)cells->pdata, cells->len,
                                     &error);
      g_assert_no_error (error);
    }
  return table;
}

/* Times of the random table have nanoseconds, which no column type has: they are read here. */
static double
read_time (const char *text)
{
  g_autofree char *iso = NULL;
  g_autoptr (GDateTime) time = NULL;
  double fraction;

  if (text == NULL || *text == '\0')
    return NAN;
  iso = strlen (text) == 10 ? g_strconcat (text, "T00:00:00Z", NULL)
                            : g_strdup_printf ("%.10sT%.8sZ", text, text + 11);
  time = g_date_time_new_from_iso8601 (iso, NULL);
  g_assert_nonnull (time);
  fraction = strlen (text) > 19 ? g_ascii_strtod (text + 19, NULL) : 0;
  return (double)g_date_time_to_unix (time) * 1e9 + fraction * 1e9;
}

static GenesisQualityFrame *
make_baseline (GoldenPair *self, GPtrArray *texts)
{
  GenesisQualityShape *shape = self->shape;
  g_autoptr (GPtrArray) dated = g_ptr_array_new ();
  g_autoptr (GenesisTable) table = NULL;
  GenesisQualityFrame *frame;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < texts->len; i++)
    {
      GPtrArray *cells = g_ptr_array_index (texts, i);

      if (shape->kinds[i] != GENESIS_QUALITY_TIME)
        continue;
      g_ptr_array_add (dated, cells);
      texts->pdata[i] = g_ptr_array_new ();
      g_ptr_array_set_size (texts->pdata[i], (int)cells->len);
    }
  table = make_table (self->schema, texts);
  frame = genesis_quality_frame_new (shape, table, "the random table", &error);
  g_assert_no_error (error);
  for (guint i = 0, k = 0; i < texts->len; i++)
    {
      GPtrArray *cells;

      if (shape->kinds[i] != GENESIS_QUALITY_TIME)
        continue;
      cells = g_ptr_array_index (dated, k++);
      for (guint row = 0; row < cells->len; row++)
        frame->columns[i].numbers[row] = read_time (g_ptr_array_index (cells, row));
      g_ptr_array_unref (cells);
    }
  return frame;
}

static void
make_frames (GoldenPair *self, GPtrArray *baseline)
{
  g_autoptr (GError) error = NULL;

  self->shape = genesis_quality_shape_new (self->schema);
  self->frames[0] = genesis_quality_frame_new (self->shape, self->real, "the real table", &error);
  g_assert_no_error (error);
  self->frames[1] =
      genesis_quality_frame_new (self->shape, self->synthetic, "the synthetic table", &error);
  g_assert_no_error (error);
  if (baseline != NULL)
    self->baseline = make_baseline (self, baseline);
}

GoldenPair *
golden_pair_load (const char *name)
{
  g_autofree char *folder = find_folder (name);
  g_autofree char *path = NULL;
  g_autoptr (GPtrArray) columns = NULL;
  g_autoptr (GPtrArray) real = NULL;
  g_autoptr (GPtrArray) synthetic = NULL;
  g_autoptr (GPtrArray) baseline = NULL;
  GoldenPair *self;

  if (folder == NULL)
    return NULL;
  self = g_new0 (GoldenPair, 1);
  columns = read_columns (folder);
  real = read_texts (folder, "real.csv", columns->len);
  synthetic = read_texts (folder, "synthetic.csv", columns->len);
  baseline = read_texts (folder, "random_baseline.csv", columns->len);
  find_levels (columns, real);
  find_levels (columns, synthetic);
  self->schema = make_schema (columns, real);
  self->real = make_table (self->schema, real);
  self->synthetic = make_table (self->schema, synthetic);
  make_frames (self, baseline);
  path = g_build_filename (folder, "expected.json", NULL);
  {
    g_autofree char *text = NULL;

    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    self->root = json_from_string (text, NULL);
    self->expected = json_node_get_object (self->root);
  }
  return self;
}

void
golden_pair_free (GoldenPair *self)
{
  json_node_unref (self->root);
  for (int side = 0; side < 2; side++)
    genesis_quality_frame_free (self->frames[side]);
  g_clear_pointer (&self->baseline, genesis_quality_frame_free);
  genesis_quality_shape_free (self->shape);
  g_object_unref (self->real);
  g_object_unref (self->synthetic);
  g_object_unref (self->schema);
  g_free (self);
}

double
golden_number (JsonObject *object, const char *name)
{
  g_assert_true (json_object_has_member (object, name));
  return json_object_get_null_member (object, name) ? NAN
                                                    : json_object_get_double_member (object, name);
}

void
golden_assert (double value, JsonObject *object, const char *name, const char *where)
{
  double expected = golden_number (object, name);

  if (isnan (value) && isnan (expected))
    return;
  if (!(fabs (value - expected) <= TOLERANCE))
    g_error ("%s: %s is %.17g, not %.17g", where, name, value, expected);
}

void
golden_pairs_add_tests (const char *path, GTestDataFunc test)
{
  static const char *const names[] = {
    "1_adult_sdv", "2_adult_permuted", "3_adult_train_test", "4_heart_sdv", "5_student_placements",
    "6_bike_sdv",  "7_tiny",           "8_exact_copy",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *whole = g_strdup_printf ("%s/%s", path, names[i]);

      g_test_add_data_func (whole, names[i], test);
    }
}
