/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-csv-dialect-private.h"

G_BEGIN_DECLS

/* The settings of a dialect by name, as text. */

const char *const *genesis_csv_setting_get_names (void);
/* Changes the dialect in place, or refuses naming the nearest name or value. */
gboolean genesis_csv_setting_set (GenesisCsvDialect *dialect, const char *name, const char *value,
                                  GError **error);
/* NULL: no such setting. */
char *genesis_csv_setting_spell (const GenesisCsvDialect *dialect, const char *name);

G_END_DECLS
