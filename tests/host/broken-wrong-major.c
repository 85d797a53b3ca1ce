/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Built for a major that does not exist yet. */
#include <genesis/plugin-abi.h>

GENESIS_ABI_EXPORT const void *genesis_plugin_entry_v2 (uint32_t host_minor);

const void *
genesis_plugin_entry_v2 (uint32_t host_minor)
{
  return NULL;
}
