/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

#include <stdint.h>

/* Every write, sync, cut, rename and new folder of this process is a numbered point at which it can
   be killed. The functions of the C library are taken over, so that what is tested is the library
   as it is: in a test that is linked with this file, or in any program that is started with
   LD_PRELOAD=crash-points.so and GENESIS_CRASH_AT=N, GENESIS_CRASH_KIND=before|torn|lost. */

typedef enum
{
  CRASH_BEFORE, /* the call has no effect */
  CRASH_TORN,   /* half of what a write writes is there */
  CRASH_LOST    /* so is nothing that was written since a file was synced: the power failed */
} CrashKind;

/* Killed at point n from now, from 1; 0: never. Counting begins anew. */
void crash_points_arm (uint64_t n, CrashKind kind);
/* Points passed since then. */
uint64_t crash_points_count (void);
