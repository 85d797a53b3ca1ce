/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-zstd-private.h"

#ifdef GENESIS_HAVE_ZSTD

#include <zstd.h>
#include <zstd_errors.h>

#define GENESIS_TYPE_ZSTD_DECOMPRESSOR (genesis_zstd_decompressor_get_type ())
G_DECLARE_FINAL_TYPE (GenesisZstdDecompressor, genesis_zstd_decompressor, GENESIS,
                      ZSTD_DECOMPRESSOR, GObject)

struct _GenesisZstdDecompressor
{
  GObject parent_instance;

  ZSTD_DStream *stream;
};

static void genesis_zstd_decompressor_iface_init (GConverterIface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GenesisZstdDecompressor, genesis_zstd_decompressor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_CONVERTER,
                                                      genesis_zstd_decompressor_iface_init))

static GConverterResult
genesis_zstd_decompressor_convert (GConverter *converter, const void *from, gsize from_size,
                                   void *to, gsize to_size, GConverterFlags flags,
                                   gsize *bytes_read, gsize *bytes_written, GError **error)
{
  GenesisZstdDecompressor *self = GENESIS_ZSTD_DECOMPRESSOR (converter);
  ZSTD_inBuffer in = { from, from_size, 0 };
  ZSTD_outBuffer out = { to, to_size, 0 };
  size_t left = ZSTD_decompressStream (self->stream, &out, &in);

  if (ZSTD_isError (left))
    {
      gboolean too_large = ZSTD_getErrorCode (left) == ZSTD_error_frameParameter_windowTooLarge;

      g_set_error_literal (error, G_IO_ERROR,
                           too_large ? G_IO_ERROR_NO_SPACE : G_IO_ERROR_INVALID_DATA,
                           ZSTD_getErrorName (left));
      return G_CONVERTER_ERROR;
    }
  *bytes_read = in.pos;
  *bytes_written = out.pos;
  if (left == 0)
    return G_CONVERTER_FINISHED;
  if (in.pos > 0 || out.pos > 0)
    return G_CONVERTER_CONVERTED;
  g_set_error_literal (error, G_IO_ERROR,
                       to_size == 0 ? G_IO_ERROR_NO_SPACE : G_IO_ERROR_PARTIAL_INPUT,
                       "the frame goes on");
  return G_CONVERTER_ERROR;
}

static void
genesis_zstd_decompressor_reset (GConverter *converter)
{
  ZSTD_DCtx_reset (GENESIS_ZSTD_DECOMPRESSOR (converter)->stream, ZSTD_reset_session_only);
}

static void
genesis_zstd_decompressor_iface_init (GConverterIface *iface)
{
  iface->convert = genesis_zstd_decompressor_convert;
  iface->reset = genesis_zstd_decompressor_reset;
}

static void
genesis_zstd_decompressor_finalize (GObject *object)
{
  ZSTD_freeDStream (GENESIS_ZSTD_DECOMPRESSOR (object)->stream);

  G_OBJECT_CLASS (genesis_zstd_decompressor_parent_class)->finalize (object);
}

static void
genesis_zstd_decompressor_class_init (GenesisZstdDecompressorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = genesis_zstd_decompressor_finalize;
}

static void
genesis_zstd_decompressor_init (GenesisZstdDecompressor *self)
{
  self->stream = ZSTD_createDStream ();
  if (self->stream == NULL)
    g_error ("not enough memory for a zstd stream");
  ZSTD_DCtx_setParameter (self->stream, ZSTD_d_windowLogMax, GENESIS_ZSTD_MAX_WINDOW_LOG);
}

GConverter *
genesis_zstd_decompressor_new (void)
{
  return g_object_new (GENESIS_TYPE_ZSTD_DECOMPRESSOR, NULL);
}

#else

GConverter *
genesis_zstd_decompressor_new (void)
{
  return NULL;
}

#endif
