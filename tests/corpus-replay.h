/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives a fuzz target the bytes, and beginnings of them, and the bytes with one of them changed: a
   file may be cut or damaged anywhere. */
void corpus_replay (const guint8 *data, gsize n);
/* A test "/NAME-corpus/FILE" that replays it, for each file of tests/ROOM/corpus-NAME. */
void corpus_add_tests (const char *room, const char *name);

G_END_DECLS
