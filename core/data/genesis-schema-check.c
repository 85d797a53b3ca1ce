/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <genesis/genesis-schema-compare.h>
#include <json-glib/json-glib.h>

#include "data/genesis-cell-parser-private.h"
#include "data/genesis-records-private.h"
#include "data/genesis-schema-private.h"

/* A check that is cancelled ends after so many more rows. */
#define CANCEL_ROWS 4096u

/**
 * ColumnCheck:
 * @values: cells that are not missing
 * @outside: well formed, outside the bounds or the vocabulary
 * @unreadable: not a value of the column's type
 *
 * How the cells of one column of the schema fared.
 */
typedef struct
{
  GenesisCellParser parser;
  int at; /* column of the table, or -1 */
  guint64 values, missing, outside, unreadable;
} ColumnCheck;

typedef struct
{
  GenesisSchema *schema;
  GenesisRecords *records;
  const char *const *header;
  ColumnCheck *columns;
  guint n_columns;
  guint64 rows;
} Check;

static void
check_clear (Check *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    genesis_cell_parser_clear (&self->columns[i].parser);
  g_free (self->columns);
  g_clear_object (&self->records);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Check, check_clear)

static int
find_name (const char *const *names, const char *name)
{
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      return i;
  return -1;
}

static void
begin (Check *self)
{
  self->header = genesis_records_get_columns (self->records);
  self->n_columns = genesis_schema_get_n_fields (self->schema);
  self->columns = g_new0 (ColumnCheck, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      GenesisField *field = genesis_schema_get_field (self->schema, i);

      genesis_cell_parser_init (&self->columns[i].parser, field);
      self->columns[i].at = find_name (self->header, field->name);
    }
}

static void
check_cell (Check *self, guint i, const GenesisCell *cell)
{
  ColumnCheck *column = &self->columns[i];
  gboolean outside;
  gint64 value; /* large enough for every kind */

  if (genesis_schema_is_missing_text (self->schema, i, cell->text, cell->length))
    {
      column->missing++;
      return;
    }
  column->values++;
  if (genesis_cell_parser_probe (&column->parser, cell->text, cell->length, &value, &outside)
      == NULL)
    return;
  if (outside)
    column->outside++;
  else
    column->unreadable++;
}

static gboolean
check_rows (Check *self, GCancellable *cancellable, GError **error)
{
  const GenesisCell *cells;
  int got;

  while ((got = genesis_records_step (self->records, &cells, error)) > 0)
    {
      for (guint i = 0; i < self->n_columns; i++)
        if (self->columns[i].at >= 0)
          check_cell (self, i, &cells[self->columns[i].at]);
      if (++self->rows % CANCEL_ROWS == 0
          && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return got == 0;
}

static gboolean
column_fits (const ColumnCheck *column)
{
  const GenesisField *field = column->parser.field;

  if (column->at < 0)
    return field->reading.may_be_absent;
  if (column->unreadable > 0 || (column->missing > 0 && !field->may_be_missing))
    return FALSE;
  return column->outside == 0 || field->reading.outside != GENESIS_OUTSIDE_REFUSE;
}

static gboolean
all_fit (const Check *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (!column_fits (&self->columns[i]))
      return FALSE;
  return TRUE;
}

static gboolean
same_order (const Check *self)
{
  int last = -1;

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (self->columns[i].at >= 0 && self->columns[i].at < last)
        return FALSE;
      last = MAX (last, self->columns[i].at);
    }
  return TRUE;
}

/* -- the answer ------------------------------------------------------------- */

static void
add_count (JsonBuilder *builder, const char *member, guint64 count)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_int_value (builder, (gint64)count);
}

static void
add_flag (JsonBuilder *builder, const char *member, gboolean flag)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_boolean_value (builder, flag);
}

static void
add_text (JsonBuilder *builder, const char *member, const char *text)
{
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static const char *
name_rule (const GenesisField *field)
{
  if (field->reading.outside == GENESIS_OUTSIDE_REFUSE)
    return "refuse";
  if (field->reading.outside == GENESIS_OUTSIDE_MISSING)
    return "missing";
  return field->categories != NULL ? "other" : "clamp";
}

static void
tell_column (const ColumnCheck *column, JsonBuilder *builder)
{
  const GenesisField *field = column->parser.field;

  json_builder_begin_object (builder);
  add_text (builder, "name", field->name);
  add_text (builder, "type", genesis_field_get_type_name (field));
  add_flag (builder, "present", column->at >= 0);
  add_count (builder, "values", column->values);
  add_count (builder, "missing", column->missing);
  add_flag (builder, "may_be_missing", field->may_be_missing);
  add_count (builder, "outside", column->outside);
  add_text (builder, "outside_rule", name_rule (field));
  add_count (builder, "unreadable", column->unreadable);
  add_flag (builder, "fits", column_fits (column));
  json_builder_end_object (builder);
}

static void
tell_extra (const Check *self, JsonBuilder *builder)
{
  const char *const *excluded = genesis_schema_get_excluded (self->schema);

  json_builder_set_member_name (builder, "extra_columns");
  json_builder_begin_array (builder);
  for (gsize i = 0; self->header[i] != NULL; i++)
    if (genesis_schema_find_field (self->schema, self->header[i]) < 0
        && !g_strv_contains (excluded, self->header[i]))
      json_builder_add_string_value (builder, self->header[i]);
  json_builder_end_array (builder);
}

static void
tell_missing (const Check *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "missing_columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].at < 0)
      json_builder_add_string_value (builder, self->columns[i].parser.field->name);
  json_builder_end_array (builder);
}

static char *
dup_answer (const Check *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_text (builder, "table", genesis_records_get_name (self->records));
  add_count (builder, "rows", self->rows);
  add_flag (builder, "fits", all_fit (self));
  add_text (builder, "column_order", same_order (self) ? "same" : "other");
  tell_missing (self, builder);
  tell_extra (self, builder);
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->n_columns; i++)
    tell_column (&self->columns[i], builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, TRUE);
}

/**
 * genesis_schema_check_source:
 * @self: a schema
 * @source: a table
 * @cancellable: (nullable): to stop between rows
 * @fits: (out) (optional): whether the table can be read with the schema
 * @error: when the table cannot be read at all; a table that does not fit is no error
 *
 * Counts how many cells of each column fall outside the schema, never which: an object with the
 * members table, rows, fits, column_order ("same" or "other"), missing_columns, extra_columns and
 * columns. Each of the columns has name, type, present, values, missing, may_be_missing, outside
 * (well formed, but outside the bounds or the vocabulary), outside_rule, unreadable (no value of
 * the type) and fits.
 *
 * Returns: (transfer full) (nullable): JSON
 */
char *
genesis_schema_check_source (GenesisSchema *self, GenesisSource *source, GCancellable *cancellable,
                             gboolean *fits, GError **error)
{
  g_auto (Check) check = { self };

  g_return_val_if_fail (GENESIS_IS_SCHEMA (self), NULL);
  g_return_val_if_fail (GENESIS_IS_SOURCE (source), NULL);

  check.records = genesis_source_open (source, NULL, cancellable, error);
  if (check.records == NULL)
    return NULL;
  begin (&check);
  if (!check_rows (&check, cancellable, error))
    return NULL;
  if (fits != NULL)
    *fits = all_fit (&check);
  return dup_answer (&check);
}
