/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <genesis/genesis-privacy.h>

G_BEGIN_DECLS

/* delta of mu-GDP at epsilon, both at least 0 and either may be INFINITY. */
double genesis_gaussian_privacy_delta (double mu, double epsilon);

G_END_DECLS
