/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-reader-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-cell-rules-private.h"
#include "data/genesis-csv-delimiter-private.h"
#include "data/genesis-csv-header-private.h"
#include "data/genesis-csv-splitter-private.h"

/**
 * GenesisCsvReader:
 * @is_split: the first record is split and not given yet: there is no header row
 * @n_blank, @blank_line: blank lines before the next record, and the first one's number
 */
struct _GenesisCsvReader
{
  GenesisCsvDialect *dialect;
  GenesisCsvSplitter splitter;
  gboolean is_split;
  guint64 n_blank, blank_line;
  GenesisCsvOddities oddities;
};

char *
genesis_csv_reader_dup_place (GenesisCsvReader *self, guint column)
{
  return genesis_csv_splitter_dup_place (&self->splitter, column);
}

static gboolean
check_text (GenesisCsvSplitter *splitter, GError **error)
{
  const char *bad;
  gsize column = 0;

  if (!splitter->suspicious || g_utf8_validate_len (splitter->record, splitter->length, &bad))
    return TRUE;
  while (column + 1 < MIN (splitter->n_cells, splitter->max_cells)
         && splitter->cells[column + 1].text <= bad)
    column++;
  genesis_csv_splitter_set_error (
      splitter, column,
      *bad == '\0' ? "a NUL byte; remove it, or set the encoding if the file is UTF-16"
                   : "the text is not UTF-8; set the encoding in which the file was written, as "
                     "latin-1 or windows-1252",
      error);
  return FALSE;
}

static gboolean
check_width (GenesisCsvSplitter *splitter, GError **error)
{
  const char *todo = "complete the row, or quote the cell that holds the delimiter";

  if (splitter->n_cells == splitter->n_names)
    return TRUE;
  if (splitter->n_blank_quotes > 0)
    todo = "a blank stands before a quote: take it out, or set blanks to 'strip'";
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "file '%s', line %" G_GUINT64_FORMAT ", column %" G_GSIZE_FORMAT
               ": the record has %" G_GSIZE_FORMAT " cells where the header names %u; %s",
               genesis_csv_decoder_get_name (splitter->input), splitter->line,
               MIN (splitter->n_cells, splitter->n_names) + 1, splitter->n_cells, splitter->n_names,
               todo);
  return FALSE;
}

static inline gboolean
at_line_break (const GenesisCsvSplitter *splitter)
{
  char first = splitter->buffer[splitter->at];

  return splitter->at < splitter->end && (first == '\n' || first == '\r');
}

static gboolean
skip_blank_line (GenesisCsvReader *self, GError **error)
{
  GenesisCsvSplitter *splitter = &self->splitter;

  if (!genesis_csv_splitter_hold (splitter, 2, error))
    return FALSE;
  if (self->n_blank == 0)
    self->blank_line = splitter->next_line;
  genesis_csv_splitter_skip (splitter,
                             memcmp (splitter->buffer + splitter->at, "\r\n", 2) == 0 ? 2 : 1);
  splitter->next_line++;
  self->n_blank++;
  return TRUE;
}

/* Steps over lines of comment, and over blank lines, which are counted. */
static gboolean
skip_lines (GenesisCsvReader *self, GError **error)
{
  GenesisCsvSplitter *splitter = &self->splitter;
  gboolean at_comment;

  while (TRUE)
    {
      if (!genesis_csv_splitter_hold (splitter, 1, error)
          || !genesis_csv_splitter_at_comment (splitter, &at_comment, error))
        return FALSE;
      if (at_comment)
        {
          if (!genesis_csv_splitter_skip_line (splitter, error))
            return FALSE;
        }
      else if (!at_line_break (splitter))
        return TRUE;
      else if (!skip_blank_line (self, error))
        return FALSE;
    }
}

/* One of the blank lines before the next record: an empty cell where a record has one cell. */
static int
give_blank_line (GenesisCsvReader *self, GError **error)
{
  GenesisCsvSplitter *splitter = &self->splitter;

  splitter->line = self->blank_line++;
  if (splitter->n_names != 1)
    {
      genesis_csv_splitter_set_error (splitter, 0, "a blank line inside the table; remove it",
                                      error);
      return -1;
    }
  self->n_blank--;
  splitter->cells[0] = (GenesisCsvCell){ "", 0, FALSE, FALSE };
  return 1;
}

