/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-column.h"

#include <math.h>
#include <string.h>

#include "genesis-sdk-cells.h"
#include "genesis-sdk-memory.h"

#define REAL_UNITS 4294967296.0
/* Cells that spikes add at most: two cuts for 0, one at each bound. */
#define SPIKES           4u
#define SPIKES_MIN_CELLS 16u

static const char *
init_real (genesis_sdk_column *self, uint32_t max_cells, int64_t *starts)
{
  const genesis_abi_field *field = self->field;
  double width = field->hi - field->lo;

  if (!isfinite (field->lo) || !isfinite (field->hi) || !(width >= 0.0) || !isfinite (width))
    return "the bounds of a real column must be finite and ascend";
  self->unit = width / REAL_UNITS;
  self->per_unit = self->unit > 0.0 ? REAL_UNITS / width : 0.0;
  if (!isfinite (self->per_unit))
    self->unit = self->per_unit = 0.0;
  self->lo = 0;
  self->hi = self->unit > 0.0 ? (int64_t)REAL_UNITS - 1 : 0;
  self->starts = starts;
  self->n_cells =
      genesis_sdk_cells_make (self->lo, self->hi, field->lo * self->per_unit, max_cells, starts);
  return NULL;
}

const char *
genesis_sdk_column_init (genesis_sdk_column *self, const genesis_abi_field *field, uint32_t index,
                         uint32_t max_cells, int64_t *starts)
{
  self->field = field;
  self->index = index;
  self->type = field->type;
  self->unit = self->per_unit = 0.0;
  self->starts = NULL;
  self->gap = -1;
  switch (field->type)
    {
    case GENESIS_ABI_COL_REAL:
      return init_real (self, max_cells, starts);
    case GENESIS_ABI_COL_INT:
      if (field->ilo > field->ihi)
        return "the lower bound lies above the upper one";
      if ((uint64_t)field->ihi - (uint64_t)field->ilo > INT64_MAX)
        return "the bounds are further apart than 2^63 units";
      self->lo = field->ilo;
      self->hi = field->ihi;
      self->starts = starts;
      self->n_cells = genesis_sdk_cells_make (self->lo, self->hi, 0.0, max_cells, starts);
      return NULL;
    case GENESIS_ABI_COL_CATEGORY:
      if (field->n_categories == 0)
        return "a category column needs at least one category";
      self->lo = 0;
      self->hi = (int64_t)field->n_categories - 1;
      self->n_cells = field->n_categories;
      return NULL;
    default:
      return "the type of the column is not known to this plugin";
    }
}

/* Makes a cell begin at value. */
static void
begin_cell (genesis_sdk_column *self, int64_t value)
{
  uint32_t at = genesis_sdk_search (self->starts, self->n_cells, value);

  if (self->starts[at] == value)
    return;
  memmove (self->starts + at + 2, self->starts + at + 1,
           (self->n_cells - at - 1) * sizeof *self->starts);
  self->starts[at + 1] = value;
  self->n_cells++;
}

static void
isolate (genesis_sdk_column *self, int64_t value)
{
  begin_cell (self, value);
  if (value < self->hi)
    begin_cell (self, value + 1);
}

/* A real's unit is found as read () finds it. */
static int64_t
get_zero_unit (const genesis_sdk_column *self)
{
  double unit = (0.0 - self->field->lo) * self->per_unit;

  if (self->type == GENESIS_ABI_COL_INT)
    return 0;
  return unit < (double)self->hi ? (int64_t)unit : self->hi;
}

static void
isolate_spikes (genesis_sdk_column *self)
{
  const genesis_abi_field *field = self->field;
  int has_zero = self->type == GENESIS_ABI_COL_INT ? self->lo <= 0 && self->hi >= 0
                                                   : field->lo <= 0.0 && field->hi >= 0.0;

  isolate (self, self->lo);
  isolate (self, self->hi);
  if (has_zero)
    isolate (self, get_zero_unit (self));
}

const char *
genesis_sdk_column_init_with_spikes (genesis_sdk_column *self, const genesis_abi_field *field,
                                     uint32_t index, uint32_t max_cells, int64_t *starts)
{
  const char *wrong = genesis_sdk_column_init (self, field, index, max_cells, starts);

  if (wrong != NULL || self->starts == NULL || max_cells < SPIKES_MIN_CELLS
      || (uint64_t)self->hi - (uint64_t)self->lo < max_cells)
    return wrong;
  wrong = genesis_sdk_column_init (self, field, index, max_cells - SPIKES, starts);
  if (wrong == NULL)
    isolate_spikes (self);
  return wrong;
}

static void
read_presence (const genesis_abi_column *view, uint64_t first, uint32_t n, uint8_t *present)
{
  for (uint32_t i = 0; i < n; i++)
    {
      uint64_t bit = view->validity_bit0 + first + i;

      present[i] = view->validity == NULL || ((view->validity[bit >> 3] >> (bit & 7)) & 1);
    }
}

static int
read_integers (const genesis_sdk_column *self, const int64_t *values, uint32_t n,
               const uint8_t *present, int64_t *units)
{
  int bad = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      int64_t value = present[i] ? values[i] : self->lo;

      bad |= (value < self->lo) | (value > self->hi);
      units[i] = value;
    }
  return !bad;
}

static int
read_codes (const genesis_sdk_column *self, const int32_t *values, uint32_t n,
            const uint8_t *present, int64_t *units)
{
  int bad = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      int32_t value = present[i] ? values[i] : 0;

      bad |= (value < 0) | (value > self->hi);
      units[i] = value;
    }
  return !bad;
}

/* One multiplication and a truncation, the same on every machine; the upper bound itself falls
   into the last unit. */
