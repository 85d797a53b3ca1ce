/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A loss that rises with its first argument: a privacy parameter that is looked for. */
typedef double (*GenesisPrivacyLoss) (double x, double other);

/* Arguments of an accountant: finite (or, with infinite, INFINITY) and at least 0; the error names
   the parameter. */
gboolean genesis_privacy_check_loss (const char *name, double value, gboolean infinite,
                                     GError **error);
/* Inside (0, 1). */
gboolean genesis_privacy_check_delta (double delta, GError **error);

/* The largest x >= 0 with loss (x, other) <= target, for a loss that never falls: at most the true
   one, by no more than one unit in the last place of x. 0 when even that passes target; INFINITY
   when nothing finite does. */
double genesis_privacy_search_largest (GenesisPrivacyLoss loss, double other, double target);
/* The smallest x >= 0 with loss (other, x) <= target, for a loss that never rises in x. At least
   the true one. */
double genesis_privacy_search_smallest (GenesisPrivacyLoss loss, double other, double target);

G_END_DECLS
