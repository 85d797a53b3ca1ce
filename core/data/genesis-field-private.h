/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema.h>

#include "base/genesis-buffer-private.h"
#include "data/genesis-field-reading-private.h"
#include "data/genesis-number-style-private.h"

G_BEGIN_DECLS

/* Bytes of a column's name. */
#define GENESIS_FIELD_MAX_NAME 4096u

/**
 * GenesisField: see the public header. Private members, read by the data and host rooms; never
 * written once a field has been given out: genesis_field_with_missing(), _with_unit() and
 * _with_tick() return changed copies.
 * @decimals: INTEGER: value = stored * 10^-decimals
 * @ilo, @ihi: INTEGER and DATETIME: bounds in stored units, inclusive
 * @lo, @hi: REAL: bounds, inclusive
 * @categories: CATEGORY and BOOLEAN: NULL-terminated spellings, in code order
 * @code_of: spelling -> code + 1; use genesis_field_find_code()
 * @code_of_number: numbers without the zeros after their point ("1" for "1.0") -> code + 1; NULL
 *   when there is none
 * @missing: spelling that is written for a missing cell ("" unless the data show another)
 * @format: DATETIME: a pattern of the datetime file (e.g. "YYYY-MM-DD hh:mm:ss"); INTEGER and
 *   REAL: how numbers are dressed, or NULL
 * @style: of that dress
 * @tick_us: DATETIME: microseconds of one tick
 * @reading: what is read for values outside, for an absent column and as missing
 */
struct _GenesisField
{
  gatomicrefcount ref_count;
  char *name, *unit;
  GenesisFieldKind kind;
  gboolean may_be_missing;
  char *missing;
  int decimals;
  gint64 ilo, ihi;
  double lo, hi;
  char **categories;
  guint n_categories;
  GHashTable *code_of, *code_of_number;
  char *format;
  GenesisNumberStyle *style;
  gint64 tick_us;
  GenesisFieldReading reading;
};

/* Bytes of one stored value: int64 and double 8, code 4. */
gsize genesis_field_get_value_size (const GenesisField *self);

/* A copy of a DATETIME field in coarser or finer ticks; lo and hi in the new ticks. */
GenesisField *genesis_field_with_tick (const GenesisField *self, gint64 tick_us, gint64 lo,
                                       gint64 hi);

/* FALSE with GENESIS_ERROR_INVALID_CONFIG "column 'NAME': ...". */
gboolean genesis_field_refuse (const GenesisField *self, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/* Everything that a field must be: name, bounds, vocabulary, pattern. GENESIS_ERROR_INVALID_CONFIG
   naming the column. */
gboolean genesis_field_validate (const GenesisField *self, GError **error);

/* The part of it that is about the dress of numbers. */
gboolean genesis_field_validate_format (const GenesisField *self, GError **error);

/* "integer", "decimal", "real", "category", "boolean" or "datetime". */
const char *genesis_field_get_type_name (const GenesisField *self);

/* For the maker of a field, before anybody else has it: sets unit and gaps (missing NULL: none) in
   place. */
void genesis_field_complete (GenesisField *self, const char *unit, const char *missing);

/* The same for the dress of numbers. */
void genesis_field_set_format (GenesisField *self, const char *format);

/* Fills code_of and code_of_number from categories. */
void genesis_field_index_categories (GenesisField *self);

/* The code of a spelling, or -1. A number may be spelled with or without zeros after its point:
   "1.0" finds "1". */
gint32 genesis_field_find_code (const GenesisField *self, const char *text, gsize n);

typedef enum
{
  GENESIS_FIELD_TEXT_VALUE,   /* *value was set */
  GENESIS_FIELD_TEXT_OUTSIDE, /* well formed, but outside the bounds; *value was set */
  GENESIS_FIELD_TEXT_UNKNOWN  /* not a value of this field */
} GenesisFieldText;

/* One cell, not missing, from its text. value: gint64, double or gint32, as the column stores
   it. */
GenesisFieldText genesis_field_parse (const GenesisField *self, const char *text, gsize n,
                                      gpointer value);

#define GENESIS_FIELD_TEXT_MAX 64

/* One cell as it is written. Returns its text, either in buffer or the field's own, not
   NUL-terminated. */
const char *genesis_field_format (const GenesisField *self, gconstpointer value,
                                  char buffer[GENESIS_FIELD_TEXT_MAX], gsize *n);

G_END_DECLS
