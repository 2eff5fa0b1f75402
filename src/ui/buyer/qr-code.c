/* SPDX-FileCopyrightText: The GotMusic developers
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/buyer/qr-code.h"

#include <qrencode.h>
#include <string.h>

#define MARGIN 4 /* modules: ISO/IEC 18004 §9.1 */
#define BLACK  0x00
#define WHITE  0xff

static gboolean
is_dark (const QRcode *code, int x, int y)
{
  if (x < 0 || y < 0 || x >= code->width || y >= code->width)
    return FALSE;
  return (code->data[y * code->width + x] & 1) != 0;
}

static GBytes *
draw (const QRcode *code, guint module_px, gsize side)
{
  guint8 *pixels = g_malloc (side * side * 3);

  for (gsize y = 0; y < side; y++)
    for (gsize x = 0; x < side; x++)
      memset (pixels + (y * side + x) * 3,
              is_dark (code, (int) (x / module_px) - MARGIN, (int) (y / module_px) - MARGIN)
                  ? BLACK
                  : WHITE,
              3);
  return g_bytes_new_take (pixels, side * side * 3);
}

GdkTexture *
gm_qr_code_new (const char *text, guint module_px)
{
  QRcode *code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  g_autoptr (GBytes) pixels = NULL;
  GdkTexture *texture;
  gsize side;

  if (code == NULL)
    return NULL;
  side = (gsize) (code->width + 2 * MARGIN) * module_px;
  pixels = draw (code, module_px, side);
  texture = gdk_memory_texture_new ((int) side, (int) side, GDK_MEMORY_R8G8B8, pixels, side * 3);
  QRcode_free (code);
  return texture;
}
