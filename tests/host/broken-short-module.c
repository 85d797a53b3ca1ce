/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Its first table ends too early. */
#include "broken-base.h"

#define MODULE_SIZE 24
#include "broken-module.h"
