/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "host/genesis-plugin-settings-private.h"

#include "plugin-fixture.h"

#define SPEC(...)                                                                                  \
  {                                                                                                \
    .struct_size = sizeof (genesis_abi_param_spec), __VA_ARGS__                                    \
  }

static const char *const modes[] = { "slow", "fast" };
static const genesis_abi_param_spec specs[] = {
  SPEC (.type = GENESIS_ABI_PARAM_INT, .name = "bins", .lo = 2, .hi = 4096, .def = 256),
  SPEC (.type = GENESIS_ABI_PARAM_BOOL, .name = "atoms", .def = 1),
  SPEC (.type = GENESIS_ABI_PARAM_REAL, .name = "floor", .lo = 0, .hi = 1, .def = .1,
        .flags = GENESIS_ABI_PARAM_OPEN_LO | GENESIS_ABI_PARAM_OPEN_HI),
  SPEC (.type = GENESIS_ABI_PARAM_REAL, .name = "epsilon", .lo = 0, .hi = INFINITY,
        .def = INFINITY),
  SPEC (.type = GENESIS_ABI_PARAM_CHOICE, .name = "mode", .n_choices = 2, .choices = modes,
        .def = 1),
  SPEC (.type = GENESIS_ABI_PARAM_TEXT, .name = "label", .def_text = "none"),
  SPEC (.type = GENESIS_ABI_PARAM_TEXT, .name = "password", .flags = GENESIS_ABI_PARAM_SECRET),
  SPEC (.type = GENESIS_ABI_PARAM_INT, .name = "huge", .lo = -INFINITY, .hi = 0x1p53, .def = 0),
};
enum
{
  BINS,
  ATOMS,
  FLOOR,
  EPSILON,
  MODE,
  LABEL,
  PASSWORD,
  HUGE_NUMBER,
  N_SPECS
};
static const GenesisPluginDescriptor descriptor = {
  .abi = { .id = "org.example.settings", .n_params = N_SPECS },
  .params = (genesis_abi_param_spec *)specs,
};
static const genesis_abi_param_spec required_spec[] = {
  SPEC (.type = GENESIS_ABI_PARAM_INT, .name = "k", .lo = 1, .hi = INFINITY,
        .flags = GENESIS_ABI_PARAM_REQUIRED),
};
static const GenesisPluginDescriptor required = {
  .abi = { .id = "org.example.required", .n_params = 1 },
  .params = (genesis_abi_param_spec *)required_spec,
};
static const GenesisPluginDescriptor bare = { .abi = { .id = "org.example.bare" } };

static GenesisPluginSettings *
parse (const GenesisPluginDescriptor *of, const char *name, const char *value, GError **error)
{
  g_autoptr (GHashTable) given = g_hash_table_new (g_str_hash, g_str_equal);

  if (name != NULL)
    g_hash_table_insert (given, (gpointer)name, (gpointer)value);
  return genesis_plugin_settings_parse (of, given, error);
}

static void
test_defaults_fill_what_is_not_given (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPluginSettings) settings =
      genesis_plugin_settings_parse (&descriptor, NULL, &error);
  const genesis_abi_config *config;

  g_assert_no_error (error);
  config = genesis_plugin_settings_get_config (settings);
  g_assert_cmpuint (config->n, ==, N_SPECS);
  g_assert_cmpint (config->values[BINS].i, ==, 256);
  g_assert_cmpint (config->values[ATOMS].i, ==, 1);
  g_assert_cmpfloat (config->values[FLOOR].r, ==, .1);
  g_assert_cmpfloat (config->values[EPSILON].r, ==, INFINITY);
  g_assert_cmpint (config->values[MODE].i, ==, 1);
  g_assert_cmpstr (config->values[LABEL].s, ==, "none");
  g_assert_cmpstr (config->values[PASSWORD].s, ==, "");
}

static void
test_values_are_parsed_whole (void)
{
  static const struct
  {
    const char *name, *text, *canonical;
  } good[] = {
    { "bins", "2", "bins=2" },
    { "bins", "4096", "bins=4096" },
    { "huge", "-9223372036854775808", "huge=-9223372036854775808" },
    { "huge", "9007199254740992", "huge=9007199254740992" },
    { "atoms", "yes", "atoms=true" },
    { "atoms", "1", "atoms=true" },
    { "atoms", "false", "atoms=false" },
    { "atoms", "no", "atoms=false" },
    { "atoms", "0", "atoms=false" },
    { "floor", ".5", "floor=0.5" },
    { "floor", "1e-3", "floor=0.001" },
    { "floor", "0.30000000000000004", "floor=0.30000000000000004" },
    { "epsilon", "0", "epsilon=0" },
    { "epsilon", "inf", "epsilon=inf" },
    { "epsilon", "3", "epsilon=3" },
    { "mode", "slow", "mode=slow" },
    { "label", "", "label=" },
    { "label", " a=b ", "label= a=b " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisPluginSettings) settings =
          parse (&descriptor, good[i].name, good[i].text, &error);
      g_auto (GStrv) list = NULL;

      g_assert_no_error (error);
      list = genesis_plugin_settings_dup_list (settings);
      if (!g_strv_contains ((const char *const *)list, good[i].canonical))
        g_error ("'%s' of '%s' did not become '%s'", good[i].text, good[i].name, good[i].canonical);
    }
}

