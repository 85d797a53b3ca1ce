/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Why a text is not what it should be, without words of the text itself. */
typedef struct
{
  guint64 line; /* from 1 */
  const char *why;
  guint64 column; /* of characters, from 1 */
} GenesisJsonFault;

/* Whether text is one JSON object (RFC 8259, nothing more: no comments, no single quotes, no 010 or
   0x10), nested at most 64 deep, no member twice in an object, no NUL in a string. For JSON from an
   enemy or from a person, before json-glib sees it: that takes more than JSON, lets the last of two
   equal members win, reads 010 as 8, ends a string at a NUL and recurses as deep as the text wants.
   fault: set when FALSE; may be NULL. */
gboolean genesis_json_text_check_object (const char *text, GenesisJsonFault *fault);

/* The node as readable text that every reader of JSON takes: json-glib leaves U+001F in a string as
   it is, writes 1e-08.0, and does not read 2.5e-09. */
char *genesis_json_text_print (JsonNode *node);

G_END_DECLS
