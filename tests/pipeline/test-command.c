/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <string.h>

#include "pipeline-fixture.h"

/* The command as people meet it: exit codes, what it prints. */

/* -- exit codes ------------------------------------------------------------- */

typedef struct
{
  const char *words;
  int code;
  const char *message; /* somewhere in what is said */
} Case;

#define LONG_NAME                                                                                  \
  "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123" \
  "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123" \
  "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123"

#define KEYS  "[pipeline]\ngenerator=org.example.tally\naggregator=org.example.sum\n"
#define NORTH "[site:north]\npath=north.csv\nmin_samples=1\n"
#define SOUTH "[site:south]\npath=south.csv\nmin_samples=1\n"

static const Case cases[] = {
  { "rnu x.ini", 2, "unknown command 'rnu': did you mean 'run'?" },
  { "plugin lst", 2, "unknown command 'lst': did you mean 'list'?" },
  { "frobnicate", 2, "unknown command 'frobnicate': known are run, " },
  { "plugin", 2, "no command; see 'genesis plugin --help'" },
  { "--frob", 2, "unknown option '--frob'" },
  { "run", 2, "no FILE.ini; see 'genesis run --help'" },
  { "run good.ini more.ini", 2, "more than one FILE.ini" },
  { "run good.ini --frob", 2, "--frob" },
  { "run good.ini --rows many", 2, "--rows: 'many' is not a whole number" },
  { "run good.ini --set rows", 2, "--set 'rows': write GROUP.KEY=VALUE" },
  { "run good.ini --allow-unpinned", 2, "--allow-unpinned is not in this version" },
  { "run good.ini --profile", 2, "--profile is not in this version" },
  { "run good.ini --rows -5", 78, "setting 'output.rows': rows: '-5' is not a whole number" },
  { "run good.ini --set pipeline.sede=1", 78, "did you mean 'seed'?" },
  { "run good.ini --strategy frob", 78, "strategy 'frob' is not known" },
  { "run none.ini", 66, "none.ini: no such file" },
  { "run missing.ini", 66, "no file 'none.csv'" },
  { "run ragged.ini", 65, "site 'north': " },
  { "run declared.ini", 65, "site 'north': file 'ragged.csv', line 3" },
  { "run few.ini", 78, "few.ini, line 11, group [aggregator]: min_sites is 3 and this file has 2" },
  { "config check few.ini", 78, "min_sites is 3 and this file has 2 sites; add sites or lower" },
  { "config check good.ini --set aggregator.min_sites=3", 78, "setting 'aggregator.min_sites': " },
  { "config check good.ini --set site:south.path=./north.csv", 78,
    "'./north.csv' holds the rows of site 'north' too" },
  { "config check good.ini --set output.synthetic=none/", 78, "'none/' is a folder" },
  { "config check good.ini --set output.synthetic=-", 78, "use 'genesis generate --out -'" },
  { "config check good.ini --set output.synthetic=\"out.csv\"", 78, "stands in quotes" },
  { "config check good.ini --set output.synthetic=a\tb", 78, "control character" },
  { "config check good.ini --set output.metadata=" LONG_NAME, 78, "is too long a name" },
  { "config check good.ini --set generator.cells=x", 78,
    "setting 'generator.cells': plugin org.example.tally, setting 'cells'" },
  { "config show good.ini --set generator.cels=2", 78, "did you mean 'cells'?" },
  { "config check good.ini --rows x", 2, "--rows: 'x' is not a whole number" },
  { "run good.ini --row 5", 2, "unknown option '--row': did you mean '--rows'?" },
  { "RUN good.ini", 2, "did you mean 'run'?" },
  { "--quiet run good.ini", 2, "options follow the command" },
  { "help frobnicate", 2, "unknown command 'frobnicate'" },
  { "run -- --help", 66, "--help: no such file" },
  { "run ", 2, "no FILE.ini" },
  { "schema infer ", 2, "a FILE without a name" },
  { "model show ", 2, "no MODEL" },
  { "run \x1b[31mred\n.ini", 66, "genesis: \\x1b[31mred\\n.ini: no such file" },
  { "run \xe2\x80\xaered.ini", 66, "genesis: \\u202ered.ini: no such file" },
  { "run \xff.ini", 66, "genesis: \\xff.ini: no such file" },
  { "run good.ini --dry-run --set pipeline.generator=org.example.idle", 1, "asks nothing of this" },
  { "run good.ini --set pipeline.generator=org.example.broken", 70, "the plan is a null pointer" },
  { "run small.ini", 75, "site 'north' is skipped: 3 rows, fewer than min_samples 4" },
  { "run budget.ini", 77, "gives no differential privacy" },
  { "run pinned.ini", 77, "is not the pinned file" },
  { "run later.ini", 78, "'isolate' is not in this version" },
  { "run device.ini", 78, "'/dev/zero' is no plain file" },
  { "run good.ini --set output.model=good.ini.run/ledger.log", 78, "lies in the run's own folder" },
  { "run good.ini --set output.model=good.ini.run", 78, "lies in the run's own folder" },
  { "run good.ini --set pipeline.run_dir=.", 78, "holds files that are no run" },
  { "run good.ini --set pipeline.run_dir=north.csv", 78, "is no folder" },
  { "run good.ini --strategy aggregated --set output.source_column=site", 78, "no row has one" },
  { "config check device.ini", 78, "'/dev/zero' is no plain file" },
  { "run below.ini", 74, "nothing can be written below 'north.csv'" },
  { "generate --rows 5 --out x.csv", 2, "no --model" },
  { "generate --model none --out x.csv", 2, "no --rows" },
  { "generate --model none --rows 5", 2, "no --out" },
  { "generate --model none --rows -5 --out x.csv", 2, "--rows: '-5' is not a whole number" },
  { "generate --model none --rows 5 --out - --json", 2, "both want the standard output" },
  { "generate --model none --rows 5 --out x --weights a=1", 2,
    "--weights needs --strategy weighted" },
  { "generate --model none --rows 5 --out x --strategy weighted", 2, "needs --weights" },
  { "generate --model none --rows 5 --out x --strategy weighted --weights a", 2,
    "'a' is no share" },
  { "generate --model x --rows 5 --out ./x", 2, "--out would replace the model" },
  { "generate --model none --rows 5 --out x.csv", 66, "none" },
  { "generate --model north.csv --rows 5 --out x.csv", 65, "north.csv" },
  { "model show none", 66, "none" },
  { "model show north.csv", 65, "north.csv" },
  { "model show", 2, "no MODEL" },
  { "plugin show gaussian_coplua", 78, "did you mean" },
  { "plugin show", 2, "no ID" },
  { "schema infer", 2, "no FILE" },
  { "schema infer none.csv", 66, "none.csv" },
  { "schema infer ragged.csv", 65, "ragged.csv" },
  { "schema infer north.csv --from good.ini", 2, "'north.csv' beside --from" },
  { "schema infer --from none.ini", 66, "none.ini: no such file" },
  { "schema infer --from good.ini --site nort", 78, "no site 'nort'; did you mean 'north'?" },
  { "schema infer --from good.ini --draft d.json", 2, "--draft is of one site, and the key file" },
  { "schema infer --from good.ini --dialect delimiter=tab", 2, "--dialect beside --from" },
  { "schema infer --from missing.ini", 66, "site 'north': " },
  { "schema check declared.json", 2, "no FILE" },
  { "schema check declared.json north.csv --site north", 2, "--site belongs to --from" },
  { "schema check declared.json --from ragged.ini", 65, "site 'north': " },
  { "data", 2, "no command" },
  { "data summary", 2, "no FILE" },
  { "data summary north.csv --site north", 2, "--site belongs to --from KEYFILE" },
  { "data summary north.csv --min-cell 0", 2, "--min-cell 0: write 1 or more" },
  { "data summary north.csv --date-order DDMM", 78, "date order 'DDMM' is none" },
  { "data summary none.csv", 66, "none.csv" },
  { "data summary ragged.csv", 65, "file 'ragged.csv', line 3" },
  { "data summary --from good.ini --site nort", 78, "did you mean 'north'?" },
  { "config check missing.ini", 66, "no file 'none.csv'" },
  { "config show none.ini", 66, "none.ini: no such file" },
  { "config check", 2, "no FILE.ini" },
  { "version now", 2, "unexpected 'now'" },
};

