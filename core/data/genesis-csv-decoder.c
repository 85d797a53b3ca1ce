/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-decoder-private.h"

#include <errno.h>
#include <string.h>

#include <genesis/genesis-error.h>

#define RAW_SIZE (64u * 1024u)
/* Room for two marks of an encoding. */
#define MARK_SIZE 8u

/* An encoding may give nothing for many bytes (shift sequences), but not for ever. */
#define MIN_ROOM 64u

/**
 * GenesisCsvDecoder:
 * @encoding: as iconv names it
 * @converts, @converter: not for UTF-8
 * @raw: read ahead of the converter, or the first bytes of UTF-8, in which a mark was looked for
 * @flushed: the converter has given what it held back at the end
 */
struct _GenesisCsvDecoder
{
  GenesisCsvInput *input;
  char *encoding;
  gboolean converts;
  GIConv converter;
  char *raw;
  gsize at, end;
  gboolean input_ended, flushed;
};

static gboolean
hold_raw (GenesisCsvDecoder *self, gsize want, GError **error)
{
  gsize held = self->end - self->at;

  if (held > 0 && self->at > 0)
    memmove (self->raw, self->raw + self->at, held);
  self->at = 0;
  self->end = held;
  while (self->end < want && !self->input_ended)
    {
      gssize got =
          genesis_csv_input_read (self->input, self->raw + self->end, RAW_SIZE - self->end, error);

      if (got < 0)
        return FALSE;
      self->end += (gsize)got;
      self->input_ended = got == 0;
    }
  return TRUE;
}

/* UTF-32 in little endian begins as UTF-16 does, with two NULs behind, which no table has. */
static const struct
{
  const char *encoding, *family;
  guint8 n, bytes[4];
} marks[] = {
  { "UTF-8", "UTF-8", 3, { 0xef, 0xbb, 0xbf } },
  { "UTF-32LE", "UTF-32", 4, { 0xff, 0xfe, 0, 0 } },
  { "UTF-32BE", "UTF-32", 4, { 0, 0, 0xfe, 0xff } },
  { "UTF-16LE", "UTF-16", 2, { 0xff, 0xfe } },
  { "UTF-16BE", "UTF-16", 2, { 0xfe, 0xff } },
};

/* A mark belongs to the encoding that was set when it names it, or its family ("UTF-16"). */
static gboolean
mark_fits (gsize mark, const char *encoding)
{
  return encoding == NULL || strcmp (encoding, marks[mark].encoding) == 0
         || strcmp (encoding, marks[mark].family) == 0;
}

static gboolean
is_at_mark (const GenesisCsvDecoder *self, gsize mark)
{
  return self->end - self->at >= marks[mark].n
         && memcmp (self->raw + self->at, marks[mark].bytes, marks[mark].n) == 0;
}

/* Steps over the mark and returns what it names; NULL without one. Programs that add a mark to a
   file that has one leave two. */
static const char *
take_mark (GenesisCsvDecoder *self, const char *encoding)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (is_at_mark (self, i) && mark_fits (i, encoding))
      {
        while (is_at_mark (self, i))
          self->at += marks[i].n;
        return marks[i].encoding;
      }
  return NULL;
}

static gboolean
choose_encoding (GenesisCsvDecoder *self, const char *encoding, GError **error)
{
  const char *marked = take_mark (self, encoding);

  if (marked != NULL)
    encoding = marked;
  self->encoding = g_strdup (encoding != NULL ? encoding : "UTF-8");
  if (strcmp (self->encoding, "UTF-16") != 0 && strcmp (self->encoding, "UTF-32") != 0)
    return TRUE;
  if (self->end == 0) /* an empty file has no order */
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "file '%s' has no byte order mark, so %s may be read in two ways; set the encoding "
               "to %sLE or %sBE",
               genesis_csv_input_get_name (self->input), self->encoding, self->encoding,
               self->encoding);
  return FALSE;
}

static gboolean
make_converter (GenesisCsvDecoder *self, GError **error)
{
  if (strcmp (self->encoding, "UTF-8") == 0)
    return TRUE;
  self->converter = g_iconv_open ("UTF-8", self->encoding);
  self->converts = self->converter != (GIConv)-1;
  if (self->converts)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
               "encoding '%s' is not known here; 'iconv -l' shows those that are", self->encoding);
  return FALSE;
}

GenesisCsvDecoder *
genesis_csv_decoder_new (GenesisCsvInput *input, const char *encoding, GError **error)
{
  g_autoptr (GenesisCsvDecoder) self = g_new0 (GenesisCsvDecoder, 1);

  self->input = input;
  self->raw = g_malloc (RAW_SIZE);
  if (!hold_raw (self, MARK_SIZE, error) || !choose_encoding (self, encoding, error)
      || !make_converter (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
genesis_csv_decoder_free (GenesisCsvDecoder *self)
{
  if (self == NULL)
    return;
  if (self->converts)
    g_iconv_close (self->converter);
  genesis_csv_input_free (self->input);
  g_free (self->encoding);
  g_free (self->raw);
  g_free (self);
}

const char *
genesis_csv_decoder_get_name (GenesisCsvDecoder *self)
{
  return genesis_csv_input_get_name (self->input);
}

const char *
genesis_csv_decoder_get_encoding (GenesisCsvDecoder *self)
{
  return self->encoding;
}

GenesisCsvPacking
genesis_csv_decoder_get_packing (GenesisCsvDecoder *self)
{
  return genesis_csv_input_get_packing (self->input);
}

static gssize
read_plain (GenesisCsvDecoder *self, char *to, gsize n, GError **error)
{
  gsize held = MIN (self->end - self->at, n);

  if (held == 0)
    return self->input_ended ? 0 : genesis_csv_input_read (self->input, to, n, error);
  memcpy (to, self->raw + self->at, held);
  self->at += held;
  return (gssize)held;
}

/* Converts what is held, at least one character of it; 0 means that more input is needed. */
static gssize
convert_held (GenesisCsvDecoder *self, char *to, gsize n)
{
  char *from = self->raw + self->at, *out = to;
  gsize left = self->end - self->at, room = n;
  gsize result = g_iconv (self->converter, &from, &left, &out, &room);
  int reason = errno;

  self->at = self->end - left;
  if (room < n || result != (gsize)-1)
    return (gssize)(n - room);
  if (reason == EINVAL && !self->input_ended)
    return 0;
  return GENESIS_CSV_DECODER_NO_TEXT;
}

/* Some encodings hold a letter back until they know that no accent follows. */
static gssize
convert_end (GenesisCsvDecoder *self, char *to, gsize n)
{
  char *out = to;
  gsize room = n;

  if (self->flushed)
    return 0;
  self->flushed = TRUE;
  g_iconv (self->converter, NULL, NULL, &out, &room);
  return (gssize)(n - room);
}

static gssize
read_converted (GenesisCsvDecoder *self, char *to, gsize n, GError **error)
{
  while (TRUE)
    {
      gssize got = self->at < self->end ? convert_held (self, to, n) : 0;

      if (got != 0)
        return got;
      if (self->at == self->end && self->input_ended)
        return convert_end (self, to, n);
      if (!hold_raw (self, self->end - self->at + 1, error))
        return -1;
    }
}

gssize
genesis_csv_decoder_read (GenesisCsvDecoder *self, char *to, gsize n, GError **error)
{
  g_return_val_if_fail (n >= MIN_ROOM, -1);

  return self->converts ? read_converted (self, to, n, error) : read_plain (self, to, n, error);
}
