/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "data/genesis-cell-parser-private.h"
#include "data/genesis-column-conclusion-private.h"
#include "data/genesis-field-private.h"
#include "data/genesis-number-shape-private.h"

/* Free text: many different, long, with blanks. */
#define FREE_TEXT_DIFFERENT 100u
#define FREE_TEXT_BYTES     25u
#define FREE_TEXT_BLANKS    3u

void
genesis_column_conclusion_find (GenesisColumnConclusion *self, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->findings, g_strdup_printf ("column '%s': %s", self->name, what));
}

/* A column of nothing else is boolean; any case. The first of each pair means no. */
gboolean
genesis_column_levels_are_boolean (GStrv levels, const char **no, const char **yes)
{
  static const char *const pairs[][2] = {
    { "false", "true" },
    { "no", "yes" },
    { "n", "y" },
    { "f", "t" },
    { "off", "on" },
    { "nein", "ja" },
    { "n", "j" },
    { "falsch", "wahr" },
    { "non", "oui" },
    { "n", "o" },
    { "faux", "vrai" },
    { "no", "si" },
    { "no", "s\303\255" },
    { "n", "s" },
    { "falso", "vero" },
    { "falso", "verdadero" },
    { "n\303\243o", "sim" },
    { "nee", "ja" },
    { "nej", "ja" },
    { "nei", "ja" },
    { "nie", "tak" },
    { "ne", "ano" },
    { "absent", "present" },
    { "negative", "positive" },
  };

  if (g_strv_length (levels) != 2)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (int swapped = 0; swapped < 2; swapped++)
      if (g_ascii_strcasecmp (levels[swapped], pairs[i][0]) == 0
          && g_ascii_strcasecmp (levels[!swapped], pairs[i][1]) == 0)
        {
          *no = levels[swapped];
          *yes = levels[!swapped];
          return TRUE;
        }
  return FALSE;
}

static gboolean
is_free_text (GenesisColumnConclusion *self)
{
  const GenesisColumnFacts *facts = self->facts;

  if (facts->longest > GENESIS_COLUMN_DRAFT_MAX_LENGTH)
    return TRUE;
  return self->n_different > FREE_TEXT_DIFFERENT && self->n_different > facts->n / 5
         && facts->n_bytes > FREE_TEXT_BYTES * facts->n
         && facts->n_blanks >= FREE_TEXT_BLANKS * facts->n;
}

static const char identifier_reason[] =
    "an identifier or free text, more than nine in ten values differ";

/* Why the text is no category, or NULL. */
static const char *
why_excluded (GenesisColumnConclusion *self)
{
  if (is_free_text (self))
    return "free text";
  if (self->facts->n > GENESIS_IDENTIFIER_ROWS
      && (double)self->n_different > .9 * (double)self->facts->n)
    return identifier_reason;
  if (self->draft->texts == NULL)
    return "more than 65,536 different texts";
  if (self->draft->told != NULL && self->draft->texts->n_entries == 0
      && self->draft->told->spellings->n_entries == 0)
    return "no spelling reaches the minimum cell of a site";
  return NULL;
}

static gboolean
is_padded_number (const char *text, gsize n)
{
  GenesisNumberShape shape;
  gsize first = 0, end = n;

  while (first < end && g_ascii_isspace (text[first]))
    first++;
  while (end > first && g_ascii_isspace (text[end - 1]))
    end--;
  return end - first < n && genesis_number_shape_read (&shape, text + first, end - first);
}

/* Where the texts are held; ", " between cells is common. */
static void
find_about_padded_numbers (GenesisColumnConclusion *self)
{
  const GenesisTextIndex *texts = self->draft->texts;
  guint64 n = 0;

  for (guint32 id = 0; texts != NULL && id < texts->n_entries; id++)
    if (is_padded_number (genesis_text_index_get_text (texts, id), texts->entries[id].length))
      n += texts->entries[id].count;
  if (n > 0)
    genesis_column_conclusion_find (
        self,
        "%" G_GUINT64_FORMAT
        " numbers have blanks around them, which makes them texts; the setting blanks=strip of "
        "the file takes them away",
        n);
}

static void
find_about_mixture (GenesisColumnConclusion *self)
{
  const GenesisColumnFacts *facts = self->facts;

  if (self->draft->n_foreign > 0)
    genesis_column_conclusion_find (
        self,
        "%" G_GUINT64_FORMAT
        " numbers have a point where the decimal sign is a comma; read as categories, for they may "
        "be thousands or codes",
        self->draft->n_foreign);
  else if (facts->n_codes > 0 && facts->n_numbers == facts->n)
    genesis_column_conclusion_find (
        self,
        "%" G_GUINT64_FORMAT
        " numbers have a leading zero; read as categories, spelled as they are",
        facts->n_codes);
  else if (facts->n_numbers > facts->n_dates)
    genesis_column_conclusion_find (
        self,
        "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
        " values are no numbers; read as categories (if they stand for missing, declare them as "
        "markers)",
        facts->n - facts->n_numbers, facts->n);
  else if (facts->n_dates > 0)
    genesis_column_conclusion_find (self,
                                    "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                                    " values are no dates; read as categories",
                                    facts->n - facts->n_dates, facts->n);
}