static void
test_bad_values_are_refused (void)
{
  static const struct
  {
    const char *name, *text, *part;
  } bad[] = {
    { "bins", "1", "setting 'bins': '1' is not a whole number in [2, 4096]" },
    { "bins", "4097", "[2, 4096]" },
    { "bins", "16.0", "a whole number" },
    { "bins", "1e2", "a whole number" },
    { "bins", " 16", "a whole number" },
    { "bins", "16 ", "a whole number" },
    { "bins", "", "a whole number" },
    { "bins", "0x10", "a whole number" },
    { "bins", "99999999999999999999", "a whole number" },
    { "huge", "9007199254740993", "a whole number of at most 9007199254740992" },
    { "atoms", "True", "true or false" },
    { "atoms", "2", "true or false" },
    { "floor", "0", "a number in (0, 1)" },
    { "floor", "1", "a number in (0, 1)" },
    { "floor", "nan", "a number in (0, 1)" },
    { "floor", "0,5", "a number in (0, 1)" },
    { "floor", "0.5x", "a number in (0, 1)" },
    { "floor", "inf", "a number in (0, 1)" },
    { "epsilon", "-1", "a number of at least 0" },
    { "epsilon", "-inf", "a number of at least 0" },
    { "mode", "Slow", "'Slow' is not one of slow, fast" },
    { "mode", "0", "one of slow, fast" },
    { "label", "\377", "what was given is not valid UTF-8" },
    { "mode", "a\033[2Jb", "'a [2Jb' is not one of" }, /* a terminal is not to obey */
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (&descriptor, bad[i].name, bad[i].text, &error));
      assert_message (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, bad[i].part);
      g_assert_nonnull (strstr (error->message, "org.example.settings"));
    }
}

static void
test_unknown_names_the_nearest (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) far = NULL;
  g_autoptr (GError) none = NULL;

  g_assert_null (parse (&descriptor, "bons", "16", &error));
  assert_message (
      error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
      "has no setting 'bons'; did you mean 'bins'? it has: atoms, bins, epsilon, floor, "
      "huge, label, mode, password");
  g_assert_null (parse (&descriptor, "zzzzzzzzzz", "16", &far));
  assert_message (far, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "'zzzzzzzzzz'; it has: atoms,");
  g_assert_null (parse (&bare, "bins", "16", &none));
  assert_message (none, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG, "it has none");
}

static void
test_required_must_be_given (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPluginSettings) settings = parse (&required, "k", "3", NULL);

  g_assert_nonnull (settings);
  g_assert_null (parse (&required, NULL, NULL, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                  "setting 'k': must be given: a whole number of at least 1");
}

static void
test_secrets_are_never_shown (void)
{
  static const genesis_abi_param_spec pin[] = {
    SPEC (.type = GENESIS_ABI_PARAM_INT, .name = "pin", .lo = 0, .hi = 9999,
          .flags = GENESIS_ABI_PARAM_SECRET),
  };
  static const GenesisPluginDescriptor secret = {
    .abi = { .id = "org.example.secret", .n_params = 1 }, .params = (genesis_abi_param_spec *)pin
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisPluginSettings) settings = parse (&descriptor, "password", "hunter2", NULL);
  g_auto (GStrv) list = genesis_plugin_settings_dup_list (settings);

  g_assert_cmpstr (genesis_plugin_settings_find (settings, "password")->s, ==, "hunter2");
  for (guint i = 0; list[i] != NULL; i++)
    g_assert_false (g_str_has_prefix (list[i], "password"));
  g_assert_null (parse (&secret, "pin", "123456", &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_INVALID_CONFIG,
                  "setting 'pin': what was given");
  g_assert_null (strstr (error->message, "123456"));
}

static void
test_list_is_sorted_and_reads_back (void)
{
  g_autoptr (GenesisPluginSettings) settings =
      parse (&descriptor, "floor", "0.1234567890123456789", NULL);
  g_autoptr (GHashTable) again = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GenesisPluginSettings) back = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) list = genesis_plugin_settings_dup_list (settings);
  g_auto (GStrv) list_back = NULL;

  g_assert_cmpuint (g_strv_length (list), ==, N_SPECS - 1);
  for (guint i = 0; list[i] != NULL; i++)
    {
      char *equals = strchr (list[i], '=');

      if (i > 0)
        g_assert_cmpint (strcmp (list[i - 1], list[i]), <, 0);
      g_hash_table_insert (again, g_strndup (list[i], equals - list[i]), equals + 1);
    }
  back = genesis_plugin_settings_parse (&descriptor, again, &error);
  g_assert_no_error (error);
  list_back = genesis_plugin_settings_dup_list (back);
  g_assert_cmpstrv (list, list_back);
  g_assert_cmpfloat (genesis_plugin_settings_find (back, "floor")->r, ==, 0.1234567890123456789);
}

