/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ui/buyer/new-password.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "app/password.h"

struct _GmNewPassword
{
  GtkWidget parent;
  gboolean valid;
  GtkEditable *first;
  GtkEditable *second;
  GtkLevelBar *strength;
  GtkLabel *hint;
};

G_DEFINE_FINAL_TYPE (GmNewPassword, gm_new_password, GTK_TYPE_WIDGET)

enum
{
  PROP_VALID = 1,
  N_PROPS,
};
static GParamSpec *properties[N_PROPS];
static guint activate_signal;

static const char *
find_hint (const char *first, const char *second, gboolean same)
{
  if (gm_password_grade (first) == GM_PASSWORD_REFUSED || *second == '\0' || same)
    return gm_password_hint (first);
  return g_str_has_prefix (first, second) ? gm_password_hint (first) : _ ("The two are different.");
}

static void
update (GmNewPassword *self)
{
  const char *first = gtk_editable_get_text (self->first);
  const char *second = gtk_editable_get_text (self->second);
  const gboolean same = strcmp (first, second) == 0;
  const GmPasswordGrade grade = gm_password_grade (first);
  const gboolean valid = same && grade != GM_PASSWORD_REFUSED;

  gtk_level_bar_set_value (self->strength, *first != '\0' ? (double) grade + 1 : 0);
  gtk_label_set_label (self->hint, find_hint (first, second, same));
  if (self->valid == valid)
    return;
  self->valid = valid;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

static void
on_changed (GmNewPassword *self)
{
  update (self);
}

static void
on_activated (GmNewPassword *self)
{
  if (self->valid)
    g_signal_emit (self, activate_signal, 0);
}

gboolean
gm_new_password_is_valid (GmNewPassword *self)
{
  return self->valid;
}

GmSecret *
gm_new_password_dup (GmNewPassword *self)
{
  return self->valid ? gm_secret_new_text (gtk_editable_get_text (self->first)) : NULL;
}

GmSecret *
gm_new_password_take (GmNewPassword *self)
{
  GmSecret *password = gm_new_password_dup (self);

  if (password == NULL)
    return NULL;
  gtk_editable_set_text (self->first, "");
  gtk_editable_set_text (self->second, "");
  return password;
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GM_NEW_PASSWORD (widget)->first));
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, GM_NEW_PASSWORD (object)->valid);
}

static void
dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), GM_TYPE_NEW_PASSWORD);
  G_OBJECT_CLASS (gm_new_password_parent_class)->dispose (object);
}

static void
gm_new_password_class_init (GmNewPasswordClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->get_property = get_property;
  object->dispose = dispose;
  widget->grab_focus = grab_focus;
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object, N_PROPS, properties);
  activate_signal = g_signal_new ("activate", GM_TYPE_NEW_PASSWORD, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget, GM_APP_PATH "/ui/buyer/new-password.ui");
  gtk_widget_class_bind_template_child_full (widget, "rows", FALSE, 0);
  gtk_widget_class_bind_template_child (widget, GmNewPassword, first);
  gtk_widget_class_bind_template_child (widget, GmNewPassword, second);
  gtk_widget_class_bind_template_child (widget, GmNewPassword, strength);
  gtk_widget_class_bind_template_child (widget, GmNewPassword, hint);
  gtk_widget_class_bind_template_callback (widget, on_changed);
  gtk_widget_class_bind_template_callback (widget, on_activated);
}

static void
gm_new_password_init (GmNewPassword *self)
{
  static const char *const offsets[] = { "low", "high", "full" };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++) /* refused and weak look alike */
    gtk_level_bar_add_offset_value (self->strength, offsets[i], (double) i + 2);
  update (self);
}
