/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <string.h>

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 hash;
  gsize offset; /* of the bytes in the arena */
  guint32 length;
  guint64 count; /* for whoever counts; the index does not */
} GenesisTextEntry;

/**
 * GenesisTextIndex:
 *
 * Different texts, numbered in the order in which they came. Open addressing over bytes and
 * length: a look-up neither
 * allocates nor needs a final NUL.
 */
typedef struct
{
  GenesisTextEntry *entries;
  guint32 n_entries, max_entries;
  guint32 *slots; /* entry number + 1, or 0 */
  guint32 slot_mask;
  GByteArray *arena;
} GenesisTextIndex;

GenesisTextIndex *genesis_text_index_new (void);
void genesis_text_index_free (GenesisTextIndex *self);
/* Finds the text or adds it; the number of the text. */
guint32 genesis_text_index_insert (GenesisTextIndex *self, const char *text, gsize n, guint64 hash);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GenesisTextIndex, genesis_text_index_free)

/* A public hash: the same text has the same hash on every machine and in every release, for drafts
   are merged by it. Eight bytes at a time, little endian, multiplied and folded; the length is part
   of it. */
static inline guint64
genesis_text_hash (const char *text, gsize n)
{
  guint64 h = (guint64)n * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  guint64 word;

  for (; n >= 8; text += 8, n -= 8)
    {
      memcpy (&word, text, 8);
      h = (h ^ GUINT64_FROM_LE (word)) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
      h ^= h >> 32;
    }
  word = 0;
  for (gsize i = 0; i < n; i++)
    word |= (guint64)(guint8)text[i] << (8 * i);
  h = (h ^ word) * G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  h = (h ^ h >> 33) * G_GUINT64_CONSTANT (0xc4ceb9fe1a85ec53);
  return h ^ h >> 33;
}

static inline const char *
genesis_text_index_get_text (const GenesisTextIndex *self, guint32 id)
{
  return (const char *)self->arena->data + self->entries[id].offset;
}

/* The number of the text, or -1. */
static inline int
genesis_text_index_find (const GenesisTextIndex *self, const char *text, gsize n, guint64 hash)
{
  for (guint32 at = (guint32)hash & self->slot_mask; self->slots[at] != 0;
       at = (at + 1) & self->slot_mask)
    {
      const GenesisTextEntry *entry = &self->entries[self->slots[at] - 1];

      if (entry->hash == hash && entry->length == n
          && memcmp (self->arena->data + entry->offset, text, n) == 0)
        return (int)(self->slots[at] - 1);
    }
  return -1;
}

G_END_DECLS
