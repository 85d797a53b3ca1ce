/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-ledger-frame-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"

#define TAIL_READINGS 4u

static const guint8 frame_magic[4] = { 'G', 'L', 'F', '1' };

typedef struct
{
  guint32 type, crc;
  guint64 sequence, batch;
  const guint8 *previous;
  gsize body_at, body_size, end;
} Frame;

void
genesis_ledger_record_free (GenesisLedgerRecord *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

void
genesis_ledger_frame_encode (GByteArray *to, guint32 type, guint64 sequence, guint64 batch,
                             guint8 hash[32], GBytes *body)
{
  g_auto (GenesisEncoder) encoder = { NULL };
  gsize n;
  const guint8 *data = g_bytes_get_data (body, &n);

  genesis_encoder_init (&encoder);
  genesis_encoder_put_raw (&encoder, frame_magic, sizeof frame_magic);
  genesis_encoder_put_u32 (&encoder, (guint32)n);
  genesis_encoder_put_u32 (&encoder, type);
  genesis_encoder_put_u64 (&encoder, sequence);
  genesis_encoder_put_u64 (&encoder, batch);
  genesis_encoder_put_raw (&encoder, hash, 32);
  genesis_encoder_put_raw (&encoder, data, n);
  genesis_encoder_put_u32 (&encoder, genesis_crc32 (0, encoder.bytes->data, encoder.bytes->len));

  genesis_sha256 (encoder.bytes->data, encoder.bytes->len, hash);
  g_byte_array_append (to, encoder.bytes->data, encoder.bytes->len);
}

/* What says it is a frame at this offset; its CRC is not looked at. */
static gboolean
read_head (const guint8 *data, gsize size, gsize at, Frame *frame)
{
  GenesisDecoder decoder;

  if (size - at < GENESIS_LEDGER_FRAME_SIZE
      || memcmp (data + at, frame_magic, sizeof frame_magic) != 0)
    return FALSE;

  genesis_decoder_init (&decoder, data + at + sizeof frame_magic, size - at - sizeof frame_magic);
  frame->body_size = genesis_decoder_get_u32 (&decoder);
  frame->type = genesis_decoder_get_u32 (&decoder);
  frame->sequence = genesis_decoder_get_u64 (&decoder);
  frame->batch = genesis_decoder_get_u64 (&decoder);
  frame->previous = genesis_decoder_get_raw (&decoder, 32);
  if (frame->body_size > GENESIS_LEDGER_BODY_MAX || frame->batch > frame->sequence)
    return FALSE;
  frame->body_at = at + GENESIS_LEDGER_FRAME_SIZE - 4;
  if (genesis_decoder_get_raw (&decoder, frame->body_size) == NULL && frame->body_size > 0)
    return FALSE;
  frame->end = frame->body_at + frame->body_size + 4;
  frame->crc = genesis_decoder_get_u32 (&decoder);

  return !genesis_decoder_failed (&decoder);
}

/* A whole frame with a right CRC at this offset, whatever its place in the chain. */
static gboolean
read_frame (const guint8 *data, gsize size, gsize at, Frame *frame)
{
  return read_head (data, size, at, frame)
         && frame->crc == genesis_crc32 (0, data + at, frame->end - 4 - at);
}

/* A good frame somewhere after a bad one that should have been number sequence, and of a later
   batch: see the header. A torn write leaves few bytes that look like frames; a tail with so many
   that their checksums would read it TAIL_READINGS times was made up, and counts as damage. */
static gboolean
finds_later_batch (const guint8 *data, gsize size, gsize at, guint64 sequence)
{
  const guint64 most = TAIL_READINGS * (guint64)(size - at);
  guint64 n_read = 0;
  Frame frame;

  while (at < size)
    {
      const guint8 *found = memmem (data + at, size - at, frame_magic, sizeof frame_magic);

      if (found == NULL)
        return FALSE;
      at = (gsize)(found - data);
      if (read_head (data, size, at, &frame) && frame.batch > sequence)
        {
          n_read += frame.end - at;
          if (n_read > most || read_frame (data, size, at, &frame))
            return TRUE;
        }
      at++;
    }

  return FALSE;
}

static gboolean
check_header (const GenesisLedgerFormat *format, const guint8 *data, gsize size, const char *path,
              GError **error)
{
  const gsize last = GENESIS_LEDGER_HEADER_SIZE - 1;

  if (size < GENESIS_LEDGER_HEADER_SIZE || memcmp (data, format->header, last) != 0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "'%s' is not %s, or its first bytes are damaged; name another place, or move "
                   "the file away",
                   path, format->what);
      return FALSE;
    }
  if (data[last] != (guint8)format->header[last])
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
                   "'%s' is %s in format %c and this program reads format %c; use the version "
                   "that wrote it, or %s",
                   path, format->what, g_ascii_isgraph (data[last]) ? data[last] : '?',
                   format->header[last], format->remedy);
      return FALSE;
    }

  return TRUE;
}

