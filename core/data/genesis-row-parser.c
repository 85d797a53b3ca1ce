/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-row-parser-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-datetime-grain-private.h"
#include "data/genesis-datetime-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-number-shape-private.h"
#include "data/genesis-schema-private.h"
#include "data/genesis-table-private.h"
#include "data/genesis-text-index-private.h"

#define OTHER_CATEGORY "<other>"
#define FAST_DIGITS    18u

/**
 * CellParser:
 * @field: NULL for an excluded column
 * @codes: CATEGORY and BOOLEAN: spelling -> code
 * @other_code: of "<other>", or -1
 * @values, @validity: of the chunk that is being filled
 */
typedef struct
{
  const GenesisField *field;
  guint field_index;
  GenesisTextIndex *codes;
  gint32 other_code;
  gpointer values;
  guint8 *validity;
} CellParser;

/**
 * GenesisRowParser:
 * @cells: one for each column of the file
 * @may_begin_marker: whether a missing marker begins with this byte
 */
struct _GenesisRowParser
{
  GenesisCsvReader *reader;
  GenesisSchema *schema;
  CellParser *cells;
  guint n_columns;
  guint8 may_begin_marker[256];
  GenesisTable *chunk;
};

static void
note_marker (GenesisRowParser *self, const char *marker)
{
  if (marker != NULL)
    self->may_begin_marker[(guint8)marker[0]] = 1;
}

static void
prepare_cell (CellParser *cell, const GenesisField *field, guint field_index)
{
  cell->field = field;
  cell->field_index = field_index;
  cell->other_code = -1;
  if (field->categories == NULL)
    return;
  cell->codes = genesis_text_index_new ();
  for (guint code = 0; code < field->n_categories; code++)
    {
      const char *text = field->categories[code];
      gsize n = strlen (text);

      genesis_text_index_insert (cell->codes, text, n, genesis_text_hash (text, n));
      if (strcmp (text, OTHER_CATEGORY) == 0)
        cell->other_code = (gint32)code;
    }
}

static gboolean
check_every_field_found (GenesisRowParser *self, GError **error)
{
  const char *const *header = genesis_csv_reader_get_header (self->reader);

  for (guint i = 0; i < genesis_schema_get_n_fields (self->schema); i++)
    {
      const char *name = genesis_field_get_name (genesis_schema_get_field (self->schema, i));

      if (g_strv_contains (header, name))
        continue;
      g_set_error (
          error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
          "file '%s' has no column '%s', which the schema names; add it or draft another schema",
          genesis_csv_reader_get_name (self->reader), name);
      return FALSE;
    }
  return TRUE;
}

static void
add_quoted_name (GString *names, const char *name)
{
  g_string_append_printf (names, "%s'%s'", names->len > 0 ? ", " : "", name);
}

static gboolean
match_header (GenesisRowParser *self, GError **error)
{
  const char *const *header = genesis_csv_reader_get_header (self->reader);
  const char *const *excluded = genesis_schema_get_excluded (self->schema);
  g_autoptr (GString) extra = g_string_new (NULL);

  for (guint i = 0; i < self->n_columns; i++)
    {
      int at = genesis_schema_find_field (self->schema, header[i]);

      if (at >= 0)
        prepare_cell (&self->cells[i], genesis_schema_get_field (self->schema, (guint)at),
                      (guint)at);
      else if (excluded == NULL || !g_strv_contains (excluded, header[i]))
        add_quoted_name (extra, header[i]);
    }
  if (extra->len > 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH,
                   "file '%s' has columns that the schema neither describes nor excludes: %s; add "
                   "them to the schema",
                   genesis_csv_reader_get_name (self->reader), extra->str);
      return FALSE;
    }
  return check_every_field_found (self, error);
}

