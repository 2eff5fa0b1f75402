/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "licenses/condition.h"

#include <string.h>

#include "base/error.h"
#include "licenses/license-receipt.h"
#include "licenses/wire.h"

#define MAX_TEXT      64
#define CLOCK_SLACK_S 120

static const char *const kinds[] = { "offchain", "onchain" };

void
gm_condition_free (GmCondition *self)
{
  if (self == NULL)
    return;

  g_free (self->eas_version);
  g_free (self);
}

GmCondition *
gm_condition_copy (const GmCondition *self)
{
  GmCondition *copy = g_memdup2 (self, sizeof *self);

  copy->eas_version = g_strdup (self->eas_version);
  return copy;
}

gboolean
gm_condition_equal (const GmCondition *a, const GmCondition *b)
{
  return a->kind == b->kind && a->chain_id == b->chain_id &&
         strcmp (a->eas_version, b->eas_version) == 0 &&
         gm_address_equal (&a->eas_contract, &b->eas_contract) &&
         gm_hash_equal (&a->schema, &b->schema) && gm_address_equal (&a->attester, &b->attester) &&
         gm_hash_equal (&a->asset_id, &b->asset_id) &&
         gm_address_equal (&a->marketplace, &b->marketplace);
}

GmCondition *
gm_condition_new_offchain (guint64 chain_id, const GmAddress *attester, const GmHash *asset_id)
{
  GmCondition *self = g_new0 (GmCondition, 1);

  self->kind = GM_CONDITION_OFFCHAIN;
  self->chain_id = chain_id;
  self->eas_version = g_strdup (GM_ATTESTATION_EAS_VERSION);
  gm_license_receipt_schema_uid (&self->schema);
  self->attester = *attester;
  self->asset_id = *asset_id;
  return self;
}

JsonObject *
gm_condition_to_json (const GmCondition *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *eas = json_object_new ();
  JsonObject *revocations = json_object_new ();

  json_object_set_string_member (eas, "version", self->eas_version);
  gm_wire_set_address (eas, "contract", &self->eas_contract);

  json_object_set_string_member (object, "kind", kinds[self->kind]);
  json_object_set_int_member (object, "chainId", (gint64) self->chain_id);
  json_object_set_object_member (object, "eas", eas);
  gm_wire_set_hash (object, "schema", &self->schema);
  gm_wire_set_address (object, "attester", &self->attester);
  gm_wire_set_hash (object, "assetId", &self->asset_id);
  if (self->kind == GM_CONDITION_ONCHAIN)
    gm_wire_set_address (object, "marketplace", &self->marketplace);

  gm_wire_set_address (revocations, "signer", &self->attester);
  json_object_set_int_member (revocations, "maxAge", GM_REVOCATION_MAX_AGE_S);
  if (self->kind == GM_CONDITION_OFFCHAIN)
    json_object_set_object_member (object, "revocations", g_steal_pointer (&revocations));
  g_clear_pointer (&revocations, json_object_unref);
  return object;
}

static gboolean
read_kind (GmCondition *self, JsonObject *object, GError **error)
{
  const char *kind = gm_json_text (object, "kind", error);

  if (kind == NULL || !gm_wire_chain_id (object, "chainId", &self->chain_id, error))
    return FALSE;

  if (strcmp (kind, kinds[GM_CONDITION_OFFCHAIN]) == 0)
    self->kind = GM_CONDITION_OFFCHAIN;
  else if (strcmp (kind, kinds[GM_CONDITION_ONCHAIN]) == 0)
    self->kind = GM_CONDITION_ONCHAIN;
  else
    return gm_fail (error, GM_ERROR_BAD_DATA, "condition: kind “%.32s” is unknown", kind);

  /* a signature for a local store must not be worth anything on a real chain (PROTOCOLS D17) */
  if ((self->kind == GM_CONDITION_OFFCHAIN) != (self->chain_id >= GM_CONDITION_LOCAL_CHAIN))
    return gm_fail (error, GM_ERROR_BAD_DATA,
                    "condition: local chain ids are off-chain, and only they");

  return TRUE;
}

