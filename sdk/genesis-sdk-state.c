/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-state.h"

#include <stdio.h>
#include <string.h>

#include "genesis-sdk-fail.h"
#include "genesis-sdk-memory.h"

void
genesis_sdk_state_refuse (genesis_sdk_state_reader *self, const char *prefix, const char *column,
                          const char *what)
{
  if (self->status != GENESIS_ABI_OK)
    return;
  self->status = genesis_sdk_fail (self->host, GENESIS_ABI_E_STATE, NULL,
                                   "block '%s%s' of the state %s; use the model file that this "
                                   "plugin wrote, whole",
                                   prefix, column, what);
}

static int
compare_name (const char *name, const char *prefix, const char *column)
{
  size_t length = strlen (prefix);
  int order = strncmp (name, prefix, length);

  return order != 0 ? order : strcmp (name + length, column);
}

static const genesis_abi_block *
find (const genesis_sdk_state_reader *self, const char *prefix, const char *column)
{
  uint32_t first = 0, n = self->blocks->n;

  while (n > 0)
    {
      const genesis_abi_block *middle = self->blocks->items[first + n / 2];
      int order = compare_name (middle->name, prefix, column);

      if (order == 0)
        return middle;
      if (order < 0)
        first += n / 2 + 1;
      n = order < 0 ? n - n / 2 - 1 : n / 2;
    }
  return NULL;
}

int
genesis_sdk_state_has (const genesis_sdk_state_reader *self, const char *prefix, const char *column)
{
  return find (self, prefix, column) != NULL;
}

const void *
genesis_sdk_state_take (genesis_sdk_state_reader *self, const char *prefix, const char *column,
                        uint32_t dtype, uint64_t n, uint64_t *found)
{
  const genesis_abi_block *block;

  if (self->status != GENESIS_ABI_OK)
    return NULL;
  block = find (self, prefix, column);
  if (block == NULL)
    genesis_sdk_state_refuse (self, prefix, column, "is absent");
  else if (block->dtype != dtype || block->shift != 0 || block->data == NULL)
    genesis_sdk_state_refuse (self, prefix, column, "is of the wrong type");
  else if (n > 0 ? block->n != n : block->n == 0 || block->n > UINT32_MAX)
    genesis_sdk_state_refuse (self, prefix, column, "has the wrong size");
  else
    {
      if (found != NULL)
        *found = block->n;
      return block->data;
    }
  return NULL;
}

const int64_t *
genesis_sdk_state_take_integers (genesis_sdk_state_reader *self, const char *prefix,
                                 const char *column, uint64_t n, uint64_t *found)
{
  return genesis_sdk_state_take (self, prefix, column, GENESIS_ABI_I64, n, found);
}

int
genesis_sdk_state_are_within (const int64_t *values, uint64_t n, int64_t lo, int64_t hi)
{
  for (uint64_t i = 0; i < n; i++)
    if (values[i] < lo || values[i] > hi)
      return 0;
  return 1;
}

void
genesis_sdk_state_put (genesis_sdk_state_writer *self, const char *prefix, const char *column,
                       uint32_t dtype, uint64_t n, const void *data)
{
  size_t length = strlen (prefix) + strlen (column) + 1;
  char *name;

  if (self->status != GENESIS_ABI_OK)
    return;
  name = genesis_sdk_memory_scratch (self->host, length, 1);
  if (name == NULL)
    {
      self->status = GENESIS_ABI_E_NOMEM;
      return;
    }
  snprintf (name, length, "%s%s", prefix, column);
  self->status = self->host->put_block (self->host->ctx, name, dtype, data != NULL ? n : 0, data);
}

void
genesis_sdk_state_put_integers (genesis_sdk_state_writer *self, const char *prefix,
                                const char *column, uint64_t n, const int64_t *data)
{
  genesis_sdk_state_put (self, prefix, column, GENESIS_ABI_I64, n, data);
}

int64_t *
genesis_sdk_state_make_room (genesis_sdk_state_writer *self, uint64_t n)
{
  int64_t *room = genesis_sdk_memory_scratch (self->host, n + 1, sizeof *room);

  if (room == NULL && self->status == GENESIS_ABI_OK)
    self->status = GENESIS_ABI_E_NOMEM;
  return room;
}