static void
assert_declaration (genesis_abi_param_spec spec, const char *part)
{
  g_autoptr (GError) error = NULL;

  spec.struct_size = sizeof spec;
  if (part == NULL)
    {
      genesis_param_spec_check (&spec, &error);
      g_assert_no_error (error);
      return;
    }
  g_assert_false (genesis_param_spec_check (&spec, &error));
  assert_message (error, GENESIS_ERROR, GENESIS_ERROR_PLUGIN, part);
}

static void
test_declarations_are_checked (void)
{
  static const char *const twice[] = { "a", "b", "a" };
  static const char *const hole[] = { "a", NULL };

#define INT(...) (genesis_abi_param_spec){ .type = GENESIS_ABI_PARAM_INT, .name = "k", __VA_ARGS__ }
#define CHOICE(...)                                                                                \
  (genesis_abi_param_spec)                                                                         \
  {                                                                                                \
    .type = GENESIS_ABI_PARAM_CHOICE, .name = "k", __VA_ARGS__                                     \
  }
  assert_declaration (INT (.lo = 0, .hi = 2, .def = 2), NULL);
  assert_declaration (INT (.lo = 0, .hi = 2, .def = 3), "default outside");
  assert_declaration (INT (.lo = 0, .hi = 2, .def = 2, .flags = GENESIS_ABI_PARAM_OPEN_HI),
                      "default outside");
  assert_declaration (INT (.lo = 0, .hi = 2, .def = NAN), "default outside");
  assert_declaration (INT (.lo = 0, .hi = 2, .def = 1.5), "whole number");
  assert_declaration (INT (.lo = -INFINITY, .hi = INFINITY, .def = 0x1p63), "64 bits");
  assert_declaration (INT (.lo = 3, .hi = 2, .def = 2), "range");
  assert_declaration (INT (.lo = NAN, .hi = 2, .def = 2), "range");
  assert_declaration (INT (.lo = 1, .hi = 2, .def = 0, .flags = GENESIS_ABI_PARAM_REQUIRED), NULL);
  assert_declaration (CHOICE (.choices = modes, .n_choices = 2, .def = 1), NULL);
  assert_declaration (CHOICE (.choices = modes, .n_choices = 2, .def = 2), "none of its 2");
  assert_declaration (CHOICE (.choices = modes, .n_choices = 2, .def = -1), "none of its 2");
  assert_declaration (CHOICE (.choices = modes, .n_choices = 0), "without choices");
  assert_declaration (CHOICE (.choices = NULL, .n_choices = 2), "without choices");
  assert_declaration (CHOICE (.choices = twice, .n_choices = 3), "choice 'a' twice");
  assert_declaration (CHOICE (.choices = hole, .n_choices = 2), "choice 1");
#undef INT
#undef CHOICE
  assert_declaration ((genesis_abi_param_spec){ .type = GENESIS_ABI_PARAM_BOOL,
                                                .name = "k",
                                                .def = 2 },
                      "neither 0 nor 1");
  assert_declaration ((genesis_abi_param_spec){ .type = 9, .name = "k" }, "unknown type 9");
  assert_declaration ((genesis_abi_param_spec){ .type = GENESIS_ABI_PARAM_TEXT, .name = "Bins" },
                      "[a-z][a-z0-9_]*");
  assert_declaration ((genesis_abi_param_spec){ .type = GENESIS_ABI_PARAM_TEXT, .name = "a-b" },
                      "[a-z][a-z0-9_]*");
  assert_declaration ((genesis_abi_param_spec){ .type = GENESIS_ABI_PARAM_TEXT },
                      "[a-z][a-z0-9_]*");
  assert_declaration ((genesis_abi_param_spec){ .type = GENESIS_ABI_PARAM_TEXT,
                                                .name = "k",
                                                .help = "\377" },
                      "not UTF-8");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plugin-settings/values/defaults-fill-what-is-not-given",
                   test_defaults_fill_what_is_not_given);
  g_test_add_func ("/plugin-settings/values/are-parsed-whole", test_values_are_parsed_whole);
  g_test_add_func ("/plugin-settings/values/bad-ones-are-refused", test_bad_values_are_refused);
  g_test_add_func ("/plugin-settings/values/required-must-be-given", test_required_must_be_given);
  g_test_add_func ("/plugin-settings/values/secrets-are-never-shown", test_secrets_are_never_shown);
  g_test_add_func ("/plugin-settings/names/unknown-names-the-nearest",
                   test_unknown_names_the_nearest);
  g_test_add_func ("/plugin-settings/list/is-sorted-and-reads-back",
                   test_list_is_sorted_and_reads_back);
  g_test_add_func ("/plugin-settings/declarations/are-checked", test_declarations_are_checked);
  return g_test_run ();
}