GmCondition *
gm_condition_from_json (JsonObject *object, GError **error)
{
  g_autoptr (GmCondition) self = g_new0 (GmCondition, 1);
  g_autoptr (JsonObject) again = NULL;
  JsonObject *eas = gm_json_object (object, "eas", error);

  if (eas == NULL || !read_kind (self, object, error))
    return NULL;

  self->eas_version = gm_wire_dup_text (eas, "version", MAX_TEXT, error);
  if (self->eas_version == NULL || !gm_wire_address (eas, "contract", &self->eas_contract, error) ||
      !gm_json_hash_member (object, "schema", &self->schema, error) ||
      !gm_wire_address (object, "attester", &self->attester, error) ||
      !gm_json_hash_member (object, "assetId", &self->asset_id, error))
    return NULL;
  if (self->kind == GM_CONDITION_ONCHAIN &&
      !gm_wire_address (object, "marketplace", &self->marketplace, error))
    return NULL;

  again = gm_condition_to_json (self);
  if (!gm_wire_is_same (object, again, error))
    {
      g_prefix_error (error, "condition: ");
      return NULL;
    }
  return g_steal_pointer (&self);
}

static gboolean
deny (GError **error, const char *reason)
{
  return gm_fail (error, GM_ERROR_DENIED, "%s", reason);
}

/* Who issued it, where, to whom. */
static gboolean
check_origin (const GmCondition *self, const GmClaim *claim, GError **error)
{
  const GmAttestation *license = claim->attestation;

  if (!gm_hash_equal (&license->uid, &claim->uid))
    return deny (error, "the license is not the one the request names");
  if (license->chain_id != self->chain_id)
    return deny (error, "the license belongs to another chain");
  if (!gm_address_equal (&license->contract, &self->eas_contract) ||
      strcmp (license->eas_version, self->eas_version) != 0)
    return deny (error, "the license belongs to another EAS domain");
  if (!gm_hash_equal (&license->schema, &self->schema))
    return deny (error, "the attestation has another schema: it is no license");
  if (!gm_address_equal (&license->attester, &self->attester))
    return deny (error, "the license is from another issuer");
  if (!gm_address_equal (&license->recipient, &claim->buyer))
    return deny (error, "the license belongs to another buyer");

  return TRUE;
}

static gboolean
check_validity (const GmClaim *claim, GError **error)
{
  const GmAttestation *license = claim->attestation;
  guint64 now = (guint64) MAX (claim->now_unix, 0);

  if (!license->revocable || !gm_hash_is_zero (&license->ref_uid))
    return deny (error, "the license has a form that its issuer does not write");
  if (license->time > now + CLOCK_SLACK_S)
    return deny (error, "the license is from the future");
  if (license->expiration_time != 0 && license->expiration_time <= now)
    return deny (error, "the license has expired");

  return TRUE;
}

static gboolean
check_revocations (const GmCondition *self, const GmClaim *claim, GError **error)
{
  const GmRevocationList *list = claim->revocations;

  if (list == NULL)
    return deny (error, "there is no revocation list to look at");
  if (list->chain_id != self->chain_id || !gm_address_equal (&list->attester, &self->attester))
    return deny (error, "the revocation list is from another issuer");

  return gm_revocation_list_check (list, &claim->uid, claim->now_unix, error);
}

gboolean
gm_condition_check (const GmCondition *self, const GmClaim *claim, GError **error)
{
  GmLicenseReceipt receipt;

  if (self->kind != GM_CONDITION_OFFCHAIN)
    return deny (error, "on-chain conditions need a chain, and none is configured");
  if (!gm_attestation_verify (claim->attestation, error) || !check_origin (self, claim, error) ||
      !check_validity (claim, error) ||
      !gm_license_receipt_read (claim->attestation, &receipt, error))
    return FALSE;
  if (!gm_hash_equal (&receipt.asset_id, &self->asset_id))
    return deny (error, "the license is for another asset");
  if (!gm_hash_equal (&receipt.order_id, &claim->order_id))
    return deny (error, "the license is for another order");

  return check_revocations (self, claim, error);
}
