/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Needs a minor that this host does not have. */
#include "broken-base.h"

#define MINOR_NEEDED 99
#include "broken-module.h"
