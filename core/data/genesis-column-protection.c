/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-column-protection-private.h"

#include "data/genesis-amounts-private.h"
#include "data/genesis-column-conclusion-private.h"
#include "data/genesis-datetime-grain-private.h"
#include "data/genesis-datetime-private.h"
#include "data/genesis-public-grid-private.h"

/* How a number is a day, and the first and last that is taken for one. */
#define DAY_NUMBER "YYYYMMDD"
static const char *const day_number_ends[] = { "19000101", "20991231" };

/**
 * Protection:
 * @facts: what is known
 * @told: what is told
 *
 * Counts are rounded up to multiples of the minimum cell, so that no count and no difference of
 * counts tells of fewer rows; what fewer rows share (a kind of cell, a spelling, an end of the
 * values) is left out.
 */
typedef struct
{
  const GenesisColumnDraft *draft;
  guint64 min_cell;
  GenesisColumnFacts *facts;
  GenesisColumnTold *told;
} Protection;

static guint64
tell_count (const Protection *self, guint64 n)
{
  return genesis_column_told_round (n, self->min_cell);
}

/* 0 below the minimum cell. */
static guint64
tell_kind (const Protection *self, guint64 n)
{
  return n >= self->min_cell ? tell_count (self, n) : 0;
}

static guint64
get_untold (const Protection *self, guint64 n)
{
  return n < self->min_cell ? n : 0;
}

/* -- numbers ---------------------------------------------------------------- */

static void
count_cell (GHashTable *grid, gint32 cell, guint64 count)
{
  gsize held = GPOINTER_TO_SIZE (g_hash_table_lookup (grid, GINT_TO_POINTER (cell)));

  g_hash_table_insert (grid, GINT_TO_POINTER (cell), GSIZE_TO_POINTER (held + count));
}

/* Two counts that are not the same must not seem so; few are none. */
static guint64
tell_part (const Protection *self, guint64 part, guint64 whole)
{
  guint64 told = part == whole ? tell_count (self, part) : tell_kind (self, part);

  return part < whole && told >= tell_count (self, whole) ? told - self->min_cell : told;
}

static GenesisNumberLooks
tell_looks (const Protection *self, const GenesisColumnFacts *facts)
{
  GenesisNumberLooks looks = facts->looks;

  looks.n_bare = tell_kind (self, looks.n_bare);
  looks.n_zero_point = tell_kind (self, looks.n_zero_point);
  looks.n_plus = tell_part (self, looks.n_plus, looks.n_positive);
  looks.n_positive = tell_count (self, looks.n_positive);
  looks.n_negative_zeros = tell_kind (self, looks.n_negative_zeros);
  looks.n_rounded = tell_kind (self, looks.n_rounded);
  looks.n_exponents = tell_part (self, looks.n_exponents, facts->n_numbers);
  return looks;
}

/* Numbers among facts; to is empty. */
static void
tell_numbers (Protection *self, const GenesisColumnFacts *facts, GenesisColumnFacts *to)
{
  guint64 n_beyond;
  gint32 first, last;

  to->n_numbers = tell_kind (self, facts->n_numbers);
  if (to->n_numbers == 0)
    return;
  to->n_codes = tell_kind (self, facts->n_codes);
  to->printed_min = facts->printed_min;
  to->printed_max = facts->printed_max;
  to->needed_max = facts->needed_max;
  to->looks = tell_looks (self, facts);
  genesis_column_told_find_ends (facts->grid, self->min_cell, &first, &last, &n_beyond);
  self->told->n_beyond = MAX (self->told->n_beyond, tell_count (self, n_beyond));
  to->grid = g_hash_table_new (NULL, NULL);
  count_cell (to->grid, first, self->min_cell);
  if (last != first)
    count_cell (to->grid, last, self->min_cell);
}

/* -- amounts ---------------------------------------------------------------- */

/* Only a dress that fits all amounts is told: it is how the column is written. */
static void
tell_amount (Protection *self, const GenesisAmountFacts *amount)
{
  GenesisAmountFacts *to = genesis_amounts_ensure (self->told->facts, &amount->style);

  tell_numbers (self, amount->numbers, to->numbers);
  to->numbers->n = to->numbers->n_numbers;
  for (gsize i = 0; i < GENESIS_AMOUNT_GROUPS; i++)
    to->n_grouped[i] = tell_count (self, amount->n_grouped[i]);
  to->n_ungrouped = tell_count (self, amount->n_ungrouped);
  for (gsize i = 0; i < G_N_ELEMENTS (to->n_negative); i++)
    to->n_negative[i] = tell_count (self, amount->n_negative[i]);
}

