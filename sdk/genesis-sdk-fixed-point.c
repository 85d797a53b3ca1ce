/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "genesis-sdk-fixed-point.h"

int
genesis_sdk_fixed_point_add (genesis_sdk_int128 *sum, uint64_t weight_q20, int64_t value)
{
  /* |value| <= 2^63 and weight < 2^64: the product fits into 127 bits */
  genesis_sdk_int128 product = (genesis_sdk_int128)value * (genesis_sdk_int128)weight_q20;
  genesis_sdk_int128 next;

  if (__builtin_add_overflow (*sum, product, &next))
    return 0;
  *sum = next;
  return 1;
}

int
genesis_sdk_fixed_point_close (genesis_sdk_int128 sum, int64_t *quotient)
{
  genesis_sdk_int128 half = (genesis_sdk_int128)1 << 19;
  genesis_sdk_int128 rounded;

  if (__builtin_add_overflow (sum, half, &rounded))
    return 0;
  rounded >>= 20; /* arithmetic: towards minus infinity */
  if (rounded > INT64_MAX || rounded < INT64_MIN)
    return 0;
  *quotient = (int64_t)rounded;
  return 1;
}
