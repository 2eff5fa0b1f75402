/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/unlock-form.h"

#include <glib/gi18n-lib.h>

#include "app/account-keyring.h"
#include "base/error.h"
#include "ui/common/compat.h"
#include "ui/common/error-words.h"

struct _GmUnlockForm
{
  GtkWidget parent;
  GmAccount *account; /* (nullable) */
  char *reason;
  gboolean busy;
  GCancellable *keyring; /* (nullable) it is being asked */
  GtkEditable *entry;
  GtkLabel *wrong;
  GtkWidget *button;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (GmUnlockForm, gm_unlock_form, GTK_TYPE_WIDGET)

enum
{
  PROP_REASON = 1,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];
static guint unlocked_signal;

static void
update_button (GmUnlockForm *self)
{
  gtk_widget_set_sensitive (self->button,
                            !self->busy && *gtk_editable_get_text (self->entry) != '\0');
}

static void
on_typed (GmUnlockForm *self)
{
  if (*gtk_editable_get_text (self->entry) != '\0')
    gtk_widget_set_visible (GTK_WIDGET (self->wrong), FALSE);
  update_button (self);
}

static void
spin (GmUnlockForm *self, gboolean spinning)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), spinning);
  gtk_spinner_set_spinning (self->spinner, spinning);
}

static void
set_busy (GmUnlockForm *self, gboolean busy)
{
  self->busy = busy;
  gtk_editable_set_editable (self->entry, !busy); /* it keeps the focus */
  spin (self, busy);
  update_button (self);
}

static void
complain (GmUnlockForm *self, const char *sentence)
{
  gtk_label_set_label (self->wrong, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), TRUE);
  gm_compat_announce (GTK_WIDGET (self), sentence);
}

static void
tried (gpointer owner, gpointer result, const GError *error)
{
  GmUnlockForm *self = owner;
  g_autofree char *sentence = NULL;

  set_busy (self, FALSE);
  if (result != NULL)
    {
      g_signal_emit (self, unlocked_signal, 0);
      return;
    }
  if (gm_error_is (error, GM_ERROR_DENIED))
    sentence = g_strdup (_ ("This is not the password of the wallet."));
  else
    gm_error_words (error, NULL, &sentence, NULL, NULL);
  complain (self, sentence);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
stop_keyring (GmUnlockForm *self)
{
  if (self->keyring != NULL)
    g_cancellable_cancel (self->keyring);
  g_clear_object (&self->keyring);
}

static void
keyring_tried (gpointer owner, gpointer result, const GError *error)
{
  GmUnlockForm *self = owner;
  g_autofree char *sentence = NULL;

  g_clear_object (&self->keyring);
  if (self->busy) /* the password was faster */
    return;
  spin (self, FALSE);
  if (result != NULL)
    {
      g_signal_emit (self, unlocked_signal, 0);
      return;
    }
  sentence = gm_error_words_short (error);
  complain (self, sentence);
}

/* The password may be typed meanwhile: a keyring that asks for its own may be left waiting. */
static void
ask_keyring (GmUnlockForm *self)
{
  if (self->account == NULL || self->keyring != NULL || !gm_account_is_locked (self->account) ||
      !gm_account_keyring_is_on (self->account))
    return;
  spin (self, TRUE);
  self->keyring = g_object_ref (
      gm_account_keyring_open (self->account, G_OBJECT (self), keyring_tried));
}

/* The text leaves the entry in any case: it is in a GmSecret, or wrong. */
static void
on_unlock (GmUnlockForm *self)
{
  g_autoptr (GmSecret) password = NULL;

  if (self->busy || self->account == NULL || *gtk_editable_get_text (self->entry) == '\0')
    return;
  stop_keyring (self);
  password = gm_secret_new_text (gtk_editable_get_text (self->entry));
  set_busy (self, TRUE);
  gtk_editable_set_text (self->entry, "");
  gm_account_unlock (self->account, password, G_OBJECT (self), tried);
}

static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (gm_unlock_form_parent_class)->map (widget);
  ask_keyring (GM_UNLOCK_FORM (widget));
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GM_UNLOCK_FORM (widget)->entry));
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, GM_UNLOCK_FORM (object)->reason);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmUnlockForm *self = GM_UNLOCK_FORM (object);

  g_free (self->reason);
  self->reason = g_value_dup_string (value);
  g_object_notify_by_pspec (object, pspec);
}

static void
dispose (GObject *object)
{
  GmUnlockForm *self = GM_UNLOCK_FORM (object);

  stop_keyring (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), GM_TYPE_UNLOCK_FORM);
  g_clear_object (&self->account);
  G_OBJECT_CLASS (gm_unlock_form_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  g_free (GM_UNLOCK_FORM (object)->reason);
  G_OBJECT_CLASS (gm_unlock_form_parent_class)->finalize (object);
}

static void
gm_unlock_form_class_init (GmUnlockFormClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  object->finalize = finalize;
  widget->map = map;
  widget->grab_focus = grab_focus;
  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                     G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object, N_PROPS, properties);
  unlocked_signal = g_signal_new ("unlocked", GM_TYPE_UNLOCK_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/unlock-form.ui");
  gtk_widget_class_bind_template_child_full (widget, "why", FALSE, 0);
  gtk_widget_class_bind_template_child (widget, GmUnlockForm, entry);
  gtk_widget_class_bind_template_child (widget, GmUnlockForm, wrong);
  gtk_widget_class_bind_template_child (widget, GmUnlockForm, button);
  gtk_widget_class_bind_template_child (widget, GmUnlockForm, spinner);
  gtk_widget_class_bind_template_callback (widget, on_unlock);
  gtk_widget_class_bind_template_callback (widget, on_typed);
}

static void
gm_unlock_form_init (GmUnlockForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
gm_unlock_form_set_account (GmUnlockForm *self, GmAccount *account)
{
  g_set_object (&self->account, account);
}

GtkWidget *
gm_unlock_form_new (GmAccount *account, const char *reason)
{
  GmUnlockForm *self = g_object_new (GM_TYPE_UNLOCK_FORM, "reason", reason, NULL);

  gm_unlock_form_set_account (self, account);
  return GTK_WIDGET (self);
}
