/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Its generator's table ends before absorb. */
#include "broken-base.h"

#define GENERATOR_SIZE offsetof (genesis_abi_generator, absorb)
#include "broken-module.h"
