/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/genesis-json-member-private.h"

#include "data/genesis-column-draft-private.h"

G_BEGIN_DECLS

/* Counts in a draft file stay below this: no sum of them overflows, and every reader of JSON keeps
   them. */
#define GENESIS_DRAFT_MAX_COUNT (G_GUINT64_CONSTANT (1) << 53)

/**
 * GenesisDraftFault:
 * @why: what is wrong first, or NULL
 *
 * A draft file comes from another site: each function that reads a part of one does nothing any
 * more after a fault, and gives back something that can be let go of.
 */
typedef struct
{
  char *why;
} GenesisDraftFault;

void genesis_draft_fault_set (GenesisDraftFault *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

/* Members of an object. Other members than those that are known (NULL-terminated) are a fault. */
void genesis_draft_check_members (JsonObject *object, const char *const *known,
                                  GenesisDraftFault *fault);
guint64 genesis_draft_read_count (JsonObject *object, const char *member, GenesisDraftFault *fault);
/* From least to 1000. */
int genesis_draft_read_small (JsonObject *object, const char *member, int least,
                              GenesisDraftFault *fault);
/* Of 64 bits, which JSON holds as a text. */
gint64 genesis_draft_read_integer (JsonObject *object, const char *member,
                                   GenesisDraftFault *fault);
guint64 genesis_draft_read_hash (JsonNode *node, GenesisDraftFault *fault);
const char *genesis_draft_read_text (JsonObject *object, const char *member,
                                     GenesisDraftFault *fault);
JsonObject *genesis_draft_read_object (JsonObject *object, const char *member,
                                       GenesisDraftFault *fault);
/* An empty one when it is absent. */
JsonArray *genesis_draft_read_list (JsonObject *object, const char *member,
                                    GenesisDraftFault *fault);
/* Elements of a list. */
JsonObject *genesis_draft_get_object (JsonArray *list, guint index, GenesisDraftFault *fault);
const char *genesis_draft_get_text (JsonArray *list, guint index, GenesisDraftFault *fault);
guint64 genesis_draft_get_count (JsonArray *list, guint index, GenesisDraftFault *fault);

void genesis_draft_write_integer (JsonBuilder *builder, const char *member, gint64 value);
void genesis_draft_write_hash (JsonBuilder *builder, guint64 hash);

/* A column's dressed numbers, as a list. */
void genesis_amounts_to_json (const GenesisColumnFacts *facts, JsonBuilder *builder);
void genesis_amounts_from_json (GenesisColumnFacts *facts, JsonArray *list,
                                GenesisDraftFault *fault);
void genesis_number_looks_to_json (const GenesisNumberLooks *looks, JsonBuilder *builder);
void genesis_number_looks_from_json (GenesisNumberLooks *looks, JsonObject *object,
                                     GenesisDraftFault *fault);
/* The parts of a column, each below a member of its own. */
void genesis_column_facts_to_json (const GenesisColumnFacts *facts, JsonBuilder *builder);
/* has_amounts: whether dressed numbers may be among them; inside an amount there are none. */
GenesisColumnFacts *genesis_column_facts_from_json (JsonObject *object, gboolean has_amounts,
                                                    GenesisDraftFault *fault);
void genesis_text_index_to_json (const GenesisTextIndex *texts, JsonBuilder *builder);
GenesisTextIndex *genesis_text_index_from_json (JsonArray *list, GenesisDraftFault *fault);
void genesis_column_draft_to_json (const GenesisColumnDraft *self, const char *name,
                                   JsonBuilder *builder);
GenesisColumnDraft *genesis_column_draft_from_json (JsonObject *object, guint n_markers,
                                                    GenesisDraftFault *fault);

G_END_DECLS
