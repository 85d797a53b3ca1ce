/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-csv-output-private.h"

#include <gio/gio.h>

#include <genesis/genesis-error.h>

#include "base/genesis-file-private.h"
#include "data/genesis-zstd-private.h"

#define PACKED_SIZE (64u * 1024u)
#define GZIP_LEVEL  6
#define ZSTD_LEVEL  3

/**
 * GenesisCsvOutput:
 * @packer: NULL: the bytes stay as they are
 */
struct _GenesisCsvOutput
{
  char *path;
  GenesisFileWriter *file;
  GConverter *packer;
  guint8 *packed;
};

static gboolean
make_packer (GenesisCsvOutput *self, GError **error)
{
  if (g_str_has_suffix (self->path, ".gz"))
    self->packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, GZIP_LEVEL));
  if (!g_str_has_suffix (self->path, ".zst"))
    return TRUE;
  self->packer = genesis_zstd_compressor_new (ZSTD_LEVEL);
  if (self->packer == NULL)
    g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                 "file '%s': this build has no zstd; write to a name that ends in .gz or .csv",
                 self->path);
  return self->packer != NULL;
}

GenesisCsvOutput *
genesis_csv_output_new (const char *path, GError **error)
{
  g_autoptr (GenesisCsvOutput) self = g_new0 (GenesisCsvOutput, 1);

  self->path = g_strdup (path);
  if (!make_packer (self, error))
    return NULL;
  self->file = genesis_file_writer_new (path, error);
  if (self->file == NULL)
    return NULL;
  if (self->packer != NULL)
    self->packed = g_malloc (PACKED_SIZE);
  return g_steal_pointer (&self);
}

void
genesis_csv_output_free (GenesisCsvOutput *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->file, genesis_file_writer_free);
  g_clear_object (&self->packer);
  g_free (self->packed);
  g_free (self->path);
  g_free (self);
}

static gboolean
fail_packing (GenesisCsvOutput *self, const GError *cause, GError **error)
{
  g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_IO,
               "cannot pack '%s': %s; repeat, or write it "
               "unpacked",
               self->path, cause->message);
  return FALSE;
}

/* Packs all of data; with AT_END what the packer holds back as well. */
static gboolean
pack (GenesisCsvOutput *self, const char *data, gsize n, GConverterFlags flags, GError **error)
{
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (n > 0 || (flags != G_CONVERTER_NO_FLAGS && result != G_CONVERTER_FINISHED))
    {
      g_autoptr (GError) cause = NULL;
      gsize n_read = 0, n_written = 0;

      result = g_converter_convert (self->packer, data, n, self->packed, PACKED_SIZE, flags,
                                    &n_read, &n_written, &cause);
      if (result == G_CONVERTER_ERROR)
        return fail_packing (self, cause, error);
      data += n_read;
      n -= n_read;
      if (!genesis_file_writer_write (self->file, self->packed, n_written, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
genesis_csv_output_write (GenesisCsvOutput *self, const char *data, gsize n, GError **error)
{
  if (self->packer != NULL)
    return pack (self, data, n, G_CONVERTER_NO_FLAGS, error);
  return genesis_file_writer_write (self->file, data, n, error);
}

gboolean
genesis_csv_output_commit (GenesisCsvOutput *self, GError **error)
{
  if (self->packer != NULL && !pack (self, "", 0, G_CONVERTER_INPUT_AT_END, error))
    return FALSE;
  return genesis_file_writer_commit (self->file, error);
}
