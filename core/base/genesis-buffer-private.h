/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GENESIS_BUFFER_BACKING_HEAP,
  GENESIS_BUFFER_BACKING_MEMFD
} GenesisBufferBacking;

/**
 * GenesisBuffer:
 * @data: 64-byte aligned, zeroed at birth
 * @size: in bytes
 * @fd: of the memfd, or -1
 *
 * The one allocator of chunks and blocks; reference counted. A memfd can be handed to an isolated
 * plugin without a copy.
 */
typedef struct
{
  gpointer data;
  gsize size;
  int fd;
  gatomicrefcount ref_count;
} GenesisBuffer;

GenesisBuffer *genesis_buffer_new (GenesisBufferBacking backing, gsize size);
GenesisBuffer *genesis_buffer_ref (GenesisBuffer *self);
void genesis_buffer_unref (GenesisBuffer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisBuffer, genesis_buffer_unref)

G_END_DECLS
