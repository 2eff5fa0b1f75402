/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/settings.h"

typedef enum
{
  PROP_STORE_URL = 1,
  PROP_STORE_OWNER,
  PROP_DEMO_STORE,
  PROP_OWN_NODES,
  PROP_TEST_NETWORKS,
  PROP_KEYRING_LIMIT,
  PROP_COLOR_SCHEME,
  PROP_VOLUME,
  PROP_WINDOW_WIDTH,
  PROP_WINDOW_HEIGHT,
  PROP_WINDOW_MAXIMIZED,
  N_PROPS,
} Property;

struct _GmSettings
{
  GObject parent;
  GSettings *kept; /* (nullable) */
  GValue values[N_PROPS];
};

G_DEFINE_FINAL_TYPE (GmSettings, gm_settings, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_copy (&GM_SETTINGS (object)->values[id], value);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  GmSettings *self = GM_SETTINGS (object);

  if (g_param_values_cmp (pspec, value, &self->values[id]) == 0)
    return;
  g_value_copy (value, &self->values[id]);
  g_object_notify_by_pspec (object, pspec);
}

static void
dispose (GObject *object)
{
  GmSettings *self = GM_SETTINGS (object);

  for (guint i = 1; self->kept != NULL && i < N_PROPS; i++)
    g_settings_unbind (object, properties[i]->name);
  g_clear_object (&self->kept);
  G_OBJECT_CLASS (gm_settings_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  GmSettings *self = GM_SETTINGS (object);

  for (guint i = 1; i < N_PROPS; i++)
    g_value_unset (&self->values[i]);
  G_OBJECT_CLASS (gm_settings_parent_class)->finalize (object);
}

static void
gm_settings_class_init (GmSettingsClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object->get_property = get_property;
  object->set_property = set_property;
  object->dispose = dispose;
  object->finalize = finalize;
  properties[PROP_STORE_URL] = g_param_spec_string ("store-url", NULL, NULL, "", flags);
  properties[PROP_STORE_OWNER] = g_param_spec_string ("store-owner", NULL, NULL, "", flags);
  properties[PROP_DEMO_STORE] = g_param_spec_boolean ("demo-store", NULL, NULL, FALSE, flags);
  properties[PROP_OWN_NODES] = g_param_spec_string ("own-nodes", NULL, NULL, "", flags);
  properties[PROP_TEST_NETWORKS] = g_param_spec_boolean ("test-networks", NULL, NULL, FALSE, flags);
  properties[PROP_KEYRING_LIMIT] = g_param_spec_uint ("keyring-limit", NULL, NULL, 0, G_MAXUINT,
                                                      GM_SETTINGS_KEYRING_LIMIT, flags);
  properties[PROP_COLOR_SCHEME] = g_param_spec_string ("color-scheme", NULL, NULL, "system", flags);
  properties[PROP_VOLUME] = g_param_spec_double ("volume", NULL, NULL, 0, 1, 1, flags);
  properties[PROP_WINDOW_WIDTH] = g_param_spec_int ("window-width", NULL, NULL, 0, 100000, 1100,
                                                    flags);
  properties[PROP_WINDOW_HEIGHT] = g_param_spec_int ("window-height", NULL, NULL, 0, 100000, 720,
                                                     flags);
  properties[PROP_WINDOW_MAXIMIZED] = g_param_spec_boolean ("window-maximized", NULL, NULL, FALSE,
                                                            flags);
  g_object_class_install_properties (object, N_PROPS, properties);
}

static void
gm_settings_init (GmSettings *self)
{
  for (guint i = 1; i < N_PROPS; i++)
    {
      g_value_init (&self->values[i], properties[i]->value_type);
      g_param_value_set_default (properties[i], &self->values[i]);
    }
}

GmSettings *
gm_settings_new (void)
{
  GmSettings *self = g_object_new (GM_TYPE_SETTINGS, NULL);
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL ? g_settings_schema_source_lookup (
                                                            source, GM_APP_ID, TRUE)
                                                      : NULL;

  if (schema == NULL) /* g_settings_new() would end the process */
    return self;

  self->kept = g_settings_new_full (schema, NULL, NULL);
  for (guint i = 1; i < N_PROPS; i++)
    if (g_settings_schema_has_key (schema, properties[i]->name))
      g_settings_bind (self->kept, properties[i]->name, self, properties[i]->name,
                       G_SETTINGS_BIND_DEFAULT);
  return self;
}

char *
gm_settings_dup_store_url (GmSettings *self)
{
  return g_value_dup_string (&self->values[PROP_STORE_URL]);
}

char *
gm_settings_dup_store_owner (GmSettings *self)
{
  return g_value_dup_string (&self->values[PROP_STORE_OWNER]);
}

void
gm_settings_set_store (GmSettings *self, const char *url, const char *owner)
{
  g_object_set (self, "store-owner", owner, "store-url", url, NULL);
}
