/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-reader-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-input-private.h"
#include "data/genesis-csv-scan-private.h"

#define FIRST_CAPACITY (512u * 1024u)

/**
 * GenesisCsvReader:
 * @buffer: bytes [at, end) are unread, and GENESIS_CSV_SCAN_PADDING zeros follow them
 * @suspicious: some held byte is not ASCII or is NUL, so records must be validated
 * @cells: of the record being split; those beyond the header's width are counted but not kept
 * @escaped: which cells hold doubled quotes
 * @n_blank: blank lines before the record at @at
 */
struct _GenesisCsvReader
{
  GenesisCsvInput *input;
  char *buffer;
  gsize capacity, at, end;
  gboolean input_ended, suspicious;
  GenesisCsvScan scan;
  GenesisCsvCell *cells;
  gsize n_cells, max_cells;
  GArray *escaped;
  char **header;
  guint n_columns;
  guint64 line, next_line, n_blank;
};

typedef enum
{
  SPLIT_DONE,
  SPLIT_NEEDS_MORE,
  SPLIT_FAILED
} Split;

/**
 * genesis_csv_reader_dup_place:
 *
 * Returns: (transfer full): the beginning of a message about a cell of the last record
 */
char *
genesis_csv_reader_dup_place (GenesisCsvReader *self, guint column)
{
  const char *name = genesis_csv_input_get_name (self->input);

  if (self->header != NULL && column < self->n_columns)
    return g_strdup_printf ("file '%s', line %" G_GUINT64_FORMAT ", column '%s': ", name,
                            self->line, self->header[column]);
  return g_strdup_printf ("file '%s', line %" G_GUINT64_FORMAT ", column %u: ", name, self->line,
                          column + 1);
}

static void
set_cell_error (GenesisCsvReader *self, gsize column, const char *what, GError **error)
{
  g_autofree char *place = genesis_csv_reader_dup_place (self, (guint)column);

  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA, "%s%s", place, what);
}

/* True when a byte is NUL or not ASCII. */
static gboolean
has_suspicious_bytes (const char *p, gsize n)
{
  const guint8 *bytes = (const guint8 *)p;
  guint8 high = 0, zero = 0;

  for (gsize i = 0; i < n; i++)
    {
      high |= bytes[i];
      zero |= bytes[i] == 0;
    }
  return (high & 0x80) != 0 || zero != 0;
}

/* Moves the unread bytes to the front and reads more behind them; the buffer grows when they fill half of it. */
static gboolean
refill (GenesisCsvReader *self, GError **error)
{
  gsize held = self->end - self->at;
  gssize got;

  memmove (self->buffer, self->buffer + self->at, held);
  self->at = 0;
  self->end = held;
  if (held > self->capacity / 2)
    {
      self->capacity *= 2;
      self->buffer = g_realloc (self->buffer, self->capacity + GENESIS_CSV_SCAN_PADDING);
    }
  got = genesis_csv_input_read (self->input, self->buffer + held, self->capacity - held, error);
  if (got < 0)
    return FALSE;
  self->end += (gsize)got;
  self->input_ended = got == 0;
  memset (self->buffer + self->end, 0, GENESIS_CSV_SCAN_PADDING);
  self->suspicious =
      (held > 0 && self->suspicious) || has_suspicious_bytes (self->buffer + held, (gsize)got);
  genesis_csv_scan_start (&self->scan, self->buffer);
  return TRUE;
}

