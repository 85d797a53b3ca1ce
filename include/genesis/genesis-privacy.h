/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-macros.h>

G_BEGIN_DECLS

GENESIS_API gboolean genesis_privacy_delta (double mu, double epsilon, double *delta,
                                            GError **error);
GENESIS_API gboolean genesis_privacy_epsilon (double mu, double delta, double *epsilon,
                                              GError **error);
GENESIS_API gboolean genesis_privacy_mu (double epsilon, double delta, double *mu, GError **error);
GENESIS_API gboolean genesis_privacy_zcdp_delta (double rho, double epsilon, double *delta,
                                                 GError **error);
GENESIS_API gboolean genesis_privacy_zcdp_epsilon (double rho, double delta, double *epsilon,
                                                   GError **error);
GENESIS_API gboolean genesis_privacy_zcdp_rho (double epsilon, double delta, double *rho,
                                               GError **error);
GENESIS_API gboolean genesis_privacy_mu_of_noise_scale (double noise_scale, guint rounds,
                                                        double *mu, GError **error);
GENESIS_API gboolean genesis_privacy_noise_scale (double epsilon, double delta, guint rounds,
                                                  double *noise_scale, GError **error);
GENESIS_API char *genesis_privacy_ledger_describe (const char *path, double delta, GError **error);

G_END_DECLS
