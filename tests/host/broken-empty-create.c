/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Says that it was created and gives no instance. */
#include "broken-base.h"

static genesis_abi_status
create (const genesis_abi_host *host, const genesis_abi_session *session,
        const genesis_abi_schema *schema, const genesis_abi_config *config, genesis_abi_gen **out)
{
  return GENESIS_ABI_OK;
}

#define CREATE create
#include "broken-module.h"
