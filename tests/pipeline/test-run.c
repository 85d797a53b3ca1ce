/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "pipeline-demo.h"

/* "genesis run" from key file to outputs, with a small test generator: what it does with its run
   directory. */

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

static void
test_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *rows = NULL;
  g_autofree char *metadata = NULL;
  g_autoptr (JsonNode) parsed = NULL;
  JsonObject *result, *privacy, *outputs;

  demo_write (fixture, 200, "");
  result = demo_run (fixture, "run demo.ini --json", &node);
  g_assert_cmpint (json_object_get_int_member (result, "n_sites"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (result, "total_samples"), ==, 300);
  g_assert_true (json_object_get_boolean_member (result, "finished"));
  g_assert_cmpuint (strlen (json_object_get_string_member (result, "model_digest")), ==, 64);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (result, "rounds")), ==, 2);
  privacy = json_object_get_object_member (result, "privacy");
  g_assert_true (json_object_get_null_member (privacy, "epsilon"));
  outputs = json_object_get_object_member (result, "outputs");
  g_assert_cmpstr (json_object_get_string_member (outputs, "synthetic"), ==, "out/s.csv");
  g_assert_cmpint (json_object_get_int_member (outputs, "rows"), ==, 50);
  rows = fixture_read (fixture, "out/s.csv");
  g_assert_true (g_str_has_prefix (rows, "age,cost,sex\n"));
  g_assert_cmpuint (count_lines (rows), ==, 51);
  g_assert_true (fixture_has (fixture, "out/m.genesis"));
  metadata = fixture_read (fixture, "out/meta.json");
  parsed = json_from_string (metadata, NULL);
  g_assert_nonnull (parsed);
  g_assert_nonnull (json_object_get_string_member (json_node_get_object (parsed), "date"));
  g_assert_null (strstr (metadata, fixture->folder));
}

static void
test_summary (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };

  demo_write (fixture, 200, "[site:islands]\npath=islands.csv\nmin_samples=101\n");
  demo_write_table (fixture, "islands.csv", 100, 3);
  fixture_run (fixture, &outcome, "run demo.ini");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_nonnull (
      strstr (outcome.out, "org.example.tally with org.example.sum: 2 sites, 300 rows"));
  g_assert_nonnull (strstr (outcome.out, "round  phase"));
  g_assert_nonnull (strstr (outcome.out, "skipped     islands: "));
  g_assert_nonnull (strstr (outcome.out, "synthetic   out/s.csv (50 rows)\n"));
  g_assert_nonnull (strstr (outcome.out, "privacy     "));
  g_assert_nonnull (strstr (outcome.out, "no differential privacy"));
  fixture_run (fixture, &outcome, "run demo.ini --fresh --quiet");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_cmpstr (outcome.out, ==, "");
  g_assert_cmpstr (outcome.err, ==, "");
}

static void
test_sealed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) first = NULL;
  g_autoptr (JsonNode) second = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *digest = NULL;
  g_autofree char *more = NULL;
  JsonObject *run;

  demo_write (fixture, 200, "");
  digest = demo_dup_member (demo_run (fixture, "run demo.ini --json", &first), "model_digest");
  before = fixture_read (fixture, "out/s.csv");
  {
    g_autofree char *path = fixture_path (fixture, "out/s.csv");

    g_assert_cmpint (g_unlink (path), ==, 0);
  }
  run = demo_run (fixture, "run demo.ini --json", &second);
  g_assert_cmpstr (json_object_get_string_member (run, "model_digest"), ==, digest);
  g_assert_cmpint (json_object_get_int_member (run, "total_samples"), ==, 300);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (run, "run"),
                                                  "state"),
                   ==, "redrawn");
  /* the rounds are those that made the model, though none was asked now */
  g_assert_true (json_node_equal (json_object_get_member (run, "rounds"),
                                  json_object_get_member (json_node_get_object (first), "rounds")));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (run, "rounds")), >, 0);
  g_assert_nonnull (
      strstr (json_array_get_string_element (json_object_get_array_member (run, "notes"), 1),
              "sealed"));
  after = fixture_read (fixture, "out/s.csv");
  g_assert_cmpstr (before, ==, after);
  /* [output] may change */
  g_clear_pointer (&second, json_node_unref);
  demo_run (fixture, "run demo.ini --json --rows 7 --strategy aggregated", &second);
  more = fixture_read (fixture, "out/s.csv");
  g_assert_cmpuint (count_lines (more), ==, 8);
}

