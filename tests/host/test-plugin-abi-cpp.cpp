/* SPDX-FileCopyrightText: 2026 The Genesis Federated authors
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* C++ has no test of its own: the same text must mean the same. */
#include "test-plugin-abi.c"
