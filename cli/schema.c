/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "schema.h"

GenesisCsvDialect *
schema_make_dialect (char **settings, GError **error)
{
  g_autoptr (GenesisCsvDialect) dialect = genesis_csv_dialect_new ();

  for (guint i = 0; settings != NULL && settings[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (settings[i], "=", 2);

      if (parts[0] == NULL || parts[1] == NULL)
        {
          g_set_error (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                       "--dialect '%s' has no value; write NAME=VALUE, as delimiter=semicolon",
                       settings[i]);
          return NULL;
        }
      if (!genesis_csv_dialect_set (dialect, parts[0], parts[1], error))
        return NULL;
    }
  return g_steal_pointer (&dialect);
}

gboolean
schema_parse_absent_rule (const char *word, GenesisAbsentRule *rule)
{
  g_autoptr (GEnumClass) rules = g_type_class_ref (GENESIS_TYPE_ABSENT_RULE);
  const GEnumValue *value = g_enum_get_value_by_nick (rules, word);

  if (value != NULL)
    *rule = (GenesisAbsentRule)value->value;
  return value != NULL;
}

const char *
schema_get_text (JsonObject *object, const char *member)
{
  return json_object_has_member (object, member) ? json_object_get_string_member (object, member)
                                                 : NULL;
}

static int
run_schema (int argc, char **argv)
{
  static const Command *const commands[] = { &schema_infer_command, &schema_merge_command,
                                             &schema_check_command, &schema_diff_command, NULL };

  return command_dispatch (
      argv[0],
      "A schema is what the sites agree on before round 1, and is public: columns, types, bounds,\n"
      "categories. Each site infers a draft of its own, the drafts are merged, and each site\n"
      "checks its table against the result.\n"
      "\n"
      "Example:\n"
      "  genesis schema infer cleveland.csv --missing '?' --draft cleveland.draft.json\n"
      "  genesis schema merge *.draft.json --out heart.schema.json\n"
      "  genesis schema check heart.schema.json cleveland.csv\n"
      "\n"
      "Exit codes: 0 done, 1 the schemas differ (diff), 2 usage, 65 bad input data,\n"
      "  66 no such file, 74 reading or writing failed, 78 bad schema\n",
      commands, argc, argv);
}

const Command schema_command = { "schema", run_schema, "infer, merge, check and compare schemas" };
