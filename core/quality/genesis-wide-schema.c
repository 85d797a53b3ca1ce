/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "quality/genesis-wide-schema-private.h"

#include <float.h>

#include <genesis/genesis-error.h>

#include "data/genesis-datetime-private.h"
#include "data/genesis-records-private.h"
#include "data/genesis-schema-private.h"

#define CANCEL_ROWS 4096u

/* The farthest bounds whose difference is a number of its own. */
#define MOST_INTEGER (G_GINT64_CONSTANT (1) << 62)
#define MOST_REAL    (DBL_MAX / 4)

/* The words of one column of levels: the schema's, and what else comes up. */
typedef struct
{
  const GenesisField *field;
  GPtrArray *words;
  GHashTable *seen; /* borrowed of words */
  int at;           /* column of the source, or -1 */
} Vocabulary;

typedef struct
{
  GenesisSchema *schema;
  Vocabulary *columns;
  guint n_columns;
} Widening;

static void
widening_clear (Widening *self)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      g_clear_pointer (&self->columns[i].words, g_ptr_array_unref);
      g_clear_pointer (&self->columns[i].seen, g_hash_table_unref);
    }
  g_free (self->columns);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Widening, widening_clear)

static void
add_word (Vocabulary *self, char *word)
{
  g_ptr_array_add (self->words, word);
  g_hash_table_add (self->seen, word);
}

static void
widening_init (Widening *self, GenesisSchema *schema)
{
  self->schema = schema;
  self->n_columns = genesis_schema_get_n_fields (schema);
  self->columns = g_new0 (Vocabulary, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      Vocabulary *column = &self->columns[i];

      column->field = genesis_schema_get_field (schema, i);
      if (column->field->categories == NULL)
        continue;
      column->words = g_ptr_array_new_with_free_func (g_free);
      column->seen = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint code = 0; code < column->field->n_categories; code++)
        add_word (column, g_strdup (column->field->categories[code]));
    }
}

/* -- words ------------------------------------------------------------------ */

static gboolean
read_cell (Widening *self, guint i, const GenesisCell *cell, GError **error)
{
  Vocabulary *column = &self->columns[i];
  g_autofree char *word = NULL;

  if (genesis_schema_is_missing_text (self->schema, i, cell->text, cell->length)
      || genesis_field_find_code (column->field, cell->text, cell->length) >= 0)
    return TRUE;
  word = g_strndup (cell->text, cell->length);
  if (g_hash_table_contains (column->seen, word))
    return TRUE;
  if (column->words->len == GENESIS_SCHEMA_MAX_CATEGORIES)
    return genesis_field_refuse (column->field, error,
                                 "more than %u categories, with those that the schema does not "
                                 "have; leave the column out",
                                 GENESIS_SCHEMA_MAX_CATEGORIES);
  add_word (column, g_steal_pointer (&word));
  return TRUE;
}

static void
find_columns (Widening *self, const char *const *names)
{
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->columns[i].at = -1;
      for (int at = 0; self->columns[i].words != NULL && names[at] != NULL; at++)
        if (g_str_equal (names[at], self->columns[i].field->name))
          self->columns[i].at = at;
    }
}

static gboolean
read_words (Widening *self, GenesisSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (GenesisRecords) records = genesis_source_open (source, NULL, cancellable, error);
  const GenesisCell *cells;
  guint64 n_rows = 0;
  int got;

  if (records == NULL)
    return FALSE;
  find_columns (self, genesis_records_get_columns (records));
  while ((got = genesis_records_step (records, &cells, error)) > 0)
    {
      for (guint i = 0; i < self->n_columns; i++)
        if (self->columns[i].at >= 0 && !read_cell (self, i, &cells[self->columns[i].at], error))
          return FALSE;
      if (++n_rows % CANCEL_ROWS == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  return got == 0;
}

/* -- fields ----------------------------------------------------------------- */

/* A fresh copy that may be missing, whose bounds are still the field's. */
static GenesisField *
copy_field (const GenesisField *field)
{
  return genesis_field_with_missing (field, field->may_be_missing ? field->missing : "");
}

static GenesisField *
widen_bounds (const GenesisField *field)
{
  GenesisField *wide = copy_field (field);
  gint64 first, last;

  wide->lo = -MOST_REAL;
  wide->hi = MOST_REAL;
  wide->ilo = -MOST_INTEGER;
  wide->ihi = MOST_INTEGER - 1;
  wide->reading.outside = GENESIS_OUTSIDE_REFUSE;
  if (field->kind != GENESIS_FIELD_KIND_DATETIME)
    return wide;
  genesis_datetime_get_range (field->format, &first, &last);
  wide->ilo = first / field->tick_us;
  wide->ihi = last / field->tick_us;
  return wide;
}

static GenesisField *
widen_vocabulary (const Vocabulary *column)
{
  g_autoptr (GenesisField) copy = copy_field (column->field);
  g_autoptr (GenesisField) levels = NULL;
  g_autoptr (GenesisField) wide = NULL;

  if (column->words->len == column->field->n_categories)
    return g_steal_pointer (&copy);
  g_ptr_array_add (column->words, NULL);
  levels =
      genesis_field_new_category (column->field->name, (const char *const *)column->words->pdata);
  g_ptr_array_set_size (column->words, (int)column->words->len - 1);
  wide = genesis_field_with_missing (levels, copy->missing);
  return genesis_field_with_reading (wide, &copy->reading);
}

GenesisSchema *
genesis_wide_schema_new (GenesisSchema *schema, GenesisSource *const *sources, guint n_sources,
                         GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) fields =
      g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_field_unref);
  g_auto (Widening) widening = { 0 };

  widening_init (&widening, schema);
  for (guint i = 0; i < n_sources; i++)
    if (!read_words (&widening, sources[i], cancellable, error))
      return NULL;
  for (guint i = 0; i < widening.n_columns; i++)
    g_ptr_array_add (fields, widening.columns[i].words != NULL
                                 ? widen_vocabulary (&widening.columns[i])
                                 : widen_bounds (widening.columns[i].field));
  return genesis_schema_new_full ((GenesisField *const *)fields->pdata, fields->len,
                                  genesis_schema_get_excluded (schema),
                                  genesis_schema_get_missing_markers (schema), error);
}
