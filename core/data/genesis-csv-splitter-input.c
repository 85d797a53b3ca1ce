/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-splitter-private.h"

#include <string.h>

/* The bytes that a splitter holds, and the lines that are stepped over between records. */

#define FULL_CAPACITY (512u * 1024u)

/* True when a byte is NUL or not ASCII. */
static gboolean
has_suspicious_bytes (const char *p, gsize n)
{
  const guint8 *bytes = (const guint8 *)p;
  guint8 high = 0, zero = 0;

  for (gsize i = 0; i < n; i++)
    {
      high |= bytes[i];
      zero |= bytes[i] == 0;
    }
  return (high & 0x80) != 0 || zero != 0;
}

/* Moves the unread bytes to the front and reads more behind them. The buffer grows when they fill
   half of it, and once when the file turns out not to be small: a thousand small files must not
   cost a thousand large buffers. */
gboolean
genesis_csv_splitter_refill (GenesisCsvSplitter *self, GError **error)
{
  gsize held = self->end - self->at;
  gsize capacity = self->capacity;
  gssize got;

  if (self->end == capacity)
    capacity = MAX (capacity, FULL_CAPACITY);
  if (held > capacity / 2)
    capacity *= 2;
  memmove (self->buffer, self->buffer + self->at, held);
  self->at = 0;
  self->end = held;
  if (capacity > self->capacity)
    self->buffer = g_realloc (self->buffer, capacity + GENESIS_CSV_SCAN_PADDING);
  self->capacity = capacity;
  got = genesis_csv_decoder_read (self->input, self->buffer + held, self->capacity - held, error);
  self->no_text = got == GENESIS_CSV_DECODER_NO_TEXT;
  if (self->no_text)
    return TRUE;
  if (got < 0)
    return FALSE;
  self->end += (gsize)got;
  self->input_ended = got == 0;
  memset (self->buffer + self->end, 0, GENESIS_CSV_SCAN_PADDING);
  self->suspicious =
      (held > 0 && self->suspicious) || has_suspicious_bytes (self->buffer + held, (gsize)got);
  genesis_csv_scan_start (&self->scan, self->buffer);
  return TRUE;
}

gboolean
genesis_csv_splitter_hold (GenesisCsvSplitter *self, gsize n, GError **error)
{
  while (self->end - self->at < n && !self->input_ended && !self->no_text)
    if (!genesis_csv_splitter_refill (self, error))
      return FALSE;
  return TRUE;
}

void
genesis_csv_splitter_skip (GenesisCsvSplitter *self, gsize n)
{
  self->at += n;
  genesis_csv_scan_start (&self->scan, self->buffer + self->at);
}

gboolean
genesis_csv_splitter_at_comment (GenesisCsvSplitter *self, gboolean *at, GError **error)
{
  if (self->n_comment > 0 && !genesis_csv_splitter_hold (self, self->n_comment, error))
    return FALSE;
  *at = self->n_comment > 0 && self->end - self->at >= self->n_comment
        && memcmp (self->buffer + self->at, self->comment, self->n_comment) == 0;
  return TRUE;
}

static inline gboolean
is_break (char c)
{
  return c == '\n' || c == '\r';
}

gboolean
genesis_csv_splitter_skip_line (GenesisCsvSplitter *self, GError **error)
{
  while (genesis_csv_splitter_hold (self, 1, error))
    {
      while (self->at < self->end && !is_break (self->buffer[self->at]))
        self->at++;
      if (self->at == self->end && !self->input_ended && !self->no_text)
        continue;
      if (!genesis_csv_splitter_hold (self, 2, error))
        return FALSE;
      if (self->at < self->end)
        genesis_csv_splitter_skip (self, memcmp (self->buffer + self->at, "\r\n", 2) == 0 ? 2 : 1);
      self->next_line++;
      return TRUE;
    }
  return FALSE;
}