/* Fails with GENESIS_ERROR_SCHEMA_MISMATCH when header and schema name different columns. */
GenesisRowParser *
genesis_row_parser_new (GenesisCsvReader *reader, GenesisSchema *schema, GError **error)
{
  g_autoptr (GenesisRowParser) self = g_new0 (GenesisRowParser, 1);
  const char *const *markers = genesis_schema_get_missing_markers (schema);

  self->reader = reader;
  self->schema = g_object_ref (schema);
  self->n_columns = genesis_csv_reader_get_n_columns (reader);
  self->cells = g_new0 (CellParser, self->n_columns);
  for (guint i = 0; markers != NULL && markers[i] != NULL; i++)
    note_marker (self, markers[i]);
  if (!match_header (self, error))
    return NULL;
  for (guint i = 0; i < self->n_columns; i++)
    if (self->cells[i].field != NULL)
      note_marker (self, self->cells[i].field->missing);
  return g_steal_pointer (&self);
}

void
genesis_row_parser_free (GenesisRowParser *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n_columns; i++)
    genesis_text_index_free (self->cells[i].codes);
  g_free (self->cells);
  g_clear_object (&self->chunk);
  g_clear_object (&self->schema);
  g_free (self);
}

/* -?digits(.digits)? of few digits: nearly every number there is. False sends the cell the long way. */
static inline gboolean
parse_plain_number (const char *p, gsize n, int decimals, gint64 *units)
{
  const char *end = p + n;
  gboolean negative = *p == '-';
  guint64 value = 0;
  int behind = 0;

  p += negative;
  if (p == end || n + (gsize)decimals > FAST_DIGITS)
    return FALSE;
  for (; p < end && (guint8)(*p - '0') < 10; p++)
    value = value * 10 + (guint8)(*p - '0');
  if (p < end && *p == '.' && p + 1 < end)
    for (p++; p < end && (guint8)(*p - '0') < 10 && behind < decimals; p++, behind++)
      value = value * 10 + (guint8)(*p - '0');
  if (p < end)
    return FALSE;
  for (; behind < decimals; behind++)
    value *= 10;
  *units = negative ? -(gint64)value : (gint64)value;
  return TRUE;
}

static const char *
parse_integer (const GenesisField *field, const char *text, gsize n, gint64 *value)
{
  GenesisNumberShape shape;

  if (!parse_plain_number (text, n, field->decimals, value))
    {
      if (!genesis_number_shape_read (&shape, text, n))
        return "not a number; mend the cell, or declare its spelling as a missing marker";
      if (shape.needed > field->decimals)
        return "more decimals than the schema has; raise the column's decimals";
      if (!genesis_number_shape_units (&shape, field->decimals, value))
        return "the number is too large; make the column real";
    }
  if (*value < field->ilo || *value > field->ihi)
    return "a value outside the bounds; widen the bounds in the schema";
  return NULL;
}

static const char *
parse_real (const GenesisField *field, const char *text, gsize n, double *value)
{
  if (!genesis_number_parse_real (text, n, value) || !isfinite (*value))
    return "not a number; mend the cell, or declare its spelling as a missing marker";
  if (*value < field->lo || *value > field->hi)
    return "a value outside the bounds; widen the bounds in the schema";
  return NULL;
}

static const char *
parse_category (const CellParser *cell, const char *text, gsize n, gint32 *value)
{
  int code = genesis_text_index_find (cell->codes, text, n, genesis_text_hash (text, n));

  if (code < 0)
    code = genesis_field_find_code (cell->field, text, n);
  if (code < 0)
    code = cell->other_code;
  *value = code;
  return code >= 0 ? NULL
                   : "a spelling that the schema's vocabulary does not have; add it to the schema";
}

/* Files may differ in the digits of a second's fraction: what does not fit the schema's pattern is read by its own. */
static const char *
parse_datetime (const GenesisField *field, const char *text, gsize n, gint64 *value)
{
  gint64 us, tick = MAX (field->tick_us, 1);

  if (!genesis_datetime_parse (field->format, text, n, &us))
    {
      const char *pattern = genesis_datetime_detect (text, n);

      if (pattern == NULL || !genesis_datetime_same_but_fraction (pattern, field->format)
          || !genesis_datetime_parse (pattern, text, n, &us))
        return "not a date of the schema's pattern; write it as the other rows do";
    }
  if (us % tick != 0)
    return "a time finer than the schema's tick; draft the schema again with this file";
  *value = us / tick;
  if (*value < field->ilo || *value > field->ihi)
    return "a time outside the bounds; widen the bounds in the schema";
  return NULL;
}

