/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-csv-writer.h>

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-cell-writer-private.h"
#include "data/genesis-csv-output-private.h"
#include "data/genesis-datetime-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-schema-private.h"
#include "data/genesis-table-private.h"

#define FLUSH_SIZE (512u * 1024u)
/* Room that every cell may use without asking: numbers, dates. */
#define SHORT_CELL 64u

/**
 * GenesisCsvWriter:
 * @extra_column: name of a last column of text, or %NULL
 * @begun: the header was written, so that nothing can be set any more
 *
 * Writes tables of one schema to a CSV file (RFC 4180, LF, a header row), chunk after chunk. The
 * file appears under its
 * name when genesis_csv_writer_close() succeeds; a writer that is let go before leaves nothing.
 */
struct _GenesisCsvWriter
{
  GObject parent_instance;

  GenesisCsvOutput *file;
  GenesisSchema *schema;
  char *extra_column;
  gboolean is_safe, begun;
  GenesisCsvCellWriter *cells;
  guint n_cells;
  char *buffer;
  gsize n, capacity;
};

G_DEFINE_FINAL_TYPE (GenesisCsvWriter, genesis_csv_writer, G_TYPE_OBJECT)

static inline void
reserve (GenesisCsvWriter *self, gsize n)
{
  if (self->n + n <= self->capacity)
    return;
  self->capacity = MAX (self->capacity * 2, self->n + n);
  self->buffer = g_realloc (self->buffer, self->capacity);
}

static inline void
put_bytes (GenesisCsvWriter *self, const char *text, gsize n)
{
  reserve (self, n + SHORT_CELL);
  memcpy (self->buffer + self->n, text, n);
  self->n += n;
}

static GenesisCsvSpellingKind
get_kind (GenesisCsvWriter *self)
{
  return self->is_safe ? GENESIS_CSV_SPELLING_SAFE : GENESIS_CSV_SPELLING_PLAIN;
}

static void
put_text (GenesisCsvWriter *self, const char *text, GenesisCsvSpellingKind kind)
{
  GenesisCsvSpelling spelling;

  genesis_csv_spelling_init (&spelling, text, kind);
  put_bytes (self, spelling.text, spelling.n);
  g_free (spelling.text);
}

static void
put_header (GenesisCsvWriter *self)
{
  GenesisCsvSpellingKind kind = get_kind (self) | GENESIS_CSV_SPELLING_NAME;

  for (guint i = 0; i < self->n_cells; i++)
    {
      if (i > 0)
        put_bytes (self, ",", 1);
      put_text (self, self->cells[i].field->name, kind);
    }
  if (self->extra_column != NULL)
    {
      if (self->n_cells > 0)
        put_bytes (self, ",", 1);
      put_text (self, self->extra_column, kind);
    }
  put_bytes (self, "\n", 1);
}

/* Everything is set: prepares the spellings and writes the header. */
static void
begin (GenesisCsvWriter *self)
{
  if (self->begun)
    return;
  self->begun = TRUE;
  for (guint i = 0; i < self->n_cells; i++)
    genesis_csv_cell_writer_init (&self->cells[i], genesis_schema_get_field (self->schema, i),
                                  get_kind (self),
                                  self->n_cells == 1 && self->extra_column == NULL);
  put_header (self);
}

static void
genesis_csv_writer_finalize (GObject *object)
{
  GenesisCsvWriter *self = GENESIS_CSV_WRITER (object);

  for (guint i = 0; i < self->n_cells; i++)
    genesis_csv_cell_writer_clear (&self->cells[i]);
  g_free (self->cells);
  g_free (self->buffer);
  g_clear_pointer (&self->file, genesis_csv_output_free);
  g_free (self->extra_column);
  g_clear_object (&self->schema);

  G_OBJECT_CLASS (genesis_csv_writer_parent_class)->finalize (object);
}

static void
genesis_csv_writer_class_init (GenesisCsvWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_csv_writer_finalize;
}

static void
genesis_csv_writer_init (GenesisCsvWriter *self)
{
  self->capacity = FLUSH_SIZE * 2;
  self->buffer = g_malloc (self->capacity);
}