static void
note_blank_quotes (GenesisCsvReader *self)
{
  const GenesisCsvOddities record = { 0, self->splitter.n_blank_quotes, self->splitter.line };

  genesis_csv_oddities_merge (&self->oddities, &record);
}

/* The last record that was split, once it is known to be one. */
static int
give_record (GenesisCsvReader *self, GError **error)
{
  GenesisCsvSplitter *splitter = &self->splitter;

  if (!check_text (splitter, error) || !check_width (splitter, error))
    return -1;
  if (G_UNLIKELY (splitter->n_blank_quotes > 0))
    note_blank_quotes (self);
  genesis_csv_splitter_unescape (splitter);
  if (genesis_csv_cell_rules_needed (self->dialect))
    genesis_csv_cell_rules_apply (self->dialect, splitter->cells, splitter->n_cells);
  return 1;
}

/**
 * genesis_csv_reader_next:
 * @cells: (out): the record's cells, valid until the next call
 * @n: (out): how many: the width of the header
 *
 * Returns: 1 with a record, 0 at the end, -1 with @error set
 */
int
genesis_csv_reader_next (GenesisCsvReader *self, const GenesisCsvCell **cells, gsize *n,
                         GError **error)
{
  GenesisCsvSplitter *splitter = &self->splitter;
  gboolean at_end;

  *cells = splitter->cells;
  *n = splitter->n_names;
  if (self->is_split)
    {
      self->is_split = FALSE;
      return give_record (self, error);
    }
  if (!skip_lines (self, error) || !genesis_csv_splitter_at_end (splitter, &at_end, error))
    return -1;
  if (at_end)
    return 0;
  if (self->n_blank > 0)
    return give_blank_line (self, error);
  return genesis_csv_splitter_next (splitter, error) ? give_record (self, error) : -1;
}

/* "sep=;" before the table, unless the dialect says another delimiter. */
static gboolean
read_declaration (GenesisCsvReader *self, GError **error)
{
  GenesisCsvSplitter *splitter = &self->splitter;
  g_autoptr (GenesisCsvDialect) declared = genesis_csv_dialect_copy (self->dialect);
  char sign[2] = { 0 };

  if (!genesis_csv_splitter_hold (splitter, GENESIS_CSV_DELIMITER_DECLARATION, error))
    return FALSE;
  if (genesis_csv_delimiter_find_declared (splitter->buffer + splitter->at,
                                           splitter->end - splitter->at, self->dialect->quote, sign)
          == 0
      || (self->dialect->delimiter != 0 && self->dialect->delimiter != *sign)
      || !genesis_csv_dialect_set (declared, "delimiter", sign, NULL))
    return TRUE;
  self->oddities.declared = *sign;
  genesis_csv_splitter_set_delimiter (splitter, *sign);
  return genesis_csv_splitter_skip_line (splitter, error);
}

static gboolean
find_delimiter (GenesisCsvReader *self, GError **error)
{
  GenesisCsvSplitter *splitter = &self->splitter;
  const gsize sample = GENESIS_CSV_DELIMITER_SAMPLE;
  gsize held;

  if (self->dialect->delimiter != 0 || self->oddities.declared != 0)
    return TRUE;
  if (!genesis_csv_splitter_hold (splitter, sample, error))
    return FALSE;
  held = splitter->end - splitter->at;
  genesis_csv_splitter_set_delimiter (
      splitter, genesis_csv_delimiter_find (splitter->buffer + splitter->at, MIN (held, sample),
                                            held < sample && splitter->input_ended, self->dialect));
  return TRUE;
}

static gboolean
check_first_line (GenesisCsvReader *self, GError **error)
{
  GenesisCsvSplitter *splitter = &self->splitter;
  const char *problem = NULL;
  gboolean at_end;

  if (!skip_lines (self, error) || !genesis_csv_splitter_at_end (splitter, &at_end, error))
    return FALSE;
  if (self->n_blank > 0 && !at_end)
    problem = "the first line is blank; remove it, for a table begins with its header row";
  else if (at_end)
    problem = "the file is empty; it needs a header row with the names of the columns";
  if (problem != NULL)
    genesis_csv_splitter_set_error (splitter, 0, problem, error);
  self->n_blank = 0;
  return problem == NULL;
}

