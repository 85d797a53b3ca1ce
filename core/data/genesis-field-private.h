/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-schema.h>

#include "base/genesis-buffer-private.h"

G_BEGIN_DECLS

/**
 * GenesisField: see the public header. Private members, read by the data and host rooms; never written after
 * genesis_field_seal().
 * @decimals: INTEGER: value = stored * 10^-decimals
 * @ilo, @ihi: INTEGER and DATETIME: bounds in stored units, inclusive
 * @lo, @hi: REAL: bounds, inclusive
 * @categories: CATEGORY and BOOLEAN: NULL-terminated spellings, in code order
 * @code_of: spelling -> code + 1
 * @missing: spelling that is written for a missing cell ("" unless the data show another)
 * @format: DATETIME: a pattern of the datetime file (e.g. "YYYY-MM-DD hh:mm:ss")
 * @tick_us: DATETIME: microseconds of one tick
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
  GHashTable *code_of;
  char *format;
  gint64 tick_us;
};

/* Bytes of one stored value: int64 and double 8, code 4. */
gsize genesis_field_get_value_size (const GenesisField *self);

G_END_DECLS
