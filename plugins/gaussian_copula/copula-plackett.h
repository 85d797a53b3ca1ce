/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdint.h>

#include "copula-ladder.h"

#define COPULA_PLACKETT_NODES 40

/**
 * copula_plackett: what the covariance of two step functions gains between rho = edge and rho =
 * .999 (side 1), or loses between -edge and -.999 (side -1): the integral over theta of
 *
 *   f (theta) = sum over cuts a, b of step_a step_b
 *               exp (-(a^2 + b^2 - 2 a b sin theta) / (2 cos^2 theta)) / (2 pi)
 *
 * f is evaluated once at the Gauss-Legendre nodes; its expansion in Legendre polynomials is
 * integrated term by term, so that any rho costs nothing more.
 */
typedef struct
{
  double from, to;
  double coefficient[COPULA_PLACKETT_NODES];
} copula_plackett;

void copula_plackett_init (copula_plackett *self, const copula_ladder *a, const copula_ladder *b,
                           int side, double edge);
/* From edge to rho, both positive; the caller applies the side. */
double copula_plackett_integrate (const copula_plackett *self, double rho);