static void
write_files (Fixture *fixture)
{
  fixture_write (fixture, "north.csv", "age,sex\n31,m\n42,f\n53,m\n");
  fixture_write (fixture, "south.csv", "age,sex\n64,f\n75,f\n");
  fixture_write (fixture, "ragged.csv", "age,sex\n31,m\n42\n");
  fixture_write (fixture, "good.ini", KEYS NORTH SOUTH "[output]\nsynthetic=out.csv\n");
  fixture_write (fixture, "missing.ini", KEYS "[site:north]\npath=none.csv\n");
  fixture_write (fixture, "ragged.ini", KEYS "[site:north]\npath=ragged.csv\n");
  fixture_write (
      fixture, "declared.json",
      "{\"format\":\"genesis-schema/1\",\"columns\":[{\"name\":\"age\",\"type\":\"integer\","
      "\"min\":0,\"max\":99},{\"name\":\"sex\",\"type\":\"category\","
      "\"categories\":[\"f\",\"m\"]}]}");
  fixture_write (fixture, "declared.ini",
                 KEYS "[site:north]\npath=ragged.csv\n[schema]\nfile=declared.json\n");
  fixture_write (fixture, "few.ini", KEYS NORTH SOUTH "[aggregator]\nmin_sites=3\n");
  fixture_write (fixture, "device.ini", KEYS "[site:north]\npath=/dev/zero\n");
  fixture_write (fixture, "small.ini", KEYS "[site:north]\npath=north.csv\nmin_samples=4\n");
  fixture_write (fixture, "budget.ini", KEYS NORTH "privacy_budget=1\n");
  fixture_write (fixture, "later.ini", KEYS "isolate=worker\n" NORTH);
  fixture_write (fixture, "below.ini", KEYS NORTH "[output]\nmodel=north.csv/below\n");
  fixture_write (fixture, "pinned.ini",
                 KEYS "plugin.org.example.sum.sha256="
                      "0000000000000000000000000000000000000000000000000000000000000000\n" NORTH);
}

