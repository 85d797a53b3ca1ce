/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "data/genesis-column-summary-private.h"
#include "data/genesis-datetime-private.h"
#include "data/genesis-field-private.h"
#include "data/genesis-summary-remark-private.h"

/* Half of the cells missing is worth a line. */
#define MUCH_MISSING .5
/* So large a share of rare categories is worth a line. */
#define MANY_RARE .05
/* Patterns of date that are named. */
#define MOST_PATTERNS 4u

typedef struct
{
  const GenesisColumnSummary *column;
  const GenesisColumnInquiry *inquiry;
  const GenesisColumnWatch *watch;
  const GenesisColumnFacts *facts;
  GPtrArray *findings, *remarks;
} Remarks;

#define WARN(self, code, number, todo, ...)                                                        \
  genesis_summary_remarks_add ((self)->remarks, GENESIS_REMARK_WARNING, code, number, todo,        \
                               __VA_ARGS__)
#define NOTE(self, code, number, todo, ...)                                                        \
  genesis_summary_remarks_add ((self)->remarks, GENESIS_REMARK_NOTE, code, number, todo,           \
                               __VA_ARGS__)

/* "line 3", as this table tells its rows. */
static char *
name_place (const Remarks *self, guint64 number)
{
  return g_strdup_printf ("%s %" G_GUINT64_FORMAT, self->inquiry->watch->has_lines ? "line" : "row",
                          number);
}

/* -- dates ------------------------------------------------------------------ */

/* Where each of the patterns begins that the dates of the column mix; *second: where they begin to
   be mixed. */
static char *
name_patterns (const Remarks *self, guint64 *second)
{
  g_autoptr (GPtrArray) seen = genesis_column_facts_get_seen_patterns (self->facts);
  GString *list = g_string_new (NULL);
  guint64 earliest = 0;

  genesis_datetime_drop_unpadded (seen);
  *second = 0;
  for (guint i = 0; i < seen->len; i++)
    {
      guint64 first = genesis_column_watch_get_pattern (self->watch, g_ptr_array_index (seen, i));

      earliest = i == 0 ? first : MIN (earliest, first);
    }
  for (guint i = 0; i < seen->len; i++)
    {
      const char *pattern = g_ptr_array_index (seen, i);
      guint64 first = genesis_column_watch_get_pattern (self->watch, pattern);
      g_autofree char *place = name_place (self, first);

      if (first > earliest && (*second == 0 || first < *second))
        *second = first;
      if (i < MOST_PATTERNS)
        g_string_append_printf (list, "%s%s from %s on", i > 0 ? ", " : "", pattern, place);
    }
  return g_string_free (list, FALSE);
}

/* Dates that no one pattern fits. */
static gboolean
remark_patterns (Remarks *self, gboolean is_refused)
{
  g_autoptr (GPtrArray) all = genesis_column_facts_get_patterns (self->facts);
  g_autofree char *patterns = NULL;
  guint64 second;

  if (self->facts->n_dates == 0 || all->len > 0)
    return FALSE;
  patterns = name_patterns (self, &second);
  genesis_summary_remarks_add (self->remarks,
                               is_refused ? GENESIS_REMARK_REFUSED : GENESIS_REMARK_WARNING,
                               "mixed-date-patterns", second, "write all dates of the column alike",
                               "its dates are written in several ways: %s", patterns);
  return TRUE;
}

/* "column 'x': why; what to do" in two parts. */
static void
remark_refusal (Remarks *self, const GError *refusal)
{
  g_autofree char *where = g_strdup_printf ("column '%s'", self->column->name);
  gboolean is_date = self->facts->n_dates == self->facts->n;
  const char *what = refusal->message;
  const char *todo;
  g_autofree char *why = NULL;

  if (g_str_has_prefix (what, where))
    what += strlen (where);
  what += strspn (what, ": ");
  todo = strchr (what, ';');
  why = todo != NULL ? g_strndup (what, (gsize)(todo - what)) : g_strdup (what);
  genesis_summary_remarks_add (self->remarks, GENESIS_REMARK_REFUSED,
                               is_date ? "undecided-date-order" : "contradiction",
                               self->watch->kinds[GENESIS_CELL_KIND_DATE],
                               todo != NULL ? todo + 2 : NULL, "%s", why);
}

/* -- kinds of value --------------------------------------------------------- */