static GenesisField *
conclude_text (GenesisColumnConclusion *self)
{
  const char *reason = why_excluded (self);
  const char *no = NULL, *yes = NULL;
  g_auto (GStrv) levels = NULL;

  find_about_mixture (self);
  find_about_padded_numbers (self);
  if (reason != NULL)
    {
      if (reason == identifier_reason)
        genesis_column_conclusion_find_identifier (self, reason, GENESIS_IDENTIFIER_KEEP_FORMAT);
      else
        genesis_column_conclusion_find (self, "excluded: %s", reason);
      return NULL;
    }
  levels = genesis_column_draft_dup_vocabulary (self->draft);
  if (self->draft->told != NULL && self->draft->told->n_held_back > 0)
    genesis_column_conclusion_find (
        self, "spellings that do not reach the minimum cell of a site are not told; they are read "
              "as <other>");
  else if (g_strv_length (levels) < self->n_different)
    genesis_column_conclusion_find (
        self, "more categories than a code can tell apart; the rarest are read as <other>");
  if (genesis_column_levels_are_boolean (levels, &no, &yes))
    return genesis_field_new_boolean (self->name, no, yes);
  return genesis_field_new_category (self->name, (const char *const *)levels);
}

/* The steward of such a site finds them with 'genesis schema check'. */
static void
find_about_untold (GenesisColumnConclusion *self)
{
  const GenesisColumnTold *told = self->draft->told;

  if (told != NULL && told->n_untold > 0)
    genesis_column_conclusion_find (
        self, "sites hold back values of a kind that too few of their rows have; they will not fit "
              "this column");
  if (told != NULL && told->n_beyond > 0)
    genesis_column_conclusion_find (
        self,
        "sites hold back lone values far beyond the others; they will lie outside the bounds");
}

static GenesisField *
conclude_kind (GenesisColumnConclusion *self, GError **error)
{
  const GenesisColumnFacts *facts = self->facts;
  GenesisField *field;

  if (facts->n == 0 && self->draft->told != NULL && self->draft->told->n_untold > 0)
    {
      genesis_column_conclusion_find (
          self, "excluded: at no site do enough rows have a value to be told");
      return NULL;
    }
  if (facts->n == 0)
    {
      genesis_column_conclusion_find_identifier (self, "no row has a value",
                                                 GENESIS_IDENTIFIER_EMPTY);
      return NULL;
    }
  if (!genesis_column_conclusion_check_origins (self, error))
    return NULL;
  find_about_untold (self);
  if (self->n_different == 1)
    genesis_column_conclusion_find (self, "constant: every value is the same");
  if (facts->n_dates == facts->n)
    return genesis_column_conclusion_make_dates (self, error);
  if (facts->n_numbers == facts->n && facts->n_codes == 0)
    return genesis_column_conclusion_make_numbers (self);
  field = facts->n_amounts > 0 ? genesis_column_conclusion_make_amounts (self) : NULL;
  return field != NULL ? field : conclude_text (self);
}

/* Of the spellings that the column has, the one that the whole table has most: sites that spell
   alike in all columns are written alike in all. */
static const char *
choose_missing_spelling (const GenesisColumnDraft *draft, const char *const *markers,
                         const guint64 *n_missing_of_table)
{
  int best = -1;

  for (guint i = 0; i <= draft->n_markers; i++)
    if (draft->n_missing[i] > 0 && (best < 0 || n_missing_of_table[i] > n_missing_of_table[best]))
      best = (int)i;
  if (best < 0)
    return NULL;
  return best == 0 ? "" : markers[best - 1];
}

/* A value that is spelled like a missing cell cannot be told from one once it is written. */
static void
find_about_markers (GenesisColumnConclusion *self, const GenesisField *field,
                    const char *const *markers)
{
  GenesisCellParser parser = { NULL };

  if (field->kind == GENESIS_FIELD_KIND_CATEGORY || field->kind == GENESIS_FIELD_KIND_BOOLEAN)
    return;
  genesis_cell_parser_init (&parser, field);
  for (guint i = 0; i < self->draft->n_markers; i++)
    {
      gboolean outside = FALSE;
      gint64 value;

      if (self->draft->n_missing[i + 1] > 0
          && genesis_cell_parser_probe (&parser, markers[i], strlen (markers[i]), &value, &outside)
                 == NULL
          && !outside)
        genesis_column_conclusion_find (
            self,
            "the marker '%s' lies between its bounds: where a synthetic row has that value, it "
            "reads as missing; tighten the bounds in the schema, or mark missing cells otherwise",
            markers[i]);
    }
  genesis_cell_parser_clear (&parser);
}

GenesisField *
genesis_column_draft_conclude (const GenesisColumnDraft *self, const char *name,
                               const char *const *markers, const guint64 *n_missing_of_table,
                               const char *date_order, GPtrArray *findings, GError **error)
{
  g_autoptr (GenesisColumnFacts) facts = genesis_column_draft_dup_facts (self);
  GenesisColumnConclusion conclusion = {
    self, name, findings, facts, genesis_column_draft_get_n_texts (self), date_order
  };
  g_autoptr (GenesisField) field = conclude_kind (&conclusion, error);

  if (field == NULL)
    return NULL;
  find_about_markers (&conclusion, field, markers);
  return genesis_field_with_missing (field,
                                     choose_missing_spelling (self, markers, n_missing_of_table));
}
