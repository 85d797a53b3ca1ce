/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-input-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

#include "data/genesis-zstd-private.h"

#define PACKED_SIZE (64u * 1024u)
#define MAGIC_SIZE  4u

/**
 * GenesisCsvInput:
 * @packing: never DETECT once it is open
 * @unpacker: NULL when the bytes are plain
 * @inside: a gzip member or zstd frame has begun and not ended
 * @packed: read ahead of the unpacker, or the sniffed first bytes of a plain file
 */
struct _GenesisCsvInput
{
  char *name;
  GInputStream *stream;
  GenesisCsvPacking packing;
  GConverter *unpacker;
  gboolean inside;
  gboolean stream_ended;
  guint8 *packed;
  gsize packed_at, packed_end;
};

static GenesisCsvInput *
input_new (GInputStream *stream, const char *name)
{
  GenesisCsvInput *self = g_new0 (GenesisCsvInput, 1);

  self->name = g_strdup (name);
  self->stream = stream;
  self->packed = g_malloc (PACKED_SIZE);
  return self;
}

/* What the held bytes begin with. No CSV text begins so: the second byte of gzip and the third of
   zstd are not UTF-8 there. A zstd file may begin with a frame that is to be skipped. */
static GenesisCsvPacking
read_magic (GenesisCsvInput *self)
{
  const guint8 *p = self->packed + self->packed_at;
  gsize n = self->packed_end - self->packed_at;

  if (n >= 2 && p[0] == 0x1f && p[1] == 0x8b)
    return GENESIS_CSV_PACKING_GZIP;
  if (n >= 4 && p[0] == 0x28 && p[1] == 0xb5 && p[2] == 0x2f && p[3] == 0xfd)
    return GENESIS_CSV_PACKING_ZSTD;
  if (n >= 4 && (p[0] & 0xf0) == 0x50 && p[1] == 0x2a && p[2] == 0x4d && p[3] == 0x18)
    return GENESIS_CSV_PACKING_ZSTD;
  return GENESIS_CSV_PACKING_NONE;
}

static const char *
get_packing_name (GenesisCsvInput *self)
{
  return self->packing == GENESIS_CSV_PACKING_GZIP ? "gzip" : "zstd";
}

static void
set_read_error (GenesisCsvInput *self, const GError *cause, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO,
               "file '%s': reading failed: %s; check the disk or network and repeat", self->name,
               cause->message);
}

/* Reads behind what is held until at least @want bytes are held or the stream ends. */
static gboolean
hold_bytes (GenesisCsvInput *self, gsize want, GError **error)
{
  gsize held = self->packed_end - self->packed_at;

  if (held > 0 && self->packed_at > 0)
    memmove (self->packed, self->packed + self->packed_at, held);
  self->packed_at = 0;
  self->packed_end = held;
  while (self->packed_end < want && !self->stream_ended)
    {
      g_autoptr (GError) cause = NULL;
      gssize n = g_input_stream_read (self->stream, self->packed + self->packed_end,
                                      PACKED_SIZE - self->packed_end, NULL, &cause);

      if (n < 0)
        {
          set_read_error (self, cause, error);
          return FALSE;
        }
      self->packed_end += (gsize)n;
      self->stream_ended = n == 0;
    }
  return TRUE;
}

static gboolean
make_unpacker (GenesisCsvInput *self, GError **error)
{
  if (self->packing == GENESIS_CSV_PACKING_GZIP)
    self->unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  if (self->packing == GENESIS_CSV_PACKING_ZSTD)
    self->unpacker = genesis_zstd_decompressor_new ();
  if (self->packing == GENESIS_CSV_PACKING_NONE || self->unpacker != NULL)
    return TRUE;
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "file '%s' is packed with zstd, which this build cannot read; unpack it with "
               "'zstd -d'",
               self->name);
  return FALSE;
}

/* Finds out how the file is packed, unless that was said; a file that is packed otherwise than was
   said is refused. */
static gboolean
sniff (GenesisCsvInput *self, GenesisCsvPacking packing, GError **error)
{
  GenesisCsvPacking found;

  if (!hold_bytes (self, MAGIC_SIZE, error))
    return FALSE;
  found = read_magic (self);
  self->packing = packing == GENESIS_CSV_PACKING_DETECT ? found : packing;
  if (self->packing == found || self->packing == GENESIS_CSV_PACKING_NONE || self->packed_end == 0)
    return make_unpacker (self, error);
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
               "file '%s' does not begin as %s does; set compression to 'detect', or to what the "
               "file is",
               self->name, get_packing_name (self));
  return FALSE;
}

