/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "round-trip.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <genesis/genesis-source.h>

#include "data/genesis-csv-input-private.h"
#include "data/genesis-csv-reader-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-number-shape-private.h"
#include "data/genesis-number-style-private.h"
#include "data/genesis-schema-private.h"
#include "data/genesis-table-private.h"

static gboolean
keep_chunk (GenesisTable *chunk, gpointer user_data, GError **error)
{
  g_ptr_array_add (user_data, g_object_ref (chunk));
  return TRUE;
}

static GenesisTable *
load (const char *path, const GenesisCsvDialect *dialect, GenesisSchema *schema)
{
  g_autoptr (GPtrArray) chunks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GenesisSource) source = genesis_source_new_for_csv_with_dialect (path, dialect);
  g_autoptr (GError) error = NULL;

  genesis_source_foreach_chunk (source, schema, keep_chunk, chunks, NULL, &error);
  g_assert_no_error (error);
  return genesis_table_concat (schema, chunks);
}

static GBytes *
read_descriptor (int fd)
{
  gsize n = (gsize)lseek (fd, 0, SEEK_END);
  char *text = g_malloc (n + 1);

  for (gsize done = 0; done < n;)
    {
      gssize got = pread (fd, text + done, n - done, (off_t)done);

      g_assert_cmpint (got, >, 0);
      done += (gsize)got;
    }
  return g_bytes_new_take (text, n);
}

/* Into memory: hundreds of files would wait for the disk. */
static GBytes *
save (GenesisTable *table)
{
  int fd = memfd_create ("round-trip", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/dev/fd/%d", fd);
  g_autoptr (GError) error = NULL;
  GBytes *bytes;

  g_assert_cmpint (fd, >=, 0);
  genesis_table_save_csv (table, path, &error);
  g_assert_no_error (error);
  bytes = read_descriptor (fd);
  close (fd);
  return bytes;
}

static gboolean
has_same_bytes (const char *path, GBytes *written)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvInput) input =
      genesis_csv_input_open (path, GENESIS_CSV_PACKING_DETECT, &error);
  gsize n, at = 0;
  const char *text = g_bytes_get_data (written, &n);
  char buffer[1 << 16];
  gssize got;

  g_assert_no_error (error);
  while ((got = genesis_csv_input_read (input, buffer, sizeof buffer, &error)) > 0)
    {
      if ((gsize)got > n - at || memcmp (buffer, text + at, (gsize)got) != 0)
        return FALSE;
      at += (gsize)got;
    }
  g_assert_no_error (error);
  return at == n;
}

/* Numbers of which some have separators of thousands come back with them. */
static gboolean
amounts_equal (const GenesisCsvCell *a, const GenesisCsvCell *b)
{
  GenesisNumberReading written[2], read[2];
  GenesisNumberShape x, y;

  if (genesis_number_style_detect (b->text, b->length, written) == 0
      || !genesis_number_shape_read (&y, written[0].plain, written[0].n_plain))
    return FALSE;
  if (!genesis_number_shape_read (&x, a->text, a->length)
      && (genesis_number_style_detect (a->text, a->length, read) == 0
          || !genesis_number_shape_read (&x, read[0].plain, read[0].n_plain)))
    return FALSE;
  return x.mantissa == y.mantissa && x.exponent == y.exponent && x.negative == y.negative;
}

/* Exact, but for numbers of more digits than a double has, which a real column rounds. */
static gboolean
are_same_number (const GenesisCsvCell *a, const GenesisCsvCell *b)
{
  GenesisNumberShape x, y;
  double u, v;

  if (!genesis_number_shape_read (&x, a->text, a->length)
      || !genesis_number_shape_read (&y, b->text, b->length))
    return amounts_equal (a, b);
  if (x.mantissa == y.mantissa && x.exponent == y.exponent && x.negative == y.negative)
    return TRUE;
  return x.mantissa >= G_GUINT64_CONSTANT (1000000000000000)
         && genesis_number_parse_real (a->text, a->length, &u)
         && genesis_number_parse_real (b->text, b->length, &v) && u == v;
}

static gboolean
is_missing (GenesisSchema *schema, guint field, const GenesisCsvCell *cell)
{
  return genesis_schema_is_missing_text (schema, field, cell->text, cell->length);
}

static int *
find_columns (GenesisCsvReader *in, GenesisSchema *schema)
{
  const char *const *header = genesis_csv_reader_get_header (in);
  guint n = genesis_schema_get_n_fields (schema);
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);
  int *columns = g_new0 (int, n);

  for (int i = 0; header[i] != NULL; i++)
    g_hash_table_insert (places, (gpointer)header[i], GINT_TO_POINTER (i + 1));
  for (guint i = 0; i < n; i++)
    {
      const char *name = genesis_field_get_name (genesis_schema_get_field (schema, i));

      columns[i] = GPOINTER_TO_INT (g_hash_table_lookup (places, name)) - 1;
      g_assert_cmpint (columns[i], >=, 0);
    }
  return columns;
}

static void
compare_cell (RoundTrip *self, const char *path, GenesisSchema *schema, guint field,
              const GenesisCsvCell *was, const GenesisCsvCell *is)
{
  const char *name = genesis_field_get_name (genesis_schema_get_field (schema, field));
  gboolean missing = is_missing (schema, field, was);

  if (was->length == is->length && memcmp (was->text, is->text, was->length) == 0)
    return;
  if (missing != is_missing (schema, field, is) || (!missing && !are_same_number (was, is)))
    g_error ("file '%s', row %" G_GUINT64_FORMAT ", column '%s' came back otherwise", path,
             self->n_rows, name);
  if (!g_ptr_array_find_with_equal_func (self->respelled, name, g_str_equal, NULL))
    g_ptr_array_add (self->respelled, g_strdup (name));
}

static void
compare (RoundTrip *self, const char *path, const GenesisCsvDialect *dialect, GBytes *written,
         GenesisSchema *schema)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisCsvReader) in = genesis_csv_reader_open_with_dialect (path, dialect, &error);
  g_autoptr (GenesisCsvReader) out = genesis_csv_reader_new_for_bytes (written, "written", &error);
  g_autofree int *columns = NULL;
  const GenesisCsvCell *was, *is;
  gsize n_was, n_is;

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_csv_reader_get_n_columns (out), ==,
                    genesis_schema_get_n_fields (schema));
  columns = find_columns (in, schema);
  while (genesis_csv_reader_next (out, &is, &n_is, &error) > 0)
    {
      self->n_rows++;
      g_assert_cmpint (genesis_csv_reader_next (in, &was, &n_was, &error), ==, 1);
      for (guint i = 0; i < n_is; i++)
        compare_cell (self, path, schema, i, &was[columns[i]], &is[i]);
    }
  g_assert_no_error (error);
  g_assert_cmpint (genesis_csv_reader_next (in, &was, &n_was, &error), ==, 0);
}

void
round_trip_check (RoundTrip *self, const char *path, const GenesisCsvDialect *dialect,
                  GenesisSchema *schema)
{
  g_autoptr (GenesisTable) table = load (path, dialect, schema);
  g_autoptr (GBytes) written = save (table);

  self->n_rows = 0;
  self->respelled = g_ptr_array_new_with_free_func (g_free);
  self->same_bytes = has_same_bytes (path, written);
  compare (self, path, dialect, written, schema);
  g_assert_cmpuint (self->n_rows, ==, genesis_table_get_n_rows (table));
}

void
round_trip_clear (RoundTrip *self)
{
  g_clear_pointer (&self->respelled, g_ptr_array_unref);
}
