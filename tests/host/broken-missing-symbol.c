/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A shared object that is no plugin. */
#include <genesis/plugin-abi.h>

GENESIS_ABI_EXPORT int broken_missing_symbol (void);

int
broken_missing_symbol (void)
{
  return 0;
}
