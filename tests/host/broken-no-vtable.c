/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Says that it is a generator and has no generator. */
#include "broken-base.h"

#define GENERATOR NULL
#include "broken-module.h"
