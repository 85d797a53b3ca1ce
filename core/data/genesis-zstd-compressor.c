/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-zstd-private.h"

#ifdef GENESIS_HAVE_ZSTD

#include <zstd.h>

#define GENESIS_TYPE_ZSTD_COMPRESSOR (genesis_zstd_compressor_get_type ())
G_DECLARE_FINAL_TYPE (GenesisZstdCompressor, genesis_zstd_compressor, GENESIS, ZSTD_COMPRESSOR,
                      GObject)

struct _GenesisZstdCompressor
{
  GObject parent_instance;

  ZSTD_CCtx *stream;
};

static void genesis_zstd_compressor_iface_init (GConverterIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GenesisZstdCompressor, genesis_zstd_compressor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER,
                                                      genesis_zstd_compressor_iface_init))

static ZSTD_EndDirective
get_directive (GConverterFlags flags)
{
  if (flags & G_CONVERTER_INPUT_AT_END)
    return ZSTD_e_end;
  return flags & G_CONVERTER_FLUSH ? ZSTD_e_flush : ZSTD_e_continue;
}

static GConverterResult
genesis_zstd_compressor_convert (GConverter *converter, const void *from, gsize from_size, void *to,
                                 gsize to_size, GConverterFlags flags, gsize *bytes_read,
                                 gsize *bytes_written, GError **error)
{
  GenesisZstdCompressor *self = GENESIS_ZSTD_COMPRESSOR (converter);
  ZSTD_EndDirective directive = get_directive (flags);
  ZSTD_inBuffer in = { from, from_size, 0 };
  ZSTD_outBuffer out = { to, to_size, 0 };
  size_t left = ZSTD_compressStream2 (self->stream, &out, &in, directive);

  if (ZSTD_isError (left))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, ZSTD_getErrorName (left));
      return G_CONVERTER_ERROR;
    }
  *bytes_read = in.pos;
  *bytes_written = out.pos;
  if (directive != ZSTD_e_continue && left == 0 && in.pos == in.size)
    return directive == ZSTD_e_end ? G_CONVERTER_FINISHED : G_CONVERTER_FLUSHED;
  if (in.pos > 0 || out.pos > 0)
    return G_CONVERTER_CONVERTED;
  g_set_error_literal (error, G_IO_ERROR,
                       to_size == 0 ? G_IO_ERROR_NO_SPACE : G_IO_ERROR_PARTIAL_INPUT,
                       "nothing to compress");
  return G_CONVERTER_ERROR;
}

static void
genesis_zstd_compressor_reset (GConverter *converter)
{
  ZSTD_CCtx_reset (GENESIS_ZSTD_COMPRESSOR (converter)->stream, ZSTD_reset_session_only);
}

static void
genesis_zstd_compressor_iface_init (GConverterIface *iface)
{
  iface->convert = genesis_zstd_compressor_convert;
  iface->reset = genesis_zstd_compressor_reset;
}

static void
genesis_zstd_compressor_finalize (GObject *object)
{
  ZSTD_freeCCtx (GENESIS_ZSTD_COMPRESSOR (object)->stream);

  G_OBJECT_CLASS (genesis_zstd_compressor_parent_class)->finalize (object);
}

static void
genesis_zstd_compressor_class_init (GenesisZstdCompressorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_zstd_compressor_finalize;
}

static void
genesis_zstd_compressor_init (GenesisZstdCompressor *self)
{
  self->stream = ZSTD_createCCtx ();
  if (self->stream == NULL)
    g_error ("not enough memory for a zstd stream");
  ZSTD_CCtx_setParameter (self->stream, ZSTD_c_checksumFlag, 1);
}

GConverter *
genesis_zstd_compressor_new (int level)
{
  GenesisZstdCompressor *self = g_object_new (GENESIS_TYPE_ZSTD_COMPRESSOR, NULL);

  ZSTD_CCtx_setParameter (self->stream, ZSTD_c_compressionLevel, level);
  return G_CONVERTER (self);
}

#else

GConverter *
genesis_zstd_compressor_new (int level)
{
  return NULL;
}

#endif