static gboolean
read_header (GenesisCsvReader *self, GError **error)
{
  GenesisCsvSplitter *splitter = &self->splitter;

  if (!read_declaration (self, error) || !find_delimiter (self, error)
      || !check_first_line (self, error) || !genesis_csv_splitter_next (splitter, error)
      || !genesis_csv_header_check_width (splitter, error) || !check_text (splitter, error))
    return FALSE;
  self->is_split = !self->dialect->has_header;
  if (!self->is_split)
    note_blank_quotes (self);
  return genesis_csv_header_take (splitter, self->dialect, error);
}

/* Takes input, which may be NULL with @error set. */
static GenesisCsvReader *
reader_new (GenesisCsvInput *input, GenesisCsvDialect *dialect, GError **error)
{
  g_autoptr (GenesisCsvDialect) own = dialect;
  g_autoptr (GenesisCsvReader) self = NULL;
  GenesisCsvDecoder *decoder;

  if (input == NULL)
    return NULL;
  decoder = genesis_csv_decoder_new (input, dialect->encoding, error);
  if (decoder == NULL)
    return NULL;
  self = g_new0 (GenesisCsvReader, 1);
  self->dialect = g_steal_pointer (&own);
  genesis_csv_splitter_init (&self->splitter, decoder, self->dialect);
  return read_header (self, error) ? g_steal_pointer (&self) : NULL;
}

static GenesisCsvDialect *
copy_dialect (const GenesisCsvDialect *dialect)
{
  return dialect != NULL ? genesis_csv_dialect_copy (dialect) : genesis_csv_dialect_new ();
}

/* Reads the header row too. NULL with GENESIS_ERROR_NOT_FOUND, GENESIS_ERROR_IO, or
   GENESIS_ERROR_INVALID_DATA for a header that cannot be used. */
GenesisCsvReader *
genesis_csv_reader_open_with_dialect (const char *path, const GenesisCsvDialect *dialect,
                                      GError **error)
{
  GenesisCsvDialect *own = copy_dialect (dialect);

  return reader_new (genesis_csv_input_open (path, own->packing, error), own, error);
}

GenesisCsvReader *
genesis_csv_reader_open (const char *path, GError **error)
{
  return genesis_csv_reader_open_with_dialect (path, NULL, error);
}

/* The same on bytes in memory; @name stands for the path in messages. */
GenesisCsvReader *
genesis_csv_reader_new_for_bytes_with_dialect (GBytes *bytes, const char *name,
                                               const GenesisCsvDialect *dialect, GError **error)
{
  GenesisCsvDialect *own = copy_dialect (dialect);

  return reader_new (genesis_csv_input_new_for_bytes (bytes, name, own->packing, error), own,
                     error);
}

GenesisCsvReader *
genesis_csv_reader_new_for_bytes (GBytes *bytes, const char *name, GError **error)
{
  return genesis_csv_reader_new_for_bytes_with_dialect (bytes, name, NULL, error);
}

void
genesis_csv_reader_free (GenesisCsvReader *self)
{
  if (self == NULL)
    return;
  genesis_csv_splitter_clear (&self->splitter);
  genesis_csv_dialect_free (self->dialect);
  g_free (self);
}

const char *
genesis_csv_reader_get_name (GenesisCsvReader *self)
{
  return genesis_csv_decoder_get_name (self->splitter.input);
}

const char *const *
genesis_csv_reader_get_header (GenesisCsvReader *self)
{
  return (const char *const *)self->splitter.names;
}

guint
genesis_csv_reader_get_n_columns (GenesisCsvReader *self)
{
  return self->splitter.n_names;
}

guint64
genesis_csv_reader_get_line (GenesisCsvReader *self)
{
  return self->splitter.line;
}

const GenesisCsvOddities *
genesis_csv_reader_get_oddities (GenesisCsvReader *self)
{
  return &self->oddities;
}

GenesisCsvDialect *
genesis_csv_reader_dup_dialect (GenesisCsvReader *self)
{
  GenesisCsvDialect *found = genesis_csv_dialect_copy (self->dialect);

  found->delimiter = self->splitter.delimiter;
  g_free (found->encoding);
  found->encoding = g_strdup (genesis_csv_decoder_get_encoding (self->splitter.input));
  found->packing = genesis_csv_decoder_get_packing (self->splitter.input);
  return found;
}
