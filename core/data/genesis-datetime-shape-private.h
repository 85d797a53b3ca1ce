/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <glib.h>

G_BEGIN_DECLS

#define GENESIS_DATETIME_MAX_WAYS 6

/**
 * GenesisDatetimeWays:
 *
 * The pieces of pattern that one stretch of a text may be read by.
 */
typedef struct
{
  char patterns[GENESIS_DATETIME_MAX_WAYS][32];
  guint n;
} GenesisDatetimeWays;

typedef struct
{
  const char *text;
  gsize n, at;
  GenesisDatetimeWays date, time, zone;
  const char *joint;
  gboolean is_compact, has_named_zone;
} GenesisDatetimeShape;

static inline void G_GNUC_PRINTF (2, 3)
    genesis_datetime_ways_add (GenesisDatetimeWays *ways, const char *format, ...)
{
  va_list args;

  if (ways->n == GENESIS_DATETIME_MAX_WAYS)
    return;
  va_start (args, format);
  g_vsnprintf (ways->patterns[ways->n++], sizeof ways->patterns[0], format, args);
  va_end (args);
}

static inline gsize
genesis_datetime_shape_count_digits (const GenesisDatetimeShape *self, gsize at)
{
  gsize end = at;

  while (end < self->n && g_ascii_isdigit (self->text[end]))
    end++;
  return end - at;
}

static inline gboolean
genesis_datetime_shape_has_char (const GenesisDatetimeShape *self, gsize at, const char *one_of)
{
  return at < self->n && self->text[at] != 0 && strchr (one_of, self->text[at]) != NULL;
}

/* Reads a time of day at the place that has been reached, and goes behind it. */
gboolean genesis_datetime_shape_scan_time (GenesisDatetimeShape *self, gboolean has_date);
/* The same in digits alone. */
gboolean genesis_datetime_shape_scan_compact_time (GenesisDatetimeShape *self);
/* Reads what follows a time as a zone. */
void genesis_datetime_shape_scan_zone (GenesisDatetimeShape *self);

G_END_DECLS
