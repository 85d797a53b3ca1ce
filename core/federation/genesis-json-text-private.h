/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether text is one JSON object (RFC 8259, nothing more: no comments, no single quotes), nested at most 64 deep. For JSON
   from an enemy, before json-glib sees it: that takes more than JSON and recurses as deep as the text wants. */
gboolean genesis_json_text_is_object (const char *text);

G_END_DECLS
