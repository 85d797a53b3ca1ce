/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-ledger-private.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include <glib/gstdio.h>

#include <genesis/genesis-error.h>

#include "base/genesis-encoder-private.h"

#define FIRST_TYPE 1u

static const GenesisLedgerFormat format = { "GENESIS-LEDGER-1", "a ledger of the test",
                                            "begin a new one" };

typedef struct
{
  char *folder, *path;
  GenesisStepFault fault;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("genesis-ledger-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "ledger.log", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static GBytes *
make_body (guint i)
{
  g_autofree char *text = g_strdup_printf ("record %u%*s", i, (int)(7 * i), "");
  return g_bytes_new (text, strlen (text));
}

static void
append (GenesisLedger *ledger, guint i)
{
  g_autoptr (GBytes) body = make_body (i);
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_ledger_append (ledger, FIRST_TYPE + i % 7, body, &error));
  g_assert_no_error (error);
}

static void
sync_ledger (GenesisLedger *ledger)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (genesis_ledger_sync (ledger, &error));
  g_assert_no_error (error);
}

/* Opens the ledger and says how many records it holds, each of them as it was written. */
static guint
count_records (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisLedger) ledger =
      genesis_ledger_open (fixture->path, &format, &fixture->fault, &error);
  GPtrArray *records;

  g_assert_no_error (error);
  records = genesis_ledger_get_records (ledger);
  for (guint i = 0; i < records->len; i++)
    {
      const GenesisLedgerRecord *record = g_ptr_array_index (records, i);
      g_autoptr (GBytes) body = make_body (i);

      g_assert_cmpuint (record->sequence, ==, i);
      g_assert_cmpuint (record->type, ==, FIRST_TYPE + i % 7);
      g_assert_true (g_bytes_equal (record->body, body));
    }
  return records->len;
}

/* A ledger of n records, each synced alone, or all in one batch. */
static GBytes *
write_ledger (Fixture *fixture, guint n, gboolean one_batch)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisLedger) ledger =
      genesis_ledger_open (fixture->path, &format, &fixture->fault, &error);
  char *data;
  gsize size;

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      append (ledger, i);
      if (!one_batch)
        sync_ledger (ledger);
    }
  sync_ledger (ledger);
  g_file_get_contents (fixture->path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static void
put_file (Fixture *fixture, gconstpointer data, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (fixture->path, data, (gssize)size, &error);
  g_assert_no_error (error);
}

static gsize
frame_start (guint i)
{
  gsize at = GENESIS_LEDGER_HEADER_SIZE;

  for (guint j = 0; j < i; j++)
    {
      g_autoptr (GBytes) body = make_body (j);

      at += GENESIS_LEDGER_FRAME_SIZE + g_bytes_get_size (body);
    }
  return at;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) alone = write_ledger (fixture, 5, FALSE);

  g_assert_cmpuint (g_bytes_get_size (alone), ==, frame_start (5));
  g_assert_cmpuint (count_records (fixture), ==, 5);
  /* and it can be continued */
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GenesisLedger) ledger =
        genesis_ledger_open (fixture->path, &format, &fixture->fault, &error);

    append (ledger, 5);
    sync_ledger (ledger);
  }
  g_assert_cmpuint (count_records (fixture), ==, 6);
}

/* The file cut after every byte of the last frame: the frame is gone, the others stay, the file is
   clean again. */
static void
test_torn_everywhere (Fixture *fixture, gconstpointer data)
{
  const guint n = 4;
  g_autoptr (GBytes) bytes = write_ledger (fixture, n, FALSE);
  gsize size;
  const guint8 *whole = g_bytes_get_data (bytes, &size);

  for (gsize cut = frame_start (n - 1); cut < size; cut++)
    {
      g_autofree char *after = NULL;
      gsize after_size;

      put_file (fixture, whole, cut);
      g_assert_cmpuint (count_records (fixture), ==, n - 1);
      g_assert_true (g_file_get_contents (fixture->path, &after, &after_size, NULL));
      g_assert_cmpuint (after_size, ==, frame_start (n - 1));
    }
}

