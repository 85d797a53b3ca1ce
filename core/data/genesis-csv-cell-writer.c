/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-cell-writer-private.h"

#include <math.h>
#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-datetime-private.h"
#include "data/genesis-number-private.h"

void
genesis_csv_cell_writer_init (GenesisCsvCellWriter *self, const GenesisField *field,
                              GenesisCsvSpellingKind kind, gboolean is_alone)
{
  *self = (GenesisCsvCellWriter){ .field = field };
  genesis_csv_spelling_init (&self->missing, field->missing, kind);
  if (self->missing.n == 0 && is_alone)
    {
      /* A line with nothing on it would be taken for a blank line. */
      g_free (self->missing.text);
      self->missing = (GenesisCsvSpelling){ g_strdup ("\"\""), 2 };
    }
  if (field->categories == NULL)
    return;
  self->spellings = g_new0 (GenesisCsvSpelling, field->n_categories);
  for (guint code = 0; code < field->n_categories; code++)
    genesis_csv_spelling_init (&self->spellings[code], field->categories[code], kind);
}

void
genesis_csv_cell_writer_clear (GenesisCsvCellWriter *self)
{
  for (guint code = 0; self->spellings != NULL && code < self->field->n_categories; code++)
    g_free (self->spellings[code].text);
  g_clear_pointer (&self->spellings, g_free);
  g_clear_pointer (&self->missing.text, g_free);
}

static gboolean
fail_value (const GenesisCsvCellWriter *self, guint64 row, const char *problem, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "column '%s', row %" G_GUINT64_FORMAT ": %s; the table was filled wrongly",
               self->field->name, row + 1, problem);
  return FALSE;
}

/* A number with currency or thousands may hold a comma. */
static void
put_dressed (const GenesisCsvCellWriter *self, gconstpointer value, GenesisCsvText *to)
{
  char buffer[GENESIS_FIELD_TEXT_MAX];
  gboolean quotes;
  gsize n;

  genesis_field_format (self->field, value, buffer, &n);
  quotes = memchr (buffer, ',', n) != NULL;
  if (quotes)
    genesis_csv_text_put (to, "\"", 1);
  genesis_csv_text_put (to, buffer, n);
  if (quotes)
    genesis_csv_text_put (to, "\"", 1);
}

/* What lies outside the bounds is never written, whoever filled the table. */
static gboolean
put_integer (const GenesisCsvCellWriter *self, guint64 row, GenesisCsvText *to, GError **error)
{
  const GenesisField *field = self->field;
  gint64 value = ((const gint64 *)self->column->values)[row];

  if (G_UNLIKELY (value < field->ilo || value > field->ihi))
    return fail_value (self, row, "the value lies outside the bounds", error);
  if (field->kind == GENESIS_FIELD_KIND_DATETIME)
    to->n +=
        genesis_datetime_format (field->format, value * MAX (field->tick_us, 1), to->text + to->n);
  else if (field->style != NULL)
    put_dressed (self, &value, to);
  else
    to->n += genesis_number_format_decimal (value, field->decimals, to->text + to->n);
  return TRUE;
}

static gboolean
put_real (const GenesisCsvCellWriter *self, guint64 row, GenesisCsvText *to, GError **error)
{
  double value = ((const double *)self->column->values)[row];

  if (!isfinite (value))
    return fail_value (self, row, "the value is not a number", error);
  if (value < self->field->lo || value > self->field->hi)
    return fail_value (self, row, "the value lies outside the bounds", error);
  if (self->field->style != NULL)
    put_dressed (self, &value, to);
  else
    to->n += genesis_number_format_real (value, to->text + to->n);
  return TRUE;
}

gboolean
genesis_csv_cell_writer_put (const GenesisCsvCellWriter *self, guint64 row, GenesisCsvText *to,
                             GError **error)
{
  gint32 code;

  genesis_csv_text_reserve (to, GENESIS_CSV_SHORT_CELL);
  if (!genesis_column_is_present (self->column, row))
    {
      genesis_csv_text_put (to, self->missing.text, self->missing.n);
      return TRUE;
    }
  switch (self->field->kind)
    {
    case GENESIS_FIELD_KIND_INTEGER:
    case GENESIS_FIELD_KIND_DATETIME:
      return put_integer (self, row, to, error);
    case GENESIS_FIELD_KIND_REAL:
      return put_real (self, row, to, error);
    case GENESIS_FIELD_KIND_CATEGORY:
    case GENESIS_FIELD_KIND_BOOLEAN:
    default:
      code = ((const gint32 *)self->column->values)[row];
      if (code < 0 || (guint)code >= self->field->n_categories)
        return fail_value (self, row, "the code is none of the categories", error);
      genesis_csv_text_put (to, self->spellings[code].text, self->spellings[code].n);
      return TRUE;
    }
}