static void
test_exit_code (Fixture *fixture, gconstpointer data)
{
  const Case *a_case = data;
  g_auto (Outcome) outcome = { 0 };

  write_files (fixture);
  fixture_link_plugin (fixture, "broken-idle-plan.so");
  fixture_link_plugin (fixture, "broken-null-plan.so");
  fixture_run (fixture, &outcome, a_case->words);
  if (outcome.code != a_case->code || strstr (outcome.err, a_case->message) == NULL)
    g_test_message ("%s", outcome.err);
  g_assert_cmpint (outcome.code, ==, a_case->code);
  g_assert_cmpstr (outcome.out, ==, "");
  g_assert_true (g_str_has_prefix (outcome.err, "genesis: "));
  g_assert_nonnull (strstr (outcome.err, a_case->message));
  g_assert_false (fixture_has (fixture, "out.csv"));
  g_assert_false (fixture_has (fixture, "x.csv"));
}

/* -- what is printed -------------------------------------------------------- */

static void
test_version (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) node = NULL;

  fixture_run (fixture, &outcome, "version --json");
  g_assert_cmpint (outcome.code, ==, 0);
  node = outcome_json (&outcome);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "version"), ==,
                   GENESIS_VERSION);
  fixture_run (fixture, &outcome, "--version --json");
  g_assert_cmpint (outcome.code, ==, 0);
  g_clear_pointer (&node, json_node_unref);
  node = outcome_json (&outcome);
  fixture_run (fixture, &outcome, "--version");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_true (g_str_has_prefix (outcome.out, "genesis " GENESIS_VERSION));
}

static void
test_plugin_list (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) node = NULL;
  JsonArray *plugins;
  guint found = 0;

  fixture_run (fixture, &outcome, "plugin list --json");
  g_assert_cmpint (outcome.code, ==, 0);
  node = outcome_json (&outcome);
  plugins = json_object_get_array_member (json_node_get_object (node), "plugins");
  for (guint i = 0; i < json_array_get_length (plugins); i++)
    {
      JsonObject *plugin = json_array_get_object_element (plugins, i);

      if (g_str_equal (json_object_get_string_member (plugin, "id"), "org.example.tally"))
        {
          g_assert_cmpstr (json_object_get_string_member (plugin, "kind"), ==, "generator");
          g_assert_cmpuint (strlen (json_object_get_string_member (plugin, "sha256")), ==, 64);
          found++;
        }
    }
  g_assert_cmpuint (found, ==, 1);
}

static void
test_plugin_rejections (Fixture *fixture, gconstpointer data)
{
  const char *const arguments[] = { "plugin", "list", "--all", NULL };
  g_autofree char *search = g_strdup_printf ("GENESIS_PLUGIN_PATH=%s", fixture->folder);
  const char *const environment[] = { search, NULL };
  g_autoptr (GSubprocess) process = NULL;
  g_auto (Outcome) outcome = { 0 };

  fixture_write (fixture, "broken.so", "not a shared object");
  process = fixture_start (fixture, arguments, environment);
  fixture_wait (process, &outcome);
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "not taken: "));
  g_assert_nonnull (strstr (outcome.out, "broken.so: "));
}

static void
test_plugin_show (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  fixture_run (fixture, &outcome, "plugin show org.example.tally");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "  cells (int, least 2, most 4096; default 16)\n"
                                         "      cells of a numeric column's histogram\n"));
  g_assert_nonnull (
      strstr (outcome.out, "  draw (choice: histogram, uniform; default histogram)\n"));
}

