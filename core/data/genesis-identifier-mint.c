/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "data/genesis-identifier-private.h"

#include <string.h>

#include "base/genesis-stream-private.h"
#include "data/genesis-number-private.h"

/* How many characters may stand at a place of a shape; 1 for those that stand for themselves. */
static guint
count_choices (char class)
{
  return class == 'A' || class == 'a' ? 26 : (class == '9' ? 10 : 1);
}

/* Where the places begin that a permutation orders: as many from the end as 2^60 allows. Those
   before them are drawn, and so two rows differ in the ordered ones. */
static guint64
measure_ordered (const char *shape, gsize *first)
{
  gsize at = strlen (shape);
  guint64 n = 1;

  for (; at > 0; at--)
    {
      gboolean escaped = at > 1 && shape[at - 2] == '\\';
      guint choices = escaped ? 1 : count_choices (shape[at - 1]);

      if (n > GENESIS_PERMUTATION_MAX / choices)
        break;
      n *= choices;
      at -= escaped ? 1 : 0;
    }
  *first = at;
  return n;
}

guint64
genesis_identifier_count (const GenesisIdentifier *self)
{
  gsize first;
  guint64 n;

  if (self->kind != GENESIS_IDENTIFIER_KEEP_FORMAT)
    return G_MAXUINT64;
  n = measure_ordered (self->shape, &first);
  return n;
}

void
genesis_identifier_mint_init (GenesisIdentifierMint *self, const GenesisIdentifier *identifier,
                              guint64 seed)
{
  GenesisStream stream;
  g_autofree char *purpose = g_strconcat ("genesis.identifier ", identifier->name, NULL);

  genesis_stream_init (&stream, seed, purpose, 0);
  self->identifier = identifier;
  self->seed = genesis_stream_u64 (&stream);
  if (identifier->kind == GENESIS_IDENTIFIER_KEEP_FORMAT)
    genesis_permutation_init (&self->order, self->seed, genesis_identifier_count (identifier));
}

/* RFC 9562, version 4. */
static gsize
write_uuid (const GenesisIdentifierMint *self, guint64 row, char *to)
{
  static const char digits[] = "0123456789abcdef";
  GenesisStream stream;
  guint64 bits[2];
  gsize n = 0;

  genesis_stream_init (&stream, self->seed, "genesis.identifier uuid", row);
  genesis_stream_fill_u64 (&stream, bits, 2);
  bits[0] = (bits[0] & ~G_GUINT64_CONSTANT (0xf000)) | 0x4000;
  bits[1] = (bits[1] >> 2) | (G_GUINT64_CONSTANT (1) << 63);
  for (int i = 0; i < 32; i++)
    {
      if (i == 8 || i == 12 || i == 16 || i == 20)
        to[n++] = '-';
      to[n++] = digits[bits[i / 16] >> (60 - 4 * (i % 16)) & 15];
    }
  return n;
}

static void
fill_place (char *place, char class, guint64 *rest)
{
  guint choices = count_choices (class);
  char start = class == '9' ? '0' : class;

  *place = choices > 1 ? (char)(start + (char)(*rest % choices)) : class;
  *rest /= choices;
}

/* From the last place to the first, each a digit of one number. */
static gsize
write_shape (const GenesisIdentifierMint *self, guint64 row, char *to)
{
  const char *shape = self->identifier->shape;
  guint64 rest = genesis_permutation_apply (&self->order, row);
  GenesisStream drawn;
  gsize first, n = 0;

  measure_ordered (shape, &first);
  genesis_stream_init (&drawn, self->seed, "genesis.identifier letters", row);
  for (gsize at = 0; shape[at] != 0; at++, n++)
    at += shape[at] == '\\' ? 1 : 0;
  for (gsize at = strlen (shape), place = n; place > 0; at--, place--)
    {
      gboolean escaped = at > 1 && shape[at - 2] == '\\';
      guint64 one = 0;

      if (escaped)
        to[place - 1] = shape[at - 1];
      else if (at > first)
        fill_place (&to[place - 1], shape[at - 1], &rest);
      else
        {
          one = genesis_stream_below (&drawn, count_choices (shape[at - 1]));
          fill_place (&to[place - 1], shape[at - 1], &one);
        }
      at -= escaped ? 1 : 0;
    }
  return n;
}

gsize
genesis_identifier_mint_write (const GenesisIdentifierMint *self, guint64 row,
                               char to[GENESIS_IDENTIFIER_TEXT_MAX])
{
  switch (self->identifier->kind)
    {
    case GENESIS_IDENTIFIER_SEQUENCE:
      return genesis_number_format_decimal ((gint64)row + 1, 0, to);
    case GENESIS_IDENTIFIER_UUID:
      return write_uuid (self, row, to);
    case GENESIS_IDENTIFIER_KEEP_FORMAT:
      return write_shape (self, row, to);
    case GENESIS_IDENTIFIER_EMPTY:
    default:
      return 0;
    }
}