static void
test_changed_keys (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *words, *message;
  } cases[] = {
    { "run demo.ini --seed 5",
      "setting 'pipeline.seed': 'seed' was 4 when the run in 'demo.ini.run' "
      "began and is 5 now; take the change back, or begin a new run with --fresh" },
    { "run demo.ini --set generator.cells=8", "setting 'generator.cells': 'cells' was 16 when" },
    { "run demo.ini --set site:north.weight=2",
      "setting 'site:north.weight': 'weight' was 1.0 when" },
    { "run demo.ini --set site:south.path=islands.csv", "'path' was south.csv when" },
    { "run demo.ini --set schema.missing=?", "'missing' was not set when" },
    { "run more.ini --set pipeline.run_dir=demo.ini.run",
      "group [site:islands]: the site is not part of" },
    { "run less.ini --set pipeline.run_dir=demo.ini.run", "group [site:south]: the site is gone" },
  };
  g_autoptr (JsonNode) node = NULL;

  demo_write (fixture, 200, "");
  fixture_write (fixture, "more.ini", DEMO_KEYS DEMO_SITES "[site:islands]\npath=islands.csv\n");
  demo_write_table (fixture, "islands.csv", 100, 3);
  fixture_write (fixture, "less.ini", DEMO_KEYS "[site:north]\npath=north.csv\nmin_samples=1\n");
  demo_run (fixture, "run demo.ini --json", &node);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (Outcome) outcome = { 0 };

      fixture_run (fixture, &outcome, cases[i].words);
      g_assert_cmpint (outcome.code, ==, 78);
      if (strstr (outcome.err, cases[i].message) == NULL)
        g_assert_cmpstr (outcome.err, ==, cases[i].message);
    }
  /* equal in other words is not a change; neither is the number of threads */
  g_clear_pointer (&node, json_node_unref);
  demo_run (fixture, "run demo.ini --json --threads 1 --set site:north.weight=1", &node);
  g_clear_pointer (&node, json_node_unref);
  demo_run (fixture, "run demo.ini --json --seed 5 --fresh", &node);
  g_assert_cmpstr (json_object_get_string_member (
                       json_object_get_object_member (json_node_get_object (node), "run"), "state"),
                   ==, "new");
}

/* A run that no site has answered yet is no run: what kept it from beginning may be changed. */
static void
test_no_quorum (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;
  g_auto (Outcome) outcome = { 0 };

  demo_write (fixture, 200, "");
  fixture_run (fixture, &outcome,
               "run demo.ini --set site:north.min_samples=201 --set aggregator.min_sites=2");
  g_assert_cmpint (outcome.code, ==, 75);
  g_assert_nonnull (strstr (outcome.err, "fewer than min_sites 2"));
  g_assert_false (fixture_has (fixture, "out"));
  demo_run (fixture, "run demo.ini --json", &node);
}

static void
test_idle_key_is_noted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;
  JsonArray *notes;

  demo_write_table (fixture, "north.csv", 30, 0);
  demo_write_table (fixture, "south.csv", 30, 0);
  fixture_write (fixture, "demo.ini", DEMO_KEYS DEMO_SITES);
  notes = json_object_get_array_member (demo_run (fixture, "run demo.ini --json --rows 5", &node),
                                        "notes");
  g_assert_cmpuint (json_array_get_length (notes), ==, 2);
  g_assert_nonnull (strstr (json_array_get_string_element (notes, 0), "output.rows has no effect"));
  g_assert_nonnull (strstr (json_array_get_string_element (notes, 1), "the schema is drafted"));
}

