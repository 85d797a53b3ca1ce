/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-splitter-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#define FIRST_CAPACITY (64u * 1024u)

/* A message names a column with a longer name by its number. */
#define MAX_PLACE_NAME 256u

typedef enum
{
  SPLIT_DONE,
  SPLIT_NEEDS_MORE,
  SPLIT_FAILED
} Split;

void
genesis_csv_splitter_init (GenesisCsvSplitter *self, GenesisCsvDecoder *input,
                           const GenesisCsvDialect *dialect)
{
  self->input = input;
  self->quote = dialect->quote;
  self->strips_blanks = dialect->strips_blanks;
  self->comment = g_strdup (dialect->comment);
  self->n_comment = dialect->comment != NULL ? strlen (dialect->comment) : 0;
  self->capacity = FIRST_CAPACITY;
  self->buffer = g_malloc0 (self->capacity + GENESIS_CSV_SCAN_PADDING);
  self->max_cells = 64;
  self->cells = g_new0 (GenesisCsvCell, self->max_cells);
  self->escaped = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->line = self->next_line = 1;
  genesis_csv_splitter_set_delimiter (self, dialect->delimiter);
}

void
genesis_csv_splitter_set_delimiter (GenesisCsvSplitter *self, char delimiter)
{
  self->delimiter = delimiter;
  self->scan.delimiter = delimiter;
  genesis_csv_scan_start (&self->scan, self->buffer + self->at);
}

void
genesis_csv_splitter_clear (GenesisCsvSplitter *self)
{
  genesis_csv_decoder_free (self->input);
  g_free (self->comment);
  g_clear_pointer (&self->escaped, g_array_unref);
  g_strfreev (self->names);
  g_free (self->cells);
  g_free (self->buffer);
}

char *
genesis_csv_splitter_dup_place (GenesisCsvSplitter *self, gsize column)
{
  const char *file = genesis_csv_decoder_get_name (self->input);

  if (column < self->n_names && self->names[column][0] != '\0'
      && strlen (self->names[column]) <= MAX_PLACE_NAME)
    return g_strdup_printf ("file '%s', line %" G_GUINT64_FORMAT ", column '%s': ", file,
                            self->line, self->names[column]);
  return g_strdup_printf ("file '%s', line %" G_GUINT64_FORMAT ", column %" G_GSIZE_FORMAT ": ",
                          file, self->line, column + 1);
}

void
genesis_csv_splitter_set_error (GenesisCsvSplitter *self, gsize column, const char *what,
                                GError **error)
{
  g_autofree char *place = genesis_csv_splitter_dup_place (self, column);

  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA, "%s%s", place, what);
}

static inline gboolean
is_break (char c)
{
  return c == '\n' || c == '\r';
}

/* The header may have any number of cells; of a record those beyond its width are only counted. */
static inline void
keep_cell (GenesisCsvSplitter *self, const char *text, gsize length, gboolean quoted)
{
  if (self->n_cells == self->max_cells && self->names == NULL
      && self->max_cells < GENESIS_CSV_MAX_COLUMNS)
    {
      self->max_cells *= 2;
      self->cells = g_renew (GenesisCsvCell, self->cells, self->max_cells);
    }
  if (self->n_cells < self->max_cells)
    self->cells[self->n_cells] = (GenesisCsvCell){ text, length, quoted };
  self->n_cells++;
}

/* Line breaks in a cell: LF, CRLF or CR. */
static guint64
count_breaks (const char *text, gsize n)
{
  guint64 count = 0;

  for (gsize i = 0; i < n; i++)
    count += text[i] == '\n' || (text[i] == '\r' && (i + 1 == n || text[i + 1] != '\n'));
  return count;
}

static inline gboolean
is_blank (const GenesisCsvSplitter *self, char c)
{
  return (c == ' ' || c == '\t') && c != self->delimiter;
}

static const char *
skip_blanks (const GenesisCsvSplitter *self, const char *p, const char *end)
{
  while (p < end && is_blank (self, *p))
    p++;
  return p;
}

/* The quote that opens the cell at @p, or NULL. Behind blanks one opens it only where they are no
   part of the cell (RFC 4180 keeps them, and the quotes with them). */
static inline const char *
find_opening (GenesisCsvSplitter *self, const char *p, const char *end)
{
  const char *behind;

  if (self->quote == 0)
    return NULL;
  if (*p == self->quote)
    return p;
  if (G_LIKELY (!is_blank (self, *p)))
    return NULL;
  behind = skip_blanks (self, p, end);
  if (behind == end || *behind != self->quote)
    return NULL;
  self->n_blank_quotes += !self->strips_blanks;
  return self->strips_blanks ? behind : NULL;
}

static Split
fail_open_quote (GenesisCsvSplitter *self, GError **error)
{
  genesis_csv_splitter_set_error (
      self, self->n_cells,
      "a quote is opened here and never closed; close it or double the quotes inside", error);
  return SPLIT_FAILED;
}

/* What follows a closing quote and ends no cell is at @stop. */
static Split
fail_text_behind (GenesisCsvSplitter *self, const char *stop, const char *end, GError **error)
{
  const char *next = skip_blanks (self, stop, end);
  gboolean is_blank_alone = next == end || *next == self->delimiter || is_break (*next);

  genesis_csv_splitter_set_error (
      self, self->n_cells,
      is_blank_alone
          ? "a blank follows a closing quote; take it out, or set blanks to 'strip'"
          : "text follows a closing quote; quote the whole cell and double the quotes inside",
      error);
  return SPLIT_FAILED;
}

