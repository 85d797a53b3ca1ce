/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-parser-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-cell-parser-private.h"
#include "data/genesis-reading-notices-private.h"
#include "data/genesis-csv-records-private.h"
#include "data/genesis-schema-private.h"
#include "data/genesis-table-private.h"

/* A small table must not cost a large chunk, nor a wide one more memory than this. */
#define FIRST_ROWS  1024u
#define CHUNK_BYTES (64u * 1024u * 1024u)

/**
 * RowCell:
 * @parser: its field is NULL for an excluded column
 * @values, @validity: of the chunk that is being filled
 */
typedef struct
{
  GenesisCellParser parser;
  guint field_index;
  gpointer values;
  guint8 *validity;
} RowCell;

/**
 * GenesisRowParser:
 * @cells: one for each column of the file
 * @may_begin_marker: whether a missing marker begins with this byte
 * @chunk, @capacity: the table that is being filled, and its rows
 * @absent: fields of the schema that the table does not have, and may not have
 */
struct _GenesisRowParser
{
  GenesisRecords *records;
  GenesisSchema *schema;
  RowCell *cells;
  guint n_columns;
  guint8 may_begin_marker[256];
  GenesisTable *chunk;
  guint64 capacity;
  GenesisReadingNotices notices;
  GArray *absent; /* of guint: fields of the schema that the table may not have, and has not */
};

static void
note_marker (GenesisRowParser *self, const char *marker)
{
  if (marker != NULL)
    self->may_begin_marker[(guint8)marker[0]] = 1;
}

static void
note_own_markers (GenesisRowParser *self, const GenesisField *field)
{
  note_marker (self, field->missing);
  for (guint i = 0; field->reading.markers != NULL && field->reading.markers[i] != NULL; i++)
    note_marker (self, field->reading.markers[i]);
}

static gboolean
check_every_field_found (GenesisRowParser *self, GError **error)
{
  g_autofree gboolean *found = g_new0 (gboolean, genesis_schema_get_n_fields (self->schema));

  for (guint i = 0; i < self->n_columns; i++)
    if (self->cells[i].parser.field != NULL)
      found[self->cells[i].field_index] = TRUE;
  for (guint i = 0; i < genesis_schema_get_n_fields (self->schema); i++)
    {
      const GenesisField *field = genesis_schema_get_field (self->schema, i);

      if (found[i])
        continue;
      if (!field->reading.may_be_absent)
        {
          g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                       "file '%s' has no column '%s', which the schema names; add it, or let it be "
                       "absent in the schema with \"absent\": \"missing\"",
                       genesis_records_get_name (self->records), field->name);
          return FALSE;
        }
      g_array_append_val (self->absent, i);
      genesis_reading_notices_add_absent (&self->notices, field->name);
    }
  return TRUE;
}

static gboolean
match_header (GenesisRowParser *self, GError **error)
{
  const char *const *header = genesis_records_get_columns (self->records);
  const char *const *excluded = genesis_schema_get_excluded (self->schema);

  for (guint i = 0; i < self->n_columns; i++)
    {
      int at = genesis_schema_find_field (self->schema, header[i]);

      if (at >= 0)
        {
          genesis_cell_parser_init (&self->cells[i].parser,
                                    genesis_schema_get_field (self->schema, (guint)at));
          self->cells[i].field_index = (guint)at;
        }
      else if (excluded == NULL || !g_strv_contains (excluded, header[i]))
        genesis_reading_notices_add_extra (&self->notices, header[i]);
    }
  return check_every_field_found (self, error);
}

/* Fails with GENESIS_ERROR_SCHEMA_MISMATCH when header and schema name different columns. */
GenesisRowParser *
genesis_row_parser_new_for_records (GenesisRecords *records, GenesisSchema *schema, GError **error)
{
  g_autoptr (GenesisRowParser) self = g_new0 (GenesisRowParser, 1);
  const char *const *markers = genesis_schema_get_missing_markers (schema);

  self->records = g_object_ref (records);
  self->schema = g_object_ref (schema);
  self->n_columns = g_strv_length ((char **)genesis_records_get_columns (records));
  self->cells = g_new0 (RowCell, self->n_columns);
  self->absent = g_array_new (FALSE, FALSE, sizeof (guint));
  genesis_reading_notices_init (&self->notices);
  for (guint i = 0; markers != NULL && markers[i] != NULL; i++)
    note_marker (self, markers[i]);
  if (!match_header (self, error))
    return NULL;
  for (guint i = 0; i < self->n_columns; i++)
    if (self->cells[i].parser.field != NULL)
      note_own_markers (self, self->cells[i].parser.field);
  return g_steal_pointer (&self);
}

GenesisRowParser *
genesis_row_parser_new (GenesisCsvReader *reader, GenesisSchema *schema, GError **error)
{
  g_autoptr (GenesisRecords) records = genesis_csv_records_new_borrowed (reader);

  return genesis_row_parser_new_for_records (records, schema, error);
}

void
genesis_row_parser_free (GenesisRowParser *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_columns; i++)
    genesis_cell_parser_clear (&self->cells[i].parser);
  g_free (self->cells);
  genesis_reading_notices_clear (&self->notices);
  g_array_unref (self->absent);
  g_clear_object (&self->chunk);
  g_clear_object (&self->schema);
  g_clear_object (&self->records);
  g_free (self);
}

static gboolean
fail_cell (GenesisRowParser *self, guint column, const char *problem, GError **error)
{
  g_autofree char *place = genesis_records_dup_place (self->records, column);

  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH, "%s%s", place, problem);
  return FALSE;
}