static gboolean
fail_cell (GenesisRowParser *self, guint column, const char *problem, GError **error)
{
  g_autofree char *place = genesis_csv_reader_dup_place (self->reader, column);

  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_SCHEMA_MISMATCH, "%s%s", place, problem);
  return FALSE;
}

static gboolean
set_missing (GenesisRowParser *self, guint column, guint64 row, GError **error)
{
  CellParser *cell = &self->cells[column];

  if (!cell->field->may_be_missing)
    return fail_cell (self, column,
                      "a missing cell where the schema allows none; let the column be missing",
                      error);
  if (cell->validity == NULL)
    cell->validity = genesis_table_ensure_validity (self->chunk, cell->field_index);
  cell->validity[row >> 3] &= (guint8) ~(1u << (row & 7));
  return TRUE;
}

static inline gboolean
is_missing (GenesisRowParser *self, const CellParser *cell, const GenesisCsvCell *text)
{
  if (text->length == 0)
    return TRUE;
  return self->may_begin_marker[(guint8)text->text[0]]
         && genesis_schema_is_missing_text (self->schema, cell->field_index, text->text,
                                            text->length);
}

static gboolean
parse_cell (GenesisRowParser *self, guint column, const GenesisCsvCell *text, guint64 row,
            GError **error)
{
  CellParser *cell = &self->cells[column];
  const char *problem = NULL;

  if (is_missing (self, cell, text))
    return set_missing (self, column, row, error);
  switch (cell->field->kind)
    {
    case GENESIS_FIELD_KIND_INTEGER:
      problem = parse_integer (cell->field, text->text, text->length, (gint64 *)cell->values + row);
      break;
    case GENESIS_FIELD_KIND_REAL:
      problem = parse_real (cell->field, text->text, text->length, (double *)cell->values + row);
      break;
    case GENESIS_FIELD_KIND_CATEGORY:
    case GENESIS_FIELD_KIND_BOOLEAN:
      problem = parse_category (cell, text->text, text->length, (gint32 *)cell->values + row);
      break;
    case GENESIS_FIELD_KIND_DATETIME:
      problem =
          parse_datetime (cell->field, text->text, text->length, (gint64 *)cell->values + row);
      break;
    default:
      g_assert_not_reached ();
    }
  return problem == NULL || fail_cell (self, column, problem, error);
}

static void
begin_chunk (GenesisRowParser *self)
{
  g_clear_object (&self->chunk);
  self->chunk = genesis_table_new (self->schema, GENESIS_CHUNK_ROWS);
  for (guint i = 0; i < self->n_columns; i++)
    if (self->cells[i].field != NULL)
      {
        self->cells[i].values =
            genesis_table_get_column (self->chunk, self->cells[i].field_index)->values;
        self->cells[i].validity = NULL;
      }
}

int
genesis_row_parser_read_chunk (GenesisRowParser *self, GenesisTable **chunk, GError **error)
{
  guint64 row = 0;
  int got = 1;

  begin_chunk (self);
  while (row < GENESIS_CHUNK_ROWS)
    {
      const GenesisCsvCell *cells;
      gsize n;

      got = genesis_csv_reader_next (self->reader, &cells, &n, error);
      if (got <= 0)
        break;
      for (guint i = 0; i < n; i++)
        if (self->cells[i].field != NULL && !parse_cell (self, i, &cells[i], row, error))
          return -1;
      row++;
    }
  if (got < 0)
    return -1;
  if (row == 0)
    return 0;
  genesis_table_set_n_rows (self->chunk, row);
  *chunk = g_steal_pointer (&self->chunk);
  return 1;
}