/* The cell begins at the quote @p; *stop becomes the byte behind its closing quote. */
static Split
split_quoted_cell (GenesisCsvSplitter *self, const char *p, const char *end, const char **stop,
                   GError **error)
{
  const char *from = p + 1, *close = from;
  gboolean escaped = FALSE;

  while (TRUE)
    {
      close = memchr (close, self->quote, (gsize)(end - close));
      if (close == NULL)
        return self->input_ended ? fail_open_quote (self, error) : SPLIT_NEEDS_MORE;
      if (close + 1 == end && !self->input_ended)
        return SPLIT_NEEDS_MORE;
      if (close[1] != self->quote)
        break;
      escaped = TRUE;
      close += 2;
    }
  *stop = self->strips_blanks ? skip_blanks (self, close + 1, end) : close + 1;
  if (*stop < end && **stop != self->delimiter && !is_break (**stop))
    return fail_text_behind (self, *stop, end, error);
  self->next_line += count_breaks (from, (gsize)(close - from));
  keep_cell (self, from, (gsize)(close - from), TRUE);
  if (escaped && self->n_cells <= self->max_cells)
    {
      gsize column = self->n_cells - 1;

      g_array_append_val (self->escaped, column);
    }
  genesis_csv_scan_start (&self->scan, *stop);
  return SPLIT_DONE;
}

/* The record's last cell ends at @stop: steps over its line break. */
static Split
end_record (GenesisCsvSplitter *self, const char *stop, const char *end)
{
  const char *next = stop;

  if (next < end)
    {
      next++;
      if (*stop == '\r')
        {
          if (next == end && !self->input_ended)
            return SPLIT_NEEDS_MORE;
          if (*next == '\n')
            genesis_csv_scan_start (&self->scan, ++next);
        }
      self->next_line++;
    }
  self->at = (gsize)(next - self->buffer);
  return SPLIT_DONE;
}

/* Splits the record at at; touches no byte, so that it can begin again after a refill. */
static Split
split_record (GenesisCsvSplitter *self, GError **error)
{
  const char *p = self->buffer + self->at, *end = self->buffer + self->end;

  self->n_cells = 0;
  self->n_blank_quotes = 0;
  self->quote_is_open = FALSE;
  self->next_line = self->line;
  g_array_set_size (self->escaped, 0);
  while (TRUE)
    {
      const char *opening = find_opening (self, p, end), *stop;

      if (opening != NULL)
        {
          Split split = split_quoted_cell (self, opening, end, &stop, error);

          if (split != SPLIT_DONE)
            {
              self->quote_is_open = TRUE;
              return split;
            }
          if (stop < end)
            genesis_csv_scan_next (&self->scan, end); /* stop itself */
        }
      else
        {
          stop = genesis_csv_scan_next (&self->scan, end);
          keep_cell (self, p, (gsize)(stop - p), FALSE);
        }
      if (stop == end && !self->input_ended)
        return SPLIT_NEEDS_MORE;
      if (stop == end || *stop != self->delimiter)
        return end_record (self, stop, end);
      p = stop + 1;
    }
}

/* The record at at goes on with bytes that are no text. */
static gboolean
fail_decoding (GenesisCsvSplitter *self, gsize column, GError **error)
{
  g_autofree char *what = NULL;

  what = g_strdup_printf ("the bytes are not %s; set the encoding in which the file was written",
                          genesis_csv_decoder_get_encoding (self->input));
  self->line = self->next_line + count_breaks (self->buffer + self->at, self->end - self->at);
  genesis_csv_splitter_set_error (self, column, what, error);
  return FALSE;
}

gboolean
genesis_csv_splitter_at_end (GenesisCsvSplitter *self, gboolean *at_end, GError **error)
{
  if (!genesis_csv_splitter_hold (self, 1, error))
    return FALSE;
  *at_end = self->at == self->end;
  return !*at_end || !self->no_text || fail_decoding (self, 0, error);
}

/* Begins the record again after every refill. */
gboolean
genesis_csv_splitter_next (GenesisCsvSplitter *self, GError **error)
{
  self->line = self->next_line;
  while (TRUE)
    {
      gsize from = self->at;
      Split split = split_record (self, error);

      if (split == SPLIT_FAILED)
        return FALSE;
      self->record = self->buffer + from;
      self->length = (split == SPLIT_DONE ? self->at : self->end) - from;
      if (self->length > GENESIS_CSV_MAX_RECORD)
        {
          genesis_csv_splitter_set_error (
              self, self->n_cells,
              "the record is longer than 8 MiB; look for a quote that is not closed", error);
          return FALSE;
        }
      if (split == SPLIT_DONE)
        return TRUE;
      if (self->no_text)
        {
          self->next_line = self->line;
          return fail_decoding (self, self->n_cells - (self->quote_is_open ? 0 : 1), error);
        }
      if (!genesis_csv_splitter_refill (self, error))
        return FALSE;
    }
}

void
genesis_csv_splitter_unescape (GenesisCsvSplitter *self)
{
  for (guint i = 0; i < self->escaped->len; i++)
    {
      GenesisCsvCell *cell = &self->cells[g_array_index (self->escaped, gsize, i)];
      char *to = self->buffer + (cell->text - self->buffer);
      gsize n = 0;

      for (gsize from = 0; from < cell->length; from++)
        {
          to[n++] = cell->text[from];
          from += cell->text[from] == self->quote;
        }
      cell->length = n;
    }
}
