// SPDX-License-Identifier: Apache-2.0
//
// Evaluates the filters a tile of WORKGROUP_SIZE rows at a time; writes a bit a row and the number of
// rows a tile. k_selected tells whether the row of the last call of k_row passed.

// K_BEGIN and K_SETTLE are statements at the start and after each row; nothing unless they are defined before.
#ifndef K_BEGIN
#define K_BEGIN
#define K_SETTLE
#endif

const uint K_TILE_WORDS = WORKGROUP_SIZE / 32;
shared uint k_bits[K_TILE_WORDS];

void k_selectTile(uint tile) {
  uint lane = gl_LocalInvocationID.x;
  uint row = tile * WORKGROUP_SIZE + lane;
  if (lane < K_TILE_WORDS) {
    k_bits[lane] = 0u;
  }
  barrier();
  k_selected = false;
  if (row < root.count) {
    k_row(row);
    K_SETTLE
    status_commit(row);
  }
  if (k_selected) {
    atomicOr(k_bits[lane >> 5], 1u << (lane & 31u));
  }
  barrier();
  if (lane < K_TILE_WORDS) {
    BufferU32(k_args.bits).v[tile * K_TILE_WORDS + lane] = k_bits[lane];
  }
  uint total = k_workgroupSum(k_selected ? 1u : 0u);
  if (lane == 0u) {
    BufferU32(k_args.tiles).v[tile] = total;
  }
}

void main() {
  K_BEGIN
  for (uint tile = gl_WorkGroupID.x; tile * WORKGROUP_SIZE < root.count;
      tile += gl_NumWorkGroups.x) {
    k_selectTile(tile);
  }
  k_countRows();
}
