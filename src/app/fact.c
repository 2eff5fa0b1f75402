/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/fact.h"

#include <glib/gi18n-lib.h>

#include "app/price.h"
#include "app/when.h"
#include "evm/address.h"
#include "licenses/license-receipt.h"

struct _GmFact
{
  GObject parent;
  char *label;
  char *value;
  gboolean is_code;
};

G_DEFINE_FINAL_TYPE (GmFact, gm_fact, G_TYPE_OBJECT)

enum
{
  PROP_LABEL = 1,
  PROP_VALUE,
  PROP_IS_CODE,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmFact *self = GM_FACT (object);

  switch (id)
    {
    case PROP_LABEL: g_value_set_string (value, self->label); break;
    case PROP_VALUE: g_value_set_string (value, self->value); break;
    case PROP_IS_CODE: g_value_set_boolean (value, self->is_code); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

static void
finalize (GObject *object)
{
  GmFact *self = GM_FACT (object);

  g_free (self->label);
  g_free (self->value);
  G_OBJECT_CLASS (gm_fact_parent_class)->finalize (object);
}

static void
gm_fact_class_init (GmFactClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  properties[PROP_IS_CODE] = g_param_spec_boolean ("is-code", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_fact_init (GmFact *self)
{
}

const char *
gm_fact_get_label (GmFact *self)
{
  return self->label;
}

const char *
gm_fact_get_value (GmFact *self)
{
  return self->value;
}

GmFact *
gm_fact_new (const char *label, const char *value, gboolean is_code)
{
  GmFact *self = g_object_new (GM_TYPE_FACT, NULL);

  self->label = g_strdup (label);
  self->value = g_strdup (value);
  self->is_code = is_code;
  return self;
}

/* Nothing is added for what is not known. Takes @value. */
static void
add (GListStore *list, const char *label, char *value, gboolean is_code)
{
  g_autofree char *owned = value;
  g_autoptr (GmFact) fact = NULL;

  if (value == NULL)
    return;

  fact = gm_fact_new (label, value, is_code);
  g_list_store_append (list, fact);
}

static void
add_text (GListStore *list, const char *label, const char *value)
{
  add (list, label, g_strdup (value), FALSE);
}

static void
add_code (GListStore *list, const char *label, const char *value)
{
  add (list, label, g_strdup (value), TRUE);
}

static const char *
kind_words (const char *kind)
{
  return g_strcmp0 (kind, "exclusive") == 0 ? _ ("Exclusive license") : _ ("Standard license");
}

GListModel *
gm_fact_list_of_license (const GmLicense *license)
{
  g_autoptr (GmAttestation) attestation = gm_license_dup_attestation (license, NULL);
  GListStore *list = g_list_store_new (GM_TYPE_FACT);

  add_text (list, _ ("License"), kind_words (license->kind));
  add (list, _ ("Issued"), gm_when_format_full (license->issued_at), FALSE);
  add (list, _ ("Withdrawn"), gm_when_format_full (license->revoked_at), FALSE);
  add (list, _ ("Price"), gm_price_format (license->amount_units, license->currency), FALSE);
  add_code (list, _ ("Order"), license->order_id);
  add_code (list, _ ("Attestation"), license->uid);
  if (attestation != NULL)
    add (list, _ ("Issuer"), gm_address_dup_text (&attestation->attester), TRUE);
  add_code (list, _ ("Holder"), license->buyer);
  add_code (list, _ ("Seller"), license->seller);
  add_code (list, _ ("Asset"), license->asset_id);
  add_code (list, _ ("Manifest"), license->manifest_hash);
  add_code (list, _ ("License text"), license->license_hash);
  return G_LIST_MODEL (list);
}
