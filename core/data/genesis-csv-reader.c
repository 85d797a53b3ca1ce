/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-reader-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-csv-splitter-private.h"

/**
 * GenesisCsvReader:
 * @n_blank: blank lines that lie before the next record
 */
struct _GenesisCsvReader
{
  GenesisCsvSplitter splitter;
  guint64 n_blank;
};

/**
 * genesis_csv_reader_dup_place:
 *
 * Returns: (transfer full): the beginning of a message about a cell of the last record
 */
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
      *bad == '\0' ? "a NUL byte; remove it, or convert the file to UTF-8 if it is UTF-16"
                   : "the text is not UTF-8; convert the file to UTF-8",
      error);
  return FALSE;
}

static gboolean
check_width (GenesisCsvSplitter *splitter, GError **error)
{
  if (splitter->n_cells == splitter->n_names)
    return TRUE;
  g_set_error (
      error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
      "file '%s', line %" G_GUINT64_FORMAT ", column %" G_GSIZE_FORMAT
      ": the record has %" G_GSIZE_FORMAT
      " cells where the header names %u; complete the row, or quote the cell that holds a comma",
      genesis_csv_input_get_name (splitter->input), splitter->line,
      MIN (splitter->n_cells, splitter->n_names) + 1, splitter->n_cells, splitter->n_names);
  return FALSE;
}

static inline gboolean
at_line_break (const GenesisCsvSplitter *splitter)
{
  char first = splitter->buffer[splitter->at];

  return splitter->at < splitter->end && (first == '\n' || first == '\r');
}

/* Steps over blank lines and counts them. */
static gboolean
skip_blank_lines (GenesisCsvReader *self, GError **error)
{
  GenesisCsvSplitter *splitter = &self->splitter;

  while (TRUE)
    {
      if (!genesis_csv_splitter_hold (splitter, 1, error))
        return FALSE;
      if (!at_line_break (splitter))
        return TRUE;
      if (!genesis_csv_splitter_hold (splitter, 2, error))
        return FALSE;
      genesis_csv_splitter_skip (splitter,
                                 memcmp (splitter->buffer + splitter->at, "\r\n", 2) == 0 ? 2 : 1);
      splitter->next_line++;
      self->n_blank++;
    }
}

/* One of the blank lines before the next record: an empty cell where a record has one cell. */
static int
give_blank_line (GenesisCsvReader *self, GError **error)
{
  GenesisCsvSplitter *splitter = &self->splitter;

  splitter->line = splitter->next_line - self->n_blank;
  if (splitter->n_names != 1)
    {
      genesis_csv_splitter_set_error (splitter, 0, "a blank line inside the table; remove it",
                                      error);
      return -1;
    }
  self->n_blank--;
  splitter->cells[0] = (GenesisCsvCell){ "", 0, FALSE };
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

  if (!skip_blank_lines (self, error))
    return -1;
  if (splitter->at == splitter->end)
    return 0;
  *cells = splitter->cells;
  *n = splitter->n_names;
  if (self->n_blank > 0)
    return give_blank_line (self, error);
  if (!genesis_csv_splitter_next (splitter, error) || !check_text (splitter, error)
      || !check_width (splitter, error))
    return -1;
  genesis_csv_splitter_unescape (splitter);
  return 1;
}

static gboolean
check_names (GenesisCsvSplitter *splitter, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < splitter->n_names; i++)
    {
      const char *problem = NULL;

      if (splitter->names[i][0] == '\0')
        problem = "the header names no column here; give it a name";
      else if (!g_hash_table_add (seen, splitter->names[i]))
        problem = "the header names this column twice; rename one";
      if (problem == NULL)
        continue;
      genesis_csv_splitter_set_error (splitter, i, problem, error);
      return FALSE;
    }
  return TRUE;
}

static void
take_names (GenesisCsvSplitter *splitter)
{
  char **names = g_new0 (char *, splitter->n_cells + 1);

  genesis_csv_splitter_unescape (splitter);
  for (gsize i = 0; i < splitter->n_cells; i++)
    names[i] = g_strndup (splitter->cells[i].text, splitter->cells[i].length);
  splitter->names = names;
  splitter->n_names = (guint)splitter->n_cells;
  splitter->max_cells = splitter->n_cells;
}

static gboolean
skip_byte_order_mark (GenesisCsvSplitter *splitter, GError **error)
{
  const char *start, *problem = NULL;

  if (!genesis_csv_splitter_hold (splitter, 3, error))
    return FALSE;
  start = splitter->buffer;
  genesis_csv_splitter_skip (splitter,
                             splitter->end >= 3 && memcmp (start, "\xef\xbb\xbf", 3) == 0 ? 3 : 0);
  if (splitter->end >= 2
      && (memcmp (start, "\xff\xfe", 2) == 0 || memcmp (start, "\xfe\xff", 2) == 0))
    problem = "the file is UTF-16; convert it to UTF-8";
  else if (!genesis_csv_splitter_hold (splitter, 1, error))
    return FALSE;
  else if (splitter->at == splitter->end)
    problem = "the file is empty; it needs a header row with the names of the columns";
  else if (at_line_break (splitter))
    problem = "the first line is blank; it must be a header row with the names of the columns";
  if (problem != NULL)
    genesis_csv_splitter_set_error (splitter, 0, problem, error);
  return problem == NULL;
}

static gboolean
read_header (GenesisCsvSplitter *splitter, GError **error)
{
  if (!skip_byte_order_mark (splitter, error) || !genesis_csv_splitter_next (splitter, error))
    return FALSE;
  if (splitter->n_cells > GENESIS_CSV_MAX_COLUMNS)
    {
      genesis_csv_splitter_set_error (splitter, GENESIS_CSV_MAX_COLUMNS,
                                      "the header names more than 65,536 columns; split the table",
                                      error);
      return FALSE;
    }
  if (!check_text (splitter, error))
    return FALSE;
  take_names (splitter);
  return check_names (splitter, error);
}

static GenesisCsvReader *
reader_new (GenesisCsvInput *input, GError **error)
{
  g_autoptr (GenesisCsvReader) self = g_new0 (GenesisCsvReader, 1);

  genesis_csv_splitter_init (&self->splitter, input);
  return read_header (&self->splitter, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * genesis_csv_reader_open:
 *
 * Opens a CSV file and reads its header row.
 *
 * Returns: (transfer full): a reader, or %NULL with @error set: GENESIS_ERROR_NOT_FOUND,
 * GENESIS_ERROR_IO, or
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
  genesis_csv_splitter_clear (&self->splitter);
  g_free (self);
}

const char *
genesis_csv_reader_get_name (GenesisCsvReader *self)
{
  return genesis_csv_input_get_name (self->splitter.input);
}

/**
 * genesis_csv_reader_get_header:
 *
 * Returns: (transfer none): the %NULL-terminated names of the columns, all different and none empty
 */
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
