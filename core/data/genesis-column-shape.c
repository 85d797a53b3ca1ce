/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-column-summary-private.h"

#include <math.h>
#include <string.h>

#include "data/genesis-column-protection-private.h"
#include "data/genesis-field-private.h"
#include "data/genesis-number-private.h"

/* A histogram of which one bin in equal steps holds more than this is shown in steps of asinh. */
#define MOST_IN_A_BIN .7
/* Fewer steps of the unit than this are not worth it. */
#define LEAST_WIDTH 256.0

/* -- ends ------------------------------------------------------------------- */

/* What a draft of the site would make of the column; NULL when too few rows share anything. */
static GenesisField *
conclude_protected (const GenesisColumnSummary *self, const GenesisColumnInquiry *inquiry)
{
  g_autoptr (GenesisColumnDraft) told = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GenesisField) field = NULL;

  if (inquiry->min_cell <= 1)
    return genesis_field_ref (self->field);
  told = genesis_column_draft_dup_protected (inquiry->draft, inquiry->min_cell, inquiry->site);
  field = genesis_column_draft_conclude (told, inquiry->name, inquiry->watch->markers,
                                         inquiry->n_missing_of_table, inquiry->date_order, findings,
                                         NULL);
  if (field == NULL || field->kind != self->field->kind)
    return NULL;
  return g_steal_pointer (&field);
}

/* A stored value on an axis that two fields of one kind share. */
static double
get_axis_value (const GenesisField *field, gconstpointer value)
{
  if (field->kind == GENESIS_FIELD_KIND_REAL)
    return *(const double *)value;
  if (field->kind == GENESIS_FIELD_KIND_DATETIME)
    return (double)*(const gint64 *)value * (double)field->tick_us;
  return (double)*(const gint64 *)value / (double)genesis_number_power_of_ten (field->decimals);
}

static char *
format_value (const GenesisField *field, gconstpointer value)
{
  char buffer[GENESIS_FIELD_TEXT_MAX];
  gsize n;
  const char *text = genesis_field_format (field, value, buffer, &n);

  return g_strndup (text, n);
}

static void
take_ends (GenesisColumnSummary *self, const GenesisField *shown)
{
  gboolean is_real = shown->kind == GENESIS_FIELD_KIND_REAL;
  const void *lo = is_real ? (const void *)&shown->lo : (const void *)&shown->ilo;
  const void *hi = is_real ? (const void *)&shown->hi : (const void *)&shown->ihi;

  self->from = format_value (shown, lo);
  self->to = format_value (shown, hi);
  self->histogram.from = get_axis_value (shown, lo);
  self->histogram.to = get_axis_value (shown, hi);
  self->histogram.unit = 1;
  if (shown->kind == GENESIS_FIELD_KIND_INTEGER)
    self->histogram.unit =
        1 / (double)genesis_number_power_of_ten (MIN (self->n_digits, shown->decimals));
  else if (shown->kind == GENESIS_FIELD_KIND_DATETIME)
    self->histogram.unit = (double)shown->tick_us;
  else
    self->histogram.unit = MAX (fabs (self->histogram.from), fabs (self->histogram.to)) / 1000;
}

/* -- histogram -------------------------------------------------------------- */

/* Values of the unit from one end to the other; the far end need not be one of them. */
static double
count_units (const GenesisHistogram *self)
{
  return floor ((self->to - self->from) / self->unit + 1e-6) + 1;
}

/* A bin for each value while they are few, else as many as there is room for. */
static void
choose_bins (GenesisHistogram *self, gboolean has_steps)
{
  double n_values = count_units (self);

  self->n_bins = GENESIS_HISTOGRAM_BINS;
  if (has_steps && n_values <= GENESIS_HISTOGRAM_BINS)
    self->n_bins = MAX (1, (guint)n_values);
}

/* A value belongs to the middle of its unit, so that the last bin is as wide as the others and no
   value falls between two. */
static double
get_share (const GenesisHistogram *self, double value)
{
  double first = asinh (self->from / self->unit), last = asinh (self->to / self->unit);

  if (!self->is_log)
    return ((value - self->from) / self->unit + .5) / count_units (self);
  return last > first ? (asinh (value / self->unit) - first) / (last - first) : 0;
}

static guint
find_bin (const GenesisHistogram *self, double value)
{
  return MIN (self->n_bins - 1, (guint)MAX (0, get_share (self, value) * self->n_bins));
}

