/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/plugin-abi.h>

/* The block of this name in a state (sorted by name) or a list in plan order; NULL when there is
   none. */
const genesis_abi_block *genesis_sdk_blocks_find (const genesis_abi_blocks *self, const char *name);

/* Like find, for a name made of two parts: "cells:" and "age". */
const genesis_abi_block *genesis_sdk_blocks_find_of (const genesis_abi_blocks *self,
                                                     const char *prefix, const char *column);
