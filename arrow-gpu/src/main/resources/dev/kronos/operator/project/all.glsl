// SPDX-License-Identifier: Apache-2.0
//
// Says that all rows are written.

void k_findRows(uint tile) {}

uint k_rowAt(uint tile, uint place) {
  return tile * K_TILE_ROWS + place;
}
