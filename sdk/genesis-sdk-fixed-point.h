/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdint.h>

/* Exact weighted sums. A weight counts in units of 2^-20; products are added in 128 bits and
   divided once, at the end, rounding half up: adding a whole number to the sum moves the result
   by that number, which half to even does not promise. */
#define GENESIS_SDK_WEIGHT_ONE (UINT64_C (1) << 20)

__extension__ typedef __int128 genesis_sdk_int128;

/* Adds weight_q20 * value; 0 when the sum would leave 128 bits (nothing is added then). */
int genesis_sdk_fixed_point_add (genesis_sdk_int128 *sum, uint64_t weight_q20, int64_t value);

/* sum / 2^20, half up; 0 when the quotient does not fit into 64 bits. */
int genesis_sdk_fixed_point_close (genesis_sdk_int128 sum, int64_t *quotient);