static int
read_reals (const genesis_sdk_column *self, const double *values, uint32_t n,
            const uint8_t *present, int64_t *units)
{
  double lo = self->field->lo, hi = self->field->hi;
  int bad = 0;

  for (uint32_t i = 0; i < n; i++)
    {
      double value = present[i] ? values[i] : lo;
      int inside = value >= lo && value <= hi;
      double unit = inside ? (value - lo) * self->per_unit : 0.0;

      bad |= !inside;
      units[i] = unit < (double)self->hi ? (int64_t)unit : self->hi;
    }
  return !bad;
}

const char *
genesis_sdk_column_read (const genesis_sdk_column *self, const genesis_abi_column *view,
                         uint64_t first, uint32_t n, int64_t *units, uint8_t *present)
{
  int good;

  if (view->type != self->type || view->values == NULL)
    return "the column is not of the type that the schema says";
  read_presence (view, first, n, present);
  if (self->gap < 0)
    for (uint32_t i = 0; i < n; i++)
      if (!present[i])
        return "a cell is missing in a column that is declared complete; let the schema say that "
               "it may be missing";
  if (self->type == GENESIS_ABI_COL_INT)
    good = read_integers (self, (const int64_t *)view->values + first, n, present, units);
  else if (self->type == GENESIS_ABI_COL_REAL)
    good = read_reals (self, (const double *)view->values + first, n, present, units);
  else
    good = read_codes (self, (const int32_t *)view->values + first, n, present, units);
  if (good)
    return NULL;
  return self->type == GENESIS_ABI_COL_CATEGORY
             ? "a code lies outside the categories of the schema"
             : "a value lies outside the bounds; widen them in the schema";
}

genesis_abi_status
genesis_sdk_column_prepare (const genesis_sdk_column *self, const genesis_abi_host *host,
                            const int64_t *starts, uint32_t n, uint64_t n_values,
                            genesis_sdk_locator *locator)
{
  uint32_t *table = NULL;

  if (genesis_sdk_locator_wants_table (self->lo, self->hi, n_values))
    {
      table = genesis_sdk_memory_scratch (host, (uint64_t)self->hi - (uint64_t)self->lo + 1,
                                          sizeof *table);
      if (table == NULL)
        return GENESIS_ABI_E_NOMEM;
    }
  genesis_sdk_locator_init (locator, starts, n, self->lo, self->hi, table);
  return GENESIS_ABI_OK;
}

void
genesis_sdk_column_count (const genesis_sdk_column *self, const genesis_sdk_locator *locator,
                          const int64_t *units, const uint8_t *present, uint32_t n, uint32_t *cells,
                          int64_t *counts)
{
  if (self->starts != NULL)
    genesis_sdk_locator_find (locator, units, n, cells);
  else
    for (uint32_t i = 0; i < n; i++)
      cells[i] = (uint32_t)units[i];
  for (uint32_t i = 0; i < n; i++)
    counts[present[i] ? cells[i] : self->n_cells]++;
}

static double
power_of_ten (int k)
{
  double power = 1.0;

  for (int i = 0; i < k; i++)
    power *= 10.0;
  return power;
}

/* m / 10^k is the double next to the decimal as long as both are exact: k <= 22, |m| <= 2^53. */
double
genesis_sdk_column_shorten (double a, double b)
{
  for (int k = 18; k >= 1; k--)
    {
      double power = power_of_ten (k), candidate = ceil (a / power) * power;

      if (candidate >= a && candidate <= b)
        return candidate;
    }
  for (int k = 0; k <= 22; k++)
    {
      double power = power_of_ten (k), m = ceil (a * power);

      if (fabs (m) > 0x1p53)
        break;
      if (m / power >= a && m / power <= b)
        return m / power;
    }
  return a;
}

static double
clamp (double value, double lo, double hi)
{
  return value < lo ? lo : value > hi ? hi : value;
}

/* A single unit is a value that was seen: its shortest decimal. Elsewhere the value keeps as
   many decimals as the unit is worth. */
static double
make_real (const genesis_sdk_column *self, int64_t lo, int64_t hi, double fraction)
{
  double from = self->field->lo, to = self->field->hi, slack = 1e-6 * self->unit;
  double value, power;

  if (self->unit <= 0.0)
    return from;
  if (lo == hi)
    {
      double a = from + (double)lo * self->unit, b = from + (double)(lo + 1) * self->unit;

      return clamp (genesis_sdk_column_shorten (clamp (a - slack, from, to), clamp (b, from, to)),
                    from, to);
    }
  value = from + ((double)lo + fraction * ((double)hi - (double)lo + 1.0)) * self->unit;
  if (self->unit < 1.0 && self->unit > 1e-15)
    {
      power = power_of_ten ((int)ceil (-log10 (self->unit)));
      if (fabs (value) * power < 0x1p53)
        value = rint (value * power) / power;
    }
  return clamp (value, from, to);
}

static int64_t
make_integer (int64_t lo, int64_t hi, double fraction)
{
  uint64_t width = (uint64_t)hi - (uint64_t)lo;
  double step = floor (fraction * ((double)width + 1.0));

  return (int64_t)((uint64_t)lo + (step < (double)width ? (uint64_t)step : width));
}

void
genesis_sdk_column_write (const genesis_sdk_column *self, genesis_abi_column_out *out, uint64_t row,
                          int64_t lo, int64_t hi, double fraction)
{
  if (self->type == GENESIS_ABI_COL_REAL)
    ((double *)out->values)[row] = make_real (self, lo, hi, fraction);
  else if (self->type == GENESIS_ABI_COL_INT)
    ((int64_t *)out->values)[row] = make_integer (lo, hi, fraction);
  else
    ((int32_t *)out->values)[row] = (int32_t)lo;
}