/**
 * genesis_csv_writer_new:
 * @path: the file to write; it is replaced only by genesis_csv_writer_close(). A name that ends in
 *   ".gz" or ".zst" is packed
 * @schema: of every table that will be written
 * @extra_column: (nullable): name of a last column of text that is no part of the schema
 * @error: %GENESIS_ERROR_IO, or %GENESIS_ERROR_INVALID_CONFIG when the schema has a column of
 *   that name
 *
 * Begins a CSV file. Decimals, dates and categories are written as the schema spells them,
 * missing cells as each field
 * says.
 *
 * Returns: (transfer full): a writer
 */
GenesisCsvWriter *
genesis_csv_writer_new (const char *path, GenesisSchema *schema, const char *extra_column,
                        GError **error)
{
  g_autoptr (GenesisCsvWriter) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (GENESIS_IS_SCHEMA (schema), NULL);

  if (extra_column != NULL && genesis_schema_find_field (schema, extra_column) >= 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                   "the extra column '%s' is a column of the table already; choose another name",
                   extra_column);
      return NULL;
    }
  self = g_object_new (GENESIS_TYPE_CSV_WRITER, NULL);
  self->file = genesis_csv_output_new (path, error);
  if (self->file == NULL)
    return NULL;
  self->schema = g_object_ref (schema);
  self->extra_column = g_strdup (extra_column);
  self->n_cells = genesis_schema_get_n_fields (schema);
  self->cells = g_new0 (GenesisCsvCellWriter, self->n_cells);
  return g_steal_pointer (&self);
}

/**
 * genesis_csv_writer_set_safe:
 * @self: a writer that has written nothing yet
 * @safe: whether texts that a spreadsheet would run as a formula are written so that they stay text
 *
 * A text of two bytes or more that begins with '=', '+', '-', '@', a tab or a carriage return and
 * is no number is written in quotes with an apostrophe before it: categories, names of columns,
 * spellings of missing cells and the extra column. Numbers and dates are never touched. Whoever
 * reads the file back finds the apostrophe in the text.
 */
void
genesis_csv_writer_set_safe (GenesisCsvWriter *self, gboolean safe)
{
  g_return_if_fail (GENESIS_IS_CSV_WRITER (self));
  g_return_if_fail (!self->begun);

  self->is_safe = safe;
}

static gboolean
fail_value (const GenesisCsvCellWriter *cell, guint64 row, const char *problem, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "column '%s', row %" G_GUINT64_FORMAT ": %s; the table was filled wrongly",
               cell->field->name, row + 1, problem);
  return FALSE;
}

/* A number with currency or thousands may hold a comma. */
static gboolean
put_dressed (GenesisCsvWriter *self, const GenesisCsvCellWriter *cell, gconstpointer value)
{
  char buffer[GENESIS_FIELD_TEXT_MAX];
  gboolean quotes;
  gsize n;

  genesis_field_format (cell->field, value, buffer, &n);
  quotes = memchr (buffer, ',', n) != NULL;
  if (quotes)
    put_bytes (self, "\"", 1);
  put_bytes (self, buffer, n);
  if (quotes)
    put_bytes (self, "\"", 1);
  return TRUE;
}

/* The caller has reserved SHORT_CELL bytes. */
static inline gboolean
put_cell (GenesisCsvWriter *self, const GenesisCsvCellWriter *cell, guint64 row, GError **error)
{
  const GenesisColumn *column = cell->column;
  char *to = self->buffer + self->n;
  gint32 code;
  double real;

  if (!genesis_column_is_present (column, row))
    {
      put_bytes (self, cell->missing.text, cell->missing.n);
      return TRUE;
    }
  switch (cell->field->kind)
    {
    case GENESIS_FIELD_KIND_INTEGER:
      if (cell->field->style != NULL)
        return put_dressed (self, cell, (const gint64 *)column->values + row);
      self->n += genesis_number_format_decimal (((const gint64 *)column->values)[row],
                                                cell->field->decimals, to);
      return TRUE;
    case GENESIS_FIELD_KIND_REAL:
      real = ((const double *)column->values)[row];
      if (!isfinite (real))
        return fail_value (cell, row, "the value is not a number", error);
      if (cell->field->style != NULL)
        return put_dressed (self, cell, (const double *)column->values + row);
      self->n += genesis_number_format_real (real, to);
      return TRUE;
    case GENESIS_FIELD_KIND_DATETIME:
      self->n += genesis_datetime_format (cell->field->format,
                                          ((const gint64 *)column->values)[row]
                                              * MAX (cell->field->tick_us, 1),
                                          to);
      return TRUE;
    case GENESIS_FIELD_KIND_CATEGORY:
    case GENESIS_FIELD_KIND_BOOLEAN:
    default:
      code = ((const gint32 *)column->values)[row];
      if (code < 0 || (guint)code >= cell->field->n_categories)
        return fail_value (cell, row, "the code is none of the categories", error);
      put_bytes (self, cell->spellings[code].text, cell->spellings[code].n);
      return TRUE;
    }
}