static void
set_open_error (const char *path, const GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND,
                 "file '%s' does not exist; check the path", path);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_NOT_FOUND, "'%s' is a folder; name a CSV file",
                 path);
  else
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO,
                 "file '%s' cannot be opened: %s; check its permissions", path, cause->message);
}

GenesisCsvInput *
genesis_csv_input_open (const char *path, GenesisCsvPacking packing, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GenesisCsvInput) self = NULL;
  GFileInputStream *stream = g_file_read (file, NULL, &cause);

  if (stream == NULL)
    {
      set_open_error (path, cause, error);
      return NULL;
    }
  self = input_new (G_INPUT_STREAM (stream), path);
  return sniff (self, packing, error) ? g_steal_pointer (&self) : NULL;
}

GenesisCsvInput *
genesis_csv_input_new_for_bytes (GBytes *bytes, const char *name, GenesisCsvPacking packing,
                                 GError **error)
{
  g_autoptr (GenesisCsvInput) self = input_new (g_memory_input_stream_new_from_bytes (bytes), name);

  return sniff (self, packing, error) ? g_steal_pointer (&self) : NULL;
}

void
genesis_csv_input_free (GenesisCsvInput *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->unpacker);
  g_clear_object (&self->stream);
  g_free (self->packed);
  g_free (self->name);
  g_free (self);
}

const char *
genesis_csv_input_get_name (GenesisCsvInput *self)
{
  return self->name;
}

GenesisCsvPacking
genesis_csv_input_get_packing (GenesisCsvInput *self)
{
  return self->packing;
}

static gssize
read_plain (GenesisCsvInput *self, char *to, gsize n, GError **error)
{
  gsize held = MIN (self->packed_end - self->packed_at, n);
  g_autoptr (GError) cause = NULL;
  gssize got;

  if (held > 0)
    {
      memcpy (to, self->packed + self->packed_at, held);
      self->packed_at += held;
      return (gssize)held;
    }
  if (self->stream_ended)
    return 0;
  got = g_input_stream_read (self->stream, to, n, NULL, &cause);
  if (got < 0)
    set_read_error (self, cause, error);
  self->stream_ended = got == 0;
  return got;
}

/* Between members: 1 when another one begins, 0 at the end, -1 when something else follows. */
static int
begin_member (GenesisCsvInput *self, GError **error)
{
  if (!hold_bytes (self, MAGIC_SIZE, error))
    return -1;
  if (self->packed_end == 0)
    return 0;
  if (read_magic (self) != self->packing)
    {
      g_set_error (
          error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA,
          "file '%s': bytes that are not %s follow the compressed data; compress the file again",
          self->name, get_packing_name (self));
      return -1;
    }
  g_converter_reset (self->unpacker);
  self->inside = TRUE;
  return 1;
}

static void
fail_unpacking (GenesisCsvInput *self, const GError *cause, GError **error)
{
  const char *what = "are damaged; compress or copy the file again";

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT))
    what = "end too early; compress or copy the file again";
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    what = "need a window of more than 128 MiB; compress the file again with a smaller one";
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA, "file '%s': the %s data %s",
               self->name, get_packing_name (self), what);
}

static gssize
unpack_some (GenesisCsvInput *self, char *to, gsize n, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize n_read = 0, n_written = 0;
  GConverterResult result;

  result =
      g_converter_convert (self->unpacker, self->packed + self->packed_at,
                           self->packed_end - self->packed_at, to, n,
                           self->stream_ended ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS,
                           &n_read, &n_written, &cause);
  if (result != G_CONVERTER_ERROR)
    {
      self->packed_at += n_read;
      self->inside = result != G_CONVERTER_FINISHED;
      return (gssize)n_written;
    }
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) && !self->stream_ended)
    return hold_bytes (self, self->packed_end - self->packed_at + 1, error) ? 0 : -1;
  fail_unpacking (self, cause, error);
  return -1;
}

static gssize
read_packed (GenesisCsvInput *self, char *to, gsize n, GError **error)
{
  while (TRUE)
    {
      gssize got;

      if (!self->inside)
        {
          int begun = begin_member (self, error);

          if (begun <= 0)
            return begun;
        }
      if (self->packed_at == self->packed_end && !hold_bytes (self, 1, error))
        return -1;
      got = unpack_some (self, to, n, error);
      if (got != 0)
        return got;
    }
}

gssize
genesis_csv_input_read (GenesisCsvInput *self, char *to, gsize n, GError **error)
{
  if (self->unpacker != NULL)
    return read_packed (self, to, n, error);
  return read_plain (self, to, n, error);
}
