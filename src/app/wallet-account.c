/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/wallet-account.h"

#include "app/enum-type.h"
#include "evm/address.h"

static const GEnumValue kinds[] = {
  { GM_WALLET_DERIVED, "GM_WALLET_DERIVED", "derived" },
  { GM_WALLET_IMPORTED, "GM_WALLET_IMPORTED", "imported" },
  { GM_WALLET_WATCHED, "GM_WALLET_WATCHED", "watched" },
  { 0 },
};
GM_DEFINE_ENUM_TYPE ("GmWalletKind", gm_wallet_kind_get_type, kinds)

struct _GmWalletAccount
{
  GObject parent;
  GmAddress address;
  char *text;
  char *short_text;
  char *name;
  GmWalletKind kind;
  gboolean is_main;
};

G_DEFINE_FINAL_TYPE (GmWalletAccount, gm_wallet_account, G_TYPE_OBJECT)

enum
{
  PROP_ADDRESS = 1,
  PROP_SHORT_ADDRESS,
  PROP_NAME,
  PROP_KIND,
  PROP_IS_MAIN,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GmWalletAccount *self = GM_WALLET_ACCOUNT (object);

  switch (id)
    {
    case PROP_ADDRESS: g_value_set_string (value, self->text); break;
    case PROP_SHORT_ADDRESS: g_value_set_string (value, self->short_text); break;
    case PROP_NAME: g_value_set_string (value, self->name); break;
    case PROP_KIND: g_value_set_enum (value, (gint) self->kind); break;
    case PROP_IS_MAIN: g_value_set_boolean (value, self->is_main); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec); break;
    }
}

void
gm_wallet_account_set_name (GmWalletAccount *self, const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

const GmAddress *
gm_wallet_account_get_address (GmWalletAccount *self)
{
  return &self->address;
}

const char *
gm_wallet_account_get_text (GmWalletAccount *self)
{
  return self->text;
}

const char *
gm_wallet_account_get_name (GmWalletAccount *self)
{
  return self->name;
}

char *
gm_wallet_account_dup_label (GmWalletAccount *self)
{
  return g_strdup_printf ("%s, %s", self->name, self->short_text);
}

GmWalletKind
gm_wallet_account_get_kind (GmWalletAccount *self)
{
  return self->kind;
}

gboolean
gm_wallet_account_is_main (GmWalletAccount *self)
{
  return self->is_main;
}

static void
finalize (GObject *object)
{
  GmWalletAccount *self = GM_WALLET_ACCOUNT (object);

  g_free (self->text);
  g_free (self->short_text);
  g_free (self->name);
  G_OBJECT_CLASS (gm_wallet_account_parent_class)->finalize (object);
}

static void
gm_wallet_account_class_init (GmWalletAccountClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object->get_property = get_property;
  object->finalize = finalize;
  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL, flags);
  properties[PROP_SHORT_ADDRESS] = g_param_spec_string ("short-address", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, GM_TYPE_WALLET_KIND,
                                             GM_WALLET_DERIVED, flags);
  properties[PROP_IS_MAIN] = g_param_spec_boolean ("is-main", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_wallet_account_init (GmWalletAccount *self)
{
}

GmWalletAccount *
gm_wallet_account_new (const GmAddress *address,
                       const char *name,
                       GmWalletKind kind,
                       gboolean is_main)
{
  GmWalletAccount *self = g_object_new (GM_TYPE_WALLET_ACCOUNT, NULL);

  self->address = *address;
  self->text = gm_address_dup_text (address);
  self->short_text = gm_address_shorten (self->text);
  self->name = g_strdup (name);
  self->kind = kind;
  self->is_main = is_main;
  return self;
}
