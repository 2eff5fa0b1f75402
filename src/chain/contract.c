/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "chain/contract.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "evm/abi-decoder.h"
#include "evm/abi-signature.h"

#define RETURNS " returns "

const GmAbiField gm_contract_nothing[] = { { NULL } };
const GmAbiField gm_contract_hash[] = { { "", GM_ABI_FIELD_HASH }, { NULL } };
const GmAbiField gm_contract_address[] = { { "", GM_ABI_FIELD_ADDRESS }, { NULL } };
const GmAbiField gm_contract_u256[] = { { "", GM_ABI_FIELD_U256 }, { NULL } };
const GmAbiField gm_contract_u64[] = { { "", GM_ABI_FIELD_U64 }, { NULL } };
const GmAbiField gm_contract_uint[] = { { "", GM_ABI_FIELD_UINT }, { NULL } };
const GmAbiField gm_contract_bool[] = { { "", GM_ABI_FIELD_BOOL }, { NULL } };

/* The one of @kind and @name whose members @fields name; @outputs (nullable) takes what it returns.
 */
static GmAbiSignature *
find (const char *const *abi,
      const char *kind,
      const char *name,
      const GmAbiField *fields,
      GmAbiType **outputs)
{
  g_autofree char *start = g_strdup_printf ("%s %s(", kind, name);

  for (; *abi != NULL; abi++)
    {
      const char *text = *abi + strlen (kind) + 1;
      const char *returns = strstr (text, RETURNS);
      g_autofree char *call = g_strndup (text, returns != NULL ? (gsize) (returns - text)
                                                               : strlen (text));
      g_autoptr (GmAbiSignature) signature = NULL;

      if (!g_str_has_prefix (*abi, start))
        continue;
      signature = gm_abi_signature_parse (call, NULL);
      if (!gm_abi_struct_fits (signature->inputs, fields))
        continue;
      if (outputs != NULL)
        *outputs = gm_abi_type_parse (returns != NULL ? returns + strlen (RETURNS) : "()", NULL);
      return g_steal_pointer (&signature);
    }
  g_error ("no %s) has the members of its table", start);
}

GBytes *
gm_contract_encode (const GmContractCall *call, GError **error)
{
  g_autoptr (GmAbiSignature) signature = find (call->abi, "function", call->function, call->inputs,
                                               NULL);
  g_autoptr (GmAbiValue) inputs = gm_abi_struct_encode (signature->inputs, call->inputs,
                                                        call->arguments, error);

  if (inputs == NULL)
    {
      g_prefix_error (error, "%s: ", call->function);
      return NULL;
    }
  return gm_abi_signature_encode_call (signature, inputs);
}

/* Where there is no contract a call answers with nothing. */
static gboolean
decode_answer (const GmContractCall *call, GBytes *answer, gpointer out, GError **error)
{
  g_autoptr (GmAbiType) type = NULL;
  g_autoptr (GmAbiSignature) signature = find (call->abi, "function", call->function, call->inputs,
                                               &type);
  g_autoptr (GmAbiValue) values = NULL;

  g_assert (gm_abi_struct_fits (type, call->outputs));
  if (g_bytes_get_size (answer) == 0)
    return gm_fail (error, GM_ERROR_NOT_FOUND, _ ("there is no contract of ours at this address"));
  values = gm_abi_decode (type, answer, error);
  if (values != NULL && gm_abi_struct_decode (type, call->outputs, values, out, error))
    return TRUE;
  gm_abi_struct_clear (call->outputs, out);
  return FALSE;
}

gboolean
gm_contract_read (const GmContract *self,
                  const GmBlock *block,
                  const GmContractCall *call,
                  gpointer out,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GBytes) data = gm_contract_encode (call, error);
  g_autoptr (GBytes) answer = NULL;

  if (data == NULL)
    return FALSE;
  answer = gm_chain_call (self->chain, block, &self->address, data, cancellable, error);
  if (answer != NULL && decode_answer (call, answer, out, error))
    return TRUE;
  g_prefix_error (error, "%s: ", call->function);
  return FALSE;
}

gboolean
gm_contract_decode_log (const GmContract *self,
                        const GmContractEvent *event,
                        const GmTxLog *log,
                        gpointer out,
                        GError **error)
{
  g_autoptr (GmAbiSignature) signature = find (event->abi, "event", event->name, event->fields,
                                               NULL);
  g_autoptr (GmAbiValue) values = NULL;

  if (!gm_address_equal (&log->contract, &self->address))
    return gm_fail (error, GM_ERROR_NOT_FOUND, "the log is of another contract");
  values = gm_abi_signature_decode_log (signature, log->topics, log->n_topics, log->data, error);
  if (values == NULL)
    return FALSE;
  if (gm_abi_struct_decode (signature->inputs, event->fields, values, out, error))
    return TRUE;
  g_prefix_error (error, "%s: ", event->name);
  gm_abi_struct_clear (event->fields, out);
  return FALSE;
}
