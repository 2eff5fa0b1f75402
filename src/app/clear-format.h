/* clear-format.h - how a message or a call is told in words: descriptors of the ERC-7730 shape.
 *
 *   { "context": { "eip712": { "domain": {…} } } or { "contract": {} },
 *     "display": { "formats": { "transfer(address to,uint256 value)": {
 *       "intent": "Send", "interpolatedIntent": "Send {value} to {to}",
 *       "fields": [ { "path": "value", "label": "Amount", "format": "tokenAmount",
 *                     "params": { "tokenPath": "@.to" } }, … ] } } } }
 *
 * Source: ERC-7730, version 2. The key is the function, or encodeType of the message, so a
 * descriptor fits one type exactly. The reader is strict, and takes of the standard what our own
 * messages need: flat types, the formats below, words of clear-words.h. A field is named that the
 * type has, with a format that its type can have; and each member of the type has its field, if
 * only "visible": "never": nothing is left out by mistake. What is called "receive()" is the plain
 * payment, a call without data. nftName is an asset: its title, where that is known.
 *
 * Contracts are bound by name where a message is told, not by a list of deployments in here: a
 * store's are in its pinned descriptor, tokens in the table of networks.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <json-glib/json-glib.h>

#include "evm/abi-signature.h"

G_BEGIN_DECLS

#define GM_CLEAR_FORMAT_MAX_BYTES 65536
#define GM_CLEAR_FORMAT_FOLDER    "/signing/" /* in the resources, after the application's path */

/* Where a value is, besides the members of the message by their number. */
#define GM_CLEAR_AT_TO    (-1) /* "@.to": the contract that is called, or verifies the message */
#define GM_CLEAR_AT_VALUE (-2) /* "@.value": coins that go along with a call */

typedef enum
{
  GM_CLEAR_RAW,
  GM_CLEAR_AMOUNT,       /* of coins */
  GM_CLEAR_TOKEN_AMOUNT, /* the token is at another place */
  GM_CLEAR_DATE,         /* seconds since 1970 */
  GM_CLEAR_ADDRESS,
  GM_CLEAR_ASSET,
  GM_CLEAR_ENUM, /* words for some values */
} GmClearKind;

typedef enum
{
  GM_CLEAR_ANYONE,
  GM_CLEAR_WALLET,   /* must be the account that signs */
  GM_CLEAR_CONTRACT, /* must be known by name */
} GmClearWho;

typedef struct
{
  char *path;
  int place;
  char *label; /* NULL: never shown */
  GmClearKind kind;
  GmClearWho who;      /* of an address */
  int token;           /* of a token amount: the place of its contract */
  GmU256 limit;        /* of a token amount: from here on it is without limit; 0: there is none */
  GHashTable *choices; /* of an enum: text of a value → words */
} GmClearField;

typedef struct
{
  char *key;
  gboolean is_call;
  GmAbiSignature *type; /* names and types of the members */
  char *domain_name;    /* (nullable) which the domain must have */
  char *domain_version; /* (nullable) */
  char *intent;
  char *sentence; /* (nullable) with {path} for values */
  GPtrArray *fields;
} GmClearFormat;

/* A list of GmClearFormat; BAD_DATA. */
GPtrArray *gm_clear_format_parse (GBytes *json, GError **error);
void gm_clear_format_free (GmClearFormat *self);

/* NULL when no descriptor of ours fits. */
const GmClearFormat *gm_clear_format_find_message (const char *encode_type, JsonObject *domain);
const GmClearFormat *gm_clear_format_find_call (GBytes *data);

/* The visible field at @path, NULL when there is none. */
const GmClearField *gm_clear_format_find_field (const GmClearFormat *self, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GmClearFormat, gm_clear_format_free)

G_END_DECLS
