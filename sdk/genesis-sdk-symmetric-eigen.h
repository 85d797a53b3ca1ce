/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdint.h>

/**
 * Eigenvalues and eigenvectors of a real symmetric matrix: Householder to tridiagonal form, then
 * implicit QL (Bowdler, Martin, Reinsch, Wilkinson 1968, Numerische Mathematik 11, 293-306). Every
 * operation in a fixed order, no BLAS: the same bytes on every machine with IEEE doubles.
 *
 * vectors: n x n, row major. In: the matrix (both triangles). Out: column k is the unit eigenvector
 * of values[k]; values ascend. work: n doubles. Returns 0 when QL did not converge (a matrix with
 * NaN in it).
 */
int genesis_sdk_symmetric_eigen (uint32_t n, double *vectors, double *values, double *work);
