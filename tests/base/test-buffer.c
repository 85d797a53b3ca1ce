/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-buffer-private.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const GenesisBufferBacking backings[] = { GENESIS_BUFFER_BACKING_HEAP,
                                                 GENESIS_BUFFER_BACKING_MEMFD };

static void
test_zeroed_and_aligned (void)
{
  static const gsize sizes[] = { 0, 1, 63, 64, 65, 4095, 4096, 4097, 1000003 };

  for (gsize b = 0; b < G_N_ELEMENTS (backings); b++)
    for (gsize s = 0; s < G_N_ELEMENTS (sizes); s++)
      {
        g_autoptr (GenesisBuffer) buffer = genesis_buffer_new (backings[b], sizes[s]);

        g_assert_nonnull (buffer->data);
        g_assert_cmpuint ((guintptr)buffer->data % 64, ==, 0);
        g_assert_cmpuint (buffer->size, ==, sizes[s]);
        for (gsize i = 0; i < sizes[s]; i++)
          g_assert_cmpint (((guint8 *)buffer->data)[i], ==, 0);
        if (sizes[s] > 0)
          memset (buffer->data, 0xab, sizes[s]);
      }
}

static void
test_memfd_is_shared (void)
{
  g_autoptr (GenesisBuffer) buffer = genesis_buffer_new (GENESIS_BUFFER_BACKING_MEMFD, 1000);
  guint8 *other;

  g_assert_cmpint (buffer->fd, >=, 0);
  other = mmap (NULL, 1000, PROT_READ, MAP_SHARED, buffer->fd, 0);
  g_assert_true (other != MAP_FAILED);
  strcpy (buffer->data, "seen by both");
  g_assert_cmpstr ((const char *)other, ==, "seen by both");
  munmap (other, 1000);
}

/* Whoever is handed the descriptor cannot shorten the file: reading the pages that went would kill
   the host. */
static void
test_memfd_keeps_its_size (void)
{
  g_autoptr (GenesisBuffer) buffer = genesis_buffer_new (GENESIS_BUFFER_BACKING_MEMFD, 8192);

  g_assert_cmpint (ftruncate (buffer->fd, 0), ==, -1);
  g_assert_cmpint (ftruncate (buffer->fd, 1 << 20), ==, -1);
  ((guint8 *)buffer->data)[8191] = 7;
}

static void
test_references (void)
{
  GenesisBuffer *buffer = genesis_buffer_new (GENESIS_BUFFER_BACKING_MEMFD, 64);
  int fd = buffer->fd;

  g_assert_true (genesis_buffer_ref (buffer) == buffer);
  genesis_buffer_unref (buffer);
  strcpy (buffer->data, "alive");
  g_assert_cmpstr (buffer->data, ==, "alive");
  genesis_buffer_unref (buffer);
  g_assert_cmpint (close (fd), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/buffer/new/zeroed-and-aligned", test_zeroed_and_aligned);
  g_test_add_func ("/buffer/memfd/other-mapping-sees-the-bytes", test_memfd_is_shared);
  g_test_add_func ("/buffer/memfd/cannot-be-resized", test_memfd_keeps_its_size);
  g_test_add_func ("/buffer/ref/last-one-closes", test_references);
  return g_test_run ();
}
