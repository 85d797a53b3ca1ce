/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/* n zeroed entries of size bytes in memory of the call, which the host takes back; NULL: none
   left. */
void *genesis_sdk_memory_scratch (const genesis_abi_host *host, uint64_t n, uint64_t size);

/* The same in counted memory of the instance, the plugin's until it is given back. */
void *genesis_sdk_memory_take (const genesis_abi_host *host, uint64_t n, uint64_t size);
/* NULL is fine. */
void genesis_sdk_memory_give_back (const genesis_abi_host *host, void *memory);
