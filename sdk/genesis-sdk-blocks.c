/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-blocks.h"

#include <string.h>

const genesis_abi_block *
genesis_sdk_blocks_find (const genesis_abi_blocks *self, const char *name)
{
  return genesis_sdk_blocks_find_of (self, name, "");
}

const genesis_abi_block *
genesis_sdk_blocks_find_of (const genesis_abi_blocks *self, const char *prefix, const char *column)
{
  size_t length = strlen (prefix);

  for (uint32_t i = 0; i < self->n; i++)
    {
      const char *name = self->items[i]->name;

      if (strncmp (name, prefix, length) == 0 && strcmp (name + length, column) == 0)
        return self->items[i];
    }
  return NULL;
}
