/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/keyring-row.h"

#include <glib/gi18n-lib.h>

#include "app/account-keyring.h"
#include "app/settings.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"

struct _GmKeyringRow
{
  AdwActionRow parent;
  GmAccount *account; /* (nullable) */
  gboolean busy;
  guint limit;   /* coins */
  char *problem; /* (nullable) */
  GtkSwitch *on;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (GmKeyringRow, gm_keyring_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_ACCOUNT = 1,
  PROP_LIMIT,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];

/* The wallet is the truth: the switch stands where it stands. */
static void
update (GmKeyringRow *self)
{
  const gboolean on = gm_account_keyring_is_on (self->account);

  if (self->busy)
    return;
  gtk_switch_set_state (self->on, on);
  gtk_switch_set_active (self->on, on);
}

static void
explain (GmKeyringRow *self)
{
  g_autofree char *words = g_strdup_printf (
      _ ("Whoever is logged in as you opens the wallet without its password and pays up to %u USDC "
         "at a time. More than that, and any ETH, needs the password."),
         self->limit);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               self->problem != NULL ? self->problem : words);
}

static void
set_busy (GmKeyringRow *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (GTK_WIDGET (self->on), !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static void
turned (gpointer owner, gpointer result, const GError *error)
{
  GmKeyringRow *self = owner;

  set_busy (self, FALSE);
  update (self);
  g_free (self->problem);
  self->problem = error != NULL ? gm_error_words_short (error) : NULL;
  explain (self);
  if (self->problem != NULL)
    gm_compat_announce (GTK_WIDGET (self), self->problem);
}

static gboolean
on_state_set (GmKeyringRow *self, gboolean wanted)
{
  if (self->account == NULL || self->busy || wanted == gm_account_keyring_is_on (self->account))
    return FALSE;
  if (gm_account_is_locked (self->account))
    {
      update (self);
      gtk_widget_activate_action (GTK_WIDGET (self), "app.unlock", NULL);
      return TRUE;
    }
  set_busy (self, TRUE);
  gm_account_keyring_turn (self->account, wanted, G_OBJECT (self), turned);
  return TRUE;
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmKeyringRow *self = GM_KEYRING_ROW (object);

  if (id == PROP_LIMIT)
    {
      self->limit = g_value_get_uint (value);
      explain (self);
      return;
    }
  if (self->account != NULL || g_value_get_object (value) == NULL)
    return;
  self->account = g_value_dup_object (value);
  g_signal_connect_object (self->account, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
dispose (GObject *object)
{
  GmKeyringRow *self = GM_KEYRING_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_KEYRING_ROW);
  g_clear_object (&self->account);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (gm_keyring_row_parent_class)->dispose (object);
}

static void
gm_keyring_row_class_init (GmKeyringRowClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->set_property = set_property;
  object->dispose = dispose;
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, GM_TYPE_ACCOUNT,
                                                  G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LIMIT] = g_param_spec_uint (
      "limit", NULL, NULL, 0, G_MAXUINT, GM_SETTINGS_KEYRING_LIMIT,
      G_PARAM_WRITABLE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/keyring-row.ui");
  gtk_widget_class_bind_template_child (widget, GmKeyringRow, on);
  gtk_widget_class_bind_template_child (widget, GmKeyringRow, spinner);
  gtk_widget_class_bind_template_callback (widget, on_state_set);
}

static void
gm_keyring_row_init (GmKeyringRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
