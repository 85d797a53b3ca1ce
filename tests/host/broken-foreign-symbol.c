/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Exports no entry, but needs a library that does: dlsym finds that one. */
#include <genesis/plugin-abi.h>

GENESIS_ABI_EXPORT const genesis_abi_module *broken_foreign_symbol (void);

const genesis_abi_module *
broken_foreign_symbol (void)
{
  return genesis_plugin_entry_v1 (0);
}
