/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Its generator cannot absorb. */
#include "broken-base.h"

#define ABSORB NULL
#include "broken-module.h"
