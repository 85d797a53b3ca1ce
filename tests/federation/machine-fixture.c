/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "machine-fixture.h"

static char *
join (GPtrArray *actions)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < actions->len; i++)
    {
      g_autofree char *action = genesis_run_message_to_text (g_ptr_array_index (actions, i));

      g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", action);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
run (gpointer machine, gboolean is_site, const MachineStep *steps)
{
  for (; steps->event != NULL; steps++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GenesisRunMessage) event = genesis_run_message_parse (steps->event, &error);
      g_autoptr (GPtrArray) actions = genesis_run_messages_new ();
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      if (is_site)
        genesis_site_machine_step (machine, event, actions);
      else
        genesis_coordinator_machine_step (machine, event, actions);
      text = join (actions);
      g_test_message ("%s", steps->event);
      g_assert_cmpstr (text, ==, steps->actions);
    }
}

void
machine_fixture_run_coordinator (GenesisCoordinatorMachine *machine, const MachineStep *steps)
{
  run (machine, FALSE, steps);
}

void
machine_fixture_run_site (GenesisSiteMachine *machine, const MachineStep *steps)
{
  run (machine, TRUE, steps);
}
