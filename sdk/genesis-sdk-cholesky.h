/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* R = L L' in fixed order. matrix: n x n row major, read from the lower triangle; the lower
   triangle becomes L, the upper one zero. Returns 0 when a pivot is not positive (the matrix is
   then spoilt). */
int genesis_sdk_cholesky (uint32_t n, double *matrix);

/* Z = L N in place: series k of n_values values lies at values + k * stride. Every value is a
   sum over k in ascending order, whatever the width of the machine's vectors: the same bytes
   everywhere. */
void genesis_sdk_cholesky_multiply (uint32_t n, const double *factor, double *values, size_t stride,
                                    size_t n_values);
