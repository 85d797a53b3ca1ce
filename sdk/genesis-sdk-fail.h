/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/* Formats at most 512 bytes, hands them to host->fail and returns code. The text is lower case:
   thing + reason + next step, and never a record's value. */
genesis_abi_status genesis_sdk_fail (const genesis_abi_host *host, genesis_abi_status code,
                                     const char *where, const char *format, ...)
    __attribute__ ((format (printf, 4, 5)));
