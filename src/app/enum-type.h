/* enum-type.h - GObject types of enumerations that templates bind.
 *
 * SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

/* Defines function () for the GEnumValue table @values, which ends with { 0 }. */
#define GM_DEFINE_ENUM_TYPE(TypeName, function, values)                                            \
  GType function (void)                                                                            \
  {                                                                                                \
    static gsize type;                                                                             \
                                                                                                   \
    if (g_once_init_enter (&type))                                                                 \
      g_once_init_leave (&type, g_enum_register_static (TypeName, values));                        \
    return type;                                                                                   \
  }
