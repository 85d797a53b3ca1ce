/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-encoder-private.h"

/* Feeds GChecksum, whose lengths are signed, in pieces. */
static GChecksum *
sha256_of (gconstpointer data, gsize n)
{
  const guchar *at = data;
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);

  while (n > 0)
    {
      gsize piece = MIN (n, (gsize)1 << 30);

      g_checksum_update (checksum, at, (gssize)piece);
      at += piece;
      n -= piece;
    }
  return checksum;
}

char *
genesis_sha256_hex (gconstpointer data, gsize n)
{
  g_autoptr (GChecksum) checksum = sha256_of (data, n);

  return g_strdup (g_checksum_get_string (checksum));
}

void
genesis_sha256 (gconstpointer data, gsize n, guint8 out[32])
{
  g_autoptr (GChecksum) checksum = sha256_of (data, n);
  gsize length = 32;

  g_checksum_get_digest (checksum, out, &length);
}

/* CRC-32 of ISO 3309 (as zip, PNG): reflected polynomial 0xedb88320; eight bytes a step ("slicing
   by 8"). */
static guint32 crc_table[8][256];

static gpointer
fill_crc_table (gpointer unused)
{
  for (guint32 i = 0; i < 256; i++)
    {
      guint32 crc = i;

      for (int bit = 0; bit < 8; bit++)
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0);
      crc_table[0][i] = crc;
    }
  for (int slice = 1; slice < 8; slice++)
    for (int i = 0; i < 256; i++)
      crc_table[slice][i] =
          (crc_table[slice - 1][i] >> 8) ^ crc_table[0][crc_table[slice - 1][i] & 0xff];
  return NULL;
}

/* Continues crc, the value of the bytes before (0 at the start), over n further bytes. */
guint32
genesis_crc32 (guint32 crc, gconstpointer data, gsize n)
{
  static GOnce once = G_ONCE_INIT;
  const guint8 *at = data;

  g_once (&once, fill_crc_table, NULL);
  crc = ~crc;
  for (; n >= 8; n -= 8, at += 8)
    {
      guint32 low =
          crc
          ^ ((guint32)at[0] | (guint32)at[1] << 8 | (guint32)at[2] << 16 | (guint32)at[3] << 24);

      crc = crc_table[7][low & 0xff] ^ crc_table[6][low >> 8 & 0xff]
            ^ crc_table[5][low >> 16 & 0xff] ^ crc_table[4][low >> 24] ^ crc_table[3][at[4]]
            ^ crc_table[2][at[5]] ^ crc_table[1][at[6]] ^ crc_table[0][at[7]];
    }
  for (; n > 0; n--)
    crc = (crc >> 8) ^ crc_table[0][(crc ^ *at++) & 0xff];
  return ~crc;
}
