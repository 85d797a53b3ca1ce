/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-column-watch-private.h"

#include <string.h>

#include "data/genesis-datetime-private.h"
#include "data/genesis-number-private.h"
#include "data/genesis-number-shape-private.h"
#include "data/genesis-number-style-private.h"

/* In the spellings that systems write. */
static const char *const words[GENESIS_COLUMN_WATCH_WORDS] = {
  "?",    "-",       ".",    "--",      "*",       "NA",      "na",
  "N/A",  "n/a",     "#N/A", "NaN",     "nan",     "NAN",     "nil",
  "NULL", "Null",    "null", "#VALUE!", "missing", "Missing", "unknown",
  "None", "Unknown", "none", "\\N",     "#NULL!",  "#DIV/0!", "(null)"
};

const char *
genesis_column_watch_get_word (guint i)
{
  return words[i];
}

void
genesis_column_watch_init (GenesisColumnWatch *self)
{
  memset (self, 0, sizeof *self);
  self->firsts = g_array_new (FALSE, FALSE, sizeof (guint64));
}

void
genesis_column_watch_clear (GenesisColumnWatch *self)
{
  g_clear_pointer (&self->patterns, g_hash_table_unref);
  g_clear_pointer (&self->firsts, g_array_unref);
}

static void
note (guint64 *first, guint64 number)
{
  if (*first == 0)
    *first = number;
}

static void
sight (GenesisSighting *self, guint64 number)
{
  self->n++;
  note (&self->first, number);
}

static void
look_for_word (GenesisColumnWatch *self, const GenesisCell *cell, guint64 number)
{
  if (cell->length > 7 || g_ascii_isdigit (cell->text[0]))
    return;
  for (guint i = 0; i < GENESIS_COLUMN_WATCH_WORDS; i++)
    if (words[i][0] == cell->text[0] && strlen (words[i]) == cell->length
        && memcmp (words[i], cell->text, cell->length) == 0)
      sight (&self->words[i], number);
}

static gboolean
note_number (GenesisColumnWatch *self, const char *text, gsize n, guint64 number)
{
  GenesisNumberShape shape;
  double value;

  if (!genesis_number_shape_read (&shape, text, n))
    return FALSE;
  if (self->rounded == 0 && genesis_number_parse_real (text, n, &value)
      && genesis_number_shape_is_rounded (&shape, value))
    self->rounded = number;
  note (&self->kinds[shape.is_code ? GENESIS_CELL_KIND_CODE : GENESIS_CELL_KIND_NUMBER], number);
  if (shape.printed >= 0 && shape.printed <= GENESIS_COLUMN_DRAFT_MAX_PRINTED)
    note (&self->printed[shape.printed], number);
  return TRUE;
}

static gboolean
note_date (GenesisColumnWatch *self, const char *text, gsize n, guint64 number)
{
  GenesisDatetimeReading readings[GENESIS_DATETIME_MAX_READINGS];
  guint n_readings = genesis_datetime_detect (text, n, readings);

  for (guint i = 0; i < n_readings; i++)
    {
      if (self->patterns == NULL)
        self->patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      if (!g_hash_table_contains (self->patterns, readings[i].pattern))
        g_hash_table_insert (self->patterns, g_strdup (readings[i].pattern),
                             g_memdup2 (&number, sizeof number));
    }
  if (n_readings > 0)
    note (&self->kinds[GENESIS_CELL_KIND_DATE], number);
  return n_readings > 0;
}

/* As a column's facts do. */
static void
classify (GenesisColumnWatch *self, const GenesisCell *cell, guint64 number)
{
  GenesisNumberReading readings[2];

  if (note_number (self, cell->text, cell->length, number)
      || note_date (self, cell->text, cell->length, number))
    return;
  if (genesis_number_style_detect (cell->text, cell->length, readings) > 0)
    note (&self->kinds[GENESIS_CELL_KIND_AMOUNT], number);
  else
    note (&self->kinds[GENESIS_CELL_KIND_TEXT], number);
}

void
genesis_column_watch_add (GenesisColumnWatch *self, const GenesisColumnDraft *draft,
                          const GenesisCell *cell, guint64 number)
{
  look_for_word (self, cell, number);
  if (g_ascii_isspace (cell->text[0]) || g_ascii_isspace (cell->text[cell->length - 1]))
    sight (&self->edged, number);
  if (draft->texts == NULL)
    {
      g_array_set_size (self->firsts, 0);
      classify (self, cell, number);
      return;
    }
  if (self->firsts->len == draft->texts->n_entries)
    return;
  g_array_append_val (self->firsts, number);
  classify (self, cell, number);
}

void
genesis_column_watch_add_missing (GenesisColumnWatch *self, guint64 number)
{
  sight (&self->missing, number);
}

guint64
genesis_column_watch_get_first (const GenesisColumnWatch *self, guint32 text)
{
  return text < self->firsts->len ? g_array_index (self->firsts, guint64, text) : 0;
}

guint64
genesis_column_watch_get_pattern (const GenesisColumnWatch *self, const char *pattern)
{
  const guint64 *first =
      self->patterns != NULL ? g_hash_table_lookup (self->patterns, pattern) : NULL;

  return first != NULL ? *first : 0;
}
