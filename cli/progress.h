/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <glib.h>

/* One line on stderr that is written over and over, when stderr is a terminal; else nothing at
   all. */
void progress_start (gboolean quiet);
/* What is done now; the seconds since are counted beside it. */
void progress_say (const char *text);
/* The same with how much of it is done, in [0, 1], or -1 when that is not known. The seconds count
   from when the text was new. */
void progress_say_share (const char *text, double share);
/* Takes the line away; what comes next may be printed. */
void progress_clear (void);
/* The end: no line any more. */
void progress_stop (void);
