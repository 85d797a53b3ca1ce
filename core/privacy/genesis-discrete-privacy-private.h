/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The epsilon at delta of noise that was drawn as integers: n_cells draws of discrete Gaussians,
   the smallest deviation least_sigma, that cost mu2 as continuous ones would. At least the true
   one; 0 when nothing was drawn. INFINITY where least_sigma is too small to tell. */
double genesis_discrete_privacy_epsilon (double mu2, guint64 n_cells, guint64 least_sigma,
                                         double delta);

G_END_DECLS
