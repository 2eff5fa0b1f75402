/* evm-vectors.h - what other implementations made, read from tests/vectors, and how to compare.
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
GBytes *evm_vectors_bytes (const char *hex);

void evm_vectors_assert_hash (const GmHash *hash, const char *hex);
void evm_vectors_assert_bytes (GBytes *bytes, const char *hex);

/* @error is BAD_DATA and says @words; clears it. */
void evm_vectors_assert_refused (GError **error, const char *words);