/* The length came through and the data did not: file systems leave zeros there. */
static void
test_torn_zeros (Fixture *fixture, gconstpointer data)
{
  const guint n = 3;
  g_autoptr (GBytes) bytes = write_ledger (fixture, n, FALSE);
  gsize size;
  g_autofree guint8 *copy = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);

  memset (copy + frame_start (n - 1) + 10, 0, size - frame_start (n - 1) - 10);
  put_file (fixture, copy, size);
  g_assert_cmpuint (count_records (fixture), ==, n - 1);
}

/* Every byte flipped, one after the other. In the last frame it cannot be told from a torn write:
   dropped. Before it: the ledger is refused, naming file and offset of the damaged frame. */
static void
test_flipped_everywhere (Fixture *fixture, gconstpointer data)
{
  const guint n = 4;
  g_autoptr (GBytes) bytes = write_ledger (fixture, n, FALSE);
  gsize size;
  g_autofree guint8 *copy = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);
  guint frame = 0;

  for (gsize at = 0; at < size; at++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisLedger) ledger = NULL;
      g_autofree char *where = NULL;

      while (frame + 1 < n && at >= frame_start (frame + 1))
        frame++;
      copy[at] ^= 0x40;
      put_file (fixture, copy, size);
      copy[at] ^= 0x40;
      if (at >= frame_start (n - 1))
        {
          g_assert_cmpuint (count_records (fixture), ==, n - 1);
          continue;
        }
      ledger = genesis_ledger_open (fixture->path, &format, &fixture->fault, &error);
      g_assert_null (ledger);
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, fixture->path));
      where = g_strdup_printf ("at byte %" G_GSIZE_FORMAT " ", frame_start (frame));
      if (at >= GENESIS_LEDGER_HEADER_SIZE)
        {
          g_assert_nonnull (strstr (error->message, where));
          g_assert_nonnull (strstr (error->message, "begin a new one"));
        }
    }
}

/* Pages of one write reach the disk in any order: within a batch a hole before a good frame is a
   torn write. */
static void
test_torn_batch (Fixture *fixture, gconstpointer data)
{
  const guint n = 5;
  g_autoptr (GBytes) bytes = write_ledger (fixture, n, TRUE);
  gsize size;
  g_autofree guint8 *copy = g_bytes_unref_to_data (g_steal_pointer (&bytes), &size);

  memset (copy + frame_start (2), 0, frame_start (3) - frame_start (2));
  put_file (fixture, copy, size);
  g_assert_cmpuint (count_records (fixture), ==, 2);
}

/* A frame that is whole and does not belong here: taken from its place, or from another run's
   ledger. */
static void
test_chain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = write_ledger (fixture, 4, FALSE);
  const guint8 *whole = g_bytes_get_data (bytes, NULL);
  g_autoptr (GByteArray) cut = g_byte_array_new ();
  g_autoptr (GByteArray) forged = g_byte_array_new ();
  g_autoptr (GBytes) body = make_body (1);
  g_autoptr (GError) error = NULL;
  guint8 wrong[32] = { 1 };

  g_byte_array_append (cut, whole, (guint)frame_start (1));
  g_byte_array_append (cut, whole + frame_start (2), (guint)(frame_start (4) - frame_start (2)));
  put_file (fixture, cut->data, cut->len);
  g_assert_null (genesis_ledger_open (fixture->path, &format, &fixture->fault, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "out of sequence"));
  g_clear_error (&error);

  g_byte_array_append (forged, whole, (guint)frame_start (1));
  genesis_ledger_frame_encode (forged, FIRST_TYPE + 1, 1, 1, wrong, body);
  put_file (fixture, forged->data, forged->len);
  g_assert_null (genesis_ledger_open (fixture->path, &format, &fixture->fault, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, "does not follow"));
}

