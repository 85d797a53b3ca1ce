/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-encoder-private.h"

#include <string.h>

/* FIPS 180-4 examples. */
static void
test_sha256_vectors (void)
{
  g_autofree char *empty = genesis_sha256_hex (NULL, 0);
  g_autofree char *abc = genesis_sha256_hex ("abc", 3);
  guint8 raw[32];

  g_assert_cmpstr (empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  g_assert_cmpstr (abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  genesis_sha256 ("abc", 3, raw);
  g_assert_cmpint (raw[0], ==, 0xba);
  g_assert_cmpint (raw[31], ==, 0xad);
}

static void
test_encoder_digest (void)
{
  g_auto (GenesisEncoder) encoder = { NULL };
  g_autofree char *digest = NULL;

  genesis_encoder_init (&encoder);
  genesis_encoder_put_raw (&encoder, "abc", 3);
  digest = genesis_encoder_dup_sha256 (&encoder);
  g_assert_cmpstr (digest, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void
test_crc32_check_value (void)
{
  g_assert_cmphex (genesis_crc32 (0, "123456789", 9), ==, 0xcbf43926);
  g_assert_cmphex (genesis_crc32 (0, "", 0), ==, 0);
  g_assert_cmphex (genesis_crc32 (0, "The quick brown fox jumps over the lazy dog", 43), ==,
                   0x414fa339);
}

/* In pieces of every length as in one, so that the eight-byte steps and the rest agree. */
static void
test_crc32_pieces (void)
{
  guint8 data[257];
  guint32 whole;

  for (gsize i = 0; i < sizeof data; i++)
    data[i] = (guint8)(i * 37 + 11);
  whole = genesis_crc32 (0, data, sizeof data);
  for (gsize cut = 0; cut <= sizeof data; cut++)
    {
      guint32 crc = genesis_crc32 (0, data, cut);

      g_assert_cmphex (genesis_crc32 (crc, data + cut, sizeof data - cut), ==, whole);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digest/sha256/published-vectors", test_sha256_vectors);
  g_test_add_func ("/digest/sha256/of-an-encoder", test_encoder_digest);
  g_test_add_func ("/digest/crc32/published-check-values", test_crc32_check_value);
  g_test_add_func ("/digest/crc32/pieces-make-the-whole", test_crc32_pieces);
  return g_test_run ();
}