static void
put_extra (GenesisCsvWriter *self, const char *text)
{
  if (self->n_cells > 0)
    put_bytes (self, ",", 1);
  if (text != NULL && *text != '\0')
    put_text (self, text, get_kind (self));
  else if (self->n_cells == 0)
    put_bytes (self, "\"\"", 2);
}

static gboolean
flush (GenesisCsvWriter *self, GError **error)
{
  gsize n = self->n;

  self->n = 0;
  return genesis_csv_output_write (self->file, self->buffer, n, error);
}

static gboolean
put_row (GenesisCsvWriter *self, guint64 row, const char *extra, GError **error)
{
  for (guint i = 0; i < self->n_cells; i++)
    {
      reserve (self, 2 * SHORT_CELL);
      if (i > 0)
        self->buffer[self->n++] = ',';
      if (!put_cell (self, &self->cells[i], row, error))
        return FALSE;
    }
  if (self->extra_column != NULL)
    put_extra (self, extra);
  put_bytes (self, "\n", 1);
  return self->n < FLUSH_SIZE || flush (self, error);
}

/**
 * genesis_csv_writer_write:
 * @self: a writer
 * @chunk: a table of the writer's schema
 * @extra_values: (nullable) (array): the extra column's text, one for each row of @chunk;
 *   required when there is an
 *   extra column
 * @error: %GENESIS_ERROR_SCHEMA_MISMATCH, %GENESIS_ERROR_INVALID_DATA or %GENESIS_ERROR_IO
 *
 * Appends the rows of a table.
 *
 * Returns: whether it went well
 */
gboolean
genesis_csv_writer_write (GenesisCsvWriter *self, GenesisTable *chunk,
                          const char *const *extra_values, GError **error)
{
  GenesisSchema *schema;

  g_return_val_if_fail (GENESIS_IS_CSV_WRITER (self), FALSE);
  g_return_val_if_fail (GENESIS_IS_TABLE (chunk), FALSE);
  g_return_val_if_fail (self->file != NULL, FALSE);
  g_return_val_if_fail ((self->extra_column != NULL) == (extra_values != NULL), FALSE);

  schema = genesis_table_get_schema (chunk);
  if (schema != self->schema && !genesis_schema_equal (schema, self->schema))
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                   "the table has another schema than the file that is being written; use one "
                   "writer a schema");
      return FALSE;
    }
  begin (self);
  for (guint i = 0; i < self->n_cells; i++)
    self->cells[i].column = genesis_table_get_column (chunk, i);
  for (guint64 row = 0; row < genesis_table_get_n_rows (chunk); row++)
    if (!put_row (self, row, extra_values != NULL ? extra_values[row] : NULL, error))
      return FALSE;
  return TRUE;
}

/**
 * genesis_csv_writer_close:
 * @self: a writer
 * @error: %GENESIS_ERROR_IO
 *
 * Writes what is left, makes it durable and gives the file its name. The writer cannot be used
 * after.
 *
 * Returns: whether the file is complete
 */
gboolean
genesis_csv_writer_close (GenesisCsvWriter *self, GError **error)
{
  g_autoptr (GenesisCsvOutput) file = NULL;

  g_return_val_if_fail (GENESIS_IS_CSV_WRITER (self), FALSE);
  g_return_val_if_fail (self->file != NULL, FALSE);

  begin (self);
  if (!flush (self, error))
    return FALSE;
  file = g_steal_pointer (&self->file);
  return genesis_csv_output_commit (file, error);
}
