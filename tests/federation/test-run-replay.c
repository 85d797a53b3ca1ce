/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "federation-fixture.h"

/* recorded-run.txt: every event and action of both machines in one small run, as the in-process
   driver had them: one site too small, one that fails in round 2, one that joins after round 1.
   Digests are numbered in order of appearance, so that the list does not change with a plugin or an
   encoding. */

static gboolean
number_digest (const GMatchInfo *match, GString *result, gpointer user_data)
{
  GHashTable *numbers = user_data;
  g_autofree char *digest = g_match_info_fetch (match, 0);
  gpointer number = g_hash_table_lookup (numbers, digest);

  if (number == NULL)
    {
      number = GUINT_TO_POINTER (g_hash_table_size (numbers) + 1);
      g_hash_table_insert (numbers, g_strdup (digest), number);
    }
  g_string_append_printf (result, "#%u", GPOINTER_TO_UINT (number));
  return FALSE;
}

static char *
join_numbered (GPtrArray *lines)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) digests = g_regex_new ("[0-9a-f]{64}", 0, 0, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (const char *)g_ptr_array_index (lines, i));
  return g_regex_replace_eval (digests, text->str, -1, 0, 0, number_digest, numbers, NULL);
}

static void
train (GenesisFederatedGenerator *generator, guint rounds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GenesisTrainingResult) result =
      genesis_federated_generator_train (generator, rounds, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (genesis_training_result_get_n_rounds (result), ==, 1);
}

/* The run of recorded-run.txt. */
static GPtrArray *
record_run (guint threads)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GenesisFederatedGenerator) generator = federation_fixture_generator ();
  g_autoptr (GenesisTable) rows = federation_fixture_rows (0, 2, 200);
  g_autoptr (GenesisTable) others = federation_fixture_rows (1, 2, 200);
  g_autoptr (GenesisTable) few = federation_fixture_rows (200, 1, 207);

  g_object_set (generator, "threads", threads, NULL);
  genesis_federated_generator_record (generator, lines);
  federation_fixture_add (generator, federation_fixture_site ("few", few, 100));
  federation_fixture_add (generator, federation_fixture_failing_site ("fails", others, 2));
  federation_fixture_add (generator, federation_fixture_site ("steady", rows, 100));
  train (generator, 1);
  federation_fixture_add (generator, federation_fixture_site ("joins", few, 1));
  train (generator, 9);
  return lines;
}

static char *
read_recorded (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("GENESIS_TEST_SOURCE_DIR"), "tests",
                                            "federation", "recorded-run.txt", NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* Steps the machine that the line is for; each event must be followed by the lines of its actions,
   and no others. */
static guint
replay_event (const char *const *lines, GenesisCoordinatorMachine *coordinator, GHashTable *sites)
{
  const gboolean is_site = g_str_has_prefix (lines[0], "event site ");
  const char *owner = is_site ? "site" : "coordinator";
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) actions = genesis_run_messages_new ();
  g_autoptr (GenesisRunMessage) event =
      genesis_run_message_parse (lines[0] + strlen ("event ") + strlen (owner) + 1, &error);
  guint n = 1;

  g_assert_no_error (error);
  if (!is_site)
    genesis_coordinator_machine_step (coordinator, event, actions);
  else
    {
      if (!g_hash_table_contains (sites, event->site))
        g_hash_table_insert (sites, g_strdup (event->site), genesis_site_machine_new (event->site));
      genesis_site_machine_step (g_hash_table_lookup (sites, event->site), event, actions);
    }
  for (guint i = 0; i < actions->len; i++, n++)
    {
      g_autofree char *text = genesis_run_message_to_text (g_ptr_array_index (actions, i));
      g_autofree char *line = g_strdup_printf ("action %s %s", owner, text);

      g_assert_cmpstr (line, ==, lines[n]);
    }
  return n;
}

static void
test_replay (void)
{
  g_autofree char *text = read_recorded ();
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  const guint n_lines = g_strv_length (lines) - 1;
  g_autoptr (GenesisCoordinatorMachine) coordinator = genesis_coordinator_machine_new (1, 0, 5);
  g_autoptr (GHashTable) sites = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                        (GDestroyNotify)genesis_site_machine_free);

  g_assert_cmpuint (n_lines, >, 50);
  for (guint at = 0; at < n_lines;)
    {
      g_assert_true (g_str_has_prefix (lines[at], "event "));
      at += replay_event ((const char *const *)lines + at, coordinator, sites);
    }
  g_assert_cmpint (genesis_coordinator_machine_get_state (coordinator), ==,
                   GENESIS_COORDINATOR_SEALED);
  g_assert_cmpuint (genesis_coordinator_machine_get_closed (coordinator), ==, 2);
  g_assert_cmpuint (g_hash_table_size (sites), ==, 4);
}

static void
test_driver (void)
{
  static const guint threads[] = { 1, 2, 7 };
  g_autofree char *recorded = read_recorded ();

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GPtrArray) lines = record_run (threads[i]);
      g_autofree char *text = join_numbered (lines);

      if (g_strcmp0 (text, recorded) != 0)
        g_test_message ("the driver's list:\n%s", text);
      g_assert_cmpstr (text, ==, recorded);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-replay/recorded-list/gives-the-same-actions", test_replay);
  g_test_add_func ("/run-replay/driver/makes-the-same-list-for-any-number-of-threads", test_driver);
  return g_test_run ();
}