static void
test_schema_infer (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *saved = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) whole = NULL;

  write_files (fixture);
  fixture_run (fixture, &outcome, "schema infer north.csv south.csv");
  g_assert_cmpint (outcome.code, ==, 0);
  node = outcome_json (&outcome);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  saved = g_strdup (g_strchomp (outcome.out));
  fixture_run (fixture, &outcome, "schema infer south.csv north.csv --out s.json");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_cmpstr (outcome.out, ==, "s.json: 2 columns\n");
  {
    g_autofree char *text = fixture_read (fixture, "s.json");

    g_assert_cmpstr (g_strchomp (text), ==, saved);
  }
  fixture_run (fixture, &outcome, "schema infer north.csv --json");
  g_assert_cmpint (outcome.code, ==, 0);
  whole = outcome_json (&outcome);
  g_assert_true (json_object_has_member (json_node_get_object (whole), "schema"));
  g_assert_true (json_object_has_member (json_node_get_object (whole), "findings"));
}

static void
assert_no_control (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_true (*at == '\n' || g_unichar_isprint (g_utf8_get_char (at)));
}

/* What somebody else wrote into a header or a category never steers the terminal. */
static void
test_hostile_names (Fixture *fixture, gconstpointer data)
{
  static const char *const words[] = { "run esc.ini",        "run esc.ini --json",
                                       "model show m",       "model show m --json",
                                       "schema infer e.csv", "run esc.ini --dry-run" };

  fixture_write (fixture, "e.csv",
                 "age\x1b[31m,\xc2\x9b"
                 "2J,\xe2\x80\xae"
                 "c\n31,\x1b]0;x,q\n42,y,q\n53,y,r\n31,y,q\n");
  fixture_write (fixture, "esc.ini",
                 KEYS "[site:e]\npath=e.csv\nmin_samples=1\n[output]\nmodel=m\n");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      fixture_run (fixture, &outcome, words[i]);
      g_assert_cmpint (outcome.code, ==, 0);
      assert_no_control (outcome.out);
      assert_no_control (outcome.err);
      if (g_str_equal (words[i], "model show m"))
        g_assert_nonnull (strstr (outcome.out, "age\\x1b[31m"));
    }
}

static void
assert_origin (const char *shown, const char *setting, const char *origin)
{
  const char *line = strstr (shown, setting);
  const char *comment = line != NULL ? strstr (line, "# ") : NULL;

  g_assert_nonnull (comment);
  g_assert_true (g_str_has_prefix (comment + strlen ("# "), origin));
  g_assert_cmpuint (strcspn (line, "\n"), >, (gsize)(comment - line));
}

static void
test_config_show (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_auto (Outcome) again = { 0 };
  g_autoptr (JsonNode) node = NULL;

  write_files (fixture);
  fixture_run (fixture, &outcome, "config show good.ini --json");
  g_assert_cmpint (outcome.code, ==, 0);
  node = outcome_json (&outcome);
  g_assert_true (json_object_has_member (json_node_get_object (node), "site:north"));
  /* each value with its origin */
  fixture_run (fixture, &outcome, "config show good.ini --seed 5 --set output.rows=7");
  g_assert_cmpint (outcome.code, ==, 0);
  assert_origin (outcome.out, "seed=5", "command line");
  assert_origin (outcome.out, "rows=7", "command line");
  assert_origin (outcome.out, "min_samples=1", "keyfile");
  assert_origin (outcome.out, "strategy=proportional", "default");
  /* what is printed is a key file of the same settings */
  fixture_run (fixture, &outcome, "config show good.ini --set output.source_column=a\\b");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "[site:north]\n"));
  fixture_write (fixture, "shown.ini", outcome.out);
  fixture_run (fixture, &again, "config check shown.ini");
  g_assert_cmpint (again.code, ==, 0);
  g_assert_cmpstr (again.out, ==, "fine: a run could begin\n");
  fixture_run (fixture, &again, "config show shown.ini --json");
  g_clear_pointer (&node, json_node_unref);
  node = outcome_json (&again);
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (
                           json_object_get_object_member (json_node_get_object (node), "output"),
                           "source_column"),
                       "value"),
                   ==, "a\\b");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add (path, Fixture, data, fixture_set_up, test, fixture_tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/command/exit-code/%d/%02u", cases[i].code, i + 1);

      ADD (path, &cases[i], test_exit_code);
    }
  ADD ("/command/version/is-the-build-s", NULL, test_version);
  ADD ("/command/plugin-list/json-has-kind-and-digest", NULL, test_plugin_list);
  ADD ("/command/plugin-list/all-names-rejected-files", NULL, test_plugin_rejections);
  ADD ("/command/plugin-show/names-range-and-default", NULL, test_plugin_show);
  ADD ("/command/schema-infer/same-for-any-order-of-files", NULL, test_schema_infer);
  ADD ("/command/hostile-names/never-reach-the-terminal", NULL, test_hostile_names);
  ADD ("/command/config-show/prints-a-key-file-again", NULL, test_config_show);
  return g_test_run ();
}
