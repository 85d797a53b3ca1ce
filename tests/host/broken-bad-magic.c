/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Its first table does not begin with the magic number. */
#include "broken-base.h"

#define MAGIC 0x47455331u
#include "broken-module.h"
