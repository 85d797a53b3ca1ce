/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "base/genesis-buffer-private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define ALIGNMENT ((gsize)64)

/* What is really reserved: never 0, so that an empty buffer still has an address. */
static gsize
reserved_size (gsize size, gsize unit)
{
  if (size > G_MAXSSIZE - unit)
    g_error ("cannot allocate %" G_GSIZE_FORMAT " bytes", size);
  return MAX ((size + unit - 1) / unit, 1) * unit;
}

static gsize
page_size (void)
{
  return (gsize)sysconf (_SC_PAGESIZE);
}

static void
open_heap (GenesisBuffer *self)
{
  gsize reserved = reserved_size (self->size, ALIGNMENT);

  self->data = aligned_alloc (ALIGNMENT, reserved);
  if (self->data == NULL)
    g_error ("cannot allocate %" G_GSIZE_FORMAT " bytes", self->size);
  memset (self->data, 0, reserved);
}

/* Sealed against shrinking and growing: whoever is handed the descriptor cannot pull the pages away
   from under us. */
static void
open_memfd (GenesisBuffer *self)
{
  gsize reserved = reserved_size (self->size, page_size ());

  self->fd = memfd_create ("genesis-buffer", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (self->fd < 0 || ftruncate (self->fd, (off_t)reserved) != 0
      || fcntl (self->fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) != 0)
    g_error ("cannot make a memory file of %" G_GSIZE_FORMAT " bytes: %s", reserved,
             g_strerror (errno));
  self->data = mmap (NULL, reserved, PROT_READ | PROT_WRITE, MAP_SHARED, self->fd, 0);
  if (self->data == MAP_FAILED)
    g_error ("cannot map a memory file of %" G_GSIZE_FORMAT " bytes: %s", reserved,
             g_strerror (errno));
}

/*
 * genesis_buffer_new:
 *
 * size may be 0; data is then still a valid, aligned address. As with g_malloc(), want of memory
 * ends the process: a memory file that cannot be had is never replaced by heap behind the caller's
 * back.
 */
GenesisBuffer *
genesis_buffer_new (GenesisBufferBacking backing, gsize size)
{
  GenesisBuffer *self = g_new0 (GenesisBuffer, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->size = size;
  self->fd = -1;
  if (backing == GENESIS_BUFFER_BACKING_MEMFD)
    open_memfd (self);
  else
    open_heap (self);
  return self;
}

GenesisBuffer *
genesis_buffer_ref (GenesisBuffer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
genesis_buffer_unref (GenesisBuffer *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->fd >= 0)
    {
      munmap (self->data, reserved_size (self->size, page_size ()));
      close (self->fd);
    }
  else
    free (self->data);
  g_free (self);
}
