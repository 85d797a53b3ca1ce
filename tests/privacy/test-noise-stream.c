/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "privacy/genesis-noise-stream-private.h"

#include <string.h>

static GenesisNoiseStream *
keyed (const guint8 key[GENESIS_NOISE_KEY_SIZE])
{
  g_autoptr (GError) error = NULL;
  GenesisNoiseStream *stream = genesis_noise_stream_new_with_key (key, &error);

  g_assert_no_error (error);
  return stream;
}

static GenesisNoiseStream *
fresh (void)
{
  g_autoptr (GError) error = NULL;
  GenesisNoiseStream *stream = genesis_noise_stream_new (&error);

  g_assert_no_error (error);
  return stream;
}

/* The key stream of 32 zero bytes of key and a zero nonce: draft-strombergson-chacha-test-vectors,
   TC1, 256 bits, 20 rounds. */
static void
test_known_answers (void)
{
  static const guint8 key[GENESIS_NOISE_KEY_SIZE] = { 0 };
  static const guint8 expected[16] = { 0x76, 0xb8, 0xe0, 0xad, 0xa0, 0xf1, 0x3d, 0x90,
                                       0x40, 0x5d, 0x6a, 0xe5, 0x53, 0x86, 0xbd, 0x28 };
  g_autoptr (GenesisNoiseStream) stream = keyed (key);
  guint64 words[2];

  for (int i = 0; i < 2; i++)
    words[i] = GUINT64_TO_LE (genesis_noise_stream_next (stream));
  g_assert_cmpmem (words, sizeof words, expected, sizeof expected);
}

/* No word comes twice: over buffers, over keys of the system, over rekeying. A repeat of 64 random
   bits among 12,000 has a probability of 4e-12. */
static void
test_never_repeats (void)
{
  static const guint8 key[GENESIS_NOISE_KEY_SIZE] = { 7 };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GenesisNoiseStream *streams[] = { fresh (), fresh (), keyed (key) };

  for (gsize s = 0; s < G_N_ELEMENTS (streams); s++)
    {
      for (int i = 0; i < 4000; i++)
        {
          guint64 word = genesis_noise_stream_next (streams[s]);

          if (i % 1500 == 0)
            genesis_noise_stream_rekey (streams[s]);
          g_assert_true (g_hash_table_add (seen, g_memdup2 (&word, sizeof word)));
        }
      genesis_noise_stream_free (streams[s]);
    }
}

static void
test_key_decides (void)
{
  guint8 key[GENESIS_NOISE_KEY_SIZE] = { 1, 2, 3 };
  g_autoptr (GenesisNoiseStream) one = keyed (key), same = keyed (key), other = NULL;

  key[31] = 1;
  other = keyed (key);
  for (int i = 0; i < 3000; i++)
    {
      guint64 word = genesis_noise_stream_next (one);

      g_assert_cmphex (word, ==, genesis_noise_stream_next (same));
      g_assert_cmphex (word, !=, genesis_noise_stream_next (other));
      if (i % 1000 == 999)
        {
          genesis_noise_stream_rekey (one);
          genesis_noise_stream_rekey (same);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/noise-stream/known-answers", test_known_answers);
  g_test_add_func ("/noise-stream/never-repeats", test_never_repeats);
  g_test_add_func ("/noise-stream/key-decides", test_key_decides);
  return g_test_run ();
}