/* What is being read: the bytes, and what messages need. */
typedef struct
{
  const GenesisLedgerFormat *format;
  GBytes *bytes;
  const char *path;
} Input;

static gboolean
set_damage_error (const GenesisLedgerContent *self, const Input *input, const char *reason,
                  GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "'%s': record %" G_GUINT64_FORMAT " at byte %" G_GSIZE_FORMAT
               " is damaged (%s); restore the file from a copy, or %s",
               input->path, self->next_sequence + 1, self->good_size, reason,
               input->format->remedy);
  return FALSE;
}

static gboolean
check_chain (GenesisLedgerContent *self, const Frame *frame, const Input *input, GError **error)
{
  if (frame->sequence != self->next_sequence)
    return set_damage_error (self, input, "it is out of sequence", error);
  if (memcmp (frame->previous, self->hash, sizeof self->hash) != 0)
    return set_damage_error (self, input, "it does not follow from the one before", error);

  return TRUE;
}

static void
take_frame (GenesisLedgerContent *self, GBytes *bytes, const guint8 *data, const Frame *frame)
{
  GenesisLedgerRecord *record = g_new0 (GenesisLedgerRecord, 1);

  record->type = frame->type;
  record->sequence = frame->sequence;
  record->body = g_bytes_new_from_bytes (bytes, frame->body_at, frame->body_size);
  g_ptr_array_add (self->records, record);

  genesis_sha256 (data + self->good_size, frame->end - self->good_size, self->hash);
  self->good_size = frame->end;
  self->next_sequence = frame->sequence + 1;
}

static gboolean
parse_frames (GenesisLedgerContent *self, const Input *input, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (input->bytes, &size);
  Frame frame;

  if (!check_header (input->format, data, size, input->path, error))
    return FALSE;

  genesis_sha256 (data, GENESIS_LEDGER_HEADER_SIZE, self->hash);
  self->good_size = GENESIS_LEDGER_HEADER_SIZE;
  while (self->good_size < size && read_frame (data, size, self->good_size, &frame))
    {
      if (!check_chain (self, &frame, input, error))
        return FALSE;
      take_frame (self, input->bytes, data, &frame);
    }

  if (finds_later_batch (data, size, self->good_size, self->next_sequence))
    return set_damage_error (self, input, "good records follow it", error);

  return TRUE;
}

gboolean
genesis_ledger_content_parse (GenesisLedgerContent *self, const GenesisLedgerFormat *format,
                              GBytes *bytes, const char *path, GError **error)
{
  const Input input = { format, bytes, path };
  g_auto (GenesisLedgerContent) content = { NULL };

  content.records = g_ptr_array_new_with_free_func ((GDestroyNotify)genesis_ledger_record_free);
  if (!parse_frames (&content, &input, error))
    return FALSE;

  *self = content;
  content.records = NULL;

  return TRUE;
}

void
genesis_ledger_content_clear (GenesisLedgerContent *self)
{
  g_clear_pointer (&self->records, g_ptr_array_unref);
}