/* Counts one text; FALSE: it is no value, or one beyond the ends. */
static gboolean
count_text (GenesisColumnSummary *self, const char *text, gsize n, guint64 count)
{
  GenesisHistogram *histogram = &self->histogram;
  union
  {
    gint64 integer;
    double real;
  } stored = { 0 };
  double value;

  if (genesis_field_parse (self->field, text, n, &stored) == GENESIS_FIELD_TEXT_UNKNOWN)
    return TRUE;
  value = get_axis_value (self->field, &stored);
  if (value < histogram->from || value > histogram->to)
    return FALSE;
  histogram->counts[find_bin (histogram, value)] += count;
  return TRUE;
}

static void
count_texts (GenesisColumnSummary *self, const GenesisColumnInquiry *inquiry)
{
  const GenesisTextIndex *texts = inquiry->draft->texts;
  const GenesisColumnWatch *watch = &inquiry->watch->columns[inquiry->place];

  self->n_beyond = self->first_beyond = 0;
  for (guint32 id = 0; id < texts->n_entries; id++)
    {
      guint64 first = genesis_column_watch_get_first (watch, id);

      if (count_text (self, genesis_text_index_get_text (texts, id), texts->entries[id].length,
                      texts->entries[id].count))
        continue;
      self->n_beyond += texts->entries[id].count;
      self->first_beyond = self->first_beyond == 0 ? first : MIN (self->first_beyond, first);
    }
}

static void
count_sample (GenesisColumnSummary *self, const GenesisColumnInquiry *inquiry)
{
  const GenesisRowSample *sample = inquiry->watch->sample;
  guint n_rows = genesis_row_sample_get_n_rows (sample);

  self->histogram.is_sample = sample->depth > 0;
  for (guint row = 0; row < n_rows; row++)
    {
      gsize n;
      const char *text = genesis_row_sample_get (sample, row, inquiry->place, &n);

      if (n > 0)
        count_text (self, text, n, 1);
    }
}

static void
fill (GenesisColumnSummary *self, const GenesisColumnInquiry *inquiry)
{
  memset (self->histogram.counts, 0, sizeof self->histogram.counts);
  if (inquiry->draft->texts != NULL)
    count_texts (self, inquiry);
  else
    count_sample (self, inquiry);
}

static gboolean
is_crowded (const GenesisHistogram *self)
{
  guint64 most = 0, all = 0;

  for (guint i = 0; i < self->n_bins; i++)
    {
      most = MAX (most, self->counts[i]);
      all += self->counts[i];
    }
  return (double)most > MOST_IN_A_BIN * (double)all;
}

static void
make_histogram (GenesisColumnSummary *self, const GenesisColumnInquiry *inquiry)
{
  GenesisHistogram *histogram = &self->histogram;
  gboolean is_number = self->field->kind == GENESIS_FIELD_KIND_INTEGER
                       || self->field->kind == GENESIS_FIELD_KIND_REAL;

  choose_bins (histogram, self->field->kind != GENESIS_FIELD_KIND_REAL);
  fill (self, inquiry);
  if (!is_number || histogram->n_bins < GENESIS_HISTOGRAM_BINS || !is_crowded (histogram)
      || (histogram->to - histogram->from) / histogram->unit < LEAST_WIDTH)
    return;
  histogram->is_log = TRUE;
  fill (self, inquiry);
}

/* -- categories ------------------------------------------------------------- */

static int
compare_levels (gconstpointer a, gconstpointer b)
{
  const GenesisLevel *x = a, *y = b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return strcmp (x->text, y->text);
}

static void
take_levels (GenesisColumnSummary *self, const GenesisColumnInquiry *inquiry)
{
  const GenesisTextIndex *texts = inquiry->draft->texts;

  for (guint32 id = 0; texts != NULL && id < texts->n_entries; id++)
    {
      const GenesisTextEntry *entry = &texts->entries[id];
      GenesisLevel level = { NULL, entry->count };

      if (entry->count < inquiry->min_cell)
        {
          self->n_rare++;
          self->n_rare_cells += entry->count;
          continue;
        }
      level.text = g_strndup (genesis_text_index_get_text (texts, id), entry->length);
      g_array_append_val (self->levels, level);
    }
  g_array_sort (self->levels, compare_levels);
}

void
genesis_column_summary_add_shape (GenesisColumnSummary *self, const GenesisColumnInquiry *inquiry)
{
  g_autoptr (GenesisField) shown = NULL;

  if (self->field->categories != NULL)
    {
      take_levels (self, inquiry);
      return;
    }
  shown = conclude_protected (self, inquiry);
  if (shown == NULL)
    return;
  take_ends (self, shown);
  make_histogram (self, inquiry);
}
