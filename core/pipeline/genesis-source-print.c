/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "pipeline/genesis-source-print-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

#include <genesis/genesis-error.h>

static gboolean
set_error (GError **error, const char *path, int reason)
{
  g_set_error (error, GENESIS_ERROR, reason == ENOENT ? GENESIS_ERROR_NOT_FOUND : GENESIS_ERROR_IO,
               "cannot read '%s': %s", path, g_strerror (reason));
  return FALSE;
}

/* "size:modified", in bytes and nanoseconds. */
static char *
take_outside (const char *path, GError **error)
{
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    {
      set_error (error, path, errno);
      return NULL;
    }
  return g_strdup_printf ("%" G_GINT64_FORMAT ":%" G_GINT64_FORMAT ".%09ld", (gint64)info.st_size,
                          (gint64)info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
}

static char *
take_digest (const char *path, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *buffer = g_malloc (1u << 20);
  FILE *file = g_fopen (path, "rbe");
  gsize n;
  int reason;

  if (file == NULL)
    {
      set_error (error, path, errno);
      return NULL;
    }
  errno = 0;
  while ((n = fread (buffer, 1, 1u << 20, file)) > 0)
    g_checksum_update (checksum, buffer, (gssize)n);
  reason = ferror (file) ? errno : 0;
  fclose (file);
  if (reason != 0)
    {
      set_error (error, path, reason);
      return NULL;
    }
  return g_strdup (g_checksum_get_string (checksum));
}

char *
genesis_source_print_take (const char *path, GError **error)
{
  g_autofree char *outside = take_outside (path, error);
  g_autofree char *digest = outside != NULL ? take_digest (path, error) : NULL;

  return digest != NULL ? g_strconcat (outside, ":", digest, NULL) : NULL;
}

gboolean
genesis_source_print_matches (const char *path, const char *print, gboolean *same, GError **error)
{
  g_autofree char *outside = take_outside (path, error);
  g_autofree char *digest = NULL;
  g_auto (GStrv) parts = g_strsplit (print, ":", 3);
  gsize size;

  if (outside == NULL)
    return FALSE;
  if (g_str_has_prefix (print, outside) && print[strlen (outside)] == ':')
    {
      *same = TRUE;
      return TRUE;
    }
  size = strcspn (outside, ":");
  if (g_strv_length (parts) != 3 || strlen (parts[0]) != size
      || strncmp (parts[0], outside, size) != 0)
    {
      *same = FALSE;
      return TRUE;
    }
  digest = take_digest (path, error);
  if (digest == NULL)
    return FALSE;
  *same = g_str_equal (digest, parts[2]);
  return TRUE;
}