static void
tell_amounts (Protection *self)
{
  g_autoptr (GPtrArray) keys = genesis_column_facts_get_amounts (self->facts);

  self->told->facts->n_amounts = tell_kind (self, self->facts->n_amounts);
  for (guint i = 0; i < keys->len && self->told->facts->n_amounts > 0; i++)
    tell_amount (self, g_hash_table_lookup (self->facts->amounts, g_ptr_array_index (keys, i)));
}

/* -- dates ------------------------------------------------------------------ */

/* All days among the numbers, on the grid. When the texts are not held, all days that there could
   be: more than 65,536 different ones leave few out. */
static GHashTable *
count_days (const Protection *self)
{
  const GenesisTextIndex *texts = self->draft->texts;
  GHashTable *grid = g_hash_table_new (NULL, NULL);
  gint64 us;

  for (guint32 id = 0; texts != NULL && id < texts->n_entries; id++)
    if (genesis_datetime_parse (DAY_NUMBER, genesis_text_index_get_text (texts, id),
                                texts->entries[id].length, &us))
      count_cell (grid, genesis_public_grid_get_cell ((double)us), texts->entries[id].count);
  for (gsize i = 0; texts == NULL && i < G_N_ELEMENTS (day_number_ends); i++)
    if (genesis_datetime_parse (DAY_NUMBER, day_number_ends[i], 8, &us))
      count_cell (grid, genesis_public_grid_get_cell ((double)us), self->min_cell);
  return grid;
}

static gint64
floor_to (gint64 value, gint64 tick)
{
  gint64 rest = value % tick;

  return value - (rest < 0 ? rest + tick : rest);
}

/* The ends become edges of the grid, as near to the tick as inside them, and the step the tick. */
static GenesisSpread
tell_times (Protection *self, const char *pattern, const GenesisSpread *times, GHashTable *grid,
            guint64 n)
{
  guint64 from_zero = times->min < 0 ? -(guint64)times->min : (guint64)times->min;
  gint64 tick =
      genesis_datetime_natural_tick (genesis_datetime_common_divisor (times->gcd, from_zero));
  gint64 lo, hi, earliest, latest;
  gint32 first, last;
  guint64 n_beyond;

  genesis_column_told_find_ends (grid, self->min_cell, &first, &last, &n_beyond);
  self->told->n_beyond = MAX (self->told->n_beyond, tell_count (self, n_beyond));
  if (!genesis_public_grid_bound_units (first, last, 1, &lo, &hi))
    return (GenesisSpread){ n, 0, 0, (guint64)tick };
  genesis_datetime_get_range (pattern, &earliest, &latest);
  lo = MAX (lo, earliest);
  hi = MIN (hi, latest);
  lo = floor_to (lo + tick - 1, tick);
  hi = floor_to (hi, tick);
  return (GenesisSpread){ n, MIN (lo, hi), MAX (lo, hi), (guint64)tick };
}

/* A pattern that does not fit every date must not seem to. */
static void
tell_pattern (Protection *self, const char *pattern, const GenesisDateFacts *dates)
{
  gboolean fits_all = dates->times.n == self->facts->n_dates;
  guint64 n = tell_kind (self, dates->times.n);
  GenesisColumnFacts *to = self->told->facts;
  GenesisDateFacts *told;

  if (!fits_all && n >= to->n_dates)
    n = to->n_dates - self->min_cell;
  if (n == 0)
    return;
  told = g_memdup2 (dates, sizeof *dates);
  told->times = tell_times (self, pattern, &dates->times, dates->grid, n);
  told->grid = NULL;
  for (int i = 0; i < GENESIS_DATETIME_N_PLACES; i++)
    {
      told->n_zeros[i] = tell_kind (self, dates->n_zeros[i]);
      told->n_bare[i] = tell_kind (self, dates->n_bare[i]);
    }
  g_hash_table_insert (to->dates, g_strdup (pattern), told);
}

static void
tell_dates (Protection *self)
{
  GenesisColumnFacts *to = self->told->facts;
  g_autoptr (GPtrArray) patterns = genesis_column_facts_get_seen_patterns (self->facts);

  to->n_dates = tell_kind (self, self->facts->n_dates);
  if (to->n_dates == 0)
    return;
  to->dates = genesis_date_facts_new_table ();
  for (guint i = 0; i < patterns->len; i++)
    {
      const char *pattern = g_ptr_array_index (patterns, i);

      tell_pattern (self, pattern, genesis_column_facts_get_dates (self->facts, pattern));
    }
}

/* -- words ------------------------------------------------------------------ */

/* Only columns that hold words tell spellings: numbers and dates are told by their ends. */
static gboolean
holds_words (const Protection *self)
{
  return self->told->facts->n_texts > 0 || self->told->facts->n_codes > 0;
}

