/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "interleaving-world.h"

/* Both machines under every order of events that a seed can think of. A failure prints its seed and
   its steps; GENESIS_INTERLEAVING_SEED=N runs that one alone. */

#ifndef SEEDS
#define SEEDS 12000u
#endif
/* So many seeds are enough to see each mistake. */
#define SPOILT_SEEDS 2000u

static void
replay (guint64 seed, WorldBug bug)
{
  g_autoptr (World) world = world_new (seed, bug, TRUE);

  world_run (world);
  for (guint i = 0; i < world->trace->len; i++)
    g_test_message ("%s", (const char *)g_ptr_array_index (world->trace, i));
  g_test_message ("seed %" G_GUINT64_FORMAT ", %u sites, min_sites %u: %s", seed, world->n_sites,
                  world->min_sites, world->violation != NULL ? world->violation : "nothing wrong");
}

static void
test_machines (void)
{
  const char *one = g_getenv ("GENESIS_INTERLEAVING_SEED");
  const guint64 first = one != NULL ? g_ascii_strtoull (one, NULL, 10) : 0;
  const guint64 end = one != NULL ? first + 1 : SEEDS;
  guint64 n_steps = 0;
  guint n_sealed = 0;

  for (guint64 seed = first; seed < end; seed++)
    {
      g_autoptr (World) world = world_new (seed, WORLD_BUG_NONE, FALSE);

      world_run (world);
      n_steps += world->n_steps;
      n_sealed +=
          genesis_coordinator_machine_get_state (world->coordinator) == GENESIS_COORDINATOR_SEALED;
      if (world->violation == NULL)
        continue;
      replay (seed, WORLD_BUG_NONE);
      g_error ("seed %" G_GUINT64_FORMAT ": %s; GENESIS_INTERLEAVING_SEED=%" G_GUINT64_FORMAT
               " runs it alone",
               seed, world->violation, seed);
    }
  g_test_message ("%" G_GUINT64_FORMAT " steps, %u of %" G_GUINT64_FORMAT " runs sealed", n_steps,
                  n_sealed, end - first);
  if (one == NULL)
    g_assert_cmpuint (n_sealed, >, SEEDS * 3 / 4);
}

/* The same seed, the same steps. */
static void
test_replay (void)
{
  for (guint64 seed = 0; seed < 50; seed++)
    {
      g_autoptr (World) once = world_new (seed, WORLD_BUG_NONE, TRUE);
      g_autoptr (World) again = world_new (seed, WORLD_BUG_NONE, TRUE);

      world_run (once);
      world_run (again);
      g_assert_cmpuint (once->trace->len, ==, again->trace->len);
      for (guint i = 0; i < once->trace->len; i++)
        g_assert_cmpstr (g_ptr_array_index (once->trace, i), ==,
                         g_ptr_array_index (again->trace, i));
    }
}

static void
test_bug (gconstpointer data)
{
  const WorldBug bug = (WorldBug)GPOINTER_TO_UINT (data);

  for (guint64 seed = 0; seed < SPOILT_SEEDS; seed++)
    {
      g_autoptr (World) world = world_new (seed, bug, FALSE);

      world_run (world);
      if (world->violation == NULL)
        continue;
      g_test_message ("seed %" G_GUINT64_FORMAT ": %s", seed, world->violation);
      return;
    }
  g_error ("no seed below %u sees the mistake", SPOILT_SEEDS);
}

int
main (int argc, char **argv)
{
  static const char *const bugs[] = {
    NULL,
    "/interleavings/mistake/accepting-twice-is-seen",
    "/interleavings/mistake/counting-a-late-site-is-seen",
    "/interleavings/mistake/rows-of-a-site-that-dropped-out-are-seen",
    "/interleavings/mistake/a-receipt-too-early-is-seen",
    "/interleavings/mistake/another-sites-rows-are-seen",
    "/interleavings/mistake/a-coordinator-without-deadlines-is-seen",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (bugs) == WORLD_N_BUGS);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/interleavings/machines/count-each-site-once-and-come-to-an-end",
                   test_machines);
  g_test_add_func ("/interleavings/seed/replays", test_replay);
  for (guint i = 1; i < WORLD_N_BUGS; i++)
    g_test_add_data_func (bugs[i], GUINT_TO_POINTER (i), test_bug);
  return g_test_run ();
}
