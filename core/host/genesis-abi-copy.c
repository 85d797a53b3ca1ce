/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-abi-copy-private.h"

#include <string.h>

#include <genesis/genesis-error.h>

gboolean
genesis_abi_copy_struct (gpointer to, gsize size_here, gconstpointer from, gsize size_1_0,
                         const char *what, GError **error)
{
  guint32 size_there;
  guint32 copied;

  if (from == NULL)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_ABI, "%s is a null pointer", what);
      return FALSE;
    }
  memcpy (&size_there, from, sizeof size_there);
  if (size_there < size_1_0)
    {
      g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_ABI,
                   "%s is too short: struct_size %u, at least %" G_GSIZE_FORMAT
                   " needed; set struct_size to sizeof and build against genesis/plugin-abi.h",
                   what, size_there, size_1_0);
      return FALSE;
    }
  copied = (guint32)MIN (size_there, size_here);
  memset (to, 0, size_here);
  memcpy (to, from, copied);
  memcpy (to, &copied, sizeof copied);
  return TRUE;
}
