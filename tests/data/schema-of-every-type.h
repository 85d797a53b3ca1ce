/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "data/genesis-schema-private.h"

/* One column of every type, gaps of every spelling, integers that a double cannot hold. */
static inline GenesisSchema *
make_schema (void)
{
  static const char *const levels[] = { "typical", "atypical",
                                        "Gr\xc3\xb6\xc3\x9f"
                                        "e, \"quoted\"\n",
                                        NULL };
  static const char *const excluded[] = { "encounter_id", "notes", NULL };
  static const char *const markers[] = { "NA", "?", "", "NA", NULL };
  g_autoptr (GenesisField) plain_age = genesis_field_new_integer ("age", 0, 0, 120);
  g_autoptr (GenesisField) age = genesis_field_with_unit (plain_age, "years");
  g_autoptr (GenesisField) full_peak = genesis_field_new_integer ("oldpeak", 1, -26, 62);
  g_autoptr (GenesisField) peak = genesis_field_with_missing (full_peak, "");
  g_autoptr (GenesisField) full_level = genesis_field_new_category ("cp", levels);
  g_autoptr (GenesisField) level = genesis_field_with_missing (full_level, "none");
  g_autoptr (GenesisField) seconds =
      genesis_field_new_datetime ("seen", "YYYY-MM-DDThh:mm:ssZ", 0, 0);
  GenesisField *fields[] = {
    age,
    peak,
    genesis_field_new_integer ("huge", 0, -G_GINT64_CONSTANT (9007199254740993),
                               G_GINT64_CONSTANT (9007199254740995)),
    genesis_field_new_real ("bmi", 0.1, 1.0 / 3 * 1e9),
    level,
    genesis_field_new_boolean ("sex", "0", "1"),
    genesis_field_new_datetime ("born", "YYYY-MM-DD", -20000, 19000),
    genesis_field_with_tick (seconds, G_GINT64_CONSTANT (3600000000), -5, 400000),
  };
  g_autoptr (GError) error = NULL;
  GenesisSchema *schema =
      genesis_schema_new_full (fields, G_N_ELEMENTS (fields), excluded, markers, &error);

  g_assert_no_error (error);
  for (gsize i = 2; i < G_N_ELEMENTS (fields); i++)
    if (i != 4)
      genesis_field_unref (fields[i]);
  return schema;
}
