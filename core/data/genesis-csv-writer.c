/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-csv-writer.h>

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-output-private.h"
#include "data/genesis-csv-cell-writer-private.h"
#include "data/genesis-schema-identifiers-private.h"
#include "data/genesis-schema-private.h"

#define FLUSH_SIZE (512u * 1024u)
/**
 * GenesisCsvWriter:
 * @extra_column: name of a last column of text, or %NULL
 * @mints: of the columns that are made anew, in order
 * @n_rows: written so far
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
  GenesisIdentifierMint *mints;
  guint n_mints;
  guint64 seed, n_rows;
  GenesisCsvText text;
};

G_DEFINE_FINAL_TYPE (GenesisCsvWriter, genesis_csv_writer, G_TYPE_OBJECT)

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
  genesis_csv_text_put (&self->text, spelling.text, spelling.n);
  g_free (spelling.text);
}

/* How many columns of any kind stand in a row. */
static guint
count_columns (GenesisCsvWriter *self)
{
  return self->n_cells + self->n_mints + (self->extra_column != NULL ? 1 : 0);
}

static void
separate (GenesisCsvWriter *self, gboolean *is_first)
{
  if (!*is_first)
    genesis_csv_text_put (&self->text, ",", 1);
  *is_first = FALSE;
}

static void
put_header (GenesisCsvWriter *self)
{
  GenesisCsvSpellingKind kind = get_kind (self) | GENESIS_CSV_SPELLING_NAME;
  gboolean is_first = TRUE;
  guint mint = 0;

  for (guint i = 0; i <= self->n_cells; i++)
    {
      for (; mint < self->n_mints && self->mints[mint].identifier->before == i; mint++)
        {
          separate (self, &is_first);
          put_text (self, self->mints[mint].identifier->name, kind);
        }
      if (i == self->n_cells)
        break;
      separate (self, &is_first);
      put_text (self, genesis_schema_get_field (self->schema, i)->name, kind);
    }
  if (self->extra_column != NULL)
    {
      separate (self, &is_first);
      put_text (self, self->extra_column, kind);
    }
  genesis_csv_text_put (&self->text, "\n", 1);
}

static void
prepare_mints (GenesisCsvWriter *self)
{
  GPtrArray *identifiers = genesis_schema_get_identifier_list (self->schema);

  self->n_mints = identifiers != NULL ? identifiers->len : 0;
  self->mints = g_new0 (GenesisIdentifierMint, self->n_mints);
  for (guint i = 0; i < self->n_mints; i++)
    genesis_identifier_mint_init (&self->mints[i], g_ptr_array_index (identifiers, i), self->seed);
}

/* Everything is set: prepares the spellings and writes the header. */
static void
begin (GenesisCsvWriter *self)
{
  if (self->begun)
    return;
  self->begun = TRUE;
  prepare_mints (self);
  for (guint i = 0; i < self->n_cells; i++)
    genesis_csv_cell_writer_init (&self->cells[i], genesis_schema_get_field (self->schema, i),
                                  get_kind (self), count_columns (self) == 1);
  put_header (self);
}

static void
genesis_csv_writer_finalize (GObject *object)
{
  GenesisCsvWriter *self = GENESIS_CSV_WRITER (object);

  for (guint i = 0; i < self->n_cells; i++)
    genesis_csv_cell_writer_clear (&self->cells[i]);
  g_free (self->cells);
  g_free (self->mints);
  g_free (self->text.text);
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
  genesis_csv_text_reserve (&self->text, FLUSH_SIZE * 2);
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

  if (extra_column != NULL
      && (genesis_schema_find_field (schema, extra_column) >= 0
          || genesis_schema_find_identifier (schema, extra_column) >= 0))
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

/**
 * genesis_csv_writer_set_seed:
 * @self: a writer that has written nothing yet
 * @seed: any number; 0 unless it is set
 *
 * Identifiers that the schema has made anew are a function of this seed and the row's number: the
 * same seed gives the same ones, another seed others.
 */
void
genesis_csv_writer_set_seed (GenesisCsvWriter *self, guint64 seed)
{
  g_return_if_fail (GENESIS_IS_CSV_WRITER (self));
  g_return_if_fail (!self->begun);

  self->seed = seed;
}

static void
put_extra (GenesisCsvWriter *self, const char *text)
{
  if (text != NULL && *text != '\0')
    put_text (self, text, get_kind (self));
  else if (count_columns (self) == 1)
    genesis_csv_text_put (&self->text, "\"\"", 2);
}

/* The identifiers that stand before the field i. */
static guint
put_identifiers (GenesisCsvWriter *self, guint mint, guint i, gboolean *is_first)
{
  for (; mint < self->n_mints && self->mints[mint].identifier->before == i; mint++)
    {
      separate (self, is_first);
      genesis_csv_text_reserve (&self->text, GENESIS_CSV_SHORT_CELL);
      self->text.n += genesis_identifier_mint_write (&self->mints[mint], self->n_rows,
                                                     self->text.text + self->text.n);
    }
  return mint;
}

static gboolean
flush (GenesisCsvWriter *self, GError **error)
{
  gsize n = self->text.n;

  self->text.n = 0;
  return genesis_csv_output_write (self->file, self->text.text, n, error);
}

static gboolean
put_row (GenesisCsvWriter *self, guint64 row, const char *extra, GError **error)
{
  gboolean is_first = TRUE;
  guint mint = 0;

  for (guint i = 0; i < self->n_cells; i++)
    {
      mint = put_identifiers (self, mint, i, &is_first);
      separate (self, &is_first);
      if (!genesis_csv_cell_writer_put (&self->cells[i], row, &self->text, error))
        return FALSE;
    }
  put_identifiers (self, mint, self->n_cells, &is_first);
  if (self->extra_column != NULL)
    {
      separate (self, &is_first);
      put_extra (self, extra);
    }
  genesis_csv_text_put (&self->text, "\n", 1);
  self->n_rows++;
  return self->text.n < FLUSH_SIZE || flush (self, error);
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
  if (!genesis_schema_check_identifiers (self->schema,
                                         self->n_rows + genesis_table_get_n_rows (chunk), error))
    return FALSE;
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
