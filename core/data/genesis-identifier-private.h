/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/genesis-encoder-private.h"
#include "base/genesis-permutation-private.h"

G_BEGIN_DECLS

#define GENESIS_IDENTIFIER_TEXT_MAX 64

typedef enum
{
  GENESIS_IDENTIFIER_SEQUENCE,    /* 1, 2, 3, ... */
  GENESIS_IDENTIFIER_UUID,        /* random, version 4 */
  GENESIS_IDENTIFIER_KEEP_FORMAT, /* letters and digits of a shape, no two alike */
  GENESIS_IDENTIFIER_EMPTY        /* a column without values stays one */
} GenesisIdentifierKind;

/**
 * GenesisIdentifier:
 * @shape: KEEP_FORMAT: 'A' a capital letter, 'a' a small one, '9' a digit, what follows a backslash
 *   itself, and so is every mark; "" else
 * @before: how many fields of the schema stand before it
 *
 * A column that nobody learns from and that is made anew where rows are written. Nothing of it
 * depends on the identifiers that a site holds.
 */
typedef struct
{
  char *name;
  GenesisIdentifierKind kind;
  char *shape;
  guint before;
} GenesisIdentifier;

GenesisIdentifier *genesis_identifier_new (const char *name, GenesisIdentifierKind kind,
                                           const char *shape, guint before);
GenesisIdentifier *genesis_identifier_copy (const GenesisIdentifier *self);
void genesis_identifier_free (GenesisIdentifier *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisIdentifier, genesis_identifier_free)

/* GENESIS_ERROR_INVALID_CONFIG naming the column. */
gboolean genesis_identifier_validate (const GenesisIdentifier *self, GError **error);
/* How many different ones there are, or G_MAXUINT64. */
guint64 genesis_identifier_count (const GenesisIdentifier *self);

/* An element of "columns" that has the member "id". */
GenesisIdentifier *genesis_identifier_new_from_json (JsonObject *object, guint number, guint before,
                                                     GError **error);
void genesis_identifier_to_json (const GenesisIdentifier *self, JsonBuilder *builder);
void genesis_identifiers_encode (GPtrArray *identifiers, GenesisEncoder *to);
/* NULL: the decoder failed. */
GPtrArray *genesis_identifiers_decode (GenesisDecoder *from);

/**
 * GenesisIdentifierMint:
 *
 * Makes the identifiers of one column: that of a row is a function of seed, name and row alone.
 */
typedef struct
{
  const GenesisIdentifier *identifier;
  guint64 seed;
  GenesisPermutation order;
} GenesisIdentifierMint;

void genesis_identifier_mint_init (GenesisIdentifierMint *self, const GenesisIdentifier *identifier,
                                   guint64 seed);
/* The one of a row, counted from 0 and below genesis_identifier_count(); returns its length. */
gsize genesis_identifier_mint_write (const GenesisIdentifierMint *self, guint64 row,
                                     char to[GENESIS_IDENTIFIER_TEXT_MAX]);

G_END_DECLS