static void
test_dry_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) real = NULL;
  g_auto (Outcome) outcome = { 0 };
  JsonObject *preview, *first, *round;

  demo_write (fixture, 200, "");
  preview = demo_run (fixture, "run demo.ini --dry-run --json", &node);
  g_assert_false (fixture_has (fixture, "demo.ini.run"));
  g_assert_false (fixture_has (fixture, "out"));
  first = json_array_get_object_element (json_object_get_array_member (preview, "rounds"), 0);
  g_assert_true (json_object_get_boolean_member (first, "exact"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (first, "blocks")), ==,
                    json_object_get_int_member (first, "n_blocks"));
  fixture_run (fixture, &outcome, "run demo.ini --dry-run");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "From each site (north, south) would leave:"));
  g_assert_nonnull (strstr (outcome.out, "round 2: depends on answers"));
  /* what was announced is what leaves: round 1 of the run has as many bytes from each of two
     sites */
  round = json_array_get_object_element (
      json_object_get_array_member (demo_run (fixture, "run demo.ini --json", &real), "rounds"), 0);
  g_assert_cmpint (json_object_get_int_member (round, "bytes"), ==,
                   2 * json_object_get_int_member (first, "bytes"));
  g_assert_cmpstr (json_object_get_string_member (round, "phase"), ==,
                   json_object_get_string_member (first, "phase"));
}

static void
test_declared_schema (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) drafted = NULL;
  g_autoptr (JsonNode) declared = NULL;
  g_autofree char *digest = NULL;
  JsonObject *result;

  demo_write (fixture, 200, "");
  digest = demo_dup_member (demo_run (fixture, "run demo.ini --json", &drafted), "model_digest");
  fixture_run (fixture, &outcome, "schema infer north.csv south.csv --out s.json");
  g_assert_cmpint (outcome.code, ==, 0);
  result = demo_run (fixture, "run demo.ini --fresh --json --set schema.file=s.json", &declared);
  g_assert_cmpstr (json_object_get_string_member (result, "model_digest"), ==, digest);
  g_assert_cmpstr (json_object_get_string_member (json_object_get_object_member (result, "schema"),
                                                  "origin"),
                   ==, "file");
}

static void
test_changed_table (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) outcome = { 0 };
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *ledger = NULL;
  g_autofree char *text = NULL;
  gsize size;

  demo_write (fixture, 200, "");
  demo_run (fixture, "run demo.ini --json", &node);
  /* an open run: the seal is cut off as a torn write would be */
  ledger = fixture_path (fixture, "demo.ini.run/ledger.log");
  g_assert_true (g_file_get_contents (ledger, &text, &size, NULL));
  g_assert_true (g_file_set_contents (ledger, text, (gssize)size - 1, NULL));
  demo_write_table (fixture, "south.csv", 100, 6);
  fixture_run (fixture, &outcome, "run demo.ini");
  g_assert_cmpint (outcome.code, ==, 65);
  g_assert_nonnull (
      strstr (outcome.err, "'south.csv' changed since the run in 'demo.ini.run' began"));
  /* put back, with another time stamp: the same table */
  demo_write_table (fixture, "south.csv", 100, 5);
  g_clear_pointer (&node, json_node_unref);
  demo_run (fixture, "run demo.ini --json", &node);
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;
  g_auto (Outcome) outcome = { 0 };

  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("no /dev/full");
      return;
    }
  demo_write (fixture, 200, "");
  demo_run (fixture, "run demo.ini --json", &node);
  fixture_run (fixture, &outcome, "generate --model out/m.genesis --rows 10 --out /dev/full");
  g_assert_cmpint (outcome.code, ==, 74);
  g_assert_nonnull (strstr (outcome.err, "/dev/full"));
}

