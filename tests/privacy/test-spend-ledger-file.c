/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the file of a spend ledger survives, and what it refuses. */
#include "config.h"

#include "spend-fixture.h"

#include "privacy/genesis-spend-history-private.h"

static void
reserve (GenesisSpendLedger *ledger, const GenesisSpend *spend, GenesisSpendState expected)
{
  g_autoptr (GError) error = NULL;
  GenesisSpendState state;

  g_assert_true (genesis_spend_ledger_reserve (ledger, spend, NULL, &state, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (state, ==, expected);
}

static GBytes *
write_rounds (Fixture *fixture, guint n_old, guint n, guint64 *units)
{
  g_autoptr (GenesisSpendLedger) ledger = open_ledger (fixture);
  char *text;
  gsize size;

  for (guint round = 1; round <= n; round++)
    {
      g_autoptr (GenesisSpend) spend = make_spend ("run", round, .25);

      *units = spend->units;
      reserve (ledger, spend, round <= n_old ? GENESIS_SPEND_RESERVED : GENESIS_SPEND_NEW);
    }
  g_assert_true (g_file_get_contents (fixture->path, &text, &size, NULL));
  return g_bytes_new_take (text, size);
}

static void
put_file (Fixture *fixture, gconstpointer data, gsize size)
{
  g_unlink (fixture->path); /* else it is replaced, which waits for the disk */
  g_assert_true (g_file_set_contents_full (fixture->path, data, (gssize)size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* Cut in its last record, that record alone is gone; and it can be paid for again. */
static void
test_torn (Fixture *fixture, gconstpointer data)
{
  guint64 units = 0;
  g_autoptr (GBytes) two = write_rounds (fixture, 0, 2, &units);
  g_autoptr (GBytes) three = write_rounds (fixture, 2, 3, &units);

  for (gsize n = g_bytes_get_size (two); n < g_bytes_get_size (three); n += 13)
    {
      g_autoptr (GenesisSpendLedger) ledger = NULL;
      g_autoptr (GenesisSpend) spend = make_spend ("run", 3, .25);

      put_file (fixture, g_bytes_get_data (three, NULL), n);
      ledger = open_ledger (fixture);
      g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), ==, 2 * units);
      reserve (ledger, spend, GENESIS_SPEND_NEW);
      g_assert_cmpuint (genesis_spend_ledger_get_spent (ledger), ==, 3 * units);
    }
}

/* A bit that flips before the last record is never read past. */
static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  guint64 units = 0;
  g_autoptr (GBytes) two = write_rounds (fixture, 0, 2, &units);
  g_autoptr (GBytes) three = write_rounds (fixture, 2, 3, &units);
  gsize size;
  g_autofree guint8 *copy = g_bytes_unref_to_data (g_steal_pointer (&three), &size);

  for (gsize at = 0; at < g_bytes_get_size (two); at++)
    {
      g_autoptr (GError) error = NULL;

      copy[at] ^= 0x10;
      put_file (fixture, copy, size);
      copy[at] ^= 0x10;
      g_assert_null (genesis_spend_ledger_open (fixture->path, DATASET, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
    }
}

/* Whole frames that are no history: a kind of tomorrow, a digest without a spend, two owners, a sum
   that is not that of its parts. */
static void
test_senseless (Fixture *fixture, gconstpointer data)
{
  for (int kind = 0; kind < 4; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisSpend) spend = make_spend ("run", 1, .25);
      g_auto (GenesisEncoder) body = { NULL };
      g_autoptr (GBytes) bytes = NULL;
      GenesisLedger *file;

      g_unlink (fixture->path);
      genesis_spend_ledger_unref (open_ledger (fixture));
      genesis_encoder_init (&body);
      if (kind == 3)
        spend->units--;
      if (kind == 2)
        genesis_encoder_put_text (&body, DATASET);
      else
        genesis_spend_encode (spend, &body);
      if (kind == 1)
        genesis_encoder_put_text (&body, "abc");
      if (kind == 3)
        {
          genesis_encoder_put_f64 (&body, NAN);
          genesis_encoder_put_f64 (&body, NAN);
        }
      bytes = genesis_encoder_steal (&body);
      file = genesis_ledger_open (fixture->path, &genesis_spend_ledger_format, NULL, &error);
      g_assert_true (genesis_ledger_append (file,
                                            kind == 0   ? 77
                                            : kind == 1 ? GENESIS_SPEND_RECORD_COMMITTED
                                            : kind == 2 ? GENESIS_SPEND_RECORD_OPENED
                                                        : GENESIS_SPEND_RECORD_RESERVED,
                                            bytes, &error));
      g_assert_true (genesis_ledger_sync (file, &error));
      genesis_ledger_free (file);

      g_assert_null (genesis_spend_ledger_open (fixture->path, DATASET, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "record 2"));
    }
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/spend-ledger/file/torn-end-is-dropped", test_torn);
  add ("/spend-ledger/file/damage-is-refused", test_damaged);
  add ("/spend-ledger/file/senseless-records-are-refused", test_senseless);
  return g_test_run ();
}