static inline void
keep_cell (GenesisCsvReader *self, const char *text, gsize length, gboolean quoted)
{
  if (self->n_cells == self->max_cells && self->header == NULL
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

static Split
fail_open_quote (GenesisCsvReader *self, GError **error)
{
  set_cell_error (self, self->n_cells,
                  "a quote is opened here and never closed; close it or double the quotes inside",
                  error);
  return SPLIT_FAILED;
}

/* The cell begins at the quote @p; *stop becomes the byte behind its closing quote. */
static Split
split_quoted_cell (GenesisCsvReader *self, const char *p, const char *end, const char **stop,
                   GError **error)
{
  const char *from = p + 1, *close = from;
  gboolean escaped = FALSE;

  while (TRUE)
    {
      close = memchr (close, '"', (gsize)(end - close));
      if (close == NULL)
        return self->input_ended ? fail_open_quote (self, error) : SPLIT_NEEDS_MORE;
      if (close + 1 == end && !self->input_ended)
        return SPLIT_NEEDS_MORE;
      if (close[1] != '"')
        break;
      escaped = TRUE;
      close += 2;
    }
  *stop = close + 1;
  if (*stop < end && **stop != ',' && **stop != '\n' && **stop != '\r')
    {
      set_cell_error (
          self, self->n_cells,
          "text follows a closing quote; quote the whole cell and double the quotes inside", error);
      return SPLIT_FAILED;
    }
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
end_record (GenesisCsvReader *self, const char *stop, const char *end)
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

/* Splits the record at self->at; touches no byte, so that it can begin again after a refill. */
static Split
split_record (GenesisCsvReader *self, GError **error)
{
  const char *p = self->buffer + self->at, *end = self->buffer + self->end;

  self->n_cells = 0;
  self->next_line = self->line;
  g_array_set_size (self->escaped, 0);
  while (TRUE)
    {
      const char *stop;

      if (*p == '"')
        {
          Split split = split_quoted_cell (self, p, end, &stop, error);

          if (split != SPLIT_DONE)
            return split;
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
      if (stop == end || *stop != ',')
        return end_record (self, stop, end);
      p = stop + 1;
    }
}

/* Splits the next record, reading more of the file as it needs. */
static gboolean
split_next (GenesisCsvReader *self, gsize *length, GError **error)
{
  while (TRUE)
    {
      gsize from = self->at;
      Split split = split_record (self, error);

      *length = split == SPLIT_DONE ? self->at - from : self->end - from;
      if (split == SPLIT_FAILED)
        return FALSE;
      if (split == SPLIT_DONE && *length <= GENESIS_CSV_MAX_RECORD)
        return TRUE;
      if (*length > GENESIS_CSV_MAX_RECORD)
        {
          set_cell_error (self, self->n_cells,
                          "the record is longer than 8 MiB; look for a quote that is not closed",
                          error);
          return FALSE;
        }
      if (!refill (self, error))
        return FALSE;
    }
}

static void
unescape_cells (GenesisCsvReader *self)
{
  for (guint i = 0; i < self->escaped->len; i++)
    {
      GenesisCsvCell *cell = &self->cells[g_array_index (self->escaped, gsize, i)];
      char *to = self->buffer + (cell->text - self->buffer);
      gsize n = 0;

      for (gsize from = 0; from < cell->length; from++)
        {
          to[n++] = cell->text[from];
          from += cell->text[from] == '"';
        }
      cell->length = n;
    }
}

static gboolean
check_text (GenesisCsvReader *self, const char *record, gsize n, GError **error)
{
  const char *bad;
  gsize column = 0;

  if (!self->suspicious || g_utf8_validate_len (record, n, &bad))
    return TRUE;
  while (column + 1 < MIN (self->n_cells, self->max_cells) && self->cells[column + 1].text <= bad)
    column++;
  set_cell_error (self, column,
                  *bad == '\0'
                      ? "a NUL byte; remove it, or convert the file to UTF-8 if it is UTF-16"
                      : "the text is not UTF-8; convert the file to UTF-8",
                  error);
  return FALSE;
}

static gboolean
check_width (GenesisCsvReader *self, GError **error)
{
  if (self->n_cells == self->n_columns)
    return TRUE;
  g_set_error (
      error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
      "file '%s', line %" G_GUINT64_FORMAT ", column %" G_GSIZE_FORMAT
      ": the record has %" G_GSIZE_FORMAT
      " cells where the header names %u; complete the row, or quote the cell that holds a comma",
      genesis_csv_reader_get_name (self), self->line, MIN (self->n_cells, self->n_columns) + 1,
      self->n_cells, self->n_columns);
  return FALSE;
}

/* Makes sure that a byte can be looked at, and two when the first is a CR. */
static gboolean
look_ahead (GenesisCsvReader *self, GError **error)
{
  while (
      !self->input_ended
      && (self->at == self->end || (self->at + 1 == self->end && self->buffer[self->at] == '\r')))
    if (!refill (self, error))
      return FALSE;
  return TRUE;
}

/* Steps over blank lines and counts them. */
static gboolean
skip_blank_lines (GenesisCsvReader *self, GError **error)
{
  gboolean skipped = FALSE;

  while (TRUE)
    {
      if (!look_ahead (self, error))
        return FALSE;
      if (self->at == self->end
          || (self->buffer[self->at] != '\n' && self->buffer[self->at] != '\r'))
        break;
      self->at += self->buffer[self->at] == '\r' && self->buffer[self->at + 1] == '\n' ? 2 : 1;
      self->n_blank++;
      self->next_line++;
      skipped = TRUE;
    }
  if (skipped)
    genesis_csv_scan_start (&self->scan, self->buffer + self->at);
  return TRUE;
}

/* Blank lines lie before the record at self->at. */
static int
give_blank_line (GenesisCsvReader *self, GError **error)
{
  self->line = self->next_line - self->n_blank;
  if (self->n_columns != 1)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "file '%s', line %" G_GUINT64_FORMAT
                   ", column 1: a blank line inside the table; remove it",
                   genesis_csv_reader_get_name (self), self->line);
      return -1;
    }
  self->n_blank--;
  self->cells[0] = (GenesisCsvCell){ "", 0, FALSE };
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
  const char *record;
  gsize length;

  if (!skip_blank_lines (self, error))
    return -1;
  if (self->at == self->end)
    return 0;
  *cells = self->cells;
  *n = self->n_columns;
  if (self->n_blank > 0)
    return give_blank_line (self, error);
  self->line = self->next_line;
  if (!split_next (self, &length, error))
    return -1;
  record = self->buffer + self->at - length;
  if (!check_text (self, record, length, error) || !check_width (self, error))
    return -1;
  unescape_cells (self);
  return 1;
}

static gboolean
check_names (GenesisCsvReader *self, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *problem = NULL;

      if (self->header[i][0] == '\0')
        problem = "the header names no column here; give it a name";
      else if (!g_hash_table_add (seen, self->header[i]))
        problem = "the header names this column twice; rename one";
      if (problem == NULL)
        continue;
      set_cell_error (self, i, problem, error);
      return FALSE;
    }
  return TRUE;
}

static void
take_header (GenesisCsvReader *self)
{
  char **header = g_new0 (char *, self->n_cells + 1);

  unescape_cells (self);
  for (gsize i = 0; i < self->n_cells; i++)
    header[i] = g_strndup (self->cells[i].text, self->cells[i].length);
  self->header = header;
  self->n_columns = (guint)self->n_cells;
  self->max_cells = self->n_cells;
}

static gboolean
skip_byte_order_mark (GenesisCsvReader *self, GError **error)
{
  const char *problem = NULL;

  while (!self->input_ended && self->end < 3)
    if (!refill (self, error))
      return FALSE;
  if (self->end >= 3 && memcmp (self->buffer, "\xef\xbb\xbf", 3) == 0)
    self->at = 3;
  if (self->end >= 2
      && (memcmp (self->buffer, "\xff\xfe", 2) == 0 || memcmp (self->buffer, "\xfe\xff", 2) == 0))
    problem = "the file is UTF-16; convert it to UTF-8";
  else if (self->at == self->end)
    problem = "the file is empty; it needs a header row with the names of the columns";
  else if (self->buffer[self->at] == '\n' || self->buffer[self->at] == '\r')
    problem = "the first line is blank; it must be a header row with the names of the columns";
  if (problem != NULL)
    set_cell_error (self, 0, problem, error);
  genesis_csv_scan_start (&self->scan, self->buffer + self->at);
  return problem == NULL;
}

static gboolean
read_header (GenesisCsvReader *self, GError **error)
{
  gsize length;

  if (!skip_byte_order_mark (self, error) || !split_next (self, &length, error))
    return FALSE;
  if (self->n_cells > GENESIS_CSV_MAX_COLUMNS)
    {
      set_cell_error (self, GENESIS_CSV_MAX_COLUMNS,
                      "the header names more than 65,536 columns; split the table", error);
      return FALSE;
    }
  if (!check_text (self, self->buffer + self->at - length, length, error))
    return FALSE;
  take_header (self);
  return check_names (self, error);
}

static GenesisCsvReader *
reader_new (GenesisCsvInput *input, GError **error)
{
  g_autoptr (GenesisCsvReader) self = g_new0 (GenesisCsvReader, 1);

  self->input = input;
  self->capacity = FIRST_CAPACITY;
  self->buffer = g_malloc0 (self->capacity + GENESIS_CSV_SCAN_PADDING);
  self->max_cells = 64;
  self->cells = g_new0 (GenesisCsvCell, self->max_cells);
  self->escaped = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->line = self->next_line = 1;
  return read_header (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * genesis_csv_reader_open:
 *
 * Opens a CSV file and reads its header row.
 *
 * Returns: (transfer full): a reader, or %NULL with @error set: GENESIS_ERROR_NOT_FOUND, GENESIS_ERROR_IO, or
 *   GENESIS_ERROR_INVALID_DATA for a header that cannot be used
 */
GenesisCsvReader *
genesis_csv_reader_open (const char *path, GError **error)
{
  GenesisCsvInput *input = genesis_csv_input_open (path, error);

  return input != NULL ? reader_new (input, error) : NULL;
}

/* The same on bytes in memory; @name stands for the path in messages. */
GenesisCsvReader *
genesis_csv_reader_new_for_bytes (GBytes *bytes, const char *name, GError **error)
{
  return reader_new (genesis_csv_input_new_for_bytes (bytes, name), error);
}

void
genesis_csv_reader_free (GenesisCsvReader *self)
{
  if (self == NULL)
    return;
  genesis_csv_input_free (self->input);
  g_clear_pointer (&self->escaped, g_array_unref);
  g_strfreev (self->header);
  g_free (self->cells);
  g_free (self->buffer);
  g_free (self);
}

const char *
genesis_csv_reader_get_name (GenesisCsvReader *self)
{
  return genesis_csv_input_get_name (self->input);
}

/**
 * genesis_csv_reader_get_header:
 *
 * Returns: (transfer none): the %NULL-terminated names of the columns, all different and none empty
 */
const char *const *
genesis_csv_reader_get_header (GenesisCsvReader *self)
{
  return (const char *const *)self->header;
}

guint
genesis_csv_reader_get_n_columns (GenesisCsvReader *self)
{
  return self->n_columns;
}

guint64
genesis_csv_reader_get_line (GenesisCsvReader *self)
{
  return self->line;
}
