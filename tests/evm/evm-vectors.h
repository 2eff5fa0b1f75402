/* evm-vectors.h - what other implementations made, read from tests/vectors.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "base/bytes.h"
#include "base/secret.h"
#include <json-glib/json-glib.h>

JsonObject *evm_vectors_load (const char *name);
/* An object of the text, with ' for " so that it reads well in C. */
JsonObject *evm_vectors_json (const char *text);

GmSecret *evm_vectors_key (const char *hex);
void evm_vectors_assert_hash (const GmHash *hash, const char *hex);
