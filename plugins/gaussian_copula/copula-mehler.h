/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "copula-ladder.h"

/**
 * The covariance of two step functions of a bivariate normal pair, and its inverse:
 *
 *   g (rho) = cov (s_i (Z_i), s_j (Z_j)) = sum_k>=1 c_ik c_jk rho^k   (Mehler 1866)
 *
 * The terms left out sum to at most rho^(n + 1) tail_i tail_j; the series serves as far as that is
 * below 1e-9, at least to |rho| = .9, where it is below 1e-13. Beyond, rectangle sums: by Plackett
 * (1954) the derivative of g is the sum of step x step x the bivariate density over the crossings
 * of the cuts, see copula-plackett.h. For scores that ascend g increases, so its inverse is unique.
 */
#define COPULA_MEHLER_EDGE 0.9
#define COPULA_MEHLER_TAIL 1e-9

/* g (rho), |rho| <= 1. */
double copula_mehler_covariance (const copula_ladder *a, const copula_ladder *b, double rho);

/* The root of g (rho) = covariance in [-.999, .999], or the nearer end; 0 when g is flat. Where two
   rare events were never seen together g runs flat towards its end and its root is lost in
   rounding: the covariance is kept 1e-9 inside what rho = -1 and 1 would give. */
double copula_mehler_solve (const copula_ladder *a, const copula_ladder *b, double covariance);
