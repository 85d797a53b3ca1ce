/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-ladder.h"

/**
 * The covariance of two step functions of a bivariate normal pair, and its inverse:
 *
 *   g (rho) = cov (s_i (Z_i), s_j (Z_j)) = sum_k>=1 c_ik c_jk rho^k   (Mehler 1866)
 *
 * The terms beyond the n-th sum to at most rho^(n + 1) tail_i tail_j; as many are taken as keep
 * that below 1e-11. The 300 of every ladder serve to |rho| = .93 at least; what lies farther needs
 * ladders that are extended. For scores that ascend g increases, so its inverse is unique.
 */
#define COPULA_RHO_MAX     0.999
#define COPULA_MEHLER_TAIL 1e-11

/* g (rho), |rho| <= .999. */
double copula_mehler_covariance (const copula_ladder *a, const copula_ladder *b, double rho);

/* Whether the root for this covariance lies where only extended ladders serve. */
int copula_mehler_is_far (const copula_ladder *a, const copula_ladder *b, double covariance);

/* The root of g (rho) = covariance in [-.999, .999], or the nearer end; 0 when g is flat. Where two
   rare events were never seen together g runs flat towards its end and its root is lost in
   rounding: the covariance is kept 1e-9 inside what rho = -1 and 1 would give. */
double copula_mehler_solve (const copula_ladder *a, const copula_ladder *b, double covariance);
