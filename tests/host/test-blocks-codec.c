/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "blocks-fixture.h"

static GBytes *
encode (GenesisBlocks *blocks)
{
  g_auto (GenesisEncoder) encoder = { 0 };

  genesis_encoder_init (&encoder);
  genesis_blocks_encode (blocks, &encoder);
  return genesis_encoder_steal (&encoder);
}

static GenesisBlocks *
decode (gconstpointer data, gsize size, GError **error)
{
  GenesisDecoder decoder;

  genesis_decoder_init (&decoder, data, size);
  return genesis_blocks_decode (&decoder, error);
}

static GenesisBlocks *
make_state (void)
{
  GenesisBlocks *state = genesis_blocks_new_state ();
  const gint64 integers[] = { G_MININT64, -1, 0, G_MAXINT64 };
  const double reals[] = { -INFINITY, NAN, 1e-310, .1 };

  genesis_blocks_put (state, "integers", GENESIS_ABI_I64, 4, integers);
  genesis_blocks_put (state, "reals", GENESIS_ABI_F64, 4, reals);
  return state;
}

static void
test_codec_gives_back_what_it_took (void)
{
  g_autoptr (GenesisPlan) plan = make_plan ();
  GenesisBlocks *lists[] = { make_state (), make_partial (plan, 6, 1, 2, 3, -7),
                             genesis_blocks_new_state () };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = encode (lists[i]);
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GenesisBlocks) back =
          decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);

      g_assert_no_error (error);
      g_assert_true (genesis_blocks_equal (lists[i], back));
      again = encode (back);
      g_assert_true (g_bytes_equal (bytes, again));
      genesis_blocks_unref (lists[i]);
    }
}

static void
assert_not_decoded (gconstpointer data, gsize size)
{
  g_autoptr (GError) error = NULL;
  GenesisBlocks *blocks = decode (data, size, &error);

  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_null (blocks);
}

static void
test_decoder_refuses_every_cut (void)
{
  g_autoptr (GenesisBlocks) state = make_state ();
  g_autoptr (GBytes) bytes = encode (state);
  gsize size = g_bytes_get_size (bytes);

  for (gsize n = 0; n < size; n++)
    {
      g_autofree gpointer cut =
          g_memdup2 (g_bytes_get_data (bytes, NULL), n); /* of that size, for the sanitizer */

      assert_not_decoded (cut, n);
    }
}

/* Whatever one changed byte makes of it: refused, or a list with that one encoding. */
static void
test_decoder_survives_every_flip (void)
{
  g_autoptr (GenesisBlocks) state = make_state ();
  g_autoptr (GBytes) bytes = encode (state);
  gsize size;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));

  for (gsize i = 0; i < size; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autoptr (GenesisBlocks) back = NULL;

        data[i] ^= (guint8)(1u << bit);
        back = decode (data, size, NULL);
        if (back != NULL)
          {
            g_autoptr (GBytes) again = encode (back);

            g_assert_cmpuint (g_bytes_get_size (again), <=, size);
            g_assert_cmpmem (g_bytes_get_data (again, NULL), g_bytes_get_size (again), data,
                             g_bytes_get_size (again));
          }
        data[i] ^= (guint8)(1u << bit);
      }
}

static void
encode_block (GenesisEncoder *to, const char *name, guint32 dtype, guint64 n)
{
  genesis_encoder_put_text (to, name);
  genesis_encoder_put_u32 (to, dtype);
  genesis_encoder_put_u32 (to, 0);
  genesis_encoder_put_u64 (to, n);
}

/* A message may claim anything: sizes are judged before they are allocated. */
static void
test_decoder_refuses_claims (void)
{
  const struct
  {
    guint8 kind;
    guint32 n_blocks;
    const char *first, *second;
    guint32 dtype;
    guint64 n;
  } cases[] = {
    { 2, 1, "a", NULL, 2, 1 },                      /* unknown kind */
    { 1, G_MAXUINT32, "a", NULL, 2, 1 },            /* number of blocks */
    { 0, 4097, "a", NULL, 2, 1 },                   /* more than a plan may have */
    { 1, 1, "", NULL, 2, 1 },                       /* no name */
    { 1, 1, NULL, NULL, 2, 1 },                     /* no name */
    { 1, 1, "a", NULL, 3, 1 },                      /* unknown type */
    { 1, 1, "a", NULL, 2, 0 },                      /* empty */
    { 1, 1, "a", NULL, 2, G_MAXUINT64 },            /* cells */
    { 1, 1, "a", NULL, 2, (guint64)1 << 61 },       /* cells whose bytes wrap to 0 */
    { 1, 1, "a", NULL, 2, ((guint64)1 << 26) + 1 }, /* one cell too many */
    { 1, 2, "b", "a", 2, 1 },                       /* a state out of order */
    { 1, 2, "a", "a", 2, 1 },                       /* a name twice */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GenesisEncoder) encoder = { 0 };
      const guint8 padding[200] = { 0 };

      genesis_encoder_init (&encoder);
      genesis_encoder_put_u8 (&encoder, cases[i].kind);
      genesis_encoder_put_u32 (&encoder, cases[i].n_blocks);
      encode_block (&encoder, cases[i].first, cases[i].dtype, cases[i].n);
      if (cases[i].second != NULL)
        {
          genesis_encoder_put_raw (&encoder, padding, 8);
          encode_block (&encoder, cases[i].second, cases[i].dtype, cases[i].n);
        }
      genesis_encoder_put_raw (&encoder, padding, sizeof padding);
      assert_not_decoded (encoder.bytes->data, encoder.bytes->len);
    }
}

static void
test_reals_have_one_encoding (void)
{
  const guint64 others[] = { G_GUINT64_CONSTANT (1) << 63, /* minus zero */
                             G_GUINT64_CONSTANT (0xfff8000000000000),
                             G_GUINT64_CONSTANT (0x7ff8000000000001) };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_auto (GenesisEncoder) encoder = { 0 };
      g_autoptr (GenesisBlocks) state = genesis_blocks_new_state ();
      g_autoptr (GBytes) bytes = NULL;
      double value;

      genesis_encoder_init (&encoder);
      genesis_encoder_put_u8 (&encoder, 1);
      genesis_encoder_put_u32 (&encoder, 1);
      encode_block (&encoder, "x", GENESIS_ABI_F64, 1);
      genesis_encoder_put_u64 (&encoder, others[i]);
      assert_not_decoded (encoder.bytes->data, encoder.bytes->len);
      memcpy (&value, &others[i], sizeof value);
      genesis_blocks_put (state, "x", GENESIS_ABI_F64, 1, &value);
      bytes = encode (state);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, encoder.bytes->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blocks/codec/gives-back-what-it-took", test_codec_gives_back_what_it_took);
  g_test_add_func ("/blocks/codec/refuses-every-cut", test_decoder_refuses_every_cut);
  g_test_add_func ("/blocks/codec/survives-every-flip", test_decoder_survives_every_flip);
  g_test_add_func ("/blocks/codec/refuses-claims-before-allocating", test_decoder_refuses_claims);
  g_test_add_func ("/blocks/codec/reals-have-one-encoding", test_reals_have_one_encoding);
  return g_test_run ();
}
