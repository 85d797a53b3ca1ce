/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The probability that a row of target 1 scores above one of target 0, ties counted half; 0.5
   where one of the two is absent. @targets: 0 or 1. */
double genesis_ranking_area (const double *scores, const double *targets, gsize n);

/* The share of the targets' variance that scores explain; below 0 where they do worse than the mean
   of the targets, 0 where these do not vary. */
double genesis_ranking_explained (const double *scores, const double *targets, gsize n);

G_END_DECLS