static void
test_foreign (Fixture *fixture, gconstpointer data)
{
  static const char *const contents[] = { "", "GENESIS", "dear diary, today it rained again",
                                          "GENESIS-LEDGER-2 and more" };

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *after = NULL;

      put_file (fixture, contents[i], strlen (contents[i]));
      g_assert_null (genesis_ledger_open (fixture->path, &format, &fixture->fault, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
      g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
      g_assert_cmpstr (after, ==, contents[i]);
      if (i == 3)
        g_assert_nonnull (strstr (error->message, "format 2"));
    }
}

/* Killed before a sync: nothing of the batch is there afterwards. In its middle, half of the bytes:
   the first frame. */
static void
test_killed_sync (Fixture *fixture, gconstpointer data)
{
  for (int kind = GENESIS_STEP_FAULT_BEFORE; kind <= GENESIS_STEP_FAULT_TORN; kind++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      GenesisLedger *ledger;

      g_unlink (fixture->path);
      fixture->fault = (GenesisStepFault){ 0 };
      bytes = write_ledger (fixture, 2, FALSE);
      ledger = genesis_ledger_open (fixture->path, &format, &fixture->fault, &error);
      fixture->fault.kind = (GenesisStepFaultKind)kind;
      append (ledger, 2);
      append (ledger, 3);
      g_assert_false (genesis_ledger_sync (ledger, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
      g_clear_error (&error);
      /* broken from here on */
      g_assert_false (genesis_ledger_sync (ledger, &error));
      g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
      genesis_ledger_free (ledger);

      fixture->fault = (GenesisStepFault){ 0 };
      g_assert_cmpuint (count_records (fixture), ==, kind == GENESIS_STEP_FAULT_TORN ? 3 : 2);
    }
}

static void
test_record_too_large (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisLedger) ledger =
      genesis_ledger_open (fixture->path, &format, &fixture->fault, &error);
  g_autoptr (GBytes) body =
      g_bytes_new_take (g_malloc0 (GENESIS_LEDGER_BODY_MAX + 1), GENESIS_LEDGER_BODY_MAX + 1);

  g_assert_false (genesis_ledger_append (ledger, FIRST_TYPE, body, &error));
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_DATA);
  g_clear_pointer (&ledger, genesis_ledger_free);
  g_assert_cmpuint (count_records (fixture), ==, 0);
}

/* A disk that is full, played by the size limit of the process: the file is as before, and it works
   when there is room. */
static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = write_ledger (fixture, 2, FALSE);
  g_autoptr (GenesisLedger) ledger =
      genesis_ledger_open (fixture->path, &format, &fixture->fault, &error);
  struct rlimit limit, tight;
  GStatBuf info;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  tight = limit;
  tight.rlim_cur = g_bytes_get_size (bytes) + 30;
  signal (SIGXFSZ, SIG_IGN);
  append (ledger, 2);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  g_assert_false (genesis_ledger_sync (ledger, &error));
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_error (error, GENESIS_ERROR, GENESIS_ERROR_IO);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_size, ==, g_bytes_get_size (bytes));

  sync_ledger (ledger);
  g_clear_pointer (&ledger, genesis_ledger_free);
  g_assert_cmpuint (count_records (fixture), ==, 3);
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
  add ("/ledger/records/come-back", test_round_trip);
  add ("/ledger/torn/cut-at-every-byte", test_torn_everywhere);
  add ("/ledger/torn/zeros", test_torn_zeros);
  add ("/ledger/torn/hole-in-one-batch", test_torn_batch);
  add ("/ledger/damage/every-byte-flipped", test_flipped_everywhere);
  add ("/ledger/damage/chain-broken", test_chain);
  add ("/ledger/foreign-file/is-refused-and-kept", test_foreign);
  add ("/ledger/sync/killed", test_killed_sync);
  add ("/ledger/sync/disk-full-then-room", test_disk_full);
  add ("/ledger/append/too-large", test_record_too_large);
  return g_test_run ();
}