/* What is not of the kind that most are. */
static void
remark_mixture (Remarks *self)
{
  const GenesisColumnFacts *facts = self->facts;
  const guint64 *kinds = self->watch->kinds;
  guint64 n_odd = facts->n - facts->n_numbers - facts->n_dates - facts->n_amounts;

  if (n_odd <= self->column->n_words || n_odd * 2 > facts->n)
    return;
  WARN (
      self, "mixed-kinds", kinds[GENESIS_CELL_KIND_TEXT],
      "if they stand for missing, declare them with --missing or missing=; else mend them, or the "
      "column is read as categories",
      "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " values are no %s", n_odd, facts->n,
      facts->n_dates > facts->n_numbers ? "dates" : "numbers");
}

static void
remark_codes (Remarks *self)
{
  if (self->inquiry->draft->n_foreign > 0)
    WARN (self, "foreign-decimal-sign", self->watch->kinds[GENESIS_CELL_KIND_NUMBER],
          "look whether they are thousands or codes; write them as the others",
          "%" G_GUINT64_FORMAT " numbers have a point where the decimal sign is a comma",
          self->inquiry->draft->n_foreign);
  else if (self->facts->n_codes > 0 && self->facts->n_numbers == self->facts->n)
    NOTE (self, "leading-zeros", self->watch->kinds[GENESIS_CELL_KIND_CODE],
          "nothing, when they are codes; else write the numbers without them",
          "%" G_GUINT64_FORMAT " numbers have a leading zero, so the column is read as categories",
          self->facts->n_codes);
}

/* 63.0 beside 63. */
static void
remark_decimals (Remarks *self)
{
  const GenesisColumnFacts *facts = self->facts;
  int few = facts->printed_min, many = facts->looks.longest_trailing;
  g_autofree char *first = NULL;
  g_autofree char *other = NULL;
  guint64 at, other_at;

  if (facts->n_numbers == 0 || many <= few || many > GENESIS_COLUMN_DRAFT_MAX_PRINTED)
    return;
  at = self->watch->printed[many];
  other_at = self->watch->printed[few];
  first = name_place (self, at);
  other = name_place (self, other_at);
  NOTE (
      self, "mixed-decimals", MAX (at, other_at),
      "nothing has to be done: they are the same numbers",
      "numbers are written with %d and with %d digits after the point (%s and %s), as 63.0 and 63",
      many, few, first, other);
}

/* More digits than a real keeps. */
static void
remark_lost_digits (Remarks *self)
{
  const GenesisField *field = self->column->field;

  if (field == NULL || field->kind != GENESIS_FIELD_KIND_REAL || self->facts->looks.n_rounded == 0)
    return;
  WARN (self, "lost-digits", self->watch->rounded,
        "declare the column as a category if they are codes; else write fewer digits",
        "%" G_GUINT64_FORMAT
        " numbers have more digits than a real keeps, 15 to 17, so their last digits are lost",
        self->facts->looks.n_rounded);
}

/* -- spellings -------------------------------------------------------------- */

/* A category without what people see last: capitals, and blanks at its ends. */
static char *
fold (const char *text, gsize n)
{
  g_autofree char *copy = g_strndup (text, n);

  return g_utf8_casefold (g_strstrip (copy), -1);
}

/* Categories that have a second spelling, and where the first of those is. */
static guint
count_variants (const Remarks *self, guint64 *first)
{
  const GenesisTextIndex *texts = self->inquiry->draft->texts;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n = 0;

  *first = 0;
  for (guint32 id = 0; id < texts->n_entries; id++)
    {
      g_autofree char *key =
          fold (genesis_text_index_get_text (texts, id), texts->entries[id].length);
      guint held = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key));
      guint64 at = genesis_column_watch_get_first (self->watch, id);

      n += held == 1;
      if (held == 1 && (*first == 0 || at < *first))
        *first = at;
      g_hash_table_replace (seen, g_steal_pointer (&key), GUINT_TO_POINTER (MIN (held + 1, 2)));
    }
  return n;
}

static void
remark_spellings (Remarks *self)
{
  guint64 first;
  guint n;

  if (self->watch->edged.n > 0)
    WARN (
        self, "blanks-at-ends", self->watch->edged.first,
        "take the blanks out where the table is made, or say blanks=strip (--dialect, or in a key "
        "file)",
        "%" G_GUINT64_FORMAT " values begin or end with a blank", self->watch->edged.n);
  if (self->inquiry->draft->texts == NULL || self->facts->n_texts == 0)
    return;
  n = count_variants (self, &first);
  if (n > 0)
    WARN (self, "spelling-variants", first, "write each category in one way",
          "%u categor%s written in more than one way (capitals, blanks at the ends)", n,
          n == 1 ? "y is" : "ies are");
}

/* -- the column as a whole -------------------------------------------------- */