static void
tell_spellings (Protection *self)
{
  const GenesisTextIndex *texts = self->draft->texts;
  GenesisTextIndex *to = self->told->spellings;
  guint64 n_cells = 0;

  for (guint32 id = 0; texts != NULL && id < texts->n_entries; id++)
    {
      const GenesisTextEntry *entry = &texts->entries[id];
      guint32 own;

      if (entry->count < self->min_cell)
        continue;
      own = genesis_text_index_insert (to, genesis_text_index_get_text (texts, id), entry->length,
                                       entry->hash);
      to->entries[own].count = tell_count (self, entry->count);
      n_cells += entry->count;
    }
  self->told->n_held_back = tell_count (self, self->facts->n - n_cells);
}

static guint64
round_to_power (guint64 n)
{
  guint64 power = 1;

  while (power < n)
    power *= 2;
  return n == 0 ? 0 : power;
}

/* Lengths serve to tell free text from words, and are told as whole bytes or blanks a value: from
   their sum, the length of a text that is held back would follow. */
static void
tell_lengths (Protection *self)
{
  const GenesisColumnFacts *facts = self->facts;
  const GenesisTextIndex *spellings = self->told->spellings;
  GenesisColumnFacts *to = self->told->facts;

  to->n_bytes = (facts->n_bytes + facts->n - 1) / facts->n * to->n;
  to->n_blanks = facts->n_blanks / facts->n * to->n;
  if (facts->longest > GENESIS_COLUMN_DRAFT_MAX_LENGTH)
    to->longest = round_to_power (facts->longest);
  for (guint32 id = 0; id < spellings->n_entries; id++)
    to->longest = MAX (to->longest, spellings->entries[id].length);
}

static void
tell_rest (Protection *self)
{
  const GenesisColumnFacts *facts = self->facts;
  GenesisColumnFacts *to = self->told->facts;
  guint64 n_different = genesis_column_draft_get_n_texts (self->draft);

  to->n_texts = tell_kind (self, facts->n_texts);
  to->n = to->n_numbers + to->n_dates + to->n_amounts + to->n_texts;
  self->told->n_untold =
      tell_count (self, get_untold (self, facts->n_numbers) + get_untold (self, facts->n_dates)
                            + get_untold (self, facts->n_amounts)
                            + get_untold (self, facts->n_codes)
                            + get_untold (self, facts->n_texts));
  if (to->n == 0)
    return;
  if (facts->day_numbers.n == facts->n)
    {
      g_autoptr (GHashTable) days = count_days (self);

      to->day_numbers = tell_times (self, DAY_NUMBER, &facts->day_numbers, days, to->n);
    }
  self->told->n_held_back = to->n;
  if (holds_words (self))
    tell_spellings (self);
  tell_lengths (self);
  self->told->n_different =
      tell_count (self, n_different - MIN (n_different, self->told->spellings->n_entries));
  if (genesis_column_is_sequence (facts, n_different, self->draft->texts != NULL))
    self->told->n_sequence = to->n;
}

/* -- the column ------------------------------------------------------------- */

static void
tell_column (const Protection *self, GenesisColumnDraft *to, const char *site)
{
  for (guint i = 0; i <= to->n_markers; i++)
    to->n_missing[i] = tell_count (self, self->draft->n_missing[i]);
  for (int i = 0; i <= GENESIS_COLUMN_DRAFT_MAX_PRINTED; i++)
    if (self->draft->most_printed[i] >= self->min_cell)
      genesis_column_draft_note_printed (to, i, site,
                                         tell_count (self, self->draft->most_printed[i]));
  if (self->told->spellings->n_entries > 0)
    genesis_column_draft_note_words (to, genesis_column_draft_sign_texts (self->told->spellings),
                                     site);
  if (self->told->facts->n > 0)
    {
      g_autofree char *kinds = genesis_column_facts_dup_kinds (self->told->facts);

      genesis_column_draft_note_origin (to, kinds, site, self->told->facts->n);
    }
}

GenesisColumnDraft *
genesis_column_draft_dup_protected (const GenesisColumnDraft *self, guint64 min_cell,
                                    const char *site)
{
  g_autoptr (GenesisColumnFacts) facts = genesis_column_draft_dup_facts (self);
  GenesisColumnDraft *to = genesis_column_draft_new (self->n_markers);
  Protection protection = { self, min_cell, facts, genesis_column_told_new () };

  tell_numbers (&protection, facts, protection.told->facts);
  tell_amounts (&protection);
  tell_dates (&protection);
  tell_rest (&protection);
  tell_column (&protection, to, site);
  to->told = protection.told;
  return to;
}
