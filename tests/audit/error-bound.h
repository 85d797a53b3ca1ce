/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* How far apart two distributions are that a test cannot tell better than this: N (0, 1) and
   N (mu, 1) with mu at least the bound of its misses and that of its false alarms together, each k
   errors in n, with a confidence of 99.9 % each. */
double error_bound_find_half (guint k, guint n);
/* Of pairs that are exactly mu apart, with n trials each way and the threshold in the middle: the
   part for which the bound is not above floor_mu (low), and for which it is at least mu (high). */
void error_bound_find_chances (double mu, double floor_mu, guint n, double *low, double *high);
