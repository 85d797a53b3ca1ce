/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Cannot be created, and says why. A destroy after that would crash. */
#include "broken-base.h"

static genesis_abi_status
create (const genesis_abi_host *host, const genesis_abi_session *session,
        const genesis_abi_schema *schema, const genesis_abi_config *config, genesis_abi_gen **out)
{
  return host->fail (host->ctx, GENESIS_ABI_E_CONFIG, NULL, "needs at least 1000 columns");
}

static void
destroy (genesis_abi_gen *self)
{
  __builtin_trap ();
}

#define CREATE  create
#define DESTROY destroy
#include "broken-module.h"
