/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Its id is neither built in nor reverse DNS. */
#include "broken-base.h"

#define ID "broken"
#include "broken-module.h"
