/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-encoder-private.h"

#include <math.h>
#include <string.h>

static void
test_layout (void)
{
  static const guint8 expected[] = {
    0xfe,                                                /* u8 */
    0x04, 0x03, 0x02, 0x01,                              /* u32 */
    0x08, 0x07, 0x06, 0x05, 0x04, 0x03, 0x02, 0x01,      /* u64 */
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,      /* -1 */
    0,    0,    0,    0,    0,    0,    0xf0, 0x3f,      /* 1.0 */
    0x02, 0,    0,    0,    'h',  'i',                   /* text */
    0xff, 0xff, 0xff, 0xff,                              /* NULL */
    0x01, 0,    0,    0,    0,    0,    0,    0,    'x', /* bytes */
  };
  g_auto (GenesisEncoder) encoder = { NULL };

  genesis_encoder_init (&encoder);
  genesis_encoder_put_u8 (&encoder, 0xfe);
  genesis_encoder_put_u32 (&encoder, 0x01020304);
  genesis_encoder_put_u64 (&encoder, G_GUINT64_CONSTANT (0x0102030405060708));
  genesis_encoder_put_i64 (&encoder, -1);
  genesis_encoder_put_f64 (&encoder, 1.0);
  genesis_encoder_put_text (&encoder, "hi");
  genesis_encoder_put_text (&encoder, NULL);
  genesis_encoder_put_bytes (&encoder, "x", 1);
  g_assert_cmpmem (encoder.bytes->data, encoder.bytes->len, expected, sizeof expected);
}