static void
test_generate (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) report = NULL;
  g_auto (Outcome) outcome = { 0 };
  g_autofree char *from_run = NULL;
  g_autofree char *drawn = NULL;

  demo_write (fixture, 200, "");
  demo_run (fixture, "run demo.ini --json", &node);
  from_run = fixture_read (fixture, "out/s.csv");
  /* the same model, seed and number give the run's own rows, to a file or to the standard output */
  demo_run (fixture, "generate --model out/m.genesis --rows 50 --seed 4 --out again.csv --json",
            &report);
  drawn = fixture_read (fixture, "again.csv");
  g_assert_cmpstr (drawn, ==, from_run);
  fixture_run (fixture, &outcome, "generate --model out/m.genesis --rows 50 --seed 4 --out -");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_cmpstr (outcome.out, ==, from_run);
  fixture_run (fixture, &outcome, "generate --model out/m.genesis --rows 50 --seed 5 --out -");
  g_assert_cmpstr (outcome.out, !=, from_run);
  fixture_run (
      fixture, &outcome,
      "generate --model out/m.genesis --rows 8 --strategy weighted --weights north=1,south=0 "
      "--source-column hospital --out -");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "hospital\n"));
  g_assert_nonnull (strstr (outcome.out, "north"));
  g_assert_null (strstr (outcome.out, "south"));
  fixture_run (
      fixture, &outcome,
      "generate --model out/m.genesis --rows 8 --strategy weighted --weights nort=1 --out -");
  g_assert_cmpint (outcome.code, ==, 78);
  fixture_run (fixture, &outcome, "model show out/m.genesis");
  g_assert_cmpint (outcome.code, ==, 0);
  g_assert_nonnull (strstr (outcome.out, "org.example.tally"));
}

/* A column that the schema does not know is left out, and whoever runs is told at which site. */
static void
test_unknown_column_is_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *drawn = NULL;
  JsonArray *warnings;

  fixture_write (
      fixture, "one.json",
      "{\"format\":\"genesis-schema/1\",\"columns\":[{\"name\":\"age\",\"type\":\"integer\","
      "\"min\":0,\"max\":99}]}");
  fixture_write (fixture, "two.csv", "age,ward\n30,east\n31,west\n");
  fixture_write (fixture, "one.ini",
                 "[pipeline]\ngenerator=org.example.tally\naggregator=org.example.sum\n"
                 "[schema]\nfile=one.json\n[site:north]\npath=two.csv\nmin_samples=1\n"
                 "[output]\nrows=3\nsynthetic=drawn.csv\n");
  demo_run (fixture, "run one.ini --json", &node);
  warnings = json_object_get_array_member (json_node_get_object (node), "warnings");
  g_assert_cmpuint (json_array_get_length (warnings), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (warnings, 0), ==,
                   "site 'north': columns that the schema does not know are ignored: 'ward'");
  drawn = fixture_read (fixture, "drawn.csv");
  g_assert_true (g_str_has_prefix (drawn, "age\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, data, test)                                                                      \
  g_test_add (path, Fixture, data, fixture_set_up, test, fixture_tear_down)
  ADD ("/run/whole/outputs-and-json", NULL, test_whole);
  ADD ("/run/whole/summary-names-skipped-sites-and-privacy", NULL, test_summary);
  ADD ("/run/sealed/draws-again-and-says-so", NULL, test_sealed);
  ADD ("/run/changed/key-is-named", NULL, test_changed_keys);
  ADD ("/run/changed/table-of-an-open-run-is-named", NULL, test_changed_table);
  ADD ("/run/changed/nothing-answered-is-no-run", NULL, test_no_quorum);
  ADD ("/run/outputs/key-without-effect-is-noted", NULL, test_idle_key_is_noted);
  ADD ("/run/dry-run/announces-what-leaves", NULL, test_dry_run);
  ADD ("/run/schema/declared-is-as-drafted", NULL, test_declared_schema);
  ADD ("/run/schema/unknown-column-is-told", NULL, test_unknown_column_is_told);
  ADD ("/run/generate/full-disk-is-74", NULL, test_full_disk);
  ADD ("/run/generate/same-seed-same-rows", NULL, test_generate);
  return g_test_run ();
}
