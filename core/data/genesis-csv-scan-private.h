/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <glib.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

G_BEGIN_DECLS

/* Finds the bytes that end an unquoted cell (the delimiter, LF, CR), 64 at a time. The buffer must
   be readable, and hold none of them, for 64 bytes behind its end. */
#define GENESIS_CSV_SCAN_PADDING 64u

typedef struct
{
  const char *block; /* 64 bytes from here are in bits */
  guint64 bits;      /* stops that were not yet handed out */
  char delimiter;
} GenesisCsvScan;

#ifdef __SSE2__
static inline guint64
genesis_csv_scan_stops (const char *p, char delimiter)
{
  const __m128i cut = _mm_set1_epi8 (delimiter), lf = _mm_set1_epi8 ('\n'),
                cr = _mm_set1_epi8 ('\r');
  guint64 bits = 0;

  for (int i = 3; i >= 0; i--)
    {
      __m128i bytes = _mm_loadu_si128 ((const __m128i *)(gconstpointer)(p + 16 * i));
      __m128i hit =
          _mm_or_si128 (_mm_or_si128 (_mm_cmpeq_epi8 (bytes, cut), _mm_cmpeq_epi8 (bytes, lf)),
                        _mm_cmpeq_epi8 (bytes, cr));

      bits = bits << 16 | (guint64)(guint)_mm_movemask_epi8 (hit);
    }
  return bits;
}
#else
static inline guint64
genesis_csv_scan_stops (const char *p, char delimiter)
{
  guint64 bits = 0;

  for (int i = 0; i < 64; i++)
    bits |= (guint64)(p[i] == delimiter || p[i] == '\n' || p[i] == '\r') << i;
  return bits;
}
#endif

static inline void
genesis_csv_scan_start (GenesisCsvScan *self, const char *at)
{
  self->block = at;
  self->bits = genesis_csv_scan_stops (at, self->delimiter);
}

/* The next stop, or @end. */
static inline const char *
genesis_csv_scan_next (GenesisCsvScan *self, const char *end)
{
  const char *stop;

  while (self->bits == 0)
    {
      self->block += 64;
      if (self->block >= end)
        return end;
      self->bits = genesis_csv_scan_stops (self->block, self->delimiter);
    }
  stop = self->block + __builtin_ctzll (self->bits);
  self->bits &= self->bits - 1;
  return stop;
}

G_END_DECLS
