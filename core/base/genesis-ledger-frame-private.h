/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A ledger = 16 bytes that tell its format, then frames, all little endian:
 *
 *   offset 0   u32 magic "GLF1"
 *          4   u32 length of the body
 *          8   u32 type
 *         12   u64 sequence, from 0
 *         20   u64 batch: sequence of the first frame that was synced together with this one
 *         28   32 bytes: SHA-256 of the frame before (magic to CRC), of the header for the first
 *         60   body
 *   60 + len   u32 CRC-32 of all before
 *
 * Everything before a frame's batch was durable before the frame was written. So a bad frame is a
 * torn write, and may be dropped with all that follows, exactly when every good frame after it is
 * of the bad frame's own batch: the pages of one write reach the disk in any order. A good frame of
 * a later batch proves that the bad one was once whole: damage. */
#define GENESIS_LEDGER_HEADER_SIZE 16u
#define GENESIS_LEDGER_FRAME_SIZE  64u /* without the body */
#define GENESIS_LEDGER_BODY_MAX    (64u << 20)

/**
 * GenesisLedgerFormat:
 * @header: %GENESIS_LEDGER_HEADER_SIZE characters, the last of them the version
 * @what: for messages: "the ledger of a run"
 * @remedy: what may be done with a damaged one of which there is no copy, and what it costs
 *
 * What tells one kind of ledger from another.
 */
typedef struct
{
  const char *header, *what, *remedy;
} GenesisLedgerFormat;

typedef struct
{
  guint32 type;
  guint64 sequence;
  GBytes *body;
} GenesisLedgerRecord;

void genesis_ledger_record_free (GenesisLedgerRecord *self);

/* hash: of the frame before; becomes that of this one. */
void genesis_ledger_frame_encode (GByteArray *to, guint32 type, guint64 sequence, guint64 batch,
                                  guint8 hash[32], GBytes *body);

/* What a ledger's bytes hold. */
typedef struct
{
  GPtrArray *records; /* (element-type GenesisLedgerRecord) */
  guint64 next_sequence;
  guint8 hash[32]; /* of the last good frame */
  gsize good_size; /* bytes up to and with the last good frame; the rest is a torn tail */
} GenesisLedgerContent;

/* path: for messages. An error: not a ledger, another version, or damage that is no torn tail. */
gboolean genesis_ledger_content_parse (GenesisLedgerContent *self,
                                       const GenesisLedgerFormat *format, GBytes *bytes,
                                       const char *path, GError **error);
void genesis_ledger_content_clear (GenesisLedgerContent *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GenesisLedgerContent, genesis_ledger_content_clear)

G_END_DECLS
