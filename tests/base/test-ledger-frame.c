/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-ledger-frame-private.h"

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"

#define FIRST_TYPE 1u

static const GenesisLedgerFormat format = { "GENESIS-LEDGER-1", "a ledger of the test",
                                            "begin a new one" };

/* The header and, behind it, n heads of records of a batch to come, without chain and checksum,
   that each reach to the end of the file. */
static GBytes *
make_tail (guint n)
{
  g_auto (GenesisEncoder) encoder = { NULL };
  const guint8 hash[32] = { 0 };

  genesis_encoder_init (&encoder);
  genesis_encoder_put_raw (&encoder, format.header, GENESIS_LEDGER_HEADER_SIZE);
  for (guint i = 0; i < n; i++)
    {
      genesis_encoder_put_raw (&encoder, "GLF1", 4);
      genesis_encoder_put_u32 (&encoder, 60 * (n - i - 1));
      genesis_encoder_put_u32 (&encoder, FIRST_TYPE);
      genesis_encoder_put_u64 (&encoder, 2);
      genesis_encoder_put_u64 (&encoder, 2);
      genesis_encoder_put_raw (&encoder, hash, sizeof hash);
    }
  genesis_encoder_put_u32 (&encoder, 0);
  return g_bytes_new (encoder.bytes->data, encoder.bytes->len);
}

/* Three of them are what a torn write may leave, and are dropped. */
static void
test_few_heads (void)
{
  g_autoptr (GBytes) bytes = make_tail (3);
  g_auto (GenesisLedgerContent) content = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_ledger_content_parse (&content, &format, bytes, "ledger.log", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (content.good_size, ==, GENESIS_LEDGER_HEADER_SIZE);
}

/* To read each of 40,000 to its end would be to read 50 GB. */
static void
test_many_heads (void)
{
  g_autoptr (GBytes) bytes = make_tail (40000);
  g_auto (GenesisLedgerContent) content = { NULL };
  g_autoptr (GError) error = NULL;

  g_assert_false (genesis_ledger_content_parse (&content, &format, bytes, "ledger.log", &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ledger-frame/torn/few-heads-are-dropped", test_few_heads);
  g_test_add_func ("/ledger-frame/damage/many-heads-are-not-read-over-and-over", test_many_heads);
  return g_test_run ();
}
