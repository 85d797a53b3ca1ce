/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-fail.h"

#include <stdarg.h>
#include <stdio.h>

genesis_abi_status
genesis_sdk_fail (const genesis_abi_host *host, genesis_abi_status code, const char *where,
                  const char *format, ...)
{
  char text[512];
  va_list args;

  va_start (args, format);
  vsnprintf (text, sizeof text, format, args);
  va_end (args);
  return host->fail (host->ctx, code, where, text);
}
