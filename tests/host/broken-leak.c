/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Leaves an allocation behind. The host notices; a static pointer keeps leak checkers quiet
   about it. */
#include "broken-base.h"

static void *volatile left_behind;

static genesis_abi_status
create (const genesis_abi_host *host, const genesis_abi_session *session,
        const genesis_abi_schema *schema, const genesis_abi_config *config, genesis_abi_gen **out)
{
  left_behind = host->alloc (host->ctx, 100);
  return base_create (host, session, schema, config, out);
}

#define CREATE create
#include "broken-module.h"