static void
remark_missing (Remarks *self)
{
  const GenesisColumnSummary *column = self->column;
  double share = (double)column->n_missing_cells / (double)(column->n + column->n_missing_cells);

  if (column->n_missing_cells == 0)
    return;
  if (column->n == 0)
    WARN (self, "all-missing", self->watch->missing.first,
          "exclude the column, or have it written empty with \"id\": \"empty\" in the schema",
          "no row has a value");
  else if (share >= MUCH_MISSING)
    NOTE (self, "high-missingness", self->watch->missing.first, NULL,
          "%.0f %% of the cells are missing", share < .995 ? 100 * share : 99.0);
}

static void
remark_distinct (Remarks *self)
{
  const GenesisColumnSummary *column = self->column;
  gboolean is_unique =
      g_str_equal (column->distinct, "unique") || g_str_equal (column->distinct, "nearly unique");

  if (g_str_equal (column->distinct, "constant"))
    WARN (self, "constant", 0, "exclude it if it tells nothing", "every value is the same");
  if (column->field == NULL)
    return;
  if (is_unique && column->field->kind != GENESIS_FIELD_KIND_REAL && self->facts->needed_max == 0)
    WARN (self, "nearly-unique", 0, "exclude it in the schema if it identifies a record",
          "%severy value differs", g_str_equal (column->distinct, "unique") ? "" : "nearly ");
  if ((double)column->n_rare_cells >= MANY_RARE * (double)column->n && !column->is_blocked)
    NOTE (self, "rare-categories", 0,
          "a draft tells none of them: declare the categories in a schema, or fewer of them",
          "%" G_GUINT64_FORMAT " values are of %" G_GUINT64_FORMAT
          " categories that fewer than %" G_GUINT64_FORMAT " rows have each",
          column->n_rare_cells, column->n_rare, self->inquiry->min_cell);
  if (column->n_beyond > 0)
    NOTE (self, "lone-values", column->first_beyond,
          "look whether they are errors; else widen the bounds by hand",
          "%" G_GUINT64_FORMAT " value%s far beyond the others, and would lie outside the public "
          "bounds",
          column->n_beyond, column->n_beyond == 1 ? " lies" : "s lie");
  if (column->field->categories == NULL && column->from == NULL)
    NOTE (self, "too-few-to-show", 0, NULL,
          "too few rows have a value, or values near each other, for ends that may be shown");
}

static void
remark_exclusion (Remarks *self)
{
  if (g_str_equal (self->column->type, "excluded") && self->column->n > 0)
    NOTE (self, "excluded", 0,
          "to have it written with new values, name it in the schema with \"id\" (docs/columns.md)",
          "nobody learns from it: %s", self->column->found);
}

static void
remark_name (Remarks *self)
{
  const char *name = self->column->name;

  if (g_ascii_isspace (name[0]) || g_ascii_isspace (name[strlen (name) - 1]))
    NOTE (self, "odd-name", 0, "take the blanks out where the table is made",
          "the column's name begins or ends with a blank");
}

/* What the conclusion found and nothing above said. */
static void
remark_rest (Remarks *self)
{
  static const char *const said[] = { "excluded: ", "constant: ", "read as categories",
                                      "every value differs", "digits are lost" };
  g_autofree char *where = g_strdup_printf ("column '%s': ", self->column->name);

  for (guint i = 0; i < self->findings->len; i++)
    {
      const char *finding = g_ptr_array_index (self->findings, i);
      gboolean is_said = FALSE;

      for (guint j = 0; j < G_N_ELEMENTS (said); j++)
        is_said |= strstr (finding, said[j]) != NULL;
      if (g_str_has_prefix (finding, where))
        finding += strlen (where);
      if (!is_said)
        NOTE (self, "reading", 0, NULL, "%s", finding);
    }
}

void
genesis_column_summary_remark (const GenesisColumnSummary *column,
                               const GenesisColumnInquiry *inquiry, const GenesisColumnFacts *facts,
                               const GError *refusal, GPtrArray *findings, GPtrArray *remarks)
{
  Remarks self = { column, inquiry,  &inquiry->watch->columns[inquiry->place],
                   facts,  findings, remarks };
  guint before = remarks->len;

  if (!remark_patterns (&self, refusal != NULL) && refusal != NULL)
    remark_refusal (&self, refusal);
  remark_mixture (&self);
  remark_codes (&self);
  remark_decimals (&self);
  remark_lost_digits (&self);
  remark_spellings (&self);
  remark_missing (&self);
  remark_distinct (&self);
  remark_exclusion (&self);
  remark_name (&self);
  remark_rest (&self);
  for (guint i = before; i < remarks->len; i++)
    {
      GenesisSummaryRemark *remark = g_ptr_array_index (remarks, i);

      remark->column = g_strdup (column->name);
      remark->place = column->place;
    }
}
