/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes the folder, readable by its owner alone, and its parents; each is durable in its parent. */
gboolean genesis_folder_make (const char *path, GError **error);
/* Takes the lock that the file stands for, made when it is absent and never removed: the descriptor
   holds it until it is closed, also against this process. -1 with BUSY when it is held: "another
   run holds WHAT; REMEDY". */
int genesis_folder_lock (const char *path, const char *what, const char *remedy, GError **error);

G_END_DECLS
