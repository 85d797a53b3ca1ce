/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* Names come from files that somebody else wrote. What a terminal could take for a command, or a
   person for another line, is shown as an escape: \x1b, \n, \u202e; a byte that is no UTF-8 as
   \xff. */
char *printable_text (const char *text);
/* The same with line ends kept. */
char *printable_lines (const char *text);
/* Every text and name below node, made printable. */
JsonNode *printable_node (JsonNode *node);
/* JSON text with the same meaning that is safe to show: such characters as \u escapes. */
char *printable_json (const char *json);