static void
test_round_trip (void)
{
  static const gint64 integers[] = { G_MININT64, -1, 0, 1, G_MAXINT64 };
  static const double reals[] = { -INFINITY, -1e-310, 0, 0.1, INFINITY };
  const guint64 words[3] = { 1, G_MAXUINT64, G_GUINT64_CONSTANT (0x0123456789abcdef) };
  g_auto (GenesisEncoder) encoder = { NULL };
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *word = NULL;
  GenesisDecoder decoder;
  gsize n;
  gconstpointer raw;

  genesis_encoder_init (&encoder);
  for (gsize i = 0; i < G_N_ELEMENTS (integers); i++)
    genesis_encoder_put_i64 (&encoder, integers[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (reals); i++)
    genesis_encoder_put_f64 (&encoder, reals[i]);
  genesis_encoder_put_text (&encoder, NULL);
  genesis_encoder_put_text (&encoder, "");
  genesis_encoder_put_text (&encoder, "Gr\xc3\xb6\xc3\x9f"
                                      "e");
  genesis_encoder_put_bytes (&encoder, NULL, 0);
  genesis_encoder_put_u64s (&encoder, words, 3);
  bytes = genesis_encoder_steal (&encoder);
  g_assert_cmpuint (encoder.bytes->len, ==, 0);

  genesis_decoder_init (&decoder, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  for (gsize i = 0; i < G_N_ELEMENTS (integers); i++)
    g_assert_cmpint (genesis_decoder_get_i64 (&decoder), ==, integers[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (reals); i++)
    g_assert_cmpfloat (genesis_decoder_get_f64 (&decoder), ==, reals[i]);
  g_assert_null (genesis_decoder_get_text (&decoder));
  g_assert_false (genesis_decoder_failed (&decoder));
  empty = genesis_decoder_get_text (&decoder);
  g_assert_cmpstr (empty, ==, "");
  word = genesis_decoder_get_text (&decoder);
  g_assert_cmpstr (word, ==,
                   "Gr\xc3\xb6\xc3\x9f"
                   "e");
  g_assert_nonnull (genesis_decoder_get_bytes (&decoder, &n));
  g_assert_cmpuint (n, ==, 0);
  raw = genesis_decoder_get_raw (&decoder, 24);
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
  g_assert_cmpmem (raw, 24, words, 24);
#endif
  g_assert_cmpuint (genesis_decoder_remaining (&decoder), ==, 0);
  g_assert_false (genesis_decoder_failed (&decoder));
}

/* Equal numbers have equal bytes. */
static void
test_one_zero_one_nan (void)
{
  g_auto (GenesisEncoder) a = { NULL };
  g_auto (GenesisEncoder) b = { NULL };

  genesis_encoder_init (&a);
  genesis_encoder_init (&b);
  genesis_encoder_put_f64 (&a, 0.0);
  genesis_encoder_put_f64 (&b, -0.0);
  genesis_encoder_put_f64 (&a, NAN);
  genesis_encoder_put_f64 (&b, -NAN);
  g_assert_cmpmem (a.bytes->data, a.bytes->len, b.bytes->data, b.bytes->len);
}

static void
test_second_spelling (void)
{
  static const guint8 minus_zero[8] = { 0, 0, 0, 0, 0, 0, 0, 0x80 };
  static const guint8 odd_nan[8] = { 1, 0, 0, 0, 0, 0, 0xf8, 0x7f };
  GenesisDecoder decoder;

  genesis_decoder_init (&decoder, minus_zero, 8);
  genesis_decoder_get_f64 (&decoder);
  g_assert_true (genesis_decoder_failed (&decoder));
  genesis_decoder_init (&decoder, odd_nan, 8);
  genesis_decoder_get_f64 (&decoder);
  g_assert_true (genesis_decoder_failed (&decoder));
}

static void
test_enemy_texts (void)
{
  static const struct
  {
    const char *bytes;
    gsize n;
  } cases[] = {
    { "\x05\0\0\0hell", 8 },        /* longer than what follows */
    { "\xfe\xff\xff\xffhello", 9 }, /* nearly 4 GiB */
    { "\x02\0\0\0a\0", 6 },         /* NUL inside */
    { "\x02\0\0\0\xc3(", 6 },       /* not UTF-8 */
    { "\x01\0\0", 3 },              /* cut in the length */
    { "", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GenesisDecoder decoder;

      genesis_decoder_init (&decoder, cases[i].bytes, cases[i].n);
      g_assert_null (genesis_decoder_get_text (&decoder));
      g_assert_true (genesis_decoder_failed (&decoder));
    }
}

static void
test_failure_stays (void)
{
  static const guint8 input[16] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
  GenesisDecoder decoder;
  gsize n = 99;

  genesis_decoder_init (&decoder, input, sizeof input);
  g_assert_null (genesis_decoder_get_bytes (&decoder, &n)); /* a length far beyond the input */
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (genesis_decoder_failed (&decoder));
  g_assert_cmpuint (genesis_decoder_get_u8 (&decoder), ==, 0);
  g_assert_cmpuint (genesis_decoder_get_u32 (&decoder), ==, 0);
  g_assert_cmpuint (genesis_decoder_get_u64 (&decoder), ==, 0);
  g_assert_cmpuint (genesis_decoder_remaining (&decoder), ==, 0);
  g_assert_null (genesis_decoder_get_raw (&decoder, 0));
}

static void
test_null_input (void)
{
  GenesisDecoder decoder;

  genesis_decoder_init (&decoder, NULL, 0);
  g_assert_nonnull (genesis_decoder_get_raw (&decoder, 0));
  g_assert_false (genesis_decoder_failed (&decoder));
  g_assert_cmpuint (genesis_decoder_get_u8 (&decoder), ==, 0);
  g_assert_true (genesis_decoder_failed (&decoder));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/encoder/layout/little-endian-and-length-first", test_layout);
  g_test_add_func ("/encoder/round-trip/every-kind", test_round_trip);
  g_test_add_func ("/encoder/f64/one-zero-and-one-nan", test_one_zero_one_nan);
  g_test_add_func ("/decoder/f64/refuses-a-second-spelling", test_second_spelling);
  g_test_add_func ("/decoder/text/refuses-bad-lengths-nul-and-not-utf8", test_enemy_texts);
  g_test_add_func ("/decoder/failure/stays-and-gives-zeros", test_failure_stays);
  g_test_add_func ("/decoder/input/may-be-null-when-empty", test_null_input);
  return g_test_run ();
}
