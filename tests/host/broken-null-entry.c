/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Its entry returns nothing. */
#include <genesis/plugin-abi.h>

GENESIS_ABI_EXPORT const genesis_abi_module *
genesis_plugin_entry_v1 (uint32_t host_minor)
{
  return NULL;
}
