/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

/* A folder of its own that goes with all that is in it, and the command run in it. */
typedef struct
{
  char *folder;
} Fixture;

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);
/* The folder has the small test generator alone: the others in the build are broken, and some take
   its name. This adds another. */
void fixture_link_plugin (Fixture *fixture, const char *name);
char *fixture_path (Fixture *fixture, const char *name);
void fixture_write (Fixture *fixture, const char *name, const char *text);
char *fixture_read (Fixture *fixture, const char *name);
gboolean fixture_has (Fixture *fixture, const char *name);
/* Names that look like half-written files, anywhere below; NULL when there is none. */
char *fixture_find_part (Fixture *fixture);

/* What a command did. */
typedef struct
{
  int code; /* exit code, or 128 + signal */
  char *out, *err;
} Outcome;

void outcome_clear (Outcome *outcome);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* Both lists end with NULL; environment: "NAME=value". */
GSubprocess *fixture_start (Fixture *fixture, const char *const *arguments,
                            const char *const *environment);
void fixture_wait (GSubprocess *process, Outcome *outcome);
/* genesis WORDS..., the words parted by blanks. */
void fixture_run (Fixture *fixture, Outcome *outcome, const char *words);
JsonNode *outcome_json (const Outcome *outcome);
