/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include "pipeline-fixture.h"

/* A pipeline of two sites with a small test generator: demo.ini, north.csv (n rows), south.csv
   (n / 2). */

#define DEMO_KEYS "[pipeline]\ngenerator=org.example.tally\naggregator=org.example.sum\nseed=4\n"
#define DEMO_SITES                                                                                 \
  "[site:north]\npath=north.csv\nmin_samples=1\n[site:south]\npath=south.csv\nmin_samples=1\n"
#define DEMO_OUTPUTS                                                                               \
  "[output]\nrows=50\nsynthetic=out/s.csv\nmodel=out/m.genesis\nmetadata=out/meta.json\n"

void demo_write (Fixture *fixture, guint n, const char *more);
void demo_write_table (Fixture *fixture, const char *name, guint n, guint shift);
/* Runs a command that must succeed and print a JSON object; *node is the caller's. */
JsonObject *demo_run (Fixture *fixture, const char *words, JsonNode **node);
char *demo_dup_member (JsonObject *result, const char *name);
