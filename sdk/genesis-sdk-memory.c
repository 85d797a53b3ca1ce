/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-memory.h"

#include <string.h>

static void *
clear (void *memory, uint64_t bytes)
{
  if (memory != NULL)
    memset (memory, 0, bytes);
  return memory;
}

static int
multiply (uint64_t n, uint64_t size, uint64_t *bytes)
{
  *bytes = n * size;
  return size == 0 || *bytes / size == n;
}

void *
genesis_sdk_memory_scratch (const genesis_abi_host *host, uint64_t n, uint64_t size)
{
  uint64_t bytes;

  if (!multiply (n, size, &bytes))
    return NULL;
  return clear (host->scratch (host->ctx, bytes > 0 ? bytes : 1), bytes);
}

void *
genesis_sdk_memory_take (const genesis_abi_host *host, uint64_t n, uint64_t size)
{
  uint64_t bytes;

  if (!multiply (n, size, &bytes))
    return NULL;
  return clear (host->alloc (host->ctx, bytes > 0 ? bytes : 1), bytes);
}

void
genesis_sdk_memory_give_back (const genesis_abi_host *host, void *memory)
{
  if (memory != NULL)
    host->free (host->ctx, memory);
}