static gboolean
set_missing (GenesisRowParser *self, guint column, guint64 row, GError **error)
{
  RowCell *cell = &self->cells[column];

  if (!cell->parser.field->may_be_missing)
    return fail_cell (self, column,
                      "a missing cell where the schema allows none; let the column be missing",
                      error);
  if (cell->validity == NULL)
    cell->validity = genesis_table_ensure_validity (self->chunk, cell->field_index);
  cell->validity[row >> 3] &= (guint8) ~(1u << (row & 7));
  return TRUE;
}

static inline gboolean
is_missing (GenesisRowParser *self, const RowCell *cell, const GenesisCell *text)
{
  if (text->length == 0)
    return TRUE;
  return self->may_begin_marker[(guint8)text->text[0]]
         && genesis_schema_is_missing_text (self->schema, cell->field_index, text->text,
                                            text->length);
}

static gboolean
parse_cell (GenesisRowParser *self, guint column, const GenesisCell *text, guint64 row,
            GError **error)
{
  RowCell *cell = &self->cells[column];
  const char *problem;

  if (is_missing (self, cell, text))
    return set_missing (self, column, row, error);
  if (G_UNLIKELY (text->is_foreign)
      && (cell->parser.field->kind == GENESIS_FIELD_KIND_INTEGER
          || cell->parser.field->kind == GENESIS_FIELD_KIND_REAL))
    return fail_cell (self, column,
                      "a number with a point where the decimal sign is a comma; write it with a "
                      "comma and without thousands",
                      error);
  problem = genesis_cell_parser_parse (&cell->parser, text->text, text->length, cell->values, row);
  if (G_UNLIKELY (problem == genesis_cell_parser_missing))
    return set_missing (self, column, row, error);
  return problem == NULL || fail_cell (self, column, problem, error);
}

static guint64
largest_chunk (GenesisRowParser *self)
{
  guint64 row_bytes = 8 * (guint64)MAX (genesis_schema_get_n_fields (self->schema), 1);

  return CLAMP (CHUNK_BYTES / row_bytes, FIRST_ROWS, GENESIS_CHUNK_ROWS);
}

static void
copy_rows (GenesisTable *from, GenesisTable *to, guint column, guint64 n_rows)
{
  const GenesisColumn *source = genesis_table_get_column (from, column);
  GenesisColumn *target = genesis_table_get_column (to, column);

  memcpy (target->values, source->values, n_rows * genesis_field_get_value_size (source->field));
  if (source->validity != NULL)
    memcpy (genesis_table_ensure_validity (to, column), source->validity, (n_rows + 7) / 8);
}

/* Makes room for @capacity rows, and keeps the @n_rows that are there. */
static void
resize_chunk (GenesisRowParser *self, guint64 n_rows, guint64 capacity)
{
  g_autoptr (GenesisTable) old = g_steal_pointer (&self->chunk);

  self->chunk = genesis_table_new (self->schema, capacity);
  self->capacity = capacity;
  for (guint i = 0; i < self->n_columns; i++)
    {
      RowCell *cell = &self->cells[i];

      if (cell->parser.field == NULL)
        continue;
      if (n_rows > 0)
        copy_rows (old, self->chunk, cell->field_index, n_rows);
      cell->values = genesis_table_get_column (self->chunk, cell->field_index)->values;
      cell->validity = genesis_table_get_column (self->chunk, cell->field_index)->validity;
    }
}

static gboolean
parse_record (GenesisRowParser *self, const GenesisCell *cells, guint64 row, GError **error)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (self->cells[i].parser.field != NULL && !parse_cell (self, i, &cells[i], row, error))
      return FALSE;
  return TRUE;
}

/* Bits beyond the rows stay as they are in every other column. */
static void
fill_absent (GenesisRowParser *self, guint64 n_rows)
{
  for (guint i = 0; i < self->absent->len; i++)
    {
      guint8 *validity =
          genesis_table_ensure_validity (self->chunk, g_array_index (self->absent, guint, i));

      memset (validity, 0, n_rows >> 3);
      for (guint64 row = n_rows & ~(guint64)7; row < n_rows; row++)
        validity[row >> 3] &= (guint8) ~(1u << (row & 7));
    }
}

/* The first chunk grows, the others have their size from the start. */
int
genesis_row_parser_read_chunk (GenesisRowParser *self, GenesisTable **chunk, GError **error)
{
  const guint64 largest = largest_chunk (self);
  const GenesisCell *cells;
  guint64 row = 0;
  int got = 1;

  resize_chunk (self, 0, self->capacity >= largest ? largest : MIN (FIRST_ROWS, largest));
  while (row < largest && (got = genesis_records_step (self->records, &cells, error)) > 0)
    {
      if (row == self->capacity)
        resize_chunk (self, row, MIN (8 * row, largest));
      if (!parse_record (self, cells, row, error))
        return -1;
      row++;
    }
  if (got < 0)
    return -1;
  if (row == 0)
    return 0;
  fill_absent (self, row);
  genesis_table_set_n_rows (self->chunk, row);
  *chunk = g_steal_pointer (&self->chunk);
  return 1;
}

char **
genesis_row_parser_dup_notices (GenesisRowParser *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();

  genesis_reading_notices_tell (&self->notices, lines);
  for (guint i = 0; i < self->n_columns; i++)
    if (self->cells[i].parser.field != NULL)
      genesis_reading_notices_tell_column (&self->cells[i].parser, lines);
  g_ptr_array_add (lines, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&lines), FALSE);
}
