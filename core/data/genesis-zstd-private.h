/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Zstandard frames as GConverters, which give FINISHED at the end of a frame. NULL when this build
   has none. A frame may ask its reader for a window of 128 MiB, as the zstd tool allows. */

#define GENESIS_ZSTD_MAX_WINDOW_LOG 27

GConverter *genesis_zstd_decompressor_new (void);
GConverter *genesis_zstd_compressor_new (int level);

G_END_DECLS
