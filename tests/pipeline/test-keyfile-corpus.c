/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "corpus-replay.h"

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  corpus_add_tests ("pipeline", "keyfile");
  return g_test_run ();
}
